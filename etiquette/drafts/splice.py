"""Puts words in place of a sentence, or takes it out, so that spaces, stops and capitals stay right."""

from __future__ import annotations

import re

from etiquette.drafts.tokens import Span

NEXT_WORD = re.compile(r"[^\W\d_]+")
JOINS = " \n\t,:;–—-"


def put(text: str, passage: Span, part: Span, words: str) -> tuple[Span, str] | None:
    """The characters to replace, and what to put there, so that `words` stand for a part of a sentence.

    Without words, the part goes, and a greeting or a clause before it gets its stop. None if no character needs to
    change but those of the part and the space around it: see `take_out`.
    """
    opened = _opened(text, passage, part, words)
    if opened is None:
        return None
    start, words = opened
    first = part.end + len(text[part.end :]) - len(text[part.end :].lstrip(" "))
    breaks_off = part.end < passage.end or text[part.end - 1] == ";"
    if breaks_off and (following := NEXT_WORD.match(text, first)):
        gap = text[part.end : first] if words else ""
        return Span(start, following.end()), words + gap + following.group()[0].upper() + following.group()[1:]
    return (Span(start, part.end), words) if words else None


def _opened(text: str, passage: Span, part: Span, words: str) -> tuple[int, str] | None:
    """Where the words for a part begin, and the words joined to what the sentence has before it."""
    if part.start == passage.start:
        if text[: part.start].rstrip().endswith(";"):
            return text.rindex(";", 0, part.start), f". {words}" if words else "."
        return part.start, words
    gone = text[part.start : part.end]
    join = gone[: len(gone) - len(gone.lstrip(JOINS))]
    if "\n" in join:
        return (part.start + len(join), words) if words else None
    if not words:
        goes_on = part.end < passage.end or text[part.end : part.end + 1] == " "
        return part.start, "," if "," in join and not goes_on else "."
    if not join.strip():
        return part.start, f". {words}"
    return part.start + len(join), words if words.startswith("I") else words[0].lower() + words[1:]


def take_out(text: str, part: Span) -> Span:
    """The part with the space on one side of it, or with its line if there is nothing else in that."""
    before = part.start - len(text[: part.start].rstrip())
    after = len(text[part.end :]) - len(text[part.end :].lstrip())
    lines_before = text[part.start - before : part.start].count("\n")
    lines_after = text[part.end : part.end + after].count("\n")
    opens, closes = before == part.start, part.end + after == len(text)
    if opens or (lines_before and not closes and lines_after < lines_before):
        return Span(part.start, part.end + after)
    return Span(part.start - before, part.end)
