"""A message between a page and its session: one of Jupyter's kernel messages, of those that widgets need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `parent` is the header of the message that it answers, `size` in bytes, as it came from the page.

    Source: https://jupyter-client.readthedocs.io/en/stable/messaging.html
    """

    kind: str
    content: Mapping[str, Any]
    header: Mapping[str, Any] = field(default_factory=dict)
    parent: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    buffers: Sequence[bytes | memoryview] = ()
    size: int = 0

    @property
    def id(self) -> str:
        """What the answers to this message name it by."""
        return str(self.header.get("msg_id", ""))
