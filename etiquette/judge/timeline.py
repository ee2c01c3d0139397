"""What has happened in an application, in words and in chronological order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from etiquette.judge.situation import AT_THE_INTERVIEW, CALLS, Contact, Decision, Kind, Situation, Word

CONTACT_LABELS = {
    Kind.SEND_REFERENCES: "You sent your references",
    Kind.THANK_YOU_EMAIL: "You emailed to thank them",
    Kind.STATUS_EMAIL: "You emailed to ask about a decision",
    Kind.EMAIL_ASKING_OUTCOME: "You emailed to ask whether you got the job",
    Kind.CALL: "You called",
    Kind.LEAVE_MESSAGE: "You left a voicemail",
    Kind.CALL_AGAIN: "You called again",
    Kind.INVITED_CALL: "You called, as they’d asked",
    Kind.REPLY: "You replied to them",
    Kind.DROP_IN: "You dropped in without an appointment",
    Kind.SOCIAL_MEDIA_MESSAGE: "You wrote to somebody’s private account",
    Kind.GIFT: "You sent a gift",
    Kind.BYPASS: "You contacted somebody else there",
    Kind.MENTION_DEADLINE: "You told them about the deadline of your other offer",
}


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """Something that happens at a time since the interview, and what it is, in words.

    `whose` is "you", "they" or, for what both take part in, "both".
    """

    whose: str
    at: timedelta
    label: str


def timeline_events(situation: Situation) -> list[TimelineEvent]:
    """Everything that has happened, in chronological order."""
    events = [TimelineEvent("both", AT_THE_INTERVIEW, _interview_label(situation))]
    for word in situation.words:
        if word.at != AT_THE_INTERVIEW:
            events.append(TimelineEvent("they", word.at, _word_label(word, situation)))
        if word.interview_at == situation.round_began != AT_THE_INTERVIEW:
            events.append(TimelineEvent("both", situation.round_began, "Your next interview"))
    events += [TimelineEvent("you", contact.at, _contact_label(contact)) for contact in situation.contacts]
    return sorted(events, key=lambda event: event.at)


def promised_date(situation: Situation) -> TimelineEvent | None:
    """The date by which you should hear from them or, once they have made you an offer, they want your answer."""
    dated = situation.offer or situation.promise
    if dated is None or dated.promises is None:
        return None
    return TimelineEvent("they", dated.promises, "Your answer is due" if situation.offer else "The date they gave you")


def timeline_with_dates(situation: Situation) -> list[TimelineEvent]:
    """Everything that has happened, the promised date and the present, in chronological order."""
    promised = promised_date(situation)
    dates = [*([promised] if promised else []), TimelineEvent("both", situation.now, "Now")]
    return sorted([*timeline_events(situation), *dates], key=lambda event: event.at)


def _contact_label(contact: Contact) -> str:
    label = CONTACT_LABELS[contact.kind]
    if contact.kind not in CALLS:
        return label
    return f"{label}, and spoke to them" if contact.answered else f"{label}, but nobody answered"


def _interview_label(situation: Situation) -> str:
    said = [part for word in situation.words if word.at == AT_THE_INTERVIEW for part in _word_parts(word, situation)]
    happened = [f"they {_listed(said)}"] * bool(said) + [
        "you handed over your references"
    ] * situation.references_brought
    return "Your interview" + (f": {', and '.join(happened)}" if happened else "")


def _word_label(word: Word, situation: Situation) -> str:
    if word.reposted:
        return "They advertised the job again"
    if word.automatic:
        return "You got an automatic reply" + (" that gave a date" if word.promises else "")
    return "They " + (_listed(_word_parts(word, situation)) or "wrote to you")


def _word_parts(word: Word, situation: Situation) -> list[str]:
    """What they did with this word."""
    plain_question = word.asks and not (word.invites_call or word.requests_references or word.decides)
    call_at, interview_at = (
        f" on {situation.date(at)}" if at is not None and situation.interview else ""
        for at in (word.call_at, word.interview_at)
    )
    if_silent = word.invites_call and word.promises is not None and not (word.call_at or word.decides)
    asked_for_call = "said to call if you hadn’t heard by then" if if_silent else f"asked you to call{call_at}"
    parts = {
        "offered you the job": word.decides is Decision.OFFER,
        "turned you down": word.decides is Decision.REFUSAL,
        f"invited you to another interview{interview_at.rpartition(' ')[0]}": word.invites_interview,
        "asked for your references": word.requests_references,
        "gave you a date": word.promises is not None,
        asked_for_call: word.invites_call,
        "asked you not to call": word.no_calls,
        "asked you a question": plain_question,
    }
    return [part for part, applies in parts.items() if applies]


def _listed(parts: list[str]) -> str:
    """'a', 'a and b', or 'a, b and c'."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
