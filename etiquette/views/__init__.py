"""The views: ipywidgets that draw a value, forward a choice and draw the next value. They contain no rules.

Each folder is one part of the page; `controls` is what they share. Views are imported on first use, so that a
notebook does not wait for those it does not show.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from etiquette.files import check_installation

if TYPE_CHECKING:
    from etiquette.views.controls import (
        Environment,
        KernelEnvironment,
        ProgressStore,
        environment,
        four_verdicts,
        set_environment,
    )
    from etiquette.views.drafts import DraftView, compose
    from etiquette.views.page import (
        App,
        BoundaryView,
        LessonEnd,
        ProgressCell,
        boundary,
        finish,
        progress,
    )
    from etiquette.views.plan import FollowUp
    from etiquette.views.quiz import QuizView, ask
    from etiquette.views.room import Facilitator
    from etiquette.views.stories import Player, play

check_installation()

PARTS = {
    "controls": (
        "Environment",
        "KernelEnvironment",
        "ProgressStore",
        "environment",
        "four_verdicts",
        "set_environment",
    ),
    "drafts": ("DraftView", "compose"),
    "page": ("App", "BoundaryView", "LessonEnd", "ProgressCell", "boundary", "finish", "progress"),
    "plan": ("FollowUp",),
    "quiz": ("QuizView", "ask"),
    "room": ("Facilitator",),
    "stories": ("Player", "play"),
}
"""The public names in each folder."""

__all__ = [
    "App",
    "BoundaryView",
    "DraftView",
    "Environment",
    "Facilitator",
    "FollowUp",
    "KernelEnvironment",
    "LessonEnd",
    "Player",
    "ProgressCell",
    "ProgressStore",
    "QuizView",
    "ask",
    "boundary",
    "compose",
    "environment",
    "finish",
    "four_verdicts",
    "play",
    "progress",
    "set_environment",
]


def __getattr__(name: str) -> Any:
    for part, names in PARTS.items():
        if name in names:
            return getattr(import_module(f"etiquette.views.{part}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
