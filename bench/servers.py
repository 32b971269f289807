"""The servers that are measured, all on 127.0.0.1, and `wrk`, which asks them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from registry.cli.serve import CONNECTIONS, THREADS
from registry.config import Settings

ROOT = Path(__file__).resolve().parent.parent
REGISTRY_PORT, BARE_PORT, DATASETTE_PORT = 5601, 5602, 5603
# What a check tells, as somebody would publish it with Datasette.
LOOK_UP = """
SELECT d.kind, d.title, c.reference, c.status, c.published_on, c.withdrawn_on, e.number AS edition
FROM document_number n JOIN document d ON d.id = n.document_id JOIN declaration c ON c.id = d.declaration_id
JOIN edition e ON e.id = c.edition_id WHERE n.key = :key
"""
SCRIPT = """
local paths = {%s}
local place = 0
request = function()
  place = place %% #paths + 1
  return wrk.format("GET", paths[place])
end
"""


@dataclass(frozen=True, slots=True)
class Pace:
    """What `wrk` said: requests a second, and in milliseconds the latency of the median and of one in a hundred."""

    rate: float
    median: float
    slow: float


def require(*programs: str) -> None:
    """End the program with an instruction where one of Debian's programs is missing."""
    missing = [program for program in programs if not shutil.which(program)]
    if missing:
        sys.exit(f"make bench needs {', '.join(missing)}: apt-get install {' '.join(missing)}")


def ask(port: int, paths: Sequence[str], *, seconds: int, connections: int, folder: Path) -> Pace:
    """Ask one server for these paths in turn. Ends the program if any answer is not a good one."""
    script = folder / "paths.lua"
    script.write_text(SCRIPT % ", ".join(f'"{path}"' for path in paths), encoding="utf-8")
    load = [f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "30s", "-s", str(script)]
    command = ["wrk", "-t1", *load, f"http://127.0.0.1:{port}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        sys.exit(f"not every answer of {paths[0]} was a good one:\n{said}")
    return Pace(_number(r"Requests/sec:\s+([\d.]+)()", said), _latency("50%", said), _latency("99%", said))


def _latency(share: str, said: str) -> float:
    return _number(rf"{share}\s+([\d.]+)(us|ms|s|m)\b", said)


def _number(pattern: str, said: str) -> float:
    found = re.search(pattern, said)
    assert found, said
    return float(found[1]) * {"": 1, "us": 0.001, "ms": 1, "s": 1_000, "m": 60_000}[found[2]]


@contextmanager
def registry(settings: Settings, workers: int) -> Iterator[subprocess.Popen[bytes]]:
    """Serve a registry as `python app.py` does, without limits on requests."""
    environment = {
        **os.environ,
        "REGISTRY_INSTANCE": str(settings.instance),
        "DATABASE_URL": settings.database_url,
        "RATE_LIMITS": "off",
        "LOG_LEVEL": "WARNING",
        "WORKERS": str(workers),
        "PORT": str(REGISTRY_PORT),
    }
    with _running([sys.executable, str(ROOT / "app.py")], f"{REGISTRY_PORT}/", environment) as server:
        yield server


@contextmanager
def bare(workers: int) -> Iterator[None]:
    """Serve the bare routes with the server, the threads, the gate and the connections of the registry."""
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(workers), "--no-ws"]
    options = ["--blocking-threads", str(THREADS), "--backpressure", str(CONNECTIONS), "--http", "1"]
    command = [*granian, *options, "--port", str(BARE_PORT), "--log-level", "error", "bench.bare:served"]
    with _running(command, f"{BARE_PORT}/constant", dict(os.environ)):
        yield


@contextmanager
def datasette(database: Path, folder: Path) -> Iterator[None]:
    """Serve the same SQLite file with Datasette, whose server is one process, and a query that answers as a check."""
    metadata = folder / "datasette.json"
    metadata.write_text(json.dumps({"databases": {database.stem: {"queries": {"check": {"sql": LOOK_UP}}}}}))
    command = [sys.executable, "-m", "datasette", "serve", str(database), "--port", str(DATASETTE_PORT)]
    options = ["--metadata", str(metadata), "--setting", "suggest_facets", "off"]
    with _running([*command, *options], f"{DATASETTE_PORT}/-/versions.json", dict(os.environ)):
        yield


@contextmanager
def _running(command: list[str], ready: str, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{ready}", server)
        yield server
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 90
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            if time.monotonic() > deadline or server.poll() is not None:
                sys.exit(f"no answer from {url}")
            time.sleep(0.1)
        else:
            return
