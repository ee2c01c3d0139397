"""The notes on a plan: how dates were read, and which facts do not change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from etiquette.judge import AT_THE_INTERVIEW, Kind, Situation
from etiquette.plan.application import Application
from etiquette.plan.hearing import read_hearing
from etiquette.plan.local_time import later, zone_of

SATURDAY = 5
REPOSTED = "They’ve advertised the job again. Adverts are often renewed automatically, so this tells you nothing."
AUTOMATIC = "An automatic reply isn’t an answer. It only tells you when they’re back."
PORTAL = (
    "You don’t have anybody’s email address or number. Write through the portal, and don’t look for private accounts. "
    "There’s no call in this plan."
)
RECRUITER = "You came through a recruiter, so write to the recruiter, who’ll speak to the employer for you."
REDIRECTED = "They told you to write to somebody else. From now on, write to that person. Nobody will mind."
SEVERAL = "You met several people. Write each of them a short thank-you email, and send all of them within the hour."
NO_CALLS = "They asked you not to call, so there’s no call in this plan."
OFFER_ANSWERED = (
    "You’ve replied to their offer. If you haven’t accepted or declined it yet, choose “I thanked them for the offer "
    "and asked for time” instead, because you still owe them an answer."
)
SILENCE_REFUSES = "They said that silence after {} means no, so this plan ends there."
DEADLINE_PASSED = (
    "The deadline for your other offer has passed. If you took that job, tell this employer in a short, kind email. If "
    "you didn’t, this plan still applies."
)
NOT_DATED = "They haven’t set a date for the next interview. When they do, add it here and make a new plan."


def notes(application: Application, situation: Situation, steps: Mapping[Kind, datetime]) -> Iterator[str]:
    """Sentences for the learner on a plan with these steps."""
    began, then = situation.round_began, situation.next_interview
    dated = next(application.latest("promises", "call_if_silent", "silence_refuses"), None)
    if dated and dated.said and dated.at >= later(application.interview, began) and not situation.decided:
        yield read_hearing(dated.said, dated.at.astimezone(zone_of(application.interview))).why
    if began > AT_THE_INTERVIEW:
        day = later(application.interview, began)
        yield f"The wait starts again from your interview on {day:%A} {day.day} {day:%B}."
    if then is None and situation.heard and situation.heard.invites_interview:
        yield NOT_DATED
    for what, note in (("redirects", REDIRECTED), ("automatic", AUTOMATIC), ("reposted", REPOSTED)):
        if any(application.latest(what)):
            yield note
    if (refused := application.silence_refuses) and not situation.decided:
        yield SILENCE_REFUSES.format(f"{refused:%A} {refused.day} {refused:%B}")
    if situation.deadline is not None and situation.now >= situation.deadline and not situation.refusal:
        yield DEADLINE_PASSED
    replied = next(application.latest("reply", "accept_offer", "decline_offer"), None)
    if situation.offer and not situation.answer_owed and (replied is None or replied.what == "reply"):
        yield OFFER_ANSWERED
    if situation.no_calls:
        yield PORTAL if application.contact == "portal" else NO_CALLS
    if application.contact == "recruiter":
        yield RECRUITER
    if application.interviewers > 1 and Kind.THANK_YOU_EMAIL in steps:
        yield SEVERAL
    if steps:
        yield from _holidays(application, situation, max(steps.values()))


def _holidays(application: Application, situation: Situation, last: datetime) -> Iterator[str]:
    """The public holidays on working days within the plan."""
    first = later(application.interview, situation.now).date()
    days = [day for day in sorted(situation.days_off) if first <= day <= last.date() and day.weekday() < SATURDAY]
    if days:
        named = [f"{day:%A} {day.day} {day:%B}" for day in days]
        are = "is a public holiday" if len(days) == 1 else "are public holidays"
        yield f"{' and '.join(filter(None, [', '.join(named[:-1]), named[-1]]))} {are} there."
