"""How messages travel between a page and its session. What a guard lets through is in `tests/host/test_guard.py`."""

from __future__ import annotations

import json

import pytest
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1

from etiquette.sessions import Message, decode_message, encode_messages
from tests.host.guest import apart


@pytest.mark.parametrize(
    ("kind", "channel"), [("kernel_info_reply", "shell"), ("comm_info_reply", "shell"), ("comm_msg", "iopub")]
)
def test_jupyter_reads_what_is_sent_to_a_page(kind: str, channel: str) -> None:
    raw = encode_messages([Message(kind, {"says": "ü"}, {"a": 1}, {"b": 2}, {"c": 3}, [b"x", memoryview(b"picture")])])
    found, parts = deserialize_msg_from_ws_v1(raw)  # type: ignore[no-untyped-call]
    assert found == channel
    assert [json.loads(part) for part in parts[:4]] == [{"a": 1}, {"b": 2}, {"c": 3}, {"says": "ü"}]
    assert parts[4:] == [b"x", b"picture"]


def test_each_of_several_messages_ends_where_the_next_begins() -> None:
    messages = [
        Message("comm_msg", {"says": word}, buffers=[b"x" * n]) for n, word in enumerate(("ü", "", "long" * 99))
    ]
    assert list(apart(encode_messages(messages))) == [encode_messages([each]) for each in messages]


def test_what_jupyter_sends_from_a_page_is_read() -> None:
    header, content = {"msg_id": "one", "msg_type": "comm_msg"}, {"says": "ü"}
    parts = [*(json.dumps(each).encode() for each in (header, {"a": 1}, {"b": 2}, content)), b"x", b"picture"]
    raw = serialize_msg_to_ws_v1(parts, "shell")  # type: ignore[no-untyped-call]
    whole = raw if isinstance(raw, bytes) else b"".join(raw)
    assert decode_message(whole) == Message(
        "comm_msg", content, header, {"a": 1}, {"b": 2}, [b"x", b"picture"], size=len(whole)
    )


@pytest.mark.parametrize("raw", [b"", b"\xff" * 64, encode_messages([Message("comm_msg", {})])[:-1]])
def test_what_has_another_format_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match="offsets"):
        decode_message(raw)
