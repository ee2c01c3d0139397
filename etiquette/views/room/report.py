"""The debrief of a room as a page of its own, to be printed or kept: bars drawn, and the numbers as a table below."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from markupsafe import Markup

from etiquette.judge import GUIDELINE_SENTENCES, GUIDELINE_TITLES
from etiquette.room import (
    AlonePaths,
    BranchPoint,
    DecisionResult,
    MissedGuideline,
    Room,
    RoomDebrief,
    Tally,
    TogetherPath,
)
from etiquette.stories import Run

WIDTH = 72  # percent of the page, for a bar of 100 percent
BAR, GAP, LABEL = 16, 10, 20
LETTERS = "ABCDEFGH"


def room_report(debriefing: RoomDebrief, when: date) -> Markup:
    """A whole HTML document. It needs no script, asks for nothing from elsewhere, and names nobody."""
    policy = debriefing.room.agenda.policy
    return Markup(Path(__file__).with_name("report.html").read_text(encoding="utf-8")).format(
        style=Markup(Path(__file__).with_name("report.css").read_text(encoding="utf-8")),
        date=f"{when.day} {when:%B %Y}",
        people=_several(len(debriefing.people), "person", "people"),
        decisions=_several(len(debriefing.decisions) + len(debriefing.alone), "decision", "decisions"),
        votes=_several(len(debriefing.votes), "vote", "votes"),
        policy=policy.title,
        source=policy.source,
        contested=_contested(debriefing.contested),
        missed=_missed(debriefing.missed),
        lines=_joined(_line(line) for line in debriefing.decisions) or Markup("<p>Nothing was voted on.</p>"),
        together=_joined(_together(path) for path in debriefing.together),
        alone=_joined(_alone(debriefing.room, paths) for paths in debriefing.alone),
    )


def bar_chart(tallies: tuple[Tally, ...], best: int) -> Markup:
    """The tallies of one decision drawn beneath each other, option by option; the best is marked by a word too."""
    options, row = len(tallies[0].counts), LABEL + len(tallies) * BAR + GAP
    drawn, words = Markup(""), []
    for number in range(options):
        top = number * row
        drawn += Markup('<text x="0" y="{}">{}{}</text>').format(
            top + LABEL - 5, LETTERS[number], " · the best" if number == best else ""
        )
        for place, tally in enumerate(tallies):
            before = place == 0 and len(tallies) > 1
            kind = ("best" if number == best else "other") + (" before" if before else "")
            drawn += _bar(kind, top + LABEL + place * BAR, tally.percent(number), tally.counts[number])
        then = ", then ".join(f"{tally.percent(number)} %" for tally in tallies)
        words.append(f"{LETTERS[number]}{', the best' if number == best else ''}: {then}")
    return Markup('<svg class="bars" role="img" width="100%" height="{}" aria-label="{}.">{}</svg>').format(
        options * row, ". ".join(words), drawn
    )


def _bar(kind: str, top: int, percent: int, count: int) -> Markup:
    return Markup(
        '<rect class="track" x="0" y="{top}" width="{full}%" height="{high}"/>'
        '<rect class="{kind}" x="0" y="{top}" width="{wide:.1f}%" height="{high}"/>'
        '<text x="{full}%" dx="8" y="{text}">{percent} % ({count})</text>'
    ).format(
        top=top,
        full=WIDTH,
        high=BAR - 2,
        kind=kind,
        wide=WIDTH * percent / 100,
        text=top + BAR - 4,
        percent=percent,
        count=count,
    )


def _line(line: DecisionResult) -> Markup:
    prompt = line.prompt
    story = (paragraph for passage in prompt.passages[prompt.since :] for paragraph in passage.text.split("\n\n"))
    return Markup(
        '<section class="decision"><h3>{}. {}</h3><div class="story">{}</div>{}{}<p>{}</p>{}</section>'
    ).format(
        line.number,
        prompt.title or GUIDELINE_TITLES[prompt.guideline],
        _joined(Markup("<p>{}</p>").format(paragraph) for paragraph in story if paragraph.strip()),
        _discuss() if line.contested else "",
        bar_chart(line.tallies, prompt.best),
        _moved(line),
        _table(line),
    )


def _discuss() -> Markup:
    return Markup(
        '<p class="discuss"><b>To be discussed.</b> Most of the room was confident of another answer than the judge. '
        "The question may be at fault.</p>"
    )


def _moved(line: DecisionResult) -> str:
    if line.movement is None:
        return f"{_several(line.tallies[0].total, 'person', 'people')} voted, once."
    best, moved = line.prompt.best, line.movement
    way = f"gained {line.shift}" if line.shift >= 0 else f"lost {-line.shift}"
    return (
        f"Of {_several(moved.total, 'person', 'people')} who voted twice, {moved.changed} changed their answer: "
        f"{moved.gained(best)} came to the best one, {moved.lost(best)} left it, {moved.kept(best)} had it both times. "
        f"The best answer {way} percentage points."
    )


def _table(line: DecisionResult) -> Markup:
    votes = ("First", "Second") if len(line.tallies) > 1 else ("Vote",)
    heads = _joined(Markup('<th scope="col" class="number">{}</th>').format(vote) for vote in votes)
    rows = Markup("")
    for number, option in enumerate(line.prompt.options):
        marks = [
            "the best" if number == line.prompt.best else "",
            "this happened" if number == line.choice else "",
        ]
        rows += Markup(
            '<tr><th scope="row">{}. {}<p><span class="verdict {}">{}</span>, {} of 100{}. '
            '<span class="muted">{}</span></p></th>{}</tr>'
        ).format(
            LETTERS[number],
            option.says,
            option.assessment.verdict.value,
            option.assessment.verdict.capitalize(),
            option.credit,
            "".join(f"; {mark}" for mark in marks if mark),
            option.assessment.reason,
            _joined(
                Markup('<td class="number">{} ({} %)</td>').format(tally.counts[number], tally.percent(number))
                for tally in line.tallies
            ),
        )
    return Markup(
        '<table><thead><tr><th scope="col">Option, verdict and reason</th>{}</tr></thead><tbody>{}</tbody></table>'
    ).format(heads, rows)


def _contested(lines: tuple[DecisionResult, ...]) -> Markup:
    if not lines:
        return Markup("")
    numbers = ", ".join(str(line.number) for line in lines)
    return Markup(
        '<p class="discuss"><b>To be discussed:</b> decision{} {}. There, most of the room was confident of another '
        "answer than the judge.</p>"
    ).format("" if len(lines) == 1 else "s", numbers)


def _missed(missed: tuple[MissedGuideline, ...]) -> Markup:
    if not missed:
        return Markup("<p>Nothing was voted on.</p>")
    rows = _joined(
        Markup('<tr><th scope="row">{}</th><td>{}</td><td class="number">{} of {} ({} %)</td></tr>').format(
            GUIDELINE_TITLES[each.guideline],
            GUIDELINE_SENTENCES[each.guideline],
            each.missed,
            each.answers,
            each.percent,
        )
        for each in missed
    )
    return Markup(
        '<table><thead><tr><th scope="col">Guideline</th><th scope="col">What it asks</th>'
        '<th scope="col" class="number">Missed by</th></tr></thead><tbody>{}</tbody></table>'
    ).format(rows)


def _together(path: TogetherPath) -> Markup:
    return Markup(
        "<h2>{}: the room’s path beside the best one</h2><p>{} The room reached {} of 100.</p>"
        '<div class="beside"><div><h3>The room</h3>{}</div><div><h3>The best path</h3>{}</div></div>'
    ).format(path.run.scenario.title, path.run.scenario.teaches, path.grade, _path(path.run), _path(path.best))


def _path(run: Run) -> Markup:
    steps = _joined(
        Markup('<li>{} <span class="muted">{}:</span> <span class="verdict {}">{}</span></li>').format(
            step.choice.says,
            step.situation.date(step.situation.now),
            step.assessment.verdict.value,
            step.assessment.verdict.capitalize(),
        )
        for step in run.steps
    )
    return Markup("<ol>{}</ol>").format(steps)


def _alone(room: Room, paths: AlonePaths) -> Markup:
    ended = f"{_several(len(paths.grades), 'person', 'people')} came to the end"
    graded = f", with {paths.grades[0]} to {paths.grades[-1]} of 100" if paths.grades else ""
    parted = _joined(_parting(room, paths, parting) for parting in paths.branch_points)
    return Markup("<h2>{}: where paths parted</h2><p>{} Of {} who began, {}{}.</p>{}<h3>The best path</h3>{}").format(
        paths.scenario.title,
        paths.scenario.teaches,
        _several(paths.players, "person", "people"),
        ended,
        graded,
        parted or Markup("<p>Everybody went the same way.</p>"),
        _path(paths.best),
    )


def _parting(room: Room, paths: AlonePaths, parting: BranchPoint) -> Markup:
    run = room.replay(room.stages[paths.stage], parting.choices)
    so_far = " → ".join(step.choice.says for step in run.steps)
    rows = _joined(
        Markup('<tr><th scope="row">{}. {}{}</th><td class="number">{} ({} %)</td></tr>').format(
            LETTERS[number],
            choice.says,
            " (the best)" if number == parting.best else "",
            parting.tally.counts[number],
            parting.tally.percent(number),
        )
        for number, choice in enumerate(parting.moment.choices)
    )
    return Markup(
        '<section class="decision"><h3>{}</h3><p class="muted">{}</p><div class="story"><p>{}</p></div>{}'
        '<table><thead><tr><th scope="col">Choice</th><th scope="col" class="number">Went on so</th></tr></thead>'
        "<tbody>{}</tbody></table></section>"
    ).format(
        run.situation.date(run.situation.now),
        f"After: {so_far}" if so_far else "At the first decision",
        parting.moment.scene,
        bar_chart((parting.tally,), parting.best),
        rows,
    )


def _several(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)
