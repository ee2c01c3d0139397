"""Cases: one situation and one action a line, as JSON, to hold the judge against.

Times are hours since the interview. The facts of a case know less than a situation: not when the employer was
heard from, nor what was said. That is taken from the story where it says so (`hearsay`); else it was just now, and
references were asked for at the interview.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import timedelta

from etiquette.errors import Problems
from etiquette.fields import Fields, suggest
from etiquette.guidelines import Verdict
from etiquette.hearsay import Story
from etiquette.situation import A_DAY, AN_HOUR, AT_THE_INTERVIEW, Action, Contact, Kind, Situation, Word
from etiquette.tree import Node

# Cases come from several hands and are not of one mind about names. The first of these words that stands
# in a name decides what it means; 'wait' is what they call holding back.
TELLTALES = (
    (("gift", "flowers", "present"), Kind.GIFT),
    (
        ("social", "text", "direct_message", "whatsapp", "linkedin", "facebook", "instagram", "private", "personal"),
        Kind.SOCIAL_MEDIA_MESSAGE,
    ),
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
        value = json.loads(line)
        json.dumps(value, ensure_ascii=False).encode()  # half a character, which JSON allows, cannot be printed
        node = Node.of(value, number)
    except (ValueError, RecursionError) as error:
        problems.add(number, "", "", f"this line is not JSON ({error}); write one object a line.")
        node = Node({}, number)
    problems.raise_if_any()
    return _read_case(Fields(node, "", problems), number)


def _read_case(case: Fields, number: int) -> Case:
    facts, done = case.mapping("facts"), case.mapping("action")
    case.problems.raise_if_any()
    now = done.hours("hours_after_interview", facts.hours("hours_since_interview", None))
    if now is None:
        now = AT_THE_INTERVIEW
        if "hours_after_interview" not in done and "hours_since_interview" not in facts:
            done.problem("hours_after_interview", "is missing; add how many hours after the interview this is done.")
    kind = _kind(done)
    until = _until(done, kind, now)
    for told_elsewhere in ("answered", "left_message"):  # how a call went is no matter of its verdict
        done.flag(told_elsewhere)
    expected = case.one_of("expected", {v.value: v for v in Verdict}, "verdict", None)
    name, story = case.text("id", f"line {number}"), Story(case.text("situation", ""), now)
    brought = facts.flag("references_brought")
    contacts = _contacts(facts, now)
    called = any(contact.kind is Kind.CALL for contact in contacts)
    heard = facts.flag("heard_from_employer")
    at_the_interview = Word(
        requests_references=facts.flag("references_requested"),
        promises=facts.hours("timeline_given_days", None, unit="days"),
    )
    facts.done()
    done.done()
    case.problems.raise_if_any()

    had = next(
        (each.at for each in contacts if each.kind is Kind.SEND_REFERENCES), AT_THE_INTERVIEW if brought else None
    )
    done_so = story.kind(kind, called=called)
    action = Action(done_so, until)
    words = _words(at_the_interview, story, done_so, heard=heard, had=had)
    if called and story.invited_before:
        contacts = [replace(each, kind=Kind.INVITED_CALL) if each.kind is Kind.CALL else each for each in contacts]
        if kind is Kind.CALL_AGAIN:
            action = Action(Kind.CALL)  # the first that nobody asked for
    elif kind is Kind.INVITED_CALL or (kind in (Kind.CALL, Kind.CALL_AGAIN) and story.invited):
        action = Action(Kind.INVITED_CALL)
        invited = story.invited_at
        at = invited if invited is not None else words[-1].at if heard else now
        words = _joined([*words, Word(at, invites_call=True)])
    fresh = now - words[-1].at <= 2 * A_DAY and not any(word.promises for word in words)
    if kind is Kind.THANK_YOU_EMAIL and not fresh and not story.is_an_answer:
        contacts += [Contact(Kind.REPLY, word.at) for word in words if word.at]  # what they wrote has been answered
    asked = next((word.at for word in words if word.requests_references), None)
    situation = Situation(
        now,
        words=tuple(words),
        contacts=tuple(sorted(contacts, key=lambda contact: contact.at)),
        interview=None if asked is None else story.interview(asked),
        references_brought=brought,
        references_ready=story.references_ready(kind),
    )
    return Case(name, situation, action, expected)


def _until(done: Fields, kind: Kind, now: timedelta) -> timedelta | None:
    until: timedelta | None = done.hours("until", None)
    if until is None:
        return None
    if kind is not Kind.HOLD_BACK:
        done.problem("until", "is for holding back alone; take it out.")
        return None
    if until < now:
        done.problem("until", f"has gone by, {now / AN_HOUR:g} hours after the interview; write a later time.")
    return until


def _contacts(facts: Fields, now: timedelta) -> list[Contact]:
    """What the candidate has done before."""
    contacts = []
    for email in facts.items("emails_sent"):
        contacts.append(Contact(_kind(email), _time_before(now, email)))
        email.done()
    for call in facts.items("calls_made"):
        at = _time_before(now, call)
        contacts.append(Contact(Kind.CALL, at, answered=call.flag("answered")))
        if call.flag("left_message"):
            contacts.append(Contact(Kind.LEAVE_MESSAGE, at))
        call.done()
    if facts.flag("references_sent") and not any(c.kind is Kind.SEND_REFERENCES for c in contacts):
        contacts.append(Contact(Kind.SEND_REFERENCES, AT_THE_INTERVIEW))
    return contacts


def _time_before(now: timedelta, contact: Fields) -> timedelta:
    at: timedelta = contact.hours("hours_after_interview") or AT_THE_INTERVIEW
    if at > now:
        contact.problem(
            "hours_after_interview",
            f"is later than now, {now / AN_HOUR:g} hours after the interview; write when it was.",
        )
    return at


def _words(interview: Word, story: Story, kind: Kind, *, heard: bool, had: timedelta | None) -> list[Word]:
    """What the employer has said: at the interview and, if they were heard from, when the story says so.

    `had` is when they got the references.
    """
    if not heard:
        asked = story.dated_request
        if interview.requests_references and asked and had is None:
            return [replace(interview, requests_references=False), Word(asked, requests_references=True)]
        return [interview]
    words = [interview]
    for said in story.told:
        at = said.at or story.heard
        promises = said.promises(at, interview.promises)
        if promises == interview.promises:
            interview = words[0] = replace(interview, promises=None)
        asks = kind is Kind.HOLD_BACK and said.asks and not story.is_an_answer
        words.append(Word(at, promises=promises, asks=asks, decides=said.decides))
    if len(words) == 1:
        words.append(Word(story.heard))
    if interview.requests_references:
        asked = story.request
        if asked is None and had is None and story.text and not story.tells_of_the_request:
            asked = story.heard
        if asked is not None and (had is None or asked <= had):
            words[0] = replace(interview, requests_references=False)
            words.append(Word(asked, requests_references=True))
        elif had is not None and story.asked_again:
            words.append(Word(story.heard, requests_references=True))
    return _joined(words)


def _joined(words: list[Word]) -> list[Word]:
    """The words in order of time, those of one moment as one."""
    joined: dict[timedelta, Word] = {}
    for word in sorted(words, key=lambda word: word.at):
        before = joined.get(word.at, Word(word.at))
        joined[word.at] = Word(
            word.at,
            requests_references=before.requests_references or word.requests_references,
            promises=word.promises or before.promises,
            asks=before.asks or word.asks,
            invites_call=before.invites_call or word.invites_call,
            decides=before.decides or word.decides,
        )
    return list(joined.values())


def _kind(fields: Fields) -> Kind:
    name = fields.text("kind")
    kind = None if name is None else kind_called(name)
    if name is not None and kind is None:
        fields.problem("kind", f"is no action. {suggest(name, Kind)}")
    return kind or Kind.HOLD_BACK
