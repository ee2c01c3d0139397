"""A review: new questions on a topic that was missed."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime

from etiquette.judge import GUIDELINES, Kind, Policy
from etiquette.practice import Quiz, Sitting, Topic
from etiquette.views.controls import Announcer, ProgressStore, utc_now
from etiquette.views.quiz.quiz import QuizView

REVIEW_LENGTH = 3  # questions


class Reviewer(QuizView):
    """Reviews, one after another. Each is passed if no answer is mistaken, and is kept only once it is over."""

    def __init__(
        self,
        topic: Topic,
        policy: Policy,
        progress_store: ProgressStore,
        announcer: Announcer,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.topic = topic
        super().__init__(
            policy=policy, progress_store=progress_store, announcer=announcer, quiz=_draw(topic, policy), clock=clock
        )

    def review(self, topic: Topic) -> None:
        """Ask new questions on this topic."""
        self.topic = topic
        self.resume(Sitting(_draw(topic, self.policy)))

    def _record(self, sitting: Sitting) -> None:
        answers = zip(sitting.quiz.questions, sitting.answers, strict=True)
        right = not any(question.mistaken(answer.option) for question, answer in answers)
        self.progress_store.keep(self.progress_store.progress.reviewed(self.topic, self.clock(), right=right))

    def _keep(self) -> None:
        """Keep nothing: a review takes a minute."""

    def _kept(self) -> Sitting | None:
        return None


def _draw(topic: Topic, policy: Policy) -> Quiz:
    """New questions on a topic, or on everything if it was saved by another version, and this one has none about it."""
    known = topic.guideline in GUIDELINES and topic.kind in list(Kind)
    filters = (topic.guideline, Kind(topic.kind)) if known else ()
    return Quiz.draw(secrets.token_hex(4), REVIEW_LENGTH, policy, *filters)
