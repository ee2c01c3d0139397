"""Cases: one situation and one action a line, as JSON, to hold the judge against.

Times are hours since the interview. The facts of a case know less than a situation: not when the employer was
heard from, so that is taken to be just now, and a request for references to have come with it. Three things that
they have no field for are taken from the story, where it says them plainly: a weekend, a referee who has yet to
agree, and an invitation to call.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime

from etiquette.errors import Problems
from etiquette.fields import Fields, suggest
from etiquette.guidelines import Verdict
from etiquette.situation import A_DAY, AT_THE_INTERVIEW, Action, Contact, Kind, Situation, Word
from etiquette.tree import Node

# Cases come from several hands and are not of one mind about names. The first of these words that stands
# in a name decides what it means; 'wait' is what they call holding back.
TELLTALES = (
    (("gift", "flowers", "present"), Kind.GIFT),
    (("social", "linkedin", "facebook", "instagram", "private", "personal"), Kind.SOCIAL_MEDIA_MESSAGE),
    (("drop", "visit", "in_person", "walk", "turn_up", "show_up"), Kind.DROP_IN),
    (("wait", "hold", "nothing"), Kind.HOLD_BACK),
    (("outcome", "result"), Kind.EMAIL_ASKING_OUTCOME),
    (("reference",), Kind.SEND_REFERENCES),
    (("thank",), Kind.THANK_YOU_EMAIL),
    (("reply", "respond", "answer"), Kind.REPLY),
    (("voicemail", "message"), Kind.LEAVE_MESSAGE),
    (("call_again", "second_call", "repeat"), Kind.CALL_AGAIN),
    (("invited", "return", "call_back"), Kind.INVITED_CALL),
    (("call", "phone", "ring"), Kind.CALL),
    (("status", "follow", "inquir", "enquir", "check", "email", "other"), Kind.STATUS_EMAIL),
)


KINDS = {kind.value: kind for kind in Kind}


def kind_called(name: str) -> Kind | None:
    """The kind of action that a case means by this name."""
    if name in KINDS:
        return KINDS[name]
    for words, kind in TELLTALES:
        if any(word in name for word in words):
            return kind
    return None


FROM_FRIDAY_TO_MONDAY = re.compile(r"\bFriday\b.*\bMonday\b", re.DOTALL)
NO_YES_FROM_A_REFEREE = re.compile(
    r"\breferees?\b[^.;]*\b(has|have|had|is|are)(n['’]t| not| yet to| still to)\b"
    r"|\b(wait\w*|hear\w*|reply|answer|yes|consent|permission)\b[^.;]*\b(from|for|of)\b[^.;]*\breferees?\b",
    re.IGNORECASE,
)
ASKED_TO_CALL = re.compile(
    r"\b(was|were|been) (asked|told|invited) to (call|ring|phone)\b"
    r"|\b(employer|interviewer|manager|recruiter|company|office|they)\b[^.;]{0,40}"
    r"\b(ask|invit|tell|told)\w*\b[^.;]{0,30}\bto (call|ring|phone)\b",
    re.IGNORECASE,
)
A_FRIDAY_MORNING = datetime(2026, 3, 6, 8, 0)


@dataclass(frozen=True, slots=True)
class Case:
    """A situation, what is done in it, and the verdict expected, if one is."""

    id: str
    situation: Situation
    action: Action
    expected: Verdict | None = None


def read_case(line: str, number: int = 1, file: str = "cases") -> Case:
    """The case on this line of a file.

    Raises:
        PackError: the line is no case; it says what is wrong with it.
    """
    problems = Problems(file)
    try:
        node = Node.of(json.loads(line), number)
    except (ValueError, RecursionError) as error:
        problems.add(number, "", "", f"this line is not JSON ({error}); write one object a line.")
        node = Node({}, number)
    problems.raise_if_any()
    return _read_case(Fields(node, "", problems), number)


def _read_case(case: Fields, number: int) -> Case:
    facts, done = case.mapping("facts"), case.mapping("action")
    now = done.hours("hours_after_interview", facts.hours("hours_since_interview", None))
    kind = _kind(done)
    until = done.hours("until", None)
    expected = case.one_of("expected", {v.value: v for v in Verdict}, "verdict", None)

    story = case.text("situation", "")
    at_any_time = "any time" in story or "anytime" in story  # a kindness, not an invitation
    invited = kind is Kind.CALL and not at_any_time and ASKED_TO_CALL.search(story) is not None
    ready = AT_THE_INTERVIEW
    if NO_YES_FROM_A_REFEREE.search(story):
        ready = now if kind is Kind.SEND_REFERENCES else now + A_DAY

    heard, requested = facts.flag("heard_from_employer"), facts.flag("references_requested")
    promised = facts.hours("timeline_given_days", None, unit="days")
    words = [Word(requests_references=requested and not heard, promises=promised)]
    if heard:
        words += [Word(now, requests_references=requested), Word(now)]
    if invited:
        words.append(Word(now, invites_call=True))

    contacts = []
    for email in facts.items("emails_sent"):
        contacts.append(Contact(_kind(email), email.hours("hours_after_interview")))
    for call in facts.items("calls_made"):
        at = call.hours("hours_after_interview")
        contacts.append(Contact(Kind.CALL, at, answered=call.flag("answered")))
        if call.flag("left_message"):
            contacts.append(Contact(Kind.LEAVE_MESSAGE, at))
    if facts.flag("references_sent") and not any(c.kind is Kind.SEND_REFERENCES for c in contacts):
        contacts.append(Contact(Kind.SEND_REFERENCES, AT_THE_INTERVIEW))
    for contact in contacts:
        if contact.at > now:
            facts.problem("hours_since_interview", "is earlier than something that has been done already.")
    case.problems.raise_if_any()

    situation = Situation(
        now,
        words=tuple(words),
        contacts=tuple(sorted(contacts, key=lambda contact: contact.at)),
        interview=A_FRIDAY_MORNING if FROM_FRIDAY_TO_MONDAY.search(story) else None,
        references_brought=facts.flag("references_brought"),
        references_ready=ready,
    )
    held = until if kind is Kind.HOLD_BACK else None
    action = Action(Kind.INVITED_CALL if invited else kind, held)
    return Case(case.text("id", f"line {number}"), situation, action, expected)


def _kind(fields: Fields) -> Kind:
    name = fields.text("kind", "")
    kind = kind_called(name)
    if kind is None:
        fields.problem("kind", f"is no action. {suggest(name, Kind)}")
    return kind or Kind.HOLD_BACK
