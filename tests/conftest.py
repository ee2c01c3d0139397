"""A real server, a real browser and a real PostgreSQL, once for the whole session."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright
from sqlalchemy import URL

from etiquette.room_store import Store
from tests import browser as browsers
from tests.postgres import NAMED, MissingError, Postgres, a_postgres
from tests.sessions import Clock, Session

ROOT = Path(__file__).parent.parent

settings.register_profile("project", deadline=None)  # a slow machine is not a broken law
settings.load_profile("project")
expect.set_options(timeout=30_000)  # nor is a page that loads slowly, with a kernel a visitor, a broken page


def free_port() -> int:
    """A port on this machine that nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


class Server:
    """A server that is started as a user starts it, and ended by its process id."""

    def __init__(self, command: list[str], ready: str, address: str, cwd: Path = ROOT) -> None:
        self.address = address
        environment = os.environ | {"PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert self.process.stdout is not None
        self.output: list[str] = []
        for line in self.process.stdout:
            self.output.append(line)
            if ready in line:
                break
        else:
            pytest.fail("the server did not start:\n" + "".join(self.output))
        self._reader = threading.Thread(target=self._drain, daemon=True)
        self._reader.start()

    def _drain(self) -> None:
        assert self.process.stdout is not None
        self.output.extend(self.process.stdout)

    def stop(self) -> None:
        """End it, and all that it has read."""
        self.process.terminate()
        self._close()

    def kill(self) -> None:
        """End it as a crash would."""
        self.process.kill()
        self._close()

    def _close(self) -> None:
        self.process.wait(timeout=20)
        self._reader.join(timeout=20)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture(autouse=True)
def no_progress(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each test begins as somebody who has done nothing yet, and leaves no trace with whoever runs it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture(scope="session")
def page_server() -> Iterator[Server]:
    """The page, as `etiquette serve` serves it."""
    yield from _served("--template=lean")


@pytest.fixture(scope="session")
def lab_server() -> Iterator[Server]:
    """The same page with JupyterLab's front end."""
    yield from _served("--template=lab")


def _served(*options: str) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "etiquette.cli", "serve", "--no-open", "--port", str(port), *options]
    server = Server(command, "Voilà is running at", f"http://127.0.0.1:{port}/")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium."""
    path = browsers.find()
    assert path, "no Chromium: python -m tests.browser installs one"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=browsers.ARGUMENTS)
        yield browser
        browser.close()


class People:
    """Browsers, each with its own memory, in which no error goes unnoticed."""

    def __init__(self, chromium: Browser) -> None:
        self.chromium = chromium
        self.contexts: list[BrowserContext] = []
        self.broken: list[str] = []

    def open(self, address: str, size: ViewportSize, script: str = "") -> Page:
        """The page at this address, ready, in a browser that has never been there; the script runs before it."""
        context = self.chromium.new_context(viewport=size, accept_downloads=True)
        context.add_init_script(script)
        self.contexts.append(context)
        return self._opened(context, address)

    def another_tab(self, page: Page, address: str) -> Page:
        """The page at this address, ready, in another tab of the same browser."""
        return self._opened(page.context, address)

    def _opened(self, context: BrowserContext, address: str) -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: self.broken.append(str(error)))
        page.goto(address)
        expect(page.locator("#soon")).to_have_count(0, timeout=60_000)
        return page


@pytest.fixture
def people(chromium: Browser) -> Iterator[People]:
    """Nobody yet."""
    found = People(chromium)
    yield found
    for context in found.contexts:
        context.close()
    assert not found.broken


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of our own, or the one that is named; without either, the tests fail and say what to install."""
    try:
        with a_postgres() as server:
            yield server
    except MissingError as error:
        pytest.fail(str(error))


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[URL]:
    """The address of an empty database, of each kind."""
    if request.param == "sqlite":
        yield URL.create("sqlite", database=str(tmp_path / "rooms.sqlite3"))
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.database() as url:
        yield url


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(store_url: URL, clock: Clock) -> Iterator[Store]:
    opened = Store.open(store_url, clock=clock, lots=random.Random(1))
    yield opened
    opened.close()


@pytest.fixture
def session(store: Store, clock: Clock) -> Session:
    return Session(store, clock)


@pytest.fixture(scope="session")
def own_postgres() -> Iterator[Postgres]:
    """A server that may be stopped."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(NAMED, raising=False)
        with a_postgres() as server:
            yield server


@pytest.fixture
def stoppable(own_postgres: Postgres) -> Iterator[tuple[Postgres, URL]]:
    with own_postgres.database() as url:
        yield own_postgres, url
