"""The player of one story: standing, story, choices, feedback and debrief."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Literal

from ipywidgets import HTML, HBox, VBox
from ipywidgets.widgets.widget_button import ButtonStyle
from ipywidgets.widgets.widget_string import HTMLStyle
from markupsafe import Markup

from etiquette.judge import ARTICLE, Policy
from etiquette.stories import HIGHEST_STANDING, MOST_CHOICES, Moment, Run, Scenario, best_path, library
from etiquette.views.controls import (
    Announcer,
    Looks,
    Notice,
    View,
    button,
    environment,
    feedback,
    show_labels,
    styled,
    timeline,
)
from etiquette.views.stories.debrief import debrief
from etiquette.views.stories.meter import meter
from etiquette.views.stories.passages import story, title


class Player(View):
    """Plays one story to its end, as often as the learner likes.

    Everything on screen is drawn from `run`, the run so far. `attempt` counts from 0 and decides the order of the
    choices. `on_step` is called after each choice, when its feedback has been read, and when the learner starts again,
    and `on_end` with the grade, all before the result is shown. With `on_next`, the debrief has a button for the next
    story. A page that already has an `announcer` shares it.
    """

    def __init__(
        self,
        scenario: Scenario,
        policy: Policy = ARTICLE,
        attempt: int = 0,
        on_end: Callable[[int], None] = lambda grade: None,
        on_next: Callable[[], None] | None = None,
        on_step: Callable[[], None] = lambda: None,
        announcer: Announcer | None = None,
    ) -> None:
        self.policy, self.on_step, self.on_end = policy, on_step, on_end
        self.environment = environment()
        self.outcomes: list[tuple[Run, Markup]] = []  # of each choice, in the order on screen
        self.showing: Literal["moment", "feedback", "debrief"] = "moment"
        self.notice = Notice()
        self.announcer = announcer or Announcer()
        # Every widget is made for each visitor and sent to their page. To have fewer, they share their styles.
        texts, buttons = {"style": HTMLStyle()}, ButtonStyle()
        self.heading, self.meter, self.board, self.card = HTML(**texts), HTML(**texts), HTML(**texts), HTML(**texts)
        choices = [
            button(self.notice, partial(self._choose, number), "pp-choice", looks=Looks(buttons))
            for number in range(MOST_CHOICES)
        ]
        self.choices = VBox(choices).add_class("pp-choices")
        self.onward = button(self.notice, self._go_on, "pp-primary", description="Go on", looks=Looks(buttons))
        self.again = button(self.notice, self.play_again, "pp-secondary", looks=Looks(buttons))
        self.next = on_next and button(self.notice, on_next, "pp-primary", description="Next story")
        self.end_actions = HBox([self.next, self.again] if self.next else [self.again]).add_class("pp-leave")
        own = () if announcer else (self.announcer,)
        parts = (self.heading, self.meter, self.board, self.choices, self.card, self.onward, self.end_actions)
        super().__init__([*parts, self.notice, *own])
        self.add_class("pp-player")
        self.play(scenario, attempt)

    def play(self, scenario: Scenario, attempt: int = 0) -> None:
        """Start this story."""
        self.resume(Run.start(scenario, self.policy), attempt)

    def resume(self, run: Run, attempt: int = 0, *, unread: bool = False) -> None:
        """Continue this run, with the feedback on its last choice if that is still `unread`."""
        if unread and run.decisions:
            before = Run.start(run.scenario, run.policy)
            for number in run.choices[:-1]:
                before = before.choose(number)
            self.resume(before, attempt)
            self._choose([after for after, _ in self.outcomes].index(run))
            return
        self.scenario, self.attempt, self.run, self.grade = run.scenario, attempt, run, 0
        if run.moment:
            self._draw_moment(run.moment)
        else:
            self._draw_debrief()

    def play_again(self) -> None:
        """Start the same story again; after its end, with the choices in another order."""
        self.play(self.scenario, self.attempt + self.run.over)
        self.on_step()
        self.take_focus()

    def take_focus(self) -> None:
        """Move the focus to the story, and announce the standing."""
        self.focus_on("story", show="board", say=f"Standing {self.run.standing} out of {HIGHEST_STANDING}.")

    def _choose(self, position: int) -> None:
        if self.showing != "moment" or position >= len(self.outcomes):
            return  # a second tap, sent before the choices were hidden
        self.run, card = self.outcomes[position]
        self.showing = "feedback"
        self.on_step()  # before the card is shown, so that what the learner sees has been kept
        self.card.value = card
        self.environment.call_soon(self._draw_feedback)

    def _draw_feedback(self) -> None:
        """Draw what changes around the feedback card, once the card itself has been sent."""
        decision = self.run.decisions[-1]
        verdict, credit = decision.assessment.verdict, decision.assessment.credit
        self.choices.layout.display = "none"
        self.onward.layout.display = ""
        self._offer("Start this story again", ended=False)
        self.meter.value = meter(replace(self.run, standing=decision.standing))
        self.focus_on("feedback", say=f"{verdict.capitalize()}, credit {credit}.")

    def _outcome(self, number: int) -> tuple[Run, Markup]:
        """The run after a choice, and its feedback. Computed while the learner reads, so that clicks are fast."""
        run = self.run.choose(number)
        return run, feedback(run.decisions[-1], self.run.standing, self.policy, self.element_id("feedback"))

    def _go_on(self) -> None:
        if self.showing != "feedback":
            return
        self.resume(self.run, self.attempt)
        self.on_step()
        if self.run.over:
            self.focus_on("debrief", say=f"The story is over. Your grade is {self.grade} out of 100.")
        else:
            self.take_focus()

    def _draw_moment(self, moment: Moment) -> None:
        self._draw_board(story(self.run, self.element_id("story")))
        self.card.value = ""
        order = list(range(len(moment.choices)))
        random.Random(f"{self.scenario.id} {moment.id} {self.attempt}").shuffle(order)
        show_labels(self.choices.children, [moment.choices[number].says for number in order])
        self.choices.layout.display = ""
        self.onward.layout.display = "none"
        self._offer("Start this story again" if self.run.decisions else "", ended=False)
        self.outcomes = [self._outcome(number) for number in order]
        self.showing = "moment"

    def _draw_debrief(self) -> None:
        best = best_path(self.scenario, self.policy)
        self.grade = best.grade(self.run)
        self.on_end(self.grade)  # before the debrief is shown, so that what the learner sees has been kept
        self._draw_board(Markup(""))
        self.card.value = debrief(self.run, best, self.element_id("debrief"))
        self.onward.layout.display = "none"
        self._offer("Play again, in a different order", ended=True)
        self.showing = "debrief"

    def _offer(self, again: str, *, ended: bool) -> None:
        """Show the button that starts again, if it has a label; at the end, the one for the next story too."""
        self.again.description = again
        self.end_actions.layout.display = "" if again else "none"
        if self.next:
            self.next.layout.display = "" if ended else "none"

    def _draw_board(self, passages: Markup) -> None:
        self.heading.value = title(self.scenario, self.element_id("board"))
        self.meter.value = meter(self.run)
        self.board.value = passages + timeline(self.run.situation)


def play(name: str, policy: Policy | None = None) -> VBox:
    """A player for one story of the shipped library, for a notebook cell.

    Raises:
        KeyError: the library has no scenario with this id.
    """
    return styled(Player(library()[name], policy or environment().policy))
