"""The views: ipywidgets that draw a value, forward a choice, and draw the next value. No rule lives here."""

from etiquette.views.app import App
from etiquette.views.player import Player, play
from etiquette.views.quiz import QuizView, ask

__all__ = ["App", "Player", "QuizView", "ask", "play"]
