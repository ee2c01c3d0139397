"""The debrief of a room as the projector shows it. `report` has the version to print, with every number."""

from __future__ import annotations

from markupsafe import Markup

from etiquette.judge import GUIDELINE_TITLES
from etiquette.room import AlonePaths, DecisionResult, MissedGuideline, RoomDebrief
from etiquette.views.controls import bar, table
from etiquette.views.room.drawing import (
    movement_summary,
    option_badge,
    path_beside_best,
    path_steps,
    prompt_title,
    quantity,
    story_passages,
    vote_bars,
)


def room_debrief(debrief: RoomDebrief, *, alone_only: bool = False) -> Markup:
    """How the session went or, with `alone_only`, only where the paths of the people who played alone split."""
    paths = Markup("").join(_alone_paths(paths) for paths in debrief.alone)
    if alone_only:
        return Markup('<section class="pp-card pp-debrief"><h3>Where your paths split</h3>{}</section>').format(paths)
    return Markup(
        '<section class="pp-card pp-debrief"><h3>Debrief</h3>{}<h4>Most often missed</h4>{}{}{}{}</section>'
    ).format(
        contested_decisions(debrief.contested),
        _missed(debrief.missed),
        Markup("").join(_decision(decision) for decision in debrief.decisions),
        Markup("").join(path_beside_best(path, "The room’s path") for path in debrief.together),
        paths,
    )


def contested_decisions(decisions: tuple[DecisionResult, ...]) -> Markup:
    """A note on the decisions where a confident majority disagreed with the judge; empty if there are none."""
    if not decisions:
        return Markup("")
    return Markup(
        '<p class="pp-put-right"><b>Worth discussing: {} {}.</b> Most of the room was sure of an answer that we don’t '
        "think is the best. The question itself may be at fault.</p>"
    ).format("decisions" if len(decisions) > 1 else "decision", ", ".join(str(each.number) for each in decisions))


def _missed(missed: tuple[MissedGuideline, ...]) -> Markup:
    if not missed:
        return Markup("<p>Nobody has voted yet.</p>")
    rows = (
        (
            GUIDELINE_TITLES[each.guideline],
            bar(each.percent, f"{each.missed} of {each.answers} ({each.percent}%)"),
        )
        for each in missed
    )
    return table(("Guideline", "Missed by"), rows)


def _decision(decision: DecisionResult) -> Markup:
    prompt = decision.prompt
    best = prompt.options[prompt.best]
    return Markup(
        '<h4>{}. {}</h4><details class="pp-earlier"><summary>The story</summary>{}</details>{}<p>{} Best option: {}</p>'
        "{}"
    ).format(
        decision.number,
        prompt_title(prompt),
        story_passages(prompt.passages[prompt.since :], 0),
        vote_bars([option.says for option in prompt.options], decision.tallies),
        option_badge(best),
        best.says,
        movement_summary(decision.movement, prompt.best),
    )


def _alone_paths(paths: AlonePaths) -> Markup:
    partings = Markup("").join(
        Markup("<p>{}</p>{}").format(
            parting.moment.scene, vote_bars([choice.says for choice in parting.moment.choices], (parting.tally,))
        )
        for parting in paths.branch_points
    )
    split = Markup("<p>This is where their paths split:</p>{}").format(partings) if partings else ""
    return Markup("<h4>{}</h4><p>{} played this story alone.</p>{}<h5>The best path</h5>{}").format(
        paths.scenario.title,
        quantity(paths.players, "person", "people"),
        split or Markup("<p>Everyone made the same choices.</p>"),
        path_steps(paths.best),
    )
