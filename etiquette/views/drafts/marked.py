"""An assessed draft: its text with marks, what to change, what works, what is missing, and what is left to do."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from etiquette.drafts import (
    REMARKS,
    TONE_REMARKS,
    UNWANTED,
    Check,
    DraftAssessment,
    Label,
    Mark,
    MessageKind,
    Suggestion,
    Tone,
    assess_draft,
    last_check,
    suggest,
)
from etiquette.judge import Verdict
from etiquette.views.controls import badge

TONE_VERDICTS = {
    Tone.PERSISTENT: Verdict.PERSISTENT,
    Tone.BORDERLINE: Verdict.PASSIVE,
    Tone.PESKY: Verdict.PESKY,
}
"""The verdict whose colour and icon each tone uses."""
MOST_SUGGESTIONS = 12
LONGEST_QUOTE = 200  # characters
SET_ASIDE = "We left this out: quoted messages and what follows your name don’t count."


@dataclass(frozen=True, slots=True)
class Reading:
    """What there is to say about a draft."""

    assessment: DraftAssessment
    suggestions: tuple[Suggestion, ...] = ()
    checks: tuple[Check, ...] = ()


def read_draft(text: str, kind: MessageKind) -> Reading:
    """The reading of a draft, which may take long.

    Raises:
        DraftError: It cannot be assessed.
    """
    assessment = assess_draft(text, kind)
    return Reading(assessment, suggest(assessment)[:MOST_SUGGESTIONS], last_check(assessment))


def tone_line(assessment: DraftAssessment) -> Markup:
    """The tone and the credit in one line."""
    return Markup('<p class="pp-judged">{} <span class="pp-muted">{} out of 100 credit</span></p>').format(
        _tone_badge(assessment), assessment.credit
    )


def marked_draft(reading: Reading, heading: str, offer: str, when: str = "") -> Markup:
    """The card of a reading. `heading` is the `data-id` of its heading; `when` says when to send the draft.

    The button that takes suggestion `n` has the `data-use` `{offer}{n}`.
    """
    assessment = reading.assessment
    marks = sorted(assessment.marks, key=lambda mark: (mark.start, -mark.end))
    numbers = {label: n for n, label in enumerate(dict.fromkeys(mark.label for mark in marks), start=1)}
    return Markup("""
<section class="pp-card pp-feedback pp-{verdict}" aria-label="{remark}">
  <h3 data-id="{heading}" tabindex="-1">{badge} <span class="pp-means">{remark}</span></h3>
  <p class="pp-credit"><b>{credit}</b> out of 100 credit for the wording</p>
  <div class="pp-marked" dir="auto">{text}</div>
  {set_aside}{must_go}{present}{missing}{before}
