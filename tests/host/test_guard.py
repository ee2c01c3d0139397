"""What a page may say to its session. No server and no clock."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etiquette.host.guard import LARGEST, Bucket, Guard, Refusal, RefusedError
from etiquette.host.wire import split
from etiquette.practice import LARGEST_PROGRESS
from tests.host.guest import a_message

CONTROL = {"comm_id": "c", "target_name": "jupyter.widget.control", "data": {}}


def refusal(raw: str | bytes) -> Refusal | None:
    try:
        Guard().check(raw, 0.0)
    except RefusedError as refused:
        return refused.why
    return None


def passes(guard: Guard, raw: bytes) -> bool:
    try:
        guard.check(raw, 0.0)
    except RefusedError as refused:
        if refused.why is not Refusal.TOO_MANY:
            raise
        return False
    return True


def a_comm_msg(**data: Any) -> bytes:
    return a_message("comm_msg", {"comm_id": "c", "data": data})


@pytest.mark.parametrize(
    "message",
    [
        a_message("kernel_info_request"),
        a_message("comm_info_request", {"target_name": "jupyter.widget"}),
        a_message("comm_open", CONTROL),
        a_message("comm_close", {"comm_id": "c", "data": {}}),
        a_comm_msg(method="update", state={"value": 3}, buffer_paths=[]),
        a_comm_msg(method="custom", content={"event": "click"}),
        a_comm_msg(method="request_states"),
        a_message(
            "comm_msg",
            {"comm_id": "c", "data": {"method": "update", "state": {}, "buffer_paths": [["value"]]}},
            buffers=[bytes(LARGEST_PROGRESS)],
        ),
    ],
)
def test_the_widgets_messages_pass(message: bytes) -> None:
    assert refusal(message) is None


@pytest.mark.parametrize(
    "kind",
    [
        "execute_request",
        "complete_request",
        "inspect_request",
        "history_request",
        "is_complete_request",
        "shutdown_request",
        "interrupt_request",
        "debug_request",
        "create_subshell_request",
        "input_reply",
        "usage_request",
        "",
        "EXECUTE_REQUEST",
    ],
)
@pytest.mark.parametrize("channel", ["shell", "control", "stdin", "iopub", "hb"])
def test_no_other_kind_passes_on_any_channel(kind: str, channel: str) -> None:
    assert refusal(a_message(kind, {"code": "1"}, channel)) is (Refusal.KIND if channel == "shell" else Refusal.CHANNEL)


@pytest.mark.parametrize("channel", ["control", "stdin", "iopub", ""])
def test_a_widgets_message_passes_on_no_other_channel(channel: str) -> None:
    assert refusal(a_message("comm_open", CONTROL, channel)) is Refusal.CHANNEL


@pytest.mark.parametrize("target", ["jupyter.widget", "jupyter.widget.version", "", None, 3])
def test_a_page_makes_no_widgets(target: Any) -> None:
    assert refusal(a_message("comm_open", CONTROL | {"target_name": target})) is Refusal.TARGET


def test_a_message_that_passes_is_read_once_for_all() -> None:
    """Its size is what it weighed on the way here. Of its header, only what answers need is kept."""
    content = {"comm_id": "c", "data": {"method": "update"}}
    raw = a_message("comm_msg", content, msg_id="m", more="x" * 10_000, buffers=[b"x", b"yz"])
    message = Guard().check(raw, 0.0)
    assert (message.kind, message.id, message.size) == ("comm_msg", "m", len(raw))
    assert message.content == content
    assert list(message.buffers) == [b"x", b"yz"]
    assert (message.header, message.parent) == ({"msg_id": "m", "msg_type": "comm_msg", "session": "s"}, {})


@pytest.mark.parametrize(
    "raw",
    [
        "text",
        "",
        b"",
        b"\x00" * 8,
        b"\xff" * 64,
        (2**62).to_bytes(8, "little") + b"x" * 100,
        a_message("kernel_info_request")[:-1],
        a_message("kernel_info_request") + b"x",
        a_message("kernel_info_request", buffers=[b"x"] * 1000),
        a_message("kernel_info_request", msg_id=3),
        a_message("kernel_info_request", msg_id="x" * 1000),
        a_message("kernel_info_request", session=""),
        a_message(["comm_msg"]),  # type: ignore[arg-type]
        a_message("kernel_info_request", more="x" * 100_000),
        a_message("comm_msg", {"comm_id": "c", "data": {"method": "update", "state": {"value": [0] * 200_000}}}),
        a_message("comm_msg", {"comm_id": "c", "data": {"method": "update", "state": {"value": "{" * 200_001}}}),
        a_message("comm_msg", ["not an object"]),
        a_message("comm_msg", {"data": {"method": "update"}}),
        a_message("comm_msg", {"comm_id": ["c"], "data": {"method": "update"}}),
        a_message("comm_msg", {"comm_id": "c", "data": "x"}),
        a_comm_msg(method="echo_update"),
        a_comm_msg(method=["update"]),
        a_comm_msg(method="update", state=[1]),
        a_comm_msg(method="update", state={}, buffer_paths="x"),
        a_message("comm_msg").replace(b"{}", b"[["),
        a_message("comm_msg", "x" * 100_000).replace(b'"' + b"x" * 100_000, b"[" * 100_001),
        a_message("comm_msg", "xx").replace(b'"xx"', b'"\xff"'),
    ],
)
def test_what_is_malformed_is_refused(raw: str | bytes) -> None:
    assert refusal(raw) is Refusal.MALFORMED


@given(st.binary(max_size=400))
def test_no_garbage_is_anything_but_refused(raw: bytes) -> None:
    assert refusal(raw) is not None


@given(st.integers(0, 2**32), st.integers(1, 8))
def test_a_message_with_bytes_changed_passes_or_is_refused(seed: int, changes: int) -> None:
    """Whatever is let through can be taken apart again."""
    chance = random.Random(seed)
    raw = bytearray(a_comm_msg(method="update", state={"value": 1}))
    for _ in range(changes):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    if refusal(bytes(raw)) is None:
        channel, parts = split(bytes(raw))
        assert channel == b"shell"
        assert json.loads(parts[0])["msg_type"] in {"comm_msg", "kernel_info_request"}


def test_a_dragged_slider_is_let_through_for_as_long_as_it_takes() -> None:
    guard = Guard()
    for i in range(60 * 60):
        guard.check(a_comm_msg(method="update", state={"value": i}), i / 60)


def test_a_flood_is_not() -> None:
    guard = Guard()
    passed = 0
    while passed < 10_000 and passes(guard, a_comm_msg(method="update", state={})):
        passed += 1
    assert 300 <= passed <= 1000


def test_asking_for_all_states_again_and_again_costs_more() -> None:
    guard = Guard()
    assert not all(passes(guard, a_comm_msg(method="request_states")) for _ in range(100))


def test_what_passes_at_once_weighs_no_more_than_two_files_of_progress() -> None:
    guard = Guard()
    half = a_message("comm_msg", {"comm_id": "c", "data": {"method": "update"}}, buffers=[bytes(LARGEST // 2)])
    assert [passes(guard, half) for _ in range(4)] == [True, True, True, False]


def test_the_longest_file_of_progress_fits() -> None:
    assert LARGEST > 1.5 * LARGEST_PROGRESS


def test_a_bucket_fills_again_but_never_beyond_its_brim() -> None:
    bucket = Bucket(rate=2, burst=4)
    assert bucket.take(4, now=0)
    assert not bucket.take(1, now=0.4)
    assert bucket.take(1, now=0.5)
    assert bucket.take(4, now=1000)
    assert not bucket.take(1, now=1000)


def test_what_was_spent_beyond_a_buckets_brim_is_waited_for() -> None:
    bucket = Bucket(rate=0.5, burst=2)
    assert bucket.wait_after(1, now=0) == 0
    assert bucket.wait_after(2, now=0) == 2
    assert bucket.wait_after(1, now=1) == 3
    assert bucket.wait_after(0, now=4) == 0
