"""The style sheet of the views."""

from __future__ import annotations

from pathlib import Path

from ipywidgets import HTML

STYLE_SHEET = f"<style>{Path(__file__).with_name('style.css').read_text(encoding='utf-8')}</style>"


def style() -> HTML:
    """The style sheet as a widget. One in each root."""
    return HTML(STYLE_SHEET)
