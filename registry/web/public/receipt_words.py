"""What has become of an answer since: the one sentence for which somebody verifies a receipt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registry.search.facts import Facts
from registry.web.i18n import gettext as _
from registry.web.rendering import as_day


@dataclass(frozen=True, slots=True)
class Difference:
    """Whether the register answers otherwise now, and how, in a sentence."""

    is_none: bool
    sentence: str


def difference(then: Sequence[Facts], now: Sequence[Facts]) -> Difference:
    """Compare two answers to one number, each worst first."""
    before = {_identity(facts) for facts in then}
    news = [facts for facts in now if _identity(facts) not in before]
    if not news and len(before) == len({_identity(facts) for facts in now}):
        return Difference(True, _("The register answers the same now."))
    # Of a long list only the beginning stands on the sheet, and what is behind it is no news.
    return Difference(False, _news(news[0], then) if news else _gone(then, now))


def _identity(facts: Facts) -> tuple[object, ...]:
    return facts.verdict, facts.reference, facts.filed_at


def _news(facts: Facts, then: Iterable[Facts]) -> str:
    day = as_day(facts.since) if facts.since else ""
    before = {earlier.verdict: earlier for earlier in then}
    match facts.verdict:
        case "declared" if facts.nature == "correction" and _same_loss(before.get("declared"), facts):
            return _("The notice was corrected since then. The number is still declared void.")
        case "declared" if _same_loss(before.get("contested"), facts):
            return _("The objection was settled since then: the declaration stands.")
        case "declared" if "provisional" in before:
            return _("What was only filed then is published: declared void by %(declarant)s since %(day)s.",
                     declarant=facts.declarant, day=day)  # fmt: skip
        case "declared":
            return _("Declared void since then: by %(declarant)s, since %(day)s.", declarant=facts.declarant, day=day)
        case "contested":
            return _("Somebody has objected to the declaration since then, and it is under review.")
        case "withdrawn" if facts.ended_as == "correction":
            return _(
                "The declaration was corrected on %(day)s and no longer names this number.", day=as_day(facts.until)
            )
        case "withdrawn":
            return _("The declaration was withdrawn on %(day)s.", day=as_day(facts.until))
        case "provisional":
            return _(
                "Since then a declaration was filed that names this number, on %(day)s. It is not yet published.",
                day=as_day(facts.filed_at),
            )
    return _gone(then, (facts,))


def _gone(then: Iterable[Facts], now: Iterable[Facts]) -> str:
    words = {facts.verdict for facts in then}
    if "provisional" in words:
        return _("What was filed then is on the register no longer: it was not published.")
    if words <= {"impossible", "not_on_register"}:
        return _("No declaration names the number, then as now. The register judges its form otherwise than then.")
    return _("The register answers otherwise now.")


def _same_loss(earlier: Facts | None, later: Facts) -> bool:
    return earlier is not None and earlier.since == later.since and earlier.declarant == later.declarant
