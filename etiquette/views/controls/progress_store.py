"""The progress store keeps a learner's progress and items: in their own folder, in the browser, or on the learning
platform that opened the page.
"""

from __future__ import annotations

import hashlib
import logging
import uuid
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import traitlets

from etiquette.practice import UNFINISHED, Outcome, Progress, ProgressError, ProgressFolder, compact_json, merge
from etiquette.views.controls.in_browser import InBrowser

log = logging.getLogger("etiquette")

NOT_KEPT = (
    "This browser doesn’t let the page save anything, or its storage is full. You won’t lose anything while the page "
    "is open. Save your progress to a file before you close it."
)
PLATFORM_TROUBLE = {
    "full": "Your learning platform has no room for everything you’ve started. It keeps your grades and lessons, but "
    "something you left unfinished will be gone when you close this page.",
    "unsaved": "Your learning platform isn’t saving what you do here. You won’t lose anything while the page is open. "
    "Save your progress to a file, then close this page and open it from your platform again.",
}
"""What the learner is told, by the word for it that the platform's script uses."""
NOT_READ = "We can’t read some of the progress saved here. We left it as it is; the rest is here."
LONGEST_CODE = 200  # characters of a room code
LONGEST_ITEM = 64 * 1024  # characters
MOST_ITEMS = 200
PROGRESS_SHARE = 9 / 16  # bytes for each character that a platform keeps: three quarters of them, at 6 bits each
FILE_NAME = "persistent-or-pesky.json"
MEMBERSHIP = "seat"  # the item that says who the learner is in a room, in every tab of a browser
VOTED = "voted"  # the item that changes whenever the learner has voted


