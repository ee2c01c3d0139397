"""A visitor without a browser: fetches the page, opens its websocket, speaks the widgets' protocol."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import websocket
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1

PROTOCOL = "v1.kernel.websocket.jupyter.org"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0"}
PAGE_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PATIENCE = 30.0  # seconds


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        compressed = self.headers["Content-Encoding"] == "gzip"
        return (gzip.decompress(self.body) if compressed else self.body).decode()


def ask(
    address: str, path: str = "", method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes = b""
) -> Answer:
    """Send one request, as it is written: no path is tidied, no redirect followed."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=PATIENCE)
    try:
        connection.request(method, parts.path + path, body=body or None, headers=BROWSER | dict(headers or {}))
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


def eventually(condition: Callable[[], Any], within: float = PATIENCE) -> Any:
    """What it comes to, as soon as it is anything."""
    deadline = time.monotonic() + within
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.02)
    return found


def health(address: str) -> dict[str, int]:
    """How many visitors there are, and how many there is room for, as the host says."""
    found: dict[str, int] = json.loads(ask(address, "healthz").text)
    return found


def figure(address: str, name: str) -> float:
    """One of the host's metrics."""
    lines = ask(address, "metrics").text.splitlines()
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(name))


def a_message(
    kind: object, content: object = None, channel: str = "shell", buffers: Sequence[bytes] = (), **header: object
) -> bytes:
    """A message in the websocket's form."""
    head = {"msg_id": uuid4().hex, "msg_type": kind, "session": "s", "username": "", "version": "5.4"} | header
    parts = [json.dumps(part).encode() for part in (head, {}, {}, content or {})]
    raw: bytes = serialize_msg_to_ws_v1([*parts, *buffers], channel)  # type: ignore[no-untyped-call]
    return raw


def apart(raw: bytes) -> Iterator[bytes]:
    """The messages of one turn of a session, which are sent end to end."""
    while raw:
        offsets = 8 * int.from_bytes(raw[:8], "little")
        length = int.from_bytes(raw[offsets : offsets + 8], "little")
        yield raw[:length]
        raw = raw[length:]


@dataclass
class Guest:
    """One visitor, from fetching the page to closing the tab."""

    address: str
    asking: dict[str, str] = field(default_factory=dict)  # headers
    tab: str = field(default_factory=lambda: uuid4().hex)  # what the page calls itself
    socket: Any = None
    _sockets: list[Any] = field(default_factory=list)
    _arrived: deque[bytes] = field(default_factory=deque)

    def __post_init__(self) -> None:
        answer = ask(self.address, headers=self.asking)
        assert answer.status == 200, answer.text
        self.page = answer.text
        (self.page_id,) = set(PAGE_ID.findall(self.page))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.drop()
        self.goodbye()

    def open(self, **how: Any) -> Self:
        """Open the websocket; `how` for other ways than a page's."""
        parts = urlsplit(self.address)
        page_id, tab = how.pop("page_id", self.page_id), how.pop("tab", self.tab)
        url = f"ws://{parts.netloc}{parts.path}api/kernels/{page_id}/channels?session_id={tab}"
        given = {"subprotocols": [PROTOCOL], "origin": f"http://{parts.netloc}", "header": self.asking} | how
        self.socket = websocket.create_connection(url, timeout=PATIENCE, **given)
        self._sockets.append(self.socket)
        self._arrived.clear()
        return self

    def refused(self, **how: Any) -> int:
        """The status with which the host refuses to open the websocket."""
        with pytest.raises(websocket.WebSocketBadStatusException) as refused:
            self.open(**how)
        status: int = refused.value.status_code
        return status

    def drop(self) -> None:
        """Lose all connections, without a word."""
        while self._sockets:
            self._sockets.pop().shutdown()

    def say(self, kind: str, content: object = None, channel: str = "shell", **more: Any) -> str:
        """Send a message and return its id."""
        msg_id = uuid4().hex
        self.socket.send_binary(a_message(kind, content, channel, **{"session": self.tab, "msg_id": msg_id} | more))
        return msg_id

    def hear(self, wanted: Callable[[str, dict[str, Any], dict[str, Any]], Any]) -> Any:
        """The first true value that `wanted(kind, parent header, content)` has for a message."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if not self._arrived:
                kind, raw = self.socket.recv_data(control_frame=True)  # pings too, which must not keep a test waiting
                assert kind != websocket.ABNF.OPCODE_CLOSE, f"the websocket was closed: {raw!r}"
                if kind == websocket.ABNF.OPCODE_BINARY:
                    self._arrived.extend(apart(raw))
                continue
            _, parts = deserialize_msg_from_ws_v1(self._arrived.popleft())  # type: ignore[no-untyped-call]
            header, parent, _, content = (json.loads(part) for part in parts[:4])
            if found := wanted(header["msg_type"], parent, content):
                return found
        raise AssertionError("it was not heard in time")

    def done(self, asked: str) -> bool:
        """Wait until the session has done what the message with this id asked for."""
        idle = {"execution_state": "idle"}
        return bool(self.hear(lambda _, parent, content: parent.get("msg_id") == asked and content == idle))

    def answers(self) -> bool:
        """Whether the session has done all that it was told, and answers."""
        return self.done(self.say("kernel_info_request"))

    def everything(self) -> dict[str, Any]:
        """The widgets' `states`, and what the `cells` show, as a page asks for them."""
        self.say("comm_open", {"comm_id": "control", "target_name": "jupyter.widget.control", "data": {}})
        self.say("comm_msg", {"comm_id": "control", "data": {"method": "request_states"}})
        found: dict[str, Any] = self.hear(
            lambda _, __, content: content.get("comm_id") == "control" and content["data"]
        )
        return found

    def states(self) -> dict[str, Any]:
        """The widgets' states by their model ids."""
        return {model: each["state"] for model, each in self.everything()["states"].items()}

    def model(self, described: str) -> str:
        """The model id of the widget with this description."""
        return next(model for model, state in self.states().items() if state.get("description") == described)

    def value(self, described: str) -> Any:
        """The value of the widget with this description."""
        return next(state["value"] for state in self.states().values() if state.get("description") == described)

    def press(self, button: str) -> str:
        """Press the button with this model id, and return the message's id."""
        return self.say("comm_msg", {"comm_id": button, "data": {"method": "custom", "content": {"event": "click"}}})

    def click(self, described: str) -> None:
        """Press the button with this description, and wait until that is done."""
        self.done(self.press(self.model(described)))

    def change(self, model: str, **state: Any) -> str:
        """Change a widget's state, as its view does, and return the message's id."""
        return self.say("comm_msg", {"comm_id": model, "data": {"method": "update", "state": state}})

    def goodbye(self, origin: str | None = None) -> int:
        """Close the tab: what the page sends then."""
        parts = urlsplit(self.address)
        given = self.asking | {"Origin": f"http://{parts.netloc}" if origin is None else origin}
        return ask(self.address, f"voila/api/shutdown/{self.page_id}", "POST", given).status

    @property
    def there(self) -> bool:
        """Whether the host still has its session, or would make one."""
        return ask(self.address, f"api/kernels/{self.page_id}").status == 200
