"""From a record to its sentence, with ⟦n⟧ where the n-th number stands.

The placeholder is what lets a statement be stored, searched and shown without the sensitive number in it: whoever may
see the number fills it in at the last moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from registry.wording.counting import ways_to_say
from registry.wording.patterns import BRACKETS
from registry.wording.sentence import NoticeRecord, further_sentence, loss_sentence
from registry.wording.style import HouseStyle

PLACEHOLDER = re.compile(r"⟦(\d+)⟧")
_FIRST = "⟦1⟧"


def compose(record: NoticeRecord, style: HouseStyle) -> str:
    """Return the sentence without its bullet, numbers as ⟦1⟧, ⟦2⟧ … in the order of the record.

    Raises:
        ValueError: a part holds a placeholder bracket, or a correction or withdrawal says not what it is about.
    """
    for part in parts_in_print(record):
        if any(bracket in part for bracket in BRACKETS):
            raise ValueError("a part of the record holds a placeholder bracket")
    return loss_sentence(record, style) if record.nature == "loss" else further_sentence(record, style)


def fill(statement: str, numbers: Sequence[str]) -> str:
    """Return the statement with the n-th of `numbers` in the place of ⟦n⟧.

    Raises:
        IndexError: the statement names a number that is not there.
    """
    before, first, after = statement.partition(_FIRST)
    # Most statements name one number, and are filled in a third of the time.
    if first and numbers and BRACKETS[0] not in before and BRACKETS[0] not in after:
        return before + numbers[0] + after
    parts = PLACEHOLDER.split(statement)
    parts[1::2] = [numbers[int(place) - 1] for place in parts[1::2]]
    return "".join(parts)


def hide_numbers(text: str, numbers: Sequence[str]) -> str:
    """Return `text` with each of `numbers` replaced by its placeholder: the way back from `fill`.

    Longer numbers are looked for first, so that a number inside another is not torn out of it. A number that stands
    twice in the record takes the first placeholder that is free, then the last.
    """
    places: dict[str, list[int]] = {}
    for position, number in enumerate(numbers, start=1):
        places.setdefault(number, []).append(position)
    if not places:
        return text
    longest_first = sorted(places, key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(number) for number in longest_first))

    def replace(match: re.Match[str]) -> str:
        free = places[match[0]]
        return f"⟦{free.pop(0) if len(free) > 1 else free[0]}⟧"

    return pattern.sub(replace, text)


def parts_in_print(record: NoticeRecord) -> tuple[str, ...]:
    """Return the names, titles and reference that the sentence must contain, each once, in order.

    Copies are among them as the record says them; a style may say them in another way (`as_said`).
    """
    return tuple(dict.fromkeys(part for part, _ways in _parts(record)))


def as_said(record: NoticeRecord, text: str) -> tuple[str, ...]:
    """Return `parts_in_print` as `text` says them: 正副本 for 正、副本, 壹枚 for 一枚."""
    said = (next((way for way in ways if way in text), part) for part, ways in _parts(record))
    return tuple(dict.fromkeys(said))


def find_vanished(text: str, record: NoticeRecord, numbers: Sequence[str]) -> tuple[str, ...]:
    """Return the names and numbers of the record that `text` no longer contains, in the order of the record.

    A number that stands twice in the record has to stand twice in the text. Where one part is contained in another
    (公章 in 行政公章), it is looked for in what the longer ones leave. Copies may be said in any numerals.
    """
    wanted = dict(_parts(record))
    in_order = [*wanted, *(numbers if record.nature != "withdrawal" else ())]
    vanished = set()
    rest = text
    for part in sorted(in_order, key=len, reverse=True):
        found = next((way for way in wanted.get(part, (part,)) if way in rest), None)
        if found is None:
            vanished.add(part)
        else:
            rest = rest.replace(found, "\x00", 1)
    return tuple(part for part in dict.fromkeys(in_order) if part in vanished)


def _parts(record: NoticeRecord) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what the sentence must contain, and the ways in which it may say it."""
    if record.nature == "withdrawal" or any(document.holder is None for document in record.documents):
        yield record.declarant, (record.declarant,)
    if record.nature != "withdrawal":
        for document in record.documents:
            for part in (document.holder, document.title):
                if part:
                    yield part, (part,)
            if document.copies:
                yield document.copies, ways_to_say(document.copies)
        if record.lost_at:
            yield record.lost_at, (record.lost_at,)
    if record.about:
        yield record.about[0], (record.about[0],)
