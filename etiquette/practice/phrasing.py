"""The wordings of generated questions: what has happened, told to the learner, and what they could do now.

Wordings contain the placeholders of a `Job` and, where needed, `{when}`, `{then}`, `{today}` or `{clock}`. The wordings
of an option belong to its step, not to the situation: each is used as often when the step is right as when it is wrong.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from etiquette.judge import Contact, Decision, Kind, Situation, Word

# What has happened

INTERVIEWS = (
    "The interview was {when}.",
    "You shook hands and left {when}.",
    "That was {when}.",
    "You came out of the interview {when}.",
)
NO_DATE = (
    "“We’ll be in touch,” said {boss}, without saying when.",
    "They didn’t say when you’d hear.",
    "Nobody mentioned a date.",
    "“You’ll hear from us,” they said at the door.",
)
DATE_NAMED = (
    "“You’ll hear from us by {then},” said {boss}.",
    "{boss} said they’d decide by {then}.",
    "They promised you an answer by {then}.",
)
CALL_IF_SILENT = (
    "“If you haven’t heard by {then}, give me a call,” said {boss}.",
    "{boss} said you’d hear by {then}, and to call if you didn’t.",
)
NO_CALLS = (
    "“Please don’t call us about it,” said {boss}. “The phone never stops.”",
    "{boss} asked you not to call about the decision.",
)
REFERENCES_ASKED = (
    "{boss} asked for your references, and you hadn’t brought any.",
    "“And send me your references,” said {boss} on the way out.",
    "They want references from you, and you said you’d email them.",
)
REFERENCES_BROUGHT = (
    "You had your references with you, and {boss} kept the sheet.",
    "You handed {boss} your list of references in the interview.",
)
REFERENCES_NOT_MENTIONED = ("There was no talk of references.", "References didn’t come up.")
REFEREE_AWAITED = (
    "You’ve asked two people to be your referees, and neither has said yes yet.",
    "Your old manager is your only referee, and hasn’t answered you yet.",
)
REFEREES_PARTLY_READY = (
    "One of your two referees has said yes; the other hasn’t answered yet.",
    "Your old manager is happy to be a referee. The other person you asked is away.",
)
REFEREE_AGREED = (
    "You had to ask your referees first, and the last of them said yes {when}.",
    "You asked your old manager first, and got a yes {when}.",
)
THEY_WROTE = {
    "references": (
        "{boss} emailed {when}: could you send the names of two referees?",
        "An email from {boss} came {when}, asking for your references.",
    ),
    "call": (
        "{boss} emailed {when}: “Could you give me a call about the hours?”",
        "An email came {when}: could you call {boss} about a start date?",
    ),
    "arranged call": (
        "{boss} emailed {when}: “Could you call me on {then}? I have a question about your certificates.”",
        "An email came {when}: could you call {boss} on {then}, about the hours?",
    ),
    "next interview": (
        "{boss} emailed {when} to invite you to a second interview.",
        "An email came {when}: they’d like to see you again.",
    ),
    "question": (
        "{boss} emailed {when} to ask when you could start.",
        "An email came {when}: could you work every other Saturday?",
    ),
    "offer": (
        "{boss} emailed {when} to offer you the job, and would like your answer by {then}.",
        "The offer came by email {when}, and they need your answer by {then}.",
    ),
    "refusal": (
        "{boss} emailed {when}: the job has gone to somebody else.",
        "They turned you down {when}, in a friendly email from {boss}.",
    ),
    "date": (
        "{boss} emailed {when} to say it would take longer: they now hope to decide by {then}.",
        "{boss} let you know {when} that somebody was ill, and that they’d decide by {then}.",
    ),
    "news": (
        "{boss} emailed {when}: they’re still seeing people, and will be in touch.",
        "A short email came {when}: there are more candidates than they expected, and they’ll let you know.",
    ),
}
AUTOMATIC_REPLY = (
    "An automatic reply said that {boss} was away until {then}.",
    "An automatic reply came straight back: {boss} returns on {then}.",
)
CONTACT_MADE = {
    Kind.SEND_REFERENCES: ("You emailed your references {when}.", "You sent off your references by email {when}."),
    Kind.THANK_YOU_EMAIL: (
        "You emailed {boss} a short thank-you {when}.",
        "You thanked {boss} by email {when}.",
        "You sent an email of thanks {when}.",
    ),
    Kind.STATUS_EMAIL: (
        "You emailed {when} to ask how the decision was going.",
        "You asked {boss} for an update by email {when}.",
    ),
    Kind.CALL: ("You called {when}, and nobody picked up.", "You called {boss} {when}. Nobody answered."),
    Kind.INVITED_CALL: ("You called {when}, as {boss} had asked. Nobody answered.",),
    Kind.REPLY: ("You replied {when}.", "You answered {when}, in two lines."),
    Kind.LEAVE_MESSAGE: ("You left a short voicemail.", "You left a voicemail saying who had called."),
}
CALLING_NOW = (
    "You’re calling {boss} now. It rings eight times and goes to voicemail.",
    "You’re on the phone to {employer} now: nobody picks up, and you hear the beep.",
)
CALL_ANSWERED = (
    "You called {when} and got {boss}, who said they were still deciding.",
    "You called {when}. {boss} was friendly but in a hurry.",
)
SECOND_INTERVIEWS = (
    "The second interview was {when}. Nobody said when you’d hear.",
    "You met {boss} for the second time {when}, and nobody gave you a date.",
)
SILENCES = (
    "You’ve heard nothing since.",
    "There’s been nothing from them since.",
    "Since then, silence.",
    "They haven’t been in touch since.",
)
DISTRACTIONS = (
    "You’ve told three people about this job, and all three keep asking.",
    "You’re on a train, with an hour to fill and a phone in your hand.",
    "The kettle is on. You have a minute.",
    "Your savings will last until the end of next month.",
)
TEMPTATIONS = (
    *DISTRACTIONS,
    "Your sister thinks you’re being too polite.",
    "One friend who hires people says nobody minds a nudge. Another says everybody does.",
    "You’ve looked at your inbox four times since breakfast.",
    "Your flatmate asks how it went, and you notice how much you’d like to know.",
    "You’ve seen another vacancy, which you like a bit less.",
    "A former colleague says you can’t be too keen.",
    "You’d sleep better if you had done something about it.",
    "Your partner says to leave it, and your mother says not to.",
)
PRESENT_TIMES = ("It’s now {clock} on {today}.", "Today is {today}, and it’s {clock}.")


def email_topic(word: Word) -> str:
    """The key in `THEY_WROTE` for this email from the employer."""
    if word.decides:
        return "offer" if word.decides is Decision.OFFER else "refusal"
    if word.invites_interview:
        return "next interview"
    if word.requests_references:
        return "references"
    if word.invites_call:
        return "call" if word.call_at is None else "arranged call"
    if word.asks:
        return "question"
    return "news" if word.promises is None else "date"


def contact_wordings(contact: Contact, now: timedelta) -> tuple[str, ...]:
    """Sentences that tell of this contact."""
    if contact.kind in (Kind.CALL, Kind.INVITED_CALL) and contact.at == now:
        return CALLING_NOW
    return CALL_ANSWERED if contact.answered else CONTACT_MADE[contact.kind]


# What you could do now


class Step(StrEnum):
    """What an option offers, as far as its words tell. The situation decides which kind of action it is."""

    REFERENCES = "references"
    THANKS = "thanks"
    CALL = "call"
    VOICEMAIL = "voicemail"
    REPLY = "reply"
    WAIT = "wait"
    STATUS = "status"
    OUTCOME = "outcome"
    BYPASS = "bypass"
    VISIT = "visit"
    PRIVATE_MESSAGE = "private message"
    GIFT = "gift"


OPTIONS = {
    Step.REFERENCES: ("Email {boss} your references.", "Send your references to {boss}.", "Email your references now."),
    Step.THANKS: (
        "Email {boss} a thank-you.",
        "Send {boss} a short email of thanks.",
        "Thank {boss} by email for meeting you.",
    ),
    Step.CALL: ("Call {boss}.", "Give {boss} a call.", "Pick up the phone and call {boss}."),
    Step.VOICEMAIL: ("Leave {boss} a voicemail.", "Leave a voicemail with your name and number."),
    Step.REPLY: ("Reply to {boss}.", "Write back to {boss}.", "Answer {boss}’s email."),
    Step.WAIT: ("Leave it until {then}.", "Wait until {then}.", "Don’t do anything until {then}."),
    Step.STATUS: (
        "Email {boss} to ask how the decision is going.",
        "Ask {boss} by email if there’s any update.",
        "Email {boss} to ask where things stand.",
    ),
    Step.OUTCOME: ("Email {boss} to ask whether you’ve got the job.", "Ask {boss} by email if the job is yours."),
    Step.BYPASS: ("Write to {boss}’s manager.", "Ask somebody else at {employer} how it’s going."),
    Step.VISIT: ("Go to {employer} in person.",),
    Step.PRIVATE_MESSAGE: ("Send {boss} a message on social media.",),
    Step.GIFT: ("Send {boss} a box of chocolates with a card.",),
}
KINDS = {
    Step.REFERENCES: Kind.SEND_REFERENCES,
    Step.THANKS: Kind.THANK_YOU_EMAIL,
    Step.VOICEMAIL: Kind.LEAVE_MESSAGE,
    Step.REPLY: Kind.REPLY,
    Step.WAIT: Kind.HOLD_BACK,
    Step.STATUS: Kind.STATUS_EMAIL,
    Step.OUTCOME: Kind.EMAIL_ASKING_OUTCOME,
    Step.BYPASS: Kind.BYPASS,
    Step.VISIT: Kind.DROP_IN,
    Step.PRIVATE_MESSAGE: Kind.SOCIAL_MEDIA_MESSAGE,
    Step.GIFT: Kind.GIFT,
}


def kind_of(step: Step, s: Situation) -> Kind | None:
    """The kind of action that this step is in this situation; None if it is impossible."""
    match step:
        case Step.CALL if s.invitation:
            return Kind.INVITED_CALL
        case Step.CALL:
            return Kind.CALL_AGAIN if s.unasked_call else Kind.CALL
        case Step.REPLY if s.last_heard <= s.round_began:
            return None
        case Step.VOICEMAIL if s.last_call is None or s.last_call.answered:
            return None
    return KINDS[step]
