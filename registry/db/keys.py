"""The registry's keys: made at first run in the instance folder with mode 600, or given by REGISTRY_KEYS.

The file is one JSON object: `{"session": …, "lookup": …, "current": "k1", "sealing": {"k1": …}, "signing": […]}`, every
key 32 random bytes in base64url. Losing it loses every sealed value: see docs/keys.md.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import weakref
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from registry.config import Settings
from registry.db.sealing import KEY_BYTES, KeyRing
from registry.errors import ConfigError, RegistryError

FILE_NAME = "keys.json"
# In place of a signing key: the one that is derived from the look-up key.
DERIVED = "lookup"


class KeysInUse(RegistryError):
    """Another process has the keys in memory, and would go on sealing with one that is about to vanish."""


class Hold:
    """A process's hold on the keys, from before it reads them until it ends or the hold is garbage.

    Many may hold at once. Whoever takes a key away needs `alone()`: a value that another process seals meanwhile with
    the old key could never be opened again. The lock is on the instance folder itself, so it leaves no file behind.
    """

    def __init__(self, settings: Settings) -> None:
        settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = os.open(settings.instance, os.O_RDONLY)
        weakref.finalize(self, os.close, self._folder)
        # A file system without locks cannot stop a server from starting; `alone` fails on it, which is safe.
        with suppress(OSError):
            fcntl.flock(self._folder, fcntl.LOCK_SH)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only holder inside the block.

        Raises:
            KeysInUse: there are others, or the file system cannot tell.
        """
        try:
            fcntl.flock(self._folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            with suppress(OSError):
                fcntl.flock(self._folder, fcntl.LOCK_SH)
            raise KeysInUse("The keys are in use. Stop the server, and run this again.") from error
        try:
            yield
        finally:
            with suppress(OSError):
                fcntl.flock(self._folder, fcntl.LOCK_SH)


def ensure(settings: Settings) -> KeyRing:
    """Return the registry's keys, making the file when there is none.

    Raises:
        ConfigError: the keys are unreadable, of the wrong shape, or open to other users of the machine.
    """
    if settings.registry_keys:
        return _parse(settings.registry_keys, "REGISTRY_KEYS")
    path = settings.instance / FILE_NAME
    if not path.exists():
        settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        _create(path)
    if path.stat().st_mode & 0o077:
        raise ConfigError(f"{path} can be read by other users; run: chmod 600 {path}")
    return _parse(path.read_text(encoding="utf-8"), str(path))


def fresh_ring() -> dict[str, Any]:
    """Return new random keys in the shape of the file."""
    return {
        "session": _new_key(),
        "lookup": _new_key(),
        "current": "k1",
        "sealing": {"k1": _new_key()},
        "signing": [_new_key()],
    }


def with_new_sealing_key(ring: dict[str, Any]) -> dict[str, Any]:
    """Return the file's object with one more sealing key, which is now the current one; the old ones still open."""
    number = max(int(key_id[1:]) for key_id in ring["sealing"]) + 1
    sealing = {**ring["sealing"], f"k{number}": _new_key()}
    return {**ring, "sealing": sealing, "current": f"k{number}"}


def without_old_sealing_keys(ring: dict[str, Any]) -> dict[str, Any]:
    """Return the file's object with the current sealing key alone: only when nothing is sealed with the others."""
    return {**ring, "sealing": {ring["current"]: ring["sealing"][ring["current"]]}}


def read_file(settings: Settings) -> dict[str, Any]:
    ring: dict[str, Any] = json.loads((settings.instance / FILE_NAME).read_text(encoding="utf-8"))
    return ring


def replace_file(settings: Settings, ring: dict[str, Any]) -> None:
    """Put `ring` in the place of the key file in one step: a crash leaves the old file or the new one whole."""
    path = settings.instance / FILE_NAME
    temporary = path.with_suffix(".new")
    temporary.unlink(missing_ok=True)
    _write_private(temporary, ring)
    temporary.replace(path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _create(path: Path) -> None:
    # Two workers may start at once: each writes a file of its own, and os.link lets only the first have the name.
    temporary = path.with_name(f".{FILE_NAME}.{secrets.token_hex(8)}")
    _write_private(temporary, fresh_ring())
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()


def _write_private(path: Path, ring: dict[str, Any]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(ring, file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def _parse(text: str, where: str) -> KeyRing:
    try:
        ring = json.loads(text)
        lookup = _key(ring["lookup"])
        keys = KeyRing(
            session=_key(ring["session"]),
            lookup=lookup,
            sealing={str(key_id): _key(key) for key_id, key in ring["sealing"].items()},
            current=str(ring["current"]),
            signing=tuple(_signing_key(entry, lookup) for entry in ring.get("signing", (DERIVED,))),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ConfigError(f"{where} does not hold the registry's keys; see docs/keys.md") from None
    if keys.current not in keys.sealing:
        raise ConfigError(f"{where} names a current sealing key that it does not hold; see docs/keys.md")
    if not keys.signing:
        raise ConfigError(f"{where} holds no signing key; see docs/keys.md")
    return keys


def _signing_key(entry: str, lookup: bytes) -> bytes:
    """Return a signing key, which of keys that are older than receipts of checks is derived from the look-up key.

    That one never changes, so neither a key file nor REGISTRY_KEYS has to be written at an upgrade, by one of several
    workers that start at once, while a rotation may be under way.
    """
    if entry != DERIVED:
        return _key(entry)
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=b"signing of receipts of checks").derive(lookup)


def _key(text: str) -> bytes:
    key = urlsafe_b64decode(text)
    if len(key) != KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    return key


def _new_key() -> str:
    return urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()
