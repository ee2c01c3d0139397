"""Prerenders views: their HTML as they first appear, to be read before the page is live.

Every page begins with that HTML, and the live views replace it.
"""

from __future__ import annotations

from ipywidgets import HTML, Box, Button, DOMWidget, HBox, VBox, Widget
from markupsafe import Markup

STYLES = {"background": "background", "button_color": "background-color", "text_color": "color"} | {
    name: name for name in ("font_family", "font_size", "font_style", "font_variant", "font_weight", "text_decoration")
}
NOT_YET = Markup(' aria-disabled="true" aria-describedby="soon"')


def widget_markup(widget: Widget) -> Markup:
    """The widget and all that is in it, with the elements, classes and styles that its view in a browser has."""
    match widget:
        case Button():
            icon = " ".join(f"fa-{name}" for name in widget.icon.split())
            alone = "" if widget.description else " center"
            says = Markup('<i class="fa {}{}"></i>').format(icon, alone) if icon else Markup("")
            title = widget.description if widget.tooltip is None else widget.tooltip
            kind = f" mod-{widget.button_style}" if widget.button_style else ""
            attributes = Markup(' title="{}"{}{}').format(title, _tabindex(widget), NOT_YET)
            attributes += Markup(" disabled") if widget.disabled else ""
            return _element(
                "button", widget, f"jupyter-button widget-button{kind}", says + widget.description, attributes
            )
        case HTML():
            content = Markup('<div class="widget-html-content">{}</div>').format(Markup(widget.value))
            return _element(
                "div", widget, "widget-inline-hbox widget-html", _label(widget) + content, _tabindex(widget)
            )
        case Box():
            kind = {HBox: " widget-hbox", VBox: " widget-vbox"}.get(_box(widget), "")
            kind += f" alert alert-{widget.box_style}" if widget.box_style else ""
            inside = Markup("").join(widget_markup(child) for child in widget.children)
            return _element("div", widget, f"lm-Panel widget-container widget-box{kind}", inside)
    return _element("div", widget, "")


def _box(widget: Box) -> type[Box]:
    return next(kind for kind in type(widget).__mro__ if kind in (HBox, VBox, Box))


def _label(widget: HTML) -> Markup:
    style = _styles(widget.style, {"description_width": "width"})
    if not widget.description:
        style = "display: none;"
    said = Markup(widget.description) if widget.description_allow_html else widget.description
    return Markup('<label class="widget-label"{}>{}</label>').format(_styled(style), said)


def _element(tag: str, widget: Widget, classes: str, content: str = "", attributes: str = "") -> Markup:
    names = " ".join(["lm-Widget", "jupyter-widgets", *classes.split(), *getattr(widget, "_dom_classes", ())])
    layout, style = getattr(widget, "layout", None), getattr(widget, "style", None)
    everywhere = {name: name for name in layout.keys if name[0] != "_"} if layout else {}
    styled = _styled(" ".join(filter(None, (_styles(layout, everywhere), _styles(style, STYLES)))))
    return Markup('<{0} class="{1}"{2}{3}>{4}</{0}>').format(tag, names, styled, Markup(attributes), content)


def _styles(given: Widget | None, names: dict[str, str]) -> str:
    """What is given of these traits, as declarations of the properties they stand for."""
    values = {css.replace("_", "-"): getattr(given, name, None) for name, css in names.items()}
    return " ".join(f"{css}: {value};" for css, value in values.items() if value is not None)


def _styled(style: str) -> Markup:
    return Markup(' style="{}"').format(style) if style else Markup("")


def _tabindex(widget: DOMWidget) -> Markup:
    return {True: Markup(' tabindex="0"'), False: Markup(' tabindex="-1"')}.get(widget.tabbable, Markup(""))
