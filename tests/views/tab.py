"""What stands in for a browser: its localStorage, and the progress store of a tab, which uses it as its script does."""

from __future__ import annotations

from typing import Any

from etiquette.practice import Progress
from etiquette.views.controls import ProgressStore

ITEM, PROGRESS = "etiquette:", "etiquette:progress:"


class LocalStorage(dict[str, str]):
    """Texts by key, and the tabs that are open."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.tabs: list[Tab] = []

    @property
    def found(self) -> dict[str, str]:
        """The entries of progress, by hash."""
        return {key.removeprefix(PROGRESS): text for key, text in self.items() if key.startswith(PROGRESS)}

    @property
    def kept(self) -> dict[str, str]:
        """The items, by name."""
        return {key.removeprefix(ITEM): text for key, text in self.items() if not key.startswith(PROGRESS)}


class Tab(ProgressStore):
    """The progress store in a tab.

    A tab whose page is not `ready` receives no messages. What other tabs changed is in `events` until the tab hears it.
    """

    def __init__(self, storage: LocalStorage, full: bool = False, ready: bool = True) -> None:
        self.storage, self.full, self.ready, self.saved = storage, full, ready, ""
        self.events: list[dict[str, Any]] = []
        storage.tabs.append(self)
        super().__init__()

    @property
    def told(self) -> dict[str, Any]:
        """What its script adds to what it found."""
        return {}

    def drawn(self) -> Tab:
        """The same tab once its page is drawn: it receives messages, and has reported what the browser keeps."""
        self.ready, self.events = True, []
        self.receive(found=self.storage.found, items=self.storage.kept, **self.told)
        return self

    def reloaded(self) -> Tab:
        """The same tab after a reload, in a new session that knows nothing yet."""
        self.storage.tabs.remove(self)
        return Tab(self.storage, ready=False)

    def hear(self) -> Tab:
        """Handle what other tabs have changed."""
        while self.events:
            self.receive(**self.events.pop(0))
        return self

    def receive(self, **message: Any) -> None:
        """Handle a message from the browser."""
        self._handle_custom_msg(message, [])

    def send(self, content: dict[str, Any], buffers: Any = None) -> None:  # noqa: ARG002
        """Do what the browser does with a message."""
        if not self.ready:
            return
        match content:
            case {"save": text}:
                self.saved = text
            case {"item": name, "text": ""}:
                self._put(ITEM + name, "", {"item": name, "text": ""})
            case _ if self.full:
                self.receive(failed="QuotaExceededError")
            case {"item": name, "text": text}:
                self._put(ITEM + name, text, {"item": name, "text": text})
            case {"keep": entries, "drop": dropped}:
                for key in dropped:
                    self.storage.pop(PROGRESS + key, None)
                for key, text in entries.items():
                    self._put(PROGRESS + key, text, {"found": {key: text}})
                self.receive(found=entries, **self.told)

    def _put(self, key: str, text: str, event: dict[str, Any]) -> None:
        """Keep a text, or remove it if it is empty. The other tabs are told, if that changes anything."""
        before = self.storage.pop(key, "")
        if text:
            self.storage[key] = text
        if text != before:
            for tab in self.storage.tabs:
                if tab is not self:
                    tab.events.append(event)


class PlatformTab(Tab):
    """The same on a page that a learning platform opened; the platform keeps what is in the storage."""

    def __init__(self, storage: LocalStorage, room: int = 4_096) -> None:
        self.room, self.fault = room, ""
        self.outcomes: list[dict[str, Any]] = []
        super().__init__(storage)

    @property
    def told(self) -> dict[str, Any]:
        """The room that the platform has, and what is wrong with it."""
        return {"platform": {"room": self.room, "trouble": self.fault}}

    def send(self, content: dict[str, Any], buffers: Any = None) -> None:
        """Do what the browser does with a message."""
        if "outcome" in content:
            self.outcomes.append(content["outcome"])
        else:
            super().send(content, buffers)


def reopened(storage: LocalStorage) -> Progress:
    """The progress in a newly opened tab."""
    return Tab(storage).drawn().progress
