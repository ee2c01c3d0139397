"""The style sheet of the views."""

from __future__ import annotations

from ipywidgets import HTML

from etiquette.views.attendant import HERE


def style() -> HTML:
    """The style sheet, to be shown beside a view; one a page is enough, more do no harm."""
    return HTML(f"<style>{(HERE / 'style.css').read_text(encoding='utf-8')}</style>")
