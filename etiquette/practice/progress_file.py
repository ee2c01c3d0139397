"""Keeps the progress of the learner on this computer in a file in their data directory."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from etiquette.practice.progress import LARGEST_PROGRESS, Progress, ProgressError, merge

NOT_LOST = "You won’t lose anything while this page is open. Save your progress to a file before you close it."


@dataclass(frozen=True, slots=True)
class ProgressFile:
    """A file of progress, created when progress is first kept."""

    path: Path

    @classmethod
    def of_user(cls) -> ProgressFile:
        """The file in the data directory of the current user."""
        from platformdirs import user_data_path

        return cls(user_data_path("etiquette", appauthor=False) / "progress.json")

    def read(self) -> Progress:
        """The progress in the file; empty if there is no file.

        Raises:
            ProgressError: the file cannot be read; it is left unchanged.
        """
        try:
            with self.path.open(encoding="utf-8") as file:
                text = file.read(LARGEST_PROGRESS + 1)
        except FileNotFoundError:
            return Progress()
        except UnicodeDecodeError:
            text = ""
        except OSError as error:
            raise ProgressError(f"{self.path} cannot be read ({error.strerror}). {NOT_LOST}") from None
        try:
            return Progress.from_json(text)
        except ProgressError as error:
            raise ProgressError(
                f"{self.path} cannot be used, and was left as it is. {error} "
                "Until you move it elsewhere, what you do now is not kept."
            ) from None

    def keep(self, progress: Progress) -> Progress:
        """Merge this progress into the file, under a lock, and return the result.

        Raises:
            ProgressError: the file could not be read or written; it is left unchanged.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with _locked(self.path.with_name(self.path.name + ".lock")):
                saved = self.read()
                merged = merge(saved, progress)
                if merged != saved:
                    self._write(merged.to_json())
        except OSError as error:
            raise ProgressError(f"{self.path} cannot be written ({error.strerror}). {NOT_LOST}") from None
        return merged

    def _write(self, text: str) -> None:
        """Replace the file atomically."""
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=self.path.name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self.path)
        except BaseException:
            Path(name).unlink()
            raise


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock file. The system releases the lock if this process dies."""
    with path.open("a", encoding="utf-8") as file:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield
