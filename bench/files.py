"""What a file of numbers takes, beside a bare loop: `.venv/bin/python -m bench.files --declarations 1000000`.

The bare loop asks SQLite for each number, as it stands in the file, and does nothing else. A file is timed from its
upload to its column, and from its column to its answers, as whoever waits for it sees it: processes that start, every
spelling, the verdicts, results that are sealed and on the disk. Memory is the most that one process ever held.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import re
import shutil
import sqlite3
import statistics
import tempfile
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from bench.data import fill
from registry import kinds
from registry.config import Settings
from registry.db import keys
from registry.db.sealed_files import PIECE, RecordWriter
from registry.kinds import Grade
from registry.kinds.checks import organisation_check, resident_check, uscc_check
from registry.search.files import checking, folders, launching, reading
from registry.search.files.folders import UPLOAD, Folder, State
from registry.web import workbook

SEED = 4023
SLOTS = 2
SECONDS_TO_CHOOSE = 3


class Cost(NamedTuple):
    """Seconds on the clock, and of processor time in all processes together."""

    seconds: float
    processor: float


def main() -> None:
    options = _options()
    with _register(options) as settings:
        numbers = list(_numbers(settings, options.numbers, options.known))
        files = {"text": "\n".join(numbers).encode(), "workbook": _workbook(numbers)}
        bare: list[Cost] = []
        seen: dict[str, list[tuple[Cost, Cost]]] = {name: [] for name in files}
        for turn in range(options.rounds + 1):
            base = _bare_loop(settings, numbers)
            for name, content in files.items():
                timed = _timed(settings, content)
                # The first turn fills the caches and is not counted.
                if turn:
                    seen[name].append(timed)
            if turn:
                bare.append(base)
        _print(options, settings, bare, seen)
        few, many = (_most_memory(settings, numbers[:count]) for count in (options.numbers // 10, options.numbers))
        print(
            f"\n| megabytes | {options.numbers // 10:,} numbers | {options.numbers:,} numbers |\n| --- | ---: | ---: |"
        )
        for place, name in enumerate(("to read a text", "to check it")):
            print(f"| {name} | {few[place]:.0f} | {many[place]:.0f} |")


def _numbers(settings: Settings, count: int, known: float) -> Iterator[str]:
    """Yield numbers in a random order: this share of them on the register, one in a hundred mistyped, the others right.

    Half of what is not on it are resident IDs, which are looked up by their HMAC; the others are seals and companies.
    """
    rng = random.Random(SEED)
    with sqlite3.connect(f"file:{_path(settings)}?mode=ro", uri=True) as connection:
        (last,) = connection.execute("SELECT max(id) FROM document_number").fetchone()
        for _place in range(count):
            if rng.random() < known:
                yield _registered(connection, rng, last)
                continue
            number = rng.choice((_resident_id, _resident_id, _seal, _company))(rng)
            yield number[:-3] + number[-2] + number[-3] + number[-1] if rng.random() < 0.01 else number


def _registered(connection: sqlite3.Connection, rng: random.Random, last: int) -> str:
    while True:
        row = connection.execute("SELECT printed FROM document_number WHERE id = ?", (rng.randint(1, last),)).fetchone()
        # The invented codes of companies and licences have no check character inside, which those that exist have.
        if row and row[0] and kinds.recognise_best(row[0])[0].grade is Grade.VALID:
            # Of a range of receipts somebody holds one.
            return str(row[0]).partition("-")[0]


def _resident_id(rng: random.Random) -> str:
    born = date(1950, 1, 1) + timedelta(rng.randint(0, 20_000))
    body = f"{rng.choice(('110101', '310104', '440305', '140302'))}{born:%Y%m%d}{rng.randint(0, 999):03d}"
    return body + resident_check(body)


def _seal(rng: random.Random) -> str:
    return f"1403{rng.randint(10**8, 10**9 - 1)}"


def _company(rng: random.Random) -> str:
    inner = f"MA{rng.randint(0, 999_999):06d}"
    body = f"91140300{inner}{organisation_check(inner)}"
    return body + uscc_check(body)


def _workbook(numbers: list[str]) -> bytes:
    rows = [[str(place), number] for place, number in enumerate(numbers, 1)]
    return b"".join(workbook.stream([workbook.Sheet("1", (10, 30), [[["row", "number"]], rows])]))


def _bare_loop(settings: Settings, numbers: list[str]) -> Cost:
    connection = sqlite3.connect(f"file:{_path(settings)}?mode=ro", uri=True)
    began = _now()
    for number in numbers:
        connection.execute("SELECT id FROM document_number WHERE key = ?", (number,)).fetchall()
    cost = _since(began)
    connection.close()
    return cost


def _timed(settings: Settings, content: bytes) -> tuple[Cost, Cost]:
    """Return what it takes from the upload of a file to its column, and from there to its answers."""
    with _folder(content) as folder:
        began = _now()
        launching.start_reading(folder, slots=SLOTS)
        state, read = _wait(folder, "choosing", began)
        # Nobody chooses a column sooner.
        time.sleep(SECONDS_TO_CHOOSE)
        began = _now()
        launching.start_checking(
            folder,
            column=state.column,
            has_heading=state.has_heading,
            slots=SLOTS,
            database_url=settings.database_url,
            lookup=keys.ensure(settings).lookup,
        )
        return read, _wait(folder, "done", began)[1]


def _now() -> Cost:
    used = os.times()
    return Cost(time.perf_counter(), used.user + used.system + used.children_user + used.children_system)


def _since(began: Cost) -> Cost:
    now = _now()
    return Cost(now.seconds - began.seconds, now.processor - began.processor)


def _wait(folder: Folder, stage: str, began: Cost) -> tuple[State, Cost]:
    while folders.is_at_work(folder.path):
        time.sleep(0.01)
    seconds = _since(began).seconds
    # Whoever began a process hears of its end a moment later, and only then its processor time is counted.
    while any(thread.name == f"files-{'read' if stage == 'choosing' else 'check'}" for thread in threading.enumerate()):
        time.sleep(0.001)
    state = folder.state()
    assert state.stage == stage, state
    return state, Cost(seconds, _since(began).processor)


def _most_memory(settings: Settings, numbers: list[str]) -> list[float]:
    """Return the megabytes that reading and checking in one process each held at most."""
    told = {"url": settings.database_url, "lookup": urlsafe_b64encode(keys.ensure(settings).lookup).decode()}
    with _folder("\n".join(numbers).encode()) as folder:
        return [_in_a_process(stage, folder.path, folder.key, told) for stage in ("choosing", "done")]


def _in_a_process(stage: str, path: Path, key: bytes, told: dict[str, str]) -> float:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_work, stage, path, key, told).result()


def _work(stage: str, path: Path, key: bytes, told: dict[str, str]) -> float:
    folder = Folder(path, key)
    if stage == "choosing":
        reading.read(folder)
    else:
        folder.change(stage="checking")
        checking.check(folder, told)
    assert folder.state().stage == stage
    # What getrusage says a process inherits from the one that started it.
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found
    return int(found[1]) / 1024


@contextmanager
def _folder(content: bytes) -> Iterator[Folder]:
    with tempfile.TemporaryDirectory() as root:
        folder = folders.make(Path(root), "bench", most_waiting=9)
        with RecordWriter(folder.path / UPLOAD, folder.key) as file:
            for start in range(0, len(content), PIECE):
                file.append(content[start : start + PIECE])
        yield folder


@contextmanager
def _register(options: argparse.Namespace) -> Iterator[Settings]:
    """Give a register: a new one, or one that is there, in whose folder nothing is written."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"REGISTRY_INSTANCE": folder, "LOG_LEVEL": "ERROR"}
        if options.instance:
            shutil.copy(options.instance / "keys.json", folder)
            environment["DATABASE_URL"] = f"sqlite:///{options.instance.resolve() / 'registry.db'}"
        settings = Settings.from_environ(environment)
        if not options.instance:
            fill(settings, options.declarations)
        yield settings


