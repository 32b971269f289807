"""What goes out as data, beside a bare loop: `.venv/bin/python -m bench.downloads --declarations 200000`.

Every line is a process of its own: its processor time, and the most memory it ever held. The bare loop joins the same
tables with the driver alone and writes the rows with `csv.writer`: no batches, no sentences, no masks.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from bench.data import fill
from registry import create_app
from registry.config import Settings
from registry.exporting import opendata

FEEDS = 200
BARE = """
    SELECT d.reference, d.nature, d.status, d.published_on, e.number, d.declarant, o.holder, o.kind, o.title, o.copies,
        n.label, coalesce(n.printed, n.masked), n.sensitive, d.withdrawn_on, d.statement
    FROM declaration d JOIN edition e ON e.id = d.edition_id LEFT JOIN document o ON o.declaration_id = d.id
    LEFT JOIN document_number n ON n.document_id = o.id ORDER BY d.published_on DESC, d.id DESC
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a task took: seconds of processor time, megabytes at most, and what it made."""

    seconds: float
    megabytes: float
    made: int


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        small, large = (_register(Path(folder) / str(count), count) for count in (20_000, options.declarations))
        bare = _cost(_bare_loop, large)
        print(f"\n{options.declarations:,} declarations on SQLite\n")
        print("| | Declarations a second | Of the bare loop | MB at 20,000 | MB at all | Made |")
        print("| --- | ---: | ---: | ---: | ---: | ---: |")
        _line("bare loop", bare, bare, _cost(_bare_loop, small), options.declarations)
        for name, task in (("CSV", _csv), ("JSON Lines", _jsonl), ("open data", _open_data)):
            _line(name, _cost(task, large), bare, _cost(task, small), options.declarations)
        feed, page = _cost(_feeds, large), _cost(_pages, large)
        print(f"\nA feed takes {feed.seconds / page.seconds:.2f} of the processor time of the list's first page.")


def _line(name: str, cost: Cost, bare: Cost, small: Cost, declarations: int) -> None:
    print(
        f"| {name} | {declarations / cost.seconds:,.0f} | {bare.seconds / cost.seconds:.2f} | {small.megabytes:.0f} | "
        f"{cost.megabytes:.0f} | {cost.made / 1e6:.1f} MB |"
    )


def _cost(task: Callable[[Settings], Iterator[int]], settings: Settings) -> Cost:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measured, task, settings).result()


def _measured(task: Callable[[Settings], Iterator[int]], settings: Settings) -> Cost:
    steps = task(settings)
    made = next(steps)
    start = time.process_time()
    made += sum(steps)
    seconds = time.process_time() - start
    return Cost(seconds, _most_memory(), made)


def _most_memory() -> float:
    """Return megabytes. What getrusage says a process inherits from the one that started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 1024


def _bare_loop(settings: Settings) -> Iterator[int]:
    """Yield 0 when all is ready, then bytes as they are made; so do the others."""
    yield 0
    connection = sqlite3.connect(settings.instance / "registry.db")
    rows = connection.execute(BARE)
    while some := rows.fetchmany(500):
        text = io.StringIO()
        csv.writer(text).writerows(some)
        yield len(text.getvalue().encode())


def _csv(settings: Settings) -> Iterator[int]:
    return _downloaded(settings, "/declarations.csv")


def _jsonl(settings: Settings) -> Iterator[int]:
    return _downloaded(settings, "/declarations.jsonl")


def _downloaded(settings: Settings, address: str) -> Iterator[int]:
    client = create_app(settings).test_client()
    client.get("/about")
    yield 0
    answer = client.get(address)
    assert answer.status_code == 200
    for piece in answer.response:
        yield len(piece)
    answer.close()


def _open_data(settings: Settings) -> Iterator[int]:
    app = create_app(settings)
    folder = settings.instance / opendata.FOLDER
    yield 0
    opendata.write_package(app.extensions["registry_database"], settings, folder)
    yield sum(path.stat().st_size for path in folder.iterdir())


def _feeds(settings: Settings) -> Iterator[int]:
    return _asked(settings, "/declarations.atom")


def _pages(settings: Settings) -> Iterator[int]:
    return _asked(settings, "/declarations")


def _asked(settings: Settings, address: str) -> Iterator[int]:
    client = create_app(settings).test_client()
    yield len(client.get(address).data)
    for _ in range(FEEDS):
        yield len(client.get(address).data)


def _register(instance: Path, declarations: int) -> Settings:
    instance.mkdir()
    settings = Settings.from_environ({"REGISTRY_INSTANCE": str(instance), "RATE_LIMITS": "off", "LOG_LEVEL": "ERROR"})
    fill(settings, declarations)
    return settings


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.downloads", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--declarations", type=int, default=200_000)
    return parser.parse_args()


if __name__ == "__main__":
    main()
