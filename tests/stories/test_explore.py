"""The checker: it plays every path of a scenario to find the best one, and reports problems."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod
from pathlib import Path

import pytest

from etiquette.cli import main
from etiquette.judge import GUIDELINE_TITLES, Policy, policies
from etiquette.stories import BLIND_GRADE, Exploration, Run, Scenario, blind_grades, check_scenario, library
from etiquette.stories.explore import MOST_STATES
from etiquette.stories.load import read_scenario
from etiquette.stories.scenario import Ends
from tests.stories.test_load import GOOD

LIBRARY = library()
SMALLEST = min(LIBRARY.values(), key=lambda scenario: len(Exploration(scenario).states))


def codes(text: str, max_states: int = MOST_STATES) -> list[str]:
    """The problems that the checker finds in a scenario, as '<line> <code>'."""
    return [
        f"{problem.line} {problem.remedy.split()[0]}"
        for problem in check_scenario(read_scenario(text, "p.yaml"), max_states=max_states).problems
    ]


def every_run(scenario: Scenario) -> Iterator[Run]:
    """Every complete run, by brute force."""

    def continuations(run: Run) -> Iterator[Run]:
        if run.moment is None:
            yield run
        else:
            for number in range(len(run.moment.choices)):
                yield from continuations(run.choose(number))

    return continuations(Run.start(scenario))


def test_a_good_scenario_has_no_problems() -> None:
    assert codes(GOOD) == []


def test_the_best_path_is_the_best_of_all_paths() -> None:
    exploration = Exploration(SMALLEST)
    runs = list(every_run(SMALLEST))
    assert exploration.best.run.standing == max(run.standing for run in runs)
    assert exploration.best.run.over
    assert exploration.best.grade(exploration.best.run) == 100


def test_the_grade_at_random_is_the_mean_over_all_runs_weighted_by_their_probability() -> None:
    """All choices of a moment are equally likely."""
    exploration = Exploration(SMALLEST)

    def probability(run: Run) -> float:
        return 1 / prod(len(decision.moment.choices) for decision in run.decisions)

    expected = sum(probability(run) * exploration.best.grade(run) for run in every_run(SMALLEST))
    assert blind_grades([exploration])["at random"] == pytest.approx(expected)


CIRCLE = GOOD.replace("at: 2026-03-10 11:00", "after: e").replace(
    "endings:", "events:\n  - {id: e, after: week, tells: x}\nendings:"
)
EARLY = GOOD.replace("at: 2026-03-10 11:00", "at: 2026-03-05 11:00")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (CIRCLE, "11 C01"),
        (GOOD.replace("  - tells: They", "  - if: [call]\n    tells: They"), "15 C02"),
        (GOOD.replace("endings:", "    if: [call]\nendings:"), "11 C03"),
        (GOOD.replace("endings:", "events:\n  - {id: e, after: call, tells: x}\nendings:"), "21 C03"),
        (GOOD + "  - tells: Never told.\n", "22 C03"),
        (GOOD.replace("does: thank_you_email", "does: gift").replace("does: hold_back", "does: drop_in"), "11 C04"),
        (GOOD.replace("does: hold_back", "does: hold_back\n        expect: pesky"), "18 C05"),
        (GOOD.replace("        then: Sent.\n", ""), "15 C06"),
        (GOOD.replace("  - tells: They", "  - ends: well\n    tells: They"), "21 C11"),
        (GOOD.replace("  - tells: They", "  - ends: badly\n    tells: They"), "21 C11"),
        (GOOD.replace("  - tells: They", "  - ends: open\n    tells: They"), "21 C11"),
        (EARLY.replace("then: Sent.", "then: Sent.\n        because: It does no harm."), "15 C12"),
        (EARLY.replace("then: Sent.", "then: Sent.\n        because: That was prompt."), "15 C12"),
    ],
)
def test_each_problem_has_a_code_and_a_line(text: str, code: str) -> None:
    assert code in codes(text)


def test_an_ending_may_ask_for_a_standing_or_be_chance() -> None:
    """Thanks end the story at 80, waiting at 60."""
    told = "  - ends: well\n    standing: 80\n    tells: They ring.\n  - ends: open\n    tells: They write."
    assert codes(GOOD.replace("  - tells: They write.", told)) == []
    by_chance = "  - ends: badly\n    chance: yes\n    tells: The firm burns down."
    assert codes(GOOD.replace("  - tells: They write.", by_chance)) == []


def test_a_wrong_expectation_is_reported_with_the_verdict_and_the_reason() -> None:
    text = GOOD.replace("at: 2026-03-10 11:00", "at: 2026-03-05 11:00").replace(
        "then: Sent.", "then: Sent.\n        because: It feels like enough.\n        expect: persistent"
    )
    (problem,) = check_scenario(read_scenario(text, "p.yaml")).problems
    assert "C05 expects persistent, but the policy says pesky: It’s two days since" in str(problem)


def test_a_predictable_best_choice_is_reported() -> None:
    """C07: the best choice is always the longest; C08: it is always in the same position."""
    moments = "".join(
        f"""\
  - id: day{day}
    at: 2026-03-0{day} 12:00
    scene: Day {day}.
    choices:
      - says: Hold back, because that is what a patient candidate would do here.
        does: hold_back
      - says: Send flowers.
        does: gift
        then: They arrive.
