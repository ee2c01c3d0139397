"""Cases: one situation and one action per line of JSON, to test the judge with.

Each fact is a field. Only `id`, `now` and `action` are required:

    {"id": "c1", "now": 200, "interview": "2026-03-02T11:00", "zone": "Europe/London",
     "references": {"brought": false, "ready": [0, 72]},
     "heard": [{"at": 0, "promises": 168, "requests_references": true, "decides": null, "invites_interview": null}],
     "done": [{"kind": "thank_you_email", "at": 180, "answered": false}],
     "action": {"kind": "hold_back", "until": 240}, "expected": "patient", "note": "for readers only"}

Times are hours since the last interview, except `interview` itself: the local time at which it ended. What belongs to
an earlier interview lies before zero. `ready` may be one time for all referees. `invites_interview` is true or the
end of the interview to come; from then on, a new round has begun. `note` is never read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from etiquette.files import Fields, Node, Problems
from etiquette.judge.finding import Verdict
from etiquette.judge.lengths import AN_HOUR
from etiquette.judge.situation import AT_THE_INTERVIEW, Action, Contact, Decision, Kind, Situation, Word

KINDS = {kind.value: kind for kind in Kind}
CONTACTS = {name: kind for name, kind in KINDS.items() if kind is not Kind.HOLD_BACK}
VERDICTS = {verdict.value: verdict for verdict in Verdict}
INTERVIEWERS = {str(number): number for number in range(1, 13)}
LONGEST = 1e5  # hours
FIRST_YEAR, LAST_YEAR = 1950, 2150
DECISIONS = {decision.value: decision for decision in Decision}


@dataclass(frozen=True, slots=True)
class Case:
    """A situation, the action taken in it, and the verdict expected, if the case names one."""

    id: str
    situation: Situation
    action: Action
    expected: Verdict | None = None


def read_case(line: str, number: int = 1, file: str = "cases") -> Case:
    """The case on one line of a file. `number` is the line number, for error messages.

    Raises:
        PackError: the line is not a valid case; lists every problem in it.
    """
    problems = Problems(file)
    try:
        value = json.loads(line)
        json.dumps(value, ensure_ascii=False).encode()  # refuse a lone surrogate, which cannot be printed
    except (ValueError, RecursionError) as error:
        problems.add(number, "", "", f"this line is not JSON ({error}); write one object on each line.")
        problems.raise_if_any()
    case = Fields(Node.of(value, number), "", problems)
    problems.raise_if_any()

    now: timedelta | None = case.hours("now")
    if problems.found:
        now = None  # missing or invalid, so other times cannot be compared with it
    identifier = case.text("id")
    interview = _interview(case)
    references = case.mapping("references")
    brought, ready = references.flag("brought"), references.each_hours("ready", AT_THE_INTERVIEW)
    references.done()
    interviewers = case.one_of("interviewers", INTERVIEWERS, "number of interviewers", 1)
    deadline, through_recruiter = case.hours("deadline", None), case.flag("through_recruiter")
    heard = [_word(word, now) for word in case.items("heard")]
    done = [_contact(contact, now) for contact in case.items("done")]
    kind, until = _action(case.mapping("action"), now)
    expected = case.one_of("expected", VERDICTS, "verdict", None)
    _ = "note" in case  # marks it as a known field
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
        interviewers=interviewers,
        deadline=deadline,
        through_recruiter=through_recruiter,
    )
    return Case(identifier, situation, Action(kind, until), expected)


def _interview(case: Fields) -> datetime | None:
    """The local time at which the interview ended, with the time zone if one is given."""
    interview: datetime | None = case.date_time("interview", None)
    if interview is not None and not FIRST_YEAR <= interview.year <= LAST_YEAR:
        case.problem("interview", f"is not a year we can use; write one from {FIRST_YEAR} to {LAST_YEAR}.")
        return None
    name = case.text("zone", None)
    if name is None:
        return interview
    if interview is None:
        case.problem("zone", "needs 'interview' too; add when the interview ended, or take this out.")
        return None
    try:
        return interview.replace(tzinfo=ZoneInfo(name))
    except (ValueError, KeyError, OSError):  # malformed, unknown, or the name of a directory
        case.problem("zone", "is not a time zone we know; write one such as Europe/London.")
        return None


def _word(word: Fields, now: timedelta | None) -> Word:
    at = _past_time(word, now)
    promises = _later(word, "promises", at)
    call_at = _later(word, "call_at", at)
    invited, interview_at = _invitation(word, at)
    result = Word(
        at=at,
        promises=promises,
        requests_references=word.flag("requests_references"),
        asks=word.flag("asks"),
        invites_call=word.flag("invites_call") or call_at is not None,
        call_at=call_at,
        no_calls=word.flag("no_calls"),
        decides=word.one_of("decides", DECISIONS, "decision", None),
        invites_interview=invited,
        interview_at=interview_at,
        automatic=word.flag("automatic"),
        reposted=word.flag("reposted"),
    )
    word.done()
    return result


def _later(word: Fields, key: str, at: timedelta) -> timedelta | None:
    """A time that has to lie after the moment the word was said."""
    later: timedelta | None = word.hours(key, None, least=-LONGEST)
    if later is not None and later <= at:
        word.problem(key, "is not after the moment when it was said; write it in hours since the interview.")
    return later


def _invitation(word: Fields, at: timedelta) -> tuple[bool, timedelta | None]:
    """Whether the word invites to another interview, and the end of that interview, if it is known."""
    if word.is_flag("invites_interview"):
        return word.flag("invites_interview"), None
    interview_at = _later(word, "invites_interview", at)
    return interview_at is not None, interview_at


def _contact(contact: Fields, now: timedelta | None) -> Contact:
    kind = contact.one_of("kind", CONTACTS, "contact")
    result = Contact(kind or Kind.REPLY, _past_time(contact, now), contact.flag("answered"))
    contact.done()
    return result


def _action(action: Fields, now: timedelta | None) -> tuple[Kind, timedelta | None]:
    kind: Kind = action.one_of("kind", KINDS, "action") or Kind.HOLD_BACK
    until: timedelta | None = action.hours("until", None)
    if until is not None and kind is not Kind.HOLD_BACK:
        action.problem("until", "goes with hold_back only; take it out.")
        until = None
    elif until is not None and now is not None and until < now:
        action.problem(
            "until", f"has already passed: it is {now / AN_HOUR:g} hours after the interview. Write a later time."
        )
    action.done()
    return kind, until


def _past_time(event: Fields, now: timedelta | None) -> timedelta:
    """The time of an event, which must not be later than `now`."""
    at: timedelta = event.hours("at", least=-LONGEST) or AT_THE_INTERVIEW
    if now is not None and at > now:
        event.problem("at", f"is later than now, {now / AN_HOUR:g} hours after the interview; write when it happened.")
    return at
