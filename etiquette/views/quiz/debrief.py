"""The debrief of a quiz: the grade, confidence compared with correctness, and every question again."""

from __future__ import annotations

from markupsafe import Markup

from etiquette.judge import GUIDELINE_SENTENCES, GUIDELINE_TITLES
from etiquette.practice import PASS_MARK, GuidelineResult, Mode, QuizDebrief, Sitting
from etiquette.views.controls import table
from etiquette.views.quiz.question import folded_question

LEFT, WIDTH = 4, 92  # of the scale, in percent
ROW = 58  # height in pixels


def quiz_debrief(sitting: Sitting, heading: str) -> Markup:
    """The debrief of a finished sitting; `heading` is the `data-id` of its heading."""
    debrief = sitting.debrief()
    return Markup("""
<section class="pp-card pp-debrief" aria-label="{headline}">
  <h3 data-id="{heading}" tabindex="-1">{headline}</h3>
  <p class="pp-grade">Your grade: <b>{grade}</b> out of 100 <span class="pp-muted">{explained}</span></p>
  <h4>How sure you were, and how often you were right</h4>
  {picture}
  {table}
  {mistaken}
  <h4>Question by question</h4>
  {questions}
  <p class="pp-muted">Seed {seed}, rules: {policy}. The same seed draws the same quiz again.</p>
</section>""").format(
        heading=heading,
        headline=_headline(sitting, debrief),
        grade=debrief.grade,
        explained=_explained(sitting),
        picture=confidence_chart(debrief.results),
        table=_table(debrief.results),
        mistaken=_mistaken(sitting, debrief),
        questions=Markup("").join(folded_question(sitting, number) for number in range(len(sitting.answers))),
        seed=sitting.quiz.seed,
        policy=sitting.quiz.policy.title,
    )


def _headline(sitting: Sitting, debrief: QuizDebrief) -> str:
    if sitting.mode is Mode.PRACTICE:
        return "That’s the end of the practice"
    return "You passed" if debrief.passed else "You didn’t pass this time"


def _explained(sitting: Sitting) -> str:
    if sitting.mode is Mode.PRACTICE:
        return "This is the average of your first answers. Second tries are for learning and don’t count."
    return f"This is the average of your answers. You need {PASS_MARK} or more to pass."


def confidence_chart(results: tuple[GuidelineResult, ...]) -> Markup:
    """For each guideline, how right (a square) and how sure (a ring) the learner was, from 0 to 100."""
    words = ". ".join(
        f"{GUIDELINE_TITLES[result.guideline]}: right {result.correctness}, sure {result.sureness}"
        for result in results
    )
    rows = Markup("").join(_row(result, 40 + ROW * number) for number, result in enumerate(results))
    height = 40 + ROW * len(results)
    ticks = Markup("").join(
        Markup(
            '<line class="pp-tick" x1="{0}%" x2="{0}%" y1="28" y2="{1}"/>'
            '<text class="pp-muted" x="{0}%" y="{2}" text-anchor="middle">{3}</text>'
        ).format(LEFT + WIDTH * value / 100, height - 8, height + 10, value)
        for value in (0, 50, 100)
    )
    return Markup("""
<svg class="pp-confidence" role="img" aria-label="How right and how sure you were, out of 100. {words}."
  width="100%" height="{height}">
  <svg x="{left}%" y="10" overflow="visible"><rect class="pp-right" x="-1" y="-6" width="12" height="12"/></svg>
  <text x="{left}%" dx="18" y="15">how right</text>
  <svg x="{left}%" y="10" overflow="visible"><circle class="pp-sure" cx="106" r="6.5"/></svg>
  <text x="{left}%" dx="120" y="15">how sure</text>
  {ticks}{rows}
</svg>""").format(words=words, left=LEFT, ticks=ticks, rows=rows, height=height + 18)


def _row(result: GuidelineResult, top: int) -> Markup:
    right, sure = (LEFT + WIDTH * value / 100 for value in (result.correctness, result.sureness))
    return Markup(
        '<text x="{left}%" y="{text}">{title}</text>'
        '<line class="pp-track" x1="{left}%" x2="{end}%" y1="{y}" y2="{y}"/>'
        '<line class="pp-gap" x1="{right:.1f}%" x2="{sure:.1f}%" y1="{y}" y2="{y}"/>'
        '<svg x="{right:.1f}%" y="{y}" overflow="visible"><rect class="pp-right" x="-8" y="-8" width="16" height="16"/>'
        '</svg><circle class="pp-sure" cx="{sure:.1f}%" cy="{y}" r="8"/>'
    ).format(
        left=LEFT,
        end=LEFT + WIDTH,
        text=top + 10,
        y=top + 32,
        title=GUIDELINE_TITLES[result.guideline],
        right=right,
        sure=sure,
    )


def _table(results: tuple[GuidelineResult, ...]) -> Markup:
    rows = ((_calibration(result), result.correctness, result.sureness) for result in results)
    return table(("Guideline", "Right", "Sure"), rows)


def _calibration(result: GuidelineResult) -> Markup:
    leaning = "too sure" if result.overconfidence > 0 else "better than you thought"
    return Markup('{} <span class="pp-leaning">{} question{}: {}</span>').format(
        GUIDELINE_TITLES[result.guideline],
        result.questions,
        "" if result.questions == 1 else "s",
        "as sure as you should be" if result.calibrated else leaning,
    )


def _mistaken(sitting: Sitting, debrief: QuizDebrief) -> Markup:
    if not debrief.mistaken_though_sure:
        return Markup("")
    items = Markup("")
    for number in debrief.mistaken_though_sure:
        option = sitting.quiz.questions[number].options[sitting.answers[number].option]
        items += Markup("<li>Question {}: {} <span>{}</span></li>").format(
            number + 1, option.says, GUIDELINE_SENTENCES[option.assessment.guideline]
        )
    return Markup(
        "<h4>Sure, but wrong</h4><p>Look at these again. You’re unlikely to check what you’re already sure of.</p>"
        '<ul class="pp-mistaken">{}</ul>'
    ).format(items)
