"""What a plan says besides its steps: how dates were taken, and which facts change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from etiquette.judge import AT_THE_INTERVIEW, Situation
from etiquette.plan.application import Application
from etiquette.plan.hearing import read_hearing
from etiquette.plan.local_time import later, zone_of

SATURDAY = 5
REPOSTED = "They listed the job again. Many employers do that without looking, so it tells you nothing either way."
AUTOMATIC = "An automatic reply isn’t an answer. It only tells you when they’re back."
PORTAL = (
    "You have no address or number for a person. Send what you write through the portal, and don’t look for private "
    "accounts: there’s no call in this plan."
)
RECRUITER = "You deal with a recruiter, so every step goes to them. They speak to the employer for you."
REDIRECTED = "They named somebody else to write to. From now on, write to that person. Nobody will mind."
SEVERAL = "You met several people. Send each of them a short thank-you of their own, within the same hour."
NO_CALLS = "They asked you not to call, so there’s no call in this plan."
NOT_DATED = "They haven’t named a day for the next interview. Once they do, add it and make a new plan."


def notes(application: Application, situation: Situation, last: datetime) -> tuple[str, ...]:
    """Sentences for the learner. `last` is when the plan ends."""
    return tuple(_notes(application, situation, last))


def _notes(application: Application, situation: Situation, last: datetime) -> Iterator[str]:
    began, then = situation.round_began, situation.next_interview
    dated = next(application.latest("promises", "call_if_silent"), None)
    if dated and dated.said and dated.at >= later(application.interview, began) and not situation.decided:
        yield read_hearing(dated.said, dated.at.astimezone(zone_of(application.interview))).why
    if began > AT_THE_INTERVIEW:
        day = later(application.interview, began)
        yield f"Since the interview on {day:%A} {day.day} {day:%B}, the clock starts again."
    if then is None and situation.heard and situation.heard.invites_interview:
        yield NOT_DATED
    for what, note in (("redirects", REDIRECTED), ("automatic", AUTOMATIC), ("reposted", REPOSTED)):
        if any(application.latest(what)):
            yield note
    if situation.no_calls:
        yield PORTAL if application.contact == "portal" else NO_CALLS
    if application.contact == "recruiter":
        yield RECRUITER
    if application.interviewers > 1 and not situation.decided:
        yield SEVERAL
    yield from _holidays(application, situation, last)


def _holidays(application: Application, situation: Situation, last: datetime) -> Iterator[str]:
    """The public holidays on working days within the plan."""
    first = later(application.interview, situation.now).date()
    days = [day for day in sorted(situation.days_off) if first <= day <= last.date() and day.weekday() < SATURDAY]
    if days:
        named = [f"{day:%A} {day.day} {day:%B}" for day in days]
        are = "is a public holiday" if len(days) == 1 else "are public holidays"
        yield f"{' and '.join(filter(None, [', '.join(named[:-1]), named[-1]]))} {are} there."
