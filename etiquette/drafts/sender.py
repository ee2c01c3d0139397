"""Finds where a draft says who is writing: a signature at its end, or an introduction at its start."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from etiquette.drafts.language import is_english_word
from etiquette.drafts.tokens import Span, gathered, sentences

CHUNK = re.compile(r"(?:[^,.!?;:\n()—–…|]|(?<=\b[A-Z])\.(?= [A-Z]))+")
TRIMMED = " \t-–—*'\"‘’“”~/|"
SAYS_WHO = re.compile(
    r"\b(this is|it is|it['’]?s|my name is|my name['’]s|name['’]s|i am|i['’]m|myself|here speaks|here is)\s+|\bs['’]",
    re.IGNORECASE,
)
LENGTHENED = re.compile(r"(.)\1\1")
LONGEST_ING = 5  # letters of a name such as Ming
BEGINNING, OPENING, INTRODUCTION = 80, 400, 700  # characters from the start
LAST_LINES, FAR, MOST_NAMES = 5, 16, 6  # FAR: how many lines from the end a closing may stand
AFTER_A_NAME = ("p.s", "ps", "(", "enc", "tel", "mob", "phone")
CONTRACTED = ("d", "ll", "m", "re", "s", "ve")
LETTERS = ("rn", "fca", "phd", "ba", "msc", "lol", "xo")


@dataclass(frozen=True, slots=True)
class Chunk:
    """The words between two punctuation marks or line breaks, and their position in the draft."""

    start: int
    end: int
    words: tuple[str, ...]


@cache
def _known(heading: str) -> frozenset[str]:
    return gathered("names.txt")[heading]


def sender(text: str) -> Span | None:
    """The words that say who is writing, if any."""
    return _signature(text.rstrip()) or _introduction(text)


def chunks(text: str, start: int = 0) -> Iterator[Chunk]:
    """The chunks of a text that begins at `start` in the draft."""
    for match in CHUNK.finditer(text):
        chunk = match.group()
        words = chunk.strip(TRIMMED).split()
        if words:
            before, behind = len(chunk) - len(chunk.lstrip(TRIMMED)), len(chunk) - len(chunk.rstrip(TRIMMED))
            yield Chunk(start + match.start() + before, start + match.end() - behind, tuple(words))


def is_name(word: str) -> bool:
    """Whether a word looks like part of a name: capitalized, without digits, and not a known other word."""
    low = word.lower().replace("’", "'").strip(TRIMMED)
    if not low or not word[0].isupper() or any(char.isdigit() for char in word):
        return False
    head, _, tail = low.partition("'")
    low = head if tail in CONTRACTED else low
    return not any(low in _known(heading) for heading in ("CAPITALS", "CLOSINGS", "COMPANIES", "GREETINGS"))


def is_honorific(word: str) -> bool:
    """Whether a word is a title such as 'Mrs'."""
    return word.lower().rstrip(".") in _known("HONORIFICS")


def _is_particle(word: str) -> bool:
    return word.lower() in _known("PARTICLES") or len(word.strip(".")) == 1


def is_closing(words: Sequence[str]) -> bool:
    """Whether these words are a line such as 'Kind regards,' or 'Many thanks'."""
    return 0 < len(words) <= MOST_NAMES and all(word.lower().strip(",.!-–—") in _known("CLOSINGS") for word in words)


def is_job_title(words: Sequence[str]) -> bool:
    """Whether a line is a job title such as 'Senior Planner', 'Planner' or 'Planner, Hart Ltd'.

    A word that is also a surname, such as 'Baker', is a title only after another word of a title.
    """
    words = [word for word in " ".join(words).partition(",")[0].lower().split() if word not in ("of", "and", "&")]
    if not words or len(words) > MOST_NAMES:
        return False
    if words[0] in _jobs("RANKS"):
        return len(words) > 1
    return words[-1] in _jobs("TRADES") and words[-1] not in _jobs("SURNAMES")


def _jobs(heading: str) -> frozenset[str]:
    return gathered("jobs.txt")[heading]


def are_names(words: Sequence[str]) -> bool:
    """Whether these words are somebody's name, all capitalized apart from particles."""
    proper = any(is_name(word) and not is_honorific(word) for word in words)
    return proper and len(words) <= MOST_NAMES and all(is_name(word) or _is_particle(word) for word in words)


def _is_post(words: Sequence[str]) -> bool:
    return is_job_title(words) or any(word.strip(".,") in _known("COMPANIES") for word in words)


def _is_name(words: Sequence[str]) -> bool:
    return are_names(words) and not is_job_title(words)


def _signature(body: str) -> Span | None:
    """The name below the closing, or at the end of the last line, where a postscript, a number or a kiss may follow."""
    lines = [match for match in re.finditer(r"[^\n]+", body) if match.group().strip()]
    for closing, line in reversed(list(pairwise(lines[1:]))[-FAR:]):
        below = list(chunks(line.group(), line.start()))
        if (
            is_closing(closing.group().split())
            and below
            and _is_name(below[0].words)
            and len(line.group().split()) <= MOST_NAMES
        ):
            return Span(below[0].start, below[0].end)
    for line in reversed(lines[-LAST_LINES:]):
        if signed := _signed(
            list(chunks(line.group(), line.start())), first_line=line is lines[0], only_line=len(lines) == 1
        ):
            return signed
        if not _may_follow(line.group()):
            return None
    return None


