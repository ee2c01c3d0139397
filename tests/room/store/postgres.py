"""A PostgreSQL of our own, from Debian's packages, in a temporary directory and on a socket; or one that is named."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from sqlalchemy import URL, make_url

NAMED = "ETIQUETTE_TEST_POSTGRES"
MISSING = f"no PostgreSQL to test with: sudo apt install postgresql, or name one in {NAMED}"
SECONDS = 30
CONNECTIONS = 100  # at once, as PostgreSQL has it by default


class MissingError(Exception):
    """There is no PostgreSQL, and none could be had."""


def programs() -> Path:
    """The directory of its programs; as root they are fetched if they are not there.

    Raises:
        MissingError: they are not to be had.
    """
    if found := _programs():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False, capture_output=True)
        subprocess.run(["apt-get", "install", "-y", "-qq", "postgresql"], check=False, capture_output=True)
    if found := _programs():
        return found
    raise MissingError(MISSING)


def _programs() -> Path | None:
    versions = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if versions:
        return max(versions, key=lambda path: float(path.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def wait_until(holds: Callable[[], bool], seconds: float = SECONDS) -> None:
    """Wait until something holds, and fail if it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} seconds in vain")
        time.sleep(0.01)


@dataclass
class Postgres:
    """A server that can be stopped and started; or one that somebody else runs, which cannot."""

    url: URL
    folder: Path | None = None
    owner: dict[str, int] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    most: int = CONNECTIONS

    def start(self) -> None:
        """Start it, and wait until it answers."""
        assert self.folder is not None
        command: list[str | Path] = [programs() / "postgres", "-D", self.folder / "data", "-k", self.folder]
        command += ["-c", "listen_addresses=", "-c", f"max_connections={self.most}"]
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, **self.owner)  # type: ignore[call-overload]
        log.close()
        wait_until(self._answers)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT ends all connections."""
        if self.process:
            self.process.send_signal(how)
            self.process.wait(timeout=SECONDS)
            self.process = None

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.folder is not None
        if self.process.poll() is not None:
            raise AssertionError("PostgreSQL did not start:\n" + (self.folder / "log").read_text())
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def connect(self) -> psycopg.Connection[tuple[object, ...]]:
        """A connection of one's own, without a transaction."""
        plain = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        return psycopg.connect(plain, autocommit=True)

    @contextmanager
    def database(self) -> Iterator[URL]:
        """An empty database for as long as it is wanted."""
        name = f"etiquette_test_{uuid.uuid4().hex[:12]}"
        with self.connect() as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        yield self.url.set(database=name)
        with self.connect() as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@contextmanager
def a_postgres(most: int = CONNECTIONS) -> Iterator[Postgres]:
    """The server that is named in the environment or, else, one of our own that takes so many connections.

    Raises:
        MissingError: neither is to be had.
    """
    if named := os.environ.get(NAMED):
        yield Postgres(make_url(named).set(drivername="postgresql+psycopg"))
        return
    found = programs()
    folder = Path(tempfile.mkdtemp(prefix="etiquette-pg-"))
    owner: dict[str, int] = {}
    if os.geteuid() == 0:  # it will not run as root
        account = pwd.getpwnam("postgres" if any(each.pw_name == "postgres" for each in pwd.getpwall()) else "nobody")
        owner = {"user": account.pw_uid, "group": account.pw_gid}
        os.chown(folder, account.pw_uid, account.pw_gid)
    try:
        made = subprocess.run(
            [found / "initdb", "-D", folder / "data", "-U", "etiquette", "-A", "trust", "-E", "UTF8", "--locale=C"],
            cwd=folder, capture_output=True, text=True, check=False, **owner,  # type: ignore[call-overload]
        )  # fmt: skip
        if made.returncode:
            raise AssertionError("initdb failed:\n" + made.stderr)
        url = URL.create("postgresql+psycopg", "etiquette", database="postgres", query={"host": str(folder)})
        server = Postgres(url, folder, owner, most=most)
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)
