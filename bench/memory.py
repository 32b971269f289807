"""`python -m bench.memory`: what a worker takes after many requests of all sorts, and whether that grows."""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

from bench import servers
from bench.data import fill
from registry.config import Settings

PAGES = ("/", "/declarations", "/editions", "/about", "/kinds", "/kinds/seals", "/check", "/declare", "/?lang=en")


def main() -> None:
    options = _options()
    servers.require("wrk")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        settings = Settings.from_environ({"REGISTRY_INSTANCE": f"{folder}/instance"})
        settings.instance.mkdir()
        codes = fill(settings, options.declarations)
        checks = [f"/api/v1/check?number={quote(code)}" for code in codes]
        searches = [f"/declarations?q={quote(name)}" for name in ("王伟", "公章", "李静", "遗失")]
        paths = [*checks, *[f"/check?number={quote(code)}" for code in codes[:200]], *PAGES * 5, *searches * 5]
        with servers.registry(settings, 1) as server:
            print("| requests | MiB of the worker |\n| ---: | ---: |")
            asked = 0.0
            while asked < options.requests:
                print(f"| {asked:,.0f} | {_megabytes(server):.0f} |", flush=True)
                pace = servers.ask(servers.REGISTRY_PORT, paths, seconds=10, connections=16, folder=folder)
                asked += pace.rate * 10
            print(f"| {asked:,.0f} | {_megabytes(server):.0f} |")


def _megabytes(server: subprocess.Popen[bytes]) -> float:
    """Resident memory of the largest process that the server started."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text(encoding="ascii").split()
    return max(_resident(child) for child in children) / 1024


def _resident(process: str) -> int:
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--declarations", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=200_000)
    return parser.parse_args()


if __name__ == "__main__":
    main()
