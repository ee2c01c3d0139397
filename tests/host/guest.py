"""A visitor without a browser: fetches the page, opens its websocket, speaks the widgets' protocol."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit
from uuid import uuid4

import websocket
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1

PROTOCOL = "v1.kernel.websocket.jupyter.org"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0"}
KERNEL = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MODEL = re.compile(r"\b[0-9a-f]{32}\b")
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

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def ask(
    address: str,
    path: str = "",
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
) -> Answer:
    """Send one request, as it is written: no path is tidied, no redirect followed."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=PATIENCE)
    try:
        connection.request(method, parts.path + path, body=body, headers=BROWSER | dict(headers or {}))
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


def visitors(address: str) -> int:
    """How many there are, as the host says."""
    count: int = ask(address, "healthz").json["visitors"]
    return count


def figure(address: str, name: str) -> float:
    """One of the host's figures."""
    lines = ask(address, "metrics").text.splitlines()
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(name))


def a_message(
    kind: str,
    content: Any = None,
    channel: str = "shell",
    session: str = "s",
    buffers: Sequence[bytes] = (),
    metadata: Mapping[str, Any] | None = None,
    **header: Any,
) -> bytes:
    """A message in the websocket's form."""
    head = {"msg_id": uuid4().hex, "msg_type": kind, "session": session, "username": "", "version": "5.4"} | header
    written = {"version": "1.0.0"} | dict(metadata or {})
    parts = [json.dumps(part).encode() for part in (head, {}, written, content or {})]
    raw: bytes = serialize_msg_to_ws_v1([*parts, *buffers], channel)  # type: ignore[no-untyped-call]
    return raw


@dataclass
class Guest:
    """One visitor, from fetching the page to closing the tab."""

    address: str
    asking: dict[str, str] = field(default_factory=dict)  # headers
    session: str = field(default_factory=lambda: uuid4().hex)
    socket: Any = None
    _connections: list[socket.socket] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.answer = ask(self.address, headers=self.asking)
        assert self.answer.status == 200, self.answer.text
        self.page = self.answer.text
        found = KERNEL.search(self.page)
        assert found, "no kernel in the page"
        self.kernel: str = found[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None) -> None:
        self.drop()
        self.goodbye()

    def open(self, **how: Any) -> Any:
        """Open the websocket; `how` for other ways than a page's."""
        parts = urlsplit(self.address)
        session = how.pop("session", self.session)
        kernel = how.pop("kernel", self.kernel)
        url = f"ws://{parts.netloc}{parts.path}api/kernels/{kernel}/channels?session_id={session}"
        origin = f"http://{parts.netloc}"
        given: dict[str, Any] = {"subprotocols": [PROTOCOL], "origin": origin, "timeout": PATIENCE} | how
        connection = socket.create_connection((parts.hostname, parts.port), timeout=PATIENCE)
        self._connections.append(connection)
        self.socket = websocket.create_connection(url, socket=connection, **given)
        return self.socket

    def drop(self) -> None:
        """Lose all connections, without a word."""
        for connection in self._connections:
            connection.close()
        self._connections.clear()

    def say(self, kind: str, content: Any = None, channel: str = "shell", **more: Any) -> str:
        """Send a message and give its id."""
        msg_id = uuid4().hex
        self.socket.send_binary(a_message(kind, content, channel, self.session, msg_id=msg_id, **more))
        return msg_id

    def hear(self, wanted: Callable[[str, dict[str, Any], dict[str, Any]], Any]) -> Any:
        """What `wanted(kind, parent header, content)` first makes something of."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            raw = self.socket.recv()
            assert isinstance(raw, bytes), f"the websocket was closed: {raw!r}"
            _, parts = deserialize_msg_from_ws_v1(raw)  # type: ignore[no-untyped-call]
            header, parent, _, content = (json.loads(part) for part in parts[:4])
            if found := wanted(header["msg_type"], parent, content):
                return found
        raise AssertionError("it was not heard in time")

    def answers(self) -> bool:
        """Whether the kernel has done all that it was told and answers."""
        asked = self.say("kernel_info_request")
        return bool(self.hear(lambda kind, parent, _: kind == "kernel_info_reply" and parent.get("msg_id") == asked))

    def states(self) -> dict[str, Any]:
        """The widgets and their states, as a page asks for them."""
        control = uuid4().hex
        self.say("comm_open", {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}})
        self.say("comm_msg", {"comm_id": control, "data": {"method": "request_states"}})

        def states(kind: str, _: Any, content: dict[str, Any]) -> Any:
            return kind == "comm_msg" and content["comm_id"] == control and content["data"].get("states")

        found: dict[str, Any] = self.hear(states)
        return found

    def model(self, described: str) -> str:
        """The widget with this description."""
        return next(model for model, each in self.states().items() if each["state"].get("description") == described)

    def click(self, button: str = "") -> None:
        """Press a button, the first unless one is named, and wait until the kernel is done with it."""
        if not button:
            states = self.states()
            button = next(model for model, each in states.items() if each["model_name"] == "ButtonModel")
        asked = self.press(button)

        def done(kind: str, parent: dict[str, Any], content: dict[str, Any]) -> bool:
            return kind == "status" and parent.get("msg_id") == asked and content["execution_state"] == "idle"

        self.hear(done)

    def press(self, button: str, **more: Any) -> str:
        """Press a button and give the message's id."""
        pressed = {"method": "custom", "content": {"event": "click"}}
        return self.say("comm_msg", {"comm_id": button, "data": pressed}, **more)

    def goodbye(self, headers: Mapping[str, str] | None = None) -> int:
        """Close the tab: what the page sends then."""
        parts = urlsplit(self.address)
        given = {"Origin": f"http://{parts.netloc}"} | dict(headers or {})
        return ask(self.address, f"voila/api/shutdown/{self.kernel}", "POST", given, b"").status

    @property
    def there(self) -> bool:
        """Whether the host still has its kernel."""
        return ask(self.address, f"api/kernels/{self.kernel}").status == 200
