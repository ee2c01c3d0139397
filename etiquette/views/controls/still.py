"""A still copy of a view: its text and its buttons as they are now, in plain HTML, but not what is typed into fields.

A notebook stores it beside the view. It's read where the view can't be drawn: in an exported page without a network, in
a viewer that runs nothing, and in a notebook whose kernel has gone. Sanitizers take only its style away.
"""

from __future__ import annotations

from collections.abc import Iterable
from html.parser import HTMLParser

from ipywidgets import HTML, Box, Button, Widget
from ipywidgets.widgets.widget_description import DescriptionWidget
from markupsafe import Markup, escape

from etiquette.views.controls.button_group import ButtonGroup
from etiquette.views.controls.field import Field
from etiquette.views.controls.in_browser import InBrowser

HOW_TO_BEGIN = "This is only a copy. To use it yourself, open the notebook in Jupyter and choose Run → Run All Cells."

# A live view hides its copy, usually within a second. Nobody sees the copy before that, so nothing jumps. The last rule
# hides what JupyterLab says instead of a view whose kernel has gone: “model not found”. Without its style, a button has
# a grey that can be read on light and dark pages.
STYLE = Markup("""<style>
.pp-still { max-width: 44rem; animation: pp-still 1s; }
.pp-still button { padding: 0.5em 1em; border: 1px solid; border-radius: 6px; \
background: none; color: inherit !important; font: inherit; text-align: start; white-space: normal; opacity: 0.75; }
.pp-still :is(td, th) { text-align: start; vertical-align: top; }
@keyframes pp-still { from, to { max-height: 0; overflow: hidden; visibility: hidden; } }
body[data-voila] .pp-still,
.jp-OutputArea-child:has(.pp-still) + .jp-OutputArea-child > .jupyter-widgets:not(:has(*)) { display: none; }
</style>""")

VOID = ("br", "col", "hr", "img", "input", "wbr")


def still_copy(widgets: Iterable[Widget], name: str) -> Markup:
    """A copy of what these widgets show. If there is a button, it says how to begin.

    `name` is that of the announcer, which hides the copy as soon as the view is on the page.
    """
    copied = Markup("").join(_copied(widget) for widget in widgets)
    begin = Markup("<p><em>{}</em></p>").format(HOW_TO_BEGIN) if "<button" in copied else ""
    return Markup('{}<div class="pp-still pp-still-{}">{}{}</div>').format(STYLE, name, begin, copied)


def _copied(widget: Widget) -> Markup:
    if getattr(getattr(widget, "layout", None), "display", "") == "none":
        return Markup("")
    match widget:
        case Button(description=str(label)):
            return _still_button(label)
        case ButtonGroup(labels=labels):
            return Markup("").join(map(_still_button, labels))
        case HTML():
            return _ReadAloud(widget.value).markup
        case Field(label=str(label)) | InBrowser(copied_label=str(label)) if label:
            return Markup("<p>{}</p>").format(label)
        case Box():
            parts = widget.copied_parts() if hasattr(widget, "copied_parts") else widget.children
            return Markup("").join(_copied(part) for part in parts)
        case DescriptionWidget(description=str(label)) if label:
            return Markup("<p>{}</p>").format(label)
    return Markup("")


def _still_button(label: str) -> Markup:
    return Markup('<p><button type="button" style="color: #777" disabled>{}</button></p>').format(label)


class _ReadAloud(HTMLParser):
    """Some HTML as a screen reader tells it: without drawings, classes and styles. Links within the page go nowhere."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.markup = Markup("")
        self._left_out = 0  # open elements, from the outermost that is left out
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        drawing = given.get("role") == "img"
        if self._left_out or drawing or given.get("aria-hidden") == "true" or tag in ("nav", "style"):
            if drawing and not self._left_out:
                self.markup += Markup("<p>{}</p>").format(given.get("aria-label"))
            self._left_out += tag not in VOID
            return
        kept = {name: given[name] for name in ("colspan", "href", "scope") if name in given}
        if not str(kept.get("href", "http")).startswith("http"):
            del kept["href"]
        attributes = Markup("").join(Markup(' {}="{}"').format(*each) for each in kept.items())
        self.markup += Markup("<{}{}>").format(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self._left_out:
            self._left_out -= 1
        else:
            self.markup += Markup("</{}>").format(tag)

    def handle_data(self, data: str) -> None:
        if not self._left_out:
            self.markup += escape(data)
