"""A notebook's cells run in each session, without a kernel."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from etiquette.sessions import CodeCell, Notebook, Shown
from tests.sessions.conftest import Page


def notebook(folder: Path, *cells: str) -> Notebook:
    """A notebook of prose and these code cells, read from a file."""
    found = [{"cell_type": "code", "source": cell.splitlines(keepends=True)} for cell in cells]
    path = folder / "example.ipynb"
    path.write_text(
        json.dumps({"cells": [{"cell_type": "markdown", "source": ["# Title"]}, *found], "metadata": {}}),
        encoding="utf-8",
    )
    return Notebook.read(path)


@pytest.mark.parametrize(
    ("source", "text"),
    [("x = 5\nx * 2", "10"), ("'text'", "'text'"), ("x = 5", ""), ("None", ""), ("", ""), ("for x in [1]:\n    x", "")],
)
def test_a_cell_shows_the_value_of_its_last_line(source: str, text: str) -> None:
    assert CodeCell.compile(source, "example.ipynb").run({}) == Shown(text=text)


def test_each_run_has_its_own_names_and_the_widgets_of_its_own_session(tmp_path: Path, page: Page, other: Page) -> None:
    cells = notebook(tmp_path, "n = globals().get('n', 0) + 1", "n", "from ipywidgets import Label\nLabel()")
    for each in (page, other):
        nothing, number, label = each.session.run(cells.run)
        assert (nothing, number) == (Shown(), Shown(text="1"))
        assert label.widget in each.session.widgets.values()


@pytest.mark.parametrize("cell", ["1 // 0", "class Odd:\n    def __repr__(self):\n        1 // 0\nOdd()"])
def test_a_failing_cell_is_logged_and_is_the_last(tmp_path: Path, caplog: pytest.LogCaptureFixture, cell: str) -> None:
    cells = notebook(tmp_path, "__name__", cell, "'after'")
    assert cells.run() == (Shown(text="'__main__'"), Shown(failed=True))
    assert "ZeroDivisionError" in caplog.text
    assert "example.ipynb" in caplog.text


def test_a_notebook_that_is_not_plain_python_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(SyntaxError) as found:
        notebook(tmp_path, "%pip install something")
    assert found.value.filename == "example.ipynb"
