"""What can be wrong with a database, in sentences, and whether it is worth waiting for."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """Why the store cannot do its work. One that is `passing` may be over in a moment."""

    says: str
    passing: bool = False


SAFE = "Everything that was confirmed is safe."
AWAY = Fault(f"The database of the rooms cannot be reached. {SAFE} Please try again in a moment.", passing=True)
CROWDED = Fault(
    f"The database of the rooms takes no more connections. {SAFE} Please try again in a moment; "
    "whoever runs it can raise its max_connections.",
    passing=True,
)
BUSY = Fault(f"The database of the rooms is busy. {SAFE} Please try again in a moment.", passing=True)
FULL = Fault(f"The disk of the rooms is full, so nothing more can be kept. {SAFE} Whoever runs it has to make room.")
DAMAGED = Fault(
    "The database of the rooms is damaged, or is something else, and was left as it is. "
    "Whoever runs it has to bring back a copy, or to move it elsewhere."
)
CLOSED_OFF = Fault("The database of the rooms cannot be opened or written here. Whoever runs it has to allow that.")
DISK = Fault(
    f"The disk of the rooms cannot be read or written, or is full. {SAFE} Whoever runs it has to look after it."
)

_SQLITE = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_IOERR: DISK,
    sqlite3.SQLITE_CANTOPEN: CLOSED_OFF,
    sqlite3.SQLITE_READONLY: CLOSED_OFF,
    sqlite3.SQLITE_PERM: CLOSED_OFF,
    sqlite3.SQLITE_AUTH: CLOSED_OFF,
}

_POSTGRESQL = (  # the beginnings of its five-letter states, the longest first
    ("53100", FULL),
    ("53300", CROWDED),
    ("58030", DISK),
    ("57P", AWAY),
    ("08", AWAY),
    ("53", CROWDED),
    ("40", BUSY),
    ("XX", DAMAGED),
    ("28", CLOSED_OFF),
    ("3D", CLOSED_OFF),
    ("42501", CLOSED_OFF),
)

_REFUSED = (  # a connection that could not be made has no state, only a message
    ("too many clients", CROWDED),
    ("too many connections", CROWDED),
    ("remaining connection slots", CROWDED),
    ("authentication failed", CLOSED_OFF),
    ("no password supplied", CLOSED_OFF),
    ("does not exist", CLOSED_OFF),
    ("no pg_hba.conf entry", CLOSED_OFF),
)


def fault(error: BaseException | None) -> Fault | None:
    """What an error of a database driver means; None if it is a mistake of the program."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        return None if code is None else _SQLITE.get(code & 0xFF)
    state = getattr(error, "sqlstate", None)
    if state is not None:
        return next((found for start, found in _POSTGRESQL if state.startswith(start)), None)
    if type(error).__name__ in ("OperationalError", "ConnectionTimeout", "InterfaceError"):
        said = str(error)
        # a socket that is not there reads “No such file or directory”, a host “does not exist” only in its name
        return next((found for words, found in _REFUSED if words in said and "FATAL" in said), AWAY)
    return None
