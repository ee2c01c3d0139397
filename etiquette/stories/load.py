"""Reads packs: YAML files that hold a scenario, or a policy. Nothing else in the project reads YAML.

The text becomes a `tree`, its values are read as `fields`, and what is wrong is a `PackError`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etiquette.files import Fields, PackError, Problem, Problems, library_files, parse_fields, read_text, suggest
from etiquette.judge import AT_THE_INTERVIEW, GUIDELINES, Action, Contact, Kind, Situation, Verdict, Word
from etiquette.stories.scenario import MOST_CHOICES, Choice, Condition, Ending, Event, Moment, Scenario, When

if TYPE_CHECKING:
    pass

KINDS = {kind.value: kind for kind in Kind}
VERDICTS = {verdict.value: verdict for verdict in Verdict}


def load_scenario(path: Path) -> Scenario:
    """The scenario in this file.

    Raises:
        PackError: it holds none, or a faulty one; all its problems are in the error.
    """
    return read_scenario(read_text(path), str(path))


def library() -> dict[str, Scenario]:
    """The shipped scenarios, in the order in which to play them. They are read once."""
    return dict(_library())


@cache
def _library() -> dict[str, Scenario]:
    return _by_id([load_scenario(path) for path in library_files("scenarios")])


def load_scenarios(paths: list[Path]) -> dict[str, Scenario]:
    """The scenarios in these files, by id.

    Raises:
        PackError: with the problems of all the files together, an id used twice among them.
    """
    scenarios: list[Scenario] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            scenarios.append(load_scenario(path))
        except PackError as error:
            problems.extend(error.problems)
    if problems:
        raise PackError(tuple(problems))
    return _by_id(scenarios)


def _by_id(scenarios: list[Scenario]) -> dict[str, Scenario]:
    known: dict[str, Scenario] = {}
    for scenario in scenarios:
        if scenario.id in known:
            remedy = f"is the id of {known[scenario.id].file} too; give one of them another."
            raise PackError((Problem(scenario.file, 1, "id", scenario.id, remedy),))
        known[scenario.id] = scenario
    return known


def read_scenario(text: str, file: str) -> Scenario:
    """The scenario in this text; `file` is only for messages.

    Raises:
        PackError: with everything that is wrong with it.
    """
    problems = Problems(file)
    root = parse_fields(text, problems)
    return _Author(root, problems).scenario()


class _Author:
    """Reads one scenario. Dates become times since the interview as soon as it is known when that was."""

    def __init__(self, root: Fields, problems: Problems) -> None:
        self.root, self.problems = root, problems
        self.interview: datetime = root.date_time("interview") or datetime(2000, 1, 1)
        self.names: dict[str, int] = {}
        self.mentions: list[tuple[Fields, str, str]] = []

    def scenario(self) -> Scenario:
        root = self.root
        name = self.name(root)
        practises = root.words("practises")
        for guideline in practises:
            if guideline not in GUIDELINES:
                root.problem("practises", f"names no guideline in {guideline!r}. {suggest(guideline, GUIDELINES)}")
        if not practises:
            root.problem("practises", f"should name at least one of: {', '.join(GUIDELINES)}.")
        scenario = Scenario(
            id=name,
            title=root.text("title", most=80),
            teaches=root.text("teaches", most=300),
            practises=practises,
            candidate=root.text("candidate", most=80),
            job=root.text("job", most=80),
            employer=root.text("employer", most=120),
            interview=self.interview,
            story=root.text("story"),
            opening=self.opening(root),
            events=tuple(self.event(fields) for fields in root.items("events")),
            moments=tuple(self.moment(fields) for fields in root.items("moments", least=1)),
            endings=tuple(self.ending(fields) for fields in root.items("endings", least=1)),
            file=self.problems.file,
        )
        root.done()
        self.check_names()
        self.problems.raise_if_any()
        return scenario

    def opening(self, root: Fields) -> Situation:
        said = root.mapping("at_the_interview")
        word = self.word(said)
        said.done()
        ready = self.since_interview(root, "references_ready", AT_THE_INTERVIEW)
        before = []
        for fields in root.items("done_already"):
            kind = fields.one_of("does", KINDS, "action") or Kind.HOLD_BACK
            before.append(Contact(kind, self.since_interview(fields, "at") or AT_THE_INTERVIEW))
            fields.done()
        before.sort(key=lambda contact: contact.at)
        return Situation(
            now=before[-1].at if before else AT_THE_INTERVIEW,
            words=(word,) if word != Word() else (),
            contacts=tuple(before),
            interview=self.interview,
            references_brought=root.flag("references_brought"),
            references_ready=ready,
        )

    def word(self, said: Fields) -> Word:
        return Word(
            requests_references=said.flag("requests_references"),
            promises=self.since_interview(said, "promises", None),
            asks=said.flag("asks"),
            invites_call=said.flag("invites_call"),
            decides=said.flag("decides"),
            automatic=said.flag("automatic"),
        )

    def event(self, fields: Fields) -> Event:
        event = Event(
            id=self.name(fields),
            when=self.when(fields),
            tells=fields.text("tells"),
            word=None if fields.flag("aside") else self.word(fields),
            conditions=self.conditions(fields),
            line=fields.line,
        )
        promised = event.word.promises if event.word else None
        if promised is not None and not event.when.after and promised <= event.when.time:
            fields.problem("promises", "is not after the event itself.")
        fields.done()
        return event

    def moment(self, fields: Fields) -> Moment:
        name, when = self.name(fields), self.when(fields)
        moment = Moment(
            id=name,
            when=when,
            scene=fields.text("scene"),
            choices=tuple(
                self.choice(choice, f"{name}-{number}", AT_THE_INTERVIEW if when.after else when.time)
                for number, choice in enumerate(fields.items("choices", least=2, most=MOST_CHOICES), start=1)
            ),
            conditions=self.conditions(fields),
            line=fields.line,
        )
        fields.done()
        return moment

    def choice(self, fields: Fields, default_id: str, now: timedelta) -> Choice:
        kind = fields.one_of("does", KINDS, "action") or Kind.HOLD_BACK
        until = self.since_interview(fields, "until", None)
        if until is not None and kind is not Kind.HOLD_BACK:
            fields.problem("until", f"is for {Kind.HOLD_BACK}; {kind} happens at once.")
            until = None
        if until is not None and until <= now:
            fields.problem("until", "is not after the moment itself.")
        if "answered" in fields and kind not in (Kind.CALL, Kind.CALL_AGAIN, Kind.INVITED_CALL):
            fields.problem("answered", f"is for calls; {kind} is none.")
        choice = Choice(
            id=self.name(fields, default_id),
            says=fields.text("says", most=400),
            action=Action(kind, until),
            then=fields.text("then", ""),
            because=fields.text("because", ""),
            answered=fields.flag("answered"),
            expect=fields.one_of("expect", VERDICTS, "verdict", None),
            line=fields.line,
        )
        fields.done()
        return choice

    def ending(self, fields: Fields) -> Ending:
        ending = Ending(fields.text("tells"), self.conditions(fields), fields.line)
        fields.done()
        return ending

    def when(self, fields: Fields) -> When:
        if "after" in fields:
            if "at" in fields:
                fields.problem("at", "stands beside 'after'; keep one of them.")
            name = fields.text("after")
            self.mentions.append((fields, "after", name))
            return When(fields.hours("wait", timedelta(0)), name)
        if "wait" in fields:
            fields.problem("wait", "counts from something that happened; add 'after:'.")
        return When(self.since_interview(fields, "at") or AT_THE_INTERVIEW)

    def conditions(self, fields: Fields) -> tuple[Condition, ...]:
        conditions = []
        for words in fields.words("if"):
            names = tuple(name.strip() for name in words.removeprefix("not ").split(" or "))
            conditions.append(Condition(names, happened=not words.startswith("not ")))
            self.mentions.extend((fields, "if", name) for name in names)
        return tuple(conditions)

    def since_interview(self, fields: Fields, key: str, default: Any = ...) -> Any:
        when = fields.date_time(key) if default is ... else fields.date_time(key, None)
        if when is None:
            return None if default is ... else default
        if when <= self.interview:
            fields.problem(key, f"is not after the interview, {self.interview:%Y-%m-%d %H:%M}.")
            return default if default is not ... else AT_THE_INTERVIEW
        return when - self.interview

    def name(self, fields: Fields, default: str = "") -> str:
        name: str = fields.name("id", default) if default else fields.name("id")
        if name in KINDS:
            fields.problem("id", "is the name of an action; choose another.")
        elif name in self.names and name:
            fields.problem("id", f"is taken already, on line {self.names[name]}; choose another.")
        else:
            self.names[name] = fields.line_of("id")
        return name

    def check_names(self) -> None:
        known = [*self.names, *KINDS]
        for fields, key, name in self.mentions:
            if name not in known:
                fields.problem(key, f"names nothing that can happen in {name!r}. {suggest(name, known)}")
