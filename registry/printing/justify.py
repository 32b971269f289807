"""Justified lines of Chinese, which WeasyPrint leaves ragged: it widens blanks, and Chinese has none.

Its function for one line is replaced by the one below, which widens the gaps beside Chinese characters instead, as
compositors do, and leaves runs of digits and Latin letters closed. Lines without Chinese go to the old function.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

# In ems. A line that would need wider gaps stays ragged: a long number went to the next line, and characters strewn
# over a line read worse than a short line.
WIDEST_GAP: Final = 0.34
WIDEST_BLANK: Final = 0.6


def install() -> None:
    """Put Chinese justification into WeasyPrint's layout, once."""
    from weasyprint.layout import inline

    # A release without this function would only leave lines ragged again.
    present = getattr(inline, "justify_line", None)
    if present is not None and not hasattr(present, "for_chinese"):
        inline.justify_line = _justifier(present)


@lru_cache(maxsize=16_384)
def is_chinese(character: str) -> bool:
    """Whether a character stands in a square of its own: Han, kana, full-width letters and punctuation."""
    return unicodedata.east_asian_width(character) in "WF"


def runs_of(text: str) -> Iterator[str]:
    """Yield the parts of a text that are all Chinese or hold none, in order."""
    start = 0
    for place, (one, other) in enumerate(pairwise(text), start=1):
        if is_chinese(one) != is_chinese(other) and not unicodedata.combining(other):
            yield text[start:place]
            start = place
    yield text[start:]


def _justifier(for_others: Callable[[Any, Any, float], None]) -> Callable[[Any, Any, float], None]:
    def justify_line(context: Any, line: Any, extra_width: float) -> None:
        text = "".join(box.text for box in _texts_in(line))
        if not any(map(is_chinese, text)):
            # A few words stretched over a narrow line read no better than strewn characters.
            if extra_width <= WIDEST_BLANK * line.style["font_size"] * text.count(" "):
                for_others(context, line, extra_width)
            return
        gaps = sum(is_gap(*pair) for pair in pairwise(text))
        if gaps and extra_width / gaps <= WIDEST_GAP * line.style["font_size"]:
            _Spreading(context, extra_width / gaps).spread(line)

    justify_line.for_chinese = True  # type: ignore[attr-defined]
    return justify_line


@lru_cache(maxsize=16_384)
def is_gap(one: str, other: str) -> bool:
    """Whether a line may be widened between two characters."""
    return (is_chinese(one) or is_chinese(other)) and not unicodedata.combining(other)


def _texts_in(box: Any) -> Iterator[Any]:
    for child in box.children:
        if hasattr(child, "text"):
            yield child
        elif hasattr(child, "children"):
            yield from _texts_in(child)


class _Spreading:
    """One line being spread: `shift` is how far the next box moves, `before` the character in front of it."""

    def __init__(self, context: Any, gap: float) -> None:
        self.context = context
        self.gap = gap
        self.shift = 0.0
        self.before = ""

    def spread(self, box: Any) -> None:
        """Widen the gaps in a line or an inline box."""
        start = self.shift
        children: list[Any] = []
        for child in box.children:
            if hasattr(child, "text"):
                children += self._runs(child)
                continue
            children.append(child)
            if not child.is_in_normal_flow():
                continue
            if hasattr(child, "children") and not hasattr(child, "replacement"):
                child.position_x += self.shift
                self.spread(child)
            else:
                child.translate(self.shift, 0)
        box.children = children
        box.width += self.shift - start

    def _runs(self, box: Any) -> Iterator[Any]:
        from weasyprint.text.line_break import split_first_line

        x = box.position_x
        texts = tuple(runs_of(box.text))
        for text in texts:
            chinese = is_chinese(text[0])
            if self.before and chinese and not is_chinese(self.before):
                self.shift += self.gap
            self.before = text[-1]
            if len(texts) == 1 and not chinese:
                # The parts of a line that was broken by registry.printing.lines come one by one.
                box.position_x += self.shift
                yield box
                return
            run = box.copy_with_text(text)
            if chinese:
                run.style = box.style.copy()
                spacing = box.style["letter_spacing"]
                run.style["letter_spacing"] = (0 if spacing == "normal" else spacing) + self.gap
            if len(texts) == 1:
                closed = box.width
            else:
                layout, _, _, closed, _, _ = split_first_line(text, box.style, self.context, None, 0)
            if chinese:
                layout, _, _, run.width, _, _ = split_first_line(text, run.style, self.context, None, 0)
            else:
                run.width = closed
            run.pango_layout = layout
            run.position_x = x + self.shift
            # Behind its last character a Chinese run has a gap as well, which the next run begins after.
            self.shift += run.width - closed
            x += closed
            yield run
