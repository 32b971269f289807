"""Settings: environment variables in, one frozen `Settings` out.

`SETTINGS` is the only list of them; the README's table is tested against it.
A value that cannot be used raises `ConfigError` with one sentence that names its variable,
because an operator reads that sentence in a terminal and not this file.
"""

from __future__ import annotations

import importlib.util
import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from registry.errors import ConfigError
from registry.text import Text


class _Unfit(Exception):
    """A parser's refusal: the end of a sentence that begins with the variable's name."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: its name, its default as one would type it, how it is read, what it does."""

    name: str
    default: str
    parse: Callable[[str], Any]
    doc: str
    secret: bool = False


def _integer(low: int, high: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not re.fullmatch(r"\d{1,9}", value, re.ASCII) or not low <= int(value) <= high:
            raise _Unfit(f"must be a whole number from {low} to {high}")
        return int(value)

    return parse


def _switch(value: str) -> bool:
    if value.lower() not in {"on", "off"}:
        raise _Unfit("must be on or off")
    return value.lower() == "on"


def _name(value: str) -> str:
    if len(value) > 60 or not value.isprintable():
        raise _Unfit("must be one line of at most 60 characters")
    return value


def _opaque(value: str) -> str:
    return value


def _host(value: str) -> str:
    try:
        return str(ipaddress.ip_address(value.strip("[]")))
    except ValueError:
        pass
    if not re.fullmatch(r"(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?", value):
        raise _Unfit("must be an address or a host name to listen on, such as 127.0.0.1 or 0.0.0.0")
    return value


def _cores() -> int:
    # The cores this process may use, which in a container are fewer than the machine has.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _workers(value: str) -> int:
    return _integer(0, 256)(value) or _cores()


def _database_url(value: str) -> str:
    if not value:
        return ""
    try:
        url = make_url(value)
    except (ArgumentError, ValueError):
        raise _Unfit("must be a URL such as postgresql://user:password@host/database") from None
    if url.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return _rendered(url.set(drivername="postgresql+psycopg"))
    if url.drivername != "sqlite":
        raise _Unfit("must begin with sqlite:/// or postgresql://, the two databases the registry works with")
    if not url.database or url.database == ":memory:":
        # Every worker process would have a database of its own in memory.
        raise _Unfit("must name a file after sqlite:///")
    return _rendered(url.set(database=str(Path(url.database).expanduser().absolute())))


def _rendered(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def _folder(value: str) -> Path:
    folder = Path(value).expanduser().absolute()
    if folder.exists() and not folder.is_dir():
        raise _Unfit(f"must be a folder, and {folder} is not one")
    return folder


def _public_url(value: str) -> str:
    if not value:
        return ""
    unfit = _Unfit("must be the registry's public address, such as https://register.example.cn")
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        raise unfit from None
    if (
        parts.scheme not in {"http", "https"}
        or not parts.hostname
        or parts.query
        or parts.fragment
        or "@" in parts.netloc
        or not value.isascii()
        or not value.isprintable()
        or " " in value
    ):
        raise unfit
    return value.rstrip("/")


def _timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise _Unfit("must be the name of a time zone, such as Asia/Shanghai") from None
    return value


# The counters' storages of the `limits` package, and the Python package each of them needs.
_STORAGES = {
    "memory": None,
    "redis": "redis",
    "rediss": "redis",
    "redis+unix": "redis",
    "valkey": "valkey",
    "valkeys": "valkey",
    "memcached": "pymemcache",
    "mongodb": "pymongo",
}


def _storage(value: str) -> str:
    scheme, separator, _ = value.partition("://")
    if not separator or scheme not in _STORAGES:
        raise _Unfit("must begin with memory://, redis://, valkey://, memcached:// or mongodb://")
    package = _STORAGES[scheme]
    if package and importlib.util.find_spec(package) is None:
        raise _Unfit(f"needs the Python package {package}, which is not installed")
    return value


def _house_style(value: str) -> str:
    # Which styles there are and whether one can be used is known above this module; here only what cannot be a name.
    if len(value) > 500 or not value.isprintable():
        raise _Unfit("must be the name of a house style or of a file")
    return value


# Licences that fit open data, by the names of the SPDX list: title and address.
LICENCES: Mapping[str, tuple[str, str]] = {
    "CC0-1.0": ("Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "ODC-By-1.0": ("Open Data Commons Attribution 1.0", "https://opendatacommons.org/licenses/by/1-0/"),
    "ODbL-1.0": ("Open Data Commons Open Database Licence 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
    "PDDL-1.0": ("Open Data Commons Public Domain Dedication 1.0", "https://opendatacommons.org/licenses/pddl/1-0/"),
}


def _licence(value: str) -> str:
    known = {name.lower(): name for name in LICENCES}
    if value.lower() in known:
        return known[value.lower()]
    if not re.fullmatch(r"https://[!-~]{1,200}", value):
        raise _Unfit(f"must be {', '.join(LICENCES)}, or the https:// address of other terms")
    return value


def _log_level(value: str) -> str:
    if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise _Unfit("must be DEBUG, INFO, WARNING or ERROR")
    return value.upper()


SETTINGS: tuple[Setting, ...] = (
    Setting("HOST", "127.0.0.1", _host, "Address to listen on; 0.0.0.0 listens on all."),
    Setting("PORT", "5000", _integer(1, 65535), "Port to listen on."),
    Setting("WORKERS", "0", _workers, "Server processes; 0 means one per core."),
    Setting(
        "DATABASE_URL",
        "",
        _database_url,
        "sqlite:///… or postgresql://…; empty means registry.db in the instance folder.",
        secret=True,
    ),
    Setting(
        "DATABASE_READ_URL",
        "",
        _database_url,
        "A read replica for the public pages; empty means DATABASE_URL.",
        secret=True,
    ),
    Setting("REGISTRY_INSTANCE", "instance", _folder, "Folder of the database and the keys."),
    Setting("REGISTRY_NAME", "遗失声明登记簿", _name, "The registry's Chinese name."),
    Setting("REGISTRY_NAME_EN", "Register of Loss Declarations", _name, "The registry's English name."),
    Setting("PAPER_NAME", "", _name, "The newspaper's Chinese name, which heads pages and columns; may stay empty."),
    Setting("PAPER_NAME_EN", "", _name, "The newspaper's English name; empty means the Chinese one."),
    Setting(
        "HOUSE_STYLE",
        "yangquan",
        _house_style,
        "Wording, column and prices: a style that comes along (`styles list`) or a .toml file of your own.",
    ),
    Setting(
        "REGISTRY_URL",
        "",
        _public_url,
        "Public address for links and QR codes; empty means the address of the request.",
    ),
    Setting("TIMEZONE", "Asia/Shanghai", _timezone, "Time zone that dates editions."),
    Setting("RATE_LIMITS", "on", _switch, "off lifts all limits, for benchmarks and closed networks."),
    Setting(
        "RATE_LIMITS_STORAGE",
        "memory://",
        _storage,
        "Where requests are counted; memory:// counts in each worker by itself.",
        secret=True,
    ),
    Setting(
        "TRUSTED_PROXIES",
        "0",
        _integer(0, 10),
        "Reverse proxies in front, whose X-Forwarded headers are believed.",
    ),
    Setting("HTTPS", "off", _switch, "on marks cookies Secure and sends Strict-Transport-Security."),
    Setting("MAX_REQUEST_KB", "256", _integer(16, 1_048_576), "Largest request body accepted, in KiB."),
    Setting("CHECK_FILE_MB", "20", _integer(1, 100), "Largest file of numbers or of a printed page, in MiB."),
    Setting(
        "CHECK_FILE_MINUTES",
        "60",
        _integer(5, 1_440),
        "Minutes after which a file of numbers and its results are erased.",
    ),
    Setting(
        "CHECK_FILES_AT_ONCE", "2", _integer(1, 64), "Files of numbers checked at once; others wait for their turn."
    ),
    Setting("CONTACT_DAYS", "365", _integer(1, 36_500), "Days after which contact details are erased."),
    Setting("DRAFT_DAYS", "30", _integer(1, 3_650), "Days after which unfinished drafts are erased."),
    Setting(
        "OPEN_DATA_LICENCE",
        "CC-BY-4.0",
        _licence,
        "Terms of the open data: CC0-1.0, CC-BY-4.0, ODC-By-1.0, ODbL-1.0, PDDL-1.0 or an https:// address.",
    ),
    Setting("RECEIPT_DAYS", "1096", _integer(1, 36_500), "Days for which receipts of checks can be verified."),
    Setting("LOG_LEVEL", "INFO", _log_level, "DEBUG, INFO, WARNING or ERROR."),
    Setting("REGISTRY_KEYS", "", _opaque, "The keys, instead of the key file in the instance folder.", secret=True),
)

# The root of the checkout, so that `python /path/to/app.py` finds the same instance from anywhere.
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the environment asked for, checked. Secrets stay out of `repr`, for it ends up in logs."""

    host: str
    port: int
    workers: int
    database_url: str = field(repr=False)
    database_read_url: str = field(repr=False)
    instance: Path
    registry_name: Text
    paper_name: Text
    house_style: str
    registry_url: str
    timezone: str
    rate_limits: bool
    rate_limits_storage: str = field(repr=False)
    trusted_proxies: int
    https: bool
    max_request_kb: int
    check_file_mb: int
    check_file_minutes: int
    check_files_at_once: int
    contact_days: int
    draft_days: int
    open_data_licence: str
    receipt_days: int
    log_level: str
    registry_keys: str = field(repr=False)

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Settings:
        """Read every setting out of `environ`; an empty variable counts as unset. Raises `ConfigError`."""
        values = {setting.name.lower(): _read(setting, environ) for setting in SETTINGS}
        if not environ.get("REGISTRY_INSTANCE", "").strip():
            values["registry_instance"] = ROOT / "instance"
        values["instance"] = values.pop("registry_instance")
        values["database_url"] = values["database_url"] or f"sqlite:///{values['instance'] / 'registry.db'}"
        for name in ("registry_name", "paper_name"):
            values[name] = Text(zh=values[name], en=values.pop(f"{name}_en") or values[name])
        return cls(**values)


def _read(setting: Setting, environ: Mapping[str, str]) -> Any:
    value = environ.get(setting.name, "").strip() or setting.default
    try:
        return setting.parse(value)
    except _Unfit as unfit:
        shown = "" if setting.secret else f", not {value[:80]!r}"
        raise ConfigError(f"{setting.name} {unfit}{shown}.") from None
