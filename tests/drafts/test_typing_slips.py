"""What is left in a draft by mistake: places to fill in, words in capitals, and rows of exclamation marks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as some

from etiquette.drafts.tokens import Span
from etiquette.drafts.typing_slips import capitals, exclamations, placeholders

LONGEST = 20_000


def passages(find: Callable[[str], list[Span]], text: str) -> list[str]:
    """The text of the spans that are found."""
    return [text[span.start : span.end] for span in find(text)]


def are_in_order(spans: list[Span], length: int) -> bool:
    """Whether the spans follow one another without overlap in a text of this length."""
    ends = [0, *(end for span in spans for end in (span.start, span.end)), length]
    return ends == sorted(ends) and all(span.start < span.end for span in spans)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dear [name], thank you.", ["[name]"]),
        (
            "Dear [Interviewer's Name],\nthank you for the [job title] interview.",
            ["[Interviewer's Name]", "[job title]"],
        ),
        ("Kind regards,\n[your name]", ["[your name]"]),
        ("I met you on [DATE].", ["[DATE]"]),
        ("Dear [   ], thank you.", ["[   ]"]),
        ("the {job} role at {{company}}", ["{job}", "{{company}}"]),
        ("I would love to join <company>.", ["<company>"]),
        ("Dear <Hiring Manager>,", ["<Hiring Manager>"]),
        ("Dear ___, thank you for ____.", ["___", "____"]),
        ("Thank you for seeing me on XX March.", ["XX March"]),
        ("Thank you for seeing me on xx March.", ["xx March"]),
        ("on XX/XX/2026 and XX/XX", ["XX/XX/2026", "XX/XX"]),
        ("Dear Mr XXX, the XXX role at XXXX", ["XXX", "XXX", "XXXX"]),
        ("Thank you for the XXth of March, Dear XX", ["XXth of March", "XX"]),
        ("Dear ......, dear …, hi NAME, dear FIRST NAME", ["......", "…", "NAME", "FIRST NAME"]),
        ("Hi <<First Name>>,", ["<<First Name>>"]),
        ("a salary of £XX,000", ["XX"]),
        ("Yours,\nINSERT NAME HERE", ["INSERT NAME HERE"]),
        ("Dear insert name here,", ["insert name here"]),
        ("Dear INSERT HIRING MANAGER, hello", ["INSERT HIRING MANAGER"]),
        ("Kind regards,\nYour Name", ["Your Name"]),
        ("Kind regards,\n(your name)", ["(your name)"]),
        ("the (job title) role", ["(job title)"]),
    ],
)
def test_what_is_still_to_be_filled_in_is_found(text: str, found: list[str]) -> None:
    assert passages(placeholders, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Dear Sir/Madam, dear Hiring Manager,",
        "Jo Hart <jo@x.example>",
        "my site <https://dana.example/work>",
        "You wrote “recieve” [sic].",
        "as shown [1], and elsewhere [2, 3] [12-14]",
        "“I [...] enjoyed it” and “I […] did”",
        "jo[at]x[dot]example",
        "my portfolio [here](https://dana.example)",
        "[ ] yes [x] no",
        "my references [attached], and my CV [see attached]",
        "You wrote that “[she] will call”.",
        "HELLO, MY NAME IS RAJESH",
        "hi ... so I came",
        "<3 and >:( and :-] and <br>",
        "I have 3 < 5 children and 5 > 3 dogs",
        "Love, Dana xx",
        "Bye XXX",
        "Thanks so much! xxx",
        "I am in the XL shirt, size XXL",
        "file_name and my__file",
        "Thank you.\n________________________________\nDana",
        "my name (Dana) and the date (Monday)",
        "your name came up, and the company name too",
        "the role (part-time) and your call (thanks)",
        "a gap of twenty years: 1990 - 2010",
        "please insert a coin, insert coin here",
    ],
)
def test_what_only_looks_like_a_placeholder_is_none(text: str) -> None:
    assert placeholders(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PLEASE let me know.", ["PLEASE"]),
        ("I NEED to know NOW.", ["NEED", "NOW"]),
        ("This is URGENT, and I'm not joking.", ["URGENT"]),
        ("I'm begging you, PLEASE, PLEASE.", ["PLEASE, PLEASE"]),
        ("Have I GOT IT or not?", ["GOT IT"]),
        ("You SAID MONDAY.", ["SAID MONDAY"]),
        ("I AM STILL WAITING for news", ["AM STILL WAITING"]),
        ("THANK YOU FOR THE INTERVIEW. AM I SELECTED?", ["THANK YOU FOR THE INTERVIEW. AM I SELECTED"]),
        ("I WON’T wait", ["WON’T"]),
        ("CALL ME BACK\nTODAY", ["CALL ME BACK", "TODAY"]),
        ("TAKE NOTICE that I wait", ["TAKE NOTICE"]),
        ("Subject: FINAL NOTICE", ["FINAL NOTICE"]),
        ("the NHS PLEASE job", ["PLEASE"]),
    ],
)
def test_shouted_words_are_found(text: str, found: list[str]) -> None:
    assert passages(capitals, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "I am an RGN on the ICU of an NHS trust, and I had a good time.",
        "The CEO and the CFO of IBM USA, a PDF, and a CV ASAP, OK?",
        "HR and IT, QA and UX",
        "the NHS ICU RGN post",
        "Henry VIII, World War II, MDCCLXXVI and part XIV",
        "Kind regards,\nDANA WHITFIELD",
        "Kind regards,\n\nGRACE HOPE",
        "Kind regards,\n\nDANA WHITFIELD\n07700 900123",
        "Dana WHITFIELD here",
        "the A4 paper, the HGV2 licence and the X-RAY7 unit, ref. CO-88",
        "A level, B road, Plan B and vitamin C",
        "RE: APPLICATION FOR THE POST OF PLANNER\n\nDear Jo, thank you.",
        "I hold NEBOSH, CIPD and PRINCE2.",
        "Only a thank you. I enjoyed it.",
        "UNICEF, NASA, UNISON and the BBC",
        "WHO and US and IT and AA",
        "",
    ],
)
def test_abbreviations_names_and_numerals_are_not_shouted(text: str) -> None:
    assert capitals(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Thanks!!!! Did I get it?!?!", ["!!!!", "?!?!"]),
        ("Really!? Yes!!", ["!?", "!!"]),
        ("Wow! ! ! Yes", ["! ! !"]),
        ("你好！！", ["！！"]),
        ("No way‼", ["‼"]),
    ],
)
def test_rows_of_exclamation_marks_are_found(text: str, found: list[str]) -> None:
    assert passages(exclamations, text) == found


@pytest.mark.parametrize("text", ["Thanks! See you! Bye!", "Really? Yes.", "Can we meet at 3??", "a != b", ""])
def test_single_marks_are_not_a_row(text: str) -> None:
    assert exclamations(text) == []


@pytest.mark.parametrize("find", [placeholders, capitals, exclamations])
@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "]",
        "{",
        "[a",
        "<a",
        "<",
        "(insert ",
        "_",
        "_ ",
        "__________\n",
        "__________ ",
        "X",
        "X/",
        "XX ",
        "the X",
        "!",
        "! ",
        "?",
        "A ",
        "AB ",
        "I'",
        "INSERT ",
        "NOW ",
        "IV",
        "M",
        " ",
        "\n",
        "\t",
        "insert name ",
        "Your Name ",
        "é",
    ],
)
def test_hostile_text_is_finished(find: Callable[[str], list[Span]], piece: str) -> None:
    """A pattern that backtracks without bounds would hang here."""
    text = (piece * LONGEST)[:LONGEST]
    assert are_in_order(find(text), LONGEST)


@given(some.text(max_size=200) | some.text(alphabet="IXAN[]<>{}_!? \n'’xa", max_size=200))
def test_spans_are_in_order_and_within_any_text(text: str) -> None:
    assert all(are_in_order(find(text), len(text)) for find in (placeholders, capitals, exclamations))
