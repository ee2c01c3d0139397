"""The text of an email that was saved as a file: what its reader sees, and nothing else."""

from __future__ import annotations

import base64
from contextlib import suppress
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as some

from etiquette.cli.eml import email_text
from etiquette.drafts import DraftError

LETTER = "Dear Ms Ko,\n\nIt’s been a pleasure – 20 € well spent.\n\nTom Reed\n"


def an_email(*lines: str, body: str | bytes = "") -> bytes:
    """An email with these lines in its header."""
    raw = body if isinstance(body, bytes) else body.encode()
    return "\r\n".join(["From: tom@reed.example", *lines, "", ""]).encode() + raw


def flowed(body: str, *, also: str = "") -> str:
    """The text of an email in format=flowed."""
    return email_text(an_email(f"Content-Type: text/plain; charset=utf-8; format=flowed{also}", body=body))


def html(body: str) -> str:
    """The text of an email in HTML."""
    return email_text(an_email("Content-Type: text/html; charset=utf-8", body=body))


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_the_text_is_decoded(encoding: str, charset: str) -> None:
    message = EmailMessage()
    message["Subject"] = "Thanks"
    message.set_content(LETTER, charset=charset, cte=encoding)
    assert email_text(bytes(message)).strip() == LETTER.strip()


@pytest.mark.parametrize(
    ("named", "used"),
    [
        ("; charset=iso-8859-1", "windows-1252"),
        ("; charset=us-ascii", "utf-8"),
        ("; charset=x-unknown", "utf-8"),
        ("; charset=hex", "utf-8"),
        ("; charset*=utf-8''utf-8", "ascii"),
        ("", "utf-8"),
    ],
)
def test_a_character_set_that_is_named_wrongly_is_guessed(named: str, used: str) -> None:
    text = LETTER if used != "ascii" else "Dear Ms Ko,\n\nThank you.\n"
    assert email_text(an_email(f"Content-Type: text/plain{named}", body=text.encode(used))).strip() == text.strip()


def test_the_subject_and_attachments_are_left_out() -> None:
    message = EmailMessage()
    message["Subject"] = "Did I get the job?"
    message.set_content("Thank you.")
    message.add_attachment("I am begging you.", filename="letter.txt")
    message.add_attachment("I expect an answer today.", disposition="inline", filename="notes.txt")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="me.png")
    forwarded = EmailMessage()
    forwarded.set_content("We regret to inform you.")
    message.add_attachment(forwarded)
    assert email_text(bytes(message)).strip() == "Thank you."


def test_of_two_versions_the_plain_one_is_taken() -> None:
    message = EmailMessage()
    message["Subject"] = "Thanks"
    message.set_content("Thank you, in plain text.")
    message.add_alternative("<p>Thank you, in HTML.</p>", subtype="html")
    assert email_text(bytes(message)).strip() == "Thank you, in plain text."


def test_if_the_plain_one_is_empty_the_other_is_taken() -> None:
    message = EmailMessage()
    message["Subject"] = "Thanks"
    message.set_content("\n")
    message.add_alternative("<p>Thank you, in HTML.</p>", subtype="html")
    message.get_payload(1).add_related(b"\x89PNG", "image", "png", cid="<logo>")  # type: ignore[union-attr]
    assert email_text(bytes(message)) == "Thank you, in HTML."


def test_a_text_with_a_picture_in_the_middle_is_taken_whole() -> None:
    parts = ["\r\n\r\nThank you.", "Content-Type: image/png\r\n\r\nx", "\r\n\r\nTom Reed"]
    body = "".join(f"--b\r\n{part.lstrip() if 'image' in part else part[2:]}\r\n" for part in parts) + "--b--\r\n"
    assert email_text(an_email("Content-Type: multipart/mixed; boundary=b", body=body)) == "Thank you.\nTom Reed"


def test_lines_end_in_a_line_feed() -> None:
    assert email_text(an_email(body="Thank you.\r\n\r\nTom\rReed")) == "Thank you.\n\nTom\nReed"


def test_a_byte_order_mark_does_not_matter() -> None:
    assert email_text(b"\xef\xbb\xbf" + an_email(body="Thank you.")) == "Thank you."


def test_flowed_lines_are_joined_into_paragraphs() -> None:
    assert (
        flowed("Thank you for meeting \r\nme on \r\nMonday.\r\n\r\nTom") == "Thank you for meeting me on Monday.\n\nTom"
    )


def test_flowed_lines_may_lose_the_space_that_joins_them() -> None:
    assert flowed("Thank you for meet \r\ning me.", also="; delsp=yes") == "Thank you for meeting me."


def test_a_flowed_line_is_joined_only_to_one_that_is_quoted_as_deeply() -> None:
    assert flowed("> Can you \r\n> start?\r\n>> Yes, \r\nNo. \r\n> Why?") == "> Can you start?\n>> Yes, \nNo. \n> Why?"


