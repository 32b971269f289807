"""Invented entries: what somebody who has lost something types into the form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Final, TypeVar

from registry import kinds
from registry.cli.demo import names, numbers
from registry.declarations.entries import Contact, DeclarationEntry, DocumentEntry, NumberEntry
from registry.kinds import DocumentKind, Grade

# Families whose papers belong to organisations; those of all others belong to people.
_OF_ORGANISATIONS: Final = frozenset({"seals", "organisation", "finance", "invoices", "licences"})
# Families of which one owner loses several at once.
_SEVERAL: Final = frozenset({"seals"})
# Which titles suit an organisation, by the end of its name; the last row suits shops, for it is the end of every name.
_SUITING: Final = (
    ("公司", ("营业执照", "统一社会信用代码证书")),
    ("村民委员会", ("农村集体经济组织登记证",)),
    ("协会", ("社会团体法人登记证书",)),
    (("学", "院", "馆"), ("事业单位法人证书",)),
    ("", ("个体工商户营业执照",)),
)
# How often somebody else than the declarant is the holder. A birth certificate is declared by a parent.
_HELD_BY_ANOTHER: Final = {"civil": 0.7, "work": 0.25}
_FREE_TITLES: Final = (
    "老年优待证", "图书借阅证", "公园年票", "收款收据", "购房合同", "停车证", "提货单", "装修押金收据", "学生证",
    "献血证",
)  # fmt: skip


Part = TypeVar("Part")


class Papers:
    """Makes entries, every kind of the catalogue in turn."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._turn: list[DocumentKind] = []

    def entry(self, today: date, slip: Grade | None = None) -> DeclarationEntry:
        """Return a new entry as it may be handed in on `today`; with `slip`, one of its numbers is of that grade."""
        entry = self._entry(today)
        while slip and (misread := self._with_slip(entry, slip)) is None:
            entry = self._entry(today)
        return misread if slip and misread else entry

    def with_new_numbers(self, entry: DeclarationEntry) -> DeclarationEntry:
        """Return the entry with other numbers on the same documents: what a correction says."""
        documents = tuple(
            replace(document, numbers=self._numbers(kinds.get(document.kind), document.title))
            for document in entry.documents
        )
        return replace(entry, documents=documents)

    def _entry(self, today: date) -> DeclarationEntry:
        rng = self._rng
        kind = self._next_kind()
        of_organisation = kind.family in _OF_ORGANISATIONS or rng.random() < 0.1
        declarant = names.organisation(rng) if of_organisation else names.person(rng)
        lost_on = today - timedelta(days=rng.randrange(1, 25)) if rng.random() < 0.7 else None
        lost_at = names.place(rng) if rng.random() < 0.5 else None
        return DeclarationEntry(
            declarant_type="organisation" if of_organisation else "person",
            declarant=declarant,
            contact=self._contact(declarant, of_organisation=of_organisation),
            documents=tuple(self._documents(kind, declarant, of_organisation=of_organisation)),
            lost_on=lost_on,
            lost_at=lost_at,
            circumstances_printed=bool(lost_on or lost_at) and rng.random() < 0.35,
        )

    def _with_slip(self, entry: DeclarationEntry, grade: Grade) -> DeclarationEntry | None:
        """Return the entry with one number misread, and confirmed by the declarant; None if none can be misread so."""
        for place, document in enumerate(entry.documents):
            fields = {field.name: field for field in kinds.get(document.kind).numbers}
            for position, number in enumerate(document.numbers):
                slip = numbers.spoil(self._rng, fields[number.field], number.text, grade)
                if slip:
                    wrong = replace(number, text=slip, confirmed=grade is Grade.IMPOSSIBLE)
                    changed = replace(document, numbers=_exchanged(document.numbers, position, wrong))
                    return replace(entry, documents=_exchanged(entry.documents, place, changed))
        return None

    def _next_kind(self) -> DocumentKind:
        if not self._turn:
            self._turn = list(kinds.CATALOGUE)
            self._rng.shuffle(self._turn)
        return self._turn.pop()

    def _document(self, kind: DocumentKind, declarant: str, *, of_organisation: bool) -> DocumentEntry:
        rng = self._rng
        title = rng.choice(_suiting_titles(kind, declarant))
        persons = kind.family not in _OF_ORGANISATIONS
        holder = None
        if persons and of_organisation:
            holder = names.person(rng)
        elif persons and rng.random() < _HELD_BY_ANOTHER.get(kind.family, 0.08):
            holder = names.child(rng, declarant)
        copies = (kind.copies[0] if rng.random() < 0.6 else rng.choice(kind.copies)) if kind.copies else None
        return DocumentEntry(
            kind=kind.slug,
            title=title,
            copies=copies if rng.random() < 0.75 else None,
            holder=None if holder == declarant else holder,
            numbers=self._numbers(kind, title),
        )

    def _documents(self, kind: DocumentKind, declarant: str, *, of_organisation: bool) -> list[DocumentEntry]:
        """One document, and often what was in the same bag: a firm's other seals, a person's other cards."""
        rng = self._rng
        near = [other for other in kinds.CATALOGUE if (other.family in _OF_ORGANISATIONS) is of_organisation]
        found = [self._document(kind, declarant, of_organisation=of_organisation)]
        for _ in range(rng.choices((0, 1, 2, 3), (62, 24, 10, 4))[0]):
            other = kind if kind.family in _SEVERAL and rng.random() < 0.6 else rng.choice(near)
            document = self._document(other, declarant, of_organisation=of_organisation)
            known = {each.title if other.family in _SEVERAL else each.kind for each in found}
            if (document.title if other.family in _SEVERAL else document.kind) not in known:
                found.append(document)
        return found

    def _numbers(self, kind: DocumentKind, title: str) -> tuple[NumberEntry, ...]:
        rng = self._rng
        return tuple(
            NumberEntry(
                field=field.name,
                text=numbers.invent(rng, field, title),
                # Where several rules answer, a label may belong to one of them alone.
                label=rng.choice(field.labels) if len(field.rules) == 1 and rng.random() < 0.3 else field.labels[0],
                full_in_print=field.sensitive and rng.random() < 0.3,
            )
            for field in kind.numbers
            if field.required or rng.random() < 0.7
        )

    def _contact(self, declarant: str, *, of_organisation: bool) -> Contact:
        rng = self._rng
        name = names.person(rng) if of_organisation else declarant
        email = f"reader{rng.randrange(1000, 9999)}@registry.example" if rng.random() < 0.4 else ""
        return Contact(name=name, phone=names.phone(rng), email=email)


def _suiting_titles(kind: DocumentKind, declarant: str) -> tuple[str, ...]:
    if kind.free_title:
        return _FREE_TITLES
    titles = tuple(title.zh for title in kind.titles)
    suiting = next(titles for ends, titles in _SUITING if declarant.endswith(ends))
    return tuple(title for title in titles if title in suiting) or titles


def _exchanged(parts: tuple[Part, ...], at: int, part: Part) -> tuple[Part, ...]:
    return (*parts[:at], part, *parts[at + 1 :])
