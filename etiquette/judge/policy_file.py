"""Policies from their files: the thresholds that an office teaches, each a number of hours."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from etiquette.files import Problems, library_files, mapping_of, read_text
from etiquette.judge.policy import Policy
from etiquette.judge.thresholds import Thresholds


def load_policy(path: Path) -> Policy:
    """The policy in this file.

    Raises:
        PackError: it holds none, or a faulty one; all its problems are in the error.
    """
    return read_policy(read_text(path), str(path))


def policies() -> dict[str, Policy]:
    """The shipped policies, the article's own first."""
    return {policy.id: policy for policy in (load_policy(path) for path in library_files("policies"))}


def read_policy(text: str, file: str) -> Policy:
    """The policy in this text; `file` is only for messages. Thresholds left out are the article's.

    Raises:
        PackError: with everything that is wrong with it.
    """
    problems = Problems(file)
    root = mapping_of(text, problems)
    numbers = root.mapping("thresholds")
    article = Thresholds()
    thresholds = {}
    for each in fields(Thresholds):
        thresholds[each.name] = numbers.hours(each.name, getattr(article, each.name), least=1)
    numbers.done()
    policy = Policy(
        id=root.name("id"),
        title=root.text("title", most=80),
        source=root.text("source", most=300),
        thresholds=Thresholds(**thresholds),
    )
    root.done()
    limits = policy.thresholds
    if not limits.references_prompt <= limits.references_late < limits.references_lost:
        numbers.problem("references_late", "should lie between references_prompt and references_lost.")
    problems.raise_if_any()
    return policy
