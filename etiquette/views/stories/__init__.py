"""Stories on the page: the list to choose from, a story as it is played, and its debrief."""

from etiquette.views.stories.chooser import Chooser
from etiquette.views.stories.player import Player, play

__all__ = ["Chooser", "Player", "play"]
