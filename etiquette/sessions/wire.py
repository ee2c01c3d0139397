"""The format of messages between a page and its session: the protocol `v1.kernel.websocket.jupyter.org`.

A message begins with the number of offsets and the offsets themselves (8 bytes each, little-endian). At these offsets
are the channel's name, the header, parent header, metadata and content as JSON, and any buffers. The last offset is the
message's length, so messages to a page that belong together are sent as one, end to end.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from etiquette.sessions.message import Message

PROTOCOL = "v1.kernel.websocket.jupyter.org"
MOST_BUFFERS = 64
REPLIES = frozenset({"kernel_info_reply", "comm_info_reply"})


def split_message(raw: bytes) -> tuple[bytes, list[bytes]]:
    """The channel and the parts of a message.

    Raises:
        ValueError: the message does not have this format.
    """
    count = int.from_bytes(raw[:8], "little")
    if not 6 <= count <= 6 + MOST_BUFFERS or len(raw) < 8 * (count + 1):
        raise ValueError("the number of offsets is wrong or too large")
    offsets = [int.from_bytes(raw[8 * i : 8 * (i + 1)], "little") for i in range(1, count + 1)]
    if offsets[0] != 8 * (count + 1) or offsets != sorted(offsets) or offsets[-1] != len(raw):
        raise ValueError("the offsets do not match the message")
    channel, *parts = (raw[start:end] for start, end in pairwise(offsets))
    return channel, parts


def join_message(channel: bytes, parts: Sequence[bytes | memoryview]) -> bytes:
    """The message with this channel and these parts: the inverse of `split_message`."""
    first = 8 * (len(parts) + 3)
    offsets = accumulate((len(each) for each in (channel, *parts)), initial=first)
    table = b"".join(number.to_bytes(8, "little") for number in (len(parts) + 2, *offsets))
    return b"".join((table, channel, *parts))


def encode_messages(messages: Iterable[Message]) -> bytes:
    """Messages to the page, end to end, each on the channel that Jupyter uses for its kind."""
    return b"".join(map(_encode, messages))


def _encode(message: Message) -> bytes:
    written = (message.header, message.parent, message.metadata, message.content)
    parts = [json.dumps(each).encode() for each in written]
    return join_message(b"shell" if message.kind in REPLIES else b"iopub", [*parts, *message.buffers])


def decode_message(raw: bytes) -> Message:
    """A message from the page.

    Raises:
        ValueError: the message does not have this format.
    """
    _, parts = split_message(raw)
    header, parent, metadata, content = map(json.loads, parts[:4])
    return Message(header["msg_type"], content, header, parent, metadata, parts[4:], len(raw))
