"""However many connect, the server has files to open, and whoever is inside notices nothing."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress

from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler

from etiquette.host.bounded_server import BoundedServer

ROOM = 20  # files: a connection is two of them here, as the client is in this process too
REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


class Hello(RequestHandler):
    def get(self) -> None:
        self.finish("hello")


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
    """What the server says to a request; nothing, if it has closed the connection."""
    writer.write(REQUEST)
    with suppress(ConnectionError):
        return await reader.readuntil(b"hello")
    return b""


def files_open() -> int:
    """How many are open: the number of the next one."""
    descriptor = os.open(os.devnull, os.O_RDONLY)
    os.close(descriptor)
    return descriptor


async def connect_too_often(server: HTTPServer, port: int) -> tuple[list[bool], list[bool], bool]:
    """Connect 20 times: who is answered, who is when asking again, and whether somebody is after all have left."""
    inside = [await asyncio.open_connection("127.0.0.1", port) for _ in range(ROOM)]
    answered: list[bool] = []
    again: list[bool] = []
    for found in (answered, again):
        for reader, writer in inside:
            try:
                found.append(bool(await answer(reader, writer)))
            except asyncio.IncompleteReadError:
                found.append(False)
    for _, writer in inside:
        writer.close()
    await server.close_all_connections()
    late = await asyncio.open_connection("127.0.0.1", port)
    welcome = bool(await answer(*late))
    late[1].close()
    return answered, again, welcome


def test_those_for_whom_no_file_is_left_are_turned_away_and_the_others_served() -> None:
    async def served() -> tuple[list[bool], list[bool], bool]:
        listening, port = bind_unused_port()
        server = BoundedServer(Application([("/", Hello)]), most_files=files_open() + ROOM)
        server.add_socket(listening)
        try:
            return await connect_too_often(server, port)
        finally:
            server.stop()
            await server.close_all_connections()

    answered, again, welcome = asyncio.run(served())
    assert answered == again
    assert any(answered)
    assert not all(answered)
    assert welcome
