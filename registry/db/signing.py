"""Signing what is handed out on paper, so that it can be verified without asking the registry.

Ed25519 (RFC 8032): short keys and signatures, no choices to get wrong, and known to OpenSSL and every language.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from registry.db.sealing import KeyRing


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What everybody may have of a signing key.

    Attributes:
        pem: SubjectPublicKeyInfo in PEM, as OpenSSL reads it.
        fingerprint: the SHA-256 of its DER form, 64 hexadecimal digits.
    """

    pem: str
    fingerprint: str


class Signatures:
    """Signs with one key ring, and recognises what it has signed."""

    def __init__(self, keys: KeyRing) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(keys.signing[0])
        known = [Ed25519PrivateKey.from_private_bytes(seed).public_key() for seed in keys.signing]
        self._known = {_describe(key).fingerprint: key for key in known}
        self.public_keys = tuple(map(_describe, known))

    @property
    def current(self) -> PublicKey:
        """The public half of the key that signs now; the others are those that signed before."""
        return self.public_keys[0]

    def sign(self, text: str) -> str:
        """Return the signature of the UTF-8 of `text` in base64."""
        return b64encode(self._private.sign(text.encode())).decode()

    def is_genuine(self, text: str, signature: str, *, fingerprint: str) -> bool:
        """Whether the key of this fingerprint is the registry's and has signed `text` so."""
        key = self._known.get(fingerprint)
        if key is None:
            return False
        try:
            key.verify(b64decode(signature), text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


def _describe(key: Ed25519PublicKey) -> PublicKey:
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    return PublicKey(pem, hashlib.sha256(der).hexdigest())
