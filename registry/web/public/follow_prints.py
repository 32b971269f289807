"""The declarant's own sheets: sensitive numbers stand in full where they chose so, as in the newspaper."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from registry.db.tables import Declaration
from registry.declarations.publications import prove
from registry.declarations.records import Reveal
from registry.web import prints, sheets
from registry.web.i18n import gettext as _
from registry.web.public.blueprint import follow
from registry.web.public.following import ask_again, granted
from registry.web.rendering import today
from registry.web.sessions import db


@follow.get("/<reference>/print")
def notice_print(reference: str) -> ResponseReturnValue:
    """The sheet of one's own declaration, published or not yet."""
    declaration = granted(reference)
    if declaration is None:
        return ask_again(reference)
    return sheets.notice_page(
        db(),
        declaration,
        Reveal.AS_CHOSEN,
        back=url_for("follow.show", reference=declaration.reference),
        pdf_url=url_for("follow.notice_pdf", reference=declaration.reference),
    )


@follow.get("/<reference>/notice.pdf")
def notice_pdf(reference: str) -> ResponseReturnValue:
    """The same as PDF."""
    declaration = granted(reference)
    if declaration is None:
        return ask_again(reference)
    return prints.as_pdf(sheets.notice_page(db(), declaration, Reveal.AS_CHOSEN), f"{declaration.reference}.pdf")


@follow.get("/<reference>/publication")
def publication(reference: str) -> ResponseReturnValue:
    """The proof of publication, for whoever asks the declarant for one."""
    declaration = granted(reference)
    if declaration is None:
        return ask_again(reference)
    if declaration.published_on is None:
        return _not_yet(declaration)
    return sheets.publication_page(
        db(),
        prove(db(), declaration, today=today()),
        Reveal.AS_CHOSEN,
        back=url_for("follow.show", reference=declaration.reference),
        pdf_url=url_for("follow.publication_pdf", reference=declaration.reference),
    )


@follow.get("/<reference>/publication.pdf")
def publication_pdf(reference: str) -> ResponseReturnValue:
    """The same as PDF."""
    declaration = granted(reference)
    if declaration is None:
        return ask_again(reference)
    if declaration.published_on is None:
        return _not_yet(declaration)
    page = sheets.publication_page(db(), prove(db(), declaration, today=today()), Reveal.AS_CHOSEN)
    return prints.as_pdf(page, f"publication-{declaration.reference}.pdf")


def _not_yet(declaration: Declaration) -> ResponseReturnValue:
    flash(_("It is not published yet. Once it is, the proof of publication can be printed here."), "info")
    return redirect(url_for("follow.show", reference=declaration.reference), 303)
