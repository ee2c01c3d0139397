"""The HTML of a page: a notebook's prose, its views as they first appear, and the scripts that make them live."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, repeat
from pathlib import Path
from typing import Any, ClassVar, Protocol

import mistune
from markupsafe import Markup

from etiquette.sessions.assets import Assets
from etiquette.sessions.notebook import Notebook

EMPTY = Markup()
markdown = mistune.create_markdown(escape=True)

PROSE = Markup('<div class="jp-Cell"><div class="jp-MarkdownOutput">{}</div></div>')
VIEW = Markup('<div class="jp-Cell"><div id="cell-{}"><div data-first-sight>{}</div></div></div>')


class PageData(Protocol):
    """What the page's script reads first, a dataclass: the URL that all others are relative to, and more."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def base(self) -> str:
        """Absolute or relative to the page, and ending in a slash."""


@dataclass(frozen=True, slots=True)
class ServerPage:
    """The data of a page whose session is on a server: the server's URL, and the id of the session."""

    base: str
    kernel: str


def page_html(
    notebook: Notebook, views: Sequence[Markup], assets: Assets, data: PageData, notes: Markup, head: Markup = EMPTY
) -> Markup:
    """The complete HTML document.

    `views` are what the code cells show, prerendered; after a cell that failed, there are none. `notes` are the hidden
    sentences that the script shows when something happens to the session, and `head` is added to the document's head.
    The static files are in the folder `static` of the base URL.
    """
    return Markup(Path(__file__).with_name("page.html").read_text(encoding="utf-8")).format(
        title=notebook.title,
        data=Markup(json.dumps(asdict(data)).replace("<", "\\u003c")),  # so that no value ends the script
        static=f"{data.base}static/",
        assets=assets,
        head=head,
        cells=Markup("\n").join(_cells(notebook, views)),
        notes=notes,
    )


def _cells(notebook: Notebook, views: Sequence[Markup]) -> Iterator[Markup]:
    places = enumerate(chain(views, repeat(EMPTY)))
    for cell in notebook.cells:
        yield PROSE.format(Markup(markdown(cell))) if isinstance(cell, str) else VIEW.format(*next(places))
