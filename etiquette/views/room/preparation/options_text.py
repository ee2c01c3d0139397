"""Options as a facilitator reads them before the session: with the verdict on each, and the best one marked."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from etiquette.room import PromptOption
from etiquette.views.room.drawing import option_badge


def options_text(options: Sequence[PromptOption], best: int | None, *, with_reasons: bool = False) -> Markup:
    """Options with the verdict on each; the best one is marked."""
    return Markup('<ol class="pp-lettered">{}</ol>').format(
        Markup("").join(
            Markup(
                '<li><p>{}</p><p class="pp-judged">{} <span class="pp-muted">{} out of 100{}</span></p>{}</li>'
            ).format(
                option.says,
                option_badge(option),
                option.credit,
                " · the best option" if number == best else "",
                Markup('<p class="pp-muted">{}</p>').format(option.reason) if with_reasons else "",
            )
            for number, option in enumerate(options)
        )
    )
