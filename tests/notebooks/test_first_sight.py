"""What a reader sees of a notebook before running it: a picture, and a sentence that says how to begin."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from etiquette.files import notebooks
from tests.conftest import People, Server, arrive, run_all
from tests.notebooks.first_sight import has_picture, outputs, read, view_cells, view_name

MOST = 40_000  # bytes of a picture
NOTEBOOKS = sorted(notebooks().glob("*.ipynb"))
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@each_notebook
def test_every_view_has_a_sentence_and_the_first_one_a_small_picture(path: Path) -> None:
    """`python -m tests.notebooks.first_sight` puts them there."""
    for number, cell in enumerate(view_cells(read(path))):
        stored = [each.data["image/png"] for each in cell.outputs if "image/png" in each.data]
        picture = base64.b64decode(stored[0]) if stored else b""
        assert bool(picture) == has_picture(path, number, cell), cell.source
        assert len(picture) < MOST
        assert cell.outputs == list(outputs(cell, picture))
        assert "keep_output" in cell.metadata.tags


@each_notebook
def test_every_other_cell_of_code_is_a_worked_example(path: Path) -> None:
    for cell in read(path).cells:
        if cell.cell_type == "code" and not view_name(cell):
            assert "nbval-check-output" in cell.metadata.tags


@each_notebook
def test_no_cell_pretends_to_have_been_run(path: Path) -> None:
    for cell in read(path).cells:
        assert [each for each in (cell, *cell.get("outputs", ())) if each.get("execution_count") is not None] == []


@pytest.mark.slow
def test_our_own_page_shows_nothing_of_it(visitor: BrowserContext, page_server: Server) -> None:
    page = arrive(visitor, f"{page_server.address}#learn/start")
    expect(page.locator(".pp-lesson .pp-choice").filter(visible=True).first).to_be_visible()
    assert "Run All Cells" not in page.content()


@pytest.mark.slow
def test_in_jupyterlab_the_live_views_replace_it(people: People, jupyterlab: Server) -> None:
    """The notebook is not trusted there. While a view is live, nobody sees the still copy of it either."""
    visitor = people.come(viewport={"width": 1440, "height": 1000})
    page = visitor.new_page()
    page.goto(f"{jupyterlab.address}lab/tree/notebooks/start.ipynb?reset")
    expect(page.get_by_text("This is only a picture.").first).to_be_visible()
    expect(page.locator(".jp-RenderedImage img").first).to_be_visible()
    page.close()
    page = run_all(visitor, jupyterlab, "start.ipynb")
    expect(page.locator(".pp-four")).to_be_visible()
    expect(page.locator(".pp-choice").filter(visible=True).first).to_be_visible()
    expect(page.locator(".pp-still")).to_have_count(3)
    expect(page.locator(".pp-still").filter(visible=True)).to_have_count(0)
    expect(page.get_by_text("This is only a picture.")).to_have_count(0)
