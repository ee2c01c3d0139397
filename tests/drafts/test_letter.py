"""What is set aside before a draft is judged: other people's mail, headers and signatures."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from etiquette.drafts.letter import set_aside, without
from etiquette.drafts.sender import sender

LETTER = "Dear Ms Hart,\n\nThank you for meeting me about the planner role.\n\nKind regards,\nDana Whitfield"
LONGEST = 20_000


def kept(text: str) -> str:
    """The lines that remain, without blank ones."""
    return "\n".join(line.rstrip() for line in without(text, set_aside(text)).splitlines() if line.strip())


KEPT = kept(LETTER)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "hello",
        LETTER,
        "Hi Jo, thank you for today. Dana",
        "Hello, this is Aisha Rahman. On Tuesday you wrote: we will call you. Is there any news?",
        "Hi Jo,\n\nOn Monday, 3 March 2026 you wrote:\nwe will call on Friday.\n\nIs there any news?\n\nDana",
        "Hi Jo,\n\nFrom: the first minute I felt welcome.\nThank you.\n\nDana",
        "Hi Jo,\n\nI sent it from my phone on Monday, and I wonder whether it arrived.\n\nDana",
        "Hi Jo,\n\nSent from my heart: thank you.\n\nDana",
        "Hi Jo,\n\nGet back to me on my mobile\n\nDana",
        "Hi Jo,\n\nSent from my phone. Did I get the job?\n\nDana",
        "Hi Jo,\n\nDisclaimer: I write bad emails.\n\nDana",
        "Hi Jo,\n\nThank you.\n\n--\n\nAnd did I get the job? I wonder.\n\nDana",
        "Hi Jo,\n\nI know that this is confidential, and I have told nobody.\n\nDana",
        "Hi Jo -- thank you -- I had a lovely time.\n\nDana",
        "Hi Jo,\n\nI liked three things:\n\nThe Team\nThe Office\nThe People\n\nThank you for a good morning.\n\nDana",
    ],
)
def test_plain_text_is_unchanged(text: str) -> None:
    assert set_aside(text) == ()
    assert without(text, set_aside(text)) == text


@pytest.mark.parametrize(
    "attribution",
    [
        pytest.param("On Tue, 3 Mar 2026 at 10:12, Jo Hart <jo@x.example> wrote:", id="Gmail"),
        pytest.param("On Tue, Mar 3, 2026 at 10:12 AM Jo Hart <jo@x.example> wrote:", id="Gmail in America"),
        pytest.param("On Tue, 3 Mar 2026 at 10:12, Jo Hart <jo.hart@a-long-name.example>\nwrote:", id="Gmail, wrapped"),
        pytest.param(
            "On Tue, 3 Mar 2026 at\n10:12, Jo Hart\n<jo@x.example> wrote:",
            id="wrapped over three lines",
        ),
        pytest.param("On 3 Mar 2026, at 10:12, Jo Hart <jo@x.example> wrote:", id="Apple Mail"),
        pytest.param("On 03/03/2026 10:12, Jo Hart wrote:", id="Thunderbird"),
        pytest.param("Jo Hart wrote:", id="Thunderbird of old"),
        pytest.param("On Tuesday, 3 March 2026 at 10:12:05 GMT, Jo Hart <jo@x.example> wrote:", id="Yahoo"),
        pytest.param("--- On Tue, 3/3/2026, Jo Hart <jo@x.example> wrote:", id="Yahoo of old"),
        pytest.param("Am 03.03.2026 um 10:12 schrieb Jo Hart:", id="in German"),
        pytest.param("Le mar. 3 mars 2026 à 10:12, Jo Hart <jo@x.example> a écrit :", id="in French"),
        pytest.param("El mar, 3 mar 2026 a las 10:12, Jo Hart (<jo@x.example>) escribió:", id="in Spanish"),
        pytest.param("Op di 3 mrt 2026 om 10:12 schreef Jo Hart <jo@x.example>:", id="in Dutch"),
    ],
)
def test_a_quoted_reply_is_set_aside(attribution: str) -> None:
    assert kept(f"{LETTER}\n\n{attribution}\n\n> Did you find us?\n> I expect an answer.\n>\n> Jo") == KEPT


@pytest.mark.parametrize(
    "attribution",
    ["On Tue, 3 Mar 2026 at 10:12, Jo Hart <jo@x.example> wrote:", "On 03/03/2026 10:12, Jo Hart wrote:"],
)
def test_without_angle_brackets_all_below_the_attribution_is_quoted(attribution: str) -> None:
    assert kept(f"{LETTER}\n\n{attribution}\n\nDear Dana,\n\nI expect an answer.\n\nJo") == KEPT


def test_answers_between_and_below_quoted_lines_are_judged() -> None:
    text = (
        "On Tue, 3 Mar 2026 at 10:12, Jo Hart <jo@x.example> wrote:\n> Did you find us?\n\nI did, thank you.\n\n"
        "> When can you start?\n>> Soon?\n\nDid I get the job?\n\nDana Whitfield"
    )
    assert kept(text) == "I did, thank you.\nDid I get the job?\nDana Whitfield"


@pytest.mark.parametrize(
    "separator",
    [
        "-----Original Message-----",
        "----- Original Message -----",
        "-------- Original message --------",
        "---------- Forwarded message ---------",
        "-------- Forwarded Message --------",
        "Begin forwarded message:",
    ],
)
def test_forwarded_mail_is_set_aside(separator: str) -> None:
    text = f"{LETTER}\n\n{separator}\nFrom: Jo Hart <jo@x.example>\nDate: 3 March\n\nI expect an answer today."
    assert kept(text) == KEPT


@pytest.mark.parametrize("rule", ["", "________________________________\n", "Get Outlook for iOS\n________________\n"])
@pytest.mark.parametrize(
    "headers",
    [
        "From: Jo Hart <jo@x.example>\nSent: 03 March 2026 10:12\nTo: Dana Whitfield\nSubject: Interview",
        "From: Jo Hart\nDate: Tuesday, 3 March 2026 at 10:12\nTo: Dana Whitfield\nCc: Al\nSubject: Interview",
        "*From:* Jo Hart\n*Sent:* 03 March 2026 10:12\n*To:* Dana Whitfield\n*Subject:* Interview",
    ],
)
def test_mail_that_outlook_quotes_is_set_aside(rule: str, headers: str) -> None:
    assert kept(f"{LETTER}\n\n{rule}{headers}\n\nDear Dana,\n\nDid you get the job?\n\nJo") == KEPT


def test_headers_at_the_top_are_set_aside_and_the_subject_is_judged() -> None:
    text = f"From: dana@y.example\nTo: Jo Hart\nCc:\nSubject: FINAL NOTICE\n\n{LETTER}"
    assert kept(text) == f"Subject: FINAL NOTICE\n{KEPT}"


@pytest.mark.parametrize(
    "header",
    [
        "On Tue, 3 Mar 2026 at 10:12, Jo Hart <jo@x.example> wrote:",
        "-----Original Message-----\nFrom: Jo Hart\nSent: 3 March 2026\nTo: Dana\nSubject: Interview",
        "Begin forwarded message:\n\nFrom: Jo Hart\nDate: 3 March 2026\nTo: Dana",
    ],
)
def test_a_letter_below_the_header_of_other_mail_is_judged(header: str) -> None:
    assert kept(f"{header}\n\n{LETTER}").removeprefix("Subject: Interview\n") == KEPT


@pytest.mark.parametrize(
    "signature",
    [
        "Senior Planner",
        "Senior Planner\nHart & Sons Ltd\n12 Mill Lane, Leeds LS1 4AB\n07700 900123\ndana@y.example",
        "(she/her)\nPlanner | Hart Ltd\nT: 0113 496 0000 | M: 07700 900123\nwww.hart.example",
        "\n+44 7700 900123\nlinkedin.com/in/dana-whitfield",
        "Tel 07700 900123",
        "BSc (Hons), MRTPI\nTwitter: @dana",
        "Pronouns: she/her",
    ],
)
def test_what_follows_the_name_is_a_signature(signature: str) -> None:
    text = f"{LETTER}\n{signature}"
    assert kept(text) == KEPT
    signed = sender(without(text, set_aside(text)))
    assert signed is not None
    assert text[signed.start : signed.end] == "Dana Whitfield"


@pytest.mark.parametrize("dashes", ["-- ", "--"])
def test_below_two_dashes_only_the_name_stays(dashes: str) -> None:
    text = f"Thank you for meeting me.\n{dashes}\nDana Whitfield\n07700 900123\nEverything I say is my own view."
    assert kept(text) == "Thank you for meeting me.\nDana Whitfield"


def test_a_postscript_below_two_dashes_is_judged() -> None:
    text = "Thank you for meeting me.\n-- \nDana Whitfield\n07700 900123\nPS Did I get the job?"
    assert kept(text) == "Thank you for meeting me.\nDana Whitfield\nPS Did I get the job?"


def test_a_signature_needs_no_closing() -> None:
    text = "Hi Jo,\n\nThank you for the planner interview.\n\nDana Whitfield\nSenior Planner\n07700 900123"
    assert kept(text) == "Hi Jo,\nThank you for the planner interview.\nDana Whitfield"


def test_a_name_may_stand_in_the_line_of_the_closing() -> None:
    text = "Hi Jo,\n\nThank you for the planner interview.\n\nKind regards, Dana Whitfield\n07700 900123"
    assert kept(text).endswith("Kind regards, Dana Whitfield")


def test_a_quoted_reply_below_a_signature_does_not_hide_it() -> None:
    text = f"{LETTER}\nSenior Planner\n07700 900123\n\nOn 03/03/2026 10:12, Jo Hart wrote:\n> Dear Dana"
    assert kept(text) == KEPT
    assert len(set_aside(text)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "PS Did I get the job?",
        "P.S. I left an umbrella.",
        "Please call me by noon.",
        "I expect an answer today",
        "Call me on 07700 900123",
        "Waiting for news",
        "Applicant, planner role",
        "from the planner interview",
        "xx",
        "Enc. two references",
    ],
)
def test_what_is_said_below_the_name_is_judged(line: str) -> None:
    assert kept(f"{LETTER}\n{line}").endswith(line)


@pytest.mark.parametrize(
    "text",
    [
        "Hi Jo,\n\nMy two referees:\n\nUna Boyle\nHead Teacher\n01632 960 001\n\nRay Stubbs\nForeman\n01632 960 002",
        "Hi Jo,\n\nHere are my references:\n\nRay Stubbs, foreman, 01632 960 002\nUna Boyle, una@x.example",
        "Hi Jo,\n\nMy referees are below.\n\nKind regards,\nDana Whitfield\n\nUna Boyle\nHead Teacher\n01632 960 001",
    ],
)
def test_referees_are_no_signature(text: str) -> None:
    assert set_aside(text) == ()


def test_below_referees_and_a_closing_the_signature_is_set_aside() -> None:
    letter = "Hi Jo,\n\nMy referee is Una Boyle, 01632 960 001.\n\nKind regards,\nDana Whitfield"
    assert kept(f"{letter}\nSenior Planner\n07700 900123") == kept(letter)


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone",
        "Sent from my Samsung Galaxy smartphone.",
        "Sent from Yahoo Mail on Android",
        "Sent from Outlook for iOS",
        "Get Outlook for Android",
        "Sent with Proton Mail secure email.",
        "Sent from Mail for Windows",
        "Sent from my mobile, please excuse typos",
        "Von meinem iPhone gesendet",
        "Enviado desde mi iPhone",
    ],
)
def test_what_a_phone_adds_is_set_aside(line: str) -> None:
    assert kept(f"{LETTER}\n\n{line}") == KEPT


@pytest.mark.parametrize(
    "notice",
    [
        "This email and any attachments are confidential and intended solely for the addressee.\nIf you have received "
        "it in error, please delete it.",
        "CONFIDENTIALITY NOTICE: The information in this message is private.",
        "Please consider the environment before printing this email.",
        "If you are not the intended recipient, please tell us at once and delete this message.",
    ],
)
def test_a_notice_is_set_aside(notice: str) -> None:
    assert kept(f"{LETTER}\n\n{notice}") == KEPT


@given(some.text(alphabet=">-_:@.,\nAbOnwrote 0123From", max_size=400))
def test_positions_and_line_breaks_stay(text: str) -> None:
    spans = set_aside(text)
    remaining = without(text, set_aside(text))
    assert len(remaining) == len(text)
    assert [n for n, char in enumerate(text) if char == "\n"] == [n for n, char in enumerate(remaining) if char == "\n"]
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@pytest.mark.parametrize(
    "piece",
    [
        ">",
        "> \n",
        "-",
        "_",
        "--\n",
        "_\n",
        " ",
        "\n",
        "\r\n",
        "On ",
        "On 3 March 2026 10:12\n",
        "wrote:",
        "wrote:\n",
        "On 10:12 wrote",
        "From: \n",
        "From:\nSent:\n",
        "Subject:\n",
        "Kind regards,\n",
        "Kind regards,\nDana\n",
        "Dana Whitfield\n\n",
        "0",
        "0 ",
        "Sent from my ",
        "Sent iphone ",
        "intended ",
        "and any files ",
        "(",
        "@",
        "she/",
        ":",
        "A" * 300 + ":\n",
    ],
)
def test_hostile_text_is_finished(piece: str) -> None:
    """A pattern that backtracks without bounds would hang here."""
    text = (piece * LONGEST)[:LONGEST]
    assert len(without(text, set_aside(text))) == LONGEST
