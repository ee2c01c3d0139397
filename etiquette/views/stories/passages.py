"""The story so far: new passages in full, earlier ones folded away."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from etiquette.judge import AT_THE_INTERVIEW, Situation
from etiquette.stories import Passage, Run, Scenario
from etiquette.views.controls import paragraphs


def title(scenario: Scenario, heading: str) -> Markup:
    """Who applied for which role and where; `heading` is the `data-id` of the heading."""
    return Markup('<h2 class="pp-title" data-id="{}">{}</h2><p class="pp-muted">{} · {} · {}</p>').format(
        heading, scenario.title, scenario.candidate, scenario.job, scenario.employer
    )


def story(run: Run, heading: str) -> Markup:
    """The passages since the last choice, with earlier ones folded away; `heading` is the `data-id` of the heading."""
    earlier, new = _split(run)
    when = run.situation.moment(run.situation.now)
    return Markup('{}<h3 class="pp-when" data-id="{}" tabindex="-1">{}</h3>{}').format(
        folded_passages(earlier, run.situation), heading, when, passage_list(new, run.situation)
    )


def _split(run: Run) -> tuple[Sequence[Passage], Sequence[Passage]]:
    """The passages up to the outcome of the last choice, and those after it."""
    cut = max((n for n, passage in enumerate(run.passages, start=1) if passage.kind == "then"), default=0)
    if run.decisions and not cut:
        cut = max(n for n, passage in enumerate(run.passages) if passage.kind == "scene")
    return run.passages[:cut], run.passages[cut:]


def passage_list(passages: Sequence[Passage], situation: Situation | None) -> Markup:
    """The passages in full; with a situation, events have the moment at which they happened."""
    return Markup("").join(
        Markup('<div class="pp-passage pp-{}">{}{}</div>').format(
            passage.kind,
            Markup('<p class="pp-stamp">{}</p>').format(situation.moment(passage.at))
            if situation and passage.kind == "event" and passage.at > AT_THE_INTERVIEW
            else "",
            paragraphs(passage.text),
        )
        for passage in passages
    )


def folded_passages(passages: Sequence[Passage], situation: Situation | None) -> Markup:
    """The passages folded away under one line; nothing if there are none."""
    if not passages:
        return Markup("")
    return Markup('<details class="pp-earlier"><summary>The story so far</summary>{}</details>').format(
        passage_list(passages, situation)
    )
