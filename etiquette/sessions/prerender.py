"""Prerenders views: their HTML as they first appear, to be read before the page is live.

Every page begins with that HTML, and the live views replace it. It has what the pages begin with: buttons and HTML
without descriptions or styles beside them, in boxes. Other widgets leave an empty place.
"""

from __future__ import annotations

from ipywidgets import HTML, Box, Button, HBox, VBox, Widget
from markupsafe import Markup


def widget_markup(widget: Widget) -> Markup:
    """The widget and all that is in it, with the elements, classes and layout that its view in a browser has."""
    match widget:
        case Button():
            waiting = Markup(' title="{}" aria-disabled="true" aria-describedby="soon"').format(widget.description)
            return _element("button", widget, "jupyter-button widget-button", widget.description, waiting)
        case HTML():
            label = Markup('<label class="widget-label" style="display: none;"></label>')
            content = label + Markup('<div class="widget-html-content">{}</div>').format(Markup(widget.value))
            return _element("div", widget, "widget-inline-hbox widget-html", content)
        case Box():
            kind = "widget-hbox" if isinstance(widget, HBox) else "widget-vbox" if isinstance(widget, VBox) else ""
            inside = Markup("").join(widget_markup(child) for child in widget.children)
            return _element("div", widget, f"lm-Panel widget-container widget-box {kind}", inside)
    return _element("div", widget, "")


def _element(tag: str, widget: Widget, classes: str, content: str = "", attributes: str = "") -> Markup:
    names = " ".join(["lm-Widget", "jupyter-widgets", *classes.split(), *getattr(widget, "_dom_classes", ())])
    layout = getattr(widget, "layout", None)
    given = {name: getattr(layout, name) for name in layout.keys if name[0] != "_"} if layout else {}
    style = " ".join(f"{name.replace('_', '-')}: {value};" for name, value in given.items() if value is not None)
    styled = Markup(' style="{}"').format(style) if style else ""
    return Markup('<{0} class="{1}"{2}{3}>{4}</{0}>').format(tag, names, styled, attributes, content)
