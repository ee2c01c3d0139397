"""An HTTP server that keeps some file descriptors free, however many clients connect."""

from __future__ import annotations

from typing import Any

from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream


class BoundedServer(HTTPServer):
    """Accepts a connection only while fewer than `most_files` files are open, and otherwise closes it at once.

    At the system's own limit, tornado would retry the accept in a loop, and nothing could open a file: neither the
    database nor a connection that is already being served.
    """

    def initialize(self, *arguments: Any, most_files: int | None = None, **named: Any) -> None:
        """Called by tornado. `most_files` is None if there is no limit."""
        super().initialize(*arguments, **named)
        self._most_files = most_files

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        """Handle a new connection. Its descriptor shows how many are open: the system assigns the lowest free one."""
        if self._most_files is not None and stream.socket.fileno() >= self._most_files:
            stream.close()
            return
        super().handle_stream(stream, address)
