"""The secret of the facilitator's page is made once, whole, and for its user alone."""

from __future__ import annotations

import secrets
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from etiquette.host.facilitator_secret import facilitator_secret


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path / "etiquette"


def test_it_is_the_same_each_time_hard_to_guess_and_nobody_elses_to_read(folder: Path) -> None:
    first, second = facilitator_secret(), facilitator_secret()
    assert first == second
    assert len(first) == 32
    (kept,) = folder.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@pytest.mark.usefixtures("folder")
def test_processes_that_start_together_have_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads here. Each has seen that there is none, and makes one, before any of them keeps it."""
    together, made = Barrier(4), secrets.token_urlsafe

    def token(length: int) -> str:
        together.wait(10)
        return made(length)

    monkeypatch.setattr(secrets, "token_urlsafe", token)
    with ThreadPoolExecutor(4) as threads:
        found = {each.result() for each in [threads.submit(facilitator_secret) for _ in range(4)]}
    assert found == {facilitator_secret()}


def test_one_that_cannot_be_written_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> str:
        raise OSError("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(secrets, "token_urlsafe", full)
        with pytest.raises(OSError, match="no space"):
            facilitator_secret()
    assert list(folder.iterdir()) == []
    assert len(facilitator_secret()) == 32
