"""The debrief of a room as an HTML document to print or keep: a bar chart for each decision, with its table below."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from markupsafe import Markup

from etiquette.judge import GUIDELINE_SENTENCES, GUIDELINE_TITLES
from etiquette.room import (
    OPTION_LETTERS,
    AlonePaths,
    DecisionResult,
    PlayedMoment,
    Prompt,
    RoomDebrief,
    Tally,
    TogetherPath,
    decision_title,
    format_code,
)
from etiquette.views.controls import table
from etiquette.views.room.debrief import NOTHING_MISSED, WHAT_COUNTS, agreement, discussion_notes, own_questions
from etiquette.views.room.drawing import option_badge, path_steps, quantity
from etiquette.views.room.sentences import in_words, movement_sentence, people_in_words, players_sentence

FULL_BAR = 72  # the width of a bar for 100 %, in percent of the page
BAR_HEIGHT, GAP, LABEL_HEIGHT = 16, 10, 20  # pixels


def sheet_style() -> Markup:
    """The style sheet of all printed sheets."""
    return Markup(Path(__file__).with_name("report.css").read_text(encoding="utf-8"))


def room_report(debrief: RoomDebrief, code: str, day: date) -> Markup:
    """A complete HTML document, without scripts, external resources or the names of participants.

    What only the facilitator should read comes last, on a page of its own.
    """
    policy = debrief.room.agenda.policy
    return Markup(Path(__file__).with_name("report.html").read_text(encoding="utf-8")).format(
        style=sheet_style(),
        room=" · ".join(filter(None, (debrief.room.agenda.name, f"Room {format_code(code)}"))),
        date=f"{day.day} {day:%B %Y}",
        people=quantity(len(debrief.people), "person", "people"),
        decisions=quantity(len(debrief.decisions) + len(debrief.alone), "decision", "decisions"),
        votes=quantity(len(debrief.votes), "vote", "votes"),
        policy=policy.title,
        source=policy.source,
        missed=_missed(debrief),
        own=own_questions(debrief.free),
        lines=_join(_decision(decision) for decision in debrief.decisions) or Markup("<p>Nobody voted.</p>"),
        together=_join(_together_path(path) for path in debrief.together),
        alone=_join(_alone_paths(paths) for paths in debrief.alone),
        for_facilitator=_for_facilitator(debrief),
    )


def bar_chart(tallies: tuple[Tally, ...], prompt: Prompt) -> Markup:
    """An SVG of the tallies of one decision, one group of bars for each option. A label marks the best one too."""
    best, called = prompt.best, "the best option" if prompt.guideline else "the right answer"
    options, group_height = len(tallies[0].counts), LABEL_HEIGHT + len(tallies) * BAR_HEIGHT + GAP
    drawn, descriptions = Markup(""), []
    for number in range(options):
        bars_top = number * group_height + LABEL_HEIGHT
        drawn += Markup('<text x="0" y="{}">{}{}</text>').format(
            bars_top - 5, OPTION_LETTERS[number], f" · {called}" if number == best else ""
        )
        for vote, tally in enumerate(tallies):
            superseded = vote == 0 and len(tallies) > 1
            classes = ("best" if number == best else "other") + (" before" if superseded else "")
            drawn += _bar(classes, bars_top + vote * BAR_HEIGHT, tally.percent(number), tally.counts[number])
        percentages = ", then ".join(f"{tally.percent(number)}%" for tally in tallies)
        descriptions.append(f"{OPTION_LETTERS[number]}{f', {called}' if number == best else ''}: {percentages}")
    return Markup('<svg class="bars" role="img" width="100%" height="{}" aria-label="{}.">{}</svg>').format(
        options * group_height, ". ".join(descriptions), drawn
    )


def _bar(classes: str, top: int, percent: int, count: int) -> Markup:
    return Markup(
        '<rect class="track" x="0" y="{top}" width="{full}%" height="{height}"/>'
        '<rect class="{classes}" x="0" y="{top}" width="{width:.1f}%" height="{height}"/>'
        '<text x="{full}%" dx="8" y="{baseline}">{percent}% ({count})</text>'
    ).format(
        top=top,
        full=FULL_BAR,
        height=BAR_HEIGHT - 2,
        classes=classes,
        width=FULL_BAR * percent / 100,
        baseline=top + BAR_HEIGHT - 4,
        percent=percent,
        count=count,
    )


def _decision(decision: DecisionResult) -> Markup:
    prompt = decision.prompt
    story = (paragraph for passage in prompt.passages[prompt.since :] for paragraph in passage.text.split("\n\n"))
    return Markup('<section class="decision"><h3>{}</h3><div class="story">{}</div>{}<p>{}</p>{}</section>').format(
        decision_title(decision.number, decision.step, prompt),
        _join(Markup("<p>{}</p>").format(paragraph) for paragraph in story if paragraph.strip()),
        bar_chart(decision.tallies, prompt),
        _movement(decision),
        _table(decision),
    )


def _movement(decision: DecisionResult) -> str:
    if decision.movement is None:
        return f"{people_in_words(decision.tallies[0].total)} voted once."
    best, movement, shift = decision.prompt.best, decision.movement, decision.shift
    support = f"{'rose' if shift > 0 else 'fell'} by {abs(shift)} percentage points" if shift else "stayed the same"
    kept = f"{in_words(movement.kept(best)).capitalize()} chose the best option both times. " if movement.total else ""
    return f"{movement_sentence(movement, best)} {kept}Support for the best option {support}."


def _table(decision: DecisionResult) -> Markup:
    votes = ("First", "Second") if len(decision.tallies) > 1 else ("Vote",)
    rows = []
    for number, option in enumerate(decision.prompt.options):
        marks = [f", {option.credit} out of 100"] if option.assessment else []
        marks += ["; the best option"] * (number == decision.prompt.best and option.assessment is not None)
        marks += ["; what the room did"] * (number == decision.choice)
        reason = Markup(' <span class="muted">{}</span>').format(option.reason) if option.reason else ""
        judged = Markup("{}. {}<p>{}{}.{}</p>").format(
            OPTION_LETTERS[number], option.says, option_badge(option), "".join(marks), reason
        )
        rows.append((judged, *(_votes(tally, number) for tally in decision.tallies)))
    return table(("Option, verdict and reason", *votes), rows)


def _votes(tally: Tally, number: int) -> str:
    return f"{tally.counts[number]} ({tally.percent(number)}%)"


def _missed(debrief: RoomDebrief) -> Markup:
    if not debrief.votes:
        return Markup("<p>Nobody voted.</p>")
    if not debrief.judged:
        return Markup("")
    heading = Markup("<h2>Guidelines missed most often</h2>")
    if not debrief.missed:
        return heading + Markup("<p>{}</p>").format(NOTHING_MISSED)
    rows = (
        (
            GUIDELINE_TITLES[each.guideline],
            GUIDELINE_SENTENCES[each.guideline],
            f"{each.missed} of {each.answers} ({each.percent}%)",
        )
        for each in debrief.missed
    )
    return heading + Markup('<div class="asks">{}<p class="muted">{}</p></div>').format(
        table(("Guideline", "What it says", "Missed"), rows), WHAT_COUNTS
    )


def _together_path(path: TogetherPath) -> Markup:
    return Markup(
        "<h2>{}: the room’s path and the best path</h2><p>{} {}</p>"
        '<div class="beside"><div><h3>The room</h3>{}</div><div><h3>The best path</h3>{}</div></div>'
    ).format(
        path.run.scenario.title,
        path.run.scenario.teaches,
        "The room didn’t finish this story."
        if path.grade is None
        else f"The room’s grade was {path.grade} out of 100.",
        path_steps(path.run),
        path_steps(path.best),
    )


def _for_facilitator(debrief: RoomDebrief) -> Markup:
    if not debrief.to_discuss:
        return Markup("")
    return Markup(
        '<section class="facilitator"><h2>For the facilitator only</h2><p>In these decisions, most people chose '
        "something other than the best option. Leave this page out when you hand out the rest.</p>{}</section>"
    ).format(discussion_notes(debrief.to_discuss))


def _alone_paths(paths: AlonePaths) -> Markup:
    partings = _join(_parting(parting) for parting in paths.branch_points)
    return Markup("<h2>{}: {} (each played alone)</h2><p>{} {} {}</p>{}<h3>The best path</h3>{}").format(
        paths.number,
        paths.scenario.title,
        paths.scenario.teaches,
        players_sentence(paths),
        _grades(paths),
        Markup("<p>This is where their paths split:</p>") + partings if partings else agreement(paths),
        path_steps(paths.best),
    )


def _grades(paths: AlonePaths) -> str:
    if not paths.grades:
        return ""
    lowest, highest = paths.grades[0], paths.grades[-1]
    if paths.finished == 1:
        return f"The grade was {lowest} out of 100."
    if lowest == highest:
        return f"Everyone who finished it got {lowest} out of 100."
    return f"Their grades went from {lowest} to {highest} out of 100."


def _parting(moment: PlayedMoment) -> Markup:
    run, prompt = moment.run, moment.prompt
    path = " → ".join(decision.choice.says for decision in run.decisions)
    rows = (
        (
            Markup("{}. {}{}<p>{}</p>").format(
                OPTION_LETTERS[number],
                option.says,
                " (the best choice)" if number == prompt.best else "",
                option_badge(option),
            ),
            _votes(moment.tally, number),
        )
        for number, option in enumerate(prompt.options)
    )
    return Markup(
        '<section class="decision"><h3>{}</h3><p class="muted">{}</p><div class="story"><p>{}</p></div>{}{}</section>'
    ).format(
        run.situation.date(run.situation.now),
        f"After: {path}" if path else "At the first decision",
        prompt.passages[-1].text,
        bar_chart((moment.tally,), prompt),
        table(("Choice", "Chosen by"), rows),
    )


def _join(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)
