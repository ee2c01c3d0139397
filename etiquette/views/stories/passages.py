"""The story so far: new passages in full, earlier ones folded away."""

from __future__ import annotations

from markupsafe import Markup

from etiquette.judge import AT_THE_INTERVIEW
from etiquette.stories import Passage, Run, Scenario
from etiquette.views.controls import paragraphs


def title(scenario: Scenario, heading: str) -> Markup:
    """Who applied for which role and where; `heading` is the id of the heading."""
    return Markup('<h2 class="pp-title" id="{}">{}</h2><p class="pp-muted">{} · {} · {}</p>').format(
        heading, scenario.title, scenario.candidate, scenario.job, scenario.employer
    )


def story(run: Run, heading: str) -> Markup:
    """The passages since the last choice, with earlier ones folded away; `heading` is the id of the heading."""
    earlier, new = _split(run)
    when = run.situation.moment(run.situation.now)
    folded = (
        Markup('<details class="pp-earlier"><summary>The story so far</summary>{}</details>').format(
            _passages(run, earlier)
        )
        if earlier
        else ""
    )
    return Markup('{}<h3 class="pp-when" id="{}" tabindex="-1">{}</h3>{}').format(
        folded, heading, when, _passages(run, new)
    )


def _split(run: Run) -> tuple[list[Passage], list[Passage]]:
    """The passages up to the outcome of the last choice, and those after it."""
    passages = list(run.passages)
    cut = max((n + 1 for n, passage in enumerate(passages) if passage.kind == "then"), default=0)
    if run.decisions and not cut:
        cut = max(n for n, passage in enumerate(passages) if passage.kind == "scene")
    return passages[:cut], passages[cut:]


def _passages(run: Run, passages: list[Passage]) -> Markup:
    return Markup("").join(
        Markup('<div class="pp-passage pp-{}">{}{}</div>').format(
            passage.kind,
            Markup('<p class="pp-stamp">{}</p>').format(run.situation.moment(passage.at))
            if passage.kind == "event" and passage.at > AT_THE_INTERVIEW
            else "",
            paragraphs(passage.text),
        )
        for passage in passages
    )
