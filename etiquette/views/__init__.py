"""The views: ipywidgets that draw a value, forward a choice, and draw the next value. No rule lives here.

A view is imported when it is first asked for, so that a notebook waits for no other.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from etiquette.views.app import App
    from etiquette.views.draft import DraftView, compose
    from etiquette.views.facilitator import Facilitator
    from etiquette.views.follow_up import FollowUp
    from etiquette.views.player import Player, play
    from etiquette.views.quiz import QuizView, ask
    from etiquette.views.scale import BoundaryView, boundary
    from etiquette.views.verdicts import four_verdicts

MODULES = {
    "App": "app",
    "BoundaryView": "scale",
    "DraftView": "draft",
    "Facilitator": "facilitator",
    "FollowUp": "follow_up",
    "Player": "player",
    "QuizView": "quiz",
    "ask": "quiz",
    "boundary": "scale",
    "compose": "draft",
    "four_verdicts": "verdicts",
    "play": "player",
}

__all__ = [
    "App",
    "BoundaryView",
    "DraftView",
    "Facilitator",
    "FollowUp",
    "Player",
    "QuizView",
    "ask",
    "boundary",
    "compose",
    "four_verdicts",
    "play",
]


def __getattr__(name: str) -> Any:
    if name not in MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"etiquette.views.{MODULES[name]}"), name)
