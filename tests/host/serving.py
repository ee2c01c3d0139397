"""Starts hosts: `etiquette serve` itself, or a host with a notebook of a test's own."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import Server, free_port

READY = "Voilà is running at"
LIMITED = """
import os, resource, sys
name, soft, hard, *command = sys.argv[1:]
resource.setrlimit(getattr(resource, name), (int(soft), int(hard)))
os.execv(command[0], command)
"""


@contextmanager
def serving(*options: str, limit: tuple[str, int, int] | None = None, port: int = 0) -> Iterator[Server]:
    """`etiquette serve` with these options, within a limit of the system, if given: its name, soft and hard."""
    port = port or free_port()
    command = [sys.executable, "-c", LIMITED, *map(str, limit)] if limit else []
    command += [sys.executable, "-m", "etiquette", "serve", "--no-open", "--port", str(port), *options]
    base = options[options.index("--base-url") + 1] if "--base-url" in options else "/"
    with _ended(Server(command, READY, f"http://127.0.0.1:{port}{base}")) as server:
        yield server


@contextmanager
def serving_cells(folder: Path, *cells: str, **options: object) -> Iterator[Server]:
    """A host whose page is a notebook with these code cells."""
    notebook = folder / "page.ipynb"
    written: list[dict[str, object]] = [
        {"cell_type": "code", "id": f"cell-{n}", "source": each, "metadata": {}, "outputs": [], "execution_count": None}
        for n, each in enumerate(cells)
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook.write_text(json.dumps({"cells": written, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}))
    port = free_port()
    command = [sys.executable, "-m", "tests.host.own_host", str(notebook), str(port), json.dumps(options)]
    with _ended(Server(command, READY, f"http://127.0.0.1:{port}/")) as server:
        yield server


@contextmanager
def _ended(server: Server) -> Iterator[Server]:
    """The server, which is gone afterwards, whatever a test did to it."""
    try:
        yield server
    finally:
        if server.process.returncode is None:
            server.stop()
