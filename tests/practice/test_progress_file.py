"""The progress file: nothing is lost when several processes write at once or something goes wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from etiquette.practice import LARGEST_PROGRESS, Played, Progress, ProgressError, ProgressFile

MONDAY = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
PLAYED = Progress().after(Played(MONDAY, "room-tone", 80))

RECORD_MANY = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from etiquette.practice import Played, Progress, ProgressFile
name, path = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
for number in range(100):
    at = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(minutes=number)
    ProgressFile(Path(path)).keep(Progress().after(Played(at, name, 50)))
"""

WRITE_TOO_MUCH = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from etiquette.practice import Played, Progress, ProgressError, ProgressFile
resource.setrlimit(resource.RLIMIT_FSIZE, (150, 150))
more = Progress().after(Played(datetime(2026, 3, 3, tzinfo=UTC), "the-quiet-week", 70))
try:
    ProgressFile(Path(sys.argv[1])).keep(more)
except ProgressError as error:
    print(error)
"""


@pytest.fixture
def file(tmp_path: Path) -> ProgressFile:
    """A file that does not exist yet, in a folder that does not exist yet."""
    return ProgressFile(tmp_path / "data" / "progress.json")


def test_progress_that_is_kept_can_be_read(file: ProgressFile) -> None:
    assert file.read() == Progress()
    assert file.keep(PLAYED) == PLAYED
    assert file.read() == PLAYED


def test_deleted_progress_is_gone_from_the_file(file: ProgressFile) -> None:
    file.keep(PLAYED)
    file.keep(PLAYED.forgotten(MONDAY + timedelta(days=1)))
    assert "room-tone" not in file.path.read_text(encoding="utf-8")


def test_several_processes_at_once_lose_nothing(file: ProgressFile) -> None:
    command = [sys.executable, "-c", RECORD_MANY]
    names = ("one", "two", "three", "four")
    writers = [
        subprocess.Popen([*command, name, str(file.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for name in names
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:  # all are ready, so they start together
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=120)
        assert writer.returncode == 0
    assert file.read().attempts == dict.fromkeys(names, 100)
    assert {path.name for path in file.path.parent.iterdir()} == {"progress.json", "progress.json.lock"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe\x00", "This isn’t a saved progress file"),
        (PLAYED.to_json().encode()[:-20], "This isn’t a saved progress file"),
        (b" " * (LARGEST_PROGRESS + 1), "too large to be your progress"),
    ],
)
def test_a_damaged_or_foreign_file_is_refused_and_left_unchanged(
    file: ProgressFile, content: bytes, message: str
) -> None:
    file.path.parent.mkdir()
    file.path.write_bytes(content)
    for operation in (file.read, lambda: file.keep(PLAYED)):
        with pytest.raises(ProgressError) as caught:
            operation()
        assert message in str(caught.value)
        assert f"{file.path} cannot be used, and was left as it is." in str(caught.value)
        assert str(caught.value).endswith(".")
    assert file.path.read_bytes() == content


def test_a_folder_that_cannot_be_created_is_reported(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way", encoding="utf-8")
    with pytest.raises(
        ProgressError, match=r"cannot be written \(.+\)\. You won’t lose anything while this page is open"
    ):
        ProgressFile(tmp_path / "data" / "progress.json").keep(PLAYED)
    with pytest.raises(ProgressError, match=r"cannot be read \(.+\)\. You won’t lose anything while this page is open"):
        ProgressFile(tmp_path / "data" / "progress.json").read()


@pytest.mark.skipif(os.name != "posix", reason="a file size limit stands in for a full disk")
def test_a_full_disk_is_reported_and_the_file_is_left_unchanged(file: ProgressFile) -> None:
    file.keep(PLAYED)
    command = [sys.executable, "-c", WRITE_TOO_MUCH, str(file.path)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "cannot be written (File too large). You won’t lose anything while this page is open" in printed
    assert file.read() == PLAYED
    assert {path.name for path in file.path.parent.iterdir()} == {"progress.json", "progress.json.lock"}


def test_the_file_of_a_user_is_in_their_data_directory(tmp_path: Path) -> None:
    assert ProgressFile.of_user().path == tmp_path / "data" / "etiquette" / "progress.json"
