"""My interview on the page: the form about the learner's own interview, and the plan for it."""

from etiquette.views.plan.follow_up import FollowUp

__all__ = ["FollowUp"]
