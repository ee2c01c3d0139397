"""What the relay of a server has heard of the rooms, as it hands it to the pages: in a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class RelayState:
    """The version and the activity of each room, by its code; and how many connections its pages may have at once."""

    pulses: Mapping[str, tuple[int, int]]
    connections: int


def write_relay_state(path: Path, heard: RelayState | None) -> None:
    """Replace the file as a whole, so that nobody reads half of it. None stands for a database that is away."""
    new = path.with_suffix(".new")
    new.write_text(json.dumps(heard and asdict(heard)), encoding="utf-8")
    new.replace(path)


def read_relay_state(path: Path) -> RelayState:
    """What the file holds.

    Raises:
        OSError: there is none, or the database is away.
    """
    told = json.loads(path.read_text(encoding="utf-8"))
    if told is None:
        raise ConnectionError("the relay has no connection")
    pulses = {code: (version, activity) for code, (version, activity) in told["pulses"].items()}
    return RelayState(pulses, told["connections"])
