"""Prices for the eye: amounts, what was charged for, and the rule that a house style charges by."""

from __future__ import annotations

from typing import Protocol

from flask import Flask

from registry.web.i18n import gettext as _
from registry.web.i18n import ngettext, reader_language
from registry.wording import HouseStyle
from registry.wording.price import count_halves


class Priced(Protocol):
    """What a price is, fixed or still on its proof."""

    @property
    def fen(self) -> int: ...
    @property
    def rule(self) -> str: ...
    @property
    def units(self) -> int: ...


def as_yuan(fen: int) -> str:
    """Return an amount in fen as its reader writes it: 12.00 元, ¥ 12.00."""
    yuan = f"{fen // 100:,}.{fen % 100:02}"
    return f"{yuan}\u00a0元" if reader_language() == "zh" else f"¥\u00a0{yuan}"


def as_price(price: Priced) -> str:
    """Return a price as it stands on a proof, a receipt and an edition's list."""
    return _("Free of charge") if price.rule == "free" else as_yuan(price.fen)


def charged_for(price: Priced) -> str:
    """Return what the amount is for: 3 lines; empty for what is free."""
    match price.rule:
        case "line":
            return ngettext("%(num)s line", "%(num)s lines", price.units)
        case "document":
            return ngettext("%(num)s document", "%(num)s documents", price.units)
        case "block":
            return ngettext("%(num)s block of characters", "%(num)s blocks of characters", price.units)
        case "area":
            return _("%(area)s square centimetres", area=f"{price.units / 100:.2f}")
        case _:
            return ""


def rule_in_words(style: HouseStyle) -> str:
    """Return how a style charges, as a declarant reads it."""
    rule = style.price
    amount = as_yuan(rule.amount)
    match rule.rule:
        case "line":
            return _(
                "%(amount)s for each line begun, of %(num)s characters", amount=amount, num=style.column.characters
            )
        case "document":
            return _("%(amount)s for each document", amount=amount)
        case "block":
            return _("%(amount)s for each block begun, of %(num)s characters", amount=amount, num=rule.block)
        case "area":
            return _("%(amount)s for each square centimetre of the column", amount=amount)
        case _:
            return _("This newspaper prints declarations free of charge")


def halves_in_words(style: HouseStyle) -> str:
    """Return which characters count half, if the usual ones do; empty for any other way."""
    usual = (count_halves("11aa", style.price.halves), count_halves("A.", style.price.halves)) == (4, 4)
    return _("two digits or two small letters count as one, capitals and marks one each") if usual else ""


def install(app: Flask) -> None:
    app.add_template_filter(as_yuan, "yuan")
    app.add_template_filter(as_price, "price")
    app.add_template_filter(charged_for, "charged_for")
    app.add_template_global(rule_in_words)
    app.add_template_global(halves_in_words)
