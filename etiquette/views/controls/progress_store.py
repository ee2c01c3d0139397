"""The progress store: keeps a learner's progress in their own file or, on a hosted page, in their browser."""

from __future__ import annotations

import hashlib
import logging
import tempfile
import uuid
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import traitlets

from etiquette.practice import Progress, ProgressError, ProgressFile, merge
from etiquette.views.controls.in_browser import InBrowser

log = logging.getLogger("etiquette")

NOT_KEPT = (
    "This browser doesn’t let the page save anything, or its storage is full. You won’t lose anything while the page "
    "is open. Save your progress to a file before you close it."
)
NOT_READ = "We can’t read some of the progress saved in this browser. We left it as it is; the rest is here."
LONGEST_VALUE = 200  # characters of a membership, room code or vote marker
LONGEST_ENTRIES = 64 * 1024  # characters
FILE_NAME = "persistent-or-pesky.json"
ENTRIES_FILE_NAME = "my-interview.json"  # beside the progress file


class ProgressStore(InBrowser):
    """Holds the `progress` of one page, and keeps it in `file` or, without one, in the browser.

    An invisible widget that must be part of the page. The browser may report more progress at any time, for example
    from another tab. The other traits are texts, empty by default:

    - `trouble` tells the learner what could not be kept or read.
    - `resume_point` is what was unfinished when this page, or the last one, was left, as JSON.
    - `membership` is who the learner is in a room, in every tab of this browser, as JSON.
    - `invited_room` is the code of the room that the page's address names.
    - `last_vote` changes whenever the learner has voted in another tab.
    - `entries` is what the learner typed about their own interview, in every tab of this browser, as JSON.
    """

    in_browser = traitlets.Bool().tag(sync=True)
    progress = traitlets.Instance(Progress, args=())
    trouble = traitlets.Unicode()
    resume_point = traitlets.Unicode()
    membership = traitlets.Unicode()
    invited_room = traitlets.Unicode()
    last_vote = traitlets.Unicode()
    entries = traitlets.Unicode()

    def __init__(self, file: ProgressFile | None = None) -> None:
        super().__init__(in_browser=file is None)
        self.file = file
        self._browser_progress = Progress()  # what the browser is known to keep
        self._keys: set[str] = set()  # of its entries
        self._unreadable: set[str] = set()  # keys of entries that cannot be read
        self._resume_point = ""  # the one that the tab remembers
        if self.in_browser:
            self.on_msg(self._on_message)
        self.refresh()
        self._read_entries()

    @property
    def entries_file(self) -> Path | None:
        """Where `entries` is kept; None if that is the browser."""
        return self.file.path.with_name(ENTRIES_FILE_NAME) if self.file else None

    def keep(self, progress: Progress) -> None:
        """Merge this into the progress held already, and keep the result."""
        merged = merge(self.progress, progress)
        if self.file:
            self._update(merged, self.file.keep)
        else:
            self._send_to_browser(merged)
            self.progress = merged

    def refresh(self) -> None:
        """Read what another notebook may have added to the file. A browser reports changes without being asked."""
        if self.file:
            file = self.file
            self._update(self.progress, lambda progress: merge(progress, file.read()))

    def forget(self, now: datetime) -> None:
        """Erase all progress, here and where it is kept."""
        stale, self._keys, self._unreadable, self._browser_progress = self._keys, set(), set(), Progress()
        empty = self.progress.forgotten(now)
        self.remember_resume_point("")
        if self.file:
            self.keep(empty)
        else:
            self._send_to_browser(empty, stale)
            self.progress = empty

    def remember_resume_point(self, resume_point: str) -> None:
        """Have the browser remember where the learner is; an empty text makes it forget."""
        if self.in_browser and resume_point != self._resume_point:
            self._resume_point = resume_point
            self.send({"place": resume_point})

    def remember_membership(self, membership: str) -> None:
        """Have the browser remember who the learner is in a room; an empty text makes it forget."""
        if membership != self.membership:
            self.membership = membership
            if self.in_browser:
                self.send({"seat": membership})

    def remember_entries(self, entries: str) -> None:
        """Keep what the learner typed about their interview; an empty text erases it. Too long a text is not kept."""
        if entries == self.entries or len(entries) > LONGEST_ENTRIES:
            return
        self.entries = entries
        if self.in_browser:
            self.send({"entries": entries})
        elif self.entries_file:
            try:
                _replace(self.entries_file, entries)
            except OSError as error:
                self.trouble = f"{self.entries_file} can’t be written ({error.strerror})."

    def broadcast_vote(self) -> None:
        """Tell the other tabs of this browser that the learner has voted."""
        if self.in_browser:
            self.send({"voted": uuid.uuid4().hex})

    def save(self) -> None:
        """Have the browser download the progress as a file."""
        self.send({"save": self.progress.to_json(), "name": FILE_NAME})

    def add(self, progress: Progress) -> str:
        """Add the progress that a file held, and return a sentence that tells the learner how much of it was new."""
        loaded = self.progress.loaded(progress)
        new = len(loaded.records - self.progress.records)
        self.keep(loaded)
        if not new:
            return "Everything in this file is already here."
        return f"Loaded {new} new {'entry' if new == 1 else 'entries'}. What you had before is still here."

    def _update(self, progress: Progress, sync: Callable[[Progress], Progress]) -> None:
        """Hold what `sync` makes of this progress and the file or, if it fails, the progress alone."""
        try:
            self.progress, self.trouble = sync(progress), ""
        except ProgressError as error:
            self.progress, self.trouble = progress, str(error)

    def _read_entries(self) -> None:
        try:
            self.entries = self.entries_file.read_text(encoding="utf-8") if self.entries_file else ""
        except FileNotFoundError:
            pass
        except (OSError, UnicodeDecodeError) as error:
            log.warning("entries could not be read: %s", error)

    def _send_to_browser(self, progress: Progress, stale: Collection[str] = ()) -> None:
        """Send what the browser is not known to keep yet. It replies with what it then keeps."""
        missing = Progress(progress.records - self._browser_progress.records, progress.began)
        if missing.records or missing.began != self._browser_progress.began:
            text = missing.to_json()
            key = hashlib.sha256(text.encode()).hexdigest()[:16]
            self.send({"keep": {key: text}, "drop": sorted(stale)})

    def _on_message(self, _: Any, content: dict[str, Any], __: Any) -> None:
        try:
            match content:
                case {"found": dict(found), "place": str(resume_point), "seat": str(membership), **rest}:
                    self._merge_found(found)
                    self._reconcile(resume_point, membership[:LONGEST_VALUE], str(rest.get("entries", "")))
                case {"found": dict(found)}:
                    self._merge_found(found)
                case {"seat": str(membership)}:
                    self.membership = membership[:LONGEST_VALUE]
                case {"entries": str(entries)}:
                    self.entries = entries[:LONGEST_ENTRIES]
                case {"voted": str(vote)}:
                    self.last_vote = vote[:LONGEST_VALUE]
                case {"invited": str(code)}:
                    self.invited_room = code[:LONGEST_VALUE]
                case {"failed": str(error)}:
                    log.info("a browser does not keep progress: %s", error)
                    self.trouble = NOT_KEPT
        except Exception:
            log.exception("a message from the browser could not be handled")

    def _merge_found(self, found: dict[str, str]) -> None:
        """Merge progress that the browser keeps: saved text by key."""
        for key, text in found.items():
            self._keys.add(key)
            try:
                self._browser_progress = merge(self._browser_progress, Progress.from_json(text))
            except ProgressError:
                self._unreadable.add(key)
        self.trouble = NOT_READ if self._unreadable else ""
        self.keep(self._browser_progress)

    def _reconcile(self, resume_point: str, membership: str, entries: str) -> None:
        """Take over what the browser remembers, unless the learner did something before the browser was listening."""
        if self._resume_point:
            self.send({"place": self._resume_point})
        else:
            self._resume_point = self.resume_point = resume_point
        if self.membership:
            self.send({"seat": self.membership})
        else:
            self.membership = membership
        if self.entries:
            self.send({"entries": self.entries})
        else:
            self.entries = entries[:LONGEST_ENTRIES]


def _replace(path: Path, text: str) -> None:
    """Replace the file atomically, readable by its owner alone; without a text, delete it."""
    if not text:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        file.write(text)
    Path(file.name).replace(path)


def utc_now() -> datetime:
    """The current time, in UTC."""
    return datetime.now(UTC)
