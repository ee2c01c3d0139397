"""Limits on guessing a room's code: who waits, and who never does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from etiquette.room import GuessLimits, RoomError
from etiquette.room.access import CODE_ALPHABET, CODE_LENGTH
from tests.room.builders import NOW

LIMITS = GuessLimits()


def test_a_page_waits_after_ten_wrong_codes_in_a_minute() -> None:
    LIMITS.check([NOW] * 9, [NOW] * 9, NOW)
    with pytest.raises(RoomError, match="Please wait 60 seconds"):
        LIMITS.check([NOW] * 10, [NOW] * 10, NOW)
    LIMITS.check([NOW] * 10, [NOW] * 10, NOW + timedelta(minutes=1))


def test_a_page_that_has_typed_no_wrong_code_never_waits() -> None:
    """Nor does one whose last wrong code was a minute ago, whatever the others at its address do."""
    LIMITS.check([], [NOW] * 100_000, NOW)
    LIMITS.check([NOW - timedelta(minutes=1)], [NOW] * 100_000, NOW)


def test_where_an_address_has_typed_three_hundred_whoever_typed_one_of_them_waits() -> None:
    LIMITS.check([NOW], [NOW] * 299, NOW)
    with pytest.raises(RoomError, match="Please wait 60 seconds"):
        LIMITS.check([NOW], [NOW] * 300, NOW)


def test_nobody_finds_a_room_by_trying_before_it_is_deleted() -> None:
    """The numbers in the docstring of `GuessLimits`."""
    codes = len(CODE_ALPHABET) ** CODE_LENGTH
    by_page = codes // LIMITS.connection.max_attempts * LIMITS.connection.window
    by_address = codes // LIMITS.address.max_attempts * LIMITS.address.window
    assert by_page.days // 365 == 12
    assert by_address.days == 148
