"""The facts of a question with a situation in words, for a facilitator to change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from etiquette.plan import Application, ApplicationEvent, elapsed, format_time

END_OF_DAY = (23, 59)  # how a deadline on a day is saved
ROUNDS = {1: "an interview", 2: "your second interview", 3: "your third interview"}
MEDIUMS = {"person": "", "video": " by video", "phone": " by phone"}
CONTACTS = {
    "recruiter": "Your only contact is a recruiter.",
    "portal": "You can only reach them through a portal or a no-reply address.",
}
NUMBERS = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six"}

HAPPENED = {
    "wrote": "they got in touch, but didn’t ask you anything",
    "promises": "they got in touch, but didn’t say when you’d hear",
    "asks": "they asked you a question",
    "requests_references": "they asked you to send your references",
    "invites_call": "they asked you to call them",
    "call_if_silent": "they said you could call if you heard nothing",
    "silence_refuses": "they said that if you heard nothing, the answer was no",
    "no_calls": "they asked you not to call",
    "redirects": "they told you to write to somebody else",
    "invites_interview": "they invited you to another interview",
    "calls_off": "they called off the next interview",
    "offer": "they offered you the job",
    "refusal": "they turned you down",
    "automatic": "you got an automatic reply",
    "reposted": "they advertised the job again",
    "send_references": "you sent them your references",
    "send_some_references": "you sent them some of your references",
    "thank_you_email": "you thanked them by email",
    "reply": "you replied to them",
    "accept_offer": "you accepted their offer",
    "decline_offer": "you declined their offer",
    "thank_for_offer": "you thanked them for the offer and asked for time to think",
    "call": "you called, but nobody answered",
    "call_and_message": "you called and left a voicemail",
    "call_answered": "you called and spoke to them",
    "invited_call": "you called as they’d asked, but nobody answered",
    "invited_call_answered": "you called as they’d asked, and spoke to them",
    "status_email": "you emailed to ask for an update",
    "email_asking_outcome": "you emailed to ask whether you’d got the job",
    "mention_deadline": "you told them about the deadline for your other offer",
    "drop_in": "you dropped in without an appointment",
    "social_media_message": "you sent a message to somebody’s private account",
    "gift": "you sent them a card or a gift",
    "bypass": "you contacted somebody else there",
    "deadline": "you got an offer from another employer",
}
"""What happened, by kind of event, if there is no second date."""
WITH_DATE = {
    "call_if_silent": "they said you could call if you hadn’t heard by {date}",
    "silence_refuses": "they said that if you heard nothing by {date}, the answer was no",
    "invites_interview": "they invited you to another interview, which would end at {date}",
    "calls_off": "they moved the next interview, which would now end at {date}",
    "offer": "they offered you the job, and asked for an answer by {date}",
    "automatic": "you got an automatic reply, which said that they’d be back at {date}",
    "deadline": "you got an offer from another employer, which you have to answer by {date}",
}
DAY_ALONE = {"would end at": "would be on", "would now end at": "would now be on", "back at": "back on"}

WHEN = re.compile(
    r"(?:by|within|in(?! touch)|on|before|after|at|around|towards?|soon|shortly|next|this|tomorrow|today|tonight|early"
    r"|later?|during|over|no later than|as soon as|some ?time)\b",
    re.IGNORECASE,
)
PART = re.compile(r"(?:the )?(?=(?:end|start|beginning|middle) of\b)", re.IGNORECASE)
LENGTH = re.compile(
    r"(?:about |around )?(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|several|\d+)\b[\w\s–-]*"
    r"(?:hours?|days?|weeks?|months?)(?: time)?",
    re.IGNORECASE,
)
DATE = re.compile(r"(?:\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)", re.IGNORECASE)
MORE_THAN_A_TIME = re.compile(r"[,.;:!?](?!\d)|\b(?:if|but|please|we|we’ll|you|you’ll|call|us|I|I’ll)\b", re.IGNORECASE)
SENTENCE = re.compile(r"(?:we|you|they|i|it|please|if|somebody|someone)\b", re.IGNORECASE)

PLAIN_WORD = re.compile(r"[A-Z][a-z]+(?:[-’'][a-z]+)?")
LANGUAGES = "Arabic|Chinese|Dutch|English|French|German|Greek|Irish|Italian|Japanese|Latin|Polish|Russian|Spanish|Welsh"
NAMES = frozenset((*LANGUAGES.split("|"), "Java", "Linux", "Python"))
SOLE = re.compile(r"(?:head|chief|director|deputy head|vice[- ]president)\b(?: of\b)?")  # there is only one of these
PLACE_OF_WORK = re.compile(r"(?:internship|apprenticeship|traineeship|placement|role|job|position|post|scheme)$")
FIELD = re.compile(r"(?:[a-z]{3,}ing|administration|HR|IT|sales|finance|logistics|management|retail|law|research)$")
AN = re.compile(r"(?:[aeio](?!ne-)|u(?!ni|s[aeu]|k\b)|hour|honor|heir|[AEFHILMNORSX](?=[A-Z]))(?!uro)")


def draft_story(application: Application, now: datetime) -> str:
    """The interview, what has happened since, and the present: a paragraph for each, as far as there is something."""
    since = [event for event in _by_time(application) if elapsed(application.interview, event.at)]
    happened = " ".join(f"On {_moment(_local(application, event.at))}, {_happened(event)}" for event in since)
    present = f"It’s now {_moment(_local(application, now))}."
    return "\n\n".join(filter(None, [" ".join(_interview(application)), happened, present]))


def _interview(application: Application) -> Iterator[str]:
    """The interview and what was said there, in sentences."""
    which = ROUNDS[application.round] + MEDIUMS[application.medium]
    what = f" for {job_in_words(application.job)}" if application.job else ""
    where = f" at {application.employer}" if application.employer else ""
    yield _sentence(f"you had {which}{what}{where}")
    yield f"It ended on {_moment(application.interview)}."
    if application.interviewers > 1:
        yield f"{NUMBERS[application.interviewers]} people interviewed you."
    if application.references_brought:
        yield "They already have your references."
    for event in _by_time(application):
        if not elapsed(application.interview, event.at) and not (event.what == "no_calls" and event.said):
            yield _sentence(_happened(event).removesuffix("."))
    if application.referees_ready:
        day = _day(application.referees_ready[-1])
        some = "Some of your referees have agreed. You expect the rest to agree by"
        yield f"{some if len(application.referees_ready) > 1 else 'You expect your referees to agree by'} {day}."
    if application.contact in CONTACTS:
        yield CONTACTS[application.contact]


def _by_time(application: Application) -> list[ApplicationEvent]:
    return sorted(application.events, key=lambda event: event.at.timestamp())


def _happened(event: ApplicationEvent) -> str:
    """What happened, as the rest of a sentence, with its full stop."""
    if event.what == "promises" and (event.said or event.then):
        return _finished(_promised(event))
    if event.what == "invites_call" and (when := _when(event, "on")):
        return _finished(f"they asked you to call them {when}")
    if event.then is None or event.what not in WITH_DATE:
        said = f" (“{event.said}”)" if event.said and event.what != "no_calls" else ""
        return _finished(HAPPENED[event.what] + said)
    text = WITH_DATE[event.what]
    if _whole_day(event.then):
        for clock, day in DAY_ALONE.items():
            text = text.replace(clock, day)
    return _finished(text.format(date=_date(event.then)))


def _promised(event: ApplicationEvent) -> str:
    """What they said about hearing back."""
    if when := _when(event, "by"):
        return f"they said you’d hear {when}"
    said = event.said.strip().rstrip(".")
    if SENTENCE.match(said):
        return f"they told you: “{said[0].upper()}{said[1:]}.”"
    return f"they said this about hearing back: “{said}”"


def _when(event: ApplicationEvent, preposition: str) -> str:
    """The words of a second date as they follow a verb: 'within a week', 'by Friday 13 March'. Empty if they are more
    than that.
    """
    said = event.said.strip().rstrip(".")
    if MORE_THAN_A_TIME.search(said):
        return ""
    if WHEN.match(said):
        return said[0].lower() + said[1:]
    if LENGTH.fullmatch(said):
        return f"within {said[0].lower()}{said[1:]}"
    if PART.match(said):
        return f"by the {PART.sub('', said, count=1)}"
    if event.then and (not said or DATE.match(said)):
        return f"{preposition if _whole_day(event.then) or preposition == 'by' else 'at'} {_date(event.then)}"
    return ""


def job_in_words(job: str) -> str:
    """A job as it follows 'an interview for': 'a job as a nurse', 'a job in marketing', 'a summer internship'."""
    words = (word.lower() if PLAIN_WORD.fullmatch(word) and word not in NAMES else word for word in job.split())
    name = re.sub(r"^(?:an?|the) ", "", " ".join(words), flags=re.IGNORECASE)
    article = "an" if AN.match(name) else "a"
    if PLACE_OF_WORK.search(name):
        return f"{article} {name}"
    if SOLE.match(name):
        return f"a job as {name}"
    return f"a job in {name}" if FIELD.search(name) else f"a job as {article} {name}"


def _sentence(text: str) -> str:
    return _finished(text[0].upper() + text[1:])


def _finished(text: str) -> str:
    return text if text.endswith(".”") else f"{text}."


def _local(application: Application, at: datetime) -> datetime:
    return at.astimezone(application.interview.tzinfo)


def _whole_day(at: datetime) -> bool:
    return (at.hour, at.minute) == END_OF_DAY


def _date(at: datetime) -> str:
    return _day(at) if _whole_day(at) else f"{format_time(at)} on {_day(at)}"


def _moment(at: datetime) -> str:
    return f"{_day(at)} at {format_time(at)}"


def _day(at: datetime) -> str:
    return f"{at:%A} {at.day} {at:%B}"
