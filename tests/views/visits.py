"""Somebody who comes back: in a new kernel with the same folder, or to a page that has been loaded again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ipywidgets import Widget

from etiquette.practice import ProgressFolder
from etiquette.views import KernelEnvironment, ProgressStore, set_environment
from tests.views.tab import LocalStorage, Tab

Shown = TypeVar("Shown", bound=Widget)


class Here(KernelEnvironment):
    """Where all views share this store, and do everything at once."""

    def __init__(self, store: ProgressStore) -> None:
        super().__init__()
        self._store = store

    @property
    def progress_store(self) -> ProgressStore:
        return self._store

    def call_soon(self, work: Callable[[], object]) -> None:
        work()


class Visits:
    """Visits of one learner. `store` is that of the present one."""

    def __init__(self) -> None:
        self.store = self.come()
        set_environment(Here(self.store))

    def come(self) -> ProgressStore:
        """The store of a new visit, which knows nothing yet that a browser would have to report."""
        raise NotImplementedError

    def arrive(self) -> None:
        """Everything that is kept has arrived."""

    def again(self, make: Callable[[], Shown]) -> Shown:
        """The view that somebody who comes back makes, once everything that is kept has arrived."""
        self.store = self.come()
        set_environment(Here(self.store))
        view = make()
        self.arrive()
        return view


class NewKernels(Visits):
    """Each visit is a new kernel, with the same folder."""

    def __init__(self, path: Path) -> None:
        self.folder = ProgressFolder(path / "kept")
        super().__init__()

    def come(self) -> ProgressStore:
        return ProgressStore(self.folder)


class Reloads(Visits):
    """Each visit is a page that was loaded again: its views are made when the browser has reported, or `early`."""

    def __init__(self, *, early: bool) -> None:
        self.storage, self.early = LocalStorage(), early
        self.tab: Tab | None = None
        super().__init__()
        self.arrive()

    def come(self) -> Tab:
        self.tab = self.tab.reloaded() if self.tab else Tab(self.storage, ready=False)
        return self.tab if self.early else self.tab.drawn()

    def arrive(self) -> None:
        if self.tab and not self.tab.ready:
            self.tab.drawn()
