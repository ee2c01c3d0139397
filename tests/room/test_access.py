"""Access to a room: codes, tokens, nicknames, and the limit on guessing."""

from __future__ import annotations

import random
import unicodedata
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from etiquette.room import (
    AttemptLimit,
    RoomError,
    check_token,
    clean_nickname,
    distinct_nickname,
    format_code,
    hash_token,
    matches_hash,
    new_code,
    new_secret,
    parse_code,
)
from etiquette.room.access import JOINERS, MAX_CODE_POINTS, MAX_MARKS, MAX_NICKNAME_LENGTH
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


@pytest.mark.parametrize(
    "link",
    [
        "https://host/?room=BCDFGH",
        "  https://host:8080/learn/?lang=en&room=bcd%20fgh&x=1#workshop\n",
        "host/?room=BCDFGH#workshop/BCDFGH",
        "https://host/#workshop/BCDFGH",
        "Join us: https://host/?room=BCDFGH",
    ],
)
def test_a_pasted_link_holds_its_code(link: str) -> None:
    assert parse_code(link) == "BCDFGH"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "https://host/?room=",
        "https://host/BCDFGH",
        "BCDFG",
        "BCDFGHJ",
        "ABCDFG",
        "BCDFG0",
        "<b>",
        "B" * 10_000,
        "ßßßßßß",
    ],
)
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


AWKWARD = st.sampled_from([*"🏴\U000e0067\U000e007f👩\u200d\u200c❤\ufe0f🏽🇩🇪ශ්රීक्षe\u0301 "])


@given(st.text() | st.text(st.characters(categories=["Mn", "Mc", "Cf", "Cc", "Lo", "Zs"])) | st.text(AWKWARD))
def test_a_nickname_is_one_short_line_without_control_characters(typed: str) -> None:
    name = clean_nickname(typed)
    assert clean_nickname(name) == name
    assert len(list(iter_graphemes(name))) <= 2 * MAX_NICKNAME_LENGTH, "a joiner may link several"
    assert len(name) <= MAX_CODE_POINTS
    invisible = [each for each in name if unicodedata.category(each).startswith("C") or each in "\u2028\u2029"]
    assert all(each in JOINERS or "\U000e0020" <= each <= "\U000e007f" for each in invisible)
    assert not name.endswith(tuple(JOINERS))
    runs = "".join("m" if unicodedata.category(each).startswith("M") else "l" for each in name)
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
        ("S\u200da\u200cm\u200d", "Sam"),
        ("A\U000e0041\U000e0042", "A"),
    ],
)
def test_a_nickname_is_cleaned(typed: str, kept: str) -> None:
    assert clean_nickname(typed) == kept


@pytest.mark.parametrize(
    "letter",
    [
        "ශ්\u200dරී",
        "👩\u200d👩\u200d👧\u200d👦",
        "🇱🇰",
        "👍🏽",
        "क्ष",
        "क्\u200dष",
        "ကြို့",
        "กี่",
        "❤\ufe0f",
        "1\ufe0f\u20e3",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "می\u200cخ",
        "👩🏽\u200d❤\ufe0f\u200d💋\u200d👨🏽",
    ],
)
@pytest.mark.parametrize("before", [0, MAX_NICKNAME_LENGTH - 1, MAX_NICKNAME_LENGTH])
def test_what_people_count_as_a_letter_is_kept_whole_or_not_at_all(letter: str, before: int) -> None:
    name = "x" * before + unicodedata.normalize("NFC", letter) + "x" * MAX_NICKNAME_LENGTH
    kept = clean_nickname(name)
    assert name.startswith(kept)
    if before < MAX_NICKNAME_LENGTH - 1:
        assert kept.startswith(letter)
        assert clean_nickname(letter * 200).replace(letter, "") in ("", letter[:2])
    else:
        assert kept.removeprefix("x" * before) in ("", letter, "م")


@pytest.mark.parametrize(
    ("nickname", "taken", "distinct"),
    [
        ("Sam", [], "Sam"),
        ("", ["", ""], ""),
        ("sam", ["Sam"], "sam 2"),
        ("Sam", ["SAM", "sam 2", "Sam 4"], "Sam 3"),
        ("Sam 2", ["Sam", "Sam 2"], "Sam 3"),
        ("Ｓam", ["Sam"], "Ｓam 2"),
        ("❤", ["❤\ufe0f"], "❤ 2"),
        ("x" * 30, ["x" * 30], "x" * 28 + " 2"),
    ],
)
def test_the_same_nickname_twice_is_told_apart(nickname: str, taken: list[str], distinct: str) -> None:
    """Whatever the capital letters are, and even if only a computer could see the difference."""
    assert distinct_nickname(nickname, taken) == distinct


@given(st.lists(st.integers(0, 300), max_size=40), st.integers(0, 300))
def test_another_attempt_is_free_after_the_wait_and_not_before(seconds: list[int], at: int) -> None:
    limit, now = AttemptLimit(max_attempts=5), NOW + timedelta(seconds=at)
    failures = [NOW + timedelta(seconds=second) for second in seconds if second <= at]
    wait = limit.wait(failures, now)
    assert not limit.wait(failures, now + wait)
    if wait:
        assert limit.wait(failures, now + wait - timedelta(microseconds=1))
