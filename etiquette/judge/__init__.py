"""The judge: situations and actions, the guidelines as code, and the reasons for each verdict.

Begin with `judge/guidelines.py`, the article as code. `assess(situation, action)` applies every guideline, and the
strictest finding decides. The numbers belong to a `Policy`, which can be loaded from a file. A `Case` is one situation
and one action, read from a line of JSON.
"""

from etiquette.judge.boundary import BOUNDARIES, Boundary, verdict_segments
from etiquette.judge.cases import Case, read_case
from etiquette.judge.finding import RIGHT, Finding, Verdict
from etiquette.judge.guidelines import GUIDELINES
from etiquette.judge.lengths import A_DAY, A_MINUTE, A_WEEK, AN_HOUR, duration
from etiquette.judge.policy import ARTICLE, Assessment, Policy, advise, assess, open_steps
from etiquette.judge.policy_file import load_policy, policies
from etiquette.judge.reasons import GUIDELINE_SENTENCES, GUIDELINE_TITLES
from etiquette.judge.situation import (
    ANSWERS,
    AT_THE_INTERVIEW,
    TIMED_STEPS,
    Action,
    Contact,
    Decision,
    Kind,
    Situation,
    Word,
)
from etiquette.judge.spoken_times import clock_in_words
from etiquette.judge.thresholds import (
    FULL_CREDIT,
    ON_THAT_CALL,
    SECOND_BEST,
    Thresholds,
    Wait,
    next_working_hour,
    prompt_window,
    quiet_period,
    wait_before_call,
    wait_before_status_email,
)
from etiquette.judge.timeline import TimelineEvent, promised_date, timeline_events, timeline_with_dates

__all__ = [
    "ANSWERS",
    "AN_HOUR",
    "ARTICLE",
    "AT_THE_INTERVIEW",
    "A_DAY",
    "A_MINUTE",
    "A_WEEK",
    "BOUNDARIES",
    "FULL_CREDIT",
    "GUIDELINES",
    "GUIDELINE_SENTENCES",
    "GUIDELINE_TITLES",
    "ON_THAT_CALL",
    "RIGHT",
    "SECOND_BEST",
    "TIMED_STEPS",
    "Action",
    "Assessment",
    "Boundary",
    "Case",
    "Contact",
    "Decision",
    "Finding",
    "Kind",
    "Policy",
    "Situation",
    "Thresholds",
    "TimelineEvent",
    "Verdict",
    "Wait",
    "Word",
    "advise",
    "assess",
    "clock_in_words",
    "duration",
    "load_policy",
    "next_working_hour",
    "open_steps",
    "policies",
    "promised_date",
    "prompt_window",
    "quiet_period",
    "read_case",
    "timeline_events",
    "timeline_with_dates",
    "verdict_segments",
    "wait_before_call",
    "wait_before_status_email",
]
