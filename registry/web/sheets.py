"""Sheets of one declaration, shared by the public pages, the declarant's and the staff's."""

from __future__ import annotations

from flask import render_template
from sqlmodel import Session

from registry.db.engine import style_of
from registry.db.tables import Declaration
from registry.declarations.publications import Publication
from registry.declarations.records import Reveal
from registry.printing import fonts, qr
from registry.printing.column import item_of
from registry.printing.lines import INDENT, Line, set_lines
from registry.printing.setting import Run, set_runs
from registry.printing.sizes import SetText, set_text
from registry.web.i18n import reader_language, words_in
from registry.web.rendering import as_day, public_url
from registry.web.sessions import settings
from registry.wording.counting import say_day

# A sheet is wide enough to keep every number that a card or licence bears on one line.
LONGEST_NUMBER = 24
# How much of the room that registry.printing.sizes reckons with there is. What a proof says around the text takes the
# rest; a plain sheet says less.
SHARE_IN_A_PLAIN_NOTICE = 1.15
SHARE_IN_A_PROOF = 0.43
SHARE_IN_A_PLAIN_PROOF = 0.55
LARGEST_IN_A_PROOF = 3
# How many characters a line of what a proof states holds.
STATEMENT = 39
# In the smaller type of the facts on one line.
SHORT_DECLARANT = 35


def text_of(session: Session, declaration: Declaration, reveal: Reveal, *, share: float, largest: int = 1) -> SetText:
    """Return the sentence of a declaration as it is set, its numbers as far as `reveal` shows them.

    `share` is how much of the room that a notice gives its text there is, `largest` the largest size.
    """
    item = item_of(session, declaration, reveal, style_of(session))
    runs = set_runs(item.sentence, names=item.names, numbers=item.numbers, longest=LONGEST_NUMBER)
    return set_text(runs, item.signature, share=share, largest=largest)


def notice_page(
    session: Session, declaration: Declaration, reveal: Reveal, *, back: str | None = None, pdf_url: str | None = None
) -> str:
    """Return the sheet of one declaration; `back` and `pdf_url` are the links above it on the screen."""
    plain = is_plain(declaration)
    text = text_of(session, declaration, reveal, share=SHARE_IN_A_PLAIN_NOTICE if plain else 1.0)
    address = public_url("public.declaration", reference=declaration.reference)
    return render_template(
        "print/notice.html",
        text=text,
        plain=plain,
        declaration=declaration,
        state=state_of(declaration),
        picture=qr.picture_of(address) if declaration.published_on else None,
        uncovered=fonts.find_uncovered(text.characters),
        back=back,
        pdf_url=pdf_url,
    )


def publication_page(
    session: Session, publication: Publication, reveal: Reveal, *, back: str | None = None, pdf_url: str | None = None
) -> str:
    """Return the proof that a declaration was published: in Chinese, with English below for whoever reads that."""
    declaration = publication.declaration
    plain = is_plain(declaration)
    share = SHARE_IN_A_PLAIN_PROOF if plain else SHARE_IN_A_PROOF
    text = text_of(session, declaration, reveal, share=share, largest=LARGEST_IN_A_PROOF)
    address = public_url("public.publication", code=publication.code)
    # Its own words are said in Chinese whoever reads, as the authority does to whom it is handed.
    site = settings()
    paper, registry = site.paper_name.zh, site.registry_name.zh
    return render_template(
        "print/publication.html",
        text=text,
        plain=plain,
        publication=publication,
        declaration=declaration,
        statement=_statement(declaration, paper),
        states={language: state_of(declaration, language) for language in dict.fromkeys(("zh", reader_language()))},
        paper=paper,
        registry=registry,
        signed_on=say_day(publication.made_on, pattern="{year}年{month}月{day}日", numerals="plain"),
        address=address,
        picture=qr.picture_of(address),
        uncovered=fonts.find_uncovered(text.characters + declaration.declarant + paper + registry),
        back=back,
        pdf_url=pdf_url,
    )


def _statement(declaration: Declaration, paper: str) -> tuple[Line, ...]:
    where = f"《{paper}》" if paper else "本登记簿"
    edition = declaration.edition
    assert edition is not None, "only what is published has a proof"
    said = Run(f"兹证明：下列声明已于{as_day(declaration.published_on, 'zh')}刊登于{where}第{edition.number}期。")
    return set_lines((said,), characters=STATEMENT, indent=INDENT)


def is_plain(declaration: Declaration) -> bool:
    """Whether a sheet says no more around its text than most do, and so leaves that more room."""
    in_force = declaration.status == "published" and declaration.follows is None
    return in_force and len(declaration.declarant) <= SHORT_DECLARANT


def state_of(declaration: Declaration, language: str = "") -> str:
    """Return how a declaration stands, with the day and the further record; nothing where it is simply in force."""
    _ = words_in(language or reader_language()).gettext
    ending = next((further.reference for further in declaration.followers if further.published_on), "")
    by = _(" (%(reference)s)") % {"reference": ending} if ending else ""
    day = as_day(declaration.withdrawn_on, language) if declaration.withdrawn_on else ""
    match declaration.status:
        case "published":
            return ""
        case "withdrawn" if declaration.published_on:
            return _("Withdrawn on %(day)s: no longer in force") % {"day": day} + by
        case "withdrawn":
            return _("Withdrawn on %(day)s, before it was published") % {"day": day}
        case "corrected":
            return _("Corrected on %(day)s: the correction is what counts") % {"day": day} + by
        case "contested":
            since = [entry.at for entry in declaration.history if entry.to_status == "contested"][-1]
            return _("Under objection since %(day)s: it is being looked into") % {"day": as_day(since, language)}
        case "rejected":
            return _("Not accepted: it was not published")
    return _("Not published yet")
