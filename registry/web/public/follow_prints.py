"""The declarant's own sheets: sensitive numbers stand in full where they chose so, as in the newspaper."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue

from registry.declarations.records import Reveal
from registry.web import prints, sheets
from registry.web.public.blueprint import follow
from registry.web.public.following import ask_again, granted
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
