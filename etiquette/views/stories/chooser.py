"""The list of scenarios."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from ipywidgets import HTML, Layout, Widget
from ipywidgets.widgets.widget_string import HTMLStyle
from markupsafe import Markup

from etiquette.judge import GUIDELINE_TITLES
from etiquette.practice import Progress
from etiquette.stories import Scenario
from etiquette.views.controls import Announcer, Looks, Notice, View, button, verdict_table


class Chooser(View):
    """Every scenario with its length, what it practises, and the best grade so far."""

    def __init__(
        self, scenarios: Mapping[str, Scenario], on_choose: Callable[[Scenario], None], announcer: Announcer
    ) -> None:
        self.scenarios, self.announcer = scenarios, announcer
        notice = Notice()
        # Widgets are created for each visitor. To have fewer, rows share a layout and a style and are not in boxes.
        looks, shared = Looks(), {"layout": Layout(), "style": HTMLStyle(), "_dom_classes": ("pp-about",)}
        self.entries = {name: HTML(_entry(scenario), **shared) for name, scenario in scenarios.items()}
        rows: list[Widget] = []
        for name, scenario in scenarios.items():
            title = button(notice, partial(on_choose, scenario), "pp-play", description=scenario.title, looks=looks)
            rows += [title, self.entries[name]]
        self.heading = HTML()
        super().__init__([HTML(verdict_table()), self.heading, *rows, notice])
        self.heading.value = Markup('<h2 class="pp-title" id="{}" tabindex="-1">Choose a scenario</h2>').format(
            self.element_id("chooser")
        )
        self.add_class("pp-chooser")

    def take_focus(self) -> None:
        """Move the focus to the top of the list."""
        self.focus_on("chooser", "All scenarios.")

    def show_grades(self, progress: Progress) -> None:
        """Show the best grade of each scenario and how often it was played."""
        best, attempts = progress.best, progress.attempts
        for name, scenario in self.scenarios.items():
            self.entries[name].value = _entry(scenario, best.get(name), attempts[name])


def _entry(scenario: Scenario, best: int | None = None, attempts: int = 0) -> Markup:
    practises = ", ".join(GUIDELINE_TITLES[guideline].lower() for guideline in scenario.practises)
    return Markup('<p>{}, {}</p><p class="pp-muted">up to {} decisions · practises {}{}</p>').format(
        scenario.job[0].upper() + scenario.job[1:],
        scenario.employer,
        len(scenario.moments),
        practises,
        "" if best is None else Markup(" · <b>best grade {}</b>, played {}").format(best, _times(attempts)),
    )


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
