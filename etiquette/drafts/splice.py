"""Puts words in place of a sentence, or takes it out, so that spaces, stops and capitals stay right."""

from __future__ import annotations

from etiquette.drafts.tokens import Span

JOINS = " \n\t,:;–—-"


def put(text: str, passage: Span, part: Span, words: str) -> tuple[Span, str] | None:
    """The characters to replace, and what to put there, so that `words` stand for a part of a sentence.

    Without words, the part goes, and a greeting or a clause before it gets its stop. None if no character needs to
    change but those of the part and the space around it: see `take_out`.
    """
    start, end = part.start, part.end
    if start > passage.start:
        return _behind(text, part, words, followed=end == passage.end and text[end : end + 1] == " ")
    if text[:start].rstrip().endswith(";"):
        start = text.rindex(";", 0, start)
        words = f". {words}" if words else "."
    if end < passage.end or (text[end - 1] == ";" and text[end:].strip(" ")):
        end += len(text[end:]) - len(text[end:].lstrip(" "))
        words = f"{words} {text[end].upper()}".lstrip()
        return Span(start, end + 1), words
    return (Span(start, end), words) if words else None


def _behind(text: str, part: Span, words: str, *, followed: bool) -> tuple[Span, str] | None:
    """The same for a part behind a greeting or a name. `followed` says whether its line goes on."""
    gone = text[part.start : part.end]
    join = gone[: len(gone) - len(gone.lstrip(JOINS))]
    if not words:
        if "\n" in join:
            return None
        return part, "." if followed or "," not in join else ","
    if "\n" in join:
        return Span(part.start + len(join), part.end), words
    if not join.strip():
        return part, f". {words}"
    return Span(part.start + len(join), part.end), words if words[0] == "I" else words[0].lower() + words[1:]


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
