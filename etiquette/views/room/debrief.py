"""The debrief of a room on the facilitator's control. `report` has the version to print, with every number."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from etiquette.judge import GUIDELINE_TITLES
from etiquette.room import (
    OPTION_LETTERS,
    AlonePaths,
    DecisionResult,
    FreeAnswers,
    PlayedMoment,
    Prompt,
    RoomDebrief,
    decision_title,
)
from etiquette.views.controls import bar, table
from etiquette.views.room.drawing import (
    movement_summary,
    option_badge,
    path_beside_best,
    path_steps,
    quantity,
    story_passages,
    vote_bars,
)
from etiquette.views.room.sentences import agreement_sentence, players_sentence

MOST_SPLITS = 4  # moments of a story played alone; the report has all of them
WHAT_COUNTS = "Each mistake counts for the guideline that it breaks, in people’s last vote."
NOTHING_MISSED = "Nobody broke a guideline in their last vote."


def room_debrief(debrief: RoomDebrief, *, alone_only: bool = False) -> Markup:
    """How the session went or, with `alone_only`, only where the paths of the people who played alone split.

    It says where a question may be at fault, so it is for the facilitator alone.
    """
    paths = Markup("").join(_alone_paths(paths) for paths in debrief.alone)
    if alone_only:
        return Markup('<section class="pp-card pp-debrief"><h3>Where the paths split</h3>{}</section>').format(paths)
    notes = Markup("")
    if debrief.to_discuss:
        notes = Markup('<div class="pp-put-right"><h4>Worth discussing (only you see this)</h4>{}</div>').format(
            discussion_notes(debrief.to_discuss)
        )
    return Markup('<section class="pp-card pp-debrief"><h3>Debrief</h3>{}{}{}{}{}{}</section>').format(
        notes,
        _missed(debrief),
        own_questions(debrief.free),
        Markup("").join(_decision(decision) for decision in debrief.decisions),
        Markup("").join(path_beside_best(path, "The room’s path") for path in debrief.together),
        paths,
    )


def discussion_notes(decisions: Sequence[DecisionResult]) -> Markup:
    """What is worth discussing about each of these decisions, as a list: for the facilitator alone."""
    return Markup("<ul>{}</ul>").format(
        Markup("").join(
            Markup("<li><b>{}.</b> {}</li>").format(
                decision_title(each.number, each.step, each.prompt), discussion_sentence(each)
            )
            for each in decisions
        )
    )


def discussion_sentence(decision: DecisionResult) -> str:
    """What the room chose instead of the best option. Only if people said so does it say that they were sure."""
    assert decision.rival is not None
    chosen, best = OPTION_LETTERS[decision.rival], OPTION_LETTERS[decision.prompt.best]
    preferred = f"The judge prefers {best}" if decision.prompt.guideline else f"You marked {best} as right"
    if not decision.contested:
        return f"Most of the room chose {chosen}. {preferred}. It’s worth talking about."
    return f"Most of the room chose {chosen} and felt fairly sure of it. {preferred}. The question may be at fault."


def own_questions(free: FreeAnswers | None) -> Markup:
    """How many answers to the facilitator's own questions were right; empty if there were none."""
    if free is None:
        return Markup("")
    return Markup("<p>The facilitator’s questions: {} of {} right.</p>").format(
        free.right, quantity(free.answers, "answer was", "answers were")
    )


def _missed(debrief: RoomDebrief) -> Markup:
    if not debrief.votes:
        return Markup("<p>Nobody has voted yet.</p>")
    if not debrief.judged:
        return Markup("")
    heading = Markup("<h4>Guidelines missed most often</h4>")
    if not debrief.missed:
        return heading + Markup("<p>{}</p>").format(NOTHING_MISSED)
    rows = (
        (GUIDELINE_TITLES[each.guideline], bar(each.percent, f"{each.missed} of {each.answers} ({each.percent}%)"))
        for each in debrief.missed
    )
    return heading + table(("Guideline", "Missed"), rows) + Markup('<p class="pp-muted">{}</p>').format(WHAT_COUNTS)


def _decision(decision: DecisionResult) -> Markup:
    prompt = decision.prompt
    return Markup('<h4>{}</h4><details class="pp-earlier"><summary>What was asked</summary>{}</details>{}{}{}').format(
        decision_title(decision.number, decision.step, prompt),
        story_passages(prompt.passages[prompt.since :], 0),
        vote_bars([option.says for option in prompt.options], decision.tallies),
        _best_option(prompt),
        movement_summary(decision.movement, prompt.best),
    )


def _best_option(prompt: Prompt) -> Markup:
    best = OPTION_LETTERS[prompt.best]
    if not prompt.guideline:
        return Markup("<p><b>Right answer: {}</b></p>").format(best)
    return Markup('<p class="pp-judged"><b>Best option: {}</b> {}</p>').format(
        best, option_badge(prompt.options[prompt.best])
    )


def _alone_paths(paths: AlonePaths) -> Markup:
    splits = paths.branch_points
    largest = sorted(splits, key=lambda each: -each.tally.total)[:MOST_SPLITS]
    shown = Markup("").join(_split(each) for each in splits if each in largest)
    if len(splits) > len(largest):
        shown += Markup("<p>The report at the end has all {} points where their paths split.</p>").format(len(splits))
    return Markup("<h4>{}: {}</h4><p>{}</p>{}<h5>The best path</h5>{}").format(
        paths.number,
        paths.scenario.title,
        players_sentence(paths),
        Markup("<p>This is where their paths split:</p>{}").format(shown) if splits else agreement(paths),
        path_steps(paths.best),
    )


def agreement(paths: AlonePaths) -> Markup:
    """That nobody's path split from another's, as a paragraph; empty if there were no two paths."""
    said = agreement_sentence(paths)
    return Markup("<p>{}</p>").format(said) if said else Markup("")


def _split(moment: PlayedMoment) -> Markup:
    prompt, before = moment.prompt, moment.run.decisions
    earlier = Markup('<p class="pp-muted">After: {}</p>').format(" → ".join(made.choice.says for made in before))
    return Markup('<div class="pp-split">{}<p>{}</p>{}{}</div>').format(
        earlier if before else "",
        prompt.passages[-1].text,
        vote_bars([option.says for option in prompt.options], (moment.tally,)),
        _best_option(prompt),
    )
