"""Policy files: another office's numbers, from which its verdicts follow."""

from __future__ import annotations

import pytest

from etiquette import Action, Word, advise, assess
from etiquette.files import PackError
from etiquette.judge import ARTICLE, Kind, Thresholds, policies
from etiquette.judge.policy_file import read_policy
from tests.builders import a_situation, hours, sent


def test_the_shipped_article_policy_equals_the_built_in_one() -> None:
    assert policies()["article"] == ARTICLE


def test_verdicts_follow_from_the_policy() -> None:
    within_a_day = policies()["thanks-within-a-day"]
    evening = a_situation(5)
    assert assess(evening, Action(Kind.THANK_YOU_EMAIL)).verdict == "pesky"
    assert assess(evening, Action(Kind.THANK_YOU_EMAIL), within_a_day).credit == 100
    assert assess(evening, Action(Kind.HOLD_BACK), within_a_day).credit == 70
    assert assess(a_situation(30), Action(Kind.HOLD_BACK), within_a_day).verdict == "passive"
    assert "24 hours" in assess(evening, Action(Kind.THANK_YOU_EMAIL), within_a_day).reading


def test_thanks_within_a_day_do_not_come_before_a_second_interview() -> None:
    within_a_day = policies()["thanks-within-a-day"]
    invited = Word(hours(200), invites_interview=True, interview_at=hours(300))
    before = a_situation(240, sent(Kind.REPLY, 201), words=(invited,))
    assert advise(before, within_a_day).kind is Kind.HOLD_BACK
    assert assess(before, Action(Kind.HOLD_BACK), within_a_day).verdict == "patient"
    assert assess(before.at(hours(302)), Action(Kind.THANK_YOU_EMAIL), within_a_day).credit == 100


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "id: x\ntitle: X\nsource: me\nthresholds:\n  quite: 3",
            "thresholds.quite: unknown field. Did you mean 'quiet'?",
        ),
        ("id: x\ntitle: X\nsource: me\nthresholds:\n  quiet: -3", "'-3' should be a number of hours from 1 to 100000."),
        ("id: x\ntitle: X\nsource: me\nthresholds:\n  quiet: nan", "'nan' should be a number of hours"),
        ("id: x\ntitle: X\nthresholds: {}", "source: is missing"),
        ("id: x\ntitle: X\nsource: me\nthresholds:\n  references_late: 500", "should lie between"),
        ("id: x\ntitle: X\nsource: me\nthresholds:\n  reply_prompt: 168", "should lie between"),
        ("id: x\ntitle: X\nsource: me\nthresholds:\n  opens: 18", "should be later than opens"),
        ("id: x\ntitle: X\nsource: me\nthresholds:\n  silence_answers: 600", "should be more than thank_you_late"),
    ],
)
def test_an_invalid_policy_is_rejected(text: str, message: str) -> None:
    with pytest.raises(PackError) as caught:
        read_policy(text, "p.yaml")
    assert message in str(caught.value)


def test_a_policy_may_leave_out_the_thresholds_it_does_not_change() -> None:
    policy = read_policy("id: x\ntitle: X\nsource: me\nthresholds:\n  quiet: 72\n", "p.yaml")
    assert policy.thresholds == Thresholds(quiet=hours(72))
