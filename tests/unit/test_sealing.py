"""Sealing: what is sealed opens only here, and a secret does not show itself."""

from __future__ import annotations

import pickle

import pytest

from registry.db.sealing import KeyRing, SealBroken, Secret, Vault

RING = KeyRing(session=b"s" * 32, lookup=b"l" * 32, sealing={"k1": b"1" * 32}, current="k1", signing=(b"e" * 32,))
NUMBER = "11010519491231002X"


def test_a_sealed_value_opens_and_tells_nothing():
    vault = Vault(RING)
    sealed = vault.seal(NUMBER, purpose="number")
    assert NUMBER not in sealed
    assert vault.open(sealed, purpose="number").reveal() == NUMBER
    assert vault.seal(NUMBER, purpose="number") != sealed


def test_a_value_moved_to_another_column_does_not_open():
    vault = Vault(RING)
    sealed = vault.seal(NUMBER, purpose="number")
    with pytest.raises(SealBroken):
        vault.open(sealed, purpose="contact")


@pytest.mark.parametrize(
    "damage", [lambda s: s[:-4] + "AAAA", lambda s: "k9" + s[2:], lambda s: "k1.", lambda s: "", lambda s: s + "é"]
)
def test_a_damaged_value_is_said_to_be_broken(damage):
    vault = Vault(RING)
    with pytest.raises(SealBroken):
        vault.open(damage(vault.seal(NUMBER, purpose="number")), purpose="number")


def test_a_new_key_seals_while_the_old_one_still_opens():
    old = Vault(RING)
    new = Vault(KeyRing(RING.session, RING.lookup, {"k1": b"1" * 32, "k2": b"2" * 32}, "k2", RING.signing))
    assert new.open(old.seal(NUMBER, purpose="n"), purpose="n").reveal() == NUMBER
    with pytest.raises(SealBroken):
        old.open(new.seal(NUMBER, purpose="n"), purpose="n")


def test_what_is_locked_opens_with_its_code_alone():
    vault = Vault(RING)
    locked = vault.lock(NUMBER, code="7KQM", purpose="receipt")
    assert NUMBER not in locked
    assert vault.unlock(locked, code="7KQM", purpose="receipt") == NUMBER
    assert vault.lock(NUMBER, code="7KQM", purpose="receipt") != locked
    other_registry = Vault(KeyRing(RING.session, b"x" * 32, RING.sealing, "k1", RING.signing))
    for opener, code, purpose, given in (
        (vault, "7KQN", "receipt", locked),
        (vault, "7KQM", "draft", locked),
        (other_registry, "7KQM", "receipt", locked),
        (vault, "7KQM", "receipt", locked[:-8] + "AAAAAAA="),
        (vault, "7KQM", "receipt", "é"),
    ):
        with pytest.raises(SealBroken):
            opener.unlock(given, code=code, purpose=purpose)


def test_a_rotation_of_the_sealing_keys_is_no_concern_of_a_lock():
    locked = Vault(RING).lock(NUMBER, code="7KQM", purpose="receipt")
    rotated = Vault(KeyRing(RING.session, RING.lookup, {"k2": b"2" * 32}, "k2", RING.signing))
    assert rotated.unlock(locked, code="7KQM", purpose="receipt") == NUMBER


def test_look_up_keys_are_stable_and_keyed():
    other = Vault(KeyRing(RING.session, b"x" * 32, RING.sealing, "k1", RING.signing))
    assert Vault(RING).lookup_key(NUMBER) == Vault(RING).lookup_key(NUMBER)
    assert Vault(RING).lookup_key(NUMBER) != other.lookup_key(NUMBER)
    assert NUMBER not in Vault(RING).lookup_key(NUMBER)


def test_a_secret_shows_itself_to_nobody():
    secret = Secret(NUMBER)
    shown = [str(secret), repr(secret), f"{secret}", f"{secret!r:>40}", secret.__html__()]
    assert not any(NUMBER in text for text in shown)
    assert secret == Secret(NUMBER)
    assert secret != NUMBER
    with pytest.raises(TypeError):
        pickle.dumps(secret)
