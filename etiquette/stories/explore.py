"""Explores a scenario to its last state: the best path through it, and what is wrong with it.

Everything that the checker says follows from playing: every choice at every state that can be reached.

    C01  what waits for itself           C06  a contact that nothing comes of
    C02  a dead end                      C07  the best always the longest, or shortest
    C03  what can never happen           C08  the best always in one place
    C04  no good choice                  C09  too many states to explore
    C05  an expectation that is wrong    C10  a blind strategy that pays, over a whole library
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from etiquette.files import Problem
from etiquette.judge import ARTICLE, RIGHT, Action, Kind, Policy, advise, assess
from etiquette.stories.scenario import Decision, Run, Scenario

MOST_STATES = 5_000
BLIND_GRADE = 60


class Offer(Protocol):
    """What can be chosen without understanding it: words, and an action."""

    @property
    def says(self) -> str:
        """The words."""

    @property
    def action(self) -> Action:
        """What they come to."""


Strategy = Callable[[Sequence[Offer]], Sequence[int]]


class TooLargeError(ValueError):
    """A scenario has more states than can be explored."""


def _holding(offers: Sequence[Offer]) -> Sequence[int]:
    held = [n for n, offer in enumerate(offers) if offer.action.kind is Kind.HOLD_BACK]
    return held or range(len(offers))


def _contacting(offers: Sequence[Offer]) -> Sequence[int]:
    made = [n for n, offer in enumerate(offers) if offer.action.kind is not Kind.HOLD_BACK]
    return made or range(len(offers))


def _longest(offers: Sequence[Offer]) -> Sequence[int]:
    lengths = [len(offer.says) for offer in offers]
    return [lengths.index(max(lengths))]


def _shortest(offers: Sequence[Offer]) -> Sequence[int]:
    lengths = [len(offer.says) for offer in offers]
    return [lengths.index(min(lengths))]


BLIND_STRATEGIES: dict[str, Strategy] = {
    "always hold back": _holding,
    "always make contact": _contacting,
    "always the first choice": lambda offers: [0],
    "always the last choice": lambda offers: [len(offers) - 1],
    "always the longest choice": _longest,
    "always the shortest choice": _shortest,
    "at random": lambda offers: range(len(offers)),
}
"""Ways to choose without reading: of what is on offer, the numbers among which to draw at random."""


@dataclass(slots=True)
class State:
    """A decision, or an end, that a learner can come to; `run` is one way to get there.

    `steps` and `next` have an entry for each choice. `best` is the highest standing that can follow, and
    the credit that is lost (so, at most 0) on the way to it.
    """

    run: Run
    steps: tuple[Decision, ...] = ()
    next: tuple[State, ...] = ()
    best: tuple[int, int] = (0, 0)


@dataclass
class Exploration:
    """All the states of a scenario under a policy.

    Raises:
        TooLargeError: there are more than `most` of them.
    """

    scenario: Scenario
    policy: Policy = ARTICLE
    most: int = MOST_STATES
    states: list[State] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._known: dict[object, State] = {}
        self._matter = {each.id for each in self.scenario.happenings}
        for what in (*self.scenario.happenings, *self.scenario.endings):
            self._matter.update(name for condition in what.conditions for name in condition.names)
        self._matter.update(what.when.after for what in self.scenario.happenings)
        self.start = self._explore(Run.start(self.scenario, self.policy))

    def _explore(self, run: Run) -> State:
        """The state of this run, with all that can follow; runs that have the same future share it."""
        record = tuple(each for each in run.record if each[0] in self._matter)
        key = (run.moment and run.moment.id, run.situation, run.standing, record)
        if key in self._known:
            return self._known[key]
        if len(self._known) >= self.most:
            raise TooLargeError(f"more than {self.most:,} states")
        state = self._known[key] = State(run, best=(run.standing, 0))
        self.states.append(state)
        if run.moment is not None:
            runs = [run.choose(number) for number in range(len(run.moment.choices))]
            state.steps = tuple(after.steps[-1] for after in runs)
            state.next = tuple(self._explore(after) for after in runs)
            state.best = max(option_values(state))
        return state

    @cached_property
    def best_standing(self) -> int:
        """The highest standing that any path ends with."""
        return self.start.best[0]

    @cached_property
    def best_run(self) -> Run:
        """The best path; of several that end as high, the one that loses least credit on the way."""
        run = self.start.run
        state = self.start
        while state.next:
            number = option_values(state).index(state.best)
            run, state = run.choose(number), state.next[number]
        return run

    def grade(self, run: Run) -> int:
        """The final standing of a run as a percentage of the best there is."""
        return round(100 * run.standing / self.best_standing) if self.best_standing else 100

    def blind_grade(self, strategy: Strategy) -> float:
        """The grade to expect of somebody who plays without reading."""
        known: dict[int, float] = {}

        def expected(state: State) -> float:
            if id(state) not in known:
                if state.run.moment is None:
                    known[id(state)] = self.grade(state.run)
                else:
                    drawn = strategy(state.run.moment.choices)
                    known[id(state)] = sum(expected(state.next[n]) for n in drawn) / len(drawn)
            return known[id(state)]

        return expected(self.start)


def option_values(state: State) -> list[tuple[int, int]]:
    """What each choice at a state can lead to at best: the standing, and the credit lost from there on."""
    return [
        (after.best[0], after.best[1] + step.assessment.credit - 100)
        for step, after in zip(state.steps, state.next, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class ScenarioReport:
    """What the checker has to say of one scenario. `exploration` is None where it was too large."""

    scenario: Scenario
    problems: tuple[Problem, ...]
    exploration: Exploration | None


def check_scenario(scenario: Scenario, policy: Policy = ARTICLE, most: int = MOST_STATES) -> ScenarioReport:
    """Explore a scenario and say what is wrong with it."""
    waiting = tuple(_waiting_for_each_other(scenario))
    try:
        exploration = Exploration(scenario, policy, most)
    except (TooLargeError, RecursionError):
        problem = _problem(
            scenario,
            "C09",
            1,
            "",
            f"has more than {most:,} states; take out moments, or choices that change little",
        )
        return ScenarioReport(scenario, (*waiting, problem), None)
    found = [*waiting]
    for look in (_dead_ends, _unreachable, _nothing_good, _expectations, _silences, _giveaways):
        found.extend(look(exploration))
    return ScenarioReport(scenario, tuple(sorted(found, key=lambda problem: problem.line)), exploration)


def blind_grades(explorations: Sequence[Exploration]) -> dict[str, float]:
    """The grade that each blind strategy averages over these scenarios."""
    return {
        name: sum(each.blind_grade(strategy) for each in explorations) / len(explorations)
        for name, strategy in BLIND_STRATEGIES.items()
    }


def _problem(scenario: Scenario, code: str, line: int, path: str, remedy: str) -> Problem:
    return Problem(scenario.file, line, path, "", f"{code} {remedy}.")


def _waiting_for_each_other(scenario: Scenario) -> Iterator[Problem]:
    """C01: a loop that never begins."""
    after = {each.id: each.when.after for each in scenario.happenings}
    for what in scenario.happenings:
        seen, name = [what.id], after[what.id]
        while name in after and name not in seen:
            seen.append(name)
            name = after[name]
        if name == what.id:
            yield _problem(scenario, "C01", what.line, what.id, "waits for itself: " + " after ".join([*seen, what.id]))


def _dead_ends(exploration: Exploration) -> Iterator[Problem]:
    """C02: the story stops and no ending fits."""
    for state in exploration.states:
        run = state.run
        if run.over and not run.failed and run.passages[-1].kind != "ending":
            last = run.steps[-1] if run.steps else None
            where = last.choice.line if last else 1
            path = last.choice.id if last else ""
            yield _problem(
                exploration.scenario,
                "C02",
                where,
                path,
                "leads to a dead end: no ending fits; add one without 'if'",
            )
            return


def _unreachable(exploration: Exploration) -> Iterator[Problem]:
    """C03: events, moments and endings that never come."""
    scenario = exploration.scenario
    happened = {name for state in exploration.states for name, _ in state.run.record}
    for what in scenario.happenings:
        if what.id not in happened:
            yield _problem(scenario, "C03", what.line, what.id, "can never happen; look at its time and its 'if'")
    told = {state.run.passages[-1].text for state in exploration.states if state.run.over}
    for ending in scenario.endings:
        if ending.tells not in told:
            yield _problem(scenario, "C03", ending.line, "endings", "this ending is never told; look at its 'if'")


def _nothing_good(exploration: Exploration) -> Iterator[Problem]:
    """C04: a state in which every choice is wrong, and a better step was there to be offered."""
    reported = set()
    for state in exploration.states:
        moment = state.run.moment
        if moment is None or moment.id in reported:
            continue
        if any(step.assessment.verdict in RIGHT for step in state.steps):
            continue
        situation, policy = state.run.situation, exploration.policy
        rescuable = any(assess(situation, Action(kind), policy).verdict in RIGHT for kind in Kind)
        if rescuable or advise(situation, policy).kind not in {choice.action.kind for choice in moment.choices}:
            reported.add(moment.id)
            way = " > ".join(step.choice.id for step in state.run.steps) or "the start"
            yield _problem(
                exploration.scenario, "C04", moment.line, moment.id, f"has no good choice, coming from {way}"
            )


def _expectations(exploration: Exploration) -> Iterator[Problem]:
    """C05: what the author expects is not what the policy says."""
    reported = set()
    for state in exploration.states:
        for step in state.steps:
            expect, verdict = step.choice.expect, step.assessment.verdict
            if expect and expect is not verdict and step.choice.id not in reported:
                reported.add(step.choice.id)
                yield _problem(
                    exploration.scenario,
                    "C05",
                    step.choice.line,
                    step.choice.id,
                    f"expects {expect}, but the policy says {verdict}: {step.assessment.reason.rstrip('.')}",
                )


def _silences(exploration: Exploration) -> Iterator[Problem]:
    """C06: a contact that nothing comes of, or a judgement without a reason."""
    for moment in exploration.scenario.moments:
        for choice in moment.choices:
            if choice.action.kind is not Kind.HOLD_BACK and not choice.then:
                yield _problem(
                    exploration.scenario,
                    "C06",
                    choice.line,
                    choice.id,
                    "makes contact and has no 'then'; say what comes of it",
                )


def _giveaways(exploration: Exploration) -> Iterator[Problem]:
    """C07: the best choice is always the longest; C08: it is always in the same place."""
    best: dict[str, set[int]] = {}
    for state in exploration.states:
        if state.run.moment is None:
            continue
        credits = [step.assessment.credit for step in state.steps]
        best.setdefault(state.run.moment.id, set()).update(n for n, c in enumerate(credits) if c == max(credits))
    moments = {moment.id: moment for moment in exploration.scenario.moments}
    if len(best) < 3:
        return
    scenario = exploration.scenario
    for length, pick in (("longest", _longest), ("shortest", _shortest)):
        if all(pick(moments[name].choices)[0] in numbers for name, numbers in best.items()):
            yield _problem(
                scenario, "C07", 1, "moments", f"the best choice is the {length} at every moment; lengthen or cut some"
            )
    for place in set.intersection(*best.values()):
        yield _problem(scenario, "C08", 1, "moments", f"the best choice is number {place + 1} at every moment; move it")
