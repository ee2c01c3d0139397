"""What a host prepares before anyone comes, so that the first learner does not have to wait."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module

from etiquette.drafts import MessageKind, assess_draft
from etiquette.judge import ARTICLE, Policy
from etiquette.plan import FormEntries, calendar_file, parse_form, plan
from etiquette.practice import Quiz, lessons
from etiquette.stories import library

VIEWS = ("drafts", "page.boundary", "page.lesson", "page.progress_view", "plan", "quiz", "room", "stories")
A_DRAFT = "Thank you for meeting me about the baker role on Tuesday. I look forward to hearing from you. Sam Lee"
AN_INTERVIEW = FormEntries(id="warm", day="2026-03-03", time="11:00", place="London", home="Europe/London")


def warm_up(policy: Policy = ARTICLE) -> None:
    """Import all views, and read and compute what all learners of this policy share.

    Takes half a second, and creates no widgets. The best paths of the stories would take two more: each is found when
    it is needed, while a learner reads.
    """
    for name in VIEWS:
        import_module(f"etiquette.views.{name}")
    library()
    lessons()
    now = datetime(2026, 3, 4, 9, tzinfo=UTC)
    calendar_file(plan(parse_form(AN_INTERVIEW, now), now, policy), now)
    for kind in MessageKind:
        assess_draft(A_DRAFT, kind)
    Quiz.draw("warm", 20, policy)
