"""Declarations for tests, made through the services as the application makes them."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import Session

from registry import clock
from registry.db.tables import Declaration, Edition, StaffMember
from registry.declarations import editions, service
from registry.declarations.edition_files import MadeFile
from registry.declarations.entries import Contact, DeclarationEntry, DocumentEntry, NumberEntry
from registry.declarations.states import Actor, editor

RESIDENT_ID = "11010519491231002X"
COMPANY_CODE = "91110000600037341L"
WORK_NUMBER = "2036254085333"
PHONE = "13800138000"


def number(text: str, label: str = "编号", **choices: Any) -> NumberEntry:
    return NumberEntry(field="number", text=text, label=label, **choices)


def resident_id(text: str = RESIDENT_ID, **choices: Any) -> DocumentEntry:
    return DocumentEntry("resident_id_18", "居民身份证", numbers=(number(text, "身份证号", **choices),))


def work_id(text: str = WORK_NUMBER, **choices: Any) -> DocumentEntry:
    return DocumentEntry("work_id", "工作证", numbers=(number(text, "工作证号", **choices),))


def licence(text: str = COMPANY_CODE) -> DocumentEntry:
    return DocumentEntry(
        "business_licence_uscc", "营业执照", copies="副本", numbers=(number(text, "统一社会信用代码"),)
    )


def seal(title: str = "公章") -> DocumentEntry:
    return DocumentEntry("seal_code", title)


def entry(*documents: DocumentEntry, declarant: str = "杨阔远", **changes: Any) -> DeclarationEntry:
    made = DeclarationEntry(
        declarant_type="person",
        declarant=declarant,
        contact=Contact(name=declarant, phone=PHONE),
        documents=documents or (work_id(),),
    )
    return replace(made, **changes)


def today() -> date:
    return clock.today()


def an_editor(session: Session, name: str = "兰亦可") -> Actor:
    member = StaffMember(
        email=f"{uuid.uuid4().hex[:8]}@registry.example",
        name=name,
        fs_uniquifier=uuid.uuid4().hex,
        create_datetime=clock.now(),
    )
    session.add(member)
    session.flush()
    assert member.id is not None
    return editor(member.id)


def submitted(session: Session, *documents: DocumentEntry, **changes: Any) -> Declaration:
    return service.submit(session, entry(*documents, **changes), day=today())


def approved(session: Session, declaration: Declaration, actor: Actor, day: date | None = None) -> Declaration:
    service.approve(session, declaration, day=day or today(), today=today(), actor=actor, version=declaration.version)
    return declaration


def published(session: Session, *documents: DocumentEntry, **changes: Any) -> Declaration:
    """Return a declaration published in the next edition that is still open, which is published with it."""
    actor = an_editor(session)
    declaration = submitted(session, *documents, **changes)
    publish(session, declaration, actor)
    return declaration


def publish(session: Session, declaration: Declaration, actor: Actor | None = None) -> Edition:
    actor = actor or an_editor(session)
    day = editions.next_edition_day(session, today())
    approved(session, declaration, actor, day)
    return editions.publish(session, day=day, today=day, actor=actor)


def made_column(session: Session, day: date, **contents: bytes) -> editions.MadeColumn:
    """Return the column of a day as if its texts had been made: `press=b"…"`, `public=b"…"`."""
    edition = editions.get_edition(session, day)
    assert edition is not None
    column = editions.list_column(session, edition, statuses=("approved",))
    files = tuple(MadeFile(audience, "text", content) for audience, content in contents.items())
    return editions.MadeColumn(editions.next_number(session, edition), editions.versions_of(column), files)
