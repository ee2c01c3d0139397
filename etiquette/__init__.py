"""How to follow up after a job interview: situations, actions, and a judge that gives its reasons."""

from etiquette.policy import ARTICLE, Assessment, Policy, advise, assess
from etiquette.situation import Action, Contact, Kind, Situation, Word

__all__ = [
    "ARTICLE",
    "Action",
    "Assessment",
    "Contact",
    "Kind",
    "Policy",
    "Situation",
    "Word",
    "advise",
    "assess",
]
