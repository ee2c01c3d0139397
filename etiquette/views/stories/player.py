"""The player of one story: standing, story, choices, feedback and debrief."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Literal

from ipywidgets import HTML, HBox
from ipywidgets.widgets.widget_button import ButtonStyle
from ipywidgets.widgets.widget_string import HTMLStyle
from markupsafe import Markup

from etiquette.judge import Policy
from etiquette.practice import (
    StoryPoint,
    resume_point_from_json,
    resume_point_to_json,
    story_item,
    time_of_resume_point,
)
from etiquette.stories import HIGHEST_STANDING, Moment, Run, RunError, Scenario, best_path, library
from etiquette.views.controls import (
    Announcer,
    ButtonGroup,
    GroupButton,
    Looks,
    Notice,
    ProgressStore,
    View,
    button,
    environment,
    feedback,
    timeline,
    utc_now,
)
from etiquette.views.stories.debrief import debrief
from etiquette.views.stories.meter import meter
from etiquette.views.stories.passages import story, title

MOVED_ON = "The story had already moved on, so that choice wasn’t taken. This is where you are now."


class Player(View):
    """Plays one story to its end, as often as the learner likes.

    Everything on screen is drawn from `run`, the run so far. `attempt` counts from 0 and decides the order of the
    choices. The progress store keeps each step and the grade before they are shown; a story that was left unfinished
    goes on where it was, and follows another view of it until this one is `used`. The policy and the store are those of
    the environment by default. With `on_next`, the debrief has a button for the next story. A page that already has an
    `announcer` shares it.
    """

    def __init__(
        self,
        scenario: Scenario,
        policy: Policy | None = None,
        progress_store: ProgressStore | None = None,
        on_next: Callable[[], None] | None = None,
        announcer: Announcer | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.environment, self.clock = environment(), clock
        self.policy = policy or self.environment.policy
        self.progress_store = progress_store or self.environment.progress_store
        self.outcomes: list[tuple[Run, Markup]] = []  # of each choice, in the order on screen
        self.showing: Literal["moment", "feedback", "debrief"] = "moment"
        self.notice = Notice()
        self.announcer = announcer or Announcer()
        # Every widget is made for each visitor and sent to their page. To have fewer, they share their styles.
        texts, buttons = {"style": HTMLStyle()}, ButtonStyle()
        self.heading, self.meter, self.board, self.card = HTML(**texts), HTML(**texts), HTML(**texts), HTML(**texts)
        self.choices = ButtonGroup(self.notice, self._choose, late=MOVED_ON)
        self.onward = button(self.notice, self._go_on, "pp-primary", description="Go on", looks=Looks(buttons))
        self.again = button(self.notice, self.play_again, "pp-secondary", looks=Looks(buttons))
        self.next = on_next and button(self.notice, on_next, "pp-primary", description="Next story")
        self.end_actions = HBox([self.next, self.again] if self.next else [self.again]).add_class("pp-leave")
        parts = (self.heading, self.meter, self.board, self.choices, self.card, self.onward, self.end_actions)
        super().__init__([*parts, self.notice], "pp-player", root=announcer is None)
        self.play(scenario)
        self.follow(self.progress_store, "items", lambda _: self._take_up())

    def play(self, scenario: Scenario) -> None:
        """Play this story from where the learner left it, or else from its beginning."""
        attempt = self.progress_store.progress.attempts[scenario.id]
        self.used = False
        self.resume(self._kept(scenario) or StoryPoint(Run.start(scenario, self.policy), attempt))

    def resume(self, point: StoryPoint) -> None:
        """Go on from here, with the feedback on the last choice if that is still unread."""
        run = point.run
        if point.unread and run.decisions:
            before = Run.start(run.scenario, run.policy)
            for number in run.choices[:-1]:
                before = before.choose(number)
            self.resume(StoryPoint(before, point.attempt))
            self.run, self.card.value = next(outcome for outcome in self.outcomes if outcome[0] == run)
            self.showing = "feedback"
            self._draw_feedback()
            return
        self.scenario, self.attempt, self.run, self.grade = run.scenario, point.attempt, run, 0
        if run.moment:
            self._draw_moment(run.moment)
        else:
            self._draw_debrief()

    def play_again(self) -> None:
        """Start the same story again; after its end, with the choices in another order."""
        point = StoryPoint(Run.start(self.scenario, self.policy), self.attempt + self.run.over)
        self._keep(point)
        self.resume(point)
        self.take_focus()

    def take_focus(self) -> None:
        """Move the focus to the story, and announce the standing."""
        self.focus_on("story", show="board", say=f"Standing {self.run.standing} out of {HIGHEST_STANDING}.")

    def _choose(self, name: str, _: str) -> None:
        if self.showing != "moment":
            return  # a second tap, sent before the choices were hidden
        self.run, card = self.outcomes[int(name)]
        self.showing = "feedback"
        self._keep(StoryPoint(self.run, self.attempt, unread=True))  # before it is shown: what is seen has been kept
        self.card.value = card
        self.environment.call_soon(self._announce_feedback)

    def _announce_feedback(self) -> None:
        """Draw what changes around the feedback card, once the card itself has been sent."""
        self._draw_feedback()
        assessment = self.run.decisions[-1].assessment
        self.focus_on("feedback", say=f"{assessment.verdict.capitalize()}, credit {assessment.credit}.")
        self.environment.call_soon(partial(best_path, self.scenario, self.policy))  # for the debrief, while they read

    def _draw_feedback(self) -> None:
        self.choices.layout.display = "none"
        self.onward.layout.display = ""
        self._offer("Start this story again", ended=False)
        self.meter.value = meter(replace(self.run, standing=self.run.decisions[-1].standing))

    def _outcome(self, number: int) -> tuple[Run, Markup]:
        """The run after a choice, and its feedback. Computed while the learner reads, so that clicks are fast."""
        run = self.run.choose(number)
        return run, feedback(run.decisions[-1], self.run.standing, self.policy, self.element_id("feedback"))

    def _go_on(self) -> None:
        if self.showing != "feedback":
            return
        point = StoryPoint(self.run, self.attempt)
        if self.run.over:
            self.resume(point)
            self._keep(point)  # only now: when the story ended is read from what was kept
            self.focus_on("debrief", say=f"The story is over. Your grade is {self.grade} out of 100.")
        else:
            self._keep(point)  # before it is shown, as in `_choose`
            self.resume(point)
            self.take_focus()

    def _draw_moment(self, moment: Moment) -> None:
        self._draw_board(story(self.run, self.element_id("story")))
        self.card.value = ""
        order = list(range(len(moment.choices)))
        random.Random(f"{self.scenario.id} {moment.id} {self.attempt}").shuffle(order)
        labels = enumerate(moment.choices[number].says for number in order)
        state = f"{self.scenario.id} {self.attempt} {self.run.choices}"
        self.choices.draw(state, [GroupButton(str(position), says) for position, says in labels])
        self.onward.layout.display = "none"
        self._offer("Start this story again" if self.run.decisions else "", ended=False)
        self.outcomes = [self._outcome(number) for number in order]
        self.showing = "moment"

    def _draw_debrief(self) -> None:
        best = best_path(self.scenario, self.policy)
        self.grade = best.grade(self.run)
        # Before the debrief is shown, so that what the learner sees has been kept.
        self.progress_store.keep(self.progress_store.progress.after_run(self.run, self.grade, self._ended_at()))
        self._draw_board(Markup(""))
        self.card.value = debrief(self.run, best, self.element_id("debrief"))
        self.choices.layout.display = "none"
        self.onward.layout.display = "none"
        self._offer("Play again, in a different order", ended=True)
        self.showing = "debrief"

    def _offer(self, again: str, *, ended: bool) -> None:
        """Show the button that starts again, if it has a label; at the end, the one for the next story too."""
        self.again.description = again
        self.end_actions.layout.display = "" if again else "none"
        if self.next:
            self.next.layout.display = "" if ended else "none"

    def _keep(self, point: StoryPoint) -> None:
        """Have the progress store keep this position, if the story has begun and there is more of it to see."""
        unfinished = point.run.decisions and (point.unread or not point.over)
        kept = resume_point_to_json(point, self.clock()) if unfinished else ""
        self.used = True
        self.progress_store.set_item(story_item(self.scenario.id), kept)

    def _kept(self, scenario: Scenario) -> StoryPoint | None:
        """Where the learner left this story; None if they have not begun, or it cannot be restored."""
        try:
            kept = self.progress_store.item(story_item(scenario.id))
            point = resume_point_from_json(kept, {scenario.id: scenario}, {self.policy.id: self.policy})
        except RunError:
            return None
        return point if isinstance(point, StoryPoint) else None

    def _ended_at(self) -> datetime:
        """When the last choice was made, if that is kept. An end that is drawn twice is then the same record."""
        kept = self._kept(self.scenario)
        at = time_of_resume_point(self.progress_store.item(story_item(self.scenario.id)))
        return at if at and kept and kept.run == self.run else self.clock()

    def _take_up(self) -> None:
        """Show where the learner left the story, once a browser says where, and what another view makes of it."""
        if self.used or self.showing == "debrief":
            return
        point = self._kept(self.scenario)
        shown = StoryPoint(self.run, self.attempt, unread=self.showing == "feedback")
        if point != (shown if self.run.decisions else None):
            self.resume(point) if point else self.play(self.scenario)

    def _draw_board(self, passages: Markup) -> None:
        self.heading.value = title(self.scenario, self.element_id("board"))
        self.meter.value = meter(self.run)
        self.board.value = passages + timeline(self.run.situation)


def play(name: str, policy: Policy | None = None) -> Player:
    """A player for one story of the shipped library, for a notebook cell. A story that was left goes on where it was.

    Raises:
        KeyError: the library has no scenario with this id.
    """
    return Player(library()[name], policy)
