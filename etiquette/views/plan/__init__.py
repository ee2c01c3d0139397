"""My interview on the page: the form about the learner's own interview, and the plan for it."""

from etiquette.views.plan.follow_up import FollowUp
from etiquette.views.plan.when_to_send import kept_plan, when_to_send

__all__ = ["FollowUp", "kept_plan", "when_to_send"]
