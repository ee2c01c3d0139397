"""The debrief of a room on the projector; the page to print, with every number, is in `room_report`."""

from __future__ import annotations

from markupsafe import Markup

from etiquette.judge import GUIDELINE_TITLES
from etiquette.room import AlonePaths, DecisionResult, MissedGuideline, RoomDebrief, TogetherPath
from etiquette.views.controls import badge
from etiquette.views.room.drawing import bars, moved, steps, told


def room_debrief(debriefing: RoomDebrief, *, alone: bool = False) -> Markup:
    """How the session went; `alone`, only where the paths parted of those who each played for themselves."""
    paths = Markup("").join(_paths(each) for each in debriefing.alone)
    if alone:
        return Markup('<section class="pp-card pp-debrief"><h3>Where the paths parted</h3>{}</section>').format(paths)
    return Markup(
        '<section class="pp-card pp-debrief"><h3>The debrief</h3>{}<h4>Most often missed</h4>{}{}{}{}</section>'
    ).format(
        _contested(debriefing.contested),
        _missed(debriefing.missed),
        Markup("").join(_line(each) for each in debriefing.decisions),
        Markup("").join(_together(each) for each in debriefing.together),
        paths,
    )


def _contested(lines: tuple[DecisionResult, ...]) -> Markup:
    if not lines:
        return Markup("")
    return Markup(
        '<p class="pp-put-right"><b>To be discussed:</b> decision {}. Most of the room was confident of another answer '
        "than the judge; the question may be at fault.</p>"
    ).format(", ".join(str(line.number) for line in lines))


def _missed(missed: tuple[MissedGuideline, ...]) -> Markup:
    if not missed:
        return Markup("<p>Nothing was voted on.</p>")
    rows = Markup("").join(
        Markup(
            '<tr><th scope="row">{}</th><td><span class="pp-bar" aria-hidden="true"><span style="width: {percent}%">'
            "</span></span> {} of {} ({percent} %)</td></tr>"
        ).format(GUIDELINE_TITLES[each.guideline], each.missed, each.answers, percent=each.percent)
        for each in missed
    )
    return Markup(
        '<table class="pp-table"><thead><tr><th scope="col">Guideline</th><th scope="col">Missed by</th></tr></thead>'
        "<tbody>{}</tbody></table>"
    ).format(rows)


def _line(line: DecisionResult) -> Markup:
    prompt = line.prompt
    best = prompt.options[prompt.best]
    return Markup(
        '<h4>{}. {}</h4><details class="pp-earlier"><summary>The story</summary>{}</details>{}<p>{} The best: {}</p>{}'
    ).format(
        line.number,
        prompt.title or GUIDELINE_TITLES[prompt.guideline],
        told(prompt.passages[prompt.since :], 0),
        bars([option.says for option in prompt.options], line.tallies),
        badge(best.assessment.verdict),
        best.says,
        moved(line.movement, prompt.best),
    )


def _together(path: TogetherPath) -> Markup:
    return Markup(
        '<h4>{}: {} of 100</h4><div class="pp-paths"><div><h5>The room’s path</h5>{}</div>'
        "<div><h5>The best path</h5>{}</div></div>"
    ).format(path.run.scenario.title, path.grade, steps(path.run), steps(path.best))


def _paths(paths: AlonePaths) -> Markup:
    parted = Markup("").join(
        Markup("<p>{}</p>{}").format(
            each.moment.scene, bars([choice.says for choice in each.moment.choices], (each.tally,))
        )
        for each in paths.branch_points
    )
    return Markup(
        "<h4>{}</h4><p>Where the paths parted of those {} who played alone:</p>{}<h5>The best path</h5>{}"
    ).format(
        paths.scenario.title, paths.players, parted or Markup("<p>Everybody went the same way.</p>"), steps(paths.best)
    )
