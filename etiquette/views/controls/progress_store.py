"""Keeps the progress of whoever looks at this page: in their own file or, on a page for strangers, in their browser."""

from __future__ import annotations

import hashlib
import logging
import os
import uuid
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from etiquette.practice import PROGRESS_TOO_LARGE, Progress, ProgressError, ProgressFile, merge

log = logging.getLogger("etiquette")

NOT_KEPT = (
    "This browser does not let the page keep anything, or is full. Nothing is lost while the page is open: save "
    "your progress to a file before you close it."
)
NOT_READ = "Some of what this browser kept cannot be read. It was left as it is, and the rest is here."
MOST_OF_A_SEAT = 200  # characters
FILE_NAME = "persistent-or-pesky.json"


class ProgressStore(anywidget.AnyWidget):
    """Holds the `progress` of one page, and keeps it in a file or, without one, in the browser.

    It has to stand in the page, where it shows nothing. The browser may know more, and tell it at any time. `trouble`
    is a sentence for the learner when something could not be kept or read, else empty; `answer` says what came of a
    file that was to be loaded. `left_at` is
    where the learner was in this tab when the page had to be loaded again, as JSON; empty, if nowhere. `seat` is who
    they are in the rooms of workshops, in all tabs of this browser, and `invited` the room that the link names.
    `voted` changes whenever they have voted in another tab.
    """

    _esm = Path(__file__).with_name("progress_store.js").read_text(encoding="utf-8")
    in_browser = traitlets.Bool().tag(sync=True)
    progress = traitlets.Instance(Progress, args=())
    trouble = traitlets.Unicode()
    answer = traitlets.Unicode()
    left_at = traitlets.Unicode()
    seat = traitlets.Unicode()
    invited = traitlets.Unicode()
    voted = traitlets.Unicode()

    def __init__(self, file: ProgressFile | None = None) -> None:
        super().__init__(in_browser=file is None)
        self.file = file
        self._found = Progress()
        self._keys: set[str] = set()
        self._unread: set[str] = set()
        self._place = ""
        self.on_msg(self._hear)
        self.refresh()

    def keep(self, progress: Progress) -> None:
        """Hold this, beside all that is kept already, and keep it."""
        merged = merge(self.progress, progress)
        if self.file:
            self._hold(merged, self.file.keep)
        else:
            self._send_to_browser(merged)
            self.progress = merged

    def refresh(self) -> None:
        """See whether another notebook has added to the file. A browser tells of itself."""
        if self.file:
            file = self.file
            self._hold(self.progress, lambda progress: merge(progress, file.read()))

    def forget(self, now: datetime) -> None:
        """Forget everything, here and where it is kept."""
        stale, self._keys, self._unread, self._found = self._keys, set(), set(), Progress()
        nothing = self.progress.forgotten(now)
        if self.file:
            self.keep(nothing)
        else:
            self._send_to_browser(nothing, stale)
            self.progress = nothing

    def stay(self, place: str) -> None:
        """Have the tab remember this place; empty, have it forget."""
        if self.in_browser and place != self._place:
            self._place = place
            self.send({"place": place})

    def sit(self, seat: str) -> None:
        """Have the browser remember this seat; empty, have it forget."""
        if seat != self.seat:
            self.seat = seat
            if self.in_browser:
                self.send({"seat": seat})

    def tell_of_a_vote(self) -> None:
        """Have the other tabs of this browser hear that there was one."""
        if self.in_browser:
            self.send({"voted": uuid.uuid4().hex})

    def save(self) -> None:
        """Hand the progress to the browser, to be saved as a file."""
        self.send({"save": self.progress.to_json(), "name": FILE_NAME})

    def load(self, text: str | None) -> None:
        """Add what this file holds, and say in `answer` what came of it. What is no progress changes nothing.

        None stands for a file too large to be read.
        """
        try:
            if text is None:
                raise ProgressError(PROGRESS_TOO_LARGE)
            loaded = self.progress.loaded(Progress.from_json(text))
        except ProgressError as error:
            self._say(str(error))
            return
        new = len(loaded.records - self.progress.records)
        self.keep(loaded)
        self._say(
            f"Loaded: {new} {'entry' if new == 1 else 'entries'} that had not been here. What was here is still here."
            if new
            else "All that this file holds is here already."
        )

    def _hold(self, progress: Progress, work: Callable[[Progress], Progress]) -> None:
        try:
            self.progress, self.trouble = work(progress), ""
        except ProgressError as error:
            self.progress, self.trouble = progress, str(error)

    def _send_to_browser(self, progress: Progress, stale: Collection[str] = ()) -> None:
        """Send what the browser is not known to keep yet. It answers with what it has kept."""
        missing = Progress(progress.records - self._found.records, progress.began)
        if missing.records or missing.began != self._found.began:
            text = missing.to_json()
            key = hashlib.sha256(text.encode()).hexdigest()[:16]
            self.send({"keep": {key: text}, "drop": sorted(stale)})

    def _hear(self, _: Any, content: dict[str, Any], __: Any) -> None:
        try:
            match content:
                case {"found": dict(found), "place": str(place), "seat": str(seat)} if self.in_browser:
                    self._find(found)
                    self._meet(place, seat[:MOST_OF_A_SEAT])
                case {"found": dict(found)} if self.in_browser:
                    self._find(found)
                case {"seat": str(seat)} if self.in_browser:
                    self.seat = seat[:MOST_OF_A_SEAT]
                case {"voted": str(mark)} if self.in_browser:
                    self.voted = mark[:MOST_OF_A_SEAT]
                case {"invited": str(code)} if self.in_browser:
                    self.invited = code[:MOST_OF_A_SEAT]
                case {"failed": str(error)}:
                    log.info("a browser does not keep progress: %s", error)
                    self.trouble = NOT_KEPT
        except Exception:
            log.exception("a message from the browser failed")

    def _find(self, found: dict[str, str]) -> None:
        for key, text in found.items():
            self._keys.add(key)
            try:
                self._found = merge(self._found, Progress.from_json(text))
            except ProgressError:
                self._unread.add(key)
        self.trouble = NOT_READ if self._unread else ""
        self.keep(self._found)

    def _meet(self, place: str, seat: str) -> None:
        """Learn what the browser remembers; it learns what was done before its page was all there to hear of it."""
        if self._place:
            self.send({"place": self._place})
        else:
            self._place = self.left_at = place
        if self.seat:
            self.send({"seat": self.seat})
        else:
            self.seat = seat

    def _say(self, sentence: str) -> None:
        self.answer = ""  # so that the same sentence can be said again
        self.answer = sentence


def progress_store_here() -> ProgressStore:
    """The keeper for where this runs: Voilà's pages are for strangers, all else for whoever started it."""
    hosted = os.environ.get("SERVER_SOFTWARE", "").startswith("voila/") or "VOILA_PREHEAT" in os.environ
    return ProgressStore(None if hosted else ProgressFile.of_user())


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)
