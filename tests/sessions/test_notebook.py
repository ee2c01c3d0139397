"""A notebook's cells are run for each session, without a kernel."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ipywidgets import Label

from etiquette.sessions import CodeCell, Notebook, Shown
from tests.sessions.page import Page


def notebook(folder: Path, *cells: str, prose: str = "# Title") -> Notebook:
    """A notebook of prose and these code cells, read from a file."""
    found = [{"cell_type": "markdown", "source": [prose]}]
    found += [{"cell_type": "code", "source": cell.splitlines(keepends=True)} for cell in cells]
    path = folder / "example.ipynb"
    path.write_text(json.dumps({"cells": found}), encoding="utf-8")
    return Notebook.read(path)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("1 + 1", "2"),
        ("'text'", "'text'"),
        ("x = 5\nx * 2", "10"),
        ("x = 5", ""),
        ("None", ""),
        ("", ""),
        ("# a remark", ""),
        ("for x in range(3):\n    x", ""),
        ("1\n2", "2"),
    ],
)
def test_a_cell_shows_what_its_last_line_gives(source: str, text: str) -> None:
    assert CodeCell.compile(source, "example.ipynb").run({}) == Shown(text=text)


def test_a_cell_whose_last_line_gives_a_widget_shows_it() -> None:
    page = Page()
    cell = CodeCell.compile("from ipywidgets import Label\nLabel('hello')", "example.ipynb")
    shown = page.session.run(cell.run, {})
    assert isinstance(shown.widget, Label)
    assert page.session.widgets[shown.widget.model_id] is shown.widget
    assert shown.as_json() == {"model": shown.widget.model_id, "text": "", "failed": False}


def test_cells_share_their_names_and_prose_shows_nothing(tmp_path: Path) -> None:
    cells = notebook(tmp_path, "x = 20", "x += 1\nx * 2", "__name__")
    assert [each.text for each in cells.run()] == ["", "42", "'__main__'"]


def test_each_run_begins_anew(tmp_path: Path) -> None:
    cells = notebook(tmp_path, "found = 'x' in globals()\nx = 1\nfound")
    assert cells.run() == cells.run() == (Shown(text="False"),)


def test_two_sessions_that_run_a_notebook_have_widgets_of_their_own(tmp_path: Path) -> None:
    cells = notebook(tmp_path, "from ipywidgets import Label\nlabel = Label()", "label")
    pages = Page(), Page()
    for page in pages:
        (_, shown) = page.session.run(cells.run)
        assert shown.widget in page.session.widgets.values()
    assert set(pages[0].session.widgets).isdisjoint(pages[1].session.widgets)


def test_after_a_cell_that_fails_none_is_run_and_the_failure_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cells = notebook(tmp_path, "'before'", "1 // 0", "'after'")
    assert cells.run() == (Shown(text="'before'"), Shown(failed=True))
    assert "ZeroDivisionError" in caplog.text
    assert "example.ipynb" in caplog.text


def test_a_value_that_cannot_be_written_is_a_failure(tmp_path: Path) -> None:
    cells = notebook(tmp_path, "class Odd:\n    def __repr__(self):\n        raise ValueError\nOdd()")
    assert cells.run() == (Shown(failed=True),)


@pytest.mark.parametrize("source", ["%pip install something", "!ls", "def"])
def test_what_is_no_python_is_found_when_the_notebook_is_read(tmp_path: Path, source: str) -> None:
    with pytest.raises(SyntaxError) as found:
        notebook(tmp_path, source)
    assert found.value.filename == "example.ipynb"
