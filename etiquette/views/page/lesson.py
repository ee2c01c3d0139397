"""A lesson as part of the page: the cells of its notebook, shown as a notebook shows them."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import Any

import mistune
from ipywidgets import HTML, Widget
from markupsafe import Markup

from etiquette.practice import Cell, Lesson
from etiquette.views.controls import Announcer, Notice, View, button

NOTEBOOK_LINK = re.compile(r"\[([^\]]*)\]\(\w+\.ipynb\)")
markdown = mistune.create_markdown(escape=True)


class LessonView(View):
    """A lesson. `on_read` is called with it when the learner marks it as done."""

    def __init__(
        self, lesson: Lesson, on_read: Callable[[Lesson], None], announcer: Announcer, *, read: bool = False
    ) -> None:
        self.lesson, self.on_read, self.announcer = lesson, on_read, announcer
        self.notice = Notice()
        self.top = HTML()
        self.done = button(self.notice, self._mark_done, "pp-primary", description="I have done this lesson")
        self.thanks = HTML()
        super().__init__([self.top, *_cells(lesson), self.done, self.thanks, self.notice])
        self.top.value = Markup('<div id="{}" tabindex="-1" class="pp-top"></div>').format(self.element_id("lesson"))
        self.add_class("pp-lesson")
        if read:
            self._show_thanks()

    def take_focus(self) -> None:
        """Move the focus to the beginning, and announce the lesson."""
        self.focus_on("lesson", f"Lesson: {self.lesson.title}.")

    def _mark_done(self) -> None:
        self.on_read(self.lesson)
        self._show_thanks()
        self.focus_on("done", "Noted.")

    def _show_thanks(self) -> None:
        self.done.layout.display = "none"
        self.thanks.value = Markup('<p class="pp-next" id="{}" tabindex="-1"><span>Noted</span> Done. {}</p>').format(
            self.element_id("done"), "Choose what comes next in the menu above."
        )


def _cells(lesson: Lesson) -> list[Widget]:
    """The output of each cell. The code ships with the package, and runs as it does in the notebook."""
    namespace: dict[str, Any] = {}
    shown: list[Widget] = []
    for cell in lesson.cells:
        if not cell.code:
            prose = NOTEBOOK_LINK.sub(r"\1", cell.source)
            shown.append(HTML(f'<div class="pp-prose">{markdown(prose)}</div>'))
            continue
        value = _run(cell, namespace)
        if isinstance(value, Widget):
            shown.append(value)
        elif cell.output:
            shown.append(HTML(Markup('<pre class="pp-output">{}</pre>').format(cell.output)))
    return shown


def _run(cell: Cell, namespace: dict[str, Any]) -> Any:
    """Run the code of a cell, and return the value of its last expression."""
    body = ast.parse(cell.source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, type_ignores=[]), "lesson", "exec"), namespace)
    if isinstance(last, ast.Expr):
        return eval(compile(ast.Expression(last.value), "lesson", "eval"), namespace)
    return None
