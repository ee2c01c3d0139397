"""Database errors, translated into sentences for users, and whether a retry may help."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """Why the store is unavailable. A `transient` fault is worth a retry."""

    message: str
    transient: bool = False


SAFE = "Everything confirmed so far is safe."
AWAY = Fault(f"We can’t reach the rooms’ database. {SAFE} Please try again in a moment.", transient=True)
CROWDED = Fault(
    f"The rooms’ database has no connections left. {SAFE} Please try again in a moment. "
    "An administrator can raise max_connections.",
    transient=True,
)
BUSY = Fault(f"The rooms’ database is busy. {SAFE} Please try again in a moment.", transient=True)
FULL = Fault(
    f"The server’s disk is full, so nothing more can be saved. {SAFE} An administrator needs to free some space."
)
DAMAGED = Fault(
    "The rooms’ database is damaged, or the file isn’t a database. Nothing in it has been changed. "
    "An administrator needs to restore a backup or choose another database."
)
INACCESSIBLE = Fault(
    "We can’t open or write to the rooms’ database. "
    "An administrator needs to check that it exists and that this server is allowed to use it."
)
DISK = Fault(f"We can’t read or write to the server’s disk, or it’s full. {SAFE} An administrator needs to check it.")

_SQLITE = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_IOERR: DISK,
    sqlite3.SQLITE_CANTOPEN: INACCESSIBLE,
    sqlite3.SQLITE_READONLY: INACCESSIBLE,
    sqlite3.SQLITE_PERM: INACCESSIBLE,
    sqlite3.SQLITE_AUTH: INACCESSIBLE,
}

_POSTGRESQL = (  # prefixes of SQLSTATE codes; the first match counts
    ("53100", FULL),
    ("53300", CROWDED),
    ("58030", DISK),
    ("57P", AWAY),
    ("08", AWAY),
    ("53", CROWDED),
    ("40", BUSY),
    ("XX", DAMAGED),
    ("28", INACCESSIBLE),
    ("3D", INACCESSIBLE),
    ("42501", INACCESSIBLE),
)

_REFUSED = (  # a failed connection attempt has no SQLSTATE, only a message
    ("too many clients", CROWDED),
    ("too many connections", CROWDED),
    ("remaining connection slots", CROWDED),
    ("authentication failed", INACCESSIBLE),
    ("no password supplied", INACCESSIBLE),
    ("does not exist", INACCESSIBLE),
    ("no pg_hba.conf entry", INACCESSIBLE),
)


def fault_of(error: BaseException | None) -> Fault | None:
    """The fault behind a database driver's error; None if it is a bug in this program."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        return None if code is None else _SQLITE.get(code & 0xFF)
    state = getattr(error, "sqlstate", None)
    if state is not None:
        return next((found for start, found in _POSTGRESQL if state.startswith(start)), None)
    if type(error).__name__ in ("OperationalError", "ConnectionTimeout", "InterfaceError"):
        said = str(error)
        # the message for an unknown host may contain these words too, but without FATAL
        return next((found for words, found in _REFUSED if words in said and "FATAL" in said), AWAY)
    return None
