"""The answer of My follow-up: what to do now, what not to do yet, what comes after, and words to start from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from etiquette.judge import Kind
from etiquette.plan import (
    STEP_TITLES,
    Application,
    NotYet,
    Plan,
    PlanStep,
    Template,
    in_both_zones,
    template,
    templates_for,
)
from etiquette.views.controls import badge
from etiquette.views.plan.weeks import weeks


def answer(planned: Plan, heading: str) -> Markup:
    """The whole of a plan. `heading` is the id that takes the focus."""
    application = planned.application
    parts = [_part("Now", _now(planned), _steps(application, planned.now))]
    if planned.not_yet:
        items = [_not_yet(application, each) for each in planned.not_yet]
        parts.append(_part("Not yet", Markup('<ul class="pp-not-yet">{}</ul>').format(Markup("").join(items))))
    if planned.after:
        parts.append(_part("After that", _steps(application, planned.after)))
    if planned.steps:
        parts.append(_part("And then", _rest(planned)))
    parts.append(_part("On the calendar", weeks(planned)))
    return Markup(
        '<section class="pp-plan" aria-labelledby="{heading}"><h2 id="{heading}" tabindex="-1">Your plan</h2>'
        '<p class="pp-muted">{about}As things stand on {now}.</p>{parts}</section>'
    ).format(
        heading=heading,
        about=_about(application),
        now=in_both_zones(planned.at, application.home),
        parts=Markup("").join(parts),
    )


def said(planned: Plan) -> str:
    """The plan in a sentence, for a screen reader."""
    if planned.now:
        return f"Your plan. Now: {', '.join(STEP_TITLES[step.kind] for step in planned.now)}."
    if planned.after:
        step = planned.after[0]
        return f"Your plan. Hold back. Next, {_when(planned.application, step.suggested)}: {STEP_TITLES[step.kind]}."
    return "Your plan. Hold back; nothing is left to be done."


def wrong(found: Sequence[tuple[str, str]], heading: str) -> Markup:
    """What has to be put right first, as a list of fields with their sentences."""
    items = [Markup("<li><b>{}:</b> {}</li>").format(label, sentence) for label, sentence in found]
    return Markup(
        '<section class="pp-put-right" aria-labelledby="{0}"><h3 id="{0}" tabindex="-1">{1}</h3>'
        "<ul>{2}</ul><p>Nothing you typed is lost.</p></section>"
    ).format(
        heading,
        "One thing to put right" if len(items) == 1 else f"{len(items)} things to put right",
        Markup("").join(items),
    )


def _part(title: str, *content: Markup) -> Markup:
    return Markup("<h3>{}</h3>{}").format(title, Markup("").join(content))


def _about(application: Application) -> Markup:
    named = [Markup("<bdi>{}</bdi>").format(name) for name in (application.job, application.employer) if name]
    return Markup(", ").join(named) + Markup(". ") if named else Markup("")


def _now(planned: Plan) -> Markup:
    """That there is nothing to do, where there is nothing."""
    if planned.now:
        return Markup("")
    waiting, until = planned.hold_back_now, planned.after[0].suggested if planned.after else None
    title = f"Hold back until {_when(planned.application, until)}" if until else "Hold back"
    return Markup('<div class="pp-card pp-feedback pp-{}"><h4>{} {}</h4><p>{}</p></div>').format(
        waiting.verdict, badge(waiting.verdict), title, waiting.reason
    )


def _rest(planned: Plan) -> Markup:
    return Markup('<p class="pp-judged">{} <b>Leave it with them</b></p><p>A day after your last step: {}</p>').format(
        badge(planned.hold_back_after.verdict), planned.hold_back_after.reason
    )


def _steps(application: Application, steps: Sequence[PlanStep]) -> Markup:
    return Markup("").join(_step(application, step) for step in steps)


def _step(application: Application, step: PlanStep) -> Markup:
    when = Markup("<p><b>{}</b></p>").format(_when(application, step.suggested))
    if step.right_from < step.suggested:
        when += Markup('<p class="pp-muted">Right from {}.</p>').format(_when(application, step.right_from))
    drafts = list(templates_for(application, step.kind))
    instead = Markup("")
    if step.instead:
        drafts.append(template(application, step.instead))
        instead = Markup('<p class="pp-better"><span>If you would rather not</span> {}, at the same time.</p>').format(
            STEP_TITLES[step.instead]
        )
    verdict = step.assessment.verdict
    return Markup('<div class="pp-card pp-feedback pp-{}"><h4>{} {}</h4>{}<p>{}</p>{}{}</div>').format(
        verdict,
        badge(verdict),
        STEP_TITLES[step.kind],
        when,
        step.why,
        instead,
        Markup("").join(_draft(each, step.kind) for each in drafts),
    )


def _draft(words: Template, kind: Kind) -> Markup:
    title = "Words to start from" if words.kind is kind else f"{STEP_TITLES[words.kind]}: words to start from"
    subject = Markup("<b>Subject:</b> {}\n\n").format(words.subject) if words.subject else Markup("")
    return Markup('<details><summary>{}</summary><p class="pp-words" dir="auto">{}{}</p></details>').format(
        title, subject, words.text
    )


def _not_yet(application: Application, each: NotYet) -> Markup:
    until = f"not before {_when(application, each.until)}" if each.until else "not again"
    return Markup('<li><p class="pp-judged">{} <b>{}:</b> {}</p><p>{}</p></li>').format(
        badge(each.finding.verdict), STEP_TITLES[each.kind], until, each.why
    )


def _when(application: Application, when: datetime) -> str:
    return in_both_zones(when, application.home)
