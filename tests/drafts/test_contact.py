"""Finding phone numbers and email addresses."""

from __future__ import annotations

import pytest

from etiquette.drafts.contact import contact_details, phone_numbers


@pytest.mark.parametrize(
    "number",
    [
        "07700900123",
        "07700.900123",
        "01632 960 123",
        "(0113) 496 0000",
        "+44 (0)113 496 0000",
        "555-0142",
        "0113 4960000",
    ],
)
def test_a_number_is_found_as_a_whole_however_its_digits_are_grouped(number: str) -> None:
    text = f"You can reach her on {number}, or at r.hill@school.example."
    assert [text[span.start : span.end] for span in contact_details(text)] == [number, "r.hill@school.example"]


@pytest.mark.parametrize(
    "text", ["from 2020-2024", "on 2026-03-04", "4.3.2026", "1,000,000 parts", "at 12:30 on the 5th"]
)
def test_dates_years_and_amounts_are_no_phone_numbers(text: str) -> None:
    assert phone_numbers(text) == []
