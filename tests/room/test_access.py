"""Who comes into a room: codes, tokens, nicknames, and guessing."""

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
from etiquette.room.access import CODE_ALPHABET, MAX_MARKS, MAX_NICKNAME_LENGTH
from tests.room.builders import NOW

LOTS = random.Random(1)


@given(st.integers())
def test_a_code_has_six_letters_that_make_no_word_and_look_like_nothing_else(seed: int) -> None:
    code = new_code(random.Random(seed))
    assert len(code) == 6
    assert set(code) <= set(CODE_ALPHABET)
    assert not set(CODE_ALPHABET) & set("AEIOUY0123456789")


@pytest.mark.parametrize(
    "typed", ["BCDFGH", "bcdfgh", " bcd fgh ", "bcd-fgh", "b c d f g h", "BCD\u00a0FGH\n", "Bcd.Fgh"]
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert parse_code(typed) == "BCDFGH"
    assert parse_code(format_code("BCDFGH")) == "BCDFGH"


@pytest.mark.parametrize("typed", ["", "BCDFG", "BCDFGHJ", "ABCDFG", "BCDFG0", "<b>", "B" * 10_000, "ßßßßßß"])
def test_what_is_no_code_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(RoomError, match="6 letters"):
        parse_code(typed)


def test_a_secret_opens_what_it_was_sealed_with_and_nothing_else() -> None:
    one, other = new_secret(LOTS), new_secret(LOTS)
    assert one != other
    assert matches_hash(one, hash_token(one))
    assert not matches_hash(other, hash_token(one))
    assert not matches_hash("", hash_token(one))
    assert not matches_hash("\ud800", hash_token(one))
    assert one not in hash_token(one)


def test_a_token_is_one_that_was_given_out() -> None:
    token = new_secret(LOTS)
    assert check_token(token) == token
    for wrong in ("", token[1:], token.upper().replace("0", "A"), "x" * 64, "1" * 65):
        with pytest.raises(RoomError, match="join again"):
            check_token(wrong)


@given(st.text() | st.text(st.characters(categories=["Mn", "Mc", "Cf", "Cc", "Lo", "Zs"])))
def test_a_nickname_stays_within_its_bounds_and_in_its_direction(typed: str) -> None:
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
        ("", ""),
        ("\u202egnp.exe", "gnp.exe"),
        ("Z" + "\u0351" * 40 + "o", "Z\u0351\u0351o"),
        ("x" * 10_000, "x" * MAX_NICKNAME_LENGTH),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        ("Ngọc Ánh", "Ngọc Ánh"),
        ("A\x00\x1b[31mB", "A[31mB"),
        ("\u200b\u2066 \u200f", ""),
    ],
)
def test_a_nickname_is_cleaned_and_not_guessed_at(typed: str, kept: str) -> None:
    assert clean_nickname(typed) == kept


def test_guessing_waits_once_too_many_were_wrong() -> None:
    limit = AttemptLimit(max_attempts=3, window=timedelta(minutes=1))
    wrong = [NOW, NOW + timedelta(seconds=10), NOW + timedelta(seconds=20)]
    assert not limit.wait(wrong[:2], NOW + timedelta(seconds=20))
    assert limit.wait(wrong, NOW + timedelta(seconds=20)) == timedelta(seconds=40)
    with pytest.raises(RoomError, match="wait 40 seconds"):
        limit.check(wrong, NOW + timedelta(seconds=20))
    limit.check(wrong, NOW + timedelta(seconds=60))


@given(st.lists(st.integers(0, 300), max_size=40), st.integers(0, 300))
def test_after_the_wait_another_try_is_free_and_not_before(seconds: list[int], at: int) -> None:
    limit, now = AttemptLimit(max_attempts=5), NOW + timedelta(seconds=at)
    wrong = [NOW + timedelta(seconds=second) for second in seconds if second <= at]
    wait = limit.wait(wrong, now)
    assert not limit.wait(wrong, now + wait)
    if wait:
        assert limit.wait(wrong, now + wait - timedelta(microseconds=1))
