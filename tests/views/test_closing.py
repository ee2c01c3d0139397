"""No view leaves anything behind: not while it is used, not once it is closed, and least of all what somebody typed."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from ipywidgets import Widget
from ipywidgets.widgets.widget import _instances

from etiquette.drafts import MessageKind
from etiquette.host.warm_up import warm_up
from etiquette.plan import MOST_ROWS, FormEntries, FormRow
from etiquette.practice import Topic
from etiquette.views import (
    App,
    DraftView,
    FollowUp,
    ProgressStore,
    QuizView,
    boundary,
    environment,
    play,
)
from etiquette.views.controls import Announcer, close_all
from tests.conftest import ROOT
from tests.views.drawn import buttons
from tests.views.test_plan import TYPED, go_through, row_of

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)


def use_everything(page: App) -> None:
    """Open every part of it, and do what there is to do in it, to the end and by the first choice."""
    for address in page.addresses:
        page.go(address)
    parts: dict[str, Any] = dict(page.parts)
    draft, interview, quiz = parts["my-interview/draft"], parts["my-interview/plan"], parts["practise/quiz"]
    for kind in MessageKind:
        draft.choose(kind)
        buttons(draft.part_buttons)[0].click()
        draft.judge_button.click()
        draft.undo_button.click()
        draft.parts_button.click()
        draft.parts_button.click()
    while interview.form.rows.children:
        interview.form.rows.children[0].remove.click()
    row_of(interview, what="call")
    rows = (FormRow("requests_references", "2026-03-03", "13:00"),) * MOST_ROWS
    for entries in (TYPED, FormEntries(), replace(TYPED, round="2", rows=rows)):
        interview.form.entries = entries
        go_through(interview)
        for opener in interview.result.own_words.offered.children:
            opener.click()
    interview.clear()
    quiz.starts.children[3].children[0].click()
    page.play(next(iter(page.scenarios.values())))
    page.review(Topic("calling", "call"))
    played: tuple[Any, ...] = (quiz, page.player, page.reviewer)
    for view in played:
        while view.showing != "debrief":
            sure = getattr(view, "sure", view.choices)
            (buttons(view.choices) or buttons(sure) or [view.onward])[0].click()
    for restart in (quiz.another, played[1].again):
        restart.click()
    assert page.notice.value == ""


def followers(store: ProgressStore) -> int:
    """How many handlers this store calls when something in it changes."""
    names = ("items", "progress", "trouble", "invited_room")
    return sum(len(store._trait_notifiers.get(name, {}).get("change", [])) for name in names)


def test_using_the_page_again_makes_no_new_widgets_and_closing_it_leaves_none() -> None:
    store = environment().progress_store  # is there before the page, and stays
    before = set(_instances)
    page = App(clock=lambda: NOW)
    use_everything(page)
    made = set(_instances)
    use_everything(page)
    assert set(_instances) == made
    page.close()
    assert (set(_instances), followers(store)) == (before, 0)


@pytest.mark.parametrize(
    "make",
    [
        lambda announcer: FollowUp(TYPED, announcer=announcer),
        lambda _: play("two-names"),
        lambda _: boundary("calling"),
    ],
    ids=["part of a page", "story of a notebook", "boundary of a notebook"],
)
def test_a_closed_view_leaves_nothing_but_what_it_shares(make: Callable[[Announcer], Widget]) -> None:
    """The announcer of its page, and the progress store, which goes with the kernel or the session."""
    announcer, store = Announcer(), environment().progress_store
    before = set(_instances)
    view = make(announcer)
    assert set(_instances) > before
    for _ in range(2):
        close_all(view)
        assert set(_instances) == before
        assert followers(store) == 0


def held(word: str) -> int:
    """How many texts with this word anything in this process refers to, such as a cache."""
    gc.collect()
    found, inside, seen = 0, gc.get_objects(), set[int]()
    while inside:
        referents = gc.get_referents(*inside)
        for each in referents:
            found += type(each) is str and word in each
        # `gc` does not know of dictionaries and tuples that hold only texts; some of these hold one another.
        untracked = {id(each): each for each in referents if type(each) in (dict, tuple) and not gc.is_tracked(each)}
        inside = [each for name, each in untracked.items() if name not in seen]
        seen.update(untracked)
    return found


def type_everywhere(word: str) -> None:
    """Type this word into a draft, a certificate and two forms, and close them with the store that kept it."""
    store = ProgressStore()
    draft, quiz = DraftView(progress_store=store), QuizView(progress_store=store)
    draft.field.value = f"Dear Ms {word.title()}, thank you for the {word} interview. {word}"
    entries = (replace(TYPED, job=word, employer=word), replace(TYPED, hearing=f"{word} by Friday"))
    plans = [FollowUp(each, progress_store=store) for each in entries]
    plans[0].form.fields["employer"].text = f"{word} and Sons"
    quiz.name.value = word
    draft.judge_button.click()
    for view in plans:
        go_through(view)
        assert view.result is not None
        view.result.own_words.offered.children[0].click()
    assert draft.assessment
    assert word in store.item("draft")
    assert word in store.item("interview")
    assert held(word)
    close_all(draft, quiz, *plans, store)


LOOK = """
from tests.views.test_closing import held, type_everywhere

def look():
    word = "".join(("zyq", "wolph"))  # put together here, so that it is no constant
    type_everywhere(word)
    print(held(word))

look()
"""


def test_a_word_that_somebody_typed_is_gone_once_their_view_is_closed() -> None:
    """What people write is private, and one process serves all of them: nothing that they typed may be kept.

    This looks at all that is in a process, so the process is a small one of its own.
    """
    looked = subprocess.run([sys.executable, "-c", LOOK], cwd=ROOT, capture_output=True, text=True, check=True)
    assert looked.stdout == "0\n"


def test_warming_up_makes_no_widgets() -> None:
    before = set(_instances)
    warm_up()
    assert set(_instances) == before
