"""A temporary PostgreSQL server on a Unix socket, from Debian's packages; or the server named in the environment."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL, make_url

SERVER_VARIABLE = "ETIQUETTE_TEST_POSTGRES"
MISSING = f"no PostgreSQL to test with: sudo apt install postgresql, or name one in {SERVER_VARIABLE}"
SECONDS = 30
SPEED = ("fsync=off", "full_page_writes=off")  # nothing is lost unless the machine crashes


class MissingError(Exception):
    """There is no PostgreSQL, and it could not be installed."""


def programs() -> Path:
    """The directory of PostgreSQL's programs; root installs them if they are missing. Raises `MissingError` if they are
    missing and could not be installed.
    """
    if not (found := _programs()) and os.geteuid() == 0 and shutil.which("apt-get"):
        for command in ("update", "install -y postgresql"):
            subprocess.run(["apt-get", "-qq", *command.split()], check=False, capture_output=True)
        found = _programs()
    if not found:
        raise MissingError(MISSING)
    return found


def _programs() -> Path | None:
    """Those of the newest version that Debian has installed or, without one, those on the path."""
    versions = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if versions:
        return max(versions, key=lambda path: float(path.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def wait_until(holds: Callable[[], bool], seconds: float = SECONDS) -> None:
    """Wait until a condition holds, and fail if that takes too long."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} seconds in vain")
        time.sleep(0.01)


@dataclass(frozen=True)
class Postgres:
    """A PostgreSQL server; one of our own, which has a `folder`, can be started and stopped."""

    url: URL
    folder: Path | None = None
    owner: dict[str, Any] = field(default_factory=dict)
    settings: tuple[str, ...] = ()

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        options = f"-k {self.folder} -c listen_addresses= " + " ".join(f"-c {setting}" for setting in self.settings)
        self.run("pg_ctl", "-l", "log", "-o", options, "start")

    def stop(self, how: str = "fast") -> None:
        """Stop the server: "fast" ends all connections first, "immediate" is like a crash."""
        self.run("pg_ctl", "-m", how, "stop")

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs on the server's files."""
        assert self.folder is not None
        command: list[str | Path] = [programs() / program, "-D", self.folder / "data", *arguments]
        subprocess.run(command, cwd=self.folder, stdout=subprocess.DEVNULL, timeout=SECONDS, check=True, **self.owner)

    def connect(self) -> psycopg.Connection[tuple[object, ...]]:
        """A new connection, in autocommit mode."""
        plain = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        return psycopg.connect(plain, autocommit=True)

    @contextmanager
    def database(self) -> Iterator[URL]:
        """An empty database, dropped afterwards."""
        name = f"etiquette_test_{uuid.uuid4().hex[:12]}"
        with self.connect() as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        yield self.url.set(database=name)
        with self.connect() as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@contextmanager
def a_postgres(*settings: str) -> Iterator[Postgres]:
    """The server named in the environment; without one, a temporary server of our own with these settings. Raises
    `MissingError` if there is no server to use, and PostgreSQL could not be installed.
    """
    if named := os.environ.get(SERVER_VARIABLE):
        yield Postgres(make_url(named).set(drivername="postgresql+psycopg"))
        return
    folder = Path(tempfile.mkdtemp(prefix="etiquette-pg-"))
    owner: dict[str, Any] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        account = pwd.getpwnam("postgres" if any(each.pw_name == "postgres" for each in pwd.getpwall()) else "nobody")
        owner = {"user": account.pw_uid, "group": account.pw_gid}
        os.chown(folder, account.pw_uid, account.pw_gid)
    url = URL.create("postgresql+psycopg", "etiquette", database="postgres", query={"host": str(folder)})
    server = Postgres(url, folder, owner, settings)
    try:
        server.run("initdb", "--no-sync", "-U", "etiquette", "-A", "trust", "-E", "UTF8", "--locale=C")
        server.start()
        yield server
        server.stop("immediate")
    finally:
        shutil.rmtree(folder)
