"""The list of stories."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from ipywidgets import HTML, HBox
from markupsafe import Markup

from etiquette.judge import GUIDELINE_TITLES
from etiquette.practice import Progress
from etiquette.stories import Scenario
from etiquette.views.controls import Announcer, Looks, Notice, View, button

SHORT = 5  # minutes
LENGTHS: dict[str, Callable[[int], bool]] = {
    "Any length": lambda minutes: True,
    f"Up to {SHORT} minutes": lambda minutes: minutes <= SHORT,
    "Longer": lambda minutes: minutes > SHORT,
}
GUIDELINES = {"All guidelines": "", **{title: name for name, title in GUIDELINE_TITLES.items()}}


class Chooser(View):
    """All stories, as links, with their length, what they practise and the best grade so far; they can be filtered."""

    def __init__(self, scenarios: Mapping[str, Scenario], announcer: Announcer, progress: Progress) -> None:
        self.scenarios, self.announcer, self.progress = scenarios, announcer, progress
        self.guideline, self.length = "All guidelines", "Any length"
        notice, looks = Notice(), Looks()
        self.top, self.list = HTML(), HTML()  # one for all stories: widgets are created for each visitor
        self.filters = {
            label: button(notice, partial(self._filter, label), "pp-kind", description=label, looks=looks)
            for label in (*GUIDELINES, *LENGTHS)
        }
        rows = [HBox([self.filters[label] for label in row]).add_class("pp-kinds") for row in (GUIDELINES, LENGTHS)]
        super().__init__([self.top, *rows, self.list, notice], "pp-chooser")
        self._draw()

    def take_focus(self) -> None:
        """Move the focus to the top of the list."""
        self.focus_on("chooser", "All stories.")

    def show_progress(self, progress: Progress) -> None:
        """Show the best grade of each story, how often it was played, and which to play next."""
        self.progress = progress
        self._draw()

    def _filter(self, label: str) -> None:
        if label in LENGTHS:
            self.length = label
        else:
            self.guideline = label
        self.announcer.say(f"{_count(self._draw())}.")

    def _draw(self) -> int:
        """Draw the stories that pass the filters; returns how many there are."""
        for label, shown in self.filters.items():
            chosen = label in (self.guideline, self.length)
            shown.description = f"✓ {label}" if chosen else label
            (shown.add_class if chosen else shown.remove_class)("pp-chosen-kind")
        guideline, fits = GUIDELINES[self.guideline], LENGTHS[self.length]
        found = [
            scenario
            for scenario in self.scenarios.values()
            if fits(scenario.minutes) and (not guideline or guideline in scenario.practises)
        ]
        best, attempts = self.progress.best, self.progress.attempts
        following = self.scenarios[self.progress.next_story(self.scenarios)]
        self.top.value = Markup(
            '<h2 class="pp-title" data-id="{}" tabindex="-1">Stories</h2><p class="pp-next"><span>{}</span> {}</p>'
        ).format(self.element_id("chooser"), "Next for you" if best else "Start here", _link(following))
        rows = (_entry(scenario, best.get(scenario.id), attempts[scenario.id]) for scenario in found)
        self.list.value = Markup('<p class="pp-muted">{}</p><ul class="pp-stories">{}</ul>').format(
            _count(len(found)), Markup("").join(rows)
        )
        return len(found)


def _link(scenario: Scenario) -> Markup:
    return Markup('<a class="pp-play" href="#practise/stories/{}">{}</a>').format(scenario.id, scenario.title)


def _entry(scenario: Scenario, best: int | None, attempts: int) -> Markup:
    practises = ", ".join(GUIDELINE_TITLES[guideline].lower() for guideline in scenario.practises)
    return Markup('<li>{}<p>{}, {}</p><p class="pp-muted">{} minutes · practises {}{}</p></li>').format(
        _link(scenario),
        scenario.job[0].upper() + scenario.job[1:],
        scenario.employer,
        scenario.minutes,
        practises,
        "" if best is None else Markup(" · <b>best grade {}</b>, played {}").format(best, _times(attempts)),
    )


def _count(number: int) -> str:
    return "1 story" if number == 1 else f"{number} stories"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
