"""The boundary of a guideline, drawn to scale: move the time, and see the verdict and the credit change."""

from __future__ import annotations

from functools import partial

from ipywidgets import HTML, HBox
from markupsafe import Markup

from etiquette.judge import AT_THE_INTERVIEW, BOUNDARIES, Boundary, Policy, duration, verdict_segments
from etiquette.views.controls import VERDICT_MEANINGS, Announcer, Notice, Slider, View, badge, button, environment

HEIGHT, TOP = 150, 16  # of the chart, in pixels
BOTTOM = TOP + HEIGHT
LEFT, WIDTH = 3.0, 94.0  # of the chart, in percent
NARROWEST_LABELLED = 14  # percent: a verdict is named only if it holds for longer than this


class BoundaryView(View):
    """An interactive chart of a boundary. `slide.value` is the position, counted in steps of the boundary."""

    def __init__(self, boundary: Boundary, policy: Policy) -> None:
        self.boundary, self.policy = boundary, policy
        self.notice, self.announcer, self.picture, self.card = Notice(), Announcer(), HTML(), HTML()
        self.background = _background(boundary, policy)
        self.slide = Slider(most=boundary.steps, says=f"Time {boundary.since_label}")
        self.earlier = button(self.notice, partial(self._move, -1), "pp-secondary", description="← Earlier")
        self.later = button(self.notice, partial(self._move, 1), "pp-secondary", description="Later →")
        move_buttons = HBox([self.earlier, self.later]).add_class("pp-leave")
        task = HTML(Markup('<p class="pp-next"><span>Try it</span> {}</p>').format(boundary.question))
        parts = (task, self.picture, self.slide, move_buttons, self.card, self.notice)
        super().__init__(parts, "pp-boundary", root=True)
        self.slide.observe(lambda _: self._draw(), "value")
        self._draw()

    def _move(self, by: int) -> None:
        self.slide.value = min(self.boundary.steps, max(0, self.slide.value + by))

    def _draw(self) -> None:
        position = min(self.boundary.steps, max(0, self.slide.value))
        assessment = self.boundary.assess(position, self.policy)
        elapsed = _time_in_words(self.boundary, position)
        self.slide.means = f"{elapsed}: {assessment.verdict}, credit {assessment.credit}"
        here = Markup(
            '<g class="pp-here"><line x1="{0:.2f}%" x2="{0:.2f}%" y1="{1}" y2="{2}"/></g>'
            '<circle class="pp-here" cx="{0:.2f}%" cy="{3:.1f}" r="6"/>'
        ).format(_x(self.boundary, position), TOP - 6, BOTTOM, _y(assessment.credit))
        self.picture.value = self.background.format(here=here)
        self.card.value = Markup(
            '<section class="pp-card pp-feedback pp-{0}" aria-label="Judged {1} {2}"><h3>{1}</h3>'
            '<p class="pp-judged">{3} <span class="pp-means">{4}</span></p>'
            '<p class="pp-credit"><b>{5}</b> out of 100 credit</p><p class="pp-reason">{6}</p></section>'
        ).format(
            assessment.verdict,
            elapsed.capitalize(),
            self.boundary.since_label,
            badge(assessment.verdict),
            VERDICT_MEANINGS[assessment.verdict],
            assessment.credit,
            assessment.reason,
        )


def _x(boundary: Boundary, position: float) -> float:
    return LEFT + WIDTH * position / boundary.steps


def _y(credit: float) -> float:
    return TOP + HEIGHT * (1 - credit / 100)


def _time_in_words(boundary: Boundary, position: int) -> str:
    return duration(boundary.time_at(position)) if position else "at once"


def _background(boundary: Boundary, policy: Policy) -> Markup:
    """A bar for the credit at each step, the verdicts by colour and by name, and a scale; `{here}` is left open."""
    bars: list[Markup] = []
    descriptions: list[str] = []
    step_width = WIDTH / boundary.steps
    for stretch in verdict_segments(boundary, policy):
        for position, credit in enumerate(stretch.credits, start=stretch.first):
            bars.append(
                Markup('<rect class="pp-{}" x="{:.2f}%" y="{:.1f}" width="{:.2f}%" height="{:.1f}"/>').format(
                    stretch.verdict,
                    _x(boundary, position) - step_width / 2,
                    _y(credit) - 2,
                    step_width,
                    HEIGHT * credit / 100 + 2,
                )
            )
        begins, ends = _time_in_words(boundary, stretch.first), _time_in_words(boundary, stretch.last)
        descriptions.append(
            f"{stretch.verdict} from {begins} to {ends}, credit {stretch.credits[0]} to {stretch.credits[-1]}"
        )
        if len(stretch.credits) * step_width > NARROWEST_LABELLED:
            bars.append(
                Markup('<text class="pp-{0}" x="{1:.2f}%" y="{2}" text-anchor="middle">{0}</text>').format(
                    stretch.verdict, _x(boundary, (stretch.first + stretch.last) / 2), BOTTOM + 40
                )
            )
    return Markup(
        '<svg class="pp-scale" role="img" aria-label="Credit over time: {}." width="100%" height="{}">'
        "{}{}{{here}}</svg>"
    ).format("; ".join(descriptions), BOTTOM + 48, Markup("").join(bars), _scale(boundary))


def _scale(boundary: Boundary) -> Markup:
    """The line below the bars, with a tick at each mark of the boundary and the time at every second one."""
    tick = Markup('<line class="pp-tick" x1="{0:.2f}%" x2="{0:.2f}%" y1="{1}" y2="{2}"/>')
    label = Markup('<text class="pp-muted" x="{:.2f}%" y="{}" text-anchor="middle">{}</text>')
    drawn = Markup('<line class="pp-track" x1="{0}%" x2="{1}%" y1="{2}" y2="{2}"/>').format(LEFT, LEFT + WIDTH, BOTTOM)
    for number in range(int(boundary.time_at(boundary.steps) / boundary.tick) + 1):
        at = boundary.tick * number
        x = _x(boundary, at / boundary.step)
        drawn += tick.format(x, BOTTOM, BOTTOM + 6)
        if number % 2 == 0:
            amount = at // boundary.tick if boundary.tick.days else int(at.total_seconds() // 3600)
            since = f"{amount} {'d' if boundary.tick.days else 'h'}" if at > AT_THE_INTERVIEW else "0"
            drawn += label.format(x, BOTTOM + 20, since)
    return drawn


def boundary(guideline: str, policy: Policy | None = None) -> BoundaryView:
    """The boundary of a guideline, for a notebook cell.

    Raises:
        KeyError: it has none; `etiquette.judge.BOUNDARIES` has those that exist.
    """
    return BoundaryView(BOUNDARIES[guideline], policy or environment().policy)
