"""A notebook whose code cells run in each session, without a kernel."""

from __future__ import annotations

import ast
import json
import logging
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

from ipywidgets import Widget

log = logging.getLogger("etiquette")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cell shows: a widget, or any other value as text. `failed` if the cell raised an exception."""

    widget: Widget | None = None
    text: str = ""
    failed: bool = False

    def as_json(self) -> dict[str, Any]:
        """The JSON for the page, with the widget's model id."""
        return {"model": self.widget and self.widget.model_id, "text": self.text, "failed": self.failed}


@dataclass(frozen=True, slots=True)
class CodeCell:
    """The statements of a code cell and, if its last line is an expression, that expression."""

    statements: CodeType
    value: CodeType | None

    @classmethod
    def compile(cls, source: str, name: str) -> CodeCell:
        """Compile a cell of the notebook with this name. Raises `SyntaxError`, also for magics such as `%pip`."""
        tree = ast.parse(source, name)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        value = compile(ast.Expression(last.value), name, "eval") if isinstance(last, ast.Expr) else None
        return cls(compile(tree, name, "exec"), value)

    def run(self, names: dict[str, Any]) -> Shown:
        """Run the cell; `names` are its global variables."""
        exec(self.statements, names)
        value = None if self.value is None else eval(self.value, names)
        if isinstance(value, Widget):
            return Shown(value)
        return Shown(text="" if value is None else repr(value))


@dataclass(frozen=True, slots=True)
class Notebook:
    """A notebook's title, and its cells in order: prose as Markdown, and code that has been compiled once."""

    title: str
    cells: tuple[str | CodeCell, ...]

    @classmethod
    def read(cls, path: Path) -> Notebook:
        """Read and compile a notebook file. Without a title, it has the file's name. Raw cells are left out."""
        content = json.loads(path.read_text(encoding="utf-8"))
        cells: list[str | CodeCell] = []
        for cell in content["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                cells.append(source)
            elif cell["cell_type"] == "code":
                cells.append(CodeCell.compile(source, path.name))
        return cls(content["metadata"].get("title", path.stem), tuple(cells))

    def run(self) -> tuple[Shown, ...]:
        """Run the code cells in order, in the current session. Stops after a cell that fails."""
        names: dict[str, Any] = {"__name__": "__main__"}
        shown: list[Shown] = []
        for cell in self.cells:
            if isinstance(cell, str):
                continue
            try:
                shown.append(cell.run(names))
            except Exception:
                log.exception("a cell failed")
                return (*shown, Shown(failed=True))
        return tuple(shown)
