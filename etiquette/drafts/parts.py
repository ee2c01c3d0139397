"""The ready-made sentences for a draft, from the library."""

from __future__ import annotations

from functools import cache

from etiquette.drafts.labels import MessageKind
from etiquette.files import LIBRARY, Problems, parse_fields, read_text


@cache
def message_parts() -> dict[MessageKind, tuple[str, ...]]:
    """Sentences for each kind of message, in the order in which they would appear in it."""
    path = LIBRARY / "drafts" / "parts.yaml"
    problems = Problems(str(path))
    root = parse_fields(read_text(path), problems)
    found = {kind: root.words(kind.value) for kind in MessageKind}
    root.done()
    problems.raise_if_any()
    return found
