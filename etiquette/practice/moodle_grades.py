"""The grades that Moodle allows an option to have: it refuses a question with any other."""

from __future__ import annotations

from collections.abc import Sequence

from etiquette.practice.questions import Question

MOODLE_GRADES = {
    100: "100",
    90: "90",
    100 * 5 / 6: "83.33333",
    80: "80",
    75: "75",
    70: "70",
    100 * 2 / 3: "66.66667",
    60: "60",
    50: "50",
    40: "40",
    100 / 3: "33.33333",
    30: "30",
    25: "25",
    20: "20",
    100 / 6: "16.66667",
    100 / 7: "14.28571",
    12.5: "12.5",
    100 / 9: "11.11111",
    10: "10",
    5: "5",
    0: "0",
}
"""Each grade in percent, as Moodle writes it."""


def nearest_moodle_grade(share: int) -> float:
    """The allowed grade that is nearest to this percentage; the higher of two that are equally near."""
    return min(MOODLE_GRADES, key=lambda grade: (abs(grade - share), -grade))


def rounding_loss(questions: Sequence[Question]) -> tuple[str, ...]:
    """How many options have a grade that Moodle does not know, and how far they were moved. Empty if none."""
    shares = [question.share(number) for question in questions for number in range(len(question.options))]
    moved = [abs(nearest_moodle_grade(share) - share) for share in shares]
    rounded = [distance for distance in moved if distance > 0]
    if not rounded:
        return ()
    return (
        f"Moodle accepts only certain grades: {len(rounded)} of {len(shares)} options were rounded to the nearest, by "
        f"{max(rounded):.1f} percentage points at most.",
    )
