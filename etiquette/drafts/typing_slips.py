"""Finds what was left in a draft by mistake: places to fill in, words in capitals, and rows of exclamation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etiquette.drafts.sender import is_closing
from etiquette.drafts.tokens import Span, gathered

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*"
FIELDS = r"(?:full |first |last |company |job )?(?:name|surname|title|company|date|day|role|position)"
BLANK = re.compile(
    r"\[[^\[\]\n]{1,60}\](?!\()"
    r"|\{{1,2}[^{}\n]{1,60}\}{1,2}"
    r"|<[a-z][^<>@:/.\n]{1,40}>"
    rf"|\((?:insert [^()\n]{{1,40}}|(?:your |the )?{FIELDS}(?: here)?)\)"
    r"|(?<!\w)_{3,}(?!\w)"
    rf"|\b(?:insert|enter|add|put) (?:the |your |their )?{FIELDS}(?: {FIELDS})? here\b"
    r"|\bINSERT(?: [A-Z]{2,20}){1,4}\b"
    rf"|\bX{{2,4}}/X{{2,4}}(?:/(?:X{{2,4}}|\d{{2,4}}))?(?!\w)|\bX{{2,4}} {MONTH}\b"
    r"|(?:(?<=\bdear )|(?<=\bmr )|(?<=\bms )|(?<=\bon )|(?<=\bat )|(?<=\bof )|(?<=\bto )|(?<=\bis )|(?<=\bas )|(?<=\bam )"
    r"|(?<=\bfor )|(?<=\bthe )|(?<=\bin )|(?<=\bwith )|(?<=£)|(?<=\$))(?-i:X{2,})\b"
    r"|^[ \t]{0,8}(?-i:(?:Your|My|First|Full|Company)(?: Full| Last)? Name)[ \t]{0,8}$",
    re.I | re.M,
)
EDITORIAL = re.compile(
    r"sic|\W*|\d[\d,–\- ]*|\.+|…|at|dot|at\]|external|ext|attached|enclosed|pdf|(?:cid|image|mailto|https?):.*", re.I
)
MARKUP = frozenset({"br", "hr", "div", "em", "strong", "span", "html", "body", "ul", "ol", "li", "sub", "sup", "table"})
RULE = 10  # underscores in a line of their own, from which they are a rule and not a blank
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
HEADING = re.compile(r"\s*(?:re|ref|reference|subject)\s?:", re.I)
LONG, SIGNED = 5, 4
RUN = re.compile(r"[!?‼⁉！？]+(?: [!?]+)*")


def placeholders(text: str) -> list[Span]:
    """The places that are still to be filled in: '[name]', '{job}', '<company>', '___', 'XX March'."""
    return [Span(match.start(), match.end()) for match in BLANK.finditer(text) if not _is_meant(text, match)]


def _is_meant(text: str, match: re.Match[str]) -> bool:
    """Whether brackets or a rule are there on purpose."""
    found = match.group()
    if found[0] == "[":
        return bool(EDITORIAL.fullmatch(found[1:-1])) and not found[1:-1].isspace()
    if found[0] == "<":
        return found[1:-1].lower() in MARKUP
    if found[0] == "_":
        line_start, line_end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
        return len(found) >= RULE and text[line_start : len(text) if line_end < 0 else line_end].strip() == found
    return False


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
        if word and _in_capitals(word.group()):
            row.append(word)
            continue
        while row and not _is_word(row[-1].group()):
            row.pop()
        while row and not _is_word(row[0].group()):
            row.pop(0)
        words = [each.group() for each in row if _is_word(each.group())]
        if len(words) > 1 or any(len(each) >= LONG or each.lower() in _listed("SHOUTED") for each in words):
            yield Span(row[0].start(), row[-1].end())
        row = []


def _in_capitals(word: str) -> bool:
    return word.isupper()


def _is_word(word: str) -> bool:
    """Whether a word in capitals is an ordinary word: no abbreviation, Roman numeral, product code or name."""
    low = word.lower().replace("’", "'")
    if len(word) < 2 or any(char.isdigit() for char in word) or ROMAN.fullmatch(word):
        return False
    return low in _listed("WORDS") and low not in _listed("ABBREVIATIONS")


def _listed(heading: str) -> frozenset[str]:
    return gathered("english.txt")[heading]
