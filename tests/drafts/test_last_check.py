"""The last look at a draft."""

from __future__ import annotations

from dataclasses import replace

import pytest

from etiquette.drafts import Check, DraftAssessment, Label, Mark, MessageKind, Tone, assess_draft, last_check
from etiquette.drafts.tokens import Span

THANKS, REFERENCES, STATUS, VOICEMAIL = MessageKind
NO_GAPS = Check(True, "There are no gaps left to fill in.")
QUIET = Check(True, "Nothing is in capitals, and there are no rows of exclamation marks.")


def draft(text: str, kind: MessageKind, *slips: tuple[str, Label]) -> DraftAssessment:
    """An assessment with marks on these slips."""
    marks = tuple(Mark(label, text.index(slip), text.index(slip) + len(slip)) for slip, label in slips)
    return DraftAssessment(kind, text, frozenset(label for _, label in slips), marks, Tone.PERSISTENT)


def unsolved(text: str, kind: MessageKind, *slips: tuple[str, Label]) -> list[str]:
    """What is still to be looked at."""
    return [check.words for check in last_check(draft(text, kind, *slips)) if not check.passed]


def test_a_good_email_passes_every_check() -> None:
    text = "Dear Mr. van der Berg,\n\nThank you for meeting me about the planner role.\n\nKind regards,\nDana Whitfield"
    assert last_check(assess_draft(text, THANKS)) == (
        NO_GAPS,
        QUIET,
        Check(True, "You greet Mr van der Berg by name."),
    )


def test_a_good_voicemail_gives_a_number_and_needs_no_greeting() -> None:
    checks = last_check(
        assess_draft("This is Ana Ruiz. I wondered if there’s any update. It’s 01632 960 123.", VOICEMAIL)
    )
    assert checks == (NO_GAPS, QUIET, Check(True, "You give your phone number."))


@pytest.mark.parametrize(
    ("gaps", "words"),
    [
        (["[day]"], "One gap still to fill in: [day]."),
        (["[day]", "[your name]"], "Two gaps still to fill in: [day], [your name]."),
        ([f"[{letter}]" for letter in "abcdefghijk"], "11 gaps still to fill in: [a], [b], [c]"),
    ],
)
def test_gaps_are_counted_and_named(gaps: list[str], words: str) -> None:
    found = unsolved(f"Dear Jo, {' '.join(gaps)}", STATUS, *((gap, Label.PLACEHOLDER) for gap in gaps))
    assert len(found) == 1
    assert found[0].startswith(words)


def test_the_same_gap_is_named_once() -> None:
    text = "Dear Jo, [day], [day]"
    twice = draft(text, STATUS, ("[day]", Label.PLACEHOLDER))
    twice = replace(twice, marks=(*twice.marks, Mark(Label.PLACEHOLDER, text.rindex("["), len(text))))
    assert last_check(twice)[0].words == "One gap still to fill in: [day]."


def test_capitals_and_rows_of_exclamation_marks_are_named() -> None:
    text = "Dear Jo,\n\nI REALLY liked it!!!"
    assert unsolved(text, THANKS, ("REALLY", Label.CAPITALS), ("!!!", Label.EXCLAMATIONS)) == [
        "Some words are in capitals: REALLY. There’s a row of exclamation marks. One is enough."
    ]


def test_whole_lines_in_capitals_are_not_repeated() -> None:
    text = "Dear Jo,\n\n" + "I LIKED IT VERY MUCH. " * 4
    assert unsolved(text, THANKS, (text[10:].strip(), Label.CAPITALS)) == ["Some lines are in capitals."]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Thank you for meeting me.", ["There’s no greeting. Begin with their name."]),
        ("Dear Sir or Madam,\n\nThank you.", ["You don’t greet them by name. If you know it, use it."]),
        ("Hello,\n\nThank you.", ["You don’t greet them by name. If you know it, use it."]),
        ("Dear Hiring Manager,\n\nThank you.", ["You don’t greet them by name. If you know it, use it."]),
        ("Dear [name],\n\nThank you.", []),
        ("Hello, Jo, thank you.", []),
        ("Dear Ms Keller,\n\nThank you, Ms Kellar.", ["You write both “Keller” and “Kellar”. Which one is right?"]),
        ("Dear Ms Keller,\n\nThank you. I liked Keller’s book, and the KELLER building.", []),
        ("Dear Ms Keller,\n\nThank you, and Mr Hart too. I like a cellar.", []),
    ],
)
def test_the_greeting_has_a_name_and_spells_it_in_one_way(text: str, words: list[str]) -> None:
    assert unsolved(text, THANKS) == words


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Dear Jo, I have attached my references.", True),
        ("Dear Jo, please see the attachment.", True),
        ("Dear Jo, my references are enclosed.", True),
        ("Dear Jo, I grew attached to the place.", False),
        ("Dear Jo, my references are below.", False),
    ],
)
def test_an_announced_attachment_is_asked_about(text: str, asks: bool) -> None:
    assert ("You mention an attachment. Have you attached it?" in unsolved(text, REFERENCES)) == asks


def test_a_quoted_reply_is_mentioned_and_not_read() -> None:
    text = "Dear Jo,\n\nThank you.\n\nOn Monday Jo wrote:\n> See the attachment, Joan."
    quoted = replace(draft(text, THANKS), set_aside=(Span(text.index("On Monday"), len(text)),))
    words = [check.words for check in last_check(quoted) if not check.passed]
    assert words == ["Your message quotes an earlier one. Delete that if they don’t need it."]


def test_an_address_below_the_name_is_no_quote() -> None:
    text = "Dear Jo,\n\nThank you.\n\nAnn Lee\nHart & Sons\n01632 960 123"
    signed = replace(draft(text, THANKS), set_aside=(Span(text.index("Hart"), len(text)),))
    assert all(check.passed for check in last_check(signed))


@pytest.mark.parametrize(
    ("number", "given"),
    [
        ("01632 960 123", True),
        ("07700-900-123", True),
        ("oh one six three two, nine six oh", True),
        ("on 4 March", False),
        ("on 2026-03-04", False),
    ],
)
def test_a_voicemail_gives_a_number(number: str, given: bool) -> None:
    assert ("Add your phone number. Say it slowly." not in unsolved(f"This is Ana Ruiz, {number}.", VOICEMAIL)) == given
