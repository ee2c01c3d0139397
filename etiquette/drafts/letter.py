"""Finds what a draft holds besides the letter itself: quoted and forwarded mail, headers, and what follows the name.

The text is read line by line, and each line is looked at a bounded number of times.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from etiquette.drafts.sender import are_names, is_closing, is_job_title
from etiquette.drafts.tokens import Span

HEADER = re.compile(r"\*?(?:from|sent|date|to|cc|bcc|reply-to|attachments?|importance)\s?:\*?(?:\s|$)", re.I)
SUBJECT = re.compile(r"\*?subject\s?:", re.I)
ADDRESSED = re.compile(r"\*?(?:sent|date|to|subject)\s?:", re.I)
SEPARATOR = re.compile(
    r"(?:[-_*]{2,}\s?(?:original|forwarded|weitergeleitete) \w+\s?[-_*]{2,}|begin forwarded message:)$",
    re.I,
)
WROTE = re.compile(r"\b(?:wrote|schrieb|schreef|escribió|escreveu|ha scritto|a écrit)\b[^\n]{0,90}:$", re.I)
SENT_AT = re.compile(r"@|\d[:.h]\d\d|\d{4}")
DEVICE = re.compile(
    r"(?:sent (?:from|via|with|using) (?:my |a |the )?|get (?=outlook for )|enviado desde (?:mi )?"
    r"|envoyé (?:de|depuis) (?:mon )?|inviato da(?:l mio)? |verzonden vanaf mijn |von meine[mr] )"
    r"(?:[\w-]+ ){0,3}(?:iphone|ipad|phone"
    r"|smartphone|mobile|android|galaxy|samsung|huawei|blackberry|pixel|tablet|outlook|yahoo mail|gmail|proton ?mail"
    r"|mail for windows|hotmail|device)(?: [\w-]+){0,3}\.?(?:\W{0,3}(?:please )?(?:excuse|pardon|forgive)\b.{0,60})?$",
    re.I,
)
NOTICE = re.compile(
    r"confidentiality notice|(?-i:DISCLAIMER)|please consider the environment|before printing this"
    r"|intended (?:only|solely) for the|(?:named|intended) (?:addressee|recipient)|registered office:"
    r"|received (?:it|this) (?:e-?mail |message |communication )?in error"
    r"|and any (?:files|attachments)\b.{0,60}\bconfidential",
    re.I,
)
CONTACT = re.compile(
    r"@\w|\bwww\.|\bhttps?:|linkedin|\w\.(?:com|org|net|io|me|dev|uk|eu|example)\b|\+?\(?\d[\d ().-]{6,}\d", re.I
)
FIELD = re.compile(
    r"(?:[tmefwpad]|tel|telephone|phone|ph|mob|mobile|cell|office|direct|fax|e-?mail|web|website|address|pronouns|skype"
    r"|twitter|instagram|whatsapp)\.?\s?[:|]",
    re.I,
)
PRONOUNS = re.compile(r"\W*(?:she|he|they|ze)\s?/\s?(?:her|him|them|they|she|he|zir)\b", re.I)
CONTENT = re.compile(
    r"p\.?\s?p?\.?s\b|n\.?b\b|enc|attach|\W*(?:referees?|references?|refs)\b"
    r"|.*\b(?:applicant|candidate|application|interview|interviewed|ref)\b",
    re.I,
)
PROSE = re.compile(r"(?<![\w.@-])(?:i|you|your|me|my|we|us|please|now|today)(?![\w.@-])", re.I)
POSTSCRIPT = re.compile(r"p\.?\s?p?\.?s\b", re.I)
REFEREES = re.compile(r"\b(?:referees?|references?|refs|recommend\w*|vouch)\b", re.I)
LONGEST_JOINT = 3  # letters of a word such as 'of' or 'for' in the name of a company
HEADERS, WRAPPED, SIGNATURE_LINES = 8, 4, 16
LONGEST_DETAIL, LONGEST_LINE = 10, 300  # a line of a signature in words, an attribution or a notice in characters


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its position, without the white space around it, and its text."""

    start: int
    end: int
    text: str
    after_gap: bool

    @property
    def head(self) -> str:
        """As much of the line as the patterns look at."""
        return self.text[:LONGEST_LINE]


def set_aside(text: str) -> tuple[Span, ...]:
    """The parts of a draft that are not the writer's letter, in order and disjoint.

    They are headers pasted above it (apart from the subject, which the writer chose), quoted and forwarded mail, and
    the signature below the writer's name. An answer between or below quoted lines belongs to the letter, and so do
    referees and a postscript below the name. Where other mail stands above the letter, only its header is set aside.
    """
    lines = _lines(text)
    own: list[Line] = []  # the writer's own lines, signature included
    apart: list[Line] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        wrapped = _attribution(lines, at)
        below = at + max(1, wrapped)
        if line.text[0] == ">" or (not own and HEADER.match(line.head)):
            apart.append(line)
        elif wrapped or _begins_other_mail(lines, at):
            answered = below < len(lines) and lines[below].text[0] == ">"
            below = below if answered or not own else len(lines)
            apart += lines[at:below]
        elif own or not SUBJECT.match(line.head):
            own.append(line)
        at = below
    return _joined(text, sorted([*apart, *_signature(own)], key=lambda line: line.start))


def without(text: str, parts: Iterable[Span]) -> str:
    """The text with spaces in place of these parts, which are in order, so that positions stay. Lines remain."""
    pieces: list[str] = []
    at = 0
    for part in parts:
        pieces += [text[at : part.start], re.sub(r"[^\n]", " ", text[part.start : part.end])]
        at = part.end
    return "".join([*pieces, text[at:]])


def _lines(text: str) -> list[Line]:
    found: list[Line] = []
    at, gap = 0, False
    for raw in text.split("\n"):
        if stripped := raw.strip():
            start = at + len(raw) - len(raw.lstrip())
            found.append(Line(start, start + len(stripped), stripped, gap))
        gap = not stripped
        at += len(raw) + 1
    return found


def _joined(text: str, lines: Sequence[Line]) -> tuple[Span, ...]:
    """The spans of these lines. Lines with nothing but white space between them become one span."""
    spans: list[Span] = []
    for line in lines:
        if spans and text[spans[-1].end : line.start].isspace():
            spans[-1] = Span(spans[-1].start, line.end)
        else:
            spans.append(Span(line.start, line.end))
    return tuple(spans)


def _begins_other_mail(lines: Sequence[Line], at: int) -> bool:
    """Whether this line and all below it are forwarded mail, or mail that Outlook has quoted."""
    if SEPARATOR.match(lines[at].head):
        return True
    if set(lines[at].text) == {"_"} and at + 1 < len(lines):
        at += 1
    if not re.match(r"\*?from\s?:", lines[at].head, re.I):
        return False
    return sum(bool(ADDRESSED.match(line.head)) for line in lines[at + 1 : at + HEADERS]) >= 2


def _attribution(lines: Sequence[Line], at: int) -> int:
    """How many lines 'On 3 March 2026 at 10:12, Jo Hart <jo@x.example> wrote:' takes here; 0 if this is none."""
    for count in range(1, WRAPPED + 1):
        last = at + count - 1
        if last == len(lines) or (count > 1 and lines[last].after_gap) or lines[last].text[0] == ">":
            return 0
        if len(lines[last].text) <= LONGEST_LINE and lines[last].text.endswith(":"):
            whole = " ".join(line.head for line in lines[at : last + 1])
            quoted = last + 1 < len(lines) and lines[last + 1].text[0] == ">"
            dated = re.match(r"(?:-+ )?(?:on|am|op|el|em|le|il) ", whole, re.I) and SENT_AT.search(whole)
            quotes_them = re.search(r"\b(?:you|i|we) wrote:$", whole, re.I)
            return count if WROTE.search(whole) and (quoted or (dated and not quotes_them)) else 0
    return 0


def _signature(own: Sequence[Line]) -> Iterator[Line]:
    """The lines below the writer's name, and what mail programs add."""
    kept = len(own)
    for at in range(len(own) - 1, max(0, len(own) - SIGNATURE_LINES), -1):
        if own[at].text in ("--", "—"):
            below = own[at + 1 :]
            named = bool(below) and are_names(below[0].text.split())
            if not below or named or _is_detail(below[0].text):
                yield own[at]
                yield from (line for line in below[named:] if not POSTSCRIPT.match(line.text))
                kept = at
            break
    letter = []
    notice = False
    for line in own[:kept]:
        notice = bool(NOTICE.search(line.head)) or (notice and not line.after_gap)
        if notice or DEVICE.match(line.text):
            yield line
        else:
            letter.append(line)
    named_at = _name(letter)
    if named_at is not None:
        yield from (line for line in letter[named_at + 1 :] if _is_detail(line.text))


def _name(letter: Sequence[Line]) -> int | None:
    """The line with the writer's name: the one after the closing or, if only details follow, the last name.

    Where the letter speaks of referees and no contact details stand above the name, those below it are theirs.
    """
    refers = any(REFEREES.search(line.text) for line in letter)
    for at in range(len(letter) - 2, max(0, len(letter) - SIGNATURE_LINES), -1):
        line = letter[at]
        words = line.text.split()
        closes = is_closing(words)
        if closes or _closes_with_name(line.text):
            named = at + closes
            theirs = refers and not any(CONTACT.search(each.text) for each in letter[:at])
            return None if theirs or not are_names(letter[named].text.split(",")[-1].split()) else named
        if not refers and line.after_gap and len(words) > 1 and (are_names(words) and not is_job_title(words)):
            details = all(_is_detail(each.text) for each in letter[at + 1 :])
            return at if details and any(_is_sure(each.text) for each in letter[at + 1 :]) else None
    return None


def _closes_with_name(text: str) -> bool:
    """'Kind regards, Dana Whitfield'."""
    closing, comma, name = text.partition(",")
    return bool(comma) and is_closing(closing.split()) and are_names(name.split())


def _is_sure(text: str) -> bool:
    """Whether a line can only belong to a signature: contact details, pronouns or a job title."""
    return bool(CONTACT.search(text) or FIELD.match(text) or PRONOUNS.match(text)) or is_job_title(text.split())


def _is_detail(text: str) -> bool:
    """Whether a line below the name looks like part of a signature, and not like a sentence or a postscript."""
    words = [word for word in text.split() if word[0].isalnum()]
    if len(words) > LONGEST_DETAIL or CONTENT.match(text) or PROSE.search(text) or text[-1] in "?!":
        return False
    if _is_sure(text):
        return True
    return not text[0].islower() and not any(word[0].islower() and len(word) > LONGEST_JOINT for word in words)
