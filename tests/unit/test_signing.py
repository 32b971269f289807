"""Signatures: recognised by whoever has the public key, and by nobody else's key."""

from __future__ import annotations

import hashlib
from base64 import b64decode

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from registry.db.sealing import KeyRing
from registry.db.signing import Signatures

TEXT = '{"number":"晋A12345"}'


def signatures(*seeds):
    return Signatures(KeyRing(b"s" * 32, b"l" * 32, {"k1": b"1" * 32}, "k1", seeds))


def test_the_public_key_verifies_what_was_signed():
    signer = signatures(b"a" * 32)
    key = load_pem_public_key(signer.current.pem.encode())
    key.verify(b64decode(signer.sign(TEXT)), TEXT.encode())
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert hashlib.sha256(der).hexdigest() == signer.current.fingerprint


def test_what_was_changed_is_told():
    signer = signatures(b"a" * 32)
    signature, fingerprint = signer.sign(TEXT), signer.current.fingerprint
    assert signer.is_genuine(TEXT, signature, fingerprint=fingerprint)
    assert not signer.is_genuine(TEXT + " ", signature, fingerprint=fingerprint)
    assert not signer.is_genuine(TEXT, signature.replace(signature[:4], "AAAA"), fingerprint=fingerprint)
    assert not signer.is_genuine(TEXT, "no base64", fingerprint=fingerprint)


def test_a_key_that_signed_before_is_still_recognised_and_a_stranger_s_is_not():
    old, new = signatures(b"a" * 32), signatures(b"b" * 32, b"a" * 32)
    assert [key.fingerprint for key in new.public_keys][1:] == [old.current.fingerprint]
    assert new.is_genuine(TEXT, old.sign(TEXT), fingerprint=old.current.fingerprint)
    assert new.sign(TEXT) != old.sign(TEXT)
    assert not old.is_genuine(TEXT, new.sign(TEXT), fingerprint=new.current.fingerprint)
    assert not old.is_genuine(TEXT, new.sign(TEXT), fingerprint=old.current.fingerprint)


@pytest.mark.parametrize("shown", ["pem", "fingerprint"])
def test_no_private_key_is_in_the_public_one(shown):
    assert b"a" * 32 not in getattr(signatures(b"a" * 32).current, shown).encode()
