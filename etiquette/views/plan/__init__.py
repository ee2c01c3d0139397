"""My interview on the page: the form about the learner's own interview, and the plan for it.

A facilitator enters the situation of a question of their own in the same `Form`.
"""

from etiquette.views.plan.follow_up import FollowUp
from etiquette.views.plan.form import LAST_STEP, Form
from etiquette.views.plan.plan_card import problem_card
from etiquette.views.plan.when_to_send import kept_plan, when_to_send

__all__ = ["LAST_STEP", "FollowUp", "Form", "kept_plan", "problem_card", "when_to_send"]
