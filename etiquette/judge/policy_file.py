"""Reads policies from YAML files, in which each threshold is a number of hours."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from pathlib import Path

from etiquette.files import Problems, library_files, parse_fields, read_text
from etiquette.judge.lengths import A_DAY
from etiquette.judge.policy import Policy
from etiquette.judge.thresholds import Thresholds


def load_policy(path: Path) -> Policy:
    """The policy in this file.

    Raises:
        PackError: it is not a valid policy file; lists every problem in it.
    """
    return read_policy(read_text(path), str(path))


@cache
def policies() -> dict[str, Policy]:
    """The shipped policies by id, the article's first."""
    return {policy.id: policy for policy in (load_policy(path) for path in library_files("policies"))}


def read_policy(text: str, file: str) -> Policy:
    """The policy in this text; `file` is its name in messages. Thresholds left out are the article's.

    Raises:
        PackError: it is not a valid policy; lists every problem in it.
    """
    problems = Problems(file)
    root = parse_fields(text, problems)
    numbers = root.mapping("thresholds")
    article = Thresholds()
    durations = {f.name: numbers.hours(f.name, getattr(article, f.name), least=1) for f in fields(Thresholds)}
    thresholds = Thresholds(**durations)
    numbers.done()
    policy = Policy(
        id=root.name("id"),
        title=root.text("title", most=80),
        source=root.text("source", most=300),
        thresholds=thresholds,
    )
    root.done()
    if not thresholds.thank_you_late < thresholds.silence_answers:
        numbers.problem("silence_answers", "should be more than thank_you_late.")
    if not thresholds.opens < thresholds.closes <= A_DAY:
        numbers.problem("closes", "should be later than opens, and no later than 24.")
    if not thresholds.reply_prompt <= thresholds.reply_late < thresholds.reply_lost:
        numbers.problem("reply_late", "should lie between reply_prompt and reply_lost.")
    if thresholds.noon > A_DAY:
        numbers.problem("noon", "should be no later than 24.")
    if not thresholds.references_prompt <= thresholds.references_late < thresholds.references_lost:
        numbers.problem("references_late", "should lie between references_prompt and references_lost.")
    problems.raise_if_any()
    return policy