"""
        for day in (4, 5, 6)
    )
    text = GOOD[: GOOD.index("moments:")] + "moments:\n" + moments + GOOD[GOOD.index("endings:") :]
    assert {"1 C07", "1 C08"} <= set(codes(text))


def flowers(remarks: int, on_waiting: int = 0) -> str:
    """Four moments with flowers to send, which is wrong; so many of these choices, and of the waits, have a remark."""
    moments = "".join(
        f"""\
  - id: day{day}
    at: 2026-03-0{4 + day} 12:00
    scene: Day {day}.
    choices:
      - says: Wait.
        does: hold_back
{"        because: It is early." if day < on_waiting else ""}
      - says: Send flowers, because they were kind.
        does: gift
        then: They arrive.
{"        because: They were kind." if day < remarks else ""}
"""
        for day in range(4)
    )
    return GOOD[: GOOD.index("moments:")] + "moments:\n" + moments + GOOD[GOOD.index("endings:") :]


def test_a_scenario_says_of_three_wrong_choices_why_they_tempt() -> None:
    """C13: remarks on right choices do not count."""
    assert "1 C13" not in codes(flowers(remarks=3))
    assert "1 C13" in codes(flowers(remarks=2))
    assert "1 C13" in codes(flowers(remarks=2, on_waiting=4))
    (problem,) = [
        str(each) for each in check_scenario(read_scenario(flowers(1), "p.yaml")).problems if "C13" in str(each)
    ]
    assert "1 of 4 wrong choices have a remark; say in a 'because' what makes 2 more of them tempting." in problem


def test_a_scenario_with_fewer_wrong_choices_says_it_of_all_of_them() -> None:
    assert "1 C13" in codes(EARLY)
    assert "1 C13" not in codes(EARLY.replace("then: Sent.", "then: Sent.\n        because: It feels like enough."))


def thirty_moments(endings: str) -> str:
    """A scenario of thirty moments with three choices each, all equivalent unless an ending tells them apart."""
    moments = "".join(
        f"""\
  - id: d{day}h{hour}
    at: 2026-03-{day:02} {hour:02}:00
    scene: Now.
    choices:
      - {{says: Wait a., does: hold_back, id: a{day}h{hour}}}
      - {{says: Wait b., does: hold_back, id: b{day}h{hour}}}
      - {{says: Wait c., does: hold_back, id: c{day}h{hour}}}
"""
        for day, hour in product(range(4, 10), range(8, 13))
    )
    return GOOD[: GOOD.index("moments:")] + "moments:\n" + moments + endings


def test_runs_with_the_same_future_are_explored_once() -> None:
    scenario = read_scenario(thirty_moments("endings:\n  - tells: They write.\n"), "p.yaml")
    assert len(Exploration(scenario).states) == 31


def test_a_scenario_that_is_too_large_is_reported_instead_of_explored_forever() -> None:
    """C09: every choice matters to the ending, so that no two runs share a state."""
    either = " or ".join(f"a{day}h{hour}" for day, hour in product(range(4, 10), range(8, 13)))
    endings = f"endings:\n  - if: [{either}]\n    tells: They write.\n  - tells: They do not.\n"
    assert codes(thirty_moments(endings), max_states=500) == ["1 C09"]


@pytest.mark.parametrize("scenario", LIBRARY.values(), ids=lambda scenario: scenario.id)
def test_the_shipped_scenarios_have_no_problems(scenario: Scenario) -> None:
    assert [str(problem) for problem in check_scenario(scenario).problems] == []


def test_every_ending_of_a_shipped_scenario_says_how_it_ends() -> None:
    for scenario in LIBRARY.values():
        ends = {ending.ends for ending in scenario.endings}
        assert {None, Ends.BADLY} & ends == {Ends.BADLY}, scenario.id


def test_another_policy_finds_no_fault_with_how_a_scenario_is_made() -> None:
    """It may judge a choice, and so an ending, in another way than its author expects."""
    policy = policies()["thanks-within-a-day"]
    found = {problem.remedy[:3] for each in LIBRARY.values() for problem in check_scenario(each, policy).problems}
    assert found <= {"C03", "C04", "C05", "C08", "C11", "C13"}


@pytest.mark.parametrize("policy", policies().values(), ids=lambda policy: policy.id)
def test_no_blind_strategy_passes_over_the_shipped_scenarios(policy: Policy) -> None:
    grades = blind_grades([Exploration(scenario, policy) for scenario in LIBRARY.values()])
    assert len(grades) == 8
    assert max(grades.values()) <= BLIND_GRADE


def test_the_library_is_varied() -> None:
    """At least sixteen scenarios, no two alike; each guideline is practised in several; most have several decisions."""
    scenarios = LIBRARY.values()
    assert len(scenarios) >= 16
    for attribute in ("teaches", "title", "candidate", "job", "employer"):
        assert len({getattr(scenario, attribute) for scenario in scenarios}) == len(scenarios), attribute
    for guideline in GUIDELINE_TITLES:
        assert sum(guideline in scenario.practises for scenario in scenarios) >= 4
    lengths = sorted(len(Exploration(scenario).best.run.decisions) for scenario in scenarios)
    assert lengths[0] >= 2
    assert lengths[-1] <= 8
    assert lengths[len(lengths) // 2] >= 4


def test_the_command_prints_best_paths_and_exits_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    printed = capsys.readouterr().out
    assert "best path ends with standing 100:" in printed
    assert f"{len(LIBRARY)} stories, 0 problems" in printed


def test_the_command_exits_with_1_if_there_is_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "faulty.yaml"
    file.write_text(GOOD.replace("        then: Sent.\n", ""), encoding="utf-8")
    assert main(["check", str(file)]) == 1
    assert "faulty.yaml:15: week-1: C06 makes contact but has no 'then'" in capsys.readouterr().out
