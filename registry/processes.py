"""What processes of the registry's own are begun with."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

# Where `python -m registry...` finds the program.
FOLDER: Final = Path(__file__).resolve().parent.parent
# What a process needs in order to run; nothing of the registry's settings, which hold passwords.
_PASSED_ON: Final = (
    "PATH",
    "LANG",
    "LC_ALL",
    "TZ",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONPYCACHEPREFIX",
    "LD_LIBRARY_PATH",
)


def environment(*besides: str) -> dict[str, str]:
    """Return the environment of a process: what every one needs of this one's, and what it needs `besides`."""
    return {name: os.environ[name] for name in (*_PASSED_ON, *besides) if name in os.environ}
