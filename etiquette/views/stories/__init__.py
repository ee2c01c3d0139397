"""Stories on the page: the list of all, the player of one story, and its debrief."""

from etiquette.views.stories.chooser import Chooser
from etiquette.views.stories.passages import folded_passages, passage_list
from etiquette.views.stories.player import Player, play

__all__ = ["Chooser", "Player", "folded_passages", "passage_list", "play"]
