"""An assessed draft: its text with marks, and lists of what to take out, what works and what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from etiquette.drafts import REMARKS, TONE_REMARKS, UNWANTED, DraftAssessment, Label, Mark, Tone
from etiquette.judge import Verdict
from etiquette.views.controls import badge

TONE_VERDICTS = {
    Tone.PERSISTENT: Verdict.PERSISTENT,
    Tone.BORDERLINE: Verdict.PASSIVE,
    Tone.PESKY: Verdict.PESKY,
}
"""The verdict whose colour and icon each tone uses."""


def marked_draft(assessment: DraftAssessment, heading: str) -> Markup:
    """The card of an assessment; `heading` is the `data-id` of its heading."""
    in_order = dict.fromkeys(mark.label for mark in sorted(assessment.marks, key=lambda mark: mark.start))
    numbers = {label: number for number, label in enumerate(in_order, start=1)}
    return Markup("""
<section class="pp-card pp-feedback pp-{verdict}" aria-label="{remark}">
  <h3 data-id="{heading}" tabindex="-1">{badge} <span class="pp-means">{remark}</span></h3>
  <p class="pp-credit"><b>{credit}</b> out of 100 credit for the wording</p>
  <div class="pp-marked">{text}</div>
  {must_go}{present}{missing}
</section>""").format(
        verdict=TONE_VERDICTS[assessment.tone],
        heading=heading,
        badge=badge(TONE_VERDICTS[assessment.tone], assessment.tone.capitalize()),
        remark=TONE_REMARKS[assessment.tone],
        credit=assessment.credit,
        text=_text(assessment, numbers),
        must_go=_list("What to take out", "pp-go", assessment.must_go, numbers),
        present=_list(
            "What works", "pp-there", [label for label in numbers if label not in UNWANTED[assessment.kind]], numbers
        ),
        missing=_missing(assessment),
    )


def _text(assessment: DraftAssessment, numbers: dict[Label, int]) -> Markup:
    """The draft with its marks. Each has a number on screen and a name for screen readers.

    Of two overlapping marks, only the first is shown.
    """
    pieces: list[Markup] = []
    end = 0
    for mark in sorted(assessment.marks, key=lambda mark: (mark.start, mark.end)):
        if mark.start < end or mark.label is Label.OVERLONG:
            continue
        pieces.append(_lines(assessment.text[end : mark.start]))
        pieces.append(_mark(assessment, mark, numbers[mark.label]))
        end = mark.end
    pieces.append(_lines(assessment.text[end:]))
    return Markup("").join(pieces)


def _mark(assessment: DraftAssessment, mark: Mark, number: int) -> Markup:
    words = assessment.text[mark.start : mark.end]
    return Markup(
        '<mark class="{}"><span class="pp-unseen">{}: </span>{}<sup aria-hidden="true">{}</sup></mark>'
    ).format(
        "pp-bad" if mark.label in UNWANTED[assessment.kind] else "pp-good",
        REMARKS[mark.label].name,
        _lines(words),
        number,
    )


def _lines(words: str) -> Markup:
    return Markup("<br>").join(words.split("\n"))


def _list(title: str, css_class: str, labels: Sequence[Label], numbers: dict[Label, int]) -> Markup:
    if not labels:
        return Markup("")
    items = Markup("").join(
        Markup('<li value="{}"><b>{}</b> {}</li>').format(
            numbers[label], REMARKS[label].name.capitalize(), REMARKS[label].present
        )
        for label in labels
    )
    return Markup('<h4>{}</h4><ol class="pp-remarks {}">{}</ol>').format(title, css_class, items)


def _missing(assessment: DraftAssessment) -> Markup:
    if not assessment.missing:
        return Markup("")
    items = Markup("").join(Markup("<li>{}</li>").format(REMARKS[label].missing) for label in assessment.missing)
    return Markup('<h4>What’s missing</h4><ul class="pp-remarks">{}</ul>').format(items)
