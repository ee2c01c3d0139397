"""The addresses of lessons on the page, and links to them."""

from __future__ import annotations

from markupsafe import Markup

from etiquette.practice import lesson_on


def lesson_address(name: str) -> str:
    """The address of the lesson with this id."""
    return f"learn/{name.replace('_', '-')}"


def lesson_link(guideline: str, page: str = "") -> Markup:
    """A link to the lesson that teaches a guideline; `page` is the address of the page, empty on the page itself."""
    lesson = lesson_on(guideline)
    return Markup('<a href="{}#{}">{}</a>').format(page, lesson_address(lesson.id), lesson.title)
