"""A story in outline, enough to prepare from: every decision on the best path, and how well it can end."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from markupsafe import Markup

from etiquette.judge import Policy
from etiquette.room import Prompt
from etiquette.stories import Run, Scenario, best_path
from etiquette.views.controls import paragraphs
from etiquette.views.room.preparation.options_text import options_text

TWO_LINES = 240  # characters


def story_outline(scenario: Scenario, policy: Policy) -> Markup:
    """The decisions of the best path, each with its choices and the best of them, and the best ending."""
    best, count = best_path(scenario, policy).run, len(scenario.endings)
    decisions = Markup("").join(
        Markup("<h5>Decision {} of {}</h5><p>{}</p>{}").format(
            number, len(best.decisions), scene, options_text(prompt.options, choice)
        )
        for number, (scene, prompt, choice) in enumerate(_decisions(scenario, best, policy), 1)
    )
    heading = "The ending" if count == 1 else f"The best of its {count} endings"
    ending = paragraphs(best.ending.tells) if best.ending else ""
    return Markup('<div class="pp-outline">{}<h5>{}</h5>{}</div>').format(decisions, heading, ending)


def _decisions(scenario: Scenario, best: Run, policy: Policy) -> Iterator[tuple[str, Prompt, int]]:
    """Each decision of a run: its scene in a line or two, what can be chosen, and the index of what was."""
    run = Run.start(scenario, policy)
    for choice in best.choices:
        prompt = Prompt.of_run(run)
        news = [passage.text for passage in run.passages[run.since :] if passage.kind in ("event", "scene")]
        yield textwrap.shorten(" ".join(news), TWO_LINES, placeholder="…"), prompt, choice
        run = run.choose(choice)
