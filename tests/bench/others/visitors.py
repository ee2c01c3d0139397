"""Visitors of the scenes: they speak as much of each framework's protocol as a click needs."""

from __future__ import annotations

import html
import json
import re
import uuid
from typing import Any

from tornado.httpclient import AsyncHTTPClient

from tests.host.visitor import Client

BUTTON = re.compile(r'<button[^>]* id="(\w+)"[^>]*>(?:\s|<[^>]*>)*([^<]+)')
ELEMENTS = re.compile(r"parseElements\(String\.raw`(.*?)`\)", re.DOTALL)
CLIENT = re.compile(r"'client_id': '([0-9a-f-]{36})'")


class ShinyVisitor(Client):
    """Plain JSON: each input has a name and a value; a button's value is how often it was clicked."""

    def __init__(self, address: str, client: AsyncHTTPClient) -> None:
        super().__init__(address, client)
        self.inputs: dict[str, str] = {}  # by label
        self.clicks = 0

    async def arrive(self) -> None:
        self._find(await self.fetch())
        await self.connect("websocket/")
        data = {f"{name}:shiny.action": 0 for name in self.inputs.values()}
        await self._say("init", data | {f".clientdata_output_{name}_hidden": False for name in ("story", "feedback")})
        await self.sees('"values"')

    async def press(self, says: str) -> None:
        while not (names := [name for label, name in self.inputs.items() if label.startswith(says)]):
            await self.news()
        self.clicks += 1
        await self._say("update", {f"{names[0]}:shiny.action": self.clicks})

    async def open_again(self, story: str, until: str) -> None:  # noqa: ARG002
        await self.click(story, '"feedback"')  # the story stays as it is

    def receive(self, raw: bytes) -> None:
        if b"<button" in raw:
            for shown in json.loads(raw)["values"].values():
                self._find(shown["html"] if shown else "")

    def _find(self, page: str) -> None:
        self.inputs |= {html.unescape(label).strip(): name for name, label in BUTTON.findall(page)}

    async def _say(self, method: str, data: dict[str, int]) -> None:
        await self.send(json.dumps({"method": method, "data": data}))


class NiceguiVisitor(Client):
    """Socket.IO over a websocket: the digits before the JSON are the kinds of Engine.IO's and Socket.IO's packets."""

    def __init__(self, address: str, client: AsyncHTTPClient) -> None:
        super().__init__(address, client)
        self.id = ""
        self.listeners: dict[str, tuple[int, str]] = {}  # by label: the element, and its listener
        self.heard = 0  # messages

    async def arrive(self) -> None:
        page = await self.fetch()
        elements, found = ELEMENTS.search(page), CLIENT.search(page)
        assert elements
        assert found
        self.id = found[1]
        self._find(json.loads(html.unescape(elements[1])))
        query = f"client_id={self.id}&next_message_id=0&implicit_handshake=true&tab_id={uuid.uuid4()}"
        await self.connect(f"_nicegui_ws/socket.io/?EIO=4&transport=websocket&document_id={uuid.uuid4()}&{query}")
        await self.sees("0{")
        await self.send("40")
        await self.sees("40{")

    async def press(self, says: str) -> None:
        while not (found := [each for label, each in self.listeners.items() if label.startswith(says)]):
            await self.news()
        element, listener = found[0]
        await self._emit("event", {"id": element, "client_id": self.id, "listener_id": listener, "args": []})

    async def click(self, says: str, until: str) -> float:
        seconds = await super().click(says, until)
        await self._emit("ack", {"client_id": self.id, "next_message_id": self.heard})
        return seconds

    def receive(self, raw: bytes) -> None:
        if raw == b"2" and self.socket is not None:  # a ping
            self.socket.write_message("3")
        elif raw.startswith(b"42"):
            name, message = json.loads(raw[2:])
            self.heard = max(self.heard, message.get("_id", -1) + 1)
            if name == "update":
                self._find(message)

    def _find(self, elements: dict[str, Any]) -> None:
        for number, element in elements.items():
            if number.isdigit() and element and element["tag"] == "q-btn":
                label = str(element["props"]["label"])
                self.listeners[label] = int(number), element["events"][0]["listener_id"]

    async def _emit(self, name: str, data: dict[str, object]) -> None:
        await self.send("42" + json.dumps([name, data]))
