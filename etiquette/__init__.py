"""How to follow up after a job interview: describe a situation, choose an action, and have it judged with reasons."""

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
