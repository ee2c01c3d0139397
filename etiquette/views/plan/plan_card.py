"""HTML for a plan: what to do now, what not to do yet, what comes later, and suggested wording."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from etiquette.judge import Verdict
from etiquette.plan import (
    Application,
    NotYet,
    Plan,
    PlanStep,
    Template,
    date_in_words,
    not_yet_title,
    step_title,
    template,
    templates_for,
)
from etiquette.views.controls import badge
from etiquette.views.plan.week_calendar import week_calendar


def plan_card(plan: Plan, heading: str) -> Markup:
    """The whole plan. `heading` is the `data-id` of the heading, which takes the focus."""
    application = plan.application
    sections = [_section("Now", _hold_back(plan), *(_step(plan, step) for step in plan.now))]
    for title, listed in (("Not yet", plan.not_yet), ("Not at all", plan.not_at_all)):
        if listed:
            items = Markup("").join(_not_yet(plan, each) for each in listed)
            sections.append(_section(title, Markup('<ul class="pp-not-yet">{}</ul>').format(items)))
    if plan.after:
        sections.append(_section("Later", *(_step(plan, step) for step in plan.after)))
    if plan.steps:
        sections.append(_section("And then", _after_the_last_step(plan)))
    if plan.notes:
        notes = Markup("").join(Markup("<li>{}</li>").format(note) for note in plan.notes)
        sections.append(_section("Good to know", Markup("<ul>{}</ul>").format(notes)))
    return Markup(
        '<section class="pp-plan" aria-label="Your plan"><h2 data-id="{heading}" tabindex="-1">Your plan</h2>'
        '<p class="pp-muted">{about}As things stand on {now}.</p>{sections}</section>'
    ).format(
        heading=heading,
        about=_about(application),
        now=date_in_words(plan.at, application.home),
        sections=Markup("").join(sections),
    )


def calendar_card(plan: Plan) -> Markup:
    """What has happened and what is to come, on a calendar."""
    return Markup('<section class="pp-plan">{}</section>').format(_section("On the calendar", week_calendar(plan)))


def step_templates(step: PlanStep) -> list[Template]:
    """The messages for a step, including its alternative."""
    alternative = [template(step.application, step.instead, step.suggested)] if step.instead else []
    return [*templates_for(step.application, step.kind, step.suggested), *alternative]


def plan_sentence(plan: Plan) -> str:
    """The plan in a sentence, for a screen reader."""
    if plan.now:
        return f"Your plan. Now: {', '.join(_title(step) for step in plan.now)}."
    if plan.after:
        step = plan.after[0]
        return f"Your plan. Hold back. Next, {_when(plan.application, step.suggested)}: {_title(step)}."
    return "Your plan. Hold back. There’s nothing left to do."


def problem_card(problems: Sequence[tuple[str, str]], heading: str) -> Markup:
    """What the learner has to correct before there can be a plan: the label of each field, and what is wrong."""
    items = [Markup("<li><b>{}:</b> {}</li>").format(label, sentence) for label, sentence in problems]
    return Markup(
        '<section class="pp-put-right" aria-label="{1}"><h3 data-id="{0}" tabindex="-1">{1}</h3>'
        "<ul>{2}</ul><p>Nothing you typed has been lost.</p></section>"
    ).format(
        heading,
        "One thing to put right" if len(items) == 1 else f"{len(items)} things to put right",
        Markup("").join(items),
    )


def _section(title: str, *content: Markup) -> Markup:
    return Markup("<h3>{}</h3>{}").format(title, Markup("").join(content))


def _about(application: Application) -> Markup:
    names = [Markup("<bdi>{}</bdi>").format(name) for name in (application.job, application.employer) if name]
    return Markup(", ").join(names) + Markup(". ") if names else Markup("")


def _hold_back(plan: Plan) -> Markup:
    """Until when to hold back; empty if there is something to do now."""
    if plan.now:
        return Markup("")
    verdict, until = plan.hold_back_now.verdict, plan.after[0].suggested if plan.after else None
    # A step that is already late can only wait for working hours, so this is no reproach.
    label = badge(verdict) if verdict is Verdict.PATIENT or not until else Markup("")
    title = f"Hold back until {_when(plan.application, until)}" if until else "Hold back"
    return Markup('<div class="pp-card pp-feedback pp-{}"><h4>{} {}</h4><p>{}</p></div>').format(
        verdict if label else Verdict.PATIENT, label, title, plan.why_nothing_now
    )


def _after_the_last_step(plan: Plan) -> Markup:
    return Markup('<p class="pp-judged">{} <b>Hold back</b></p><p>{}</p>').format(
        badge(plan.hold_back_after.verdict), plan.in_the_end
    )


def _step(plan: Plan, step: PlanStep) -> Markup:
    application, verdict = plan.application, step.assessment.verdict
    lines = [Markup("<p><b>{}</b></p>").format(_time_for(plan, step))]
    if plan.at < step.right_from < step.suggested:
        since = _when(application, step.right_from)
        lines.append(Markup('<p class="pp-muted">You can do this from {}.</p>').format(since))
    if step.by:
        lines.append(Markup('<p class="pp-muted">{} {}.</p>').format(step.by_label, _when(application, step.by)))
    lines.append(Markup("<p>{}</p>").format(step.why))
    if step.optional:
        lines.append(Markup("<p>You don’t have to: holding back is just as good.</p>"))
    if step.instead:
        lines.append(
            Markup('<p class="pp-better"><span>If you’d rather not call</span> {} at the same time.</p>').format(
                step_title(step.application, step.instead, step.suggested)
            )
        )
    lines += [_template(step, shown) for shown in step_templates(step)]
    # A step that they are waiting for is advised even if it is late. Its reason says so; a verdict would confuse.
    good = verdict is Verdict.PERSISTENT
    return Markup('<div class="pp-card {}"><h4>{} {}</h4>{}</div>').format(
        f"pp-feedback pp-{verdict}" if good else "",
        badge(verdict) if good else "",
        _title(step),
        Markup("").join(lines),
    )


def _time_for(plan: Plan, step: PlanStep) -> str:
    suggested = _when(plan.application, step.suggested)
    if step not in plan.now:
        return suggested
    if step.suggested == plan.at:
        return "Now"
    return f"Any time between now and {suggested}" if step.by else f"Now, or better still on {suggested}"


def _template(step: PlanStep, shown: Template) -> Markup:
    title = "Suggested wording"
    if shown.kind is not step.kind:
        title = f"{step_title(step.application, shown.kind, step.suggested)}: suggested wording"
    subject = Markup("<b>Subject:</b> {}\n\n").format(shown.subject) if shown.subject else Markup("")
    return Markup('<details><summary>{}</summary><p class="pp-words" dir="auto">{}{}</p></details>').format(
        title, subject, shown.text
    )


def _not_yet(plan: Plan, not_yet: NotYet) -> Markup:
    until = f" not before {_when(plan.application, not_yet.until)}" if not_yet.until else ""
    title = not_yet_title(plan.application, not_yet.kind, plan.at) + (":" if until else "")
    return Markup('<li><p class="pp-judged">{} <b>{}</b>{}</p><p>{}</p></li>').format(
        badge(Verdict.PESKY), title, until, not_yet.why
    )


def _title(step: PlanStep) -> str:
    return step_title(step.application, step.kind, step.suggested)


def _when(application: Application, when: datetime) -> str:
    return date_in_words(when, application.home)
