"""Splits text into sentences of normalized words.

Contractions, text-message spelling, British and American spelling, inflections and single typing errors are mapped to
one plain form, so that each phrase is listed once. It takes one pass with bounded look-ahead, in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from etiquette.files import LIBRARY

WORDS = LIBRARY / "words"
TOKEN = re.compile(r"\w+(?:['’]\w+)*|\n+|[^\w\s]")
ENDS = frozenset(".!?;…")
ENDING_FORMS = (
    ("'s", ""),
    ("’s", ""),
    ("ies", "y"),
    ("ied", "y"),
    ("ing", ""),
    ("ing", "e"),
    ("in", ""),
    ("in", "e"),
    ("ed", ""),
    ("ed", "e"),
    ("es", ""),
    ("s", ""),
    ("ly", ""),
)
SHORTEST_SLIP = 5
Meaning = tuple[tuple[str, frozenset[str]], ...]
"""The base form and the names of a word; for a contraction, those of each word in it."""


@dataclass(frozen=True, slots=True)
class Span:
    """The characters `start` (inclusive) to `end` (exclusive) of a draft."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a draft with its position, its plain form, and the names by which phrases can match it.

    `names` are the plain form, and the ideas (groups of synonyms, in capitals) that it belongs to.
    """

    text: str
    start: int
    end: int
    plain: str
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence. `asks` is whether it ends in a question mark."""

    words: tuple[Token, ...]
    asks: bool


def sentences(text: str) -> list[Sentence]:
    """The sentences of a draft. A full stop after a title or an initial does not end one."""
    found: list[Sentence] = []
    words: list[Token] = []
    meanings: dict[str, Meaning] = {}  # for this draft only, because what people write must not be kept
    titles = gathered("common.txt")["TITLES"]

    def close(*, asks: bool = False) -> None:
        if words:
            found.append(Sentence(tuple(words), asks))
            words.clear()

    for match in TOKEN.finditer(text):
        token = match.group()
        if token[0] == "\n":
            following = text[match.end() : match.end() + 1]
            if len(token) > 1 or not following.islower() or not words:
                close()
        elif token in ENDS:
            after = text[match.end() : match.end() + 1]
            titled = token == "." and words and (words[-1].text.lower() in titles or len(words[-1].text) == 1)
            if not titled and not (after and not after.isspace() and after not in ENDS and after not in "\"'”’)"):
                close(asks=token == "?")
        elif token[0].isalnum() or token[0] == "_":
            if (meaning := meanings.get(token)) is None:
                meaning = meanings[token] = _meaning(token)
            words.extend(Token(token, match.start(), match.end(), plain, names) for plain, names in meaning)
    close()
    return found


def is_known(word: Token) -> bool:
    """Whether a word is known English, in any form or spelling."""
    return len(word.names) > 1 or word.plain in gathered("common.txt")["ENGLISH"] or word.text.lower() in _shorthand()


def _meaning(token: str) -> Meaning:
    low = token.lower().replace("’", "'")
    number = {"NUMBER"} if low.isdecimal() else ()
    forms = _plain_forms(low) if len(low) < 30 else (low,)
    return tuple((plain, _ideas().get(plain, frozenset()).union((plain,), number)) for plain in forms)


def lines(name: str) -> list[str]:
    """The lines of a file in `library/words`, without comments and blank lines."""
    text = (WORDS / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def gathered(name: str) -> dict[str, frozenset[str]]:
    """The words of a file in `library/words`, by their heading."""
    under: dict[str, list[str]] = {}
    heading = ""
    for line in lines(name):
        words = line
        if not line.startswith(" "):
            heading, words = line.split(": ", 1)
        under.setdefault(heading, []).extend(words.split())
    return {heading: frozenset(words) for heading, words in under.items()}


@cache
def _ideas() -> dict[str, frozenset[str]]:
    ideas: dict[str, set[str]] = {}
    for idea, words in gathered("ideas.txt").items():
        for word in words:
            ideas.setdefault(word, set()).add(idea)
    return {word: frozenset(names) for word, names in ideas.items()}


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset(_ideas()) | frozenset(_irregular().values())


@cache
def _irregular() -> dict[str, str]:
    return {form: line.split()[0] for line in lines("forms.txt") for form in line.split()}


@cache
def _shorthand() -> dict[str, tuple[str, ...]]:
    parted = (line.split(" = ") for line in lines("shorthand.txt"))
    return {short: tuple(full.split()) for short, full in parted}


@cache
def _slips() -> dict[str, str]:
    """Every known word with one letter left out, which is how typing errors find their word."""
    slips: dict[str, str] = {}
    for word in sorted(_vocabulary()):
        if len(word) >= SHORTEST_SLIP:
            for short in _shortened(word):
                slips.setdefault(short, word)
    return slips


def _shortened(word: str) -> Iterator[str]:
    return (word[:n] + word[n + 1 :] for n in range(len(word)))


def _plain_forms(low: str) -> tuple[str, ...]:
    if low in _shorthand():
        return _shorthand()[low]
    if "'" in low:
        head, tail = low.rsplit("'", 1)
        if tail in ("m", "re", "ve", "ll", "d", "s"):
            helper = {"m": "be", "re": "be", "ve": "have", "ll": "will", "d": "would", "s": "be"}[tail]
            return (_plain(head), helper)
        low = low.replace("'", "")
    return (_plain(low),)


def plain(word: str) -> str:
    """The plain form of a word. The name of an idea, in capitals, is returned unchanged."""
    return word if word.isupper() else _plain(word)


def _plain(low: str) -> str:
    known = _vocabulary()
    if low in _irregular():
        return _irregular()[low]
    if low in known or len(low) < 4 or not low.isalpha():
        return low
    for form in _endings(low):
        if form in known:
            return _irregular().get(form, form)
    if len(low) >= SHORTEST_SLIP and low not in gathered("common.txt")["ORDINARY"]:
        slips = _slips()
        if low in slips:
            return _plain(slips[low])
        for short in _shortened(low):
            if short in known and len(short) >= SHORTEST_SLIP:
                return short
            if short in slips and len(low) > SHORTEST_SLIP:
                return slips[short]
    return low


def _endings(low: str) -> Iterator[str]:
    """What the word could be without its ending."""
    for british, american in (("our", "or"), ("is", "iz"), ("ys", "yz")):
        if american in low:
            yield low.replace(american, british)
    for ending, instead in ENDING_FORMS:
        if low.endswith(ending) and len(low) - len(ending) >= 2:
            stem = low[: -len(ending)] + instead
            yield stem
            if not instead and len(stem) > 3 and stem[-1] == stem[-2]:
                yield stem[:-1]
