"""The page of readings: where the judge goes beyond the article's words, in the words that learners read.

python -m etiquette.judge.readings > etiquette/judge/READINGS.md
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

from etiquette.judge import reasons_calling, reasons_principle, reasons_references, reasons_thanks, reasons_waiting
from etiquette.judge.lengths import AN_HOUR, duration
from etiquette.judge.reasons import GUIDELINE_TITLES, Reason, fill_template
from etiquette.judge.situation import AT_THE_INTERVIEW, Situation
from etiquette.judge.thresholds import Thresholds

INTRODUCTION = """# How we read the article

The article leaves some questions open. This page lists how the judge answers them, in the words that learners read
beside its verdicts. The numbers are those of the article's policy; an office that teaches others loads its own.
"""
REASONS_BY_GUIDELINE = {
    "references": (reasons_references,),
    "thank-you": (reasons_thanks,),
    "calling": (reasons_calling,),
    "principle": (reasons_principle, reasons_waiting),
}
TIMES_OF_DAY = ("noon", "opens", "closes")


def readings(thresholds: Thresholds) -> dict[str, list[str]]:
    """Every reading by guideline, with the numbers of a policy filled in. Other policies' own readings are left out."""
    numbers = tuple((name, value) for name, value in asdict(thresholds).items() if value is not None)
    by_guideline: dict[str, list[str]] = {}
    for guideline, reasons in all_reasons().items():
        own = (reason.reading for reason in reasons.values() if "{thank_you_within:" not in reason.reading)
        filled = (fill_template(reading, Situation(AT_THE_INTERVIEW), numbers) for reading in own if reading)
        by_guideline[guideline] = list(dict.fromkeys(filled))
    return by_guideline


def all_reasons() -> dict[str, dict[str, Reason]]:
    """Every reason by guideline and name."""
    return {
        guideline: {n: each for module in modules for n, each in vars(module).items() if isinstance(each, Reason)}
        for guideline, modules in REASONS_BY_GUIDELINE.items()
    }


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
