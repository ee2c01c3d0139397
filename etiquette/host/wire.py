"""Messages as they travel over the websocket: the protocol `v1.kernel.websocket.jupyter.org`.

How many offsets there are, the offsets (all as 8 bytes, the smallest first), then, at these offsets, the channel's
name, header, parent header, metadata and content as JSON, and any buffers.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import accumulate, pairwise

from etiquette.sessions import Message

PROTOCOL = "v1.kernel.websocket.jupyter.org"
MOST_BUFFERS = 64
REPLIES = frozenset({"kernel_info_reply", "comm_info_reply"})


def split(raw: bytes) -> tuple[bytes, list[bytes]]:
    """The channel and the parts of a message.

    Raises:
        ValueError: it has not this form.
    """
    count = int.from_bytes(raw[:8], "little")
    if not 6 <= count <= 6 + MOST_BUFFERS or len(raw) < 8 * (count + 1):
        raise ValueError("not as many offsets as it says, or too many")
    offsets = [int.from_bytes(raw[8 * i : 8 * (i + 1)], "little") for i in range(1, count + 1)]
    if offsets[0] != 8 * (count + 1) or offsets != sorted(offsets) or offsets[-1] != len(raw):
        raise ValueError("offsets that do not fit")
    channel, *parts = (raw[start:end] for start, end in pairwise(offsets))
    return channel, parts


def joined(channel: bytes, parts: Sequence[bytes | memoryview]) -> bytes:
    """The message that `split` takes apart into these."""
    first = 8 * (len(parts) + 3)
    offsets = accumulate((len(each) for each in (channel, *parts)), initial=first)
    table = b"".join(number.to_bytes(8, "little") for number in (len(parts) + 2, *offsets))
    return b"".join((table, channel, *parts))


def encode(message: Message) -> bytes:
    """A message to the page, on the channel that Jupyter has it on."""
    written = (message.header, message.parent, message.metadata, message.content)
    parts = [json.dumps(each).encode() for each in written]
    return joined(b"shell" if message.kind in REPLIES else b"iopub", [*parts, *message.buffers])
