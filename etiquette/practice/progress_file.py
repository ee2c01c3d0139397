"""Keeps the progress of the one learner of this computer, in a file under their data directory."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from etiquette.practice.progress import LARGEST_PROGRESS, Progress, ProgressError, merge


@dataclass(frozen=True, slots=True)
class ProgressFile:
    """A file of progress. It need not be there yet; whoever keeps something in it makes it."""

    path: Path

    @classmethod
    def of_user(cls) -> ProgressFile:
        """The file of whoever runs this, where their system keeps such things."""
        from platformdirs import user_data_path

        return cls(user_data_path("etiquette", appauthor=False) / "progress.json")

    def read(self) -> Progress:
        """What it holds; nothing, if it is not there.

        Raises:
            ProgressError: it cannot be read; it is left as it is, and the message says what to do.
        """
        try:
            with self.path.open(encoding="utf-8") as file:
                text = file.read(LARGEST_PROGRESS + 1)
        except FileNotFoundError:
            return Progress()
        except UnicodeDecodeError:
            text = ""
        except OSError as error:
            raise ProgressError(f"{self.path} cannot be read ({error.strerror}). {_HELD}") from None
        try:
            return Progress.from_json(text)
        except ProgressError as error:
            raise ProgressError(
                f"{self.path} cannot be used, and was left as it is. {error} "
                "Until you move it elsewhere, what you do now is not kept."
            ) from None

    def keep(self, progress: Progress) -> Progress:
        """Add this to what the file holds, and give back all of it. Whoever else does so at the same time waits.

        Raises:
            ProgressError: it could not be kept; the file is as it was, and the message says what to do.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with _locked(self.path.with_name(self.path.name + ".lock")):
                held = self.read()
                merged = merge(held, progress)
                if merged != held:
                    self._write(merged.to_json())
        except OSError as error:
            raise ProgressError(f"{self.path} cannot be written ({error.strerror}). {_HELD}") from None
        return merged

    def _write(self, text: str) -> None:
        """Put this in its place: all of it or, if that fails, nothing."""
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


_HELD = "Nothing is lost while this page is open: save your progress to a file of your own before you close it."


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock file; the system lets go of it even if this process dies."""
    with path.open("a", encoding="utf-8") as file:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield
