"""Finds what was left in a draft by mistake: places to fill in, words in capitals, and rows of exclamation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etiquette.drafts.language import is_english_word
from etiquette.drafts.sender import is_closing
from etiquette.drafts.tokens import Span, gathered, sentences

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*"
FIELDS = r"(?:full |first |last |company |job )?(?:name|surname|title|company|date|day|role|position)"
RULE = 10  # underscores in a line of their own, from which they are a rule and not a blank
BLANK = re.compile(
    rf"(?P<rule>^[ \t]{{0,8}}_{{{RULE},}}[ \t]{{0,8}}$)"
    r"|(?P<bracket>\[[^\[\]\n]{1,60}\](?!\()|<{1,2}[a-z][^<>@:/.\n]{1,40}>{1,2})|(?<!\w)_{3,}(?!\w)"
    r"|\{{1,2}[^{}\n]{1,60}\}{1,2}"
    rf"|\((?:insert [^()\n]{{1,40}}|(?:your |the )?{FIELDS}(?: here)?)\)"
    rf"|\b(?:insert|enter|add|put) (?:the |your |their )?{FIELDS}(?: {FIELDS})? here\b"
    r"|\b(?-i:INSERT(?: [A-Z]{2,20}){1,4})\b"
    rf"|\bX{{2,4}}/X{{2,4}}(?:/(?:X{{2,4}}|\d{{2,4}}))?(?!\w)|\bX{{2,4}}(?:st|nd|rd|th)?(?: of)? {MONTH}\b"
    r"|(?:\b(?:dear|mr|mrs|ms|dr|on|at|of|to|is|as|am|for|the|in|with) |[£$€])(?P<crosses>(?-i:X{2,})\b)"
    rf"(?!/X| {MONTH})"
    r"|\bdear (?P<dots>\.{3,}|…+)"
    r"|\b(?:dear|hi|hello|at) (?P<name>(?-i:(?:(?:FIRST|LAST|FULL|YOUR|COMPANY) ?)?NAME)\b)"
    r"|^[ \t]{0,8}(?-i:(?:Your|My|First|Full|Company)(?: Full| Last)? Name)[ \t]{0,8}$",
    re.I | re.M,
)
EDITORIAL = re.compile(
    r"sic|(?:s?he|they|his|her|their|it|the)| |[^\w\s]+|[x✓]|\d[\d,–\- ]*|at|dot|external|ext|pdf"
    r"|(?:see )?(?:attached|enclosed).*|(?:cid|image|mailto|https?):.*",
    re.I,
)
MARKUP = frozenset({"br", "hr", "div", "em", "strong", "span", "html", "body", "ul", "ol", "li", "sub", "sup", "table"})
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
HEADING = re.compile(r"\s*(?:re|ref|reference)\s?:", re.I)
LONG, SIGNED = 5, 4
RUN = re.compile(r"[!?‼⁉！？]+(?: [!?]+)*")


def placeholders(text: str) -> list[Span]:
    """The places that are still to be filled in: '[name]', '{job}', '<company>', '___', 'XX March'."""
    return [
        Span(match.start(match.lastgroup or 0), match.end())
        for match in BLANK.finditer(text)
        if not match["rule"] and not (match["bracket"] and _is_meant(match["bracket"]))
    ]


def _is_meant(bracket: str) -> bool:
    """Whether a bracket is there on purpose: '[sic]', '[12]', '<br>'."""
    inner = bracket[1:-1]
    return bool(EDITORIAL.fullmatch(inner)) if bracket[0] == "[" else inner.strip("<>").lower() in MARKUP


def exclamations(text: str) -> list[Span]:
    """The rows of two or more exclamation marks, or of exclamation and question marks."""
    return [
        Span(match.start(), match.end())
        for match in RUN.finditer(text)
        if re.search("[!‼⁉！]", match.group()) and (len(match.group()) > 1 or match.group() in "‼⁉")
    ]


def capitals(text: str) -> list[Span]:
    """The words that are shouted: two or more in a row, or one that is no abbreviation and no name."""
    found: list[Span] = []
    closed = False
    at = 0
    for line in text.split("\n"):
        words = line.split()
        if not (closed and len(words) <= SIGNED) and not HEADING.match(line):
            found += (Span(at + span.start, at + span.end) for span in _shouted(line))
        closed = is_closing(words) or (closed and not words)
        at += len(line) + 1
    return found


def _shouted(line: str) -> Iterator[Span]:
    """The rows of words in capitals in a line that have a word to shout in them."""
    row: list[re.Match[str]] = []
    for word in [*WORD.finditer(line), None]:
        if word and word.group().isupper():
            row.append(word)
            continue
        while row and not _is_spelt(row[-1].group()):
            row.pop()
        while row and not _is_spelt(row[0].group()):
            row.pop(0)
        words = [each.group().lower() for each in row if _is_word(each.group())]
        if any(len(each) >= LONG or each in _listed("SHOUTED") for each in words) or (words and len(row) > 1):
            yield Span(row[0].start(), row[-1].end())
        row = []


def _is_spelt(word: str) -> bool:
    """Whether a word in capitals may be shouted along with others: long, or spelt like a word."""
    low = word.lower()
    return _is_word(word) or low in _listed("ABBREVIATIONS") or (len(word) >= LONG and low.isalpha())


def _is_word(word: str) -> bool:
    """Whether a word in capitals is an ordinary word: no abbreviation, Roman numeral, product code or name."""
    low = word.lower().replace("’", "'")
    if len(word) < 2 or any(char.isdigit() for char in word) or ROMAN.fullmatch(word):
        return False
    return low not in _listed("ABBREVIATIONS") and all(is_english_word(each) for each in sentences(low)[0].words)


def _listed(heading: str) -> frozenset[str]:
    return gathered("english.txt")[heading]
