"""Cases: one situation and one action a line, as JSON, to hold the judge against.

Times are hours since the interview. The facts of a case know less than a situation: not when the employer was
heard from, nor what was said. That is taken from the story where it says so (`hearsay`); else it was just now, and a
request for references came with it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime

from etiquette.errors import Problems
from etiquette.fields import Fields, suggest
from etiquette.guidelines import Verdict
from etiquette.hearsay import Story
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

    story = Story(case.text("situation", ""), now)
    invited = story.invited(kind)
    ready = AT_THE_INTERVIEW
    if story.referee_undecided:
        ready = now if kind is Kind.SEND_REFERENCES else now + A_DAY

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

    words = _words(
        facts,
        kind,
        story,
        references_had=facts.flag("references_brought") or any(c.kind is Kind.SEND_REFERENCES for c in contacts),
    )
    if invited:
        words.append(Word(now, invites_call=True))
    elif story.invited_before:
        contacts = [replace(each, kind=Kind.INVITED_CALL) if each.kind is Kind.CALL else each for each in contacts]
    fresh = now - words[-1].at <= 2 * A_DAY and not words[0].promises
    if kind is Kind.THANK_YOU_EMAIL and not fresh and not story.is_an_answer:
        contacts += [Contact(Kind.REPLY, word.at) for word in words[1:]]  # what they wrote has been answered
    asked = next((word.at for word in words if word.requests_references), AT_THE_INTERVIEW)
    situation = Situation(
        now,
        words=tuple(words),
        contacts=tuple(sorted(contacts, key=lambda contact: contact.at)),
        interview=A_FRIDAY_MORNING - asked if story.over_a_weekend else None,
        references_brought=facts.flag("references_brought"),
        references_ready=ready,
    )
    held = until if kind is Kind.HOLD_BACK else None
    action = Action(Kind.INVITED_CALL if invited else kind, held)
    return Case(case.text("id", f"line {number}"), situation, action, expected)


def _words(facts: Fields, kind: Kind, story: Story, *, references_had: bool) -> list[Word]:
    """What the employer has said: at the interview and, if they were heard from, when the story says so."""
    requested = facts.flag("references_requested")
    promised = facts.hours("timeline_given_days", None, unit="days")
    if not facts.flag("heard_from_employer"):
        return [Word(requests_references=requested, promises=promised)]
    later = requested and (not references_had or story.asked_again)
    asks = kind is Kind.HOLD_BACK and story.question_open and not story.ended
    at = story.heard()
    interview = Word(requests_references=requested and not later, promises=promised)
    return [interview, Word(at, requests_references=later), Word(at, asks=asks, decides=story.ended)]


def _kind(fields: Fields) -> Kind:
    name = fields.text("kind", "")
    kind = kind_called(name)
    if kind is None:
        fields.problem("kind", f"is no action. {suggest(name, Kind)}")
    return kind or Kind.HOLD_BACK
