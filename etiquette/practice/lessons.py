"""The lessons, read from their notebooks: the one place where their words stand."""

from __future__ import annotations

import json
from dataclasses import dataclass

from etiquette.files import notebooks

IN_ORDER = ("start", "references", "thank_you", "calling")


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a lesson: prose in Markdown or, with `code`, an expression and the plain text it is known to give."""

    source: str
    code: bool = False
    output: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson by the name of its notebook."""

    id: str
    title: str
    cells: tuple[Cell, ...]


def lessons() -> dict[str, Lesson]:
    """The lessons, in the order in which to take them."""
    return {name: _lesson(name) for name in IN_ORDER}


def _lesson(name: str) -> Lesson:
    notebook = json.loads((notebooks() / f"{name}.ipynb").read_text(encoding="utf-8"))
    cells = []
    for cell in notebook["cells"]:
        shown = [output["data"]["text/plain"] for output in cell.get("outputs", ()) if "data" in output]
        cells.append(
            Cell("".join(cell["source"]), cell["cell_type"] == "code", "\n".join("".join(text) for text in shown))
        )
    return Lesson(name, notebook["metadata"]["title"], tuple(cells))
