"""The certificate of a quiz that was passed: a page of its own, to be printed or kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from markupsafe import Markup

from etiquette.judge import ARTICLE, GUIDELINE_SENTENCES, GUIDELINE_TITLES
from etiquette.practice import PASS_MARK, Quiz, Sitting

LONGEST_NAME = 80


def certificate(sitting: Sitting, name: str, when: date) -> Markup:
    """A whole HTML document: what was tested, by which policy, when, with which score, and how to check it.

    Raises:
        ValueError: the sitting is no pass.
    """
    debrief, quiz = sitting.debrief(), sitting.quiz
    if not debrief.passed:
        raise ValueError("only a graded quiz that was passed has a certificate")
    return Markup(Path(__file__).with_name("certificate.html").read_text(encoding="utf-8")).format(
        style=Markup(Path(__file__).with_name("certificate.css").read_text(encoding="utf-8")),
        name=tidy(name),
        score=debrief.grade,
        pass_mark=PASS_MARK,
        date=f"{when.day} {when:%B %Y}",
        number=len(quiz.questions),
        tested=Markup("").join(
            Markup('<tr><th scope="row">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>').format(
                GUIDELINE_TITLES[line.guideline], GUIDELINE_SENTENCES[line.guideline], line.questions, line.correctness
            )
            for line in debrief.results
        ),
        policy=quiz.policy.title,
        source=quiz.policy.source,
        seed=quiz.seed,
        version=quiz.version,
        rebuild=_rebuild(quiz),
    )


def _rebuild(quiz: Quiz) -> str:
    policy = "" if quiz.policy.id == ARTICLE.id else f", policy=policies()[{quiz.policy.id!r}]"
    return f"QuizView(seed={quiz.seed!r}{policy})"


def tidy(name: str) -> str:
    """A name as typed, without what cannot be printed, and not too long."""
    return " ".join("".join(each if each.isprintable() else " " for each in name).split())[:LONGEST_NAME]
