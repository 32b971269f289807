"""`flask --app app kinds`: what kinds of documents the registry knows, and what their numbers obey."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Sequence

import click

from registry import kinds
from registry.cli.pipes import failing_plainly
from registry.kinds import DocumentKind

GAP = "  "


@click.command("kinds")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with aliases and labels.")
def command(as_json: bool) -> None:
    """List the kinds of documents: family, slug, 中文, English, the rules of their numbers."""
    lines = _json_lines() if as_json else _table()
    with failing_plainly():
        click.echo("\n".join(lines))


def _json_lines() -> Iterator[str]:
    for kind in kinds.CATALOGUE:
        described = {
            "family": kind.family,
            "slug": kind.slug,
            "title": kind.title._asdict(),
            "aliases": kind.aliases,
            "sensitive": kind.sensitive,
            "numbers": [
                {
                    "name": field.name,
                    "labels": field.labels,
                    "example": field.example,
                    "required": field.required,
                    "rules": [rule.slug for rule in field.rules],
                }
                for field in kind.numbers
            ],
        }
        yield json.dumps(described, ensure_ascii=False)


def _table() -> Iterator[str]:
    rows = [(kind.family, kind.slug, kind.title.zh, kind.title.en, ", ".join(_rules(kind))) for kind in kinds.CATALOGUE]
    widths = [max(map(columns, cells)) for cells in zip(*rows, strict=True)]
    for row in rows:
        yield _padded(row, widths)


def _rules(kind: DocumentKind) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rule.slug for field in kind.numbers for rule in field.rules))


def _padded(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True))
    return GAP.join(cells).rstrip()


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
