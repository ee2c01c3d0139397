"""Choosing a story for the session."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ipywidgets import HTML
from markupsafe import Markup

from etiquette.judge import Policy
from etiquette.room import Play, minutes
from etiquette.stories import Scenario
from etiquette.views.controls import Announcer, ButtonGroup, GroupButton, Notice, View, choice_field
from etiquette.views.room.preparation.descriptions import about_minutes, folded, story_opening
from etiquette.views.room.preparation.story_outline import story_outline


class StoryPicker(View):
    """All stories, what happens in the chosen one, and how long it takes. `on_add` is called with a part."""

    def __init__(
        self,
        scenarios: Mapping[str, Scenario],
        policy: Policy,
        on_add: Callable[[Play], None],
        notice: Notice,
        announcer: Announcer,
    ) -> None:
        self.scenarios, self.policy, self.on_add, self.announcer = scenarios, policy, on_add, announcer
        self.scenario = choice_field("Story", {name: scenario.title for name, scenario in scenarios.items()})
        self.scenario.control.observe(lambda _: self._draw(), "value")
        self.text = HTML()
        self.added, self.buttons = 0, ButtonGroup(notice, self._clicked, "pp-row-buttons", "Add a story")
        super().__init__([self.scenario, self.text, self.buttons], "pp-form")
        self._draw()

    @property
    def chosen(self) -> Scenario:
        """The story that is shown."""
        return self.scenarios[self.scenario.text]

    def _clicked(self, name: str, state: str) -> None:
        if state == self.buttons.state:
            self.added += 1
            self._draw()
            self.on_add(Play(self.chosen, together=name == "together"))

    def _draw(self) -> None:
        together, alone = (minutes(Play(self.chosen, each), self.policy) for each in (True, False))
        self.text.value = Markup(
            '<div class="pp-card">{}<p><b>What it teaches:</b> {}</p><p class="pp-muted">{}</p>{}</div>'
        ).format(
            story_opening(self.chosen),
            self.chosen.teaches,
            f"Played together, it takes {about_minutes(together)}; played alone, {about_minutes(alone)}.",
            folded("What happens in it", story_outline(self.chosen, self.policy)),
        )
        self.buttons.draw(
            f"{self.added}",
            [
                GroupButton("together", "Add it to play together", look="pp-secondary"),
                GroupButton("alone", "Add it to play alone", look="pp-secondary"),
            ],
        )
