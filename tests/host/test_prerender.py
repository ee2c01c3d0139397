"""What a page shows before any kernel exists, without a browser."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from ipywidgets import HTML, Button, HBox, Layout, Text, VBox

from etiquette.files import notebooks
from etiquette.host.prerender import prerender, widget_markup
from tests.views.drawn import NASTY
from tests.views.drawn import Text as Parsed

pytestmark = pytest.mark.slow


def a_notebook(folder: Path, *sources: str) -> Path:
    """A notebook with a heading and these code cells."""
    cells = [
        {"cell_type": "markdown", "source": "# A page"},
        *({"cell_type": "code", "source": each} for each in sources),
    ]
    path = folder / "page.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return path


def test_a_button_says_that_it_is_not_live_yet_and_what_is_on_it_is_text() -> None:
    shown = str(widget_markup(Button(description=NASTY, layout=Layout(width="auto"))))
    assert 'aria-disabled="true" aria-describedby="soon"' in shown
    assert 'style="width: auto;"' in shown
    assert Parsed(shown).elements == ["button"]


def test_boxes_stand_in_one_another_and_keep_their_classes() -> None:
    inner = HBox([Button(description="Go on")])
    inner.add_class("pp-menu")
    shown = str(widget_markup(VBox([HTML("<p>A story</p>"), inner])))
    assert shown.startswith('<div class="lm-Widget jupyter-widgets lm-Panel widget-container widget-box widget-vbox">')
    assert "<p>A story</p>" in shown
    assert "widget-hbox pp-menu" in shown


def test_what_is_hidden_at_first_is_hidden_at_first_sight() -> None:
    assert "display: none;" in str(widget_markup(VBox(layout=Layout(display="none"))))


def test_any_other_widget_leaves_its_place_empty() -> None:
    assert str(widget_markup(Text("typed"))) == '<div class="lm-Widget jupyter-widgets"></div>'


def test_each_code_cell_gives_what_its_last_line_shows(tmp_path: Path) -> None:
    path = a_notebook(
        tmp_path,
        "from ipywidgets import HTML\nshown = HTML('<p>first</p>')\nshown",
        "shown.value = '<p>second</p>'",
        "1 + 1",
        "shown",
    )
    first, nothing, number, second = prerender(path)
    assert "<p>first</p>" in first
    assert (nothing, number) == ("", "")
    assert "<p>second</p>" in second


def test_the_page_begins_with_its_stories_and_its_style() -> None:
    (shown,) = prerender(notebooks() / "app.ipynb")
    assert "The quiet week" in shown
    assert "--pp-paper" in shown


def test_a_notebook_that_fails_is_owned_up_to(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = a_notebook(tmp_path, "1 / 0")
    with pytest.raises(subprocess.CalledProcessError):
        prerender(path)
    assert "ZeroDivisionError" in capfd.readouterr().err