def _signed(parts: list[Chunk], *, first_line: bool, only_line: bool) -> Span | None:
    while parts and all(_is_decoration(word) for word in parts[-1].words):
        parts.pop()
    if not parts:
        return None
    last = parts[-1]
    if not first_line:
        for name, title in pairwise(parts):  # 'Gheorghe Munteanu, driver', 'Dana Whitfield, Senior Planner, Hart Ltd'
            if _is_name(name.words) and (is_job_title(title.words) or (title is last and not are_names(last.words))):
                last = name
                break
    kept = list(last.words)
    while kept and kept[0].lower() in _known("CLOSINGS"):
        kept.pop(0)
    while kept and _is_decoration(kept[-1]):
        kept.pop()
    if not kept or is_job_title(kept):
        return None
    alone = len(parts) == 1 and not first_line
    if are_names(kept) and (len(parts) > 1 or not first_line):
        greets = len(parts) == 1 and last.words[0].lower() in _known("GREETINGS")
        addresses = first_line and not only_line and len(parts) <= 2
        return None if greets or addresses else Span(last.start, last.end)
    small = len(kept) <= 2 if alone else len(parts) > 2 and len(kept) == 1
    return Span(last.start, last.end) if small and _is_unheard_of(kept) else None


def _is_decoration(word: str) -> bool:
    """Numbers, emoticons, kisses and letters such as PhD."""
    low = word.lower().strip(TRIMMED)
    return (
        not any(char.isalpha() for char in low)
        or any(char.isdigit() for char in low)
        or set(low) == {"x"}
        or low in LETTERS
    )


def _may_follow(line: str) -> bool:
    """Whether a line may come below a name."""
    low = line.strip().lower()
    closes = all(
        word.strip(".,!") in _known("CLOSINGS") or "@" in word or any(char.isdigit() for char in word)
        for word in low.split()
    )
    return closes or low.startswith(AFTER_A_NAME) or low.endswith(")") or _is_post(low.split())


def _is_unheard_of(words: Sequence[str]) -> bool:
    """Whether these are lower-case words unknown in English: some people sign their name that way."""
    for word in words:
        low = word.lower().strip(TRIMMED)
        parted = [each for sentence in sentences(low) for each in sentence.words]
        if len(parted) != 1 or not low.isalpha() or len(low) < 3 or is_english_word(parted[0]):
            return False
        if LENGTHENED.search(low) or (low.endswith("ing") and len(low) > LONGEST_ING):
            return False
        if any(low in _known(heading) for heading in ("CAPITALS", "CLOSINGS", "GREETINGS")):
            return False
    return True


def _introduction(text: str) -> Span | None:
    """'This is Aisha Rahman', 'Con Moriarty here', 'Hello, Jean Pocock speaking'."""
    for match in SAYS_WHO.finditer(text[:INTRODUCTION]):
        following = text[match.end() : match.end() + 60].split()[:3]
        until = next((n + 1 for n, word in enumerate(following) if word[-1] in ",.!?;:"), len(following))
        spoken = [word.strip(",.!?;:-–—()") for word in following[:until]]
        while spoken and (
            is_honorific(spoken[0]) or spoken[0].lower() in ("only", "me", "just", "once", "more", "your")
        ):
            spoken = spoken[1:]
        says_i = match.group().lower().startswith("i") and not match.group().lower().startswith("it")
        named = are_names(spoken[:2]) or (
            spoken and is_name(spoken[0]) and spoken[0].lower() not in gathered("english.txt")["WORDS"]
        )
        if named or (spoken and not says_i and match.start() < BEGINNING and _is_unheard_of(spoken[:1])):
            return Span(match.start(), match.end() + len(" ".join(following[: max(1, until)])))
    return _named_at_once(text)


def _named_at_once(text: str) -> Span | None:
    for number, chunk in enumerate(chunks(text[:OPENING])):
        if number > 4:
            break
        words = list(chunk.words)
        while words and words[0].lower() in _known("GREETINGS") | {"a"}:
            words.pop(0)
        names = next((n for n, word in enumerate(words) if not (is_name(word) or _is_particle(word))), len(words))
        if not names or is_honorific(words[0]) or is_job_title(words[:names]):
            continue
        rest = [word.lower() for word in words[names:]]
        stops = text[chunk.end : chunk.end + 1] in (",", ".") and "\n" not in text[chunk.end : chunk.end + 3]
        introduced = rest and (
            rest[0] in _known("INTRODUCED") or (names >= 2 and rest[0] in _known("INTRODUCED_IN_FULL"))
        )
        if introduced or (not rest and names >= 2 and (number or stops)):
            return Span(chunk.start, chunk.end)
    return None
