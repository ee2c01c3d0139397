"""What the notebooks show before they're run: stores it in them.

    .venv/bin/python -m pip install pillow
    .venv/bin/python -m tests.notebooks.first_sight

Each cell that ends in a view gets a sentence that says how to begin, and the most important ones a picture of the view,
taken in stock Voilà. Running the cell replaces both. Run this again when a view has changed its looks.
"""

from __future__ import annotations

import base64
import io
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from playwright.sync_api import Page, sync_playwright

from etiquette.files import notebooks
from tests import browser as browsers
from tests.conftest import Server, free_port

PURPOSES = {
    "App": "use the page",
    "Facilitator": "plan a session",
    "FollowUp": "plan your follow-up",
    "QuizView": "take the quiz",
    "ask": "answer the questions",
    "boundary": "move the time yourself",
    "compose": "check a draft",
    "finish": "finish the lesson",
    "four_verdicts": "begin",
    "play": "play the story",
    "progress": "see how far you’ve come",
}
"""What a learner does with a view, by the name that makes it."""

NEVER_PICTURED = ("finish", "progress")
WIDTH, HEIGHT = 640, 460
COLOURS = 24
LOOKS = f"""
.pp {{ padding: 8px 16px 16px !important; max-height: {HEIGHT}px; overflow: hidden !important; box-sizing: border-box;
  mask-image: linear-gradient(black {HEIGHT - 90}px, transparent {HEIGHT}px); }}
"""


def view_name(cell: NotebookNode) -> str:
    """The name that makes the view which this cell shows; empty for other cells."""
    made = re.search(r"^(\w+)\((?:.*\)|\n.*\n\))\s*\Z", cell.source, re.MULTILINE | re.DOTALL)
    return made[1] if cell.cell_type == "code" and made and made[1] in PURPOSES else ""


def view_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """The cells that end in a view."""
    return [cell for cell in notebook.cells if view_name(cell)]


def has_picture(path: Path, number: int, cell: NotebookNode) -> bool:
    """Whether this view cell shows a picture: the first one in each notebook, and all of those in start.ipynb."""
    return (number == 0 or path.stem == "start") and view_name(cell) not in NEVER_PICTURED


def sentence(cell: NotebookNode, pictured: bool) -> str:
    """How to begin here."""
    begin = f"To {PURPOSES[view_name(cell)]}, choose Run → Run All Cells in the menu."
    return f"This is only a picture. {begin}" if pictured else begin


def outputs(cell: NotebookNode, picture: bytes) -> Iterator[NotebookNode]:
    """What is stored in a view cell."""
    said = sentence(cell, bool(picture))
    yield output({"text/html": f"<p><em>{said}</em></p>", "text/plain": said}, {})
    if picture:
        alt = f"A picture of what appears here when you run the notebook, to {PURPOSES[view_name(cell)]}."
        data = {"image/png": base64.b64encode(picture).decode(), "text/plain": alt}
        yield output(data, {"image/png": {"alt": alt, "width": WIDTH}})


def output(data: dict[str, str], metadata: dict[str, object]) -> NotebookNode:
    """An output with this data, by its media types."""
    return NotebookNode(output_type="display_data", data=data, metadata=metadata)


def read(path: Path) -> NotebookNode:
    """The notebook in this file."""
    notebook: NotebookNode = nbformat.read(path, 4)
    return notebook


def photograph(page: Page, number: int) -> bytes:
    """A picture of this view on a page, with few colours."""
    view = page.locator(".pp").nth(number)
    view.wait_for()
    page.wait_for_function("() => document.fonts.ready")
    image: Any = import_module("PIL.Image")
    drawn = image.open(io.BytesIO(view.screenshot(animations="disabled"))).convert("RGB").quantize(COLOURS, dither=0)
    packed = io.BytesIO()
    drawn.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def main() -> None:
    """Store it in all notebooks."""
    port = free_port()
    command = [sys.executable, "-m", "voila", str(notebooks()), "--no-browser", f"--port={port}"]
    server = Server(command, "Voilà is running at", f"http://127.0.0.1:{port}/")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browsers.find(), args=browsers.ARGUMENTS)
            page = browser.new_page(viewport={"width": WIDTH, "height": 2000}, device_scale_factor=1.5)
            for path in sorted(notebooks().glob("*.ipynb")):
                store(path, page, server.address)
    finally:
        server.stop()


def store(path: Path, page: Page, address: str) -> None:
    """Store it in this notebook."""
    notebook = read(path)
    page.goto(f"{address}voila/render/{path.name}")
    page.add_style_tag(content=LOOKS)
    for number, cell in enumerate(view_cells(notebook)):
        picture = photograph(page, number) if has_picture(path, number, cell) else b""
        cell.outputs = list(outputs(cell, picture))
        cell.metadata["tags"] = ["keep_output"]
        print(f"{path.stem}: {sentence(cell, bool(picture))} ({len(picture)} bytes)")
    for cell in notebook.cells:
        for each in [cell, *cell.get("outputs", ())]:
            if "execution_count" in each:
                each.execution_count = None
    nbformat.write(notebook, path)


if __name__ == "__main__":
    main()
