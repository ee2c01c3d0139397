"""A real server, a real browser and a real PostgreSQL, once for the whole session."""

from __future__ import annotations

import itertools
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)
from sqlalchemy import URL

from etiquette.room.store import Store
from tests import browser as browsers
from tests.room.store.builders import Clock, Session
from tests.room.store.postgres import SERVER_VARIABLE, SPEED, MissingError, Postgres, a_postgres

ROOT = Path(__file__).parent.parent
READY = "page: "  # what `etiquette serve` prints before an address, when it answers

settings.register_profile("project", deadline=None)  # a slow machine is not a broken law
settings.load_profile("project")
expect.set_options(timeout=30_000)  # nor is a page that loads slowly a broken page


# Below the ports that the system hands out for connections. Each worker of pytest-xdist has its own, and so have the
# workers of other runs on this machine: with one range for all, a page came from the server of another run.
FIRST_PORT = 10_000 + os.getpid() % 110 * 200
PORTS = itertools.cycle(range(FIRST_PORT, FIRST_PORT + 200))


def free_port() -> int:
    """A port on this machine that nobody listens on, and that no other test of this run is given."""
    for port in PORTS:
        with socket.socket() as listening, suppress(OSError):
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(("127.0.0.1", port))
            return port
    raise AssertionError


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
        self._wait_until_open()

    def _wait_until_open(self) -> None:
        """Wait until it takes connections: JupyterLab says that it is running shortly before it listens."""
        parts, end = urlsplit(self.address), time.monotonic() + 60
        while self.process.poll() is None and time.monotonic() < end:
            with suppress(ConnectionRefusedError), socket.create_connection((parts.hostname, parts.port), timeout=20):
                return
            time.sleep(0.02)
        pytest.fail("nobody listens there:\n" + "".join(self.output))

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


class JupyterLab(Server):
    """JupyterLab, which sometimes never ends: it leaves a thread behind (its issue 10442)."""

    def stop(self) -> None:
        """Have it end its kernels; then end it."""
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=20)
        self.kill()


@pytest.fixture(autouse=True)
def no_progress(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each test begins as somebody who has done nothing yet, and leaves no trace with whoever runs it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture(scope="session")
def hosted_page() -> Iterator[Server]:
    """The page, as `etiquette serve` serves it."""
    port = free_port()
    command = [sys.executable, "-m", "etiquette", "serve", "--no-open", "--log-level", "info", "--port", str(port)]
    server = Server(command, READY, f"http://127.0.0.1:{port}/")
    yield server
    server.stop()


@contextmanager
def a_site(root: Path, folder: str, *options: str) -> Iterator[Server]:
    """The page, as `etiquette site` writes it into this folder of a web space that packs nothing."""
    command = [sys.executable, "-m", "etiquette", "site", str(root / folder), *options]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    port = free_port()
    command = [sys.executable, "-m", "http.server", "--bind=127.0.0.1", f"--directory={root}", str(port)]
    server = Server(command, "Serving HTTP", f"http://127.0.0.1:{port}/{folder}/")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The page without a server of its own."""
    with a_site(tmp_path_factory.mktemp("site"), "practice") as server:
        yield server


@pytest.fixture
def page_server(request: pytest.FixtureRequest) -> Server:
    """What serves the page to a test: the host or, in a test that is to hold `everywhere`, one after the other."""
    server: Server = request.getfixturevalue(getattr(request, "param", "hosted_page"))
    return server


everywhere = pytest.mark.parametrize("page_server", ["hosted_page", "site"], indirect=True)


@contextmanager
def a_jupyterlab(folder: Path, workspaces: Path) -> Iterator[Server]:
    """JupyterLab on this folder, with what it remembers of its windows and settings in another."""
    port = free_port()
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", f"--port={port}"]
    command += ["--IdentityProvider.token=", f"--notebook-dir={folder}"]
    command += [f"--LabApp.workspaces_dir={workspaces}", f"--LabApp.user_settings_dir={workspaces / 'settings'}"]
    server = JupyterLab(command, "is running at", f"http://127.0.0.1:{port}/")
    yield server
    server.stop()


@pytest.fixture
def jupyterlab(tmp_path: Path) -> Iterator[Server]:
    """JupyterLab, as somebody uses it who has done nothing yet."""
    with a_jupyterlab(ROOT, tmp_path) as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium."""
    path = browsers.find()
    assert path, "no Chromium: python -m tests.browser installs one"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=browsers.ARGUMENTS)
        yield browser
        browser.close()


