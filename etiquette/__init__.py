"""How to follow up after a job interview: situations, actions, and a judge that gives its reasons."""

from etiquette.judge import ARTICLE, Action, Assessment, Contact, Kind, Policy, Situation, Word, advise, assess

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
