"""`make bench`: a table of requests a second, each as a ratio to a bare Flask route in the same run.

Needs `wrk` (Debian's package of that name). The servers listen on 127.0.0.1 alone and stop at the end.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from bench.data import fill
from registry.config import Settings

ROOT = Path(__file__).resolve().parent.parent
REGISTRY_PORT, BARE_PORT = 5601, 5602
SCRIPT = """
local paths = {%s}
local place = 0
request = function()
  place = place %% #paths + 1
  return wrk.format("GET", paths[place])
end
"""


def main() -> None:
    options = _options()
    if not shutil.which("wrk"):
        sys.exit("make bench needs wrk: apt-get install wrk")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.from_environ({"REGISTRY_INSTANCE": f"{folder}/instance"})
        settings.instance.mkdir()
        codes = fill(settings, options.declarations)
        targets = {
            "bare route, constant JSON": (BARE_PORT, ["/constant"]),
            "bare route, small template": (BARE_PORT, ["/template"]),
            "check of a number, HTML": (REGISTRY_PORT, [f"/check?number={code}" for code in codes]),
            "list, first page": (REGISTRY_PORT, ["/declarations"]),
            "list, two-character name": (
                REGISTRY_PORT,
                [f"/declarations?q={quote(name)}" for name in ("王伟", "李静", "吕然")],
            ),
            "home": (REGISTRY_PORT, ["/"]),
        }
        with _served(settings, options.workers):
            rates = _measure(targets, options, Path(folder))
    _print(options, rates)


def _measure(targets: dict[str, tuple[int, list[str]]], options: argparse.Namespace, folder: Path) -> dict[str, float]:
    """Return the median requests a second of each target; the rounds take turns, so that a drift hits all alike."""
    seen: dict[str, list[float]] = {name: [] for name in targets}
    for _ in range(options.rounds):
        for place, (name, (port, paths)) in enumerate(targets.items()):
            script = folder / f"{place}.lua"
            script.write_text(SCRIPT % ", ".join(f'"{path}"' for path in paths), encoding="utf-8")
            seen[name].append(_wrk(port, script, options.seconds))
    return {name: statistics.median(rates) for name, rates in seen.items()}


def _wrk(port: int, script: Path, seconds: int) -> float:
    command = ["wrk", "-t1", "-c16", f"-d{seconds}s", "-s", str(script), f"http://127.0.0.1:{port}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        sys.exit(f"answers other than 200:\n{said}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert found, said
    return float(found[1])


@contextmanager
def _served(settings: Settings, workers: int) -> Iterator[None]:
    environment = {
        **os.environ,
        "REGISTRY_INSTANCE": str(settings.instance),
        "RATE_LIMITS": "off",
        "LOG_LEVEL": "WARNING",
        "WORKERS": str(workers),
        "PORT": str(REGISTRY_PORT),
    }
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(workers), "--no-ws"]
    bare = [*granian, "--blocking-threads", "8", "--port", str(BARE_PORT), "--log-level", "error", "bench.bare:app"]
    servers = [
        subprocess.Popen([sys.executable, str(ROOT / "app.py")], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL),
        subprocess.Popen(bare, env=environment, cwd=ROOT),
    ]
    try:
        _wait(f"http://127.0.0.1:{REGISTRY_PORT}/")
        _wait(f"http://127.0.0.1:{BARE_PORT}/constant")
        yield
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.wait(timeout=30)


def _wait(url: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


def _print(options: argparse.Namespace, rates: dict[str, float]) -> None:
    base = next(iter(rates.values()))
    print(f"{options.declarations:,} declarations, SQLite, {options.workers} worker(s), wrk with 16 connections,")
    print(f"median of {options.rounds} rounds of {options.seconds} s.")
    print(f"{platform.platform()}, Python {platform.python_version()}\n")
    print("| request | requests/s | ratio to the bare route |\n| --- | ---: | ---: |")
    for name, rate in rates.items():
        print(f"| {name} | {rate:,.0f} | {rate / base:.3f} |")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--declarations", type=int, default=20_000)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
