"""The feedback card: what a choice led to, and how it was judged."""

from __future__ import annotations

from markupsafe import Markup

from etiquette.judge import FULL_CREDIT, GUIDELINE_SENTENCES, GUIDELINE_TITLES, Assessment, Policy
from etiquette.stories import Decision, best_choice
from etiquette.views.controls.verdicts import VERDICT_MEANINGS, badge


def feedback(decision: Decision, before: int, policy: Policy, heading: str) -> Markup:
    """The card for one step. `before` is the standing before it; `heading` is the id of the card's heading."""
    choice, assessment = decision.choice, decision.assessment
    lines = [
        Markup('<p class="pp-chosen"><span>You chose</span> {}</p>').format(choice.says),
        paragraphs(choice.then, "pp-then"),
        Markup('<p class="pp-reason">{}</p>').format(assessment.reason),
    ]
    if choice.because:
        lines.append(Markup("<p>{}</p>").format(choice.because))
    if assessment.credit < FULL_CREDIT and (better := best_choice(decision, policy)) is not choice:
        lines.append(Markup('<p class="pp-better"><span>Better here</span> {}</p>').format(better.says))
    credit = Markup("<b>{}</b> of 100 credit · standing {} → <b>{}</b>").format(
        assessment.credit, before, decision.standing
    )
    return feedback_card(assessment, heading, credit, lines)


def feedback_card(assessment: Assessment, heading: str, credit: Markup, lines: list[Markup]) -> Markup:
    """A card with the verdict, these lines and the guideline it rests on; `heading` is the id of its heading."""
    guideline = Markup('<p class="pp-guideline"><span>{}</span> {}</p>').format(
        GUIDELINE_TITLES[assessment.guideline], GUIDELINE_SENTENCES[assessment.guideline]
    )
    reading = Markup('<p class="pp-reading"><span>Our reading</span> {}</p>').format(assessment.reading)
    return Markup(
        '<section class="pp-card pp-feedback pp-{verdict}" aria-labelledby="{heading}">'
        '<h3 id="{heading}" tabindex="-1">{badge} <span class="pp-means">{means}</span></h3>'
        '<p class="pp-credit">{credit}</p>{lines}</section>'
    ).format(
        verdict=assessment.verdict,
        heading=heading,
        badge=badge(assessment.verdict),
        means=VERDICT_MEANINGS[assessment.verdict],
        credit=credit,
        lines=Markup("").join([*lines, guideline, *([reading] if assessment.reading else [])]),
    )


def paragraphs(text: str, css_class: str = "") -> Markup:
    """Plain text as escaped paragraphs, split at blank lines."""
    parts = (part for part in text.split("\n\n") if part)
    return Markup("").join(Markup('<p class="{}">{}</p>').format(css_class, part) for part in parts)