</section>""").format(
        verdict=TONE_VERDICTS[assessment.tone],
        heading=heading,
        badge=_tone_badge(assessment),
        remark=TONE_REMARKS[assessment.tone],
        credit=assessment.credit,
        text=Markup("").join(_pieces(assessment, marks, numbers)),
        set_aside=Markup('<p class="pp-muted">{}</p>').format(SET_ASIDE) if assessment.set_aside else "",
        must_go=_must_go(reading, numbers, offer),
        present=_present(assessment, numbers),
        missing=_missing(assessment),
        before=_before_sending(reading.checks, when),
    )


def _tone_badge(assessment: DraftAssessment) -> Markup:
    return badge(TONE_VERDICTS[assessment.tone], assessment.tone.capitalize())


def _pieces(assessment: DraftAssessment, marks: Sequence[Mark], numbers: dict[Label, int]) -> Iterator[Markup]:
    """The draft in pieces, each under the same marks from its first to its last character; `marks` are in order.

    A mark's name is read to screen readers where it begins. Its number is on screen where it ends, and wherever it
    shares a piece with others; that of a mark for length, where it begins.
    """
    text, aside = assessment.text, assessment.set_aside
    edges = {0, len(text)}
    edges |= {at for mark in marks for at in (mark.start, mark.end)}
    edges |= {at for span in aside for at in (span.start, span.end)}
    over, to_come = list[Mark](), deque(marks)
    for start, end in pairwise(sorted(edges)):
        while to_come and to_come[0].start <= start:
            over.append(to_come.popleft())
        over = [mark for mark in over if mark.end > start]
        if any(span.start <= start < span.end for span in aside):
            begins = any(span.start == start for span in aside)
            said = Markup('<span class="pp-unseen">left out: </span>') if begins else ""
            yield Markup('<span class="pp-aside">{}{}</span>').format(said, _lines(text[start:end]))
        elif over:
            yield _marked(assessment, start, end, over, numbers)
        else:
            yield _lines(text[start:end])


def _marked(
    assessment: DraftAssessment, start: int, end: int, over: Sequence[Mark], numbers: dict[Label, int]
) -> Markup:
    """A piece under these marks."""
    piece, unwanted = assessment.text[start:end], UNWANTED[assessment.kind]
    words = piece.rstrip()
    others = [mark for mark in over if mark.label is not Label.OVERLONG]
    classes = {"pp-bad" if mark.label in unwanted else "pp-good" for mark in others}
    classes |= {"pp-over"} if len(others) < len(over) else set()
    names = [REMARKS[mark.label].name for mark in over if mark.start == start]
    before = [mark.label for mark in over if mark not in others and mark.start == start]
    after = [mark.label for mark in others if mark.end == end or len(others) > 1]
    return Markup('<mark class="{}">{}{}{}{}{}</mark>').format(
        " ".join(sorted(classes)),
        Markup('<span class="pp-unseen">{}: </span>').format(", ".join(names)) if names else "",
        _numbers(before, numbers),
        _lines(words),
        _numbers(after, numbers),
        _lines(piece[len(words) :]),
    )


def _numbers(labels: Sequence[Label], numbers: dict[Label, int]) -> Markup:
    shown = sorted({numbers[label] for label in labels})
    return Markup('<sup aria-hidden="true">{}</sup>').format(" ".join(map(str, shown))) if shown else Markup("")


def _lines(words: str) -> Markup:
    return Markup("<br>").join(words.split("\n"))


def _must_go(reading: Reading, numbers: dict[Label, int], offer: str) -> Markup:
    """What to change, with the suggestions for each. A suggestion for several faults is beside the first of them."""
    in_order = sorted(reading.assessment.must_go, key=numbers.__getitem__)
    beside: dict[Label, list[Markup]] = {label: [] for label in in_order}
    for number, suggestion in enumerate(reading.suggestions):
        first = next((label for label in beside if label in suggestion.labels), None)
        if first is not None:
            beside[first].append(_suggestion(reading.assessment.text, suggestion, f"{offer}{number}"))
    remarks = {label: Markup("").join(suggestions) for label, suggestions in beside.items()}
    return _list("What to change", "pp-go", remarks, numbers)


def _present(assessment: DraftAssessment, numbers: dict[Label, int]) -> Markup:
    welcome = [label for label in numbers if label not in UNWANTED[assessment.kind]]
    return _list("What works", "pp-there", dict.fromkeys(welcome, Markup("")), numbers)


def _list(title: str, css_class: str, remarks: dict[Label, Markup], numbers: dict[Label, int]) -> Markup:
    """Numbered remarks on these labels, each with what follows it."""
    if not remarks:
        return Markup("")
    items = Markup("").join(
        Markup('<li value="{}"><b>{}.</b> {}{}</li>').format(
            numbers[label], REMARKS[label].name.capitalize(), REMARKS[label].present, rest
        )
        for label, rest in remarks.items()
    )
    return Markup('<h4>{}</h4><ol class="pp-remarks {}">{}</ol>').format(title, css_class, items)


def _suggestion(text: str, suggestion: Suggestion, name: str) -> Markup:
    instead_of = _quoted(text[suggestion.start : suggestion.end])
    if suggestion.leaves_out:
        lines = Markup("<p><span>Leave out</span> {}</p>").format(instead_of)
        label, spoken = "Leave it out", f"Leave it out: {instead_of}"
    else:
        lines = Markup("<p><span>Instead of</span> {}</p><p><span>Write</span> {}</p>").format(
            instead_of, _quoted(suggestion.words)
        )
        label, spoken = "Use this", f"Use this instead of {instead_of}: {_quoted(suggestion.words)}"
    take = Markup('<button type="button" class="pp-use" data-use="{}" aria-label="{}">{}</button>')
    return Markup('<div class="pp-suggestion">{}{}</div>').format(lines, take.format(name, spoken, label))


def _quoted(words: str) -> str:
    """In quotation marks, on one line, and without the middle if it is long."""
    line = " ".join(words.split())
    if len(line) > LONGEST_QUOTE:
        half = LONGEST_QUOTE // 2
        line = f"{line[:half].rstrip()} … {line[-half:].lstrip()}"
    return f"“{line}”"


def _missing(assessment: DraftAssessment) -> Markup:
    if not assessment.missing:
        return Markup("")
    items = Markup("").join(Markup("<li>{}</li>").format(REMARKS[label].missing) for label in assessment.missing)
    return Markup('<h4>What’s missing</h4><ul class="pp-remarks">{}</ul>').format(items)


def _before_sending(checks: Sequence[Check], when: str) -> Markup:
    """What to look at before sending, and when to send it."""
    lines = [
        Markup(
            '<li class="pp-check{}"><span aria-hidden="true">{}</span><span class="pp-unseen">{}: </span>{}</li>'
        ).format("" if check.passed else " pp-open", *(("✓", "Done") if check.passed else ("!", "To do")), check.words)
        for check in checks
    ]
    lines += [Markup('<li class="pp-check"><span aria-hidden="true">→</span>{}</li>').format(when)] if when else []
    if not lines:
        return Markup("")
    return Markup('<h4>Before you send it</h4><ul class="pp-checks">{}</ul>').format(Markup("").join(lines))
