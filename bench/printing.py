"""`python -m bench.printing`: how long PDFs take, beside bare WeasyPrint on the same finished HTML.

Bare is `weasyprint.HTML(...).write_pdf(pdf_tags=True)` in a process that has done it before, with the same styles and
fonts and nothing of the registry's; tagged, because the registry's PDFs are, for whoever has them read aloud. The
registry's are asked of the application, from the request to the last byte: the rows read, the page rendered, sent to
the press, laid out there, sent back. All take turns in one run, and the first turn is not counted.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from registry import create_app
from registry.config import Settings
from registry.db import keys, migrate
from registry.db.tables import Declaration
from registry.declarations import editions
from registry.declarations.records import Reveal
from registry.printing import pdf
from registry.web import press_room, prints, sheets
from tests.support import factories as make

AIMS = {"notice": 1.5, "column": 1.3}
NAMES = ("李书白", "顾安宁", "兰亦可", "欧阳未央")


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.from_environ({"REGISTRY_INSTANCE": folder, "RATE_LIMITS": "off", "LOG_LEVEL": "ERROR"})
        keys.ensure(settings)
        migrate.upgrade(settings)
        app = create_app(settings)
        # What it says of styles for screens would be part of its time.
        logging.getLogger("weasyprint").setLevel(logging.ERROR)
        day, reference = _publish(app, options.items)
        pages = _pages(app, day, reference)
        with app.test_request_context():
            assets = prints.assets()
        client = app.test_client()
        taken = _measure(
            {
                "bare notice": lambda: _bare(pages["notice"], assets),
                "notice": lambda: _ask(client, f"/declarations/{reference}.pdf"),
                "bare column": lambda: _bare(pages["column"], assets),
                "column": lambda: _ask(client, f"/editions/{day}.pdf"),
            },
            options.rounds,
        )
        _keep(app, day)
        taken |= _measure({"kept": lambda: _ask(client, f"/editions/{day}.pdf")}, options.rounds * 5)
    _print(taken, options)


def _publish(app: Flask, count: int) -> tuple[date, str]:
    """Publish an edition of `count` declarations of which nothing is kept; return its day and a reference of it."""
    with app.extensions["registry_database"].session(write=True) as session:
        actor, day = make.an_editor(session), make.today()
        for place in range(count):
            documents = (make.work_id(f"2036254{place:06d}"), make.seal())
            declaration = make.submitted(session, *documents[: 1 + place % 2], declarant=NAMES[place % len(NAMES)])
            make.approved(session, declaration, actor, day)
        editions.publish(session, day=day, today=day, actor=actor)
        session.commit()
        return day, declaration.reference


def _pages(app: Flask, day: date, reference: str) -> dict[str, str]:
    """Return the finished HTML of a notice and of the column, as everybody gets them."""
    with app.test_request_context(), app.extensions["registry_database"].session(write=False) as session:
        edition = editions.get_published_edition(session, day)
        column: list[Declaration] = editions.list_column(session, edition)
        notice = next(declaration for declaration in column if declaration.reference == reference)
        return {
            "notice": sheets.notice_page(session, notice, Reveal.MASKED),
            "column": prints.column_page(prints.column_of(session, edition, column, Reveal.MASKED)),
        }


def _keep(app: Flask, day: date) -> None:
    with app.test_request_context():
        with app.extensions["registry_database"].session(write=False) as session:
            made = press_room.make_missing(session, day).made
        with app.extensions["registry_database"].session(write=True) as session:
            edition = editions.get_published_edition(session, day)
            editions.keep_later(session, edition, actor=make.an_editor(session), made=made)
            session.commit()


def _bare(html: str, assets: pdf.Assets) -> bytes:
    import weasyprint
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Files(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            body, media_type = pdf.open_asset(assets, url)
            return URLFetcherResponse(url, body, {"Content-Type": media_type})

    page = weasyprint.HTML(string=html, base_url=pdf.ORIGIN, url_fetcher=Files(allowed_protocols=("data",)))
    made: bytes = page.write_pdf(pdf_tags=True)
    return made


def _ask(client: FlaskClient, address: str) -> bytes:
    answer = client.get(address)
    if answer.status_code != 200 or not answer.data.startswith(b"%PDF"):
        raise SystemExit(f"{address} answers {answer.status}: no PDF can be made here")
    content: bytes = answer.data
    return content


def _measure(tasks: dict[str, Callable[[], bytes]], rounds: int) -> dict[str, float]:
    """Return the median seconds of each task; they take turns, so that a drift of the machine hits all alike."""
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for turn in range(rounds + 1):
        for name, task in tasks.items():
            begun = time.perf_counter()
            task()
            if turn:
                taken[name].append(time.perf_counter() - begun)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def _print(taken: dict[str, float], options: argparse.Namespace) -> None:
    names = {"notice": "one notice", "column": f"a column of {options.items}"}
    print(f"median of {options.rounds} rounds\n")
    print("| PDF of | bare WeasyPrint, ms | the application, ms | of bare | aim |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for key, name in names.items():
        bare, own = taken[f"bare {key}"], taken[key]
        print(f"| {name} | {bare * 1000:,.0f} | {own * 1000:,.0f} | {own / bare:.2f} | {AIMS[key]} |")
    kept, bare = taken["kept"], taken["bare column"]
    print(f"| the same column, kept | {bare * 1000:,.0f} | {kept * 1000:,.1f} | {kept / bare:.4f} | |")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.printing", description=__doc__)
    parser.add_argument("--items", type=int, default=500, help="declarations in the column")
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


if __name__ == "__main__":
    main()
