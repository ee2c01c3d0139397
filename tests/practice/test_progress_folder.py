"""The folder of a learner: nothing is lost when several processes write at once or something goes wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock

from etiquette.practice import LARGEST_PROGRESS, Played, Progress, ProgressError, ProgressFolder, story_item

MONDAY = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
PLAYED = Progress().after(Played(MONDAY, "room-tone", 80))

RECORD_MANY = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from etiquette.practice import Played, Progress, ProgressFolder
name, path = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
for number in range(100):
    at = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(minutes=number)
    ProgressFolder(Path(path)).keep(Progress().after(Played(at, name, 50)))
"""

WRITE_TOO_MUCH = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from etiquette.practice import Played, Progress, ProgressError, ProgressFolder
resource.setrlimit(resource.RLIMIT_FSIZE, (150, 150))
more = Progress().after(Played(datetime(2026, 3, 3, tzinfo=UTC), "the-quiet-week", 70))
try:
    ProgressFolder(Path(sys.argv[1])).keep(more)
except ProgressError as error:
    print(error)
"""


@pytest.fixture
def folder(tmp_path: Path) -> ProgressFolder:
    """A folder that does not exist yet."""
    return ProgressFolder(tmp_path / "data")


def test_progress_that_is_kept_can_be_read(folder: ProgressFolder) -> None:
    assert folder.read() == Progress()
    assert folder.keep(PLAYED) == PLAYED
    assert folder.read() == PLAYED


def test_deleted_progress_is_gone_from_the_file(folder: ProgressFolder) -> None:
    folder.keep(PLAYED)
    folder.keep(PLAYED.forgotten(MONDAY + timedelta(days=1)))
    assert "room-tone" not in folder.file.read_text(encoding="utf-8")


def test_several_processes_at_once_lose_nothing(folder: ProgressFolder) -> None:
    command = [sys.executable, "-c", RECORD_MANY]
    names = ("one", "two", "three", "four")
    writers = [
        subprocess.Popen([*command, name, str(folder.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
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
    assert folder.read().attempts == dict.fromkeys(names, 100)
    assert {path.name for path in folder.path.iterdir()} == {"progress.json", "progress.json.lock"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe\x00", "This isn’t a saved progress file"),
        (PLAYED.to_json().encode()[:-20], "This isn’t a saved progress file"),
        (b" " * (LARGEST_PROGRESS + 1), "too large to be your progress"),
    ],
)
def test_a_damaged_or_foreign_file_is_refused_and_left_unchanged(
    folder: ProgressFolder, content: bytes, message: str
) -> None:
    folder.path.mkdir()
    folder.file.write_bytes(content)
    for operation in (folder.read, lambda: folder.keep(PLAYED)):
        with pytest.raises(ProgressError) as caught:
            operation()
        assert message in str(caught.value)
        assert f"{folder.file} cannot be used, and was left as it is." in str(caught.value)
        assert str(caught.value).endswith(".")
    assert folder.file.read_bytes() == content


def test_a_folder_that_cannot_be_created_is_reported(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way", encoding="utf-8")
    with pytest.raises(
        ProgressError, match=r"cannot be written \(.+\)\. You won’t lose anything while this page is open"
    ):
        ProgressFolder(tmp_path / "data").keep(PLAYED)
    with pytest.raises(ProgressError, match=r"cannot be read \(.+\)\. You won’t lose anything while this page is open"):
        ProgressFolder(tmp_path / "data").read()


@pytest.mark.skipif(os.name != "posix", reason="a file size limit stands in for a full disk")
def test_a_full_disk_is_reported_and_the_file_is_left_unchanged(folder: ProgressFolder) -> None:
    folder.keep(PLAYED)
    command = [sys.executable, "-c", WRITE_TOO_MUCH, str(folder.path)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "cannot be written (File too large). You won’t lose anything while this page is open" in printed
    assert folder.read() == PLAYED
    assert {path.name for path in folder.path.iterdir()} == {"progress.json", "progress.json.lock"}


def test_the_file_of_a_user_is_in_their_data_directory(tmp_path: Path) -> None:
    assert ProgressFolder.of_user().file == tmp_path / "data" / "etiquette" / "progress.json"


class TestItems:
    """Texts under a name: what is unfinished, and what was typed."""

    def test_an_item_that_is_set_can_be_read_and_its_last_version_stays(self, folder: ProgressFolder) -> None:
        assert folder.items() == {}
        folder.set_item("story-room-tone", "begun")
        folder.set_item("draft", "Dear Mr Holm")
        ProgressFolder(folder.path).set_item("story-room-tone", "half done")
        assert folder.items() == {"story-room-tone": "half done", "draft": "Dear Mr Holm"}

    @pytest.mark.parametrize("story", ["-", "a-", "a--b"])
    def test_a_story_of_any_id_can_be_kept(self, folder: ProgressFolder, story: str) -> None:
        """Ids are of lower-case letters, digits and hyphens."""
        folder.set_item(story_item(story), "half done")
        assert folder.items() == {story_item(story): "half done"}

    def test_an_empty_text_removes_an_item_and_its_file(self, folder: ProgressFolder) -> None:
        folder.set_item("draft", "")
        folder.set_item("draft", "Dear Mr Holm")
        folder.set_item("draft", "")
        assert (folder.items(), folder.item_file("draft").exists()) == ({}, False)

    @pytest.mark.skipif(os.name != "posix", reason="Windows has no permissions of this kind")
    def test_items_are_for_their_owner_alone(self, folder: ProgressFolder) -> None:
        folder.set_item("interview", "typed")
        assert folder.item_file("interview").stat().st_mode & 0o077 == 0

    def test_progress_and_foreign_files_in_the_folder_are_no_items(self, folder: ProgressFolder) -> None:
        folder.keep(PLAYED)
        (folder.path / "Notes of mine.json").write_text("{}", encoding="utf-8")
        (folder.path / "draft.json").write_bytes(b"\xff\xfe")
        assert folder.items() == {}

    @pytest.mark.parametrize("name", ["", "progress", "../draft", "a/b", "Draft", "draft.json"])
    def test_a_name_that_could_lead_elsewhere_is_refused(self, folder: ProgressFolder, name: str) -> None:
        with pytest.raises(ValueError, match="not the name of an item"):
            folder.set_item(name, "text")

    def test_what_cannot_be_written_is_reported(self, tmp_path: Path) -> None:
        (tmp_path / "data").write_text("in the way", encoding="utf-8")
        with pytest.raises(ProgressError, match=r"draft.json cannot be written \(.+\)\. You won’t lose anything"):
            ProgressFolder(tmp_path / "data").set_item("draft", "text")


def test_a_lock_that_another_program_holds_is_waited_for_and_then_reported(
    folder: ProgressFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etiquette.practice.progress_folder.LOCK_TIMEOUT", 0.05)
    folder.keep(PLAYED)
    with FileLock(folder.path / "progress.json.lock"), pytest.raises(ProgressError, match="in use by another program"):
        folder.keep(PLAYED)
    assert folder.keep(PLAYED) == PLAYED
