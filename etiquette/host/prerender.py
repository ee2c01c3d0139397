"""Prerenders a notebook: the HTML of its views as they first appear, to be read before a kernel is there.

The notebook runs once, when the host starts. Every page begins with that HTML, and the live views replace it.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from ipywidgets import HTML, Box, Button, DOMWidget, HBox, VBox, Widget
from markupsafe import Markup

STYLES = {"background": "background", "button_color": "background-color", "text_color": "color"} | {
    name: name for name in ("font_family", "font_size", "font_style", "font_variant", "font_weight", "text_decoration")
}
NOT_YET = Markup(' aria-disabled="true" aria-describedby="soon"')


def prerender(notebook: Path) -> list[str]:
    """The HTML of each code cell's view, empty where a cell has none. The notebook runs in a process of its own.

    Raises:
        subprocess.CalledProcessError: a cell of the notebook failed; what it said is on standard error.
    """
    done = subprocess.run(
        [sys.executable, "-m", "etiquette.host.prerender", str(notebook)],
        cwd=notebook.parent,
        env=os.environ | {"VOILA_PREHEAT": "True"},  # so that it runs as for a stranger
        stdout=subprocess.PIPE,
        check=True,
    )
    shown: list[str] = json.loads(done.stdout)
    return shown


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


def _run(notebook: Path) -> list[str]:
    """Run the code cells one after another, as a kernel would, and look at what the last line of each gives."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {"__name__": "__main__"}
    shown = []
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        lines = ast.parse("".join(cell["source"]))
        last = lines.body[-1] if lines.body else None
        if isinstance(last, ast.Expr):
            lines.body.pop()
        exec(compile(lines, notebook.name, "exec"), names)
        value = None
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), notebook.name, "eval"), names)
        shown.append(str(widget_markup(value)) if isinstance(value, Widget) else "")
    return shown


if __name__ == "__main__":
    print(json.dumps(_run(Path(sys.argv[1]))))
