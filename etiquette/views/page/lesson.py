"""A lesson as part of the page: the cells of its notebook, shown as a notebook shows them."""

from __future__ import annotations

import ast
import re
from typing import Any

import mistune
from ipywidgets import HTML, Layout, VBox, Widget
from ipywidgets.widgets.widget_string import HTMLStyle
from markupsafe import Markup

from etiquette.judge import ARTICLE
from etiquette.practice import Cell, Lesson
from etiquette.views.controls import Announcer, ProgressStore, View, environment

NOTEBOOK_LINK = re.compile(r"\[([^\]]*)\]\(\w+\.ipynb\)")
ANOTHER_POLICY = Markup(
    '<p class="pp-next"><span>Note</span> The text of this lesson explains the article that we started from. '
    "This page’s rules differ: the exercises, stories and questions below go by them.</p>"
)
markdown = mistune.create_markdown(escape=True)


class LessonView(View):
    """A lesson. On a page with a `home` address, a link there follows once the progress store has the lesson as read.

    Its text appears at once. Its code runs one cell at a time, so that other learners do not have to wait for it.
    """

    def __init__(self, lesson: Lesson, progress_store: ProgressStore, announcer: Announcer, home: str = "") -> None:
        self.lesson, self.progress_store, self.announcer = lesson, progress_store, announcer
        self.home, self.top = home, HTML()
        self.onward = HTML(Markup('<p><a href="{}">See what comes next</a></p>').format(home))
        self._namespace: dict[str, Any] = {}
        self._to_run: list[tuple[Cell, VBox]] = []
        super().__init__([self.top, *self._cells(), self.onward], "pp-lesson")
        self.environment = environment()
        note = "" if self.environment.policy == ARTICLE else ANOTHER_POLICY
        self.top.value = Markup('<div data-id="{}" tabindex="-1" class="pp-top"></div>{}').format(
            self.element_id("lesson"), note
        )
        self.follow(progress_store, "progress", lambda _: self._draw_onward())
        self._draw_onward()
        self.environment.call_soon(self._run_next)

    def take_focus(self) -> None:
        """Move the focus to the beginning, and announce the lesson."""
        self.focus_on("lesson", f"Lesson: {self.lesson.title}.")

    def _draw_onward(self) -> None:
        read = self.lesson.id in self.progress_store.progress.lessons
        self.onward.layout.display = "" if self.home and read else "none"

    def _cells(self) -> list[Widget]:
        """The prose of the lesson, with an empty box for each of its cells of code."""
        looks = {"layout": Layout(), "style": HTMLStyle()}
        shown: list[Widget] = []
        for cell in self.lesson.cells:
            if cell.code:
                shown.append(VBox())
                self._to_run.append((cell, shown[-1]))
            else:
                prose = NOTEBOOK_LINK.sub(r"\1", cell.source)
                shown.append(HTML(f'<div class="pp-prose">{markdown(prose)}</div>', **looks))
        return shown

    def _run_next(self) -> None:
        """Show what the next cell prints or, if it prints nothing, run it and show its view.

        The code ships with the package, and runs as it does in a notebook.
        """
        if self.closed or not self._to_run:
            return
        cell, box = self._to_run.pop(0)
        if cell.output:
            box.children = [HTML(Markup('<pre class="pp-output">{}</pre>').format(cell.output))]
        elif isinstance(value := _run(cell, self._namespace), Widget):
            box.children = [value]
        self.environment.call_soon(self._run_next)


def _run(cell: Cell, namespace: dict[str, Any]) -> Any:
    """Run the code of a cell, and return the value of its last expression."""
    body = ast.parse(cell.source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, type_ignores=[]), "lesson", "exec"), namespace)
    if isinstance(last, ast.Expr):
        return eval(compile(ast.Expression(last.value), "lesson", "eval"), namespace)
    return None
