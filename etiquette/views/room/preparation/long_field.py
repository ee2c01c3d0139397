"""A field for text of several lines."""

from __future__ import annotations

from ipywidgets import Textarea

from etiquette.views.controls import Field


def long_field(label: str, rows: int = 4) -> Field:
    """A text area with its label above it."""
    return Field(Textarea, label, rows=rows, continuous_update=False)
