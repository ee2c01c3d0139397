"""A draft on the page: typed or put together from sentences, and how its words are judged."""

from etiquette.views.drafts.draft import DraftView, compose

__all__ = ["DraftView", "compose"]
