"""Reads from the library the sentences that a draft can have instead of one that must go."""

from __future__ import annotations

import string
from functools import cache

from etiquette.drafts.labels import MessageKind
from etiquette.files import LIBRARY, Problems, parse_fields, read_text

INTEREST, CONTACT = "interest", "contact"
FIELDS = ("role", "day", "sender", "contact")
PURPOSES = (
    "identifies_sender",
    "names_role_or_interview",
    "thanks",
    "inquires_status",
    INTEREST,
    "acknowledges_busy",
    "at_convenience",
    "looks_forward",
    CONTACT,
)
"""What a replacement can do: earn the label of this name, show interest, or repeat how to reach the writer.

They are in the order in which a letter has them."""
FILE = LIBRARY / "drafts" / "replacements.yaml"

Replacements = dict[MessageKind, dict[str, tuple[str, ...]]]


@cache
def replacements() -> Replacements:
    """The wordings for each kind of message and each purpose, the preferred ones first."""
    return parse_replacements(read_text(FILE), str(FILE))


def parse_replacements(text: str, file: str) -> Replacements:
    """The wordings in a file.

    Raises:
        PackError: The file is not valid. Every problem names its file, line and path.
    """
    problems = Problems(file)
    root = parse_fields(text, problems)
    found: Replacements = {}
    for kind in MessageKind:
        purposes = root.mapping(kind.value)
        found[kind] = {}
        for purpose in PURPOSES:
            wordings = tuple(each.text(key, most=200) or "" for each, key in purposes.each(purpose))
            for each, key in purposes.each(purpose):
                if wrong := _wrong(each.text(key, default="")):
                    each.problem(key, wrong)
            if wordings:
                found[kind][purpose] = wordings
        purposes.done()
    root.done()
    problems.raise_if_any()
    return found


def fields_of(wording: str) -> frozenset[str]:
    """The fields that a wording needs."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(wording) if name is not None)


def _wrong(wording: str) -> str:
    try:
        unknown = fields_of(wording) - set(FIELDS)
    except ValueError:
        return "has a brace without its partner."
    if unknown:
        return f"has an unknown field. Use {', '.join('{' + name + '}' for name in FIELDS)}."
    return "" if wording[-1:] in (".", "?") else "should be a whole sentence, with its full stop."
