"""My follow-up on the page: the form about an interview, and the plan that follows from it."""

from etiquette.views.plan.follow_up import FollowUp

__all__ = ["FollowUp"]
