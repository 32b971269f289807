"""Finding what is public by what stands in an address, and the pages that say kindly that it is not there."""

from __future__ import annotations

from datetime import date

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from registry.db.tables import Declaration, Edition
from registry.declarations.editions import get_published_edition
from registry.declarations.queries import get_public_declaration
from registry.declarations.references import BadReference, parse_reference
from registry.errors import NotFound
from registry.web.i18n import gettext as _
from registry.web.public.blueprint import public


class MistypedReference(NotFound):
    """The shape of a reference, whose check character says that it was mistyped."""


class NoPublicDeclaration(NotFound):
    """No declaration of this reference that everybody may see; whether there is another is not told."""


class NoPublicEdition(NotFound):
    """Nothing was published on this day."""


class NoOpenData(NotFound):
    """The open data have no such file, or have not been made yet."""


def find_public(session: Session, reference: str) -> Declaration:
    """Return a declaration that was published; its reference may be spelled in any way.

    Raises:
        MistypedReference: one of the characters must be wrong.
        NoPublicDeclaration: there is none of this reference that everybody may see.
    """
    try:
        return get_public_declaration(session, parse_reference(reference))
    except BadReference as error:
        raise (MistypedReference if error.mistyped else NoPublicDeclaration)(reference) from error
    except NotFound as error:
        raise NoPublicDeclaration(reference) from error


def find_edition(session: Session, day: date) -> Edition:
    """Return the published edition of a day.

    Raises:
        NoPublicEdition: there is none.
    """
    try:
        return get_published_edition(session, day)
    except NotFound as error:
        raise NoPublicEdition(day.isoformat()) from error


@public.errorhandler(MistypedReference)
def mistyped_reference(_error: MistypedReference) -> ResponseReturnValue:
    return _missing(
        _("One character of this reference is wrong"),
        _(
            "Its last character does not fit the others. Compare it with the notice or the receipt, or search the "
            "public list."
        ),
    )


@public.errorhandler(NoPublicDeclaration)
def no_declaration(_error: NoPublicDeclaration) -> ResponseReturnValue:
    return _missing(
        _("No published declaration has this reference"),
        _(
            "Check the reference. A declaration that was only just filed appears here once it is published; its "
            "declarant can follow it meanwhile."
        ),
        (url_for("follow.enter"), _("Follow")),
    )


@public.errorhandler(NoPublicEdition)
def no_edition(_error: NoPublicEdition) -> ResponseReturnValue:
    return _missing(
        _("Nothing was published on this day"),
        _("The list of editions shows the days on which declarations were published."),
        (url_for("public.editions"), _("Editions")),
    )


@public.errorhandler(NoOpenData)
def no_open_data(_error: NoOpenData) -> ResponseReturnValue:
    return _missing(
        _("The open data have no such file"),
        _("The package of all declarations is made once a day. Its page shows the files that there are."),
        (url_for("public.open_data"), _("Open data and feeds")),
    )


def _missing(title: str, advice: str, *further: tuple[str, str]) -> ResponseReturnValue:
    return render_template("errors/error.html", code=404, title=title, advice=advice, further=further), 404
