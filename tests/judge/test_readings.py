"""READINGS.md lists every place where the judge goes beyond the article's words."""

from __future__ import annotations

from pathlib import Path

from etiquette.judge import Thresholds, reasons
from etiquette.judge.readings import all_reasons, readings, readings_page

PAGE = Path(reasons.__file__).parent / "READINGS.md"
REASONS = {name: reason for of_guideline in all_reasons().values() for name, reason in of_guideline.items()}


def test_the_page_is_generated_from_the_texts_of_the_judge() -> None:
    remedy = "run: python -m etiquette.judge.readings > etiquette/judge/READINGS.md"
    assert PAGE.read_text(encoding="utf-8") == readings_page(Thresholds()), remedy


def test_no_reading_is_missing() -> None:
    """Apart from its numbers, each stands on the page; a policy of its own thanks within a time of its own."""
    listed = [reading for section in readings(Thresholds()).values() for reading in section]
    for name, reason in REASONS.items():
        if reason.reading and "thank_you_within" not in reason.reading:
            start = reason.reading.split("{")[0]
            assert any(reading.startswith(start) for reading in listed), name


def test_every_reason_is_given_by_a_guideline() -> None:
    source = (PAGE.parent / "guidelines.py").read_text(encoding="utf-8")
    assert [name for name in REASONS if f".{name}" not in source] == []
