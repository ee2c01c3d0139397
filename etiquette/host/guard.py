"""Which messages a page may send to its session: well-formed widget messages, at a limited rate."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from etiquette.sessions import CONTROL, Message, split_message

LARGEST = 8_000_000  # bytes: enough for the largest progress file, as the value of one widget
MOST_ITEMS = 100_000  # in the lists and objects of one message, also within strings: parsing more takes too long
LARGEST_PART = 16 * 1024  # bytes of each of header, parent header and metadata

ALLOWED = frozenset({"comm_open", "comm_msg", "comm_close", "comm_info_request", "kernel_info_request"})
METHODS = frozenset({"update", "request_state", "request_states", "custom"})
COSTS = {"request_states": 20.0, "request_state": 2.0}  # messages whose answers are much larger than they are
IDENTIFIER = re.compile(r"[\w.:-]{1,200}", re.ASCII)


class Refusal(StrEnum):
    """Why a message is refused."""

    MALFORMED = "malformed"
    CHANNEL = "channel"
    KIND = "kind"
    TARGET = "target"
    TOO_MANY = "too many"


class RefusedError(Exception):
    """A message is refused; `why` says for which reason."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


@dataclass
class Bucket:
    """A token bucket: `burst` at once, `rate` per second in the long run. Time is in seconds, from any clock."""

    rate: float
    burst: float
    left: float = field(init=False)
    at: float | None = None

    def __post_init__(self) -> None:
        self.left = self.burst

    def take(self, cost: float, now: float) -> bool:
        """Whether the bucket holds this cost, which is then spent."""
        if self.at is not None:
            self.left = min(self.burst, self.left + (now - self.at) * self.rate)
        self.at = now
        if cost > self.left:
            return False
        self.left -= cost
        return True

    def wait_after(self, cost: float, now: float) -> float:
        """Spend this cost even if the bucket does not hold it. Returns the seconds until the debt is paid off."""
        self.take(0.0, now)
        self.left -= cost
        return max(0.0, -self.left / self.rate)


class Guard:
    """Checks the messages to one session, across all reconnections of its page.

    Dragging a slider sends about 60 messages a second; twice that is allowed continuously, and 600 at once. The limit
    on bytes allows a progress file at once, and 1 MB a second after that.
    """

    def __init__(self) -> None:
        self._messages = Bucket(rate=120, burst=600)
        self._bytes = Bucket(rate=1_000_000, burst=2 * LARGEST)

    def check(self, raw: str | bytes, now: float) -> Message:
        """The parsed message. Raises `RefusedError` if it is not allowed."""
        if not (self._messages.take(1, now) and self._bytes.take(len(raw), now)):
            raise RefusedError(Refusal.TOO_MANY)
        if not isinstance(raw, bytes):
            raise RefusedError(Refusal.MALFORMED)
        try:
            channel, parts = split_message(raw)
        except ValueError as error:
            raise RefusedError(Refusal.MALFORMED) from error
        if channel != b"shell":
            raise RefusedError(Refusal.CHANNEL)
        if any(len(part) > LARGEST_PART for part in parts[:3]):
            raise RefusedError(Refusal.MALFORMED)
        if sum(parts[3].count(each) for each in (b"[", b"{", b",")) > MOST_ITEMS:
            raise RefusedError(Refusal.MALFORMED)
        header, _parent, metadata, content = (_json_object(part) for part in parts[:4])
        kind = header.get("msg_type")
        if not isinstance(kind, str) or not all(_identifier(header.get(name)) for name in ("msg_id", "session")):
            raise RefusedError(Refusal.MALFORMED)
        if kind not in ALLOWED:
            raise RefusedError(Refusal.KIND)
        if kind.startswith("comm_") and kind != "comm_info_request":
            self._check_comm(kind, content, now)
        header = {name: header[name] for name in ("msg_id", "msg_type", "session")}  # every answer repeats the header
        return Message(kind, content, header, {}, metadata, parts[4:], len(raw))

    def _check_comm(self, kind: str, content: dict[str, Any], now: float) -> None:
        comm, data = content.get("comm_id"), content.get("data", {})
        if not isinstance(comm, str) or not _identifier(comm) or not isinstance(data, dict):
            raise RefusedError(Refusal.MALFORMED)
        if kind == "comm_open":
            # Any other target would let the page create widgets.
            if content.get("target_name") != CONTROL:
                raise RefusedError(Refusal.TARGET)
        elif kind == "comm_msg":
            method = data.get("method")
            if not isinstance(method, str) or method not in METHODS:
                raise RefusedError(Refusal.MALFORMED)
            if not isinstance(data.get("state", {}), dict) or not isinstance(data.get("buffer_paths", []), list):
                raise RefusedError(Refusal.MALFORMED)
            if not self._messages.take(COSTS.get(method, 0.0), now):
                raise RefusedError(Refusal.TOO_MANY)


def _json_object(part: bytes) -> dict[str, Any]:
    try:
        value = json.loads(part)
    except (ValueError, RecursionError) as error:
        raise RefusedError(Refusal.MALFORMED) from error
    if not isinstance(value, dict):
        raise RefusedError(Refusal.MALFORMED)
    return value


def _identifier(value: object) -> bool:
    return isinstance(value, str) and IDENTIFIER.fullmatch(value) is not None
