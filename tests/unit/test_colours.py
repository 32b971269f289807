"""The house colours can be read: WCAG 2.2 contrast of every pair that the pages put together, in both schemes."""

from __future__ import annotations

import re

import pytest

from registry.config import ROOT

TOKENS = (ROOT / "registry/static/css/tokens.css").read_text(encoding="utf-8")
PAPERS = ("paper", "panel", "shade")
INKS = ("ink", "ink-soft", "vermilion", "amber", "indigo", "green", "grey")


def colours(scheme: str) -> dict[str, str]:
    light, _, rest = TOKENS.partition("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6});", light))
    return found if scheme == "light" else found | dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6});", rest))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_wcag_measures_it() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("paper", PAPERS)
def test_text_can_be_read_on_every_ground(scheme: str, paper: str) -> None:
    palette = colours(scheme)
    faint = {ink: contrast(palette[ink], palette[paper]) for ink in INKS}
    assert {ink: ratio for ink, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_buttons_edges_and_the_focus_ring_stand_out(scheme: str) -> None:
    palette = colours(scheme)
    for ground in ("vermilion-ground", "vermilion-deep"):
        assert contrast(palette["on-vermilion"], palette[ground]) >= 4.5
    assert contrast(palette["paper"], palette["ink"]) >= 7
    for paper in PAPERS:
        assert contrast(palette["edge"], palette[paper]) >= 3
        assert contrast(palette["focus"], palette[paper]) >= 3
