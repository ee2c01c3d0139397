"""The plain way: `pip install .` into an empty environment, then `etiquette serve`.

It is not marked slow, because it builds the page inside the checkout, from where the servers of slow tests read it.
"""

from __future__ import annotations

import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.conftest import READY, ROOT, Server, free_port


def test_a_plain_install_serves_the_page(tmp_path: Path) -> None:
    """Nothing is taken from the checkout or from the environment of the tests."""
    venv, elsewhere = tmp_path / "venv", tmp_path / "elsewhere"
    elsewhere.mkdir()
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    subprocess.run([venv / "bin" / "python", "-m", "pip", "install", "--quiet", str(ROOT)], check=True)
    command = [str(venv / "bin" / "etiquette"), "serve", "--no-open", "--port", str(port := free_port())]
    server = Server(command, READY, f"http://127.0.0.1:{port}/", cwd=elsewhere)
    try:
        with urllib.request.urlopen(server.address, timeout=60) as answer:
            page = answer.read().decode("utf-8")
    finally:
        server.stop()
    assert "<title>Persistent or Pesky?</title>" in page
    assert "The quiet week" in page
    assert 'id="page-data"' in page
