"""The judge: situations and actions, the guidelines as code, and the reasons for each verdict.

Begin with `judge/guidelines.py`, the article as code. `assess(situation, action)` asks every guideline, and the
strictest answer decides. The numbers are a `Policy`, which a file can replace; a `Case` is one situation and one action
as a line of JSON.
"""

from etiquette.judge.boundary import BOUNDARIES, Boundary, stretches
from etiquette.judge.cases import Case, read_case
from etiquette.judge.guidelines import FULL, GUIDELINES, RIGHT, SECOND_BEST, Finding, Verdict
from etiquette.judge.policy import ARTICLE, Assessment, Policy, advise, assess, open_steps
from etiquette.judge.policy_file import load_policy, policies
from etiquette.judge.reasons import GUIDELINE_SENTENCES, GUIDELINE_TITLES
from etiquette.judge.situation import (
    A_DAY,
    A_MINUTE,
    A_WEEK,
    AN_HOUR,
    ANSWERS,
    AT_THE_INTERVIEW,
    OPEN_STEPS,
    Action,
    Contact,
    Kind,
    Situation,
    Word,
    duration,
)
from etiquette.judge.thresholds import Thresholds, Wait, prompt_time, quiet_time, wait_to_ask, wait_to_call

__all__ = [
    "ANSWERS",
    "AN_HOUR",
    "ARTICLE",
    "AT_THE_INTERVIEW",
    "A_DAY",
    "A_MINUTE",
    "A_WEEK",
    "BOUNDARIES",
    "FULL",
    "GUIDELINES",
    "GUIDELINE_SENTENCES",
    "GUIDELINE_TITLES",
    "OPEN_STEPS",
    "RIGHT",
    "SECOND_BEST",
    "Action",
    "Assessment",
    "Boundary",
    "Case",
    "Contact",
    "Finding",
    "Kind",
    "Policy",
    "Situation",
    "Thresholds",
    "Verdict",
    "Wait",
    "Word",
    "advise",
    "assess",
    "duration",
    "load_policy",
    "open_steps",
    "policies",
    "prompt_time",
    "quiet_time",
    "read_case",
    "stretches",
    "wait_to_ask",
    "wait_to_call",
]
