"""The line at the top of a page that teaches by another policy than the article's."""

from __future__ import annotations

from markupsafe import Markup

from etiquette.judge import ARTICLE, Policy


def policy_note(policy: Policy) -> Markup:
    """By whose rules the page teaches, and where they come from. Empty for the article's."""
    if policy == ARTICLE:
        return Markup("")
    return Markup('<p class="pp-muted">This page teaches the rules of “{}”. Source: {}.</p>').format(
        policy.title, policy.source.rstrip(".")
    )
