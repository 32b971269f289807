"""Countries by the codes of ISO 3166-1 and ICAO Doc 9303, named by the Unicode CLDR that Babel brings."""

from __future__ import annotations

from functools import cache
from typing import Final

from babel import Locale
from babel.core import get_global

from registry.kinds.model import Fact
from registry.text import Text

_NATIONALITY: Final = Text("国籍", "Nationality")


@cache
def country(code: str) -> Text | None:
    """The country of three letters or digits; None if none has them, or if several have come of it."""
    now = get_global("territory_aliases").get(code, ())
    if len(now) != 1 or now[0] == "ZZ":
        return None
    zh, en = (Locale(language).territories.get(now[0]) for language in ("zh", "en"))
    return Text(zh, en) if zh and en else None


def nationality_fact(code: str) -> tuple[Fact, ...]:
    """The nationality of three letters or digits as a fact, or nothing if they are no country's."""
    name = country(code)
    return (Fact(_NATIONALITY, name),) if name else ()
