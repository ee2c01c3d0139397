"""The views: ipywidgets that draw a value, forward a choice, and draw the next value. No rule lives here."""

from etiquette.views.app import App
from etiquette.views.draft import Draft, compose
from etiquette.views.follow_up import FollowUp
from etiquette.views.player import Player, play
from etiquette.views.quiz import QuizView, ask
from etiquette.views.scale import BoundaryView, boundary
from etiquette.views.verdicts import four_verdicts

__all__ = [
    "App",
    "BoundaryView",
    "Draft",
    "FollowUp",
    "Player",
    "QuizView",
    "ask",
    "boundary",
    "compose",
    "four_verdicts",
    "play",
]
