"""An assessed draft: its text with marks, and lists of what is there, what is missing and what must go."""

from __future__ import annotations

from markupsafe import Markup

from etiquette.drafts import REMARKS, TONE_REMARKS, UNWANTED, DraftAssessment, Label, Mark, Tone
from etiquette.judge import Verdict
from etiquette.views.controls import VERDICT_SIGNS

TONE_VERDICTS = {
    Tone.PERSISTENT: Verdict.PERSISTENT,
    Tone.BORDERLINE: Verdict.PASSIVE,
    Tone.PESKY: Verdict.PESKY,
}
"""The verdict whose colour and icon each tone borrows."""


def marked_draft(assessment: DraftAssessment, heading: str) -> Markup:
    """The card of an assessment; `heading` is the id of its heading."""
    numbers = {label: number for number, label in enumerate(_in_order(assessment), start=1)}
    return Markup("""
<section class="pp-card pp-feedback pp-{verdict}" aria-labelledby="{heading}">
  <h3 id="{heading}" tabindex="-1">{badge} <span class="pp-means">{remark}</span></h3>
  <p class="pp-credit"><b>{credit}</b> of 100 credit for its words</p>
  <div class="pp-marked">{text}</div>
  {must_go}{present}{missing}
</section>""").format(
        verdict=TONE_VERDICTS[assessment.tone],
        heading=heading,
        badge=_badge(assessment.tone),
        remark=TONE_REMARKS[assessment.tone],
        credit=assessment.credit,
        text=_text(assessment, numbers),
        must_go=_list("What must go", "pp-go", [(numbers[label], label) for label in assessment.must_go]),
        present=_list(
            "What is there", "pp-there", [(n, label) for label, n in numbers.items() if label not in UNWANTED]
        ),
        missing=_missing(assessment),
    )


def _in_order(assessment: DraftAssessment) -> list[Label]:
    """The labels in the text, by the position of their first mark."""
    first: dict[Label, int] = {}
    for mark in sorted(assessment.marks, key=lambda mark: mark.start):
        first.setdefault(mark.label, mark.start)
    return list(first)


def _badge(tone: Tone) -> Markup:
    verdict = TONE_VERDICTS[tone]
    return Markup(
        '<span class="pp-badge pp-{}"><svg viewBox="0 0 20 20" aria-hidden="true"><path d="{}"/></svg>{}</span>'
    ).format(verdict, VERDICT_SIGNS[verdict], tone.capitalize())


def _text(assessment: DraftAssessment, numbers: dict[Label, int]) -> Markup:
    """The draft with its marks, which have a number on screen and a name for screen readers.

    Of two overlapping marks, only the first is shown.
    """
    pieces: list[Markup] = []
    end = 0
    for mark in sorted(assessment.marks, key=lambda mark: (mark.start, mark.end)):
        if mark.start < end or mark.label is Label.OVERLONG:
            continue
        pieces.append(_lines(assessment.text[end : mark.start]))
        pieces.append(_mark(assessment.text[mark.start : mark.end], mark, numbers[mark.label]))
        end = mark.end
    pieces.append(_lines(assessment.text[end:]))
    return Markup("").join(pieces)


def _mark(words: str, mark: Mark, number: int) -> Markup:
    return Markup(
        '<mark class="{}"><span class="pp-unseen">{}: </span>{}<sup aria-hidden="true">{}</sup></mark>'
    ).format("pp-bad" if mark.label in UNWANTED else "pp-good", REMARKS[mark.label].name, _lines(words), number)


def _lines(words: str) -> Markup:
    return Markup("<br>").join(words.split("\n"))


def _list(title: str, css_class: str, labels: list[tuple[int, Label]]) -> Markup:
    if not labels:
        return Markup("")
    items = Markup("").join(
        Markup('<li value="{}"><b>{}</b> {}</li>').format(
            number, REMARKS[label].name.capitalize(), REMARKS[label].present
        )
        for number, label in labels
    )
    return Markup('<h4>{}</h4><ol class="pp-remarks {}">{}</ol>').format(title, css_class, items)


def _missing(assessment: DraftAssessment) -> Markup:
    if not assessment.missing:
        return Markup("")
    items = Markup("").join(Markup("<li>{}</li>").format(REMARKS[label].missing) for label in assessment.missing)
    return Markup('<h4>What is missing</h4><ul class="pp-remarks">{}</ul>').format(items)
