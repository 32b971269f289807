"""Setting a sentence: which of its parts stay on one line, and where a long number may be broken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

LONGEST_NAME: Final = 4
# Half as wide as Chinese characters, so many fill half of a newspaper's column. A longer number kept whole would leave
# a hole in the line before it.
LONGEST_NUMBER: Final = 14
# A number with Chinese in it, such as that of a car: 粤A90831. A longer one stays whole if it is no wider than others.
LONGEST_CHINESE_NUMBER: Final = 8
ENDING: Final = re.compile(r"[\u4e00-\u9fff]{2}[。！]?$")


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a sentence; `whole` parts are not broken over two lines, before a `joint` one a line may end."""

    text: str
    whole: bool = False
    joint: bool = False


def set_runs(
    sentence: str,
    *,
    names: Iterable[str] = (),
    numbers: Iterable[Sequence[str]] = (),
    longest: int = LONGEST_NUMBER,
) -> tuple[Run, ...]:
    """Return a sentence as runs that join to it exactly. Each of `numbers` is given in its groups.

    Kept whole are the names of people, for half a name at the end of a line reads as another name, while companies'
    names are as long as a line and have to break; numbers, or of a long one its groups; and the last two characters,
    so that no line has one alone.
    """
    kept: dict[str, Sequence[str]] = {name: (name,) for name in names if 1 < len(name) <= LONGEST_NAME}
    for groups in numbers:
        number = "".join(groups)
        if len(number) < 2:
            continue
        if number.isascii():
            kept[number] = (number,) if len(number) <= longest else groups
        elif len(number) <= LONGEST_CHINESE_NUMBER or _halves(number) <= longest:
            kept[number] = (number,)
    ending = ENDING.search(sentence)
    body = sentence[: ending.start()] if ending else sentence
    return (*_split(body, kept, longest), *([Run(ending[0], whole=True)] if ending else []))


def _halves(number: str) -> int:
    return sum([1 if character.isascii() else 2 for character in number])


def _split(body: str, kept: dict[str, Sequence[str]], longest: int) -> Iterator[Run]:
    at = 0
    # The next one, of several at one place the longest. To make a pattern for each sentence takes longer than this.
    while found := min(((body.find(part, at), -len(part), part) for part in kept if part in body[at:]), default=None):
        place, _, part = found
        if place > at:
            yield Run(body[at:place])
        for position, group in enumerate(kept[part]):
            yield Run(group, whole=len(group) <= longest, joint=position > 0)
        at = place + len(part)
    if at < len(body):
        yield Run(body[at:])
