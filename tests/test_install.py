"""The plain way: `pip install .` into an empty environment, then `etiquette serve` and `etiquette site`.

It is done in a copy of the checkout: the page is built inside it, from where other tests read it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import urllib.request
from importlib.metadata import distributions
from pathlib import Path

import pytest

from tests.conftest import READY, ROOT, Server, free_port

MADE_HERE = (".*", "node_modules", "build", "dist", "static", "runtime", "__pycache__")


@pytest.mark.slow
def test_a_plain_install_serves_the_page_and_writes_it_as_files(tmp_path: Path) -> None:
    """Nothing is taken from the checkout or from the environment of the tests.

    The same installation shows what is in the wheel: one test for both, because each would build the page.
    """
    venv, elsewhere = tmp_path / "venv", tmp_path / "elsewhere"
    elsewhere.mkdir()
    checkout = shutil.copytree(ROOT, tmp_path / "checkout", ignore=shutil.ignore_patterns(*MADE_HERE))
    environment = os.environ | {"BROTLI_QUALITY": "1"}  # the best takes a minute
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    install = [str(venv / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-compile"]
    subprocess.run([*install, str(checkout)], check=True, env=environment)
    check_wheel(next((venv / "lib").glob("python*/site-packages")))
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
    subprocess.run([command[0], "site", "here"], check=True, cwd=elsewhere)
    assert list((elsewhere / "here" / "static").glob("snapshot-*.br"))


def check_wheel(site_packages: Path) -> None:
    """Check what others rely on: the name, a description whose links work on PyPI, type hints and all notebooks."""
    [installed] = distributions(name="persistent-or-pesky", path=[str(site_packages)])
    description = str(installed.metadata.json["description"])
    files = {str(path) for path in installed.files or ()}
    assert description.startswith("# Persistent or Pesky?")
    assert not re.findall(r"\]\((?!https://)[^)]*\)", description)
    assert "etiquette/py.typed" in files
    assert {f"etiquette/notebooks/{path.name}" for path in ROOT.glob("notebooks/*.ipynb")} <= files
    assert not {path for path in files if path.startswith(("tests/", "etiquette/sessions/page/"))}
