"""Web space on this machine, which counts what it sends."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.conftest import free_port

PART = 65_536


class StaticServer(ThreadingHTTPServer):
    """Serves a folder, each request in a connection of its own.

    With `brotli` it is like a web server that has been set up for packed files: it says that a `.br` is one, and sends
    the `.gz` that is beside a file in its place. Without, it is like Python's own, and sends every file as it is.
    """

    daemon_threads = True

    def __init__(self, folder: Path, *, brotli: bool = True, cache_control: str = "") -> None:
        self.brotli, self.cache_control = brotli, cache_control
        self.sent: list[tuple[str, int]] = []  # paths, and the bytes sent of the body: all of it, or what was wanted
        super().__init__(("127.0.0.1", free_port()), partial(_Handler, directory=str(folder)))
        self.address = f"http://127.0.0.1:{self.server_port}/"
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,))
        self._thread.start()

    def bytes_sent(self, path: str = "/") -> int:
        """How many bytes of all files whose paths begin with this."""
        return sum(size for sent, size in self.sent if sent.startswith(path))

    def stop(self) -> None:
        """Refuse all connections from now on."""
        self.shutdown()
        self._thread.join()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser may break off what it has asked for."""


@contextmanager
def serving_files(folder: Path, *, brotli: bool = True, cache_control: str = "") -> Iterator[StaticServer]:
    """The folder's server, which is stopped in the end if it has not been stopped before."""
    server = StaticServer(folder, brotli=brotli, cache_control=cache_control)
    try:
        yield server
    finally:
        if server.socket.fileno() != -1:
            server.stop()


class _Handler(SimpleHTTPRequestHandler):
    server: StaticServer
    packed = False

    def send_head(self) -> Any:
        if self.path.endswith("/"):
            self.path += "index.html"
        gzip = Path(f"{self.translate_path(self.path)}.gz")
        self.packed = self.server.brotli and gzip.is_file() and "gzip" in self.headers.get("Accept-Encoding", "")
        if self.packed:
            self.path += ".gz"
        return super().send_head()

    def guess_type(self, path: Any) -> str:
        return super().guess_type(str(path).removesuffix(".gz") if self.packed else path)

    def end_headers(self) -> None:
        if self.packed:
            self.send_header("Content-Encoding", "gzip")
        elif self.server.brotli and self.path.endswith(".br"):
            self.send_header("Content-Encoding", "br")
        if self.server.cache_control:
            self.send_header("Cache-Control", self.server.cache_control)
        super().end_headers()

    def copyfile(self, source: Any, outputfile: Any) -> None:
        while part := source.read(PART):
            outputfile.write(part)
            self.server.sent.append((self.path, len(part)))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
