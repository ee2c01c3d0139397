"""The debrief of a room as the projector shows it. `report` has the version to print, with every number."""

from __future__ import annotations

from markupsafe import Markup

from etiquette.judge import GUIDELINE_TITLES
from etiquette.room import AlonePaths, DecisionResult, MissedGuideline, RoomDebrief
from etiquette.views.controls import badge, bar, table
from etiquette.views.room.drawing import movement_summary, path_beside_best, path_steps, story_passages, vote_bars


def room_debrief(debrief: RoomDebrief, *, alone_only: bool = False) -> Markup:
    """How the session went or, with `alone_only`, just where the paths of those who played alone diverged."""
    paths = Markup("").join(_alone_paths(paths) for paths in debrief.alone)
    if alone_only:
        return Markup('<section class="pp-card pp-debrief"><h3>Where the paths parted</h3>{}</section>').format(paths)
    return Markup(
        '<section class="pp-card pp-debrief"><h3>The debrief</h3>{}<h4>Most often missed</h4>{}{}{}{}</section>'
    ).format(
        contested_decisions(debrief.contested),
        _missed(debrief.missed),
        Markup("").join(_decision(decision) for decision in debrief.decisions),
        Markup("").join(path_beside_best(path, "The room’s path") for path in debrief.together),
        paths,
    )


def contested_decisions(decisions: tuple[DecisionResult, ...]) -> Markup:
    """A warning about the decisions on which the room disagrees with the judge; empty if there are none."""
    if not decisions:
        return Markup("")
    return Markup(
        '<p class="pp-put-right"><b>To be discussed:</b> decision {}. Most of the room was confident of an answer that '
        "the judge does not think best; the question may be at fault.</p>"
    ).format(", ".join(str(decision.number) for decision in decisions))


def _missed(missed: tuple[MissedGuideline, ...]) -> Markup:
    if not missed:
        return Markup("<p>Nothing was voted on.</p>")
    rows = (
        (
            GUIDELINE_TITLES[each.guideline],
            bar(each.percent, f"{each.missed} of {each.answers} ({each.percent} %)"),
        )
        for each in missed
    )
    return table(("Guideline", "Missed by"), rows)


def _decision(decision: DecisionResult) -> Markup:
    prompt = decision.prompt
    best = prompt.options[prompt.best]
    return Markup(
        '<h4>{}. {}</h4><details class="pp-earlier"><summary>The story</summary>{}</details>{}<p>{} The best: {}</p>{}'
    ).format(
        decision.number,
        prompt.title or GUIDELINE_TITLES[prompt.guideline],
        story_passages(prompt.passages[prompt.since :], 0),
        vote_bars([option.says for option in prompt.options], decision.tallies),
        badge(best.assessment.verdict),
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
    return Markup(
        "<h4>{}</h4><p>Where the paths parted of those {} who played alone:</p>{}<h5>The best path</h5>{}"
    ).format(
        paths.scenario.title,
        paths.players,
        partings or Markup("<p>Everybody went the same way.</p>"),
        path_steps(paths.best),
    )