class ProgressStore(InBrowser):
    """Holds a learner's `progress` and `items`, and keeps them in `folder` or, without one, in the browser.

    A learner has one store, which all views in a kernel or on a page share. It is an invisible part of their roots. The
    browser may report more at any time, for example from another tab.

    - `items` are texts by name: a story or a quiz that is unfinished, a draft, the learner's own interview.
    - `on_platform` is whether the browser's page was opened by a learning platform. Everything is then kept there, and
      the platform is told the `Outcome`.
    - `trouble` tells the learner what could not be kept or read.
    - `reported` is whether the items that were kept are here; a browser reports them once its page is drawn.
    - `invited_room` is the code of the room that the page's address names.
    """

    in_browser = traitlets.Bool().tag(sync=True)
    progress = traitlets.Instance(Progress, args=())
    items: traitlets.Dict[str, str] = traitlets.Dict()
    trouble = traitlets.Unicode()
    invited_room = traitlets.Unicode()
    on_platform = traitlets.Bool()

    def __init__(self, folder: ProgressFolder | None = None) -> None:
        super().__init__(in_browser=folder is None, items={})  # set, so that the first change has an old value too
        self.folder = folder
        self._browser_progress = Progress()  # what the browser is known to keep
        self._keys: set[str] = set()  # of its entries of progress
        self._unreadable: set[str] = set()  # keys of entries that cannot be read
        self._changed: set[str] = set()  # names of items that were set here, and are not kept anywhere yet
        self._platform_room, self._platform_trouble = 0, ""  # the room in characters
        self._outcome: Outcome | None = None  # what the platform was told last
        self.reported = folder is not None
        if self.in_browser:
            self.on_msg(self._on_message)
            self.observe(lambda _: self._report_outcome(), "progress")
        self.refresh()

    def keep(self, progress: Progress) -> None:
        """Merge this into the progress held already, and keep the result."""
        merged = merge(self.progress, progress)
        if self.folder:
            self._update(merged, self.folder.keep)
            self._write_changed(self.folder)
        else:
            self._send_to_browser(merged)
            self.progress = merged

    def refresh(self) -> None:
        """Read what another notebook may have added to the folder, and write what could not be written before.

        A browser reports changes without being asked.
        """
        if self.folder:
            self._update(self.progress, self.folder.refresh)
            self._write_changed(self.folder)
            self._take_items(self.folder.items())

    def forget(self, now: datetime) -> None:
        """Erase all progress and everything unfinished, here and where it is kept. Other items stay."""
        stale, self._keys, self._unreadable, self._browser_progress = self._keys, set(), set(), Progress()
        empty = self.progress.forgotten(now)
        names = {*self.items, *(self.folder.items() if self.folder else ())}
        for name in sorted(name for name in names if name.startswith(UNFINISHED)):
            self.set_item(name, "")
        if self.folder:
            self.keep(empty)
        else:
            self._send_to_browser(empty, stale)
            self.progress = empty

    def item(self, name: str) -> str:
        """The item of this name; empty if there is none."""
        return self.items.get(name, "")

    def set_item(self, name: str, text: str) -> None:
        """Keep this text under this name; an empty text removes the item. Too long a text is not kept."""
        if len(text) > LONGEST_ITEM:
            return
        self._hold_item(name, text)
        if self.folder:
            self._write_item(self.folder, name)
        else:
            if not self.reported:
                self._changed.add(name)
            self.send({"item": name, "text": text})

    def item_file(self, name: str) -> Path | None:
        """The file in which this item is kept; None if that is the browser."""
        return self.folder.item_file(name) if self.folder else None

    def broadcast_vote(self) -> None:
        """Tell the other tabs of this browser that the learner has voted."""
        if self.in_browser:
            self.set_item(VOTED, uuid.uuid4().hex)

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

    def _write_changed(self, folder: ProgressFolder) -> None:
        for name in sorted(self._changed):
            self._write_item(folder, name)

    def _write_item(self, folder: ProgressFolder, name: str) -> None:
        """Write an item to the folder. One that cannot be written is written when the folder is next used."""
        try:
            folder.set_item(name, self.item(name))
            self._changed.discard(name)
        except ProgressError as error:
            self._changed.add(name)
            self.trouble = str(error)

    def _take_items(self, kept: dict[str, str]) -> None:
        """Take over the items that are kept, except those that have been changed here since."""
        mine = {name: self.items[name] for name in self._changed if name in self.items}
        self.items = mine | {name: text for name, text in kept.items() if name not in self._changed}

    def _hold_item(self, name: str, text: str) -> None:
        others = {each: kept for each, kept in self.items.items() if each != name}
        self.items = others | {name: text} if text else others

    def _send_to_browser(self, progress: Progress, stale: Collection[str] = ()) -> None:
        """Send what the browser is not known to keep yet. It replies with what it then keeps.

        A platform has little room: one entry replaces all others.
        """
        if self.on_platform:
            if progress != Progress():
                text = compact_json(progress, int(PROGRESS_SHARE * self._platform_room))
                self._send_entry(text, {*stale, *self._keys} - self._unreadable)
            return
        missing = Progress(progress.records - self._browser_progress.records, progress.began)
        if missing.records or missing.began != self._browser_progress.began:
            self._send_entry(missing.to_json(), set(stale))

    def _send_entry(self, text: str, stale: set[str]) -> None:
        """Send this entry of progress in place of those with the stale keys, unless it is there already."""
        key = hashlib.sha256(text.encode()).hexdigest()[:16]
        if stale != {key}:
            self._keys = self._keys - stale | {key}
            self.send({"keep": {key: text}, "drop": sorted(stale - {key})})

    def _report_outcome(self) -> None:
        """Tell the platform the outcome, if it has not been told this one."""
        outcome = Outcome.of(self.progress)
        if self.on_platform and outcome != self._outcome:
            self._outcome = outcome
            told = {"grade": outcome.grade, "complete": outcome.complete, "passed": outcome.passed}
            self.send({"outcome": told})

    def _on_message(self, _: Any, content: dict[str, Any], __: Any) -> None:
        try:
            match content:
                case {"found": dict(found), **rest}:
                    match rest.get("platform"):
                        case {"room": int(room), "trouble": str(trouble)}:
                            self.on_platform, self._platform_room = True, room
                            self._platform_trouble = PLATFORM_TROUBLE.get(trouble, "")
                    self._merge_found(found)
                    self._report_outcome()
                    if isinstance(items := rest.get("items"), dict):
                        self._merge_items(items)
                case {"item": str(name), "text": str(text)} if len(text) <= LONGEST_ITEM:
                    if name in self.items or len(self.items) < MOST_ITEMS:
                        self._hold_item(name, text)
                case {"invited": str(code)}:
                    self.invited_room = code[:LONGEST_CODE]
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
        self.trouble = NOT_READ if self._unreadable else self._platform_trouble
        self.keep(self._browser_progress)

    def _merge_items(self, items: dict[str, str]) -> None:
        """Take over the browser's items, but send it those that were set here before it was listening."""
        for name in self._changed:
            self.send({"item": name, "text": self.item(name)})
        fits = {name: text for name, text in items.items() if isinstance(text, str) and len(text) <= LONGEST_ITEM}
        self._take_items(dict(list(fits.items())[:MOST_ITEMS]))
        self._changed, self.reported = set(), True


def utc_now() -> datetime:
    """The current time, in UTC."""
    return datetime.now(UTC)
