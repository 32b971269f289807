"""The key file: made once, private, whole."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from registry.config import Settings
from registry.db import keys
from registry.errors import ConfigError


@pytest.fixture
def settings(tmp_path):
    return Settings.from_environ({"REGISTRY_INSTANCE": str(tmp_path / "instance")})


def test_keys_are_made_once_and_private(settings):
    ring = keys.ensure(settings)
    path = settings.instance / keys.FILE_NAME
    assert path.stat().st_mode & 0o777 == 0o600
    assert keys.ensure(settings) == ring
    assert [file.name for file in settings.instance.iterdir()] == [keys.FILE_NAME]


def test_a_key_file_that_others_can_read_is_refused(settings):
    keys.ensure(settings)
    path = settings.instance / keys.FILE_NAME
    path.chmod(0o640)
    with pytest.raises(ConfigError, match="chmod 600"):
        keys.ensure(settings)


@pytest.mark.parametrize("text", ["", "{}", "[]", "{", '{"session": 1}', "null"])
def test_a_damaged_key_file_is_named(settings, text):
    keys.ensure(settings)
    path = settings.instance / keys.FILE_NAME
    path.write_text(text)
    with pytest.raises(ConfigError, match=r"keys\.json"):
        keys.ensure(settings)


def test_keys_can_come_from_the_environment(settings):
    ring = keys.fresh_ring()
    given = replace(settings, registry_keys=json.dumps(ring))
    assert keys.ensure(given).current == "k1"
    assert not settings.instance.exists()
    with pytest.raises(ConfigError, match="REGISTRY_KEYS"):
        keys.ensure(replace(settings, registry_keys=json.dumps({**ring, "current": "k7"})))


def test_keys_from_before_there_were_receipts_sign_with_a_derived_key(settings):
    keys.ensure(settings)
    ring = keys.read_file(settings)
    own = keys.ensure(settings).signing
    del ring["signing"]
    keys.replace_file(settings, ring)
    before = (settings.instance / keys.FILE_NAME).read_text()
    derived = keys.ensure(settings).signing
    assert (len(derived), len(derived[0])) == (1, 32)
    assert derived not in (own, (keys.ensure(settings).lookup,))
    assert keys.ensure(settings).signing == derived
    assert keys.ensure(replace(settings, registry_keys=before)).signing == derived
    assert (settings.instance / keys.FILE_NAME).read_text() == before
    later = json.dumps({**ring, "signing": [keys.fresh_ring()["session"], "lookup"]})
    assert keys.ensure(replace(settings, registry_keys=later)).signing[1:] == derived


@pytest.mark.parametrize("signing", [[], ["x"], "lookup!", None, 1])
def test_signing_keys_that_are_none_are_named(settings, signing):
    given = json.dumps({**keys.fresh_ring(), "signing": signing})
    with pytest.raises(ConfigError, match="REGISTRY_KEYS"):
        keys.ensure(replace(settings, registry_keys=given))


def test_a_rotation_keeps_the_old_key_until_it_is_dropped(settings):
    keys.ensure(settings)
    ring = keys.with_new_sealing_key(keys.read_file(settings))
    keys.replace_file(settings, ring)
    assert set(keys.ensure(settings).sealing) == {"k1", "k2"}
    keys.replace_file(settings, keys.without_old_sealing_keys(keys.read_file(settings)))
    assert set(keys.ensure(settings).sealing) == {"k2"}
    assert (settings.instance / keys.FILE_NAME).stat().st_mode & 0o777 == 0o600
