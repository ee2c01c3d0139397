"""Visitors without a browser, so that many can come at once: `Visitor` speaks to the server as the page's script does.

`Client` is what visitors of any web application have in common: a page, a websocket, clicks, and what comes back.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
import uuid
from abc import ABC, abstractmethod
from collections import deque
from typing import Any
from urllib.parse import urlsplit

from jupyter_client.session import json_packer
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

PROTOCOL = "v1.kernel.websocket.jupyter.org"
KERNEL = re.compile(r'"kernel(?:_?[iI]d)?"\s*:\s*"([0-9a-f-]{36})"')
BACK = "←"  # how the label of the button begins that leads back to the list of stories
PATIENCE = 120.0  # seconds, for a page and for an answer

Message = dict[str, Any]


class RefusedError(Exception):
    """The server has no place for another visitor."""


class Client(ABC):
    """One visitor. Reads all the time, as a browser does, or it would answer no ping.

    Raises:
        TimeoutError: what it waits for does not come within `PATIENCE`.
        ConnectionError: the server has closed the websocket.
    """

    def __init__(self, address: str, client: AsyncHTTPClient) -> None:
        self.address, self.client = address, client
        self.socket: WebSocketClientConnection | None = None
        self.closed = "the websocket is not open"
        self._unread: deque[bytes] = deque()  # since the last click
        self._news = asyncio.Event()

    @property
    def origin(self) -> str:
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    @abstractmethod
    async def arrive(self) -> None:
        """Fetch the page, open its websocket, and wait until it is live.

        Raises:
            RefusedError: the server is full.
        """

    @abstractmethod
    async def press(self, says: str) -> None:
        """Click the button whose label begins so, as soon as it is there."""

    @abstractmethod
    def receive(self, raw: bytes) -> None:
        """Take in a message from the server."""

    async def fetch(self) -> str:
        """The page, as the server sends it."""
        answer = await self.client.fetch(self.address, request_timeout=PATIENCE, raise_error=False)
        if answer.code == 503:
            raise RefusedError
        answer.rethrow()
        return answer.body.decode()

    async def connect(self, path: str, protocol: str | None = None) -> None:
        """Open the websocket, from the page's own origin."""
        request = HTTPRequest(
            self.address.replace("http", "ws", 1) + path,
            headers={"Origin": self.origin},
            connect_timeout=PATIENCE,
            request_timeout=PATIENCE,
        )
        protocols = [protocol] if protocol else None
        self.socket = await websocket_connect(request, on_message_callback=self._take, subprotocols=protocols)
        assert self.socket.protocol
        self.socket.protocol.set_nodelay(True)  # as in browsers: a small message does not wait for the next

    async def send(self, message: str | bytes) -> None:
        """Send a message as it is."""
        if self.socket is None:
            raise ConnectionResetError(self.closed)
        await self.socket.write_message(message, binary=isinstance(message, bytes))

    def _take(self, raw: str | bytes | None) -> None:
        if raw is None:
            if self.socket is not None:
                self.closed = f"the websocket was closed: {self.socket.close_code} {self.socket.close_reason}"
            self.socket = None
        else:
            raw = raw.encode() if isinstance(raw, str) else raw
            self._unread.append(raw)
            self.receive(raw)
        self._news.set()

    async def news(self) -> None:
        """Wait for the next message."""
        if self.socket is None:
            raise ConnectionResetError(self.closed)
        self._news.clear()
        await asyncio.wait_for(self._news.wait(), PATIENCE)

    async def sees(self, text: str) -> None:
        """Wait until a message has this text, among those since the last click that have not been looked at yet."""
        wanted = text.encode()
        while True:
            while self._unread:
                if wanted in self._unread.popleft():
                    return
            await self.news()

    async def click(self, says: str, until: str) -> float:
        """Click the button that begins so, and tell how many seconds it took until a message had this text."""
        self._unread.clear()
        began = time.perf_counter()
        await self.press(says)
        await self.sees(until)
        return time.perf_counter() - began

    async def open_again(self, story: str, until: str) -> None:
        """Open a story that is open already, which begins it again."""
        await self.click(story, until)

    def drop(self) -> None:
        """Lose the connection, without a word."""
        if self.socket is not None and self.socket.protocol and self.socket.protocol.stream:
            self.socket.protocol.stream.close()

    async def leave(self) -> None:
        """Go, as a closing tab does."""
        self.drop()


