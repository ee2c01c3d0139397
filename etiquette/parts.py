"""Sentences to assemble a draft from, as the library has them."""

from __future__ import annotations

from etiquette.errors import Problems
from etiquette.fields import mapping_of
from etiquette.message import MessageKind
from etiquette.shipped import LIBRARY
from etiquette.tree import read_text


def message_parts() -> dict[MessageKind, tuple[str, ...]]:
    """Sentences to assemble each kind of draft from, in the order in which a message has them."""
    path = LIBRARY / "drafts" / "parts.yaml"
    problems = Problems(str(path))
    root = mapping_of(read_text(path), problems)
    found = {kind: root.words(kind.value) for kind in MessageKind}
    root.done()
    problems.raise_if_any()
    return found
