"""A judged draft: the text with its marks, and what is there, what is missing and what must go."""

from __future__ import annotations

from markupsafe import Markup

from etiquette.drafts import REMARKS, TONE_REMARKS, UNWANTED, DraftAssessment, Label, Mark, Tone
from etiquette.judge import Verdict
from etiquette.views.controls import VERDICT_SIGNS

LOOKS = {
    Tone.PERSISTENT: Verdict.PERSISTENT,
    Tone.BORDERLINE: Verdict.PASSIVE,
    Tone.PESKY: Verdict.PESKY,
}


def marked_draft(reading: DraftAssessment, heading: str) -> Markup:
    """The card of a reading, under a heading with this id."""
    numbers = {label: number for number, label in enumerate(_in_order(reading), start=1)}
    return Markup("""
<section class="pp-card pp-feedback pp-{looks}" aria-labelledby="{heading}">
  <h3 id="{heading}" tabindex="-1">{badge} <span class="pp-means">{says}</span></h3>
  <p class="pp-credit"><b>{credit}</b> of 100 credit for its words</p>
  <div class="pp-marked">{text}</div>
  {go}{there}{missing}
</section>""").format(
        looks=LOOKS[reading.tone],
        heading=heading,
        badge=_badge(reading.tone),
        says=TONE_REMARKS[reading.tone],
        credit=reading.credit,
        text=_text(reading, numbers),
        go=_list("What must go", "pp-go", [(numbers[label], label) for label in reading.must_go]),
        there=_list("What is there", "pp-there", [(n, each) for each, n in numbers.items() if each not in UNWANTED]),
        missing=_missing(reading),
    )


def _in_order(reading: DraftAssessment) -> list[Label]:
    """The labels that hold, by where they are first marked."""
    first: dict[Label, int] = {}
    for mark in sorted(reading.marks, key=lambda mark: mark.start):
        first.setdefault(mark.label, mark.start)
    return list(first)


def _badge(tone: Tone) -> Markup:
    looks = LOOKS[tone]
    return Markup(
        '<span class="pp-badge pp-{}"><svg viewBox="0 0 20 20" aria-hidden="true"><path d="{}"/></svg>{}</span>'
    ).format(looks, VERDICT_SIGNS[looks], tone.capitalize())


def _text(reading: DraftAssessment, numbers: dict[Label, int]) -> Markup:
    """The draft with its marks: numbered for the eye, named for a screen reader. Of two that overlap, the first."""
    pieces: list[Markup] = []
    at = 0
    for mark in sorted(reading.marks, key=lambda mark: (mark.start, mark.end)):
        if mark.start < at or mark.label is Label.OVERLONG:
            continue
        pieces.append(_lines(reading.text[at : mark.start]))
        pieces.append(_mark(reading.text[mark.start : mark.end], mark, numbers[mark.label]))
        at = mark.end
    pieces.append(_lines(reading.text[at:]))
    return Markup("").join(pieces)


def _mark(words: str, mark: Mark, number: int) -> Markup:
    return Markup(
        '<mark class="{}"><span class="pp-unseen">{}: </span>{}<sup aria-hidden="true">{}</sup></mark>'
    ).format("pp-bad" if mark.label in UNWANTED else "pp-good", REMARKS[mark.label].name, _lines(words), number)


def _lines(words: str) -> Markup:
    return Markup("<br>").join(words.split("\n"))


def _list(title: str, name: str, labels: list[tuple[int, Label]]) -> Markup:
    if not labels:
        return Markup("")
    items = Markup("").join(
        Markup('<li value="{}"><b>{}</b> {}</li>').format(
            number, REMARKS[label].name.capitalize(), REMARKS[label].present
        )
        for number, label in labels
    )
    return Markup('<h4>{}</h4><ol class="pp-remarks {}">{}</ol>').format(title, name, items)


def _missing(reading: DraftAssessment) -> Markup:
    if not reading.missing:
        return Markup("")
    items = Markup("").join(Markup("<li>{}</li>").format(REMARKS[label].missing) for label in reading.missing)
    return Markup('<h4>What is missing</h4><ul class="pp-remarks">{}</ul>').format(items)
