"""Keeps the progress of the learner on this computer, and what they have not finished, in a folder of theirs."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from etiquette.practice.progress import LARGEST_PROGRESS, Progress, ProgressError, merge

NOT_LOST = "You won’t lose anything while this page is open. Save your progress to a file before you close it."
LOCK_TIMEOUT = 10  # seconds; writing takes milliseconds
ITEM_NAME = re.compile(r"[a-z0-9_-]+")  # every id of a story can be a part of it


@dataclass(frozen=True, slots=True)
class ProgressFolder:
    """A folder with the file of a learner's progress, and a file for each of their items. It is created when needed.

    An item is a text under a name, such as `story-room-tone`. Files are replaced atomically and can be read by their
    owner alone. Progress from several processes is merged under a lock; of an item, the last version stays.
    """

    path: Path

    @classmethod
    def of_user(cls) -> ProgressFolder:
        """The folder in the data directory of the current user."""
        from platformdirs import user_data_path

        return cls(user_data_path("etiquette", appauthor=False))

    @property
    def file(self) -> Path:
        """The file of the progress."""
        return self.path / "progress.json"

    def read(self) -> Progress:
        """The progress in the file; empty if there is no file.

        Raises:
            ProgressError: the file cannot be read; it is left unchanged.
        """
        try:
            with self.file.open(encoding="utf-8") as file:
                text = file.read(LARGEST_PROGRESS + 1)
        except FileNotFoundError:
            return Progress()
        except UnicodeDecodeError:
            text = ""
        except OSError as error:
            raise ProgressError(f"{self.file} cannot be read ({error.strerror}). {NOT_LOST}") from None
        try:
            return Progress.from_json(text)
        except ProgressError as error:
            raise ProgressError(
                f"{self.file} cannot be used, and was left as it is. {error} "
                "Until you move it elsewhere, what you do now is not kept."
            ) from None

    def keep(self, progress: Progress) -> Progress:
        """Merge this progress into the file, under a lock, and return the result.

        Raises:
            ProgressError: the file could not be read or written; it is left unchanged.
        """
        from filelock import FileLock, Timeout

        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with FileLock(self.file.with_name("progress.json.lock"), timeout=LOCK_TIMEOUT):
                saved = self.read()
                merged = merge(saved, progress)
                if merged != saved:
                    _replace(self.file, merged.to_json())
        except Timeout:
            raise ProgressError(f"{self.file} is in use by another program. {NOT_LOST}") from None
        except OSError as error:
            raise ProgressError(f"{self.file} cannot be written ({error.strerror}). {NOT_LOST}") from None
        return merged

    def refresh(self, progress: Progress) -> Progress:
        """This progress merged with that in the file, which is written only if it lacks something.

        Raises:
            ProgressError: the file could not be read or written; it is left unchanged.
        """
        saved = self.read()
        return saved if merge(saved, progress) == saved else self.keep(progress)

    def items(self) -> dict[str, str]:
        """All items by name; without those that cannot be read."""
        found = {}
        for file in self.path.glob("*.json"):
            if file != self.file and ITEM_NAME.fullmatch(file.stem):
                try:
                    found[file.stem] = file.read_text(encoding="utf-8")
                except (OSError, UnicodeDecodeError):
                    continue
        return found

    def set_item(self, name: str, text: str) -> None:
        """Keep this text under this name; an empty text removes the item.

        Raises:
            ProgressError: its file could not be written.
        """
        file = self.item_file(name)
        try:
            if text:
                self.path.mkdir(parents=True, exist_ok=True)
                _replace(file, text)
            else:
                file.unlink(missing_ok=True)
        except OSError as error:
            raise ProgressError(f"{file} cannot be written ({error.strerror}). {NOT_LOST}") from None

    def item_file(self, name: str) -> Path:
        """The file of an item.

        Raises:
            ValueError: this is not a name for an item.
        """
        if not ITEM_NAME.fullmatch(name) or name == "progress":
            raise ValueError(f"{name!r} is not the name of an item")
        return self.path / f"{name}.json"


def _replace(path: Path, text: str) -> None:
    """Replace the file atomically."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise
