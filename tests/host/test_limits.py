"""What the host may take of the machine. No server."""

from __future__ import annotations

from pathlib import Path

import pytest

from etiquette.host.limits import KEPT_FREE, MB, machine_memory, places


@pytest.mark.parametrize(
    ("memory", "files", "least", "most"),
    [
        (1024 * MB, None, 1000, 1500),  # a small machine holds 1,000
        (512 * MB, None, 300, 500),
        (100 * MB, None, 1, 1),  # less than the server itself needs
        (8192 * MB, 1024, 400, 512),  # the usual limit of open files
        (8192 * MB, 10, 1, 1),
        (512 * MB, 20_000, 300, 500),
        (None, None, 500, 500),
        (None, 512, 200, 256),
    ],
)
def test_there_is_room_for_as_many_as_memory_and_open_files_hold(
    memory: int | None, files: int | None, least: int, most: int
) -> None:
    assert least <= places(memory, files) <= most


def test_a_limit_on_memory_counts_if_it_is_lower_than_the_machines(tmp_path: Path) -> None:
    limit = tmp_path / "memory.max"
    machine = machine_memory(tmp_path / "none")
    limit.write_text("1000000\n")
    assert machine is None or machine_memory(limit) == 1_000_000
    limit.write_text("max\n")
    assert machine_memory(limit) == machine


def test_the_server_itself_has_room() -> None:
    assert places(KEPT_FREE, None) == 1
