"""How messages travel between a page and its session. What a guard lets through is in `tests/host/test_guard.py`."""

from __future__ import annotations

import json

import pytest
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1

from etiquette.sessions import Message, encode_message


@pytest.mark.parametrize(
    ("kind", "channel"), [("kernel_info_reply", "shell"), ("comm_info_reply", "shell"), ("comm_msg", "iopub")]
)
def test_jupyter_reads_what_is_sent_to_a_page(kind: str, channel: str) -> None:
    raw = encode_message(Message(kind, {"says": "ü"}, {"a": 1}, {"b": 2}, {"c": 3}, [b"x", memoryview(b"picture")]))
    found, parts = deserialize_msg_from_ws_v1(raw)  # type: ignore[no-untyped-call]
    assert found == channel
    assert [json.loads(part) for part in parts[:4]] == [{"a": 1}, {"b": 2}, {"c": 3}, {"says": "ü"}]
    assert parts[4:] == [b"x", b"picture"]
