"""Runs in Pyodide before the snapshot: imports all that the page needs, and reads what it would read from files."""

import gc
import sys
import zipimport
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime

from etiquette.drafts import MessageKind, assess_draft, last_check, suggest
from etiquette.judge import ARTICLE, policies
from etiquette.plan import FormEntries, parse_form, plan
from etiquette.practice import Quiz
from etiquette.sessions import Session, install
from etiquette.site.worker import LonePlatform, WorkerEnvironment
from etiquette.stories import best_path, library
from etiquette.views import App, set_environment

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
AN_INTERVIEW = FormEntries(id="warm", day="2026-03-03", time="11:00", place="London", home="Europe/London")
A_DRAFT = "Thank you for meeting me about the baker role on Tuesday. Did I get the job? Sam Lee"


class LoopOfItsOwn(LonePlatform):
    """Needs nothing of JavaScript's, which a snapshot can't hold."""

    def __init__(self) -> None:
        self.turns: deque[Callable[[], object]] = deque()

    def call_soon(self, work: Callable[[], object]) -> None:
        """Run this in a later turn."""
        self.turns.append(work)

    def run_all(self) -> None:
        """Run all turns, also those that these add."""
        while self.turns:
            self.turns.popleft()()


def preload() -> None:
    """Open every part of the page once, and compute what does not depend on the learner."""
    install()
    platform = LoopOfItsOwn()
    session = Session(platform, lambda _: None)
    session.run(set_environment, WorkerEnvironment(session, ARTICLE))
    app = session.run(App)
    for address in app.addresses:
        session.run(app.go, address)
        platform.run_all()
    session.close()
    for scenario in library().values():
        best_path(scenario, ARTICLE)
    plan(parse_form(AN_INTERVIEW, NOW), NOW)
    for kind in MessageKind:
        assessment = assess_draft(A_DRAFT, kind)
        suggest(assessment)
        last_check(assessment)
    Quiz.draw("warm", 20, ARTICLE)
    policies()


def forget_files() -> None:
    """Forget where modules were imported from: in a browser, these files are not there, or not the same.

    Time zones are read as files of packages: these packages have to be imported again, once the files are there.
    """
    for name in [each for each in sys.modules if each.partition(".")[0] == "tzdata"]:
        del sys.modules[name]
    zipimport._zip_directory_cache.clear()  # type: ignore[attr-defined]
    sys.path_importer_cache.clear()
    gc.collect()
    gc.freeze()


def zero_free_memory() -> None:
    """Fill what was freed with zeros, which take up no place in a compressed snapshot: all blocks below the highest."""
    highest = id(bytes(4 * 1024 * 1024))
    held, size = [], 1024 * 1024
    while size >= 24:
        while id(block := bytes(size - 17)) < highest:
            held.append(block)
        size = size * 9 // 10 if size > 200 else size - 4


if __name__ == "__main__":
    preload()
    forget_files()
    loaded = sorted(sys.modules)
    zero_free_memory()
