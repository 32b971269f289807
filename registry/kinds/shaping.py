"""How a number is shown: in groups that an eye can compare, or masked."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate


def groups(*sizes: int) -> Callable[[str], str]:
    """A function that sets a number in groups of these sizes, if it is exactly that long, else in fours.

    >>> groups(6, 4, 4, 4)("11010519491231002X")
    '110105 1949 1231 002X'
    """

    ends = tuple(accumulate(sizes))
    parts = tuple(slice(end - size, end) for size, end in zip(sizes, ends, strict=True))

    def group(number: str) -> str:
        return " ".join([number[part] for part in parts]) if len(number) == ends[-1] else fours(number)

    return group


def fours(number: str) -> str:
    """A long run of digits in fours; anything else as it is.

    >>> fours("2036254085333")
    '2036 2540 8533 3'
    >>> fours("粤执01000123")
    '粤执01000123'
    """
    if len(number) < 9 or not (number.isascii() and number.isdigit()):
        return number
    return " ".join([number[at : at + 4] for at in range(0, len(number), 4)])


def show_all(number: str) -> str:
    """The mask of numbers whose being public is the purpose of the notice."""
    return number


def keep(first: int, last: int) -> Callable[[str], str]:
    """A mask that shows the `first` and `last` characters; less of a short number, where they would tell most of it.

    >>> keep(3, 1)("11010519491231002X")
    '110**************X'
    >>> keep(0, 3)("A12")
    '***'
    """

    def mask(number: str) -> str:
        length = len(number)
        head, tail = first, last
        if length < 2 * (first + last):
            head, tail = 0, 1 if length > 3 else 0
        return number[:head] + "*" * (length - head - tail) + number[length - tail :]

    return mask


def keep_letters(last: int) -> Callable[[str], str]:
    """A mask that shows the Latin letters a number begins with, three at most, and its `last` characters.

    >>> keep_letters(2)("EA0000001"), keep_letters(2)("12345678")
    ('EA*****01', '******78')
    """

    def mask(number: str) -> str:
        head = 0
        while head < min(3, len(number)) and "A" <= number[head] <= "Z":
            head += 1
        return keep(head, last)(number)

    return mask


def words_only(number: str) -> str:
    """The mask of a number of which only the Chinese words and the brackets around it may be seen.

    >>> words_only("军字第1234567号")
    '军字第*******号'
    """
    return "".join(c if "\u4e00" <= c <= "\u9fff" or c in "()-" else "*" for c in number)
