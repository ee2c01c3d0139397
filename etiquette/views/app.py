"""The page: choose a scenario, play it, choose the next; and what has come of it so far."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ipywidgets import HTML, VBox
from markupsafe import Markup

from etiquette.packs import library
from etiquette.policy import ARTICLE, Policy
from etiquette.progress import Do, NextStep, Progress
from etiquette.scenario import Scenario
from etiquette.views.attendant import Attendant
from etiquette.views.buttons import Notice, button
from etiquette.views.chooser import Chooser
from etiquette.views.keeper import Keeper, keeper_here, utc_now
from etiquette.views.player import Player, style
from etiquette.views.progress import ProgressView


class App(VBox):
    """The whole page. The keeper holds what the learner has done; without one, it is the one for where this runs."""

    def __init__(
        self,
        policy: Policy = ARTICLE,
        keeper: Keeper | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.scenarios, self.policy, self.clock = library(), policy, clock
        self.keeper = keeper or keeper_here()
        self.player: Player | None = None
        self.notice, self.attendant, self.trouble = Notice(), Attendant(), HTML()
        self.chooser = Chooser(self.scenarios, self.play)
        self.back = button(self.notice, self.choose, "pp-back", description="← All scenarios")
        self.onward = button(self.notice, self.show_progress, "pp-back", description="Your progress")
        ways = dict.fromkeys((Do.REVIEW, Do.PLAY, Do.PLAY_AGAIN), self._play_step)
        self.progress_view = ProgressView(self.keeper, self.scenarios, self.attendant, ways, clock=clock)
        self.stage = VBox([self.onward, self.chooser])
        super().__init__([style(), self.trouble, self.stage, self.notice, self.attendant])
        self.add_class("pp")
        self.add_class("pp-app")
        self.keeper.observe(lambda _: self._draw(), ["progress", "trouble"])
        self._draw()

    @property
    def progress(self) -> Progress:
        """What the learner has done so far."""
        return self.keeper.progress

    def play(self, scenario: Scenario) -> None:
        """Show this scenario, from its beginning."""
        attempt = self.progress.attempts[scenario.id]
        if self.player is None:
            self.player = Player(scenario, self.policy, attempt, self._ended, self.play_next, self.attendant)
        else:
            self.player.play(scenario, attempt)
        self.stage.children = (self.back, self.player)
        self.player.attend()

    def play_next(self) -> None:
        """Show the scenario after the present one; after the last, the first."""
        names = list(self.scenarios)
        present = names.index(self.player.scenario.id) if self.player else -1
        self.play(self.scenarios[names[(present + 1) % len(names)]])

    def choose(self) -> None:
        """Show the list of scenarios."""
        self.stage.children = (self.onward, self.chooser)
        self.chooser.attend(self.attendant)

    def show_progress(self) -> None:
        """Show what is done and what comes next."""
        self.keeper.refresh()
        self.progress_view.draw()
        self.stage.children = (self.back, self.progress_view)
        self.progress_view.attend()

    def _play_step(self, step: NextStep) -> None:
        self.play(self.scenarios[step.name])

    def _ended(self, grade: int) -> None:
        if self.player is not None:
            self.keeper.keep(self.progress.after_run(self.player.run, grade, self.clock()))

    def _draw(self) -> None:
        self.chooser.graded(self.progress)
        trouble = self.keeper.trouble
        self.trouble.value = Markup('<p class="pp-sorry" role="alert">{}</p>').format(trouble) if trouble else ""
