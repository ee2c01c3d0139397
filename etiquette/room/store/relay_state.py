"""The state file through which a server's relay tells its pages about changes in the rooms."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class RelayState:
    """The (version, activity) of each room by code, and how many connections the server's pages may share."""

    pulses: Mapping[str, tuple[int, int]]
    connections: int


def write_relay_state(path: Path, state: RelayState | None) -> None:
    """Replace the file atomically. None means that the database is unreachable."""
    new = path.with_suffix(".new")
    new.write_text(json.dumps(state and asdict(state)), encoding="utf-8")
    new.replace(path)


def read_relay_state(path: Path) -> RelayState:
    """Read the state file.

    Raises:
        OSError: there is no file, or the relay cannot reach the database.
    """
    saved = json.loads(path.read_text(encoding="utf-8"))
    if saved is None:
        raise ConnectionError("the relay has no connection")
    pulses = {code: (version, activity) for code, (version, activity) in saved["pulses"].items()}
    return RelayState(pulses, saved["connections"])
