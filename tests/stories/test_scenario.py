"""Runs: how time passes, and what becomes of a saved run that is not what it was."""

from __future__ import annotations

import json

import pytest

from etiquette import ARTICLE, Kind
from etiquette.judge import policies
from etiquette.stories import Run, RunError, library
from etiquette.stories.load import read_scenario
from tests.builders import hours
from tests.stories.test_load import GOOD

LIBRARY = library()
POLICIES = policies()
SAVED = Run.start(LIBRARY["the-quiet-week"]).choose(1).choose(2)


def test_events_come_in_their_time_and_between_choices() -> None:
    run = Run.start(LIBRARY["call-me-any-time"])
    assert run.situation.heard is None
    run = run.choose(2)
    assert run.moment is not None
    assert run.moment.id == "brent-writes"
    assert run.situation.heard is not None
    assert run.situation.heard.invites_call


def test_holding_back_until_a_time_passes_over_what_lies_between() -> None:
    run = Run.start(LIBRARY["three-names-by-monday"]).choose(0)
    assert run.moment is not None
    assert run.moment.id == "monday"


def test_a_moment_that_follows_a_choice_comes_at_once() -> None:
    run = Run.start(LIBRARY["the-quiet-week"]).choose(1).choose(2).choose(0).choose(1).choose(0)
    assert run.moment is not None
    assert run.moment.id == "the-beep"
    assert run.situation.unasked_call is not None
    assert run.situation.unasked_call.at == run.situation.now


def test_what_was_done_already_and_news_from_elsewhere() -> None:
    """Contacts before the story count from the start; an aside is told, and is no word of theirs."""
    text = GOOD.replace("story:", "done_already:\n  - {does: thank_you_email, at: 2026-03-03 11:00}\nstory:").replace(
        "endings:",
        "events:\n  - {id: rumour, at: 2026-03-04 09:00, aside: yes, tells: They say it is filled.}\nendings:",
    )
    run = Run.start(read_scenario(text, "p.yaml"))
    made = run.situation.latest(Kind.THANK_YOU_EMAIL)
    assert made is not None
    assert made.at == hours(1)
    assert run.situation.heard is None
    assert [passage.text for passage in run.passages if passage.kind == "event"] == ["They say it is filled."]


def test_either_of_two_things_is_enough_for_a_condition() -> None:
    text = GOOD.replace("  - tells: They", "  - if: [thank_you_email or call]\n    tells: Yes.\n  - tells: They")
    scenario = read_scenario(text, "p.yaml")
    assert Run.start(scenario).choose(0).passages[-1].text == "Yes."
    assert Run.start(scenario).choose(1).passages[-1].text == "They write."


def test_there_is_nothing_to_choose_when_it_is_over() -> None:
    over = Run.start(read_scenario(GOOD, "p.yaml")).choose(0)
    assert over.over
    with pytest.raises(ValueError, match="the run is over"):
        over.choose(0)
    with pytest.raises(ValueError, match="has no choice 7"):
        Run.start(read_scenario(GOOD, "p.yaml")).choose(7)


def test_a_saved_run_continues_where_it_was() -> None:
    again = Run.from_json(SAVED.to_json(), LIBRARY, POLICIES)
    assert again == SAVED
    assert again.policy == ARTICLE


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"scenario": "gone"}, "belongs to a scenario that is not here"),
        ({"scenario": ["a"]}, "belongs to a scenario that is not here"),
        ({"version": "0123456789ab"}, "“The quiet week” has been revised since this run was saved"),
        ({"policy": "strictest"}, "judged by a policy that is not here"),
        ({"choices": [1, 99]}, "does not fit its scenario"),
        ({"choices": [1, 2, 0, 1, 0, 0, 0, 0]}, "does not fit its scenario"),
        ({"choices": [1, "2"]}, "is damaged"),
        ({"choices": [True]}, "is damaged"),
        ({"choices": None}, "is damaged"),
    ],
)
def test_a_saved_run_that_was_tampered_with_is_refused_with_a_sentence(change: dict[str, object], said: str) -> None:
    saved = json.dumps(json.loads(SAVED.to_json()) | change)
    with pytest.raises(RunError) as caught:
        Run.from_json(saved, LIBRARY, POLICIES)
    assert said in str(caught.value)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "3", '{"scenario": 1}', "[" * 100_000])
def test_what_is_no_saved_run_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(RunError, match="is damaged"):
        Run.from_json(text, LIBRARY, POLICIES)


def test_a_change_to_the_story_keeps_saved_runs_only_if_nothing_they_rest_on_changed() -> None:
    before = read_scenario(GOOD, "p.yaml")
    assert read_scenario(GOOD.replace("They said", "\n  At last they said"), "q.yaml").version == before.version
    assert read_scenario(GOOD.replace("11:00", "12:00"), "p.yaml").version != before.version
    assert read_scenario(GOOD.replace("hold_back", "call"), "p.yaml").version != before.version
