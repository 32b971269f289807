"""The real server, started as an operator starts it: `python app.py` with an instance of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class RunningServer:
    """`python app.py` on a free port; `output` is all it has said so far."""

    def __init__(self, instance: Path, *, cwd: Path | None = None, **environment: str) -> None:
        self.instance = instance
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = instance.with_name(instance.name + ".log")
        clean = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
        self._environment = clean | {
            "PORT": str(self.port),
            "WORKERS": "1",
            "REGISTRY_INSTANCE": str(instance),
            "RATE_LIMITS": "off",
            **environment,
        }
        self._cwd = cwd or ROOT
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> RunningServer:
        """Return when the server answers; fail with what it said if it ends or stays silent."""
        return self.launch().wait()

    def launch(self) -> RunningServer:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "app.py")],
                cwd=self._cwd,
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self

    def wait(self) -> RunningServer:
        assert self.process is not None
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            assert self.process.poll() is None, f"the server ended with {self.process.returncode}:\n{self.output}"
            assert time.monotonic() < deadline, f"the server does not answer:\n{self.output}"
            time.sleep(0.05)
        return self

    def stop(self, with_signal: signal.Signals = signal.SIGTERM) -> int:
        """End the server as an operator would; return its exit status."""
        # Ctrl-C reaches every process of the terminal, a service manager only the first.
        assert self.process is not None
        if self.process.poll() is None and with_signal == signal.SIGINT:
            os.killpg(self.process.pid, with_signal)
        elif self.process.poll() is None:
            self.process.send_signal(with_signal)
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            raise

    @property
    def output(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    @property
    def first_sign_in(self) -> tuple[str, str]:
        """E-mail address and password of the first editor, as printed at the first start."""
        found = re.search(r"^ +e-mail: +(\S+)\n +password: +(\S+)$", self.output, re.MULTILINE)
        assert found, f"no sign-in in what the server said:\n{self.output}"
        return found[1], found[2]

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.url}/", timeout=5).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True
