"""The views: ipywidgets that draw a value, forward a choice, and draw the next value. No rule lives here."""

from etiquette.views.app import App
from etiquette.views.draft import Draft, compose
from etiquette.views.follow_up import FollowUp
from etiquette.views.player import Player, play
from etiquette.views.quiz import QuizView, ask

__all__ = ["App", "Draft", "FollowUp", "Player", "QuizView", "ask", "compose", "play"]
