"""The style sheet of the views."""

from __future__ import annotations

from pathlib import Path

from ipywidgets import HTML


def style() -> HTML:
    """The style sheet, to be shown beside a view; one a page is enough, more do no harm."""
    return HTML(f"<style>{Path(__file__).with_name('style.css').read_text(encoding='utf-8')}</style>")
