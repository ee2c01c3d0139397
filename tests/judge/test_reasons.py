"""What learners are told: whole sentences, none of them twice, and none that contradicts the verdict."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from etiquette import Action, Kind, Situation, assess
from etiquette.judge import FULL_CREDIT, RIGHT, policies
from etiquette.judge.readings import all_reasons
from etiquette.stories.explore import HARMLESS, PUNCTUAL
from tests.judge.test_laws import situations

REASONS = {name: reason for of_guideline in all_reasons().values() for name, reason in of_guideline.items()}
MOST_SENTENCES = 3


def sentences(text: str) -> list[str]:
    """The text, split after every full stop, question mark or exclamation mark that ends a sentence."""
    return re.split(r"(?<=[.!?])\s+|(?<=[.!?]”)\s+(?=[A-Z])", text)


def test_no_sentence_stands_in_two_wordings() -> None:
    """Nor does one that differs in its times alone, which may be the same in two questions."""
    wordings = [wording for reason in REASONS.values() for wording in reason.wordings]
    counted = Counter(sentence for wording in wordings for sentence in sentences(wording))
    assert [sentence for sentence, count in counted.items() if count > 1] == []


def test_every_wording_is_short() -> None:
    for name, reason in REASONS.items():
        assert all(len(sentences(wording)) <= MOST_SENTENCES for wording in reason.wordings), name


def test_every_reason_has_another_wording() -> None:
    assert [name for name, reason in REASONS.items() if not reason.also] == []


@given(situations(), st.sampled_from(Kind), st.sampled_from(sorted(policies())))
@settings(max_examples=400)
def test_every_wording_has_its_times_and_agrees_with_the_credit(s: Situation, kind: Kind, policy: str) -> None:
    """None calls a step harmless that costs standing, nor prompt if it earns less than full credit."""
    assessment = assess(s, Action(kind), policies()[policy])
    unfitting: tuple[str, ...] = () if assessment.verdict in RIGHT else HARMLESS
    unfitting += () if assessment.credit == FULL_CREDIT else PUNCTUAL
    assert assessment.wordings[0] == assessment.reason
    for wording in assessment.wordings:
        assert re.fullmatch(r"[A-Z“].*\.", wording)
        assert "{" not in wording
        assert not any(word in wording.lower() for word in unfitting), wording
