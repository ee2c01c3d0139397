"""Database errors, translated into sentences for users, and whether a retry may help."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """Why the store is unavailable. A `transient` fault is worth a retry."""

    message: str
    transient: bool = False


SAFE = "Everything that was confirmed is safe."
AWAY = Fault(f"The database of the rooms cannot be reached. {SAFE} Please try again in a moment.", transient=True)
CROWDED = Fault(
    f"The database of the rooms takes no more connections. {SAFE} Please try again in a moment. "
    "Its administrator can raise max_connections.",
    transient=True,
)
BUSY = Fault(f"The database of the rooms is busy. {SAFE} Please try again in a moment.", transient=True)
FULL = Fault(f"The disk of the rooms is full, so nothing more can be saved. {SAFE} The administrator must free space.")
DAMAGED = Fault(
    "The database of the rooms is damaged, or is not a database. It was left as it is. "
    "The administrator must restore a backup or keep the rooms elsewhere."
)
INACCESSIBLE = Fault("The database of the rooms cannot be opened or written. The administrator must allow it.")
DISK = Fault(f"The disk of the rooms cannot be read or written, or is full. {SAFE} The administrator must check it.")

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
