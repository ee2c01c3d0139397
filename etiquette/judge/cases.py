"""Cases: one situation and one action per line of JSON, to hold the judge against.

A case says every fact in a field of its own, and only `id`, `now` and `action` have to be there:

    {"id": "c1", "now": 200, "interview": "2026-03-02T11:00", "zone": "Europe/London",
     "references": {"brought": false, "ready": 0},
     "heard": [{"at": 0, "promises": 168, "requests_references": true, "decides": null}],
     "done": [{"kind": "thank_you_email", "at": 180, "answered": false}],
     "action": {"kind": "hold_back", "until": 240}, "expected": "patient", "note": "for readers only"}

Times are hours since the interview, except `interview` itself: the local time at which it ended. `note` is never read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from etiquette.files import Fields, Node, Problems
from etiquette.judge.guidelines import Verdict
from etiquette.judge.situation import AN_HOUR, AT_THE_INTERVIEW, Action, Contact, Kind, Situation, Word

KINDS = {kind.value: kind for kind in Kind}
CONTACTS = {name: kind for name, kind in KINDS.items() if kind is not Kind.HOLD_BACK}
VERDICTS = {verdict.value: verdict for verdict in Verdict}
DECISIONS = {"offer": True, "refusal": True}  # to the judge, either is the end of the wait
NOT_JUDGED = ("no_calls", "invites_interview")


@dataclass(frozen=True, slots=True)
class Case:
    """A situation, the action taken in it, and the verdict expected, if the case names one."""

    id: str
    situation: Situation
    action: Action
    expected: Verdict | None = None


def read_case(line: str, number: int = 1, file: str = "cases") -> Case:
    """The case on one line of a file; `number` and `file` say in error messages where it stands.

    Raises:
        PackError: the line is not a case. Every mistake in it is listed, with its path and a remedy.
    """
    problems = Problems(file)
    try:
        value = json.loads(line)
        json.dumps(value, ensure_ascii=False).encode()  # JSON allows half a surrogate pair, which cannot be printed
    except (ValueError, RecursionError) as error:
        problems.add(number, "", "", f"this line is not JSON ({error}); write one object a line.")
        problems.raise_if_any()
    case = Fields(Node.of(value, number), "", problems)
    problems.raise_if_any()

    now: timedelta | None = case.hours("now")
    if problems.found:
        now = None  # it is missing or wrong, so nothing else can be held against it
    identifier = case.text("id")
    interview = _interview(case)
    references = case.mapping("references")
    brought, ready = references.flag("brought"), references.hours("ready", AT_THE_INTERVIEW)
    references.done()
    heard = [_word(word, now) for word in case.items("heard")]
    done = [_contact(contact, now) for contact in case.items("done")]
    kind, until = _action(case.mapping("action"), now)
    expected = case.one_of("expected", VERDICTS, "verdict", None)
    _ = "note" in case
    case.done()
    problems.raise_if_any()

    assert now is not None
    situation = Situation(
        now=now,
        words=tuple(sorted(heard, key=lambda word: word.at)),
        contacts=tuple(sorted(done, key=lambda contact: contact.at)),
        interview=interview,
        references_brought=brought,
        references_ready=ready,
    )
    return Case(identifier, situation, Action(kind, until), expected)


def _interview(case: Fields) -> datetime | None:
    """When the interview ended, by the clocks there, in the zone if one is given."""
    interview: datetime | None = case.when("interview", None)
    name = case.text("zone", None)
    if name is None:
        return interview
    if interview is None:
        case.problem("zone", "says nothing without 'interview'; add when it ended, or take this out.")
        return None
    try:
        return interview.replace(tzinfo=ZoneInfo(name))
    except (ValueError, KeyError, OSError):  # by what is wrong: the spelling, no such zone, the name of a folder
        case.problem("zone", "is not a time zone; write one such as Europe/London.")
        return None


def _word(word: Fields, now: timedelta | None) -> Word:
    at = _before(word, now)
    promises: timedelta | None = word.hours("promises", None)
    if promises is not None and promises <= at:
        word.problem("promises", "is not after the moment it was said; write hours since the interview.")
    for fact in NOT_JUDGED:
        if fact in word and word.flag(fact):
            word.problem(fact, "cannot be judged yet; take it out.")
    said = Word(
        at=at,
        promises=promises,
        requests_references=word.flag("requests_references"),
        asks=word.flag("asks"),
        invites_call=word.flag("invites_call"),
        decides=word.one_of("decides", DECISIONS, "decision", False),
        automatic=word.flag("automatic"),
    )
    word.done()
    return said


def _contact(contact: Fields, now: timedelta | None) -> Contact:
    kind = contact.one_of("kind", CONTACTS, "contact")
    made = Contact(kind or Kind.REPLY, _before(contact, now), contact.flag("answered"))
    contact.done()
    return made


def _action(action: Fields, now: timedelta | None) -> tuple[Kind, timedelta | None]:
    kind: Kind = action.one_of("kind", KINDS, "action") or Kind.HOLD_BACK
    until: timedelta | None = action.hours("until", None)
    if until is not None and kind is not Kind.HOLD_BACK:
        action.problem("until", "is for holding back alone; take it out.")
        until = None
    elif until is not None and now is not None and until < now:
        action.problem("until", f"has gone by, {now / AN_HOUR:g} hours after the interview; write a later time.")
    action.done()
    return kind, until


def _before(happened: Fields, now: timedelta | None) -> timedelta:
    """When it happened, in time since the interview; a time that is still to come is a problem."""
    at: timedelta = happened.hours("at") or AT_THE_INTERVIEW
    if now is not None and at > now:
        happened.problem("at", f"is later than now, {now / AN_HOUR:g} hours after the interview; write when it was.")
    return at
