"""The style sheet of the views."""

from __future__ import annotations

from pathlib import Path

from ipywidgets import HTML, VBox, Widget

STYLE_SHEET = f"<style>{Path(__file__).with_name('style.css').read_text(encoding='utf-8')}</style>"


def style() -> HTML:
    """The style sheet as a widget. One per page is enough; more do no harm."""
    return HTML(STYLE_SHEET)


def styled(view: Widget) -> VBox:
    """The view with its style sheet, for a notebook cell."""
    return VBox([style(), view]).add_class("pp")