class Visitor(Client):
    """A visitor of the page. `states` are the widgets' states by model id, kept up to date by what the server sends."""

    def __init__(self, address: str, client: AsyncHTTPClient) -> None:
        super().__init__(address, client)
        self.kernel, self.session = "", uuid.uuid4().hex
        self.states: dict[str, dict[str, Any]] = {}
        self.said = self.done = ""  # the last message to the server, and the last that it has done with

    async def arrive(self) -> None:
        """Fetch the page, whole, open its websocket, and ask for all widgets, as a page does when it opens."""
        found = KERNEL.search(await self.fetch())
        assert found, "the page names no kernel"
        self.kernel = found[1]
        await self.connect(f"api/kernels/{self.kernel}/channels?session_id={self.session}", PROTOCOL)
        control = uuid.uuid4().hex
        await self.say("comm_open", {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}})
        await self.say("comm_msg", {"comm_id": control, "data": {"method": "request_states"}})
        while not self.states:
            await self.news()

    async def press(self, says: str) -> None:
        """Click the newest button whose label begins so, as soon as there is one."""
        button = await self._model("ButtonModel", says)
        await self.say("comm_msg", {"comm_id": button, "data": {"method": "custom", "content": {"event": "click"}}})

    async def write(self, label: str, text: str) -> None:
        """Write into the text field that has this label."""
        update = {"method": "update", "state": {"value": text}, "buffer_paths": []}
        await self.say("comm_msg", {"comm_id": await self._model("TextModel", label), "data": update})

    async def complete(self, says: str) -> float:
        """Click the button that begins so, and tell how many seconds it took until the server had done with it."""
        began = time.perf_counter()
        await self.press(says)
        while self.done != self.said:
            await self.news()
        return time.perf_counter() - began

    async def open_again(self, story: str, until: str) -> None:  # noqa: ARG002
        """Go back to the list, and open a story that was open: not everything is sent again."""
        await self.complete(BACK)
        await self.complete(story)

    async def _model(self, kind: str, label: str) -> str:
        while True:
            for name, state in reversed(self.states.items()):
                if state.get("_model_name") == kind and str(state.get("description", "")).startswith(label):
                    return name
            await self.news()

    async def say(self, kind: str, content: Message) -> None:
        """Send a message on the shell channel."""
        self.said = uuid.uuid4().hex
        header = {"msg_id": self.said, "msg_type": kind, "session": self.session, "username": "", "date": ""}
        parts: tuple[Message, ...] = (header | {"version": "5.3"}, {}, {"version": "1.0.0"}, content)
        await self.send(serialize_msg_to_ws_v1([json_packer(part) for part in parts], "shell"))

    def receive(self, raw: bytes) -> None:
        """Take in what the message says of widgets."""
        _, (header, parent, _, body, *_) = deserialize_msg_from_ws_v1(raw)
        kind = json.loads(header)["msg_type"]
        if kind == "status" and b"idle" in body:
            self.done = json.loads(parent).get("msg_id", "")
        if not kind.startswith("comm_"):
            return
        content = json.loads(body)
        data, model = content.get("data", {}), content["comm_id"]
        if kind == "comm_close":
            self.states.pop(model, None)
        elif "states" in data:
            self.states.update({name: each["state"] for name, each in data["states"].items()})
        elif "state" in data:
            self.states.setdefault(model, {}).update(data["state"])

    async def leave(self) -> None:
        """Say goodbye as a closing tab does."""
        self.drop()
        goodbye = f"{self.address}voila/api/shutdown/{self.kernel}"
        await self.client.fetch(goodbye, method="POST", body="", headers={"Origin": self.origin}, raise_error=False)
