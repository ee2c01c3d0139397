"""The CPU time of what a page does for its learner, piece by piece: `python -m tests.bench.callbacks`.

All visitors share one loop, so the longest piece is how long everybody else may wait.
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from ipywidgets import Button

from etiquette.host.warm_up import warm_up
from etiquette.practice import Learned, Progress
from etiquette.views import App, ProgressStore
from tests.builders import hours
from tests.views.drawn import buttons
from tests.views.put_off import put_off
from tests.views.test_closing import NOW, use_everything

SLOWEST = 12
SENTENCES = "Thank you for the hour on Tuesday about the baker job. I know you are busy. Did I get the job or not? "


def main() -> None:
    """Print the slowest pieces."""
    took: dict[str, float] = {}
    click = Button.click

    def timed(name: str, work: Callable[[], object]) -> None:
        start = time.process_time()
        work()
        took[name] = max(took.get(name, 0.0), time.process_time() - start)

    def timed_click(button: Button) -> None:
        timed(f"click: {button.description[:60]}", lambda: click(button))
        while later.work:
            timed(f"later: {button.description[:60]}", later.do_next)

    timed("warm_up", warm_up)
    print(f"warm_up: {took.pop('warm_up'):.2f} s of CPU")
    gc.collect()
    gc.freeze()
    gc.disable()
    with put_off() as later, patch.object(Button, "click", timed_click):
        for _ in range(2):
            page = App(progress_store=ProgressStore(), clock=lambda: NOW)
            use_everything(page)
            play_every_story(page)
            judge_long_drafts(page)
        show_the_progress_of_years()
    for name in sorted(took, key=lambda name: -took[name])[:SLOWEST]:
        print(f"{took[name] * 1000:6.1f} ms  {name}")


def play_every_story(page: App) -> None:
    """Play each story from its beginning to its end."""
    rng = random.Random(1)
    for scenario in page.scenarios.values():
        page.play(scenario)
        while page.player and page.player.showing != "debrief":
            rng.choice(buttons(page.player.choices) or [page.player.onward]).click()


def judge_long_drafts(page: App) -> None:
    """Judge drafts of several lengths; a host does what is put off here in a worker thread."""
    view: Any = page.parts["my-interview/draft"]
    for words in (50, 500, 1000):
        view.field.value = SENTENCES * (words // len(SENTENCES.split()))
        view.judge_button.description = f"Judge {words} words (in a thread)"
        view.judge_button.click()


def show_the_progress_of_years() -> None:
    """Open the part that shows many records, and add one more."""
    for number in (1000, 5000):
        page = App(progress_store=ProgressStore(), clock=lambda: NOW)
        page.progress_store.keep(Progress(frozenset(Learned(NOW - hours(n), f"lesson {n % 8}") for n in range(number))))
        page.go("learn/start")
        lesson: Any = page.parts["learn/start"]
        page.go("practise/review")
        lesson.done.description = f"A lesson done, after {number} records"
        lesson.done.click()


if __name__ == "__main__":
    main()
