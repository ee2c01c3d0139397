"""Finds the sentences of a draft with their punctuation, and which part of each is no greeting, name or closing."""

from __future__ import annotations

import re

from etiquette.drafts.sender import chunks, is_honorific, is_name
from etiquette.drafts.tokens import Span, gathered, is_known, sentences

GREETING = re.compile(r"(?:dear|hi|hello|hey|hiya|greetings|good (?:morning|afternoon|evening|day))\b", re.IGNORECASE)
GREETED = ("all", "there", "team", "both", "everyone", "everybody", "again", "sir", "madam", "or", "and")
NOT_GREETED = frozenset({"i", "you", "we", "it", "this", "is", "am", "did"})
NOBODY = ("hiring", "recruitment", "recruiting", "recruiter", "manager", "team", "committee", "panel", "colleague")
FAREWELLS = frozenset({"regards", "wishes", "sincerely", "faithfully", "thanks", "cheers", "bye", "goodbye"})
UP_TO_A_COMMA = re.compile(r"(?:, (?=(?:dr|mr|mrs|ms|miss|prof|sir|madam)\b))?[^,!?:;\n]*", re.IGNORECASE)
FULL_LINE, MOST_GREETED = 50, 4


def passages(text: str) -> list[Span]:
    """The sentences of a text, in order, with their quotes and stops. A full line may continue on the next line."""
    parted = [Span(each.words[0].start, each.words[-1].end) for each in sentences(text)]
    found: list[Span] = []
    at = 0
    for number, words in enumerate(parted):
        following = parted[number + 1].start if number + 1 < len(parted) else len(text)
        start, end = words.start, words.end + len(_stop(text[words.end : following], following == len(text)))
        while start > at and not text[start - 1].isspace():
            start -= 1
        if found and text[found[-1].end : start] == "\n" and _is_cut_off(text, found[-1].end):
            start = found.pop().start
        found.append(Span(start, end))
        at = end
    return found


def replaceable(text: str, passage: Span, sender: Span | None) -> Span:
    """The part of a sentence without the greeting and name at its start, and without the closing and name at its end.

    It begins at the comma or the space behind the greeting. `sender` are the words that say who is writing.
    """
    start, end = _greeting(text, passage), passage.end
    if sender and start <= sender.start < end:
        name_end = _name_end(text, sender)
        if not _has_words(text[start : sender.start]):
            start = name_end
        elif not _has_words(text[name_end:end]):
            end = sender.start
    for chunk in reversed(list(chunks(text[start:end], start))):
        words = [word.lower() for word in chunk.words]
        closes = end < passage.end or FAREWELLS.intersection(words)
        if not closes or chunk.start == start or not gathered("names.txt")["CLOSINGS"].issuperset(words):
            break
        end = chunk.start
    return Span(start, start + len(text[start:end].rstrip()))


def greeted(text: str) -> str:
    """The name that the greeting at the start of a draft calls somebody by; empty if there is none."""
    opening = text.lstrip()
    greets = GREETING.match(opening)
    if not greets:
        return ""
    words: list[str] = []
    for word in re.split(r"[,!?:;\n–—]", opening[greets.end() :], maxsplit=1)[0].split():
        if word.lower() in NOBODY:
            return ""
        if not is_name(word) and word.lower() not in gathered("names.txt")["PARTICLES"]:
            break
        words.append(word.rstrip("."))
    return " ".join(words)


def _stop(gap: str, is_last: bool) -> str:
    """What belongs to the sentence before this gap between words; what follows its last space opens the next one."""
    line, newline, _ = gap.partition("\n")
    if not newline and not is_last and any(char.isspace() for char in line):
        line = line[: max(n for n, char in enumerate(line) if char.isspace())]
    return line.rstrip()


def _is_cut_off(text: str, end: int) -> bool:
    """Whether the line that ends here is as long as a line can be, and ends without a stop."""
    return (text[end - 1].isalnum() or text[end - 1] == ",") and end - text.rfind("\n", 0, end) > FULL_LINE


def _greeting(text: str, passage: Span) -> int:
    """Where the greeting of a sentence ends; the start of the sentence if it greets nobody."""
    greets = GREETING.match(text, passage.start, passage.end)
    start = greets.end() if greets else passage.start
    line = UP_TO_A_COMMA.match(text, start, passage.end)
    words = line.group().split() if line else []
    closed = line is not None and text[line.end() : line.end() + 1] in (",", "\n")
    addressed = bool(words) and is_honorific(words[0].strip(".,")) and all(is_name(word) for word in words)
    brief = len(words) < MOST_GREETED and NOT_GREETED.isdisjoint(word.lower() for word in words)
    if line and closed and (addressed or (greets and brief)):
        return line.end()
    if not greets:
        return passage.start
    end = greets.end()
    for word in re.compile(r"[^\s,]+").finditer(text, start, line.end() if line else start):
        if not (is_honorific(word.group()) or word.group().lower() in GREETED or _may_be_name(word.group())):
            break
        end = word.end()
    return end


def _name_end(text: str, sender: Span) -> int:
    """Where the name ends in 'it is Ana Ruiz again'."""
    words = [word for word in re.finditer(r"[^\s,.!?]+", text[sender.start : sender.end]) if is_name(word.group())]
    return sender.start + words[-1].end() if words else sender.end


def _may_be_name(word: str) -> bool:
    """Whether a word in any letters may be a name: it is none that people know in another sense."""
    known = any(is_known(each) for sentence in sentences(word) for each in sentence.words)
    return is_name(word.capitalize()) and not known


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)
