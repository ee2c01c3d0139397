"""Starts `etiquette serve`, with its own page or with a test's."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psutil

from tests.conftest import READY, Server, free_port


@contextmanager
def serving(*options: str, first: str = "", port: int = 0) -> Iterator[Server]:
    """`etiquette serve` with these options; its process runs the code `first` before. Its end is watched."""
    port = port or free_port()
    code = f"import sys\n{first}\nfrom etiquette.cli import main\nsys.exit(main())"
    command = [sys.executable, "-c", code, "serve", "--no-open", "--port", str(port), *options]
    server = Server(command, READY, f"http://127.0.0.1:{port}/")
    try:
        yield server
    finally:
        if server.process.returncode is None:
            children = psutil.Process(server.process.pid).children(recursive=True)
            server.stop()
            assert psutil.wait_procs(children, timeout=10)[1] == []
            assert server.process.returncode == 0
            assert "Traceback" not in "".join(server.output[-5:])


def limited(name: str, soft: int, hard: int) -> str:
    """Code that limits what its process may take."""
    return f"import resource\nresource.setrlimit(resource.{name}, ({soft}, {hard}))"


def serving_cells(folder: Path, *sources: str, options: tuple[str, ...] = ()) -> AbstractContextManager[Server]:
    """A server whose page has a heading, and below it what these cells of code show."""
    cells: list[dict[str, object]] = [{"cell_type": "markdown", "source": "# A page of its own"}]
    cells += [{"cell_type": "code", "source": each, "outputs": [], "execution_count": None} for each in sources]
    notebook = {
        "cells": [each | {"metadata": {}} for each in cells],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    (folder / "app.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    here = "from etiquette.host import workers\nfrom pathlib import Path\n"
    here += f"workers.notebooks = lambda: Path({str(folder)!r})"
    return serving(*options, first=here)
