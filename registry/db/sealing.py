"""Sealing of sensitive values: what a stolen copy of the database must not tell.

The keys do different things. A sealing key encrypts (AES-256-GCM, NIST SP 800-38D) what has to be read again; the
look-up key turns a canonical number into an HMAC-SHA-256, which finds the number without telling it. A plain hash
would not do: the space of resident IDs is small enough to try them all.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import b2a_base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from registry.errors import RegistryError

NONCE_BYTES: Final = 12
KEY_BYTES: Final = 32
LOOKUP_PREFIX: Final = "hmac:"
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


class SealBroken(RegistryError):
    """A sealed value cannot be opened: its key is not here, or it was changed."""


class Secret:
    """A sensitive text that shows itself only on `reveal()`.

    Printing, logging or rendering one by mistake gives dots, never the text.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    def __str__(self) -> str:
        return "●●●●"

    def __repr__(self) -> str:
        return "Secret(●●●●)"

    def __html__(self) -> str:
        return str(self)

    def __format__(self, spec: str) -> str:
        return str(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and hmac.compare_digest(self._text.encode(), other._text.encode())

    def __hash__(self) -> int:
        return hash(Secret)

    def __reduce__(self) -> str:
        raise TypeError("a Secret is not pickled")


@dataclass(frozen=True, slots=True, repr=False)
class KeyRing:
    """The keys of one registry.

    Attributes:
        session: signs cookies and tokens.
        lookup: key of the HMAC by which sensitive numbers are found.
        sealing: key id → 32-byte AES key; several while a rotation is under way.
        current: id of the key that seals now.
        signing: the seeds of the Ed25519 keys, of which the first signs and the others did so before.
    """

    session: bytes
    lookup: bytes
    sealing: Mapping[str, bytes]
    current: str
    signing: tuple[bytes, ...]


class Vault:
    """Seals, opens and looks up with one key ring.

    `purpose` names the column; it is bound into the seal, so a sealed value moved to another column does not open.
    """

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys
        self._lookup = HMAC(keys.lookup, SHA256())
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.sealing.items()}

    @property
    def current_key(self) -> str:
        return self._keys.current

    @property
    def key_ids(self) -> tuple[str, ...]:
        """The sealing keys that are here, oldest first."""
        return tuple(sorted(self._ciphers, key=lambda key_id: (len(key_id), key_id)))

    @property
    def lookup_secret(self) -> bytes:
        """The key by which sensitive numbers are found, for a process that has to find them and opens none."""
        return self._keys.lookup

    def seal(self, text: str, *, purpose: str) -> str:
        """Return `text` (any Unicode) sealed as ASCII: `<key id>.<base64url of nonce and ciphertext>`."""
        nonce = os.urandom(NONCE_BYTES)
        cipher = self._ciphers[self._keys.current]
        sealed = cipher.encrypt(nonce, text.encode(), purpose.encode())
        return f"{self._keys.current}.{urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, *, purpose: str) -> Secret:
        """Return what `seal` was given.

        Raises:
            SealBroken: the key is missing, or the value or its purpose was changed.
        """
        key_id, _, body = sealed.partition(".")
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise SealBroken(f"no sealing key {key_id!r} in the key ring")
        try:
            raw = urlsafe_b64decode(body)
            text = cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], purpose.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise SealBroken(f"a sealed {purpose} cannot be opened") from error
        return Secret(text)

    def lock(self, text: str, *, code: str, purpose: str) -> str:
        """Return `text` encrypted so that it takes `code` to open it, which the caller gives away and does not keep.

        The result is the base64url of nonce and ciphertext. The look-up key is part of the key, so that a stolen copy
        of the database alone cannot even be tried; the sealing keys are not, so it is no concern of their rotation.
        """
        nonce = os.urandom(NONCE_BYTES)
        return urlsafe_b64encode(nonce + self._lock_of(code, purpose).encrypt(nonce, text.encode(), None)).decode()

    def unlock(self, locked: str, *, code: str, purpose: str) -> str:
        """Return what `lock` was given.

        Raises:
            SealBroken: the code is another one, or the value was changed.
        """
        try:
            raw = urlsafe_b64decode(locked)
            return self._lock_of(code, purpose).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None).decode()
        except (InvalidTag, ValueError) as error:
            raise SealBroken(f"a locked {purpose} cannot be opened") from error

    def _lock_of(self, code: str, purpose: str) -> AESGCM:
        return AESGCM(hmac.digest(self._keys.lookup, f"lock:{purpose}:{code}".encode(), hashlib.sha256))

    def mark(self, text: str, *, purpose: str) -> bytes:
        """Return 32 bytes that nobody can make of `text` without the look-up key: what was ours is known by them."""
        return hmac.digest(self._keys.lookup, f"mark:{purpose}:{text}".encode(), hashlib.sha256)

    def lookup_key(self, canonical: str) -> str:
        """Return the key under which a sensitive canonical number is indexed: `hmac:` and 43 base64url characters."""
        return self.lookup_keys((canonical,))[0]

    def lookup_keys(self, canonicals: Iterable[str]) -> list[str]:
        """Return the `lookup_key` of each number."""
        # Begun once and copied: OpenSSL takes longer to begin an HMAC than to finish one; `hmac` takes twice as long.
        begun = self._lookup
        keys = []
        for canonical in canonicals:
            mac = begun.copy()
            mac.update(canonical.encode())
            keys.append(LOOKUP_PREFIX + b2a_base64(mac.finalize(), newline=False).translate(_URL_SAFE)[:43].decode())
        return keys

    def token_hash(self, token: str) -> str:
        """Return what is stored of a browser's secret token, so that the table alone opens no draft."""
        return self.lookup_key(f"token:{token}")

    def api_key_hash(self, key: str) -> str:
        """Return what is stored of a program's key, so that the table alone opens nothing."""
        return self.lookup_key(f"api-key:{key}")
