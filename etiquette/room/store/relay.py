"""Listens to PostgreSQL for all pages of a server, and reads for them what they would all ask after a step."""

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
from etiquette.room.store.watch import AGAIN, CHANNEL, PATIENCE
from etiquette.stories import library

log = logging.getLogger("etiquette")

PULSES = "SELECT code, version, activity FROM rooms JOIN pulses ON room = code"
NAME = "etiquette relay"
CONNECTIONS = (  # each server has one relay, and leaves something to others
    "SELECT (0.9 * current_setting('max_connections')::int / count(*))::int "
    f"FROM pg_stat_activity WHERE application_name = '{NAME}'"
)
STOPS_WITHIN = 2.0  # seconds
GATHERS = 0.05  # seconds, in which news are written down as one
LOOKS_UP = 0.25  # seconds, after which it looks whether other servers have come, and whether to stop


class Relay:
    """Keeps the pulses of all rooms in a file that pages look at, by a thread of its own, from `start` to `stop`.

    After each step of a facilitator the room itself is posted beside it. PostgreSQL has a hundred connections by
    default, a new one costs it dearly, and a room has twice as many pages.
    """

    def __init__(self, url: str | URL, path: Path) -> None:
        self.path = path
        self._url = database_url(url)
        self._over = threading.Event()
        self._away = False
        self._thread = threading.Thread(target=self._run, name="relay of rooms", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Listen no more. The file stays as it is."""
        self._over.set()
        self._thread.join(timeout=STOPS_WITHIN)

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
            self._over.wait(AGAIN)

    def _listen(self) -> None:
        """Write down the pulses whenever one changes, until it is over or the connection is lost."""
        import psycopg

        database = Database.open(self._url, waited=0)
        rows = Rows(database, library(), policies(), clock=lambda: datetime.now(UTC))
        try:
            database.write(prepare)
            _, options = database.engine.dialect.create_connect_args(self._url)
            options.update(PATIENCE, autocommit=True, application_name=NAME)
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
                    self._over.wait(GATHERS)
                    news = any(True for _ in connection.notifies(timeout=LOOKS_UP, stop_after=1))
        finally:
            database.close()

    def _post(self, rows: Rows, before: RelayState, now: RelayState) -> None:
        """Post each room that is new or has taken a step, before its pages hear of it; where that fails, they ask."""
        for code, (version, _) in now.pulses.items():
            if code not in before.pulses or version != before.pulses[code][0]:
                try:
                    post(posted_path(self.path, code), rows.database.read(partial(Posted.of, rows, code=code)))
                except Exception as error:
                    log.warning("a room could not be posted: %s", error)
        for gone in before.pulses.keys() - now.pulses.keys():
            posted_path(self.path, gone).unlink(missing_ok=True)
