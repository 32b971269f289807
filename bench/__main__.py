"""`make bench`: requests a second of the registry's doors, each as a ratio to a bare Flask route in the same run.

Needs `wrk` (Debian's package of that name). The servers listen on 127.0.0.1 alone and stop at the end. With several
sizes it tells how the figures grow from the first to the last.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

from bench import servers
from bench.data import fill
from bench.servers import BARE_PORT, DATASETTE_PORT, REGISTRY_PORT, Pace
from registry.config import Settings
from tests.support.postgres import PostgresServer

BARE, TEMPLATE = "bare route, constant JSON", "bare route, small template"
NAMES = ("王伟", "李静", "吕然")
Targets = dict[str, tuple[int, list[str]]]
Paces = dict[str, Pace]


def main() -> None:
    options = _options()
    servers.require("wrk")
    print(f"{platform.platform()}, Python {platform.python_version()}; {options.workers} worker(s),")
    print(f"{options.connections} connections, median of {options.rounds} rounds of {options.seconds} s.")
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


def _targets(codes: list[str]) -> Targets:
    unknown = [f"{code[:-4]}{(int(code[-4:]) + 5_000) % 10_000:04d}" for code in codes if code[-4:].isdecimal()]
    return {
        BARE: (BARE_PORT, ["/constant"]),
        TEMPLATE: (BARE_PORT, ["/template"]),
        "API, a number on the register": (REGISTRY_PORT, [f"/api/v1/check?number={quote(code)}" for code in codes]),
        "API, a number that is not": (REGISTRY_PORT, [f"/api/v1/check?number={quote(code)}" for code in unknown]),
        "check page": (REGISTRY_PORT, [f"/check?number={quote(code)}" for code in codes]),
        "list, first page": (REGISTRY_PORT, ["/declarations"]),
        "list, two-character name": (REGISTRY_PORT, [f"/declarations?q={quote(name)}" for name in NAMES]),
        "home": (REGISTRY_PORT, ["/"]),
    }


def _measure(settings: Settings, codes: list[str], options: argparse.Namespace) -> Paces:
    """Return the median pace of each target; the rounds take turns, so that a drift hits all alike."""
    targets = _targets(codes)
    seen: dict[str, list[Pace]] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stack.enter_context(servers.bare(options.workers))
        stack.enter_context(servers.registry(settings, options.workers))
        if not options.postgres:
            stack.enter_context(servers.datasette(settings.instance / "registry.db", folder))
            paths = [f"/registry/check.json?key={quote(code)}&_shape=array" for code in codes]
            targets["Datasette, the same look-up"] = (DATASETTE_PORT, paths)
        for turn in range(options.rounds + 1):
            for name, (port, paths) in targets.items():
                pace = servers.ask(port, paths, seconds=options.seconds, connections=options.connections, folder=folder)
                # The first turn warms everything up and is not counted.
                if turn:
                    seen.setdefault(name, []).append(pace)
    return {name: _median(paces) for name, paces in seen.items()}


def _median(paces: list[Pace]) -> Pace:
    return Pace(
        statistics.median(pace.rate for pace in paces),
        statistics.median(pace.median for pace in paces),
        statistics.median(pace.slow for pace in paces),
    )


def _print(size: int, database: str, paces: Paces) -> None:
    base, template = paces[BARE], paces[TEMPLATE]
    print(f"\n{size:,} declarations, {database}\n")
    print("| request | requests/s | of the bare route | median ms | of the bare template | p99 ÷ median |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, pace in paces.items():
        print(
            f"| {name} | {pace.rate:,.0f} | {pace.rate / base.rate:.3f} | {pace.median:.2f} "
            f"| {pace.median / template.median:.1f} | {pace.slow / pace.median:.1f} |"
        )


def _print_growth(measured: dict[int, Paces]) -> None:
    (small, first), *_, (large, last) = measured.items()
    print(f"\nFrom {small:,} to {large:,} declarations, each beside the bare route of its run:\n")
    print("| request | takes so many times as long |\n| --- | ---: |")
    for name in first.keys() - {BARE, TEMPLATE}:
        growth = (first[name].rate / first[BARE].rate) / (last[name].rate / last[BARE].rate)
        print(f"| {name} | {growth:.2f} |")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--declarations", type=int, nargs="+", default=[20_000], metavar="N")
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=3)
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
