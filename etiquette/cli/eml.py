"""The text of an email that was saved as a file (.eml), as its reader would see it.

Attachments are left out. Text is taken from HTML only if there's no plain text. Quoted text keeps a `>` before each
line, or is given one.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from email import errors, message_from_bytes
from email.message import Message
from html.parser import HTMLParser
from typing import NamedTuple

from etiquette.drafts import DraftError

ENVELOPE = frozenset({"from", "to", "subject", "date", "message-id", "mime-version", "content-type"})
LOSES_TEXT = (
    errors.MissingHeaderBodySeparatorDefect,
    errors.NoBoundaryInMultipartDefect,
    errors.StartBoundaryNotFoundDefect,
    errors.CloseBoundaryNotFoundDefect,
    errors.InvalidBase64PaddingDefect,
    errors.InvalidBase64CharactersDefect,
    errors.InvalidBase64LengthDefect,
)
UNREAD = re.compile(r"<!--.*?-->|<!(?!--)[^>]*>?", re.DOTALL)
"""Comments and declarations. The parser raises AssertionError at some of those that word processors write."""
REMEDY = "Save it again from your mail program, or copy its words into a text file."
DAMAGED = f"This email is damaged, and part of it may be missing. {REMEDY}"
SEPARATOR = "-- "  # above a signature


class ShownText(NamedTuple):
    """A text that a mail program shows, and whether the email has it as plain text."""

    is_plain: bool
    words: str


def email_text(raw: bytes) -> str:
    """The text of an email.

    Raises:
        DraftError: It's no email, is damaged, or has no text of its own.
    """
    try:
        return _email_text(raw)
    except RecursionError:
        raise DraftError(DAMAGED) from None


def _email_text(raw: bytes) -> str:
    message = message_from_bytes(raw.removeprefix(codecs.BOM_UTF8))
    if b"\0" in raw or ENVELOPE.isdisjoint(name.lower() for name in message):
        raise DraftError(f"This isn’t an email. {REMEDY}")
    shown = _shown(message)
    if any(isinstance(defect, LOSES_TEXT) for part in message.walk() for defect in part.defects):
        raise DraftError(DAMAGED)
    if not shown:
        raise DraftError("There’s no text in this email that we can read. Copy its words into a text file.")
    return "\n".join(text.words for text in shown)


def _shown(part: Message) -> list[ShownText]:
    """The texts in this part, one below the other. Of several versions of a text, the plain one if it isn't empty."""
    if part.get_filename() or part.get_content_disposition() == "attachment":
        return []
    if part.get_content_maintype() == "multipart":
        parts = part.get_payload() if part.is_multipart() else []
        inner = [_shown(each) for each in parts if isinstance(each, Message)]
        if part.get_content_subtype() == "alternative":
            versions = [each for each in inner if any(text.words.strip() for text in each)]
            return min(versions, key=lambda each: not all(text.is_plain for text in each), default=[])
        return [text for each in inner for text in each]
    match part.get_content_type():
        case "text/plain":
            return [ShownText(True, _plain_text(part))]
        case "text/html":
            return [ShownText(False, _html_text(_decoded(part)))]
    return []


def _decoded(part: Message) -> str:
    """The content of a part by its character set, or by UTF-8 if that is wrong, unknown or not named."""
    with suppress(TypeError):  # from `get_payload`, at `charset*=`
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        for charset in (part.get_content_charset("utf-8"), "utf-8"):
            with suppress(LookupError, ValueError):
                name = codecs.lookup(charset).name
                return content.decode("cp1252" if name == "iso8859-1" else name)  # as mail programs do
    raise DraftError(f"We can’t read the characters of this email. {REMEDY}")


def _plain_text(part: Message) -> str:
    lines = _decoded(part).splitlines()
    if str(part.get_param("format", "")).lower() == "flowed":
        lines = _unflowed(lines, keeps_spaces=str(part.get_param("delsp", "")).lower() != "yes")
    return "\n".join(lines)


def _unflowed(lines: list[str], *, keeps_spaces: bool) -> list[str]:
    """Whole paragraphs out of lines of format=flowed (RFC 3676), where a space at the end of a line means: go on."""
    paragraphs: list[str] = []
    flowing: int | None = None  # how deep the paragraph is quoted that goes on
    for line in lines:
        words = line.lstrip(">")
        depth = len(line) - len(words)
        words = words.removeprefix(" ")
        goes_on = words.endswith(" ") and words != SEPARATOR
        kept = words if keeps_spaces or not goes_on else words[:-1]
        if flowing == depth and words != SEPARATOR:
            paragraphs[-1] += kept
        else:
            paragraphs.append(">" * depth + " " * bool(depth) + kept)
        flowing = depth if goes_on else None
    return paragraphs


def _html_text(html: str) -> str:
    reader = HtmlText()
    reader.feed(UNREAD.sub("", html))
    reader.close()
    return reader.text()


class HtmlText(HTMLParser):
    """Collects the text of HTML: a line for each block or line break, an empty line between paragraphs."""

    BLOCKS = frozenset(
        ["address", "article", "blockquote", "body", "dd", "div", "dl", "dt", "footer", "header", "hr", "li", "main"],
    ) | {"pre", "section", "td", "th", "tr"}
    PARAGRAPHS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "table", "ul"])
    UNSEEN = frozenset({"script", "style", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._words: list[str] = []
        self._quoted = 0
        self._preformatted = self._unseen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Begin a new line where the tag does."""
        self._end_line(tag)
        if tag == "br":
            self._add_line()
        self._quoted += tag == "blockquote"
        self._preformatted |= tag == "pre"
        self._unseen |= tag in self.UNSEEN

    def handle_endtag(self, tag: str) -> None:
        """End the line where the tag does."""
        self._end_line(tag)
        self._quoted -= tag == "blockquote" and self._quoted > 0
        self._preformatted &= tag != "pre"
        self._unseen &= tag not in self.UNSEEN

    def handle_data(self, data: str) -> None:
        """Take the words that can be seen."""
        if self._unseen:
            return
        first, *rest = data.split("\n") if self._preformatted else [data]
        self._words.append(first)
        for line in rest:
            self._add_line()
            self._words.append(line)

    def text(self) -> str:
        """What was collected so far, with no more than one empty line in a row."""
        return re.sub(r"\n{3,}", "\n\n", "\n".join([*self._lines, self._line()])).strip("\n")

    def _end_line(self, tag: str) -> None:
        if tag in self.BLOCKS | self.PARAGRAPHS and "".join(self._words).strip():
            self._add_line()
        if tag in self.PARAGRAPHS:
            self._lines.append("")

    def _add_line(self) -> None:
        self._lines.append(self._line())
        self._words.clear()

    def _line(self) -> str:
        words = " ".join("".join(self._words).split())
        return f"{'>' * self._quoted} {words}".strip() if words else ""
