"""The certificate for a passed quiz: an HTML document to print or keep."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from markupsafe import Markup

from etiquette.judge import ARTICLE, GUIDELINE_SENTENCES, GUIDELINE_TITLES, policies
from etiquette.practice import PASS_MARK, Quiz, Sitting
from etiquette.views.controls import table

LONGEST_NAME = 80
PAGE = Markup(Path(__file__).with_name("certificate.html").read_text(encoding="utf-8"))
STYLE = Markup(Path(__file__).with_name("certificate.css").read_text(encoding="utf-8"))


def certificate(sitting: Sitting, name: str, day: date) -> Markup:
    """The complete HTML document: what was tested, by which policy, when, the grade, and how to check it.

    Raises:
        ValueError: the sitting was not passed.
    """
    debrief, quiz = sitting.debrief(), sitting.quiz
    if not debrief.passed:
        raise ValueError("only a graded quiz that was passed has a certificate")
    tested = (
        (GUIDELINE_TITLES[line.guideline], GUIDELINE_SENTENCES[line.guideline], line.questions, line.correctness)
        for line in debrief.results
    )
    return PAGE.format(
        style=STYLE,
        name=clean_name(name),
        grade=debrief.grade,
        pass_mark=PASS_MARK,
        date=f"{day.day} {day:%B %Y}",
        number=len(quiz.questions),
        tested=table(("Guideline", "What it says", "Questions", "Right"), tested),
        policy=quiz.policy.title,
        source=quiz.policy.source,
        seed=quiz.seed,
        version=quiz.version,
        rebuild=_rebuilding_code(quiz),
    )


def _rebuilding_code(quiz: Quiz) -> str:
    """The expression that draws the same quiz again."""
    if quiz.policy == ARTICLE:
        return f"QuizView(seed={quiz.seed!r})"
    shipped = quiz.policy in policies().values()
    policy = f"policies()[{quiz.policy.id!r}]" if shipped else f"load_policy(Path('{quiz.policy.id}.yaml'))"
    return f"QuizView(seed={quiz.seed!r}, policy={policy})"


def clean_name(name: str) -> str:
    """A typed name without unprintable characters, shortened to `LONGEST_NAME`."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())[:LONGEST_NAME]
