"""Messages as they travel over the websocket. No server."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1

from etiquette.host.wire import MOST_BUFFERS, encode, joined, split
from etiquette.sessions import Message
from tests.host.guest import a_message

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.text(), JSON, max_size=4)
BUFFERS = st.lists(st.binary(max_size=40), max_size=4)


@given(st.binary(max_size=20), st.lists(st.binary(max_size=40), min_size=4, max_size=4 + MOST_BUFFERS))
def test_a_message_that_is_put_together_comes_apart_as_it_was(channel: bytes, parts: list[bytes]) -> None:
    assert split(joined(channel, parts)) == (channel, parts)


@given(st.lists(st.binary(max_size=40), min_size=4, max_size=10))
def test_jupyter_reads_what_we_put_together_and_we_read_what_jupyter_does(parts: list[bytes]) -> None:
    raw = a_message("comm_msg", {"comm_id": "c"}, buffers=parts)
    assert joined(*split(raw)) == raw
    assert deserialize_msg_from_ws_v1(joined(b"shell", parts)) == ("shell", parts)  # type: ignore[no-untyped-call]


@given(OBJECTS, OBJECTS, OBJECTS, OBJECTS, BUFFERS)
def test_a_message_to_the_page_is_what_jupyter_would_have_sent(
    content: dict[str, Any],
    header: dict[str, Any],
    parent: dict[str, Any],
    metadata: dict[str, Any],
    buffers: list[bytes],
) -> None:
    raw = encode(Message("comm_msg", content, header, parent, metadata, buffers))
    channel, parts = deserialize_msg_from_ws_v1(raw)  # type: ignore[no-untyped-call]
    assert channel == "iopub"
    assert [json.loads(part) for part in parts[:4]] == [header, parent, metadata, content]
    assert parts[4:] == buffers


def test_a_view_of_bytes_is_sent_as_its_bytes() -> None:
    _, parts = split(encode(Message("comm_open", {}, buffers=[memoryview(b"picture")])))
    assert parts[4:] == [b"picture"]


@pytest.mark.parametrize(
    ("kind", "channel"),
    [
        ("kernel_info_reply", b"shell"),
        ("comm_info_reply", b"shell"),
        ("status", b"iopub"),
        ("comm_open", b"iopub"),
        ("comm_close", b"iopub"),
    ],
)
def test_replies_are_on_the_shell_channel_and_all_else_on_iopub(kind: str, channel: bytes) -> None:
    assert split(encode(Message(kind, {})))[0] == channel
