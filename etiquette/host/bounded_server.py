"""A server that leaves files to open for what it is there for, however many connect to it."""

from __future__ import annotations

from typing import Any

from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream


class BoundedServer(HTTPServer):
    """Takes a connection only if fewer than `most_files` are open, and closes it at once otherwise.

    At the system's own limit tornado would try to accept it again and again, and nothing could open a file: no
    database, and no connection of anybody else's.
    """

    def initialize(self, *arguments: Any, most_files: int | None = None, **named: Any) -> None:
        """As tornado calls it. None: there is no limit."""
        super().initialize(*arguments, **named)
        self._most_files = most_files

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        """Handle a new connection. Its number says how many files are open: a system gives the lowest that is free."""
        if self._most_files is not None and stream.socket.fileno() >= self._most_files:
            stream.close()
            return
        super().handle_stream(stream, address)
