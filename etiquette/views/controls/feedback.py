"""The feedback card: what a choice led to, and how it was judged."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from etiquette.judge import FULL_CREDIT, GUIDELINE_SENTENCES, GUIDELINE_TITLES, Assessment, Policy
from etiquette.stories import JudgedChoice, best_choice
from etiquette.views.controls.verdicts import VERDICT_MEANINGS, badge


def feedback(decision: JudgedChoice, before: int, policy: Policy, heading: str) -> Markup:
    """The card for one step. `before` is the standing before it; `heading` is the `data-id` of the card’s heading."""
    choice, assessment = decision.choice, decision.assessment
    notes = []
    if choice.because:
        notes.append(Markup("<p>{}</p>").format(choice.because))
    if assessment.credit < FULL_CREDIT and (better := best_choice(decision, policy)) is not choice:
        notes.append(_labelled("pp-better", "A better choice", better.says))
    standing = Markup("standing {} → <b>{}</b>").format(before, decision.standing)
    return feedback_card(assessment, heading, standing, choice.says, choice.then, notes)


def feedback_card(
    assessment: Assessment,
    heading: str,
    aside: str,
    says: str,
    then: str = "",
    notes: Sequence[Markup] = (),
    *,
    reason: str = "",
    with_reading: bool = True,
) -> Markup:
    """A card with the verdict on a choice, its reason and the guideline it rests on.

    `heading` is the `data-id` of the card’s heading; `aside` stands beside the credit. `says` is the choice's label,
    `then` what it led to, and `notes` follow the reason, which is the assessment's unless another wording is given.
    `with_reading` also says how we read the article.
    """
    lines = [
        _labelled("pp-chosen", "You chose", says),
        paragraphs(then, "pp-then"),
        Markup('<p class="pp-reason">{}</p>').format(reason or assessment.reason),
        *notes,
        _labelled("pp-guideline", GUIDELINE_TITLES[assessment.guideline], GUIDELINE_SENTENCES[assessment.guideline]),
    ]
    if with_reading and assessment.reading:
        lines.append(_labelled("pp-reading", "Our reading", assessment.reading))
    return Markup(
        '<section class="pp-card pp-feedback pp-{verdict}" aria-label="Feedback: {verdict}">'
        '<h3 data-id="{heading}" tabindex="-1">{badge} <span class="pp-means">{means}</span></h3>'
        '<p class="pp-credit"><b>{credit}</b> out of 100 credit · {aside}</p>{lines}</section>'
    ).format(
        verdict=assessment.verdict,
        heading=heading,
        badge=badge(assessment.verdict),
        means=VERDICT_MEANINGS[assessment.verdict],
        credit=assessment.credit,
        aside=aside,
        lines=Markup("").join(lines),
    )


def _labelled(css_class: str, label: str, text: str) -> Markup:
    return Markup('<p class="{}"><span>{}</span> {}</p>').format(css_class, label, text)


def paragraphs(text: str, css_class: str = "") -> Markup:
    """Plain text as escaped paragraphs, split at blank lines."""
    parts = (part for part in text.split("\n\n") if part)
    return Markup("").join(Markup('<p class="{}">{}</p>').format(css_class, part) for part in parts)
