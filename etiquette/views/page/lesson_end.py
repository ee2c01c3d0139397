"""The end of a lesson: a button that says it is finished, and then what comes next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ipywidgets import HTML
from markupsafe import Markup

from etiquette.practice import Learned, lessons
from etiquette.views.controls import Announcer, Notice, View, button, environment, utc_now


class LessonEnd(View):
    """The end of the lesson with this id. The environment's progress store keeps that it has been read."""

    def __init__(self, lesson: str, clock: Callable[[], datetime] = utc_now) -> None:
        self.lesson, self.clock, self.progress_store = lesson, clock, environment().progress_store
        self.announcer, notice = Announcer(), Notice()
        self.done = button(notice, self._finish, "pp-primary", description="I’ve finished this lesson")
        self.thanks = HTML()
        super().__init__([self.done, self.thanks, notice], "pp-lesson-end", root=True)
        self.follow(self.progress_store, "progress", lambda _: self._draw())
        self._draw()

    def _finish(self) -> None:
        self.progress_store.keep(self.progress_store.progress.after(Learned(self.clock(), self.lesson)))
        self.announcer.move_focus(focus=self.element_id("done"), show="", say="Done.")  # where it is, without a jump

    def _draw(self) -> None:
        read = self.progress_store.progress.lessons
        unread = next((lesson.title for name, lesson in lessons().items() if name not in read), "")
        sentence = f"The next one is “{unread}”." if unread else "It was the last one. Now play some stories."
        self.done.layout.display = "none" if self.lesson in read else ""
        self.thanks.layout.display = "" if self.lesson in read else "none"
        self.thanks.value = Markup(
            '<p class="pp-next" data-id="{}" tabindex="-1"><span>You’ve finished this lesson</span> {}</p>'
        ).format(self.element_id("done"), sentence)


def finish(lesson: str) -> LessonEnd:
    """The end of a lesson, for the last cell of its notebook.

    Raises:
        KeyError: there is no lesson with this id, the name of its notebook.
    """
    return LessonEnd(lessons()[lesson].id)
