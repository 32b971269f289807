"""Preparing what is missing and serving: what `make run`, `python app.py` and `flask serve` do alike."""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import socket
from functools import partial
from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from registry.cli import staff, starting, sweeping
from registry.cli.gate import Gate
from registry.cli.places import Places
from registry.cli.uploads import Uploads
from registry.config import Settings
from registry.db.engine import Database
from registry.declarations.queries import registry_is_empty
from registry.errors import ConfigError
from registry.web import sessions, uploads

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication
    from flask import Flask

# Requests that a worker begins together, as long as they are quick: docs/performance.md. Of several one can work while
# the others wait for PostgreSQL; SQLite makes nobody wait.
TOGETHER = {"sqlite": 1, "postgresql": 3}
# All that it works on at most, which is no more than its connections to the database.
PLACES = 8
# Threads that take in bodies, most of them waiting: see registry.cli.gate.
THREADS = 128
# Granian counts open connections, idle ones too, and stops accepting at this many in a worker.
CONNECTIONS = 8192
SECONDS_TO_FINISH = 15
# From malloc.h of the GNU C library.
M_ARENA_MAX = -8
HEAPS = 2


def main() -> None:
    """Serve as the environment says, until stopped."""
    serve(Settings.from_environ(os.environ))


def serve(settings: Settings) -> None:
    """Prepare the instance and serve it until SIGINT or SIGTERM, finishing the requests at hand.

    Raises:
        ConfigError: a setting, the keys, the database or the address cannot be used.
    """
    address = _free_address(settings)
    starting.prepare(settings)
    _welcome(settings)
    workers = "1 worker" if settings.workers == 1 else f"{settings.workers} workers"
    click.echo(f"Serving on {_shown_url(settings)} with {workers}. Stop with Ctrl-C.")
    _allow_connections()
    server = Granian(
        "app:app",
        address=address,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=THREADS,
        backpressure=CONNECTIONS,
        http=HTTPModes.http1,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_FINISH,
        # Below errors it reports its own start and stop and its opinion on the number of threads.
        log_level=LogLevels.debug if settings.log_level == "DEBUG" else LogLevels.error,
    )
    server.serve(target_loader=partial(_load, settings), wrap_loader=False)


def _welcome(settings: Settings) -> None:
    from registry import create_app

    app = create_app(settings)
    database: Database = app.extensions["registry_database"]
    try:
        first = staff.ensure_first_editor(app)
        if first:
            email, password = first
            click.echo("The first editor may sign in, and should change the password, which is not shown again:")
            click.echo(f"  address:  {_shown_url(settings)}/staff\n  e-mail:   {email}\n  password: {password}")
        with database.session(write=False) as session:
            if registry_is_empty(session):
                click.echo("The registry is empty: make demo fills it with invented declarations.")
    finally:
        # Workers are forked from here, and a connection must not be shared between processes.
        database.dispose()


def _load(settings: Settings) -> WSGIApplication:
    from registry import create_app

    # Ctrl-C at the terminal is for the server, which then ends its workers. One that goes before is taken for a failed
    # one, and a new one is begun that nobody ends for SECONDS_TO_FINISH.
    os.setpgid(0, 0)
    _share_heaps()
    app: Flask = create_app(settings)
    # What is there now stays until the end: the collector need not go through it again and again.
    gc.collect()
    gc.freeze()
    sweeping.start(settings)
    large = Uploads(uploads.PATHS, limit=uploads.longest_body(settings), folder=uploads.folder(settings))
    database: Database = app.extensions["registry_database"]
    places = Places(together=TOGETHER[database.read_engine.dialect.name], most=PLACES)
    return Gate(app, places=places, limit=settings.max_request_kb * 1024, uploads=large)


def _share_heaps() -> None:
    """Let the threads of a worker share heaps of the C library, which else gives nearly each of them its own.

    Python runs one of them at a time, so they do not wait for each other; measured, it saves 10 MiB of 190.
    """
    if hasattr(library := ctypes.CDLL(None), "mallopt"):
        library.mallopt(M_ARENA_MAX, HEAPS)


def _free_address(settings: Settings) -> str:
    """Return the IP address to listen on, after making sure that it can be had.

    Granian takes no host names, and its workers share a port in a way that would let a second server in beside them.
    """
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, target = found[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(target)
            probe.listen(1)
    except socket.gaierror:
        raise ConfigError(f"HOST {settings.host} is not the name or address of this machine.") from None
    except OSError as error:
        raise ConfigError(
            f"PORT {settings.port} on HOST {settings.host} cannot be used: {error.strerror}. Is a server running there?"
        ) from None
    return str(target[0])


def _allow_connections() -> None:
    # Debian starts programs with 1024 files each, which as many idle readers would use up.
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * CONNECTIONS if hard == resource.RLIM_INFINITY else min(hard, 2 * CONNECTIONS)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _shown_url(settings: Settings) -> str:
    host = {"0.0.0.0": "127.0.0.1", "::": "127.0.0.1"}.get(settings.host, settings.host)  # noqa: S104 (compared)
    return settings.registry_url or f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


@click.command("serve")
@with_appcontext
def command() -> None:
    """Prepare what is missing and serve, as `python app.py` does."""
    with starting.refusals_in_one_sentence():
        serve(sessions.settings())
