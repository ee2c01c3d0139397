"""The boundary of a guideline, drawn to scale: move the time, and see verdict and credit change."""

from __future__ import annotations

from functools import partial

from ipywidgets import HTML, HBox, VBox
from markupsafe import Markup

from etiquette.judge import ARTICLE, AT_THE_INTERVIEW, BOUNDARIES, Boundary, Policy, duration, verdict_segments
from etiquette.views.controls import VERDICT_MEANINGS, Notice, Slider, badge, button, style

HEIGHT, TOP, LEFT, WIDTH = 150, 16, 3.0, 94.0


class BoundaryView(VBox):
    """A boundary to look at; `slide.value` is the place on it."""

    def __init__(self, boundary: Boundary, policy: Policy = ARTICLE) -> None:
        self.boundary, self.policy = boundary, policy
        self.notice, self.picture, self.card = Notice(), HTML(), HTML()
        self.background = _background(boundary, policy)
        self.slide = Slider(most=boundary.steps, says=f"Time {boundary.since_label}")
        self.earlier = button(self.notice, partial(self._move, -1), "pp-secondary", description="← Earlier")
        self.later = button(self.notice, partial(self._move, 1), "pp-secondary", description="Later →")
        moves = HBox([self.earlier, self.later])
        moves.add_class("pp-leave")
        asks = HTML(Markup('<p class="pp-next"><span>Try it</span> {}</p>').format(boundary.question))
        super().__init__([style(), asks, self.picture, self.slide, moves, self.card, self.notice])
        self.add_class("pp")
        self.add_class("pp-boundary")
        self.slide.observe(lambda _: self._draw(), "value")
        self._draw()

    def _move(self, by: int) -> None:
        self.slide.value = min(self.boundary.steps, max(0, self.slide.value + by))

    def _draw(self) -> None:
        place = min(self.boundary.steps, max(0, self.slide.value))
        assessment = self.boundary.assess(place, self.policy)
        passed = _said(self.boundary, place)
        self.slide.means = f"{passed}: {assessment.verdict}, credit {assessment.credit}"
        self.picture.value = self.background.format(
            here=Markup('<g class="pp-here"><line x1="{0:.2f}%" x2="{0:.2f}%" y1="{1}" y2="{2}"/></g>').format(
                _x(self.boundary, place), TOP - 6, TOP + HEIGHT
            )
            + Markup('<circle class="pp-here" cx="{:.2f}%" cy="{:.1f}" r="6"/>').format(
                _x(self.boundary, place), _y(assessment.credit)
            )
        )
        self.card.value = Markup(
            '<section class="pp-card pp-feedback pp-{0}" aria-label="Judged {1} {2}"><h3>{1}</h3>'
            '<p class="pp-judged">{3} <span class="pp-means">{4}</span></p>'
            '<p class="pp-credit"><b>{5}</b> of 100 credit</p><p class="pp-reason">{6}</p></section>'
        ).format(
            assessment.verdict,
            passed.capitalize(),
            self.boundary.since_label,
            badge(assessment.verdict),
            VERDICT_MEANINGS[assessment.verdict],
            assessment.credit,
            assessment.reason,
        )


def _x(boundary: Boundary, place: float) -> float:
    return LEFT + WIDTH * place / boundary.steps


def _y(credit: float) -> float:
    return TOP + HEIGHT * (1 - credit / 100)


def _said(boundary: Boundary, place: int) -> str:
    return duration(boundary.time_at(place)) if place else "at once"


def _background(boundary: Boundary, policy: Policy) -> Markup:
    """The credit of every place as a bar as wide as its step, the verdicts by colour and by name, and a scale."""
    bars: list[Markup] = []
    words: list[str] = []
    wide = WIDTH / boundary.steps
    for stretch in verdict_segments(boundary, policy):
        for place, credit in enumerate(stretch.credits, start=stretch.first):
            bars.append(
                Markup('<rect class="pp-{}" x="{:.2f}%" y="{:.1f}" width="{:.2f}%" height="{:.1f}"/>').format(
                    stretch.verdict, _x(boundary, place) - wide / 2, _y(credit) - 2, wide, HEIGHT * credit / 100 + 2
                )
            )
        begins, ends = _said(boundary, stretch.first), _said(boundary, stretch.last)
        words.append(f"{stretch.verdict} from {begins} to {ends}, credit {stretch.credits[0]} to {stretch.credits[-1]}")
        middle = (stretch.first + stretch.last) / 2
        if len(stretch.credits) * wide > 14:
            bars.append(
                Markup('<text class="pp-{0}" x="{1:.2f}%" y="{2}" text-anchor="middle">{0}</text>').format(
                    stretch.verdict, _x(boundary, middle), TOP + HEIGHT + 40
                )
            )
    return Markup(
        '<svg class="pp-scale" role="img" aria-label="{}" width="100%" height="{}">{}{}{{here}}</svg>'
    ).format("Credit over time: " + "; ".join(words) + ".", TOP + HEIGHT + 48, Markup("").join(bars), _scale(boundary))


def _scale(boundary: Boundary) -> Markup:
    """The line under the bars, with a tick at each mark and the time at every other."""
    drawn = [
        Markup('<line class="pp-track" x1="{0}%" x2="{1}%" y1="{2}" y2="{2}"/>').format(
            LEFT, LEFT + WIDTH, TOP + HEIGHT
        )
    ]
    marks = int(boundary.time_at(boundary.steps) / boundary.tick)
    for number in range(marks + 1):
        at = boundary.tick * number
        x = _x(boundary, at / boundary.step)
        drawn.append(
            Markup('<line class="pp-tick" x1="{0:.2f}%" x2="{0:.2f}%" y1="{1}" y2="{2}"/>').format(
                x, TOP + HEIGHT, TOP + HEIGHT + 6
            )
        )
        if number % 2 == 0:
            hours = at // boundary.tick if boundary.tick.days else int(at.total_seconds() // 3600)
            label = f"{hours} {'d' if boundary.tick.days else 'h'}" if at > AT_THE_INTERVIEW else "0"
            drawn.append(
                Markup('<text class="pp-muted" x="{:.2f}%" y="{}" text-anchor="middle">{}</text>').format(
                    x, TOP + HEIGHT + 20, label
                )
            )
    return Markup("").join(drawn)


def boundary(guideline: str, policy: Policy = ARTICLE) -> BoundaryView:
    """The boundary of a guideline, for a notebook cell.

    Raises:
        KeyError: it has none; those that have are in `etiquette.boundary.BOUNDARIES`.
    """
    return BoundaryView(BOUNDARIES[guideline], policy)
