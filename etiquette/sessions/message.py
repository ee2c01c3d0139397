"""Messages of Jupyter's protocol: https://jupyter-client.readthedocs.io/en/stable/messaging.html."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

JsonObject = Mapping[str, Any]
Buffers = Sequence[bytes | memoryview]


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `parent` is the header of the message it answers; `size` is its size in bytes if a page sent it."""

    kind: str
    content: JsonObject
    header: JsonObject = field(default_factory=dict)
    parent: JsonObject = field(default_factory=dict)
    metadata: JsonObject = field(default_factory=dict)
    buffers: Buffers = ()
    size: int = 0

    @property
    def id(self) -> str:
        """The id by which answers refer to this message."""
        return str(self.header.get("msg_id", ""))
