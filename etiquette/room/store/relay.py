"""Listens to PostgreSQL for all pages of a server, and reads for them what all would query after each command."""

from __future__ import annotations

import contextlib
import logging
import threading
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import URL

from etiquette.judge import policies
from etiquette.room.store.database import Database, database_url
from etiquette.room.store.posted import Posted, post, posted_path
from etiquette.room.store.relay_state import RelayState, write_relay_state
from etiquette.room.store.rows import Rows
from etiquette.room.store.schema import prepare
from etiquette.room.store.watch import CHANNEL, CONNECTION_TIMEOUTS, RETRY_AFTER
from etiquette.stories import library

log = logging.getLogger("etiquette")

PULSES = "SELECT code, version, activity FROM rooms JOIN pulses ON room = code"
NAME = "etiquette relay"
CONNECTIONS = (  # a tenth is left for other programs; the rest is shared among servers, each with one relay
    "SELECT (0.9 * current_setting('max_connections')::int / count(*))::int "
    f"FROM pg_stat_activity WHERE application_name = '{NAME}'"
)
STOP_TIMEOUT = 2.0  # seconds
DEBOUNCE = 0.05  # seconds; notifications within this time are handled together
LISTEN_TIMEOUT = 0.25  # seconds between checks for other servers and for `stop`


class Relay:
    """A thread that keeps the pulses of all rooms in a state file at `path`, for pages to poll.

    After each of a facilitator's commands it also posts the room beside that file. It exists because PostgreSQL allows
    100 connections by default, opening one is expensive, and one workshop can have 200 pages or more.
    """

    def __init__(self, url: str | URL, path: Path) -> None:
        self.path = path
        self._url = database_url(url)
        self._over = threading.Event()
        self._away = False
        self._thread = threading.Thread(target=self._run, name="relay of rooms", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Stop the thread. The state file is left as it is."""
        self._over.set()
        self._thread.join(timeout=STOP_TIMEOUT)

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                self._listen()
            except Exception as error:
                if not self._away:
                    log.warning("the rooms' database is away: %s", error)
                self._away = True
            with contextlib.suppress(OSError):
                write_relay_state(self.path, None)
            self._over.wait(RETRY_AFTER)

    def _listen(self) -> None:
        """Write the state file whenever a pulse changes, until `stop` is called or the connection is lost."""
        import psycopg

        database = Database.open(self._url, timeout=0)
        rows = Rows(database, library(), policies(), clock=lambda: datetime.now(UTC))
        try:
            database.write(prepare)
            _, options = database.engine.dialect.create_connect_args(self._url)
            options.update(CONNECTION_TIMEOUTS, autocommit=True, application_name=NAME)
            with psycopg.connect(**options) as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                self._away = False
                told, news = None, True
                while not self._over.is_set():
                    if news or told is None:
                        pulses = {code: (version, activity) for code, version, activity in connection.execute(PULSES)}
                    (connections,) = connection.execute(CONNECTIONS).fetchone() or (1,)
                    heard = RelayState(pulses, max(1, connections))
                    if told:
                        self._post(rows, told, heard)
                    if heard != told:
                        write_relay_state(self.path, told := heard)
                    self._over.wait(DEBOUNCE)
                    news = any(True for _ in connection.notifies(timeout=LISTEN_TIMEOUT, stop_after=1))
        finally:
            database.close()

    def _post(self, rows: Rows, before: RelayState, now: RelayState) -> None:
        """Post each new or changed room before its pages are told. If that fails, the pages query the database."""
        for code, (version, _) in now.pulses.items():
            if code not in before.pulses or version != before.pulses[code][0]:
                try:
                    post(posted_path(self.path, code), rows.database.read(partial(Posted.of, rows, code=code)))
                except Exception as error:
                    log.warning("a room could not be posted: %s", error)
        for gone in before.pulses.keys() - now.pulses.keys():
            posted_path(self.path, gone).unlink(missing_ok=True)
