"""Access to a room: codes, tokens, nicknames, and the limit on guessing."""

from __future__ import annotations

import random
import unicodedata
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etiquette.room import (
    AttemptLimit,
    RoomError,
    check_token,
    clean_nickname,
    format_code,
    hash_token,
    matches_hash,
    new_code,
    new_secret,
    parse_code,
)
from etiquette.room.access import MAX_MARKS, MAX_NICKNAME_LENGTH
from tests.room.builders import NOW

RNG = random.Random(1)


def test_a_code_has_six_letters_without_vowels_or_digits() -> None:
    codes = {new_code(RNG) for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 6 and set(code) <= set("BCDFGHJKLMNPQRSTVWXZ") for code in codes)


@pytest.mark.parametrize(
    "typed", ["BCDFGH", "bcdfgh", " bcd fgh ", "bcd-fgh", "b c d f g h", "BCD\u00a0FGH\n", "Bcd.Fgh"]
)
def test_a_code_is_recognised_however_it_is_typed(typed: str) -> None:
    assert parse_code(typed) == "BCDFGH"
    assert parse_code(format_code("BCDFGH")) == "BCDFGH"


@pytest.mark.parametrize("typed", ["", "BCDFG", "BCDFGHJ", "ABCDFG", "BCDFG0", "<b>", "B" * 10_000, "ßßßßßß"])
def test_anything_that_is_not_a_code_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(RoomError, match="6 letters"):
        parse_code(typed)


def test_a_secret_matches_its_own_hash_only() -> None:
    one, other = new_secret(RNG), new_secret(RNG)
    hashed = hash_token(one)
    assert one not in hashed
    assert [matches_hash(secret, hashed) for secret in (one, other, "", "\ud800")] == [True, False, False, False]


def test_a_token_must_have_the_form_of_a_secret() -> None:
    token = new_secret(RNG)
    assert check_token(token) == token
    for wrong in ("", token[1:], token.upper().replace("0", "A"), "x" * 64, "1" * 65):
        with pytest.raises(RoomError, match="join again"):
            check_token(wrong)


@given(st.text() | st.text(st.characters(categories=["Mn", "Mc", "Cf", "Cc", "Lo", "Zs"])))
def test_a_nickname_is_one_short_line_without_control_characters(typed: str) -> None:
    name = clean_nickname(typed)
    assert clean_nickname(name) == name
    categories = [unicodedata.category(each) for each in name]
    assert sum(not each.startswith("M") for each in categories) <= MAX_NICKNAME_LENGTH
    assert not any(each.startswith("C") or each in ("Zl", "Zp") for each in categories)
    runs = "".join("m" if each.startswith("M") else "l" for each in categories)
    assert "m" * (MAX_MARKS + 1) not in runs
    assert not runs.startswith("m")
    assert name == " ".join(name.split())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ann  Lee\n", "Ann Lee"),
        ("\u202egnp.exe", "gnp.exe"),
        ("Z" + "\u0351" * 40 + "o", "Z\u0351\u0351o"),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        ("Ngọc Ánh", "Ngọc Ánh"),
        ("A\x00\x1b[31mB", "A[31mB"),
        ("\u200b\u2066 \u200f", ""),
    ],
)
def test_a_nickname_is_cleaned(typed: str, kept: str) -> None:
    assert clean_nickname(typed) == kept


@given(st.lists(st.integers(0, 300), max_size=40), st.integers(0, 300))
def test_another_attempt_is_free_after_the_wait_and_not_before(seconds: list[int], at: int) -> None:
    limit, now = AttemptLimit(max_attempts=5), NOW + timedelta(seconds=at)
    failures = [NOW + timedelta(seconds=second) for second in seconds if second <= at]
    wait = limit.wait(failures, now)
    assert not limit.wait(failures, now + wait)
    if wait:
        assert limit.wait(failures, now + wait - timedelta(microseconds=1))
