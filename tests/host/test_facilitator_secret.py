"""The secret of the facilitator's page is made once, whole, and for its user alone."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from etiquette.host.facilitator_secret import facilitator_secret


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path / "etiquette"


def test_it_is_the_same_each_time_and_hard_to_guess(folder: Path) -> None:
    first, second = facilitator_secret(), facilitator_secret()
    assert first == second
    assert len(first) == 32
    assert [each.name for each in folder.iterdir()] == ["facilitator-secret"]


def test_nobody_else_can_read_it(folder: Path) -> None:
    facilitator_secret()
    assert stat.S_IMODE((folder / "facilitator-secret").stat().st_mode) == 0o600


@pytest.mark.usefixtures("folder")
def test_processes_that_start_together_have_the_same() -> None:
    """None of them finds a file that another has made and not yet written: an empty secret is no secret."""
    code = "from etiquette.host.facilitator_secret import facilitator_secret as f; input(); print(f())"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code], env=os.environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for process in running:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    found = {process.communicate(timeout=60)[0].strip() for process in running}
    assert found == {facilitator_secret()}


def test_one_that_cannot_be_written_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> str:
        raise OSError("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("secrets.token_urlsafe", full)
        with pytest.raises(OSError, match="no space"):
            facilitator_secret()
    assert list(folder.iterdir()) == []
    assert len(facilitator_secret()) == 32