def test_a_flowed_signature_stays_below_its_separator_and_stuffing_is_removed() -> None:
    assert flowed("Thank you. \r\n-- \r\nTom Reed") == "Thank you. \n-- \nTom Reed"
    assert flowed(" From Monday on\r\n > 20 people") == "From Monday on\n> 20 people"


def test_html_has_a_line_for_each_block_and_an_empty_one_between_paragraphs() -> None:
    text = html(
        "<html><head><title>Mail</title><style>p {margin: 0}</style></head>\n<body><p>Dear&nbsp;Ms&#32;Ko,</p>"
        "<p>Thank\n  <b>you</b> &amp; yours.<br>It was fun.</p><div>Best,</div><div><br></div><div>Tom</div>"
        "<ul><li>One<li>Two</ul>"
        "<table><tr><td>Phone</td><td>020</td></tr></table><pre>a\n  <b>b</b></pre></body></html>"
    )
    assert text == "Dear Ms Ko,\n\nThank you & yours.\nIt was fun.\n\nBest,\n\nTom\n\nOne\nTwo\n\nPhone\n020\n\na\nb"


def test_quotes_in_html_are_marked_as_in_plain_text() -> None:
    text = html(
        "Thank you.<div>Ada wrote:<br></div><blockquote><p>Can you?</p><blockquote>Yes.</blockquote></blockquote>"
    )
    assert text == "Thank you.\nAda wrote:\n\n> Can you?\n\n>> Yes."
    assert html("Thank you.<blockquote>Can you?") == "Thank you.\n> Can you?"


def test_what_word_processors_hide_in_html_is_left_out() -> None:
    hidden = "<!DOCTYPE html><!--[if mso]><p>Hidden</p><![endif]--><![if !vml]><o:p></o:p><![endif]><script>x</script>"
    assert html(f"{hidden}<p>Thank you.</p>{hidden}") == "Thank you."
    assert html("<p>Thank you.</p><![x") == "Thank you."


CLOSED = "--b\n\nThank you.\n--b--\n"
MULTIPART = "Content-Type: multipart/mixed; boundary=b"
BASE64 = "Content-Transfer-Encoding: base64"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "This isn’t an email."),
        (LETTER.encode(), "This isn’t an email."),
        (b"\xd0\xcf\x11\xe0\0\0", "This isn’t an email."),
        (an_email(body=b"Thank you.\0\0"), "This isn’t an email."),
        (b"From: tom@reed.example\nThank you.\n", "This email is damaged"),
        (an_email(MULTIPART, body=CLOSED.replace("--b--", "")), "This email is damaged"),
        (an_email("Content-Type: multipart/mixed", body=CLOSED), "This email is damaged"),
        (an_email(MULTIPART, body="Thank you."), "This email is damaged"),
        (an_email(BASE64, body=base64.b64encode(LETTER.encode())[:21]), "This email is damaged"),
        (an_email("Content-Type: text/plain; charset=utf-8", body=b"Gr\xfc\xdfe"), "We can’t read the characters"),
        (an_email("Content-Type: application/pdf", body="%PDF"), "There’s no text in this email"),
        (an_email(MULTIPART, body="--b\nContent-Type: image/png\n\nx\n--b--\n"), "There’s no text in this email"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason_and_a_remedy(raw: bytes, reason: str) -> None:
    with pytest.raises(DraftError, match=reason) as refused:
        email_text(raw)
    assert "into a text file." in str(refused.value)


@pytest.mark.parametrize("depth", [600, 2_000])
def test_an_email_of_parts_without_end_is_refused(depth: int) -> None:
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth))
    with pytest.raises(DraftError, match="This email is damaged"):
        email_text(b"From: tom@reed.example\n" + nested.encode())


FRAGMENTS = [
    "Content-Type: text/html",
    "Content-Type: multipart/alternative; boundary=b",
    "; charset*=",
    "; charset=undefined",
    "; format=flowed",
    "; filename*=x'y'z",
    "Content-Transfer-Encoding: base64",
    "Content-Disposition: inline",
    "\n",
    "\n--b\n",
    "\n--b--\n",
    "<![",
    "<!--",
    "-->",
    "<p>",
    "</pre>",
    "<blockquote>",
    "</blockquote>",
    "<script>",
    "&#x",
    "Thank you. ",
    ">",
    "\xff",
]


@given(some.lists(some.sampled_from(FRAGMENTS) | some.text(max_size=3), max_size=30))
def test_any_file_is_read_or_refused(fragments: list[str]) -> None:
    with suppress(DraftError):
        email_text(b"From: x\n" + "".join(fragments).encode("latin-1", "replace"))
