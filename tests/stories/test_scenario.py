"""Runs: how time passes, and how saved runs are restored or rejected."""

from __future__ import annotations

import json

import pytest

from etiquette import Kind
from etiquette.judge import policies
from etiquette.stories import Run, RunError, library
from etiquette.stories.load import read_scenario
from tests.builders import hours
from tests.stories.test_load import GOOD

LIBRARY = library()
POLICIES = policies()
SAVED = Run.start(LIBRARY["the-quiet-week"]).choose(1).choose(2)


def test_events_happen_at_their_time_between_choices() -> None:
    run = Run.start(LIBRARY["call-me-any-time"])
    assert run.situation.heard is None
    run = run.choose(2)
    assert run.moment is not None
    assert run.moment.id == "brent-writes"
    assert run.situation.heard is not None
    assert run.situation.heard.invites_call


def test_holding_back_until_a_time_skips_the_moments_before_it() -> None:
    run = Run.start(LIBRARY["three-names-by-monday"]).choose(0)
    assert run.moment is not None
    assert run.moment.id == "monday"


def test_a_moment_set_after_a_choice_comes_at_once() -> None:
    run = Run.start(LIBRARY["the-quiet-week"]).choose(1).choose(2).choose(0).choose(1).choose(0)
    assert run.moment is not None
    assert run.moment.id == "the-beep"
    assert run.situation.unasked_call is not None
    assert run.situation.unasked_call.at == run.situation.now


def test_contacts_before_the_story_count_and_an_aside_is_not_from_the_employer() -> None:
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


def test_a_condition_with_or_holds_if_either_has_happened() -> None:
    text = GOOD.replace("  - tells: They", "  - if: [thank_you_email or call]\n    tells: Yes.\n  - tells: They")
    scenario = read_scenario(text, "p.yaml")
    assert Run.start(scenario).choose(0).passages[-1].text == "Yes."
    assert Run.start(scenario).choose(1).passages[-1].text == "They write."


def test_a_choice_that_does_not_exist_is_rejected() -> None:
    ended = Run.start(read_scenario(GOOD, "p.yaml")).choose(0)
    assert ended.over
    with pytest.raises(ValueError, match="the run is over"):
        ended.choose(0)
    with pytest.raises(ValueError, match="has no choice 7"):
        Run.start(read_scenario(GOOD, "p.yaml")).choose(7)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"scenario": "gone"}, "a story that isn’t available here"),
        ({"scenario": ["a"]}, "a story that isn’t available here"),
        ({"version": "0123456789ab"}, "“The quiet week” has changed since you saved it"),
        ({"policy": "strictest"}, "judged by guidelines that aren’t available here"),
        ({"choices": [1, 99]}, "is damaged"),
        ({"choices": [1, 2, 0, 1, 0, 0, 0, 0]}, "is damaged"),
        ({"choices": [1, "2"]}, "is damaged"),
        ({"choices": [True]}, "is damaged"),
        ({"choices": None}, "is damaged"),
    ],
)
def test_a_saved_run_that_was_altered_is_rejected_with_a_sentence(change: dict[str, object], message: str) -> None:
    saved = json.dumps(json.loads(SAVED.to_json()) | change)
    with pytest.raises(RunError) as caught:
        Run.from_json(saved, LIBRARY, POLICIES)
    assert message in str(caught.value)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "3", '{"scenario": 1}', "[" * 100_000])
def test_text_that_is_not_a_saved_run_is_rejected_with_a_sentence(text: str) -> None:
    with pytest.raises(RunError, match="is damaged"):
        Run.from_json(text, LIBRARY, POLICIES)


def test_only_changes_that_affect_saved_runs_change_the_version_of_a_scenario() -> None:
    before = read_scenario(GOOD, "p.yaml")
    assert read_scenario(GOOD.replace("They said", "\n  At last they said"), "q.yaml").version == before.version
    assert read_scenario(GOOD.replace("11:00", "12:00"), "p.yaml").version != before.version
    assert read_scenario(GOOD.replace("hold_back", "call"), "p.yaml").version != before.version
