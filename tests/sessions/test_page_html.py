"""A page as it is sent: a notebook's prose, its views as they first appear, and what its script needs."""

from __future__ import annotations

import json
import re
from pathlib import Path

from ipywidgets import Button, VBox
from markupsafe import Markup

from etiquette.sessions import Assets, CodeCell, Notebook, ServerPage, page_html, widget_markup

NAMES = ("early-1.js", "platform-2.js", "page-3.js", "style-4.css", "worker-5.js", "offline-6.js", "service-7.js")
ASSETS = Assets(*NAMES)
CODE = CodeCell.compile("", "example.ipynb")


def a_page(*views: Markup, base: str = "/", head: str = "", notes: str = "") -> str:
    """The page of a notebook with a heading, a cell of code, prose, and another cell of code."""
    notebook = Notebook("Fish & chips", ("# The *first*", CODE, "Then <b>more</b>", CODE))
    return str(page_html(notebook, views, ASSETS, ServerPage(base, "an-id"), Markup(notes), Markup(head)))


def test_prose_and_views_follow_each_other_as_in_the_notebook() -> None:
    views = [widget_markup(VBox([Button(description=name)])) for name in ("One", "Two")]
    page = a_page(*views)
    assert "<title>Fish &amp; chips</title>" in page
    parts = ["<h1>The <em>first</em></h1>", 'id="cell-0"', views[0], "Then &lt;b&gt;", 'id="cell-1"', views[1]]
    places = [page.index(part) for part in parts]
    assert places == sorted(places)


def test_a_cell_that_did_not_run_has_an_empty_place() -> None:
    assert '<div id="cell-1"><div data-first-sight></div></div>' in a_page(Markup("<p>One</p>"))


def test_its_files_are_beside_it_wherever_it_is() -> None:
    for base in ("/", "/etiquette/", ""):
        files = re.findall(r'(?:src|href)="([^"]+\.(?:js|css))"', a_page(base=base))
        assert files == [f"{base}static/{name}" for name in ("early-1.js", "style-4.css", "page-3.js", "page-3.js")]


def test_its_data_cannot_end_the_script_that_it_is_in() -> None:
    found = re.search(r'<script id="page-data" type="application/json">(.*?)</script>', a_page(base="</script>/"))
    assert found
    assert json.loads(found[1]) == {"base": "</script>/", "kernel": "an-id"}


def test_whoever_serves_it_adds_to_its_head_and_says_its_notes() -> None:
    page = a_page(head='<link rel="manifest" href="app.webmanifest">', notes='<p id="gone" hidden>Gone</p>')
    head, body = page.split("</head>")
    assert '<link rel="manifest" href="app.webmanifest">' in head
    assert '<p id="gone" hidden>Gone</p>' in body


def test_a_notebook_without_a_title_has_the_name_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "example.ipynb"
    path.write_text(json.dumps({"cells": [], "metadata": {}}), encoding="utf-8")
    assert Notebook.read(path).title == "example"
    path.write_text(json.dumps({"cells": [], "metadata": {"title": "An example"}}), encoding="utf-8")
    assert Notebook.read(path).title == "An example"
