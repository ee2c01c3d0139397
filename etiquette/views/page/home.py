"""Where a visit begins: a welcome for somebody new, and for everybody else where to go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from ipywidgets import HTML
from markupsafe import Markup

from etiquette.practice import Activity, NextStep, Progress, QuizPoint, StoryPoint
from etiquette.stories import Scenario
from etiquette.views.controls import Announcer, Notice, View, button, verdict_table
from etiquette.views.page.next_step import Offer, kind_phrase, offer_in_words

WELCOME = Markup(
    '<h2 class="pp-title" data-id="{}" tabindex="-1">Welcome</h2><p>Somebody has just had a job interview. You decide '
    "whether they write, call or wait, and you find out at once how well you judged it.</p>"
)
VERDICTS = Markup("<h3>Each choice gets one of four verdicts</h3>{}").format(verdict_table())
RETURN = Markup(
    '<h2 class="pp-title" data-id="{}" tabindex="-1">Welcome back</h2><p class="pp-next"><span>Next</span> {}</p>'
)


class Home(View):
    """Offers what is unfinished or, if nothing is, the next step. `on_go` is called with one of them, to open it."""

    def __init__(
        self,
        scenarios: Mapping[str, Scenario],
        lessons: Mapping[str, str],
        announcer: Announcer,
        on_go: Callable[[Offer], None],
    ) -> None:
        self.scenarios, self.lessons, self.announcer = scenarios, lessons, announcer
        self.offer: Offer = NextStep(Activity.REST)
        notice = Notice()
        self.top, self.below = HTML(), HTML()
        self.go = button(notice, lambda: on_go(self.offer), "pp-primary")
        super().__init__([self.top, self.go, self.below, notice], "pp-home")

    def draw(self, progress: Progress, now: datetime, unfinished: StoryPoint | QuizPoint | None) -> None:
        """Draw what this learner is offered now."""
        heading = self.element_id("home")
        if progress.records or unfinished:
            self.offer = unfinished or progress.next_step(now, self.scenarios, tuple(self.lessons))
            sentence, self.go.description = offer_in_words(self.offer, progress, now)
            self.top.value = RETURN.format(heading, sentence)
            self.below.value = _so_far(progress, now, self.scenarios)
            self.add_class("pp-returning")
        else:
            first = self.scenarios[progress.next_story(self.scenarios)]
            self.offer = NextStep(Activity.PLAY, first.id)
            self.top.value = WELCOME.format(heading)
            self.go.description = f"Start with a story: “{first.title}”, {first.minutes} minutes"
            self.below.value = VERDICTS
        self.go.layout.display = "" if self.go.description else "none"

    def take_focus(self) -> None:
        """Move the focus to the heading."""
        self.focus_on("home", "The start of the course.")


def _so_far(progress: Progress, now: datetime, scenarios: Mapping[str, Scenario]) -> Markup:
    """What is due for review, and how much has been played."""
    due = Markup("").join(Markup("<li>{}</li>").format(kind_phrase(review.topic)) for review in progress.due(now))
    played = len(progress.best.keys() & scenarios.keys())
    return (Markup("<h3>Due for review</h3><ul>{}</ul>").format(due) if due else Markup("")) + Markup(
        '<p class="pp-muted">You have played {} of {} stories. <a href="#practise/review">See all your progress</a></p>'
    ).format(played, len(scenarios))
