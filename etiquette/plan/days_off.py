"""Public holidays in the employer's country, from the optional package `holidays`."""

from __future__ import annotations

from datetime import date
from functools import cache


def days_off(country: str, first: date, last: date) -> frozenset[date]:
    """The nationwide public holidays between two days, both included.

    Args:
        country: Its ISO 3166 code.
        first: The first day.
        last: The last day.

    Returns:
        Empty if the country or the package is missing.
    """
    days = (day for year in range(first.year, last.year + 1) for day in _in_year(country, year))
    return frozenset(day for day in days if first <= day <= last)


@cache
def _in_year(country: str, year: int) -> frozenset[date]:
    try:
        from holidays import country_holidays  # optional, and slow to import

        return frozenset(country_holidays(country, years=year)) if country else frozenset()
    except (ImportError, NotImplementedError):
        return frozenset()
