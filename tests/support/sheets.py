"""Texts that fill a sheet as far as one size of its type goes."""

from __future__ import annotations

from bisect import bisect_right

from registry.printing.setting import Run
from registry.printing.sizes import set_text

# With few places at which a line may end, which is what makes a sheet longest.
_TEXT = "因不慎将公章遗失，编号为91110000600037341L；" * 60


def text_of_size(size: int, share: float, *, most: int = len(_TEXT)) -> str:
    """Return the longest text, of `most` characters at most, that is set in a size or a larger one."""
    lengths = range(1, most + 1)
    return _TEXT[: bisect_right(lengths, size, key=lambda end: set_text([Run(_TEXT[:end])], share=share).size)]
