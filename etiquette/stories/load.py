"""Reads scenarios from YAML files. `library/README.md` documents the format."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from etiquette.files import Fields, PackError, Problem, Problems, did_you_mean, library_files, parse_fields, read_text
from etiquette.judge import (
    AT_THE_INTERVIEW,
    GUIDELINES,
    Action,
    Contact,
    Decision,
    Kind,
    Situation,
    Verdict,
    Word,
)
from etiquette.stories.scenario import (
    HIGHEST_STANDING,
    MOST_CHOICES,
    Choice,
    Condition,
    Ending,
    Ends,
    Event,
    Moment,
    Scenario,
    When,
)

KINDS = {kind.value: kind for kind in Kind}
DECISIONS = {decision.value: decision for decision in Decision}
VERDICTS = {verdict.value: verdict for verdict in Verdict}
ENDS = {ends.value: ends for ends in Ends}
INTERVIEWERS = {str(number): number for number in range(1, 13)}
STANDINGS = {str(standing): standing for standing in range(10, HIGHEST_STANDING + 1, 10)}


def library() -> dict[str, Scenario]:
    """The scenarios that come with the package, by id, in playing order. The files are read once."""
    return dict(_library())


@cache
def _library() -> dict[str, Scenario]:
    return load_scenarios(library_files("scenarios"))


def load_scenarios(paths: list[Path]) -> dict[str, Scenario]:
    """Read the scenarios in these files, by id.

    Raises:
        PackError: A file is not a valid scenario, or two share an id; the error holds the problems of all files.
    """
    scenarios: list[Scenario] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            scenarios.append(read_scenario(read_text(path), str(path)))
        except PackError as error:
            problems.extend(error.problems)
    if problems:
        raise PackError(tuple(problems))
    by_id: dict[str, Scenario] = {}
    for scenario in scenarios:
        if scenario.id in by_id:
            remedy = f"is also the id of {by_id[scenario.id].file}; change one of them."
            raise PackError((Problem(scenario.file, 1, "id", scenario.id, remedy),))
        by_id[scenario.id] = scenario
    return by_id


def read_scenario(text: str, file: str) -> Scenario:
    """Read a scenario from text. `file` names the source in error messages.

    Raises:
        PackError: The text is not a valid scenario; the error holds all problems.
    """
    problems = Problems(file)
    return _ScenarioReader(parse_fields(text, problems), problems).scenario()


class _ScenarioReader:
    """Reads one scenario, with its dates as times since the interview, and collects its problems.

    `names` maps each id to its line. `mentions` are the names in `after` and `if`, checked once all ids are known.
    """

    def __init__(self, root: Fields, problems: Problems) -> None:
        self.root, self.problems = root, problems
        self.interview: datetime = root.date_time("interview") or datetime(2000, 1, 1)
        self.names: dict[str, int] = {}
        self.mentions: list[tuple[Fields, str, str]] = []

    def scenario(self) -> Scenario:
        root = self.root
        scenario_id = self.name(root)
        practises = root.words("practises")
        for guideline in practises:
            if guideline not in GUIDELINES:
                remedy = f"should name guidelines; {guideline!r} is not one. {did_you_mean(guideline, GUIDELINES)}"
                root.problem("practises", remedy)
        if not practises:
            root.problem("practises", f"should have at least one of: {', '.join(GUIDELINES)}.")
        scenario = Scenario(
            id=scenario_id,
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
        at_the_interview = root.mapping("at_the_interview")
        word = self.word(at_the_interview)
        at_the_interview.done()
        ready = [fields.date_time(key) or self.interview for fields, key in root.each("references_ready")]
        contacts = []
        for fields in root.items("done_already"):
            kind = fields.one_of("does", KINDS, "action") or Kind.HOLD_BACK
            contacts.append(Contact(kind, self.since_interview(fields, "at") or AT_THE_INTERVIEW))
            fields.done()
        contacts.sort(key=lambda contact: contact.at)
        return Situation(
            now=contacts[-1].at if contacts else AT_THE_INTERVIEW,
            words=(word,) if word != Word() else (),
            contacts=tuple(contacts),
            interview=self.interview,
            references_brought=root.flag("references_brought"),
            references_ready=tuple(at - self.interview for at in ready) or (AT_THE_INTERVIEW,),
            interviewers=root.one_of("interviewers", INTERVIEWERS, "number of interviewers", 1) or 1,
            through_recruiter=root.flag("through_recruiter"),
            deadline=self.since_interview(root, "deadline", required=False),
        )

    def word(self, fields: Fields) -> Word:
        call_at = self.since_interview(fields, "call_at", required=False)
        interview_at = self.since_interview(fields, "interview_at", required=False)
        return Word(
            requests_references=fields.flag("requests_references"),
            promises=self.since_interview(fields, "promises", required=False),
            asks=fields.flag("asks"),
            invites_call=fields.flag("invites_call") or call_at is not None,
            call_at=call_at,
            no_calls=fields.flag("no_calls"),
            decides=fields.one_of("decides", DECISIONS, "decision", None),
            invites_interview=fields.flag("invites_interview") or interview_at is not None,
            interview_at=interview_at,
            automatic=fields.flag("automatic"),
            reposted=fields.flag("reposted"),
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
        for key in ("promises", "call_at", "interview_at"):
            named = getattr(event.word, key, None)
            if named is not None and not event.when.after and named <= event.when.time:
                fields.problem(key, "should be later than the event itself.")
        fields.done()
        return event

    def moment(self, fields: Fields) -> Moment:
        moment_id, when = self.name(fields), self.when(fields)
        moment = Moment(
            id=moment_id,
            when=when,
            scene=fields.text("scene"),
            choices=tuple(
                self.choice(choice, f"{moment_id}-{number}", AT_THE_INTERVIEW if when.after else when.time)
                for number, choice in enumerate(fields.items("choices", least=2, most=MOST_CHOICES), start=1)
            ),
            conditions=self.conditions(fields),
            line=fields.line,
        )
        fields.done()
        return moment

    def choice(self, fields: Fields, default_id: str, now: timedelta) -> Choice:
        kind = fields.one_of("does", KINDS, "action") or Kind.HOLD_BACK
        until = self.since_interview(fields, "until", required=False)
        if until is not None and kind is not Kind.HOLD_BACK:
            fields.problem("until", f"is only for {Kind.HOLD_BACK}; {kind} happens at once.")
            until = None
        if until is not None and until <= now:
            fields.problem("until", "should be later than the moment itself.")
        if "answered" in fields and kind not in (Kind.CALL, Kind.CALL_AGAIN, Kind.INVITED_CALL):
            fields.problem("answered", f"is only for calls; {kind} is not a call.")
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
        ending = Ending(
            tells=fields.text("tells"),
            ends=fields.one_of("ends", ENDS, "way to end", None),
            conditions=self.conditions(fields),
            standing=fields.one_of("standing", STANDINGS, "standing", 0) or 0,
            chance=fields.flag("chance"),
            line=fields.line,
        )
        fields.done()
        return ending

    def when(self, fields: Fields) -> When:
        if "after" in fields:
            if "at" in fields:
                fields.problem("at", "cannot be used together with 'after'; keep one of them.")
            name = fields.text("after")
            self.mentions.append((fields, "after", name))
            return When(fields.hours("wait", timedelta(0)), name)
        if "wait" in fields:
            fields.problem("wait", "counts from another event; add 'after:' to name it.")
        return When(self.since_interview(fields, "at") or AT_THE_INTERVIEW)

    def conditions(self, fields: Fields) -> tuple[Condition, ...]:
        conditions = []
        for text in fields.words("if"):
            names = tuple(name.strip() for name in text.removeprefix("not ").split(" or "))
            conditions.append(Condition(names, happened=not text.startswith("not ")))
            self.mentions.extend((fields, "if", name) for name in names)
        return tuple(conditions)

    def since_interview(self, fields: Fields, key: str, *, required: bool = True) -> timedelta | None:
        """The date and time in a field, as a time since the interview. None if it is missing or wrong."""
        when: datetime | None = fields.date_time(key) if required else fields.date_time(key, None)
        if when is not None and when <= self.interview:
            fields.problem(key, f"should be later than the interview, {self.interview:%Y-%m-%d %H:%M}.")
            return None
        return None if when is None else when - self.interview

    def name(self, fields: Fields, default: str = "") -> str:
        name: str = fields.name("id", default) if default else fields.name("id")
        if name in KINDS:
            fields.problem("id", "is the name of an action; choose another id.")
        elif name in self.names and name:
            fields.problem("id", f"is already used on line {self.names[name]}; choose another id.")
        else:
            self.names[name] = fields.line_of("id")
        return name

    def check_names(self) -> None:
        known = [*self.names, *KINDS]
        for fields, key, name in self.mentions:
            if name not in known:
                fields.problem(key, f"should name an id or an action; {name!r} is neither. {did_you_mean(name, known)}")
