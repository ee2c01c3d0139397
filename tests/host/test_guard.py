"""What a page may say to its kernel. No server and no clock."""

from __future__ import annotations

import json
import random
import sys
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etiquette.host.guard import (
    LARGEST,
    MOST_BUFFERS,
    MOST_CONTROLS,
    Bucket,
    Guard,
    Refusal,
    RefusedError,
    joined,
    marked,
    split,
)
from etiquette.practice import LARGEST_PROGRESS
from etiquette.room import ORIGIN_KEY
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


def test_a_page_opens_only_so_many_controls_at_once() -> None:
    guard = Guard()
    for i in range(MOST_CONTROLS):
        guard.check(a_message("comm_open", CONTROL | {"comm_id": f"c{i}"}), 0.0)
    with pytest.raises(RefusedError):
        guard.check(a_message("comm_open", CONTROL | {"comm_id": "one more"}), 0.0)
    guard.check(a_message("comm_close", {"comm_id": "c0"}), 0.0)
    guard.check(a_message("comm_open", CONTROL | {"comm_id": "another"}), 0.0)


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


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=8,
)
METADATA = st.dictionaries(st.text() | st.just(ORIGIN_KEY), JSON, max_size=4)
BUFFERS = st.lists(st.binary(max_size=40), max_size=MOST_BUFFERS - 1)


@given(st.binary(max_size=20), st.lists(st.binary(max_size=40), min_size=4, max_size=4 + MOST_BUFFERS))
def test_a_message_that_is_put_together_comes_apart_as_it_was(channel: bytes, parts: list[bytes]) -> None:
    assert split(joined(channel, parts)) == (channel, parts)


@given(METADATA, JSON, BUFFERS, st.text())
def test_a_marked_message_says_its_origin_and_is_the_same_in_all_else(
    metadata: dict[str, Any], content: Any, buffers: list[bytes], origin: str
) -> None:
    """Whatever the page wrote in the origin's place is gone; all that the page wrote elsewhere is still there."""
    raw = a_message("comm_msg", content, buffers=buffers, metadata=metadata)
    channel, parts = split(marked(raw, origin))
    channel_before, parts_before = split(raw)
    assert (channel, parts[:2], parts[3:]) == (channel_before, parts_before[:2], parts_before[3:])
    assert json.loads(parts[2]) == json.loads(parts_before[2]) | {ORIGIN_KEY: origin}


def test_a_marked_message_passes_like_the_one_that_it_was() -> None:
    assert refusal(marked(a_comm_msg(method="update", state={"value": 3}, buffer_paths=[]), "o" * 32)) is None


def with_metadata(metadata: bytes) -> bytes:
    """A message with metadata that no JSON writer would write."""
    channel, parts = split(a_comm_msg(method="update", state={}))
    return joined(channel, [*parts[:2], metadata, *parts[3:]])


def test_an_origin_that_a_page_forged_twice_is_not_there_once() -> None:
    forged = b'{"etiquette_origin": "forged", "etiquette\\u005forigin": "forged"}'
    _, parts = split(marked(with_metadata(forged), "where it is"))
    assert json.loads(parts[2], object_pairs_hook=list) == [(ORIGIN_KEY, "where it is")]


def test_metadata_is_marked_or_refused_however_deep_it_is_nested() -> None:
    """No Python promises that what it can read, it can write."""
    marks = 0
    for depth in range(1, sys.getrecursionlimit() + 10):
        raw = with_metadata(b'{"version": ' + b"[" * depth + b"]" * depth + b"}")
        with suppress(RefusedError):
            Guard().check(raw, 0.0)
            marks += len(marked(raw, "o")) > len(raw)
    assert marks >= 100


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


def test_the_longest_file_of_progress_fits() -> None:
    assert LARGEST > 1.5 * LARGEST_PROGRESS


def test_a_bucket_fills_again_but_never_beyond_its_brim() -> None:
    bucket = Bucket(rate=2, burst=4)
    assert bucket.take(4, now=0)
    assert not bucket.take(1, now=0.4)
    assert bucket.take(1, now=0.5)
    assert bucket.take(4, now=1000)
    assert not bucket.take(1, now=1000)
