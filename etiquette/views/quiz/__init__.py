"""The quiz on the page: one question at a time, how sure the learner is, the debrief and the certificate."""

from etiquette.views.quiz.question import SURENESS_LABELS
from etiquette.views.quiz.quiz import QuizView, ask
from etiquette.views.quiz.review import Reviewer

__all__ = ["SURENESS_LABELS", "QuizView", "Reviewer", "ask"]
