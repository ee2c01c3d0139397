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
    tab: str = field(default_factory=lambda: uuid4().hex)  # what the page calls itself
    socket: Any = None
    _connections: list[socket.socket] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.answer = ask(self.address, headers=self.asking)
        assert self.answer.status == 200, self.answer.text
        self.page = self.answer.text
        found = PAGE_ID.search(self.page)
        assert found, "no id in the page"
        self.page_id: str = found[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None) -> None:
        self.drop()
        self.goodbye()

    def open(self, **how: Any) -> Any:
        """Open the websocket; `how` for other ways than a page's."""
        parts = urlsplit(self.address)
        tab = how.pop("tab", self.tab)
        page_id = how.pop("page_id", self.page_id)
        url = f"ws://{parts.netloc}{parts.path}api/kernels/{page_id}/channels?session_id={tab}"
        origin = f"http://{parts.netloc}"
        passed = {name: value for name, value in self.asking.items() if name in ("X-Forwarded-For", "Cookie")}
        given: dict[str, Any] = {"subprotocols": [PROTOCOL], "origin": origin, "header": passed} | how
        given["timeout"] = PATIENCE
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
        """Send a message and return its id."""
        msg_id = more.setdefault("msg_id", uuid4().hex)
        self.socket.send_binary(a_message(kind, content, channel, self.tab, **more))
        return str(msg_id)

    def hear(self, wanted: Callable[[str, dict[str, Any], dict[str, Any]], Any]) -> Any:
        """The first true value that `wanted(kind, parent header, content)` has for a message."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            raw = self.socket.recv()
            assert isinstance(raw, bytes), f"the websocket was closed: {raw!r}"
            _, parts = deserialize_msg_from_ws_v1(raw)  # type: ignore[no-untyped-call]
            header, parent, _, content = (json.loads(part) for part in parts[:4])
            if found := wanted(header["msg_type"], parent, content):
                return found
        raise AssertionError("it was not heard in time")

    def done(self, asked: str) -> None:
        """Wait until the session has done what the message with this id asked for."""
        self.hear(
            lambda kind, parent, content: (
                kind == "status" and parent.get("msg_id") == asked and content["execution_state"] == "idle"
            )
        )

    def answers(self) -> bool:
        """Whether the session has done all that it was told, and answers."""
        asked = self.say("kernel_info_request")
        return bool(self.hear(lambda kind, parent, _: kind == "kernel_info_reply" and parent.get("msg_id") == asked))

    def states(self) -> dict[str, Any]:
        """The widgets and their states, as a page asks for them."""
        found: dict[str, Any] = self.everything()["states"]
        return found

    def everything(self) -> dict[str, Any]:
        """The widgets' `states`, and what the `cells` show."""
        control = uuid4().hex
        self.say("comm_open", {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}})
        self.say("comm_msg", {"comm_id": control, "data": {"method": "request_states"}})

        def told(kind: str, _: Any, content: dict[str, Any]) -> Any:
            return kind == "comm_msg" and content["comm_id"] == control and content["data"]

        found: dict[str, Any] = self.hear(told)
        self.say("comm_close", {"comm_id": control, "data": {}})
        return found

    def model(self, described: str) -> str:
        """The model id of the widget with this description."""
        return next(model for model, each in self.states().items() if each["state"].get("description") == described)

    def value(self, described: str) -> Any:
        """The value of the widget with this description."""
        return self.states()[self.model(described)]["state"]["value"]

    def click(self, button: str = "") -> None:
        """Press a button, the first unless one is named by its model id, and wait until that is done."""
        if not button:
            states = self.states()
            button = next(model for model, each in states.items() if each["model_name"] == "ButtonModel")
        self.done(self.press(button))

    def press(self, button: str, **more: Any) -> str:
        """Press a button and return the message's id."""
        pressed = {"method": "custom", "content": {"event": "click"}}
        return self.say("comm_msg", {"comm_id": button, "data": pressed}, **more)

    def change(self, model: str, **state: Any) -> str:
        """Change a widget's state, as its view does, and return the message's id."""
        return self.say(
            "comm_msg", {"comm_id": model, "data": {"method": "update", "state": state, "buffer_paths": []}}
        )

    def goodbye(self, headers: Mapping[str, str] | None = None) -> int:
        """Close the tab: what the page sends then."""
        parts = urlsplit(self.address)
        given = {"Origin": f"http://{parts.netloc}"} | dict(headers or {})
        return ask(self.address, f"voila/api/shutdown/{self.page_id}", "POST", given, b"").status

    @property
    def there(self) -> bool:
        """Whether the host still has its session, or would make one."""
        return ask(self.address, f"api/kernels/{self.page_id}").status == 200
