"""The quiz on the page: one question at a time, how sure the learner is, the debrief and the certificate."""

from etiquette.views.quiz.question import SURENESS_LABELS
from etiquette.views.quiz.quiz import QuizView, ask

__all__ = ["SURENESS_LABELS", "QuizView", "ask"]
