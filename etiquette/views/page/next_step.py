"""What a learner does next, in words."""

from __future__ import annotations

from datetime import datetime

from etiquette.judge import A_DAY, Kind
from etiquette.practice import Activity, Lesson, NextStep, Progress, QuizPoint, StoryPoint, Topic, lessons
from etiquette.stories import Scenario, library

KIND_PHRASES: dict[str, str] = {
    Kind.SEND_REFERENCES: "sending references",
    Kind.THANK_YOU_EMAIL: "an email of thanks",
    Kind.STATUS_EMAIL: "asking for an update",
    Kind.EMAIL_ASKING_OUTCOME: "asking whether you got the job",
    Kind.CALL: "a call",
    Kind.LEAVE_MESSAGE: "leaving a voicemail",
    Kind.CALL_AGAIN: "a second call",
    Kind.INVITED_CALL: "a call they asked for",
    Kind.REPLY: "replying to them",
    Kind.DROP_IN: "dropping in",
    Kind.SOCIAL_MEDIA_MESSAGE: "writing to a private account",
    Kind.GIFT: "a gift",
    Kind.BYPASS: "contacting somebody else there",
    Kind.MENTION_DEADLINE: "mentioning another offer",
    Kind.HOLD_BACK: "holding back",
}


Offer = NextStep | StoryPoint | QuizPoint
"""What a learner is offered: a next step or, before that, a story or a quiz that is unfinished."""


def offer_in_words(offer: Offer, progress: Progress, now: datetime) -> tuple[str, str]:
    """A sentence on what is offered, and what its button says; empty if there is nothing to open."""
    match offer:
        case StoryPoint(run):
            return f"You’re in the middle of “{run.scenario.title}”.", f"Carry on with “{run.scenario.title}”"
        case QuizPoint(_):
            return "You’re in the middle of a quiz.", "Carry on with your quiz"
    title = activity_title(offer)
    return step_sentence(offer, title, progress, now), step_label(offer, title)


def step_sentence(step: NextStep, title: str, progress: Progress, now: datetime) -> str:
    """What to do next and why; `title` is that of its lesson or story."""
    match step.activity:
        case Activity.REVIEW:
            missed = kind_phrase(step.topics[0])
            return f"Have another go at something you missed: {missed}. There are three new questions."
        case Activity.LEARN:
            return f"Read the lesson “{title}”."
        case Activity.PLAY if not progress.records:
            return f"You haven’t started yet. “{title}” is a good story to begin with."
        case Activity.PLAY:
            return f"You haven’t played “{title}” yet."
        case Activity.SIT:
            return "You have played every story. Now take a graded quiz."
        case Activity.PLAY_AGAIN:
            return f"You could do better in “{title}”: your best grade so far is {progress.best[step.name]}."
        case Activity.REST if step.due:
            return f"You’re done for now. The next review is due {until(step.due, now)}."
        case _:
            return "You have done everything here, and done it well. You’re ready for your own interview."


def activity_title(step: NextStep) -> str:
    """The title of the lesson or story of a step; empty if it has none."""
    named: Lesson | Scenario | None = lessons().get(step.name) or library().get(step.name)
    return named.title if named else ""


def step_label(step: NextStep, title: str) -> str:
    """What the button that opens it says; empty if there is nothing to open."""
    match step.activity:
        case Activity.REVIEW:
            return "Try three new questions"
        case Activity.PLAY | Activity.PLAY_AGAIN if title:
            return f"Play “{title}”" + (" again" if step.activity is Activity.PLAY_AGAIN else "")
        case Activity.LEARN:
            return f"Open “{title}”"
        case Activity.SIT:
            return "Take the quiz"
    return ""


def kind_phrase(topic: Topic) -> str:
    """The kind of action that a topic is about."""
    return KIND_PHRASES.get(topic.kind, topic.kind)


def until(due: datetime, now: datetime) -> str:
    """How long it takes until then."""
    days = -((now - due) // A_DAY)
    return "within a day" if days <= 1 else f"in {days} days"
