"""Visitors without a browser, so that many can come at once.

Each speaks as much of its web application's protocol as a click needs: `Visitor` of ours, the others of the scenes.
"""

from __future__ import annotations

import asyncio
import html
import json
import re
import time
import uuid
from abc import ABC, abstractmethod
from collections import deque
from typing import Any

from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.host.guest import PROTOCOL, a_message, apart

KERNEL = re.compile(r'"kernel(?:_?[iI]d)?"\s*:\s*"([0-9a-f-]{36})"')
AGAIN = "Start this story again"
BUTTON = re.compile(r'<button[^>]* id="(\w+)"[^>]*>(?:\s|<[^>]*>)*([^<]+)')
ELEMENTS = re.compile(r"parseElements\(String\.raw`(.*?)`\)", re.DOTALL)
CLIENT = re.compile(r"'client_id': '([0-9a-f-]{36})'")
PATIENCE = 120.0  # seconds, for a page and for an answer


class Client(ABC):
    """A visitor of any web application. Reads all the time, as a browser does, or it would answer no ping. Raises
    `HTTPClientError` if the server has no page for it. Raises `TimeoutError` if what it waits for does not come within
    `PATIENCE`. Raises `ConnectionError` if the server has closed the websocket.
    """

    def __init__(self, address: str) -> None:
        self.address, self.origin = address, address.rstrip("/")
        self.client = AsyncHTTPClient(max_clients=1000)  # the same for all in a loop
        self.socket: WebSocketClientConnection | None = None
        self._unread: deque[bytes] = deque()  # since the last click
        self._news = asyncio.Event()

    @abstractmethod
    async def arrive(self) -> None:
        """Fetch the page, open its websocket, and wait until it is live."""

    @abstractmethod
    async def press(self, says: str) -> None:
        """Click the button with this in its label."""

    def receive(self, raw: bytes) -> None:
        """Take in a message from the server."""
        self._unread.append(raw)

    async def fetch(self) -> str:
        """The page, as the server sends it."""
        return (await self.client.fetch(self.address, request_timeout=PATIENCE)).body.decode()

    async def connect(self, path: str, protocol: str | None = None) -> None:
        """Open the websocket, from the page's own origin."""
        address = self.address.replace("http", "ws", 1) + path
        request = HTTPRequest(
            address, headers={"Origin": self.origin}, connect_timeout=PATIENCE, request_timeout=PATIENCE
        )
        protocols = [protocol] if protocol else None
        self.socket = await websocket_connect(request, on_message_callback=self._take, subprotocols=protocols)
        assert self.socket.protocol
        self.socket.protocol.set_nodelay(True)  # as in browsers: a small message does not wait for the next

    async def send(self, message: str | bytes) -> None:
        if self.socket is None:
            raise ConnectionResetError
        await self.socket.write_message(message, binary=isinstance(message, bytes))

    def _take(self, raw: str | bytes | None) -> None:
        if raw is None:
            self.socket = None
        else:
            self.receive(raw.encode() if isinstance(raw, str) else raw)
        self._news.set()

    async def news(self) -> None:
        """Wait for the next message."""
        if self.socket is None:
            raise ConnectionResetError
        self._news.clear()
        await asyncio.wait_for(self._news.wait(), PATIENCE)

    async def sees(self, text: str) -> None:
        """Wait until a message has this text, among those since the last click that have not been looked at yet."""
        wanted = json.dumps(text)[1:-1].encode()  # as it is in a message
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