def arrive(visitor: BrowserContext, address: str) -> Page:
    """The page at this address, live, in a new tab."""
    page = visitor.new_page()
    page.goto(address)
    expect(page.locator("#soon")).to_have_count(0, timeout=60_000)
    return page


def run_all(visitor: BrowserContext, jupyterlab: Server, notebook: str) -> Page:
    """A notebook in JupyterLab, in a new tab, as soon as its cells have been told to run."""
    return run_all_at(visitor, f"{jupyterlab.address}lab/tree/notebooks/{notebook}?reset", "Python 3 (ipykernel)")


def run_all_at(visitor: BrowserContext, address: str, kernel: str) -> Page:
    """The notebook at this address, in a new tab, as soon as its cells have been told to run in this kernel."""
    page = visitor.new_page()
    page.goto(address)
    page.get_by_text(f"{kernel} | Idle").wait_for(timeout=60_000)  # sooner, nothing runs
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    return page


class People:
    """Browsers, each with its own memory: no error in them goes unnoticed, and no request leaves this machine.

    They ask for nothing that moves by itself, for a click waits until a page has come to rest.
    """

    def __init__(self, chromium: Browser) -> None:
        self.chromium = chromium
        self.contexts: list[BrowserContext] = []
        self.away: list[str] = []
        self.broken: list[str] = []
        self.known: tuple[str, ...] = ()

    def come(self, **options: Any) -> BrowserContext:
        """Somebody with a browser that has never been here, set up with Playwright’s options."""
        usual: dict[str, Any] = {"viewport": {"width": 820, "height": 1000}, "reduced_motion": "reduce"}
        context = self.chromium.new_context(**(usual | options))
        context.on("request", lambda request: self._note(request.url))
        context.on("weberror", lambda told: self.broken.append(str(told.error)))
        context.on("dialog", self._dismiss)
        context.on("console", self._note_complaint)
        self.contexts.append(context)
        return context

    def come_to_stock(self) -> BrowserContext:
        """Somebody who comes to stock Voilà: its template asks a CDN for icons, and does not get them here."""
        self.known = ("https://cdn.jsdelivr.net/",)
        return self.come()

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        at_home = parts.scheme in ("data", "blob", "file") or parts.hostname == "127.0.0.1"
        if not at_home and not url.startswith(self.known):
            self.away.append(url)

    def _note_complaint(self, said: ConsoleMessage) -> None:
        """Python in a page's worker logs there what has failed."""
        if said.type in ("error", "warning") and "/static/worker-" in said.location["url"]:
            self.broken.append(said.text)

    def _dismiss(self, dialog: Dialog) -> None:
        self.broken.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def open(self, address: str, size: ViewportSize, script: str = "") -> Page:
        """The page at this address, live, in a browser that has never been there; the script runs before it."""
        visitor = self.come(viewport=size)
        visitor.add_init_script(script)
        return arrive(visitor, address)


@contextmanager
def some_people(chromium: Browser) -> Iterator[People]:
    """Nobody yet. In the end nothing may have gone wrong for anybody."""
    found = People(chromium)
    yield found
    for context in found.contexts:
        context.close()
    assert not found.away, "requests left the host"
    assert not found.broken


@pytest.fixture
def people(chromium: Browser) -> Iterator[People]:
    """Nobody yet."""
    with some_people(chromium) as found:
        yield found


@pytest.fixture
def visitor(people: People) -> BrowserContext:
    """One of them."""
    return people.come()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of our own, or the one that is named; without either, the tests fail and say what to install."""
    try:
        with a_postgres(*SPEED) as server:
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
    opened = Store.open(store_url, clock=clock, rng=random.Random(1))
    yield opened
    opened.close()


@pytest.fixture
def session(store: Store, clock: Clock) -> Session:
    return Session(store, clock)


@pytest.fixture(scope="session")
def own_postgres() -> Iterator[Postgres]:
    """A server that may be stopped."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(SERVER_VARIABLE, raising=False)
        with a_postgres(*SPEED) as server:
            yield server


@pytest.fixture
def stoppable(own_postgres: Postgres) -> Iterator[tuple[Postgres, URL]]:
    with own_postgres.database() as url:
        yield own_postgres, url
