"""Explores every reachable state of a scenario, to find its best path and to check it for problems.

C01  an event or moment that waits for itself    C06  a contact without an outcome ('then')
C02  a dead end                                  C07  the best choice is always the longest, or the shortest
C03  an event, moment or ending never reached    C08  the best choice is always in the same position
C04  a moment without a right choice             C09  too many states to explore
C05  a wrong expectation ('expect')              C10  a blind strategy does well over a whole library (see the CLI)
C11  an ending better or worse than the path     C12  a remark that calls a costly step harmless, or a late one prompt
C13  too few remarks on wrong choices ('because')
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Protocol

from etiquette.files import Problem
from etiquette.judge import ARTICLE, FULL_CREDIT, RIGHT, Action, Kind, Policy, advise, assess
from etiquette.stories.option_reader import OptionReader
from etiquette.stories.scenario import Ends, JudgedChoice, Run, Scenario

MOST_STATES = 5_000
BLIND_GRADE = 60
GRADES_BY_ENDING = {Ends.WELL: (80, 100), Ends.OPEN: (25, 99), Ends.BADLY: (0, 59)}  # lowest and highest
HARMLESS = ("harmless", "no harm", "costs nothing", "cost you nothing", "never a nuisance", "you don’t have to")
LEAST_REMARKS = 3
PUNCTUAL = ("in time", "on time", "prompt", "punctual")


class ChoiceLike(Protocol):
    """What a blind strategy may look at: a choice of a moment, or an option of a question."""

    @property
    def says(self) -> str:
        """The label that the learner reads."""

    @property
    def action(self) -> Action:
        """The action it stands for."""


Strategy = Callable[[Sequence[ChoiceLike]], Sequence[int]]


class TooLargeError(ValueError):
    """A scenario has too many states to explore."""


def _holding_back(choices: Sequence[ChoiceLike], wanted: bool) -> Sequence[int]:
    indexes = [n for n, choice in enumerate(choices) if (choice.action.kind is Kind.HOLD_BACK) == wanted]
    return indexes or range(len(choices))


def _longest(choices: Sequence[ChoiceLike]) -> Sequence[int]:
    return [max(range(len(choices)), key=lambda n: len(choices[n].says))]


def _shortest(choices: Sequence[ChoiceLike]) -> Sequence[int]:
    return [min(range(len(choices)), key=lambda n: len(choices[n].says))]


BLIND_STRATEGIES: dict[str, Strategy] = {
    "always hold back": lambda choices: _holding_back(choices, True),
    "always make contact": lambda choices: _holding_back(choices, False),
    "always the first choice": lambda choices: [0],
    "always the last choice": lambda choices: [len(choices) - 1],
    "always the longest choice": _longest,
    "always the shortest choice": _shortest,
    "at random": lambda choices: range(len(choices)),
}
"""Ways to choose without reading. Each returns the indexes of the choices that it picks among at random."""
OPTIONS_ALONE = "a reader of options alone"


@dataclass(slots=True)
class State:
    """A moment or an end of the story that a learner can reach. `run` is one run that reaches it.

    `decisions` and `next` have one entry for each choice. `best` is the highest final standing reachable from here, and
    the credit lost on the way to it (0 or negative).
    """

    run: Run
    decisions: tuple[JudgedChoice, ...] = ()
    next: tuple[State, ...] = ()
    best: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class BestPath:
    """The best path through a scenario, against which every run is graded."""

    run: Run

    def grade(self, run: Run) -> int:
        """The final standing of a run, as a percentage of the best that any path reaches."""
        return round(100 * run.standing / self.run.standing) if self.run.standing else 100


@dataclass
class Exploration:
    """All reachable states of a scenario under a policy, the first of them as `start`.

    Raises:
        TooLargeError: There are more than `max_states` of them.
    """

    scenario: Scenario
    policy: Policy = ARTICLE
    max_states: int = MOST_STATES
    states: list[State] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        occurrences, endings = self.scenario.occurrences, self.scenario.endings
        self._states_by_key: dict[object, State] = {}
        self._relevant_names = {name for each in occurrences for name in (each.id, each.when.after)}
        for conditional in (*occurrences, *endings):
            self._relevant_names.update(name for condition in conditional.conditions for name in condition.names)
        self.start = self._explore(Run.start(self.scenario, self.policy))

    def _explore(self, run: Run) -> State:
        """The state of this run, explored to the end. Runs with the same future share one state."""
        history = tuple(entry for entry in run.history if entry[0] in self._relevant_names)
        key = (run.moment and run.moment.id, run.situation, run.standing, history)
        if key in self._states_by_key:
            return self._states_by_key[key]
        if len(self.states) >= self.max_states:
            raise TooLargeError(f"more than {self.max_states:,} states")
        state = self._states_by_key[key] = State(run, best=(run.standing, 0))
        self.states.append(state)
        if run.moment is not None:
            runs = [run.choose(number) for number in range(len(run.moment.choices))]
            state.decisions = tuple(after.decisions[-1] for after in runs)
            state.next = tuple(self._explore(after) for after in runs)
            state.best = max(choice_values(state))
        return state

    @cached_property
    def best(self) -> BestPath:
        """The path with the highest final standing; among equals, the one that loses least credit on the way."""
        run, state = self.start.run, self.start
        while state.next:
            number = choice_values(state).index(state.best)
            run, state = run.choose(number), state.next[number]
        return BestPath(run)

    def blind_grade(self, strategy: Strategy) -> float:
        """The expected grade of a learner who follows this strategy throughout."""
        grades: dict[int, float] = {}

        def expected(state: State) -> float:
            if id(state) not in grades:
                if state.run.moment is None:
                    grades[id(state)] = self.best.grade(state.run)
                else:
                    indexes = strategy(state.run.moment.choices)
                    grades[id(state)] = sum(expected(state.next[n]) for n in indexes) / len(indexes)
            return grades[id(state)]

        return expected(self.start)


@lru_cache(maxsize=256)
def best_path(scenario: Scenario, policy: Policy = ARTICLE) -> BestPath:
    """The best path through a scenario. Cached, because finding it visits every state."""
    return Exploration(scenario, policy).best


def choice_values(state: State) -> list[tuple[int, int]]:
    """The best that each choice at a state can lead to: the final standing, and the credit lost (0 or negative)."""
    return [
        (after.best[0], after.best[1] + decision.assessment.credit - 100)
        for decision, after in zip(state.decisions, state.next, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class ScenarioReport:
    """The result of checking one scenario. `exploration` is None if the scenario has too many states."""

    scenario: Scenario
    problems: tuple[Problem, ...]
    exploration: Exploration | None


def check_scenario(scenario: Scenario, policy: Policy = ARTICLE, max_states: int = MOST_STATES) -> ScenarioReport:
    """Explore a scenario and report its problems, in the order of their lines."""
    problems = [*_wait_cycles(scenario)]
    try:
        exploration = Exploration(scenario, policy, max_states)
    except (TooLargeError, RecursionError):
        remedy = f"has more than {max_states:,} states; remove moments, or choices that change little"
        return ScenarioReport(scenario, (*problems, _problem(scenario, "C09", 1, "", remedy)), None)
    for check in (
        _dead_ends,
        _unreachable,
        _moments_without_right_choice,
        _wrong_expectations,
        _contacts_without_outcome,
        _predictable_best_choices,
        _unfitting_endings,
        _unfitting_remarks,
        _missing_remarks,
    ):
        problems.extend(check(exploration))
    return ScenarioReport(scenario, tuple(sorted(problems, key=lambda problem: problem.line)), exploration)


def blind_grades(explorations: Sequence[Exploration]) -> dict[str, float]:
    """The mean grade over these scenarios of each blind strategy, and of readers of options alone.

    Each of the readers has learnt from all the other scenarios.
    """
    grades = {
        name: [each.blind_grade(strategy) for each in explorations] for name, strategy in BLIND_STRATEGIES.items()
    }
    options = {id(each): _options(each) for each in explorations}
    grades[OPTIONS_ALONE] = []
    for exploration in explorations:
        others = (option for each in explorations if each is not exploration for option in options[id(each)])
        reader = OptionReader.learn(others)
        grades[OPTIONS_ALONE].append(
            exploration.blind_grade(lambda choices: [reader.pick([choice.says for choice in choices])])  # noqa: B023
        )
    return {name: sum(each) / len(each) for name, each in grades.items()}


def _options(exploration: Exploration) -> list[tuple[str, bool]]:
    """Each choice in words, once, with whether it is the best in most states that offer it."""
    best, offered = Counter[str](), Counter[str]()
    for state in exploration.states:
        highest = max((decision.assessment.credit for decision in state.decisions), default=0)
        for decision in state.decisions:
            offered[decision.choice.says] += 1
            best[decision.choice.says] += decision.assessment.credit == highest
    return [(says, 2 * best[says] > count) for says, count in offered.items()]


def _problem(scenario: Scenario, code: str, line: int, path: str, remedy: str) -> Problem:
    return Problem(scenario.file, line, path, "", f"{code} {remedy}.")


def _wait_cycles(scenario: Scenario) -> Iterator[Problem]:
    """C01: events or moments that come after each other in a circle, so that none ever begins."""
    after = {occurrence.id: occurrence.when.after for occurrence in scenario.occurrences}
    for occurrence in scenario.occurrences:
        seen, name = [occurrence.id], after[occurrence.id]
        while name in after and name not in seen:
            seen.append(name)
            name = after[name]
        if name == occurrence.id:
            remedy = "can never start, because it waits for itself: " + " after ".join([*seen, occurrence.id])
            yield _problem(scenario, "C01", occurrence.line, occurrence.id, remedy)


def _dead_ends(exploration: Exploration) -> Iterator[Problem]:
    """C02: the story stops and no ending applies. Only the first dead end is reported."""
    for state in exploration.states:
        run = state.run
        if run.over and not run.failed and run.ending is None:
            line, path = (run.decisions[-1].choice.line, run.decisions[-1].choice.id) if run.decisions else (1, "")
            remedy = "leads to a dead end, because no ending fits; add an ending without 'if'"
            yield _problem(exploration.scenario, "C02", line, path, remedy)
            return


def _unreachable(exploration: Exploration) -> Iterator[Problem]:
    """C03: events, moments and endings that no path reaches."""
    scenario = exploration.scenario
    happened = {name for state in exploration.states for name, _ in state.run.history}
    for occurrence in scenario.occurrences:
        if occurrence.id not in happened:
            remedy = "never happens on any path; check its time and its 'if'"
            yield _problem(scenario, "C03", occurrence.line, occurrence.id, remedy)
    endings_told = [state.run.ending for state in exploration.states]
    for ending in scenario.endings:
        if ending not in endings_told:
            yield _problem(
                scenario,
                "C03",
                ending.line,
                "endings",
                "this ending is never reached; check its 'if' and its 'standing'",
            )


def _moments_without_right_choice(exploration: Exploration) -> Iterator[Problem]:
    """C04: every choice is wrong, although the moment could have offered a better one."""
    reported = set()
    for state in exploration.states:
        moment = state.run.moment
        if moment is None or moment.id in reported:
            continue
        if any(decision.assessment.verdict in RIGHT for decision in state.decisions):
            continue
        situation, policy = state.run.situation, exploration.policy
        has_right_action = any(assess(situation, Action(kind), policy).verdict in RIGHT for kind in Kind)
        if has_right_action or advise(situation, policy).kind not in {choice.action.kind for choice in moment.choices}:
            reported.add(moment.id)
            path = " > ".join(decision.choice.id for decision in state.run.decisions) or "the start"
            remedy = f"offers no right choice after {path}"
            yield _problem(exploration.scenario, "C04", moment.line, moment.id, remedy)


def _wrong_expectations(exploration: Exploration) -> Iterator[Problem]:
    """C05: the author expects another verdict than the policy gives."""
    reported = set()
    for decision in (decision for state in exploration.states for decision in state.decisions):
        choice, verdict = decision.choice, decision.assessment.verdict
        if choice.expect and choice.expect is not verdict and choice.id not in reported:
            reported.add(choice.id)
            reason = decision.assessment.reason.rstrip(".")
            remedy = f"expects {choice.expect}, but the policy says {verdict}: {reason}"
            yield _problem(exploration.scenario, "C05", choice.line, choice.id, remedy)


def _contacts_without_outcome(exploration: Exploration) -> Iterator[Problem]:
    """C06: a choice that makes contact, and does not tell what happens then."""
    for choice in (choice for moment in exploration.scenario.moments for choice in moment.choices):
        if choice.action.kind is not Kind.HOLD_BACK and not choice.then:
            remedy = "makes contact but has no 'then'; say what happens next"
            yield _problem(exploration.scenario, "C06", choice.line, choice.id, remedy)


def _predictable_best_choices(exploration: Exploration) -> Iterator[Problem]:
    """C07: the best choice is always the longest, or the shortest; C08: it is always in the same position.

    Scenarios with fewer than three moments are not checked.
    """
    scenario = exploration.scenario
    best: dict[str, set[int]] = {}
    for state in exploration.states:
        if state.run.moment is not None:
            credits = [decision.assessment.credit for decision in state.decisions]
            best.setdefault(state.run.moment.id, set()).update(n for n, c in enumerate(credits) if c == max(credits))
    if len(best) < 3:
        return
    moments = {moment.id: moment for moment in scenario.moments}
    for length, pick in (("longest", _longest), ("shortest", _shortest)):
        if all(pick(moments[name].choices)[0] in numbers for name, numbers in best.items()):
            remedy = f"the best choice is the {length} at every moment; change the length of some"
            yield _problem(scenario, "C07", 1, "moments", remedy)
    for number in set.intersection(*best.values()):
        remedy = f"the best choice is number {number + 1} at every moment; move some of them"
        yield _problem(scenario, "C08", 1, "moments", remedy)


def _unfitting_endings(exploration: Exploration) -> Iterator[Problem]:
    """C11: a path ends better or worse than its grade allows, and not by chance. One path is reported for an ending."""
    reported = set()
    for state in exploration.states:
        ending, grade = state.run.ending, exploration.best.grade(state.run)
        if ending is None or ending.ends is None or ending.chance or ending in reported:
            continue
        lowest, highest = GRADES_BY_ENDING[ending.ends]
        if not lowest <= grade <= highest:
            reported.add(ending)
            path = " > ".join(decision.choice.id for decision in state.run.decisions)
            remedy = f"ends {ending.ends} with a grade of {grade}, which should be {lowest} to {highest}, after {path}"
            yield _problem(exploration.scenario, "C11", ending.line, "endings", remedy)


def _unfitting_remarks(exploration: Exploration) -> Iterator[Problem]:
    """C12: the feedback on a choice calls it harmless although it costs standing, or prompt although it is not."""
    reported = set()
    for decision in (decision for state in exploration.states for decision in state.decisions):
        choice, assessment = decision.choice, decision.assessment
        said = f"{assessment.reason} {choice.because}".lower()
        costly, late = assessment.verdict not in RIGHT, assessment.credit < FULL_CREDIT
        unfitting = (*(HARMLESS if costly else ()), *(PUNCTUAL if late else ()))
        word = next((word for word in unfitting if word in said), None)
        if word and choice.id not in reported:
            reported.add(choice.id)
            verdict = f"{assessment.verdict}, with a credit of {assessment.credit}"
            remedy = f"the feedback says “{word}”, but the policy says {verdict}"
            yield _problem(exploration.scenario, "C12", choice.line, choice.id, remedy)


def _missing_remarks(exploration: Exploration) -> Iterator[Problem]:
    """C13: too few of the choices that are wrong in some state have a remark of the author's."""
    decisions = [decision for state in exploration.states for decision in state.decisions]
    wrong = {each.choice.id: each.choice for each in decisions if each.assessment.verdict not in RIGHT}
    remarks = sum(bool(choice.because) for choice in wrong.values())
    wanted = min(LEAST_REMARKS, len(wrong))
    if remarks < wanted:
        remedy = (
            f"{remarks} of {len(wrong)} wrong choices have a remark; say in a 'because' what makes "
            f"{wanted - remarks} more of them tempting"
        )
        yield _problem(exploration.scenario, "C13", 1, "moments", remedy)
