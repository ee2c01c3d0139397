"""What one sentence of a draft does: its speech acts, each by a logistic regression over the features of the sentence.

The weights are learned from labelled sentences and letters: see `tests/drafts/weigh.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import fsum

from etiquette.drafts.features import Family, Feature
from etiquette.drafts.labels import Label
from etiquette.drafts.tokens import WORDS

WEIGHTS = WORDS / "weights.json"


class SpeechAct(StrEnum):
    """Something that a single sentence can do."""

    THANKS = "thanks"
    LOOKS_FORWARD = "looks_forward"
    ASKS_OUTCOME = "asks_outcome"
    DEMANDS = "demands_or_pressures"
    ACKNOWLEDGES_BUSY = "acknowledges_busy"
    INQUIRES_STATUS = "inquires_status"
    AT_CONVENIENCE = "at_convenience"
    ATTACHES_REFERENCES = "attaches_references"
    BEGS = "begs"
    APOLOGISES = "apologises"
    PRESUMES = "presumes"
    WRITES_AGAIN = "writes_again"

    @property
    def label(self) -> Label:
        """The label that a draft with such a sentence has."""
        return Label.GROVELS if self in (SpeechAct.BEGS, SpeechAct.APOLOGISES) else Label(self.value)


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression for one speech act."""

    intercept: float
    weights: Mapping[Feature, float]

    def log_odds(self, features: Set[Feature]) -> float:
        """The log-odds that a sentence with these features has this speech act."""
        return fsum([self.intercept, *(self.weights.get(each, 0.0) for each in features)])  # in any order the same


@cache
def models() -> dict[SpeechAct, Model]:
    """The model of each speech act, from `library/words/weights.json`."""
    learnt = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {
        SpeechAct(act): Model(
            entry["intercept"],
            {Feature(Family(family), name): weight for family, name, weight in entry["weights"]},
        )
        for act, entry in learnt.items()
    }
