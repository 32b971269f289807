"""`python -m bench.listing`: how long the public list takes, from its database and as a page beside a bare one.

Requests take turns, one at a time, on connections that stay open, so that what else the machine does hits all alike.
Nothing but 127.0.0.1 is asked, and the servers stop at the end.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from bench.data import fill
from bench.invented import GIVEN, SURNAMES
from registry.config import Settings
from registry.db import keys
from registry.db.direct import Reader
from registry.db.engine import Database
from registry.search.listing import Cursor, Filters, iterate_public, list_public

ROOT = Path(__file__).resolve().parent.parent
REGISTRY_PORT, BARE_PORT = 5611, 5612
NAMES = 60


def main() -> None:
    options = _options()
    with _register(options) as settings:
        database = Database(settings, keys.ensure(settings))
        with database.readers.reader() as reader:
            searches = _searches(reader, options.seed)
            data = _timed({name: _asker(reader, several) for name, several in searches.items()}, options.rounds)
        database.dispose()
        pages = {} if options.data_only else _pages(settings, searches, options.rounds)
    _print(options, settings, data, pages)


def _searches(reader: Reader, seed: int) -> dict[str, list[tuple[Filters, Cursor | None]]]:
    """Return what is asked, by its name: each of several searches in turn."""
    names = list(_names(seed))
    deep = _deep(reader)
    frequent = [Filters(words=words) for words in ("公章", "声明", "公司", "执照")]
    made = {
        "first page": [Filters()],
        "two-character names": [Filters(words=name) for name in names],
        "frequent two characters": frequent,
        "one character": [Filters(words=character) for character in "王公涵煜"],
        "three characters and more": [
            Filters(words=words) for words in ("营业执照", "财务专用章", "王浩然", "声明作废")
        ],
        "two terms": [Filters(words=f"{name} {word}") for name in names[:20] for word in ("公章", "阳泉")],
        "part of a number": [Filters(words=f"{number:06d}") for number in range(100_000, 900_000, 80_000)],
        "a kind": [Filters(kind=kind) for kind in ("seal_code", "receipt", "student_card")],
        "a status": [Filters(status=status) for status in ("withdrawn", "contested")],
        "a name and a kind": [Filters(words=name, kind="seal_code") for name in names[:20]],
    }
    asked: dict[str, list[tuple[Filters, Cursor | None]]] = {
        name: [(filters, None) for filters in several] for name, several in made.items()
    }
    asked["frequent, deep in the list"] = [(filters, deep) for filters in frequent]
    return asked


def _names(seed: int) -> Iterator[str]:
    """Yield names of two characters: of one in three nobody is called, the others are as frequent as names are."""
    draw = random.Random(seed)
    for place in range(NAMES):
        if place % 3:
            yield draw.choice(SURNAMES[:30]) + draw.choice(GIVEN[:60])
        else:
            yield draw.choice(GIVEN) + draw.choice(GIVEN)


def _deep(reader: Reader) -> Cursor | None:
    """Return a place in the middle of the list."""
    newest = list_public(reader, Filters(), size=1).declarations
    if not newest:
        return None
    first = next(iterate_public(reader, Filters(published_to=newest[0].published_on), batch=1)).published_on
    middle = first.replace(year=(1995 + first.year) // 2, day=1)
    return list_public(reader, Filters(published_to=middle), size=1).older


def _asker(reader: Reader, several: list[tuple[Filters, Cursor | None]]) -> Callable[[int], None]:
    def ask(place: int) -> None:
        filters, cursor = several[place % len(several)]
        list_public(reader, filters, cursor=cursor)

    return ask


def _pages(
    settings: Settings, searches: dict[str, list[tuple[Filters, Cursor | None]]], rounds: int
) -> dict[str, list[float]]:
    with _served(settings):
        registry, bare = (http.client.HTTPConnection("127.0.0.1", port) for port in (REGISTRY_PORT, BARE_PORT))
        askers = {"bare template": _getter(bare, ["/template"])}
        for name, several in searches.items():
            askers[name] = _getter(registry, [_address(filters, cursor) for filters, cursor in several])
        return _timed(askers, rounds)


def _address(filters: Filters, cursor: Cursor | None) -> str:
    asked = {"q": filters.words, "kind": filters.kind, "status": filters.status, "cursor": str(cursor or "")}
    return "/declarations?" + "&".join(f"{name}={quote(value)}" for name, value in asked.items() if value)


def _getter(connection: http.client.HTTPConnection, paths: list[str]) -> Callable[[int], None]:
    def get(place: int) -> None:
        connection.request("GET", paths[place % len(paths)])
        response = connection.getresponse()
        body = response.read()
        if response.status != 200:
            sys.exit(f"{paths[place % len(paths)]} is answered with {response.status}: {body[:500]!r}")

    return get


def _timed(askers: dict[str, Callable[[int], None]], rounds: int) -> dict[str, list[float]]:
    """Return the seconds of each call, by its name. What is asked was asked once before, and is in the caches."""
    seen: dict[str, list[float]] = {name: [] for name in askers}
    for place in range(-NAMES, rounds):
        for name, ask in askers.items():
            start = time.perf_counter()
            ask(place)
            if place >= 0:
                seen[name].append(time.perf_counter() - start)
    return seen


@contextmanager
def _register(options: argparse.Namespace) -> Iterator[Settings]:
    """Give the settings of a register of this size: an own one that is thrown away, or one that is kept in a folder."""
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(options.instance or folder)
        environment = {"REGISTRY_INSTANCE": str(instance), "DATABASE_URL": options.url or ""}
        settings = Settings.from_environ({name: value for name, value in environment.items() if value})
        instance.mkdir(parents=True, exist_ok=True)
        made = instance / "bench.json"
        if not made.exists():
            fill(settings, options.declarations, seed=options.seed)
            made.write_text(json.dumps({"declarations": options.declarations}))
        options.declarations = json.loads(made.read_text())["declarations"]
        yield settings


@contextmanager
def _served(settings: Settings) -> Iterator[None]:
    environment = {
        **os.environ,
        "REGISTRY_INSTANCE": str(settings.instance),
        "DATABASE_URL": settings.database_url,
        "RATE_LIMITS": "off",
        "LOG_LEVEL": "WARNING",
        "WORKERS": "1",
        "PORT": str(REGISTRY_PORT),
    }
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--no-ws"]
    bare = [*granian, "--blocking-threads", "8", "--port", str(BARE_PORT), "--log-level", "error", "bench.bare:app"]
    servers = [
        subprocess.Popen([sys.executable, str(ROOT / "app.py")], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL),
        subprocess.Popen(bare, env=environment, cwd=ROOT),
    ]
    try:
        for port, path in ((REGISTRY_PORT, "/about"), (BARE_PORT, "/template")):
            _wait(port, path)
        yield
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.wait(timeout=30)


def _wait(port: int, path: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            _getter(http.client.HTTPConnection("127.0.0.1", port), [path])(0)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


def _print(
    options: argparse.Namespace, settings: Settings, data: dict[str, list[float]], pages: dict[str, list[float]]
) -> None:
    database = "PostgreSQL" if options.url else "SQLite"
    print(f"{options.declarations:,} declarations, {database}, one worker, {options.rounds} rounds, one at a time.")
    print(f"{platform.platform()}, Python {platform.python_version()}\n")
    print("| | data, median ms | p99 ÷ median | page, median ms | p99 ÷ median | page ÷ bare template |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    base = statistics.median(pages["bare template"]) if pages else None
    for name in dict.fromkeys([*pages, *data]):
        cells = [*_cells(data.get(name)), *_cells(pages.get(name))]
        ratio = f"{statistics.median(pages[name]) / base:.1f}" if base and name in pages else ""
        print(f"| {name} | {' | '.join(cells)} | {ratio} |")


def _cells(seconds: list[float] | None) -> tuple[str, str]:
    if not seconds:
        return "", ""
    median = statistics.median(seconds)
    worst = sorted(seconds)[int(len(seconds) * 0.99)]
    return f"{median * 1000:.2f}", f"{worst / median:.1f}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.listing", description=__doc__)
    parser.add_argument("--declarations", type=int, default=100_000)
    parser.add_argument("--url", help="an empty PostgreSQL database, postgresql+psycopg://…; SQLite without it")
    parser.add_argument("--instance", help="a folder that keeps the register, to measure it again")
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=4023)
    parser.add_argument("--data-only", action="store_true", help="without the pages")
    return parser.parse_args()


if __name__ == "__main__":
    main()
