"""What a hand or an eye gets wrong: the single slips that would make a failed check digit right.

All candidates are tried against the whole rule by the caller; here they are only found cheaply and put in order:
what is confused most comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from operator import mul
from typing import Final

from registry.kinds.checks import END, START, Sum

MOST: Final = 5

# Characters that look alike in print and handwriting, or lie side by side on a key pad.
_LOOKALIKES: Final = (
    "0ODQU8", "1IJLTY7", "2Z7", "38B5", "4A9", "5S6", "6GB08", "8BS", "9GP", "7TYZ", "CGOQD", "EFB",
    "HNM", "WMNV", "PRB", "KXR", "UVY", "XY",
)  # fmt: skip
_KEY_NEIGHBOURS: Final = ("12", "23", "45", "56", "78", "89", "14", "25", "36", "47", "58", "69", "80")
_ALIKE: Final = frozenset(frozenset((row[0], other)) for row in (*_LOOKALIKES, *_KEY_NEIGHBOURS) for other in row[1:])
_CHARACTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ALIKE_TO: Final = {
    one: "".join(other for other in _CHARACTERS if frozenset((one, other)) in _ALIKE) for one in _CHARACTERS
}
_LETTERS_FOR_DIGITS: Final = str.maketrans("OQDILZSBG", "000112586")


def as_digits(number: str) -> str:
    """The number with letters exchanged for the digits they look like."""
    return number.translate(_LETTERS_FOR_DIGITS)


def wrong_places(
    number: str, *, alphabet: str, weights: Sequence[int], modulus: int, remainder: int, among: range | None = None
) -> Iterator[str]:
    """Numbers one exchange or one swap of neighbours away whose weighted sum leaves `remainder` modulo `modulus`.

    `modulus` is a prime and no smaller than the alphabet, so that each place has at most one right character. One of
    the places `among` all is other than it was.
    Order: neighbours swapped, the check character itself, look-alikes, any other place.
    """
    last = len(number) - 1
    among = among or range(len(number))
    values = [*map(alphabet.index, number)]
    total = sum(map(mul, values, weights))
    short = (remainder - total) % modulus
    if not short:
        return
    for at in range(max(among.start - 1, 0), min(among.stop, last)):
        gain = (values[at] - values[at + 1]) * (weights[at + 1] - weights[at])
        if gain % modulus == short:
            yield number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    of_the_check: list[str] = []
    alike: list[str] = []
    others: list[str] = []
    inverses = _inverses(tuple(weights), modulus)
    for at in among:
        value = (values[at] + short * inverses[at]) % modulus
        if value < len(alphabet):
            likely = alike if alphabet[value] in _ALIKE_TO.get(number[at], "") else others
            meant = of_the_check if at == last else likely
            meant.append(number[:at] + alphabet[value] + number[at + 1 :])
    yield from (*of_the_check, *alike, *others)


@cache
def _inverses(weights: tuple[int, ...], modulus: int) -> tuple[int, ...]:
    return tuple(pow(weight, -1, modulus) for weight in weights)


def doubled_or_dropped(number: str, length: int) -> Iterator[str]:
    """Numbers of `length` where one character was typed twice, or one of two equal neighbours only once."""
    if len(number) == length + 1:
        for at in range(length):
            if number[at] == number[at + 1]:
                yield number[:at] + number[at + 1 :]
    elif len(number) == length - 1:
        for at, character in enumerate(number):
            yield number[:at] + character + number[at:]


def single_slips(number: str) -> Iterator[str]:
    """Numbers with two neighbours swapped, then those with one character exchanged for one that looks like it."""
    for at in range(len(number) - 1):
        if number[at] != number[at + 1]:
            yield number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    for at, character in enumerate(number):
        for other in _ALIKE_TO.get(character, ""):
            yield number[:at] + other + number[at + 1 :]


def wrong_digits(number: str) -> Iterator[str]:
    """Of the single slips of some digits those that end in the right digit of ISO 7064 MOD 11,10, which comes last."""
    reached = [*accumulate(number, Sum.__getitem__, initial=START)]
    wanted = [*accumulate(reversed(number), lambda after, digit: after.before[digit], initial=END)][::-1]
    for at in range(len(number) - 1):
        if reached[at][number[at + 1]][number[at]] is wanted[at + 2]:
            yield number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    for at, digit in enumerate(number):
        for other in _ALIKE_TO[digit]:
            if reached[at].get(other) is wanted[at + 1]:
                yield number[:at] + other + number[at + 1 :]
    yield number[:-1] + reached[-2].check


def best(candidates: Iterator[str], number: str, fits: Callable[[str], object]) -> tuple[str, ...]:
    """The first few different candidates that fit, the number itself left out."""
    found: dict[str, None] = {}
    for candidate in candidates:
        if candidate != number and candidate not in found and fits(candidate):
            found[candidate] = None
            if len(found) == MOST:
                break
    return tuple(found)
