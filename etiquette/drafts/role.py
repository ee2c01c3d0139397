"""Finds where a draft says which job it is about: by the name of the role or the day of the interview."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from etiquette.drafts.sender import chunks, is_honorific, is_name
from etiquette.drafts.tokens import Sentence, Span, Token, gathered

ENDINGS = ("er", "or", "ist", "ian", "ant", "eer", "man", "woman", "smith", "wright", "monger")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LOOSE = ("place", "chair", "charge", "figure", "search", "round", "opportunity")
ARTICLES = ("the", "your", "a", "an", "our", "my", "this", "that")
OWNERS = ("my", "his", "her", "their", "our")

Places = tuple[int, int]


@cache
def _known(heading: str) -> frozenset[str]:
    return gathered("jobs.txt")[heading]


def role(text: str, parted: Sequence[Sentence]) -> Span | None:
    """The words that name the role or the day of the interview, if any. `parted` has the sentences of the draft."""
    for number, sentence in enumerate(parted):
        words = [word for n, word in enumerate(sentence.words) if not n or sentence.words[n - 1].start != word.start]
        for place in range(len(words)):
            found = _post(words, place) or _trade_for(words, place) or _dated(words, place)
            if found is not None:
                return Span(words[found[0]].start, _end(text, words, found[1]))
        if number < 3 and (bare := _bare(text, sentence)):
            return bare
    return None


def _end(text: str, words: Sequence[Token], place: int) -> int:
    """Where the role named at this place ends: at the last trade that follows without punctuation."""
    end = place
    for ahead in range(place + 1, min(place + 4, len(words))):
        if text[words[ahead - 1].end : words[ahead].start] not in (" ", "-"):
            break
        if _is_trade(words[ahead].text):
            end = ahead
    return words[end].end


def _bare(text: str, sentence: Sentence) -> Span | None:
    """Two to five words at the start that end in a trade: 'warehouse lead', 'cashier job'."""
    start = sentence.words[0].start
    for chunk in chunks(text[start : sentence.words[-1].end], start):
        words = chunk.words
        named = any(not is_name(word) for word in words) or len(words) == 2
        owned = any(word.lower() in (*OWNERS, "dear", "hi", "hello") for word in words)
        if 1 < len(words) <= 5 and _is_trade(words[-1]) and named and not owned and not words[0][0].isdigit():
            return Span(chunk.start, chunk.end)
    return None


def _post(words: Sequence[Token], place: int) -> Places | None:
    """'The night porter job', 'the post of night porter', 'interview for night porter'."""
    noun = _bared(words[place].text)
    if noun not in _known("POSTS") and words[place].plain not in _known("POSTS"):
        return None
    named = place > 0 and _is_trade(words[place - 1].text)
    if place and (named or noun not in LOOSE) and _says_which(words[place - 1]):
        before = [each.text.lower() for each in words[max(0, place - 6) : place]]
        if (
            place < 4
            or _is_trade(words[place - 1].text)
            or any(each in (*ARTICLES, "re", "for", "as", "about") for each in before)
        ):
            return place - 1, place
    after = place + 1
    joined = words[after].text.lower() if after < len(words) else ""
    if joined not in ("of", "as", "for", "re"):
        return None
    after += 1
    while after < len(words) and words[after].text.lower() in ARTICLES:
        after += 1
    if after == len(words) or not _says_which(words[after]) or words[after].text[0].isdigit():
        return None
    sure = noun not in LOOSE or joined == "of" or noun == "search" or _is_trade(words[after].text)
    return (place, after) if sure else None


def _trade_for(words: Sequence[Token], place: int) -> Places | None:
    """'As a night porter', 'about the relief milker', 'your apprentice maker'."""
    if not _is_trade(words[place].text):
        return None
    for back in range(place - 1, max(-1, place - 6), -1):
        before = words[back].text.lower()
        if before in OWNERS or is_honorific(before):
            return None
        if before in _known("OF_A_JOB") or words[back].plain in _known("OF_A_JOB"):
            return back, place
    return None


def _dated(words: Sequence[Token], place: int) -> Places | None:
    """'We met on the 4th', 'the interview of 12 March'."""
    if words[place].plain not in _known("MEETINGS"):
        return None
    for ahead in range(place + 1, min(place + 12, len(words))):
        text = words[ahead].text.lower()
        following = words[ahead + 1].text.lower() if ahead + 1 < len(words) else ""
        if (
            text[0].isdigit()
            and text.endswith(("st", "nd", "rd", "th"))
            and words[ahead - 1].text.lower() in ("the", "on", "of")
        ):
            return place, ahead
        if (text.isdecimal() and following.startswith(MONTHS)) or (text.startswith(MONTHS) and following.isdecimal()):
            return place, ahead + 1
    return None


def _bared(word: str) -> str:
    return word.lower().strip(" -–—*'\"‘’“”~/|").removesuffix("'s").removesuffix("’s")


def _is_trade(word: str) -> bool:
    low = _bared(word)
    return low in _known("TRADES") or (len(low) > 5 and low.endswith(ENDINGS) and low not in _known("NO_TRADES"))


def _says_which(word: Token) -> bool:
    low = word.text.lower().replace("’", "'")
    title = is_honorific(low) and not _is_trade(low)
    empty = low in _known("EMPTY") or word.plain in _known("EMPTY") or title
    return not empty and len(low) > 1 and not low.isdecimal()
