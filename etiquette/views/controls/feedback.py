"""The card that follows a choice: what came of it, and how it was judged."""

from __future__ import annotations

from markupsafe import Markup

from etiquette.judge import FULL_CREDIT, GUIDELINE_SENTENCES, GUIDELINE_TITLES, Assessment, Policy
from etiquette.stories import Decision, best_choice
from etiquette.views.controls.verdicts import VERDICT_MEANINGS, badge


def feedback(step: Decision, before: int, policy: Policy, heading: str) -> Markup:
    """The card for one step. `before` is the standing it started from, `heading` the id that takes the focus."""
    choice, judged = step.choice, step.assessment
    lines = [
        Markup('<p class="pp-chosen"><span>You chose</span> {}</p>').format(choice.says),
        paragraphs(choice.then, "pp-then"),
        Markup('<p class="pp-reason">{}</p>').format(judged.reason),
    ]
    if choice.because:
        lines.append(Markup("<p>{}</p>").format(choice.because))
    if judged.credit < FULL_CREDIT and (better := best_choice(step, policy)) is not choice:
        lines.append(Markup('<p class="pp-better"><span>Better here</span> {}</p>').format(better.says))
    credit = Markup("<b>{}</b> of 100 credit · standing {} → <b>{}</b>").format(judged.credit, before, step.standing)
    return feedback_card(judged, heading, credit, lines)


def feedback_card(judged: Assessment, heading: str, credit: Markup, lines: list[Markup]) -> Markup:
    """A verdict with these lines, and with the guideline it rests on; `heading` is the id that takes the focus."""
    guideline = Markup('<p class="pp-guideline"><span>{}</span> {}</p>').format(
        GUIDELINE_TITLES[judged.guideline], GUIDELINE_SENTENCES[judged.guideline]
    )
    reading = Markup('<p class="pp-reading"><span>Our reading</span> {}</p>').format(judged.reading)
    return Markup(
        '<section class="pp-card pp-feedback pp-{verdict}" aria-labelledby="{heading}">'
        '<h3 id="{heading}" tabindex="-1">{badge} <span class="pp-means">{means}</span></h3>'
        '<p class="pp-credit">{credit}</p>{lines}</section>'
    ).format(
        verdict=judged.verdict,
        heading=heading,
        badge=badge(judged.verdict),
        means=VERDICT_MEANINGS[judged.verdict],
        credit=credit,
        lines=Markup("").join([*lines, guideline, *([reading] if judged.reading else [])]),
    )


def paragraphs(text: str, name: str = "") -> Markup:
    """Text from a pack as paragraphs, escaped."""
    return Markup("").join(Markup('<p class="{}">{}</p>').format(name, part) for part in text.split("\n\n") if part)
