"""The story as told so far: what is new in full, what came before folded away."""

from __future__ import annotations

from markupsafe import Markup

from etiquette.judge import AT_THE_INTERVIEW
from etiquette.stories import Passage, Run, Scenario
from etiquette.views.controls import paragraphs


def title(scenario: Scenario, heading: str) -> Markup:
    """Who applied for what, and where, under a heading with this id."""
    return Markup('<h2 class="pp-title" id="{}">{}</h2><p class="pp-muted">{} · {} · {}</p>').format(
        heading, scenario.title, scenario.candidate, scenario.job, scenario.employer
    )


def story(run: Run, heading: str) -> Markup:
    """The passages since the last choice, under a heading with this id; the older ones in a fold."""
    earlier, fresh = _parted(run)
    when = run.situation.moment(run.situation.now)
    folded = (
        Markup('<details class="pp-earlier"><summary>The story so far</summary>{}</details>').format(
            _told(run, earlier)
        )
        if earlier
        else ""
    )
    return Markup('{}<h3 class="pp-when" id="{}" tabindex="-1">{}</h3>{}').format(
        folded, heading, when, _told(run, fresh)
    )


def _parted(run: Run) -> tuple[list[Passage], list[Passage]]:
    """The passages up to and including what came of the last choice, and those since."""
    passages = list(run.passages)
    cut = max((n + 1 for n, each in enumerate(passages) if each.kind == "then"), default=0)
    if run.steps and not cut:
        cut = max(n for n, each in enumerate(passages) if each.kind == "scene")
    return passages[:cut], passages[cut:]


def _told(run: Run, passages: list[Passage]) -> Markup:
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
