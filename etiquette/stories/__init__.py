"""Scenarios that unfold in time, and a learner's run through one of them.

A `Scenario` is read from a YAML file. A `Run` never changes: each choice gives the next one. `Exploration` plays a
scenario in every way there is, which finds its best path, and what is wrong with it.
"""

from etiquette.stories.explore import BLIND_GRADE, BLIND_STRATEGIES, Exploration, blind_grades, check_scenario
from etiquette.stories.load import library, load_scenario, load_scenarios
from etiquette.stories.scenario import (
    HIGHEST_STANDING,
    MOST_CHOICES,
    STARTING_STANDING,
    Decision,
    Moment,
    Passage,
    Run,
    RunError,
    Scenario,
    best_choice,
    standing_after,
)

__all__ = [
    "BLIND_GRADE",
    "BLIND_STRATEGIES",
    "HIGHEST_STANDING",
    "MOST_CHOICES",
    "STARTING_STANDING",
    "Decision",
    "Exploration",
    "Moment",
    "Passage",
    "Run",
    "RunError",
    "Scenario",
    "best_choice",
    "blind_grades",
    "check_scenario",
    "library",
    "load_scenario",
    "load_scenarios",
    "standing_after",
]
