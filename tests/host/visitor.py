"""A visitor without a browser: fetches the page, opens its websocket, asks for the widgets and clicks them.

It speaks to the running server as the page's own script does, so that many can come at once.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from jupyter_client.session import json_packer, json_unpacker
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

PROTOCOL = "v1.kernel.websocket.jupyter.org"
KERNEL = re.compile(r'"kernel(?:_?[iI]d)?"\s*:\s*"([0-9a-f-]{36})"')

Message = dict[str, Any]


class RefusedError(Exception):
    """The server has no place for another visitor."""


class Visitor:
    """One visitor. `states` are the widgets' states by model id, kept up to date by what the kernel sends."""

    def __init__(self, address: str, client: AsyncHTTPClient) -> None:
        self.address, self.client = address, client
        self.kernel, self.session = "", uuid.uuid4().hex
        self.states: dict[str, dict[str, Any]] = {}
        self.socket: WebSocketClientConnection | None = None
        self.said = self.done = ""  # the last message to the kernel, and the last that it has done with

    async def arrive(self) -> None:
        """Fetch the page, whole, and open its websocket.

        Raises:
            RefusedError: the server is full.
        """
        answer = await self.client.fetch(self.address, request_timeout=180, raise_error=False)
        if answer.code == 503:
            raise RefusedError
        found = KERNEL.search(answer.body.decode())
        assert found, "the page names no kernel"
        self.kernel = found[1]
        await self.connect()
        await self.ask_for_states()

    async def connect(self) -> None:
        """Open the websocket, from the page's own origin."""
        parts = urlsplit(self.address)
        request = HTTPRequest(
            f"ws://{parts.netloc}{parts.path}api/kernels/{self.kernel}/channels?session_id={self.session}",
            headers={"Origin": f"{parts.scheme}://{parts.netloc}"},
        )
        self.socket = await websocket_connect(request, subprotocols=[PROTOCOL])

    async def ask_for_states(self) -> None:
        """Ask the kernel for all widgets, as a page does when it opens."""
        control = uuid.uuid4().hex
        opening = {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}}
        await self.send("comm_open", opening, {"version": "1.0.0"})
        await self.send("comm_msg", {"comm_id": control, "data": {"method": "request_states"}})
        reply = await self.hear(lambda message: message["content"].get("comm_id") == control)
        self.states = {name: each["state"] for name, each in reply["content"]["data"]["states"].items()}

    async def click(self, says: str, until: str) -> None:
        """Click the button that begins so, as soon as it is there, and wait for a widget that shows this text."""
        while (button := self.button(says)) is None:
            await self.hear(lambda _: True)
        data = {"method": "custom", "content": {"event": "click"}}
        await self.send("comm_msg", {"comm_id": button, "data": data})
        await self.hear(lambda _: any(until in str(state.get("value", "")) for state in self.states.values()))

    async def rest(self) -> None:
        """Wait until the kernel has done with all that it was told, and everything of that is here."""
        while self.done != self.said:
            await self._read_one()

    def forget(self, text: str) -> None:
        """Take what shows this text for not shown, so that it can be waited for again."""
        for state in self.states.values():
            if text in str(state.get("value", "")):
                state["value"] = ""

    def button(self, says: str) -> str | None:
        """The model of the button that begins so, if there is one."""
        for name, state in self.states.items():
            if state.get("_model_name") == "ButtonModel" and str(state.get("description", "")).startswith(says):
                return name
        return None

    async def send(self, kind: str, content: Message, metadata: Message | None = None) -> None:
        """Send a message to the kernel's shell channel."""
        assert self.socket is not None
        self.said = uuid.uuid4().hex
        header = {"msg_id": self.said, "msg_type": kind, "session": self.session, "username": "", "date": ""}
        message = {
            "header": header | {"version": "5.3"},
            "parent_header": {},
            "metadata": metadata or {},
            "content": content,
        }
        await self.socket.write_message(serialize_msg_to_ws_v1(message, "shell", json_packer), binary=True)

    async def hear(self, wanted: Callable[[Message], bool]) -> Message:
        """Read until a message of a comm is the one that is wanted."""
        while True:
            message = await self._read_one()
            if message["header"]["msg_type"] in ("comm_msg", "comm_open") and wanted(message):
                return message

    async def _read_one(self) -> Message:
        assert self.socket is not None
        raw = await self.socket.read_message()
        assert isinstance(raw, bytes), f"the server hung up: {self.socket.close_reason}"
        _, (header, parent, _, content, *_) = deserialize_msg_from_ws_v1(raw)
        message = {
            "header": json_unpacker(header),
            "parent_header": json_unpacker(parent),
            "content": json.loads(content),
        }
        if message["content"].get("execution_state") == "idle":
            self.done = message["parent_header"]["msg_id"]
        data = message["content"].get("data", {})
        if message["header"]["msg_type"] in ("comm_msg", "comm_open") and "state" in data:
            self.states.setdefault(message["content"]["comm_id"], {}).update(data["state"])
        return message

    async def leave(self) -> None:
        """Close the websocket, and say goodbye as a closing tab does."""
        if self.socket is not None:
            self.socket.close()
        if self.kernel:
            parts = urlsplit(self.address)
            headers = {"Origin": f"{parts.scheme}://{parts.netloc}"}
            goodbye = f"{self.address}voila/api/shutdown/{self.kernel}"
            await self.client.fetch(goodbye, method="POST", body="", headers=headers, raise_error=False)
