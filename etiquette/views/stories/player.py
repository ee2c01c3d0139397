"""Plays one scenario: where you stand, the story, the choices, the feedback, the debrief."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Literal

from ipywidgets import HTML, HBox, VBox
from markupsafe import Markup

from etiquette.judge import ARTICLE, Policy
from etiquette.stories import HIGHEST_STANDING, MOST_CHOICES, Exploration, Run, Scenario, library
from etiquette.views.controls import Announcer, Notice, button, call_soon, feedback, style, timeline
from etiquette.views.stories.debrief import debrief
from etiquette.views.stories.meter import meter
from etiquette.views.stories.passages import story, title


class Player(VBox):
    """One scenario, played to its end and as often as one likes.

    `run` is the run so far; everything on screen is drawn from it. `attempt` counts from 0 and sets the
    order in which the choices stand. `on_step` is called after each choice, `on_end` is told the grade, both before
    what follows from it is shown; with `on_next`, the debrief leads on to another scenario. On a page that has an
    `attendant` already, the player shares it.
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
        self.showing: Literal["moment", "feedback", "debrief"] = "moment"
        self.notice = Notice()
        self.announcer = announcer or Announcer()
        self.heading = HTML()
        self.meter = HTML()
        self.board = HTML()
        self.card = HTML()
        self.choices = VBox(
            [button(self.notice, partial(self._choose, place), "pp-choice") for place in range(MOST_CHOICES)]
        )
        self.choices.add_class("pp-choices")
        self.onward = button(self.notice, self._go_on, "pp-primary", description="Go on")
        self.again = button(self.notice, self.play_again, "pp-primary", description="Play again, in another order")
        self.leave = HBox([self.again])
        self.leave.add_class("pp-leave")
        if on_next:
            self.leave.children += (button(self.notice, on_next, "pp-secondary", description="Next scenario"),)
        own = () if announcer else (self.announcer,)
        super().__init__(
            [self.heading, self.meter, self.board, self.choices, self.card, self.onward, self.leave, self.notice, *own]
        )
        self.add_class("pp-player")
        self.play(scenario, attempt)

    def play(self, scenario: Scenario, attempt: int = 0) -> None:
        """Begin this scenario."""
        self.go_on_from(Run.start(scenario, self.policy), attempt)

    def go_on_from(self, run: Run, attempt: int = 0) -> None:
        """Go on after the steps of this run."""
        self.scenario, self.attempt, self.run, self.grade = run.scenario, attempt, run, 0
        if run.over:
            self._draw_debrief()
        else:
            self._draw_moment()

    def play_again(self) -> None:
        """Begin the same scenario again, with the choices in another order."""
        if self.showing != "debrief":
            return
        self.play(self.scenario, self.attempt + 1)
        self.take_focus()

    def take_focus(self) -> None:
        """Take the keyboard to the story, and a screen reader to where the learner stands."""
        self._take_focus("story", show="board", say=f"Standing {self.run.standing} of {HIGHEST_STANDING}.")

    @property
    def order(self) -> list[int]:
        """The numbers of the present choices in the order in which they stand on screen."""
        moment = self.run.moment
        if moment is None:
            return []
        numbers = list(range(len(moment.choices)))
        random.Random(f"{self.scenario.id} {moment.id} {self.attempt}").shuffle(numbers)
        return numbers

    def _choose(self, place: int) -> None:
        if self.showing != "moment" or place >= len(self.answers):
            return  # the second tap of two, already on its way
        self.run, card = self.answers[place]
        self.on_step()  # first, so that what is on screen has been kept
        self.card.value = card
        self.showing = "feedback"
        call_soon(self._draw_the_rest)

    def _draw_the_rest(self) -> None:
        """What changes with the feedback, once the card itself is on its way."""
        step = self.run.steps[-1]
        self.choices.layout.display = "none"
        self.onward.layout.display = ""
        self.meter.value = meter(replace(self.run, standing=step.standing))
        self._take_focus("feedback", say=f"{step.assessment.verdict.capitalize()}, credit {step.assessment.credit}.")

    def _answer(self, number: int) -> tuple[Run, Markup]:
        """What follows a choice. It is worked out beforehand, while the learner reads, so that a click is quick."""
        run = self.run.choose(number)
        return run, feedback(run.steps[-1], self.run.standing, self.policy, self._id("feedback"))

    def _go_on(self) -> None:
        if self.showing != "feedback":
            return
        if self.run.over:
            self._draw_debrief()
            self._take_focus("debrief", say=f"The story is over. Your grade is {self.grade} of 100.")
        else:
            self._draw_moment()
            self.take_focus()

    def _draw_moment(self) -> None:
        self._draw_board(story(self.run, self._id("story")))
        self.card.value = ""
        moment = self.run.moment
        says = [moment.choices[number].says for number in self.order] if moment else []
        for place, shown in enumerate(self.choices.children):
            shown.description = says[place] if place < len(says) else ""
            shown.layout.display = "" if place < len(says) else "none"
        self.choices.layout.display = ""
        self.onward.layout.display = "none"
        self.leave.layout.display = "none"
        self.answers = [self._answer(number) for number in self.order]
        self.showing = "moment"

    def _draw_debrief(self) -> None:
        exploration = Exploration(self.scenario, self.policy)
        self.grade = exploration.grade(self.run)
        self.on_end(self.grade)  # first, so that what is on screen has been kept
        self._draw_board("")
        self.card.value = debrief(self.run, exploration, self._id("debrief"))
        self.onward.layout.display = "none"
        self.leave.layout.display = ""
        self.showing = "debrief"

    def _draw_board(self, told: str) -> None:
        self.heading.value = title(self.scenario, self._id("board"))
        self.meter.value = meter(self.run)
        self.board.value = timeline(self.run.situation) + told

    def _take_focus(self, focus: str, show: str = "", say: str = "") -> None:
        self.announcer.move_focus(focus=self._id(focus), show=self._id(show or focus), say=say)

    def _id(self, part: str) -> str:
        return f"pp-{part}-{self.model_id}"


def play(name: str, policy: Policy = ARTICLE) -> VBox:
    """One scenario of the shipped library, to be played in a notebook cell.

    Raises:
        KeyError: the library has no scenario with this id.
    """
    shown = VBox([style(), Player(library()[name], policy)])
    shown.add_class("pp")
    return shown
