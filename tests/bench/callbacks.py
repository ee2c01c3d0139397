"""The CPU time of what a page does for its learner, piece by piece: `python -m tests.bench.callbacks`.

All visitors share one loop, so the longest piece is how long everybody else may wait.
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from ipywidgets import Button

from etiquette.practice import Learned, Progress
from etiquette.views import App, ProgressStore, warm_up
from etiquette.views.drafts import DraftView
from tests.builders import hours
from tests.views.drawn import buttons
from tests.views.put_off import put_off
from tests.views.test_closing import NOW, USES

SLOWEST = 12
SENTENCES = (
    "Thank you for the hour on Tuesday about the baker job.",
    "I know you are busy, so whenever it suits you.",
    "The weather was unexpectedly glorious yesterday, wasn't it?",
    "Did I get the job or not?",
)


def main() -> None:
    """Print the slowest pieces."""
    took: dict[str, float] = {}

    def timed(name: str, work: Callable[[], object]) -> None:
        start = time.process_time()
        work()
        took[name] = max(took.get(name, 0.0), time.process_time() - start)

    start = time.process_time()
    warm_up()
    print(f"warm_up: {time.process_time() - start:.2f} s of CPU")
    gc.collect()
    gc.freeze()
    gc.disable()
    with clicks_timed(timed):
        for _ in range(2):
            page = App(progress_store=ProgressStore(), clock=lambda: NOW)
            for use in USES:
                timed(f"all of {use.__name__}", lambda use=use, page=page: use(page))  # type: ignore[misc]
            stories(page, timed)
        drafts(timed)
        progress(timed)
    pieces = {name: seconds for name, seconds in took.items() if not name.startswith("all of")}
    for name in sorted(pieces, key=lambda name: -pieces[name])[:SLOWEST]:
        print(f"{pieces[name] * 1000:6.1f} ms  {name}")


@contextmanager
def clicks_timed(timed: Callable[[str, Callable[[], object]], None]) -> Iterator[None]:
    """Time every click, and all that it puts off."""
    click = Button.click

    def timed_click(button: Button) -> None:
        timed(f"click: {button.description[:60]}", lambda: click(button))
        while later.work:
            timed(f"later: {button.description[:60]}", later.do_next)

    with put_off() as later, patch.object(Button, "click", timed_click):
        yield


def stories(page: App, timed: Callable[[str, Callable[[], object]], None]) -> None:
    """Every story, from its beginning to its end."""
    rng = random.Random(1)
    for scenario in page.scenarios.values():
        timed(f"story opened: {scenario.id}", lambda scenario=scenario: page.play(scenario))  # type: ignore[misc]
        assert page.player is not None
        while page.player.showing != "debrief":
            at_moment = page.player.showing == "moment"
            (rng.choice(buttons(page.player.choices)) if at_moment else page.player.onward).click()


def drafts(timed: Callable[[str, Callable[[], object]], None]) -> None:
    """Drafts of several lengths; the pieces that are put off are done in a worker thread by a host."""
    rng = random.Random(1)
    for words in (50, 500, 1000):
        text = " ".join(rng.choice(SENTENCES) for _ in range(words // 9))
        view = DraftView(text=text)
        view.judge_button.description = f"Judge {words} words (in a thread)"
        timed(f"draft of {words} words", view.judge_button.click)


def progress(timed: Callable[[str, Callable[[], object]], None]) -> None:
    """The progress of years."""
    for number in (1000, 5000):
        kept = Progress(frozenset(Learned(NOW - hours(n), f"lesson {n % 8}") for n in range(number)))
        page = App(progress_store=ProgressStore(), clock=lambda: NOW)
        page.menu["Your progress"].click()
        timed(f"progress of {number} records kept", lambda page=page, kept=kept: page.progress_store.keep(kept))  # type: ignore[misc]
        page.menu["Your progress"].description = f"Progress of {number} records"
        page.menu["Your progress"].click()


if __name__ == "__main__":
    main()
