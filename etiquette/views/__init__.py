"""The views: ipywidgets that draw a value, forward a choice and draw the next value. They contain no rules.

Each folder is one part of the page; `controls` is what they share.
"""

from etiquette.views.controls import (
    Environment,
    KernelEnvironment,
    ProgressStore,
    environment,
    four_verdicts,
    set_environment,
)
from etiquette.views.drafts import DraftView, compose
from etiquette.views.page import App, BoundaryView, boundary, warm_up
from etiquette.views.plan import FollowUp
from etiquette.views.quiz import QuizView, ask
from etiquette.views.room import Facilitator
from etiquette.views.stories import Player, play

__all__ = [
    "App",
    "BoundaryView",
    "DraftView",
    "Environment",
    "Facilitator",
    "FollowUp",
    "KernelEnvironment",
    "Player",
    "ProgressStore",
    "QuizView",
    "ask",
    "boundary",
    "compose",
    "environment",
    "four_verdicts",
    "play",
    "set_environment",
    "warm_up",
]
