"""`flask --app app styles …`: the house styles that come along, checking one's own, and a copy to begin with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
from flask.cli import AppGroup

from registry import kinds
from registry.errors import ConfigError, StyleRefused
from registry.web.sessions import settings
from registry.wording import HouseStyle, NoticeDocument, NoticeRecord, compose, fill, measure, price_of
from registry.wording.house_styles import load, read_file, shipped, shipped_file
from registry.wording.trying import find_doubts

command = AppGroup("styles", help="House styles: list those that come along, check one, copy one to change it.")

OWN_FILE = "house-style.toml"
# What the samples of `check` are about: a seal, two numbers of one person, a licence with parts, invoices by the book.
_SAMPLES = (
    ("山西顺合昌物流有限公司", True, ("seal_code", "seal_code")),
    ("司空明远", False, ("resident_id_18",)),
    ("阳泉市郊区老闫家铁锅炖饭店", True, ("business_licence_uscc", "food_business_licence")),
    ("海南中渔恒鲜冷链有限公司", True, ("vat_invoice",)),
)


@command.command("list")
def show_all() -> None:
    """List the styles that come along, and the one in use."""
    used = settings().house_style
    for name in shipped():
        style = load(name, settings().instance)
        mark = "*" if name == used else " "
        click.echo(f"{mark} {name}\t{style.title.en}\t{style.title.zh}\t{style.price.rule}")
    if used not in shipped():
        click.echo(f"* {used}\t{load(used, settings().instance).title.en}")


@command.command("check")
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Check a style, by its file or its name; show some of its sentences with their lengths and prices.

    Ends with status 1 if it cannot be used, after telling every fault with its line.
    """
    try:
        style = load(str(file), Path()) if str(file) in shipped() else read_file(file)
    except StyleRefused as refused:
        for line, message in refused.faults:
            click.echo(f"{file}, line {line}: {message}", err=True)
        raise SystemExit(1) from None
    except ConfigError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{style.title.en} ({style.title.zh}): it can be used.")
    for doubt in find_doubts(style):
        click.echo(f"Look twice: {doubt}")
    for record, sentence in _samples(style):
        measured = measure(sentence, style)
        fen = price_of(sentence, style, documents=len(record.documents), nature=record.nature).fen
        click.echo(f"\n{style.bullet}{sentence}")
        click.echo(f"  {measured.characters} characters, {measured.lines} lines, {fen // 100}.{fen % 100:02} yuan")


@command.command("copy")
@click.argument("name", type=click.Choice(shipped()))
@click.option("--force", is_flag=True, help="Overwrite the file if there is one.")
def copy(name: str, *, force: bool) -> None:
    """Copy a style that comes along to house-style.toml in the instance folder, to be changed there."""
    target = settings().instance / OWN_FILE
    if target.exists() and not force:
        raise click.ClickException(f"{target} is there already; --force overwrites it.")
    try:
        shutil.copyfile(shipped_file(name), target)
    except OSError as error:
        raise click.ClickException(f"{target} cannot be written: {error.strerror}.") from None
    click.echo(
        f"Change {target}, check it with `styles check {target}`, then set HOUSE_STYLE={OWN_FILE} and start anew."
    )


def _samples(style: HouseStyle) -> Iterator[tuple[NoticeRecord, str]]:
    for declarant, organisation, slugs in _SAMPLES:
        documents, numbers = [], []
        for place, slug in enumerate(slugs):
            kind = kinds.get(slug)
            fields = kind.numbers[:2] if slug == "vat_invoice" else kind.numbers[:1]
            fields = () if slug == "seal_code" else fields
            documents.append(
                NoticeDocument(
                    kind.titles[place].zh if slug == "seal_code" else kind.titles[0].zh,
                    "正、副本" if "正、副本" in kind.copies else None,
                    labels=tuple(field.labels[0] for field in fields),
                    kind=slug,
                )
            )
            numbers += [field.example for field in fields]
        record = NoticeRecord(
            declarant,
            tuple(documents),
            organisation=organisation,
            lost_on=None if organisation else date(2026, 9, 2),
            signed_on=date(2026, 9, 10),
        )
        yield record, fill(compose(record, style), numbers)
    withdrawal = NoticeRecord("司空明远", (), nature="withdrawal", about=("S26-4088-385X", date(2026, 9, 12)))
    yield withdrawal, compose(withdrawal, style)
