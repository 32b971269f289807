"""`make bench`: requests a second of the registry's doors, each as a ratio to a bare Flask route in the same run.

Needs `wrk` (Debian's package of that name). The servers listen on 127.0.0.1 alone and stop at the end. With several
sizes it tells how the figures grow from the first to the last.
"""

from __future__ import annotations

import argparse
import platform
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import quote

from bench import servers
from bench.data import fill
from bench.servers import BARE_PORT, DATASETTE_PORT, REGISTRY_PORT, Pace
from registry.config import Settings
from tests.support.postgres import PostgresServer

BARE, TEMPLATE = "bare route, constant JSON", "bare route, small template"
NAMES = ("王伟", "李静", "吕然")
Targets = dict[str, tuple[int, list[str]]]
# Of each target, one of every turn.
Paces = dict[str, list[Pace]]


def main() -> None:
    options = _options()
    servers.require("wrk")
    print(f"{platform.platform()}, Python {platform.python_version()}; {options.workers} worker(s),")
    print(
        f"{options.connections} connections, median of {options.starts * options.rounds} turns of {options.seconds} s,"
    )
    print(f"the servers started {options.starts} times.")
    measured: dict[int, Paces] = {}
    for size in options.declarations:
        with _filled(options, size) as (settings, codes):
            measured[size] = _measure(settings, codes, options)
        _print(size, "PostgreSQL" if options.postgres else "SQLite", measured[size])
    if len(measured) > 1:
        _print_growth(measured)


@contextmanager
def _filled(options: argparse.Namespace, size: int) -> Iterator[tuple[Settings, list[str]]]:
    """Give a register of this size, and numbers that stand on it; kept for the next time where `--keep` says so."""
    with ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        instance = folder / f"{size}"
        environment = {"REGISTRY_INSTANCE": str(instance)}
        if options.postgres:
            server = PostgresServer()
            stack.callback(server.stop)
            server.start()
            environment["DATABASE_URL"] = server.url(server.create())
        settings = Settings.from_environ(environment)
        known = instance / "codes.txt"
        if options.postgres or not known.exists():
            instance.mkdir(parents=True, exist_ok=True)
            known.write_text("\n".join(fill(settings, size)), encoding="utf-8")
        yield settings, known.read_text(encoding="utf-8").splitlines()


def _targets(codes: list[str], *, datasette: bool) -> Targets:
    unknown = [f"{code[:-4]}{(int(code[-4:]) + 5_000) % 10_000:04d}" for code in codes if code[-4:].isdecimal()]
    targets = {
        BARE: (BARE_PORT, ["/constant"]),
        TEMPLATE: (BARE_PORT, ["/template"]),
        "API, a number on the register": (REGISTRY_PORT, [f"/api/v1/check?number={quote(code)}" for code in codes]),
        "API, a number that is not": (REGISTRY_PORT, [f"/api/v1/check?number={quote(code)}" for code in unknown]),
        "check page": (REGISTRY_PORT, [f"/check?number={quote(code)}" for code in codes]),
        "list, first page": (REGISTRY_PORT, ["/declarations"]),
        "list, two-character name": (REGISTRY_PORT, [f"/declarations?q={quote(name)}" for name in NAMES]),
        "home": (REGISTRY_PORT, ["/"]),
    }
    if datasette:
        paths = [f"/registry/check.json?key={quote(code)}&_shape=array" for code in codes]
        targets["Datasette, the same look-up"] = (DATASETTE_PORT, paths)
    return targets


def _measure(settings: Settings, codes: list[str], options: argparse.Namespace) -> Paces:
    """Return what was seen of each target, turn by turn: they take turns, so that a drift hits all alike.

    All servers are started several times: the same one is a fifth quicker or slower from one start to another, and the
    bare route more than that.
    """
    targets = _targets(codes, datasette=not options.postgres)
    seen: Paces = {name: [] for name in targets}
    for _start in range(options.starts):
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            stack.enter_context(servers.bare(options.workers))
            stack.enter_context(servers.registry(settings, options.workers))
            if not options.postgres:
                stack.enter_context(servers.datasette(settings.instance / "registry.db", folder))
            for turn in range(options.rounds + 1):
                for name, (port, paths) in targets.items():
                    pace = servers.ask(
                        port, paths, seconds=options.seconds, connections=options.connections, folder=folder
                    )
                    # The first turn warms everything up and is not counted.
                    if turn:
                        seen[name].append(pace)
    return seen


def _print(size: int, database: str, paces: Paces) -> None:
    print(f"\n{size:,} declarations, {database}\n")
    print("| request | requests/s | of the bare route | median ms | of the bare template | p99 ÷ median |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, seen in paces.items():
        rate, middle = median(pace.rate for pace in seen), median(pace.median for pace in seen)
        slow = median(pace.slow / pace.median for pace in seen)
        longer = middle / median(pace.median for pace in paces[TEMPLATE])
        print(f"| {name} | {rate:,.0f} | {_share(paces, name):.3f} | {middle:.2f} | {longer:.1f} | {slow:.1f} |")


def _share(paces: Paces, name: str) -> float:
    """Return how often a target answers for each answer of the bare route."""
    return median(pace.rate for pace in paces[name]) / median(pace.rate for pace in paces[BARE])


def _print_growth(measured: dict[int, Paces]) -> None:
    (small, first), *_, (large, last) = measured.items()
    print(f"\nFrom {small:,} to {large:,} declarations, each beside the bare route of its run:\n")
    print("| request | takes so many times as long |\n| --- | ---: |")
    for name in first:
        if name not in (BARE, TEMPLATE):
            print(f"| {name} | {_share(first, name) / _share(last, name):.2f} |")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--declarations", type=int, nargs="+", default=[20_000], metavar="N")
    parser.add_argument("--seconds", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=4, help="in which all take turns, after each start")
    parser.add_argument("--starts", type=int, default=5, help="of all servers")
    as_usual = Settings.from_environ({}).workers
    parser.add_argument(
        "--workers", type=int, default=as_usual, help="of the registry, and beside it of the bare route"
    )
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL of its own instead of SQLite")
    parser.add_argument("--keep", type=Path, help="folder for the registers, which then need not be made again")
    return parser.parse_args()


if __name__ == "__main__":
    main()
