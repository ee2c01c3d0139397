"""What a page may say to its session, and how it travels. No server and no clock."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etiquette.host.guard import LARGEST, Bucket, Guard, Refusal, RefusedError
from etiquette.practice import LARGEST_PROGRESS
from etiquette.sessions import split_message
from tests.host.guest import a_message

CONTROL = {"comm_id": "c", "target_name": "jupyter.widget.control", "data": {}}


def refusal(raw: str | bytes, guard: Guard | None = None) -> Refusal | None:
    """Why a guard, a new one unless it is given, refuses this."""
    try:
        (guard or Guard()).check(raw, 0.0)
    except RefusedError as refused:
        return refused.why
    return None


def a_comm_msg(method: object = "update", buffers: tuple[bytes, ...] = (), **data: object) -> bytes:
    return a_message("comm_msg", {"comm_id": "c", "data": {"method": method} | data}, buffers=buffers)


@pytest.mark.parametrize(
    "message",
    [
        a_message("kernel_info_request"),
        a_message("comm_info_request", {"target_name": "jupyter.widget"}),
        a_message("comm_open", CONTROL),
        a_message("comm_close", {"comm_id": "c", "data": {}}),
        a_comm_msg("custom", content={"event": "click"}),
        a_comm_msg("request_states"),
        a_comm_msg("request_state"),
        a_comm_msg(state={"value": 3}, buffer_paths=[]),
        a_comm_msg(state={}, buffer_paths=[["value"]], buffers=(bytes(LARGEST_PROGRESS),)),
    ],
)
def test_the_widgets_messages_pass(message: bytes) -> None:
    assert refusal(message) is None


REFUSED: dict[Refusal, list[str | bytes]] = {
    Refusal.KIND: [
        a_message(kind) for kind in ("execute_request", "shutdown_request", "debug_request", "", "COMM_MSG")
    ],
    Refusal.CHANNEL: [a_message("comm_open", CONTROL, channel) for channel in ("control", "stdin", "iopub", "")],
    Refusal.TARGET: [a_message("comm_open", CONTROL | {"target_name": each}) for each in ("jupyter.widget", "", None)],
    Refusal.MALFORMED: [
        "text",
        b"",
        b"\xff" * 64,
        (2**62).to_bytes(8, "little") + b"x" * 100,
        a_message("kernel_info_request")[:-1],
        a_message("kernel_info_request") + b"x",
        a_message("kernel_info_request", buffers=[b"x"] * 1000),
        a_message("kernel_info_request", msg_id=3),
        a_message("kernel_info_request", msg_id="x" * 1000),
        a_message("kernel_info_request", session=""),
        a_message("kernel_info_request", more="x" * 100_000),
        a_message(["comm_msg"]),
        a_message("comm_msg", ["not an object"]),
        a_message("comm_msg", {"data": {"method": "update"}}),
        a_message("comm_msg", {"comm_id": ["c"], "data": {"method": "update"}}),
        a_message("comm_msg", {"comm_id": "c", "data": "x"}),
        a_comm_msg("echo_update"),
        a_comm_msg(["update"]),
        a_comm_msg(state=[1]),
        a_comm_msg(state={}, buffer_paths="x"),
        a_comm_msg(state={"value": [0] * 200_000}),
        a_comm_msg(state={"value": "{" * 200_001}),
        a_message("comm_msg", "x" * 100_000).replace(b'"' + b"x" * 100_000, b"[" * 100_001),
        a_message("comm_msg", "xx").replace(b'"xx"', b'"\xff"'),
    ],
}


@pytest.mark.parametrize(("why", "raw"), [(why, raw) for why, messages in REFUSED.items() for raw in messages])
def test_all_else_is_refused(why: Refusal, raw: str | bytes) -> None:
    """Other kinds of messages, other channels than the shell, widgets of the page's making, and what is malformed."""
    assert refusal(raw) is why


def test_a_message_that_passes_is_read_once_for_all() -> None:
    """Its size is what it weighed on the way here. Of its header, only what answers need is kept."""
    content = {"comm_id": "c", "data": {"method": "update"}}
    raw = a_message("comm_msg", content, msg_id="m", more="x" * 10_000, buffers=[b"x", b"yz"])
    message = Guard().check(raw, 0.0)
    assert (message.kind, message.id, message.size) == ("comm_msg", "m", len(raw))
    assert (message.content, list(message.buffers)) == (content, [b"x", b"yz"])
    assert (message.header, message.parent) == ({"msg_id": "m", "msg_type": "comm_msg", "session": "s"}, {})


@given(st.integers(0, 2**32), st.integers(1, 8))
def test_a_message_with_bytes_changed_passes_or_is_refused(seed: int, changes: int) -> None:
    """Whatever is let through can be taken apart again."""
    chance = random.Random(seed)
    raw = bytearray(a_comm_msg(state={"value": 1}))
    for _ in range(changes):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    if refusal(bytes(raw)) is None:
        channel, parts = split_message(bytes(raw))
        assert channel == b"shell"
        assert json.loads(parts[0])["msg_type"] in {"comm_msg", "kernel_info_request"}


def test_a_dragged_slider_is_let_through_for_as_long_as_it_takes() -> None:
    guard = Guard()
    for i in range(60 * 60):
        guard.check(a_comm_msg(state={"value": i}), i / 60)


@pytest.mark.parametrize(
    ("message", "least", "most"),
    [
        (a_comm_msg(state={}), 300, 1000),
        (a_comm_msg("request_states"), 10, 50),  # is answered by much more than it weighs
        (a_comm_msg(buffers=(bytes(LARGEST // 2),)), 3, 3),  # two files of progress, and what goes with them
    ],
)
def test_a_flood_is_not(message: bytes, least: int, most: int) -> None:
    guard = Guard()
    why = [refusal(message, guard) for _ in range(most + 1)]
    assert set(why[:least]) == {None}
    assert why[-1] is Refusal.TOO_MANY


def test_a_bucket_fills_again_but_never_beyond_its_brim() -> None:
    bucket = Bucket(rate=2, burst=4)
    assert bucket.take(4, now=0)
    assert not bucket.take(1, now=0.4)
    assert bucket.take(1, now=0.5)
    assert bucket.take(4, now=1000)
    assert not bucket.take(1, now=1000)
