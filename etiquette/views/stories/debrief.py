"""The debrief of a story: the grade, the learner's path beside the best one, and a result for each guideline."""

from __future__ import annotations

from markupsafe import Markup

from etiquette.judge import GUIDELINE_TITLES
from etiquette.stories import BestPath, JudgedChoice, Run
from etiquette.views.controls import badge, bar, paragraphs, table


def debrief(run: Run, best: BestPath, heading: str) -> Markup:
    """The debrief of a finished run; `heading` is the `data-id` of its heading."""
    return Markup("""
<section class="pp-card pp-debrief" aria-label="{headline}">
  <h3 data-id="{heading}" tabindex="-1">{headline}</h3>
  {ending}
  <p class="pp-grade">Your grade: <b>{grade}</b> out of 100
    <span class="pp-muted">You finish with a standing of {standing}; the best path finishes with {highest}.</span></p>
  {still_owed}
  <p class="pp-teaches">{teaches}</p>
  <div class="pp-paths">
    <div><h4>Your path</h4><ol>{yours}</ol></div>
    <div><h4>The best path</h4><ol>{best}</ol></div>
  </div>
  <h4>By guideline</h4>
  {guidelines}
</section>""").format(
        heading=heading,
        headline="Your résumé goes in the bin" if run.failed else "How it ends",
        ending=_ending(run),
        grade=best.grade(run),
        standing=run.standing,
        highest=best.run.standing,
        still_owed=_still_owed(run),
        teaches=run.scenario.teaches,
        yours=_path(run),
        best=_path(best.run),
        guidelines=_by_guideline(run.decisions),
    )


def _ending(run: Run) -> Markup:
    if run.failed:
        told = Markup("<p>{} has heard from you too often, and moves on to the next candidate.</p>")
        return told.format(run.scenario.employer)
    return paragraphs(run.passages[-1].text)


def _still_owed(run: Run) -> Markup:
    references, answer = run.situation.references_owed_since, run.situation.answer_owed
    owed = {"the references they asked for": references is not None, "an answer": answer is not None}
    steps = " and ".join(step for step, is_owed in owed.items() if is_owed)
    return Markup('<p class="pp-still-owed">You still owed them {}.</p>').format(steps) if steps else Markup("")


def _path(run: Run) -> Markup:
    return Markup("").join(
        Markup("<li><time>{}</time> {} {}</li>").format(
            decision.situation.date(decision.situation.now), badge(decision.assessment.verdict), decision.choice.says
        )
        for decision in run.decisions
    )


def _by_guideline(decisions: tuple[JudgedChoice, ...]) -> Markup:
    rows = []
    for guideline, title in GUIDELINE_TITLES.items():
        credits = [decision.assessment.credit for decision in decisions if decision.assessment.guideline == guideline]
        if credits:
            average = round(sum(credits) / len(credits))
            rows.append((title, len(credits), bar(average, average)))
    return table(("Guideline", "Choices", "Average credit"), rows)