class Visitor(Client):
    """A visitor of the page. `states` are the widgets' states by model id, kept up to date by what the server sends."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.kernel, self.session = "", uuid.uuid4().hex
        self.states: dict[str, dict[str, Any]] = {}
        self.said = self.done = ""  # the last message to the server, and the last that it has done with

    async def arrive(self) -> None:
        """Fetch the page, open its websocket, and ask for all widgets, as a page does when it opens."""
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
        """Click the newest button with this in its label, as soon as there is one."""
        while (found := self._button(says)) is None:
            await self.news()
        model, content = found
        await self.say("comm_msg", {"comm_id": model, "data": {"method": "custom", "content": content}})

    def _button(self, says: str) -> tuple[str, dict[str, str]] | None:
        """The model of the newest button with this in its label, and what its click says; None if there is none."""
        for model, state in reversed(self.states.items()):
            if state.get("_model_name") == "ButtonModel" and says in str(state.get("description", "")):
                return model, {"event": "click"}
            for each in state.get("buttons", ()):
                if says in each["label"]:
                    return model, {"name": each["name"], "state": state["state"]}
        return None

    async def go(self, address: str) -> None:
        """Follow a link of the page to this address."""
        bar = next(name for name, state in self.states.items() if "address" in state)
        update = {"method": "update", "state": {"address": address}, "buffer_paths": []}
        await self.say("comm_msg", {"comm_id": bar, "data": update})

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

    async def _model(self, kind: str, label: str) -> str:
        while True:
            for name, state in reversed(self.states.items()):
                if state.get("_model_name") == kind and label in str(state.get("description", "")):
                    return name
            await self.news()

    async def say(self, kind: str, content: dict[str, Any]) -> None:
        """Send a message on the shell channel."""
        self.said = uuid.uuid4().hex
        await self.send(a_message(kind, content, session=self.session, msg_id=self.said))

    def receive(self, raw: bytes) -> None:
        """Take in what the messages say of widgets."""
        super().receive(raw)
        for message in apart(raw):
            self._receive(message)

    def _receive(self, message: bytes) -> None:
        _, (header, parent, _, body, *_) = deserialize_msg_from_ws_v1(message)  # type: ignore[no-untyped-call]
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

    def drop(self) -> None:
        """Lose the connection, without a word."""
        if self.socket is not None and self.socket.protocol and self.socket.protocol.stream:
            self.socket.protocol.stream.close()

    async def leave(self) -> None:
        """Say goodbye as a closing tab does."""
        self.drop()
        goodbye = f"{self.address}voila/api/shutdown/{self.kernel}"
        await self.client.fetch(goodbye, method="POST", body="", headers={"Origin": self.origin}, raise_error=False)


class ShinyVisitor(Client):
    """Plain JSON: each input has a name and a value; a button's value is how often it was clicked."""

    async def arrive(self) -> None:
        self.buttons = BUTTON.findall(await self.fetch())
        await self.connect("websocket/")
        hidden = {f".clientdata_output_{name}_hidden": False for name in ("story", "feedback")}
        await self._say("init", hidden | {f"{name}:shiny.action": 0 for name, _ in self.buttons})
        await self.sees('"values"')

    async def press(self, says: str) -> None:
        name = next(name for name, label in self.buttons if label.startswith(says))
        await self._say("update", {f"{name}:shiny.action": 1})

    async def _say(self, method: str, data: dict[str, int]) -> None:
        await self.send(json.dumps({"method": method, "data": data}))


class NiceguiVisitor(Client):
    """Socket.IO over a websocket: the digits before the JSON are the kinds of Engine.IO's and Socket.IO's packets."""

    async def arrive(self) -> None:
        page = await self.fetch()
        elements, found = ELEMENTS.search(page), CLIENT.search(page)
        assert elements
        assert found
        self.id, self.elements = found[1], json.loads(html.unescape(elements[1]))
        query = f"client_id={self.id}&next_message_id=0&implicit_handshake=true&tab_id={uuid.uuid4()}"
        await self.connect(f"_nicegui_ws/socket.io/?EIO=4&transport=websocket&document_id={uuid.uuid4()}&{query}")
        await self.sees("0{")
        await self.send("40")
        await self.sees("40{")

    async def press(self, says: str) -> None:
        buttons = ((name, each) for name, each in self.elements.items() if each["tag"] == "q-btn")
        name, button = next(found for found in buttons if found[1]["props"]["label"].startswith(says))
        listener = button["events"][0]["listener_id"]
        await self._emit("event", {"id": int(name), "client_id": self.id, "listener_id": listener, "args": []})

    def receive(self, raw: bytes) -> None:
        super().receive(raw)
        if raw == b"2" and self.socket is not None:  # a ping
            self.socket.write_message("3")

    async def click(self, says: str, until: str) -> float:
        seconds = await super().click(says, until)
        await self._emit("ack", {"client_id": self.id, "next_message_id": 1000})  # of more messages than there were
        return seconds

    async def _emit(self, name: str, data: dict[str, object]) -> None:
        await self.send("42" + json.dumps([name, data]))
