"""The page: choose a scenario, play it, choose the next."""

from __future__ import annotations

from ipywidgets import VBox

from etiquette.packs import library
from etiquette.policy import ARTICLE, Policy
from etiquette.scenario import Scenario
from etiquette.views.attendant import Attendant
from etiquette.views.buttons import Notice, button
from etiquette.views.chooser import Chooser
from etiquette.views.player import Player, style


class App(VBox):
    """The whole page. `best` holds the best grade so far of each scenario that was played to its end."""

    def __init__(self, policy: Policy = ARTICLE) -> None:
        self.scenarios, self.policy = library(), policy
        self.best: dict[str, int] = {}
        self.attempts: dict[str, int] = {}
        self.player: Player | None = None
        self.notice, self.attendant = Notice(), Attendant()
        self.chooser = Chooser(self.scenarios, self.play)
        self.back = button(self.notice, self.choose, "pp-back", description="← All scenarios")
        self.stage = VBox([self.chooser])
        super().__init__([style(), self.stage, self.notice, self.attendant])
        self.add_class("pp")
        self.add_class("pp-app")

    def play(self, scenario: Scenario) -> None:
        """Show this scenario, from its beginning."""
        attempt = self.attempts.get(scenario.id, 0)
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
        self.stage.children = (self.chooser,)
        self.chooser.attend(self.attendant)

    def _ended(self, grade: int) -> None:
        if self.player is None:
            return
        name = self.player.scenario.id
        self.attempts[name] = self.player.attempt + 1
        self.best[name] = max(grade, self.best.get(name, 0))
        self.chooser.graded(name, self.best[name])