def _path(settings: Settings) -> str:
    return settings.database_url.removeprefix("sqlite:///")


def _print(
    options: argparse.Namespace, settings: Settings, bare: list[Cost], seen: dict[str, list[tuple[Cost, Cost]]]
) -> None:
    with sqlite3.connect(f"file:{_path(settings)}?mode=ro", uri=True) as connection:
        (declarations,) = connection.execute("SELECT count(*) FROM declaration").fetchone()
    print(f"{platform.platform()}, Python {platform.python_version()}, {len(os.sched_getaffinity(0))} processors")
    print(f"{declarations:,} declarations on SQLite, {options.numbers:,} numbers, {options.known:.0%} on the register,")
    print(f"median of {options.rounds} rounds\n")
    print("| | seconds | of the bare loop | processor time | of the bare loop |\n| --- | ---: | ---: | ---: | ---: |")
    base = _median(bare)
    _line("bare loop of point look-ups", base, base)
    for name, costs in seen.items():
        read, checked = (_median([cost[place] for cost in costs]) for place in (0, 1))
        _line(f"{name}: until its column is asked", read, base)
        _line(f"{name}: until its answers are there", checked, base)


def _median(costs: list[Cost]) -> Cost:
    return Cost(*map(statistics.median, zip(*costs, strict=True)))


def _line(name: str, cost: Cost, base: Cost) -> None:
    print(
        f"| {name} | {cost.seconds:.2f} | {cost.seconds / base.seconds:.1f} "
        f"| {cost.processor:.2f} | {cost.processor / base.processor:.1f} |"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.files", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--declarations", type=int, default=1_000_000)
    parser.add_argument("--numbers", type=int, default=100_000)
    parser.add_argument("--known", type=float, default=0.02, help="share of the numbers that stand on the register")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--instance", type=Path, help="folder of a register on SQLite that is there already")
    return parser.parse_args()


if __name__ == "__main__":
    main()
