"""A facilitator's own question that the judge answers: they say what has happened and what one could do."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from etiquette.judge import A_MINUTE, RIGHT, Action, Kind, Policy, Situation, assess
from etiquette.plan import Application, EntryError, later
from etiquette.practice import Option, Question
from etiquette.room.errors import RoomError

FEWEST_OPTIONS, MOST_OPTIONS = 2, 6
MOST_CHARACTERS = 4_000  # of what a facilitator has written in one question
OWN = "own"  # the template of a question that was not generated from one


@dataclass(frozen=True, slots=True)
class OwnOption:
    """One thing to do, in the facilitator's words, and the action that the judge takes it for."""

    says: str
    action: Action


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """What has happened, as facts in `application` and in words in `asks`, and what the learner could do `now`.

    `now` counts from the end of the interview, as does the `until` of an option. Raises `RoomError` with a sentence for
    the facilitator if something is missing or impossible.
    """

    application: Application
    now: timedelta
    asks: str
    options: tuple[OwnOption, ...]

    def __post_init__(self) -> None:
        check_words(self.asks, tuple(option.says for option in self.options))
        if self.now < timedelta(0) or self.application.too_early(later(self.application.interview, self.now)):
            raise RoomError("Something here happens after the decision. Choose a later time for the decision.")
        for option in self.options:
            until = option.action.until
            if until is not None and until <= self.now:
                raise RoomError(f"“{option.says}” ends before the decision. Choose a later time to wait until.")
        try:
            _ = self.situation
        except ValueError:
            raise RoomError("These dates don’t fit together. Please check what happened, and when.") from None

    @property
    def situation(self) -> Situation:
        """The facts, as the judge sees them at the time of the decision."""
        return self.application.situation(later(self.application.interview, self.now))

    @property
    def id(self) -> str:
        """A fingerprint of the question, the same wherever it is asked."""
        said = repr((self.asks, self.options, self.application.to_json(), self.now))
        return f"{OWN}-{hashlib.sha256(said.encode()).hexdigest()[:12]}"

    def judged(self, policy: Policy) -> tuple[Option, ...]:
        """The options with the judge's verdicts and reasons, whether or not they make a question."""
        situation = self.situation
        judged = [(option, assess(situation, option.action, policy)) for option in self.options]
        return tuple(Option(option.says, option.action, found, found.reason) for option, found in judged)

    def question(self, policy: Policy) -> Question:
        """The question as a room asks it. Raises `RoomError` if no option is right, or none is the best; the message
        tells the facilitator what to change.
        """
        options = self.judged(policy)
        best, second = sorted(options, key=lambda option: option.credit, reverse=True)[:2]
        if best.assessment.verdict not in RIGHT:
            raise RoomError("None of your options is right. Please add the right one.")
        if best.credit == second.credit:
            raise RoomError(
                f"“{best.says}” and “{second.says}” are equally good. Please change one of them, "
                "so that there’s one best option."
            )
        return Question(self.id, best.assessment.guideline, OWN, self.asks, self.situation, options)

    def to_json(self) -> dict[str, Any]:
        """The question as plain values; `from_json` restores it."""
        options = [
            {
                "says": each.says,
                "kind": each.action.kind,
                "until": None if each.action.until is None else each.action.until // A_MINUTE,
            }
            for each in self.options
        ]
        now, application = self.now // A_MINUTE, self.application.to_json()
        return {"judged": self.asks, "application": application, "now": now, "options": options}

    @classmethod
    def from_json(cls, saved: dict[str, Any]) -> JudgedQuestion:
        """Restore a saved question. Raises `ValueError`, `KeyError` or `TypeError` if it is damaged."""
        try:
            application = Application.from_json(str(saved["application"]))
        except EntryError as error:
            raise ValueError(str(error)) from None
        options = tuple(OwnOption(str(each["says"]), _action(each)) for each in saved["options"])
        return cls(application, _minutes(saved["now"]), str(saved["judged"]), options)


def check_words(asks: str, options: tuple[str, ...]) -> None:
    """Raises `RoomError` unless a facilitator's question has words, and 2 to 6 different options."""
    if not asks.strip():
        raise RoomError("Please write your question first.")
    if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS or not all(map(str.strip, options)):
        raise RoomError(f"A question needs {FEWEST_OPTIONS} to {MOST_OPTIONS} options, with words in each.")
    if len(set(map(str.strip, options))) < len(options):
        raise RoomError("Two of your options say the same thing. Please change one of them.")
    if len(asks) + sum(map(len, options)) > MOST_CHARACTERS:
        raise RoomError(f"That question is too long. Please keep it below {MOST_CHARACTERS:,} characters.")


def _action(saved: dict[str, Any]) -> Action:
    return Action(Kind(saved["kind"]), None if saved["until"] is None else _minutes(saved["until"]))


def _minutes(saved: object) -> timedelta:
    if type(saved) is not int or not 0 <= saved < 10**7:
        raise ValueError(f"not a number of minutes: {saved!r}")
    return timedelta(minutes=saved)
