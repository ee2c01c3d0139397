"""A draft on the page, typed or put together from ready-made sentences, and the assessment of its wording."""

from etiquette.views.drafts.draft import DraftView, compose

__all__ = ["DraftView", "compose"]
