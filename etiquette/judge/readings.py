"""The page of readings: where the judge goes beyond the article's words, in the words that learners read.

python -m etiquette.judge.readings > etiquette/judge/READINGS.md
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

from etiquette.judge import reasons
from etiquette.judge.lengths import AN_HOUR, duration
from etiquette.judge.reasons import GUIDELINE_TITLES, Reason, fill_template
from etiquette.judge.situation import AT_THE_INTERVIEW, Situation
from etiquette.judge.thresholds import Thresholds

INTRODUCTION = """# How we read the article

The article leaves some questions open. This page lists how the judge answers them, in the words that learners read
beside its verdicts. The numbers are those of the article's policy; an office that teaches others loads its own.
"""
GUIDELINE_OF_PREFIX = {"REFERENCES": "references", "THANKS": "thank-you", "CALL": "calling", "MESSAGE": "calling"}
TIMES_OF_DAY = ("noon", "opens", "closes")


def readings(thresholds: Thresholds) -> dict[str, list[str]]:
    """Every reading by guideline, with the numbers of a policy filled in. Other policies' own readings are left out."""
    numbers = {name: value for name, value in asdict(thresholds).items() if value is not None}
    by_guideline: dict[str, list[str]] = {guideline: [] for guideline in GUIDELINE_TITLES}
    for name, reason in vars(reasons).items():
        if not isinstance(reason, Reason) or not reason.reading or "{thank_you_within:" in reason.reading:
            continue
        listed = by_guideline[GUIDELINE_OF_PREFIX.get(name.split("_")[0], "principle")]
        reading = fill_template(reason.reading, Situation(AT_THE_INTERVIEW), tuple(numbers.items()))
        if reading not in listed:
            listed.append(reading)
    return by_guideline


def readings_page(thresholds: Thresholds) -> str:
    """The page, as Markdown: the readings by guideline, and the numbers."""
    sections = [INTRODUCTION]
    for guideline, listed in readings(thresholds).items():
        sections.append("\n".join([f"## {GUIDELINE_TITLES[guideline]}\n", *(f"- {reading}" for reading in listed), ""]))
    numbers = (f"| `{name}` | {_written(name, value)} |" for name, value in asdict(thresholds).items())
    sections.append("\n".join(["## Numbers\n", "| threshold | value |", "|---|---|", *numbers, ""]))
    return "\n".join(sections)


def _written(name: str, value: timedelta | None) -> str:
    if value is None:
        return "not set"
    return f"{value // AN_HOUR}:00" if name in TIMES_OF_DAY else duration(value)


if __name__ == "__main__":
    print(readings_page(Thresholds()), end="")
