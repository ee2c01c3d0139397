"""Sentences to assemble a draft from, as the library has them."""

from __future__ import annotations

from etiquette.drafts.classify import MessageKind
from etiquette.files import LIBRARY, Problems, parse_fields, read_text


def message_parts() -> dict[MessageKind, tuple[str, ...]]:
    """Sentences to assemble each kind of draft from, in the order in which a message has them."""
    path = LIBRARY / "drafts" / "parts.yaml"
    problems = Problems(str(path))
    root = parse_fields(read_text(path), problems)
    found = {kind: root.words(kind.value) for kind in MessageKind}
    root.done()
    problems.raise_if_any()
    return found
