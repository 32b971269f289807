from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest

from registry.config import ROOT, SETTINGS, Settings
from registry.errors import ConfigError
from registry.text import Text


def settings(**environ: str) -> Settings:
    return Settings.from_environ(environ)


def test_defaults() -> None:
    found = settings()
    assert (found.host, found.port) == ("127.0.0.1", 5000)
    assert found.workers >= 1
    assert found.instance == ROOT / "instance"
    assert found.database_url == f"sqlite:///{ROOT / 'instance' / 'registry.db'}"
    assert found.registry_name == Text(zh="遗失声明登记簿", en="Register of Loss Declarations")
    assert found.timezone == "Asia/Shanghai"
    assert found.rate_limits
    assert not found.https
    assert found.trusted_proxies == 0


def test_an_empty_variable_counts_as_unset() -> None:
    assert settings(PORT="", DATABASE_URL=" ", REGISTRY_INSTANCE="") == settings()


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_default_passes_its_own_parser_and_is_described(setting: Any) -> None:
    setting.parse(setting.default)
    assert setting.doc.endswith(".")
    assert "\n" not in setting.doc


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOST", "http://example.cn"),
        ("HOST", "two words"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "5000.0"),
        ("PORT", "５０００"),
        ("PORT", "-1"),
        ("WORKERS", "many"),
        ("DATABASE_URL", "mysql://localhost/registry"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "registry.db"),
        ("DATABASE_READ_URL", "oracle://replica"),
        ("REGISTRY_NAME", "两行\n名称"),
        ("REGISTRY_NAME_EN", "x" * 61),
        ("PAPER_NAME", "\x00"),
        ("REGISTRY_URL", "register.example.cn"),
        ("REGISTRY_URL", "ftp://register.example.cn"),
        ("REGISTRY_URL", "https://user@register.example.cn"),
        ("REGISTRY_URL", "https://register.example.cn/?a=b"),
        ("REGISTRY_URL", "https://register.example.cn:port"),
        ("TIMEZONE", "Middle/Earth"),
        ("TIMEZONE", "../../etc/passwd"),
        ("RATE_LIMITS", "no"),
        ("RATE_LIMITS_STORAGE", "memory"),
        ("RATE_LIMITS_STORAGE", "file:///tmp/limits"),
        ("TRUSTED_PROXIES", "yes"),
        ("HTTPS", "true"),
        ("MAX_REQUEST_KB", "0"),
        ("CONTACT_DAYS", "0"),
        ("DRAFT_DAYS", "one"),
        ("OPEN_DATA_LICENCE", "free"),
        ("OPEN_DATA_LICENCE", "http://register.example.cn/terms"),
        ("OPEN_DATA_LICENCE", "https://register.example.cn/two words"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_a_wrong_value_gives_one_sentence_that_names_the_variable(name: str, value: str) -> None:
    with pytest.raises(ConfigError) as refused:
        settings(**{name: value})
    sentence = str(refused.value)
    assert sentence.startswith(f"{name} must")
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_storage_says_which_package_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ConfigError, match="RATE_LIMITS_STORAGE needs the Python package redis"):
        settings(RATE_LIMITS_STORAGE="redis://localhost")


def test_an_instance_that_is_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(ConfigError, match="REGISTRY_INSTANCE must be a folder"):
        settings(REGISTRY_INSTANCE=str(file))


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_reached_through_psycopg(scheme: str) -> None:
    found = settings(DATABASE_URL=f"{scheme}://clerk:p%40ss@db/registry?sslmode=require")
    assert found.database_url == "postgresql+psycopg://clerk:p%40ss@db/registry?sslmode=require"


def test_relative_paths_are_fixed_at_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    found = settings(DATABASE_URL="sqlite:///some.db", REGISTRY_INSTANCE="here")
    assert found.database_url == f"sqlite:///{tmp_path / 'some.db'}"
    assert found.instance == tmp_path / "here"


@pytest.mark.parametrize("host", ["0.0.0.0", "::1", "[::1]", "localhost", "register.example.cn"])
def test_hosts(host: str) -> None:
    assert settings(HOST=host).host == host.strip("[]")


def test_switches_and_names() -> None:
    found = settings(
        RATE_LIMITS="OFF", HTTPS="on", LOG_LEVEL="debug", REGISTRY_NAME="晋城", REGISTRY_URL="https://a.example/"
    )
    assert (found.rate_limits, found.https, found.log_level) == (False, True, "DEBUG")
    assert found.registry_name == Text(zh="晋城", en="Register of Loss Declarations")
    assert found.registry_url == "https://a.example"


@pytest.mark.parametrize(
    ("value", "licence"),
    [
        ("cc0-1.0", "CC0-1.0"),
        ("odbl-1.0", "ODbL-1.0"),
        ("https://register.example.cn/terms", "https://register.example.cn/terms"),
    ],
)
def test_open_data_have_a_known_licence_or_terms_of_their_own(value: str, licence: str) -> None:
    assert settings(OPEN_DATA_LICENCE=value).open_data_licence == licence


def test_secrets_are_neither_shown_nor_quoted() -> None:
    found = settings(DATABASE_URL="postgresql://clerk:hunter2@db/registry", REGISTRY_KEYS="hunter3")
    assert "hunter" not in repr(found)
    with pytest.raises(ConfigError) as refused:
        settings(DATABASE_URL="mysql://clerk:hunter2@db/registry")
    assert "hunter" not in str(refused.value)


def test_settings_travel_to_worker_processes() -> None:
    found = settings()
    assert pickle.loads(pickle.dumps(found)) == found
