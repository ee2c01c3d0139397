"""The key to a room's control, as it is written in links and typed by people."""

from __future__ import annotations

import pytest

from etiquette.room import RoomError, RoomKey

KEY = RoomKey("BCDFGH", "ab" * 32)


@pytest.mark.parametrize(
    "typed",
    [
        str(KEY),
        KEY.link("http://192.0.2.7:8866/facilitator/x.y/"),
        f"  {KEY.link('https://a.org/')}\n",
        f"#desk={KEY}",
        f"bcd-fgh {KEY.secret}",
        f"BCD FGH {KEY.secret}",
    ],
)
def test_a_key_is_found_in_a_link_or_typed_by_itself(typed: str) -> None:
    assert RoomKey.parse(typed) == KEY


@pytest.mark.parametrize("typed", ["", "https://a.org/", "AEIOU.1", ".", "#desk=", "BCDFG.1"])
def test_anything_else_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(RoomError, match="6 letters"):
        RoomKey.parse(typed)
