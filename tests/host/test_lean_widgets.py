"""What the lean page makes of widgets, in a real browser: at first sight, alive, and made or changed later."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import Server, free_port

pytestmark = pytest.mark.slow

# Everything that a first sight draws, in each of its forms.
DRAWN = """
from ipywidgets import HTML, Box, Button, HBox, Layout, VBox
from ipywidgets.widgets.widget_button import ButtonStyle

marked = Button(description="Marked <&>", tooltip="A hint", tabbable=False)
marked.add_class("mine")
styled = ButtonStyle(button_color="#123456", text_color="white", font_weight="bold")
VBox(
    [
        HTML("<style>.mine { margin: 20px; }</style><p>Some <em>prose</em>.</p>"),
        HTML("labelled", description="A <label>", style={"description_width": "10em", "text_color": "red"}),
        HTML(""),
        HBox([marked, Button(description="Plain", button_style="warning"), Button(icon="star"), Button()]),
        Box([Button(description="Off", disabled=True, style=styled)], box_style="info"),
        Button(description="Wide", layout=Layout(width="90%", margin="0 0 0 12px", border="1px solid red")),
        HBox([Button(description="Hidden")], layout=Layout(display="none", grid_gap="3px")),
        VBox(),
    ],
    layout=Layout(max_width="40em"),
)
"""
# Elements with all that is set on them; how they are written makes no difference, nor does that a button waits.
DRAWN_AS = """
() => {
  const told = (element) => ({
    tag: element.tagName,
    classes: [...element.classList].sort(),
    style: [...element.style].sort().map((name) => `${name}: ${element.style.getPropertyValue(name)}`),
    set: [...element.attributes]
      .filter(({ name }) => !name.startsWith("aria-") && !["class", "style"].includes(name))
      .filter(({ name }) => element.tagName !== "LABEL" || name !== "title")
      .map(({ name, value }) => `${name}=${value}`).sort(),
    says: element.children.length ? "" : element.textContent,
    inside: [...element.children].map(told),
  });
  return told(document.querySelector("#cell-0 .widget-vbox"));
}
"""
PLACES = """
() => [...document.querySelectorAll("#cell-0 .widget-vbox *")].map((each) => {
  const { x, y, width, height } = each.getBoundingClientRect();
  return [x, y, width, height];
})
"""

# A cell that fails for visitors, and not when the page is first drawn. None of those after it is run.
FAILS = [
    "import os\nfrom ipywidgets import HTML, Button\n"
    "runs = os.environ['RUNS'] = os.environ.get('RUNS', '') + '.'\nHTML('<p>before</p>')",
    "6 * 7",
    "HTML('<p>here</p>') if runs == '.' else 1 / 0",
    "Button(description='after')",
]

# A click makes a widget whose code takes a while to arrive, and changes it before it can be there.
LATER = """
import anywidget, traitlets
from ipywidgets import HTML, Button, VBox

class Slow(anywidget.AnyWidget):
    _esm = '''
      await new Promise((resolve) => setTimeout(resolve, 500));
      export default { render({ model, el }) {
        const heard = [];
        const draw = () => { el.textContent = "told " + model.get("told") + ", heard " + heard; };
        model.on("change:told", draw);
        model.on("msg:custom", (word) => { heard.push(word); draw(); });
        draw();
      } };
    '''
    told = traitlets.Int().tag(sync=True)

def later(_):
    slow, quick = Slow(), HTML()
    box.children = (go, slow, quick)
    for number in range(100):
        slow.told = number
        if number % 50 == 0:
            slow.send(number)
        quick.value = f"<p>said {number}</p>"

go = Button(description="Go")
go.on_click(later)
box = VBox([go])
box
"""


@contextmanager
def serving(folder: Path, *sources: str) -> Iterator[Server]:
    """A host whose page is a notebook of these code cells, below a heading."""
    code: dict[str, Any] = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    cells: list[dict[str, Any]] = [{"cell_type": "markdown", "metadata": {}, "source": "# A page of its own"}]
    cells += [code | {"source": each} for each in sources]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    numbered = [each | {"id": str(number)} for number, each in enumerate(cells)]
    page = {"cells": numbered, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    path = folder / "page.ipynb"
    path.write_text(json.dumps(page), encoding="utf-8")
    command = [sys.executable, "-m", "tests.host.own_host", str(path), str(port := free_port())]
    server = Server(command, "Voilà is running at", f"http://127.0.0.1:{port}/")
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def page(visitor: BrowserContext) -> Iterator[Page]:
    """A tab that has nothing to complain of in the end."""
    page = visitor.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    yield page
    assert not complaints


def without_life(page: Page, server: Server) -> Callable[[], None]:
    """Open the page without the script that makes it live, and give a function that lets it come after all."""
    page.route("**/page-*.js", lambda route: None)
    page.goto(server.address, wait_until="commit")
    expect(page.locator("#page-data")).to_be_attached()
    return lambda: page.unroute("**/page-*.js")


def until_live(page: Page) -> None:
    expect(page.locator("#soon")).to_have_count(0)


def test_a_first_sight_is_drawn_as_the_live_view_is(page: Page, tmp_path: Path) -> None:
    """Every element, class, style and attribute, and each in its place."""
    with serving(tmp_path, DRAWN) as server:
        let_go = without_life(page, server)
        drawn, places = page.evaluate(DRAWN_AS), page.evaluate(PLACES)
        assert drawn["inside"]
        let_go()
        until_live(page)
        assert page.evaluate(DRAWN_AS) == drawn
        assert page.evaluate(PLACES) == places


def test_a_cell_that_fails_says_so_in_a_sentence_and_nothing_dead_is_left_below(page: Page, tmp_path: Path) -> None:
    with serving(tmp_path, *FAILS) as server:
        page.goto(server.address)
        until_live(page)
        assert [each.strip() for each in page.locator("main > *").all_inner_texts()] == [
            "A page of its own",
            "before",
            "42",
            "Something went wrong here. Please load the page again in a while.",
            "",
        ]
        assert "ZeroDivisionError" not in page.content()


def test_what_is_told_before_a_widget_is_there_is_not_lost(page: Page, tmp_path: Path) -> None:
    with serving(tmp_path, LATER) as server:
        page.goto(server.address)
        until_live(page)
        page.get_by_role("button", name="Go").click()
        expect(page.get_by_text("said 99")).to_be_visible()
        expect(page.get_by_text("told 99, heard 0,50")).to_be_visible()
