"""Reads the lessons from their notebooks, which are the only source of their text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from etiquette.files import notebooks

LESSON_ORDER = ("start", "references", "thank_you", "calling")
LESSON_ON = {"references": "references", "thank-you": "thank_you", "calling": "calling", "principle": "start"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a lesson: Markdown or, if `code` is true, Python with what it printed."""

    source: str
    code: bool = False
    output: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson. Its `id` is the name of its notebook, without the extension."""

    id: str
    title: str
    cells: tuple[Cell, ...]


def lessons() -> dict[str, Lesson]:
    """The lessons by id, in the recommended order. The notebooks are read only once."""
    return dict(_lessons())


def lesson_on(guideline: str) -> Lesson:
    """The lesson that teaches a guideline. Raises `KeyError` if there is no such guideline."""
    return _lessons()[LESSON_ON[guideline]]


@cache
def _lessons() -> dict[str, Lesson]:
    return {name: _read_lesson(name) for name in LESSON_ORDER}


def _read_lesson(name: str) -> Lesson:
    notebook = json.loads((notebooks() / f"{name}.ipynb").read_text(encoding="utf-8"))
    return Lesson(name, notebook["metadata"]["title"], tuple(_read_cell(cell) for cell in notebook["cells"]))


def _read_cell(cell: dict[str, Any]) -> Cell:
    printed = ("".join(output.get("text", "")) for output in cell.get("outputs", ()))
    return Cell("".join(cell["source"]), cell["cell_type"] == "code", "".join(printed).rstrip())
