"""Scenarios that unfold in time, and a learner's run through one of them.

A `Scenario` is read from a YAML file. A `Run` is immutable: each choice returns a new one. An `Exploration` plays every
path through a scenario, which finds the best path; `check_scenario` uses it to report what is wrong.
"""

from etiquette.stories.explore import (
    BLIND_GRADE,
    BLIND_STRATEGIES,
    OPTIONS_ALONE,
    BestPath,
    Exploration,
    best_path,
    blind_grades,
    check_scenario,
)
from etiquette.stories.load import library, load_scenarios
from etiquette.stories.option_reader import OptionReader
from etiquette.stories.scenario import (
    HIGHEST_STANDING,
    MOST_CHOICES,
    STARTING_STANDING,
    JudgedChoice,
    Moment,
    Passage,
    Run,
    RunError,
    Scenario,
    best_choice,
    value_of,
)

__all__ = [
    "BLIND_GRADE",
    "BLIND_STRATEGIES",
    "HIGHEST_STANDING",
    "MOST_CHOICES",
    "OPTIONS_ALONE",
    "STARTING_STANDING",
    "BestPath",
    "Exploration",
    "JudgedChoice",
    "Moment",
    "OptionReader",
    "Passage",
    "Run",
    "RunError",
    "Scenario",
    "best_choice",
    "best_path",
    "blind_grades",
    "check_scenario",
    "library",
    "load_scenarios",
    "value_of",
]
