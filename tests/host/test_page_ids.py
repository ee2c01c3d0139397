"""The ids that pages carry. No server and no clock."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etiquette.host.page_ids import PageIds

KEY, NOW = b"k" * 32, 1_795_957_881.5


def some_ids(key: bytes = KEY, worker: int = 0) -> PageIds:
    return PageIds(key, worker, valid_for=60)


def test_an_id_says_which_worker_made_it_and_which_page_it_is_for() -> None:
    """It looks like a kernel's."""
    ids = some_ids(worker=10)
    page_id = ids.new(255, NOW)
    assert [len(part) for part in page_id.split("-")] == [8, 4, 4, 4, 12]
    assert page_id.startswith("0a")
    assert ids.page_of(page_id, NOW) == 255
    assert len({ids.new(0, NOW) for _ in range(2**16)}) == 2**16  # no two pages have the same


@pytest.mark.parametrize("made", [NOW, 2**32 - 1.0])
def test_an_id_can_be_opened_for_so_long_and_no_longer(made: float) -> None:
    """Also when the clock reaches the end of its 32 bits."""
    ids = some_ids()
    page_id = ids.new(0, made)
    assert ids.page_of(page_id, made + 59) == 0
    assert ids.page_of(page_id, made + 62) is None


def test_an_id_that_is_spent_is_good_for_nothing_while_it_could_be_and_afterwards() -> None:
    ids = some_ids()
    page_id, other = ids.new(0, NOW), ids.new(0, NOW)
    ids.spend(page_id, NOW + 30)
    for later in (30, 59, 62, 1000):
        assert ids.page_of(page_id, NOW + later) is None
        ids.spend(ids.new(0, NOW + later), NOW + later)
    assert ids.page_of(other, NOW + 59) == 0


def test_what_was_spent_long_ago_is_not_remembered() -> None:
    ids = some_ids()
    for second in range(1000):
        ids.spend(ids.new(0, NOW + second), NOW + second)
    assert len(ids._spent) < 100


@given(st.integers(0, 31), st.integers(1, 15))
def test_an_id_changed_in_one_digit_is_nobodys(place: int, by: int) -> None:
    ids = some_ids()
    digits = ids.new(0, NOW).replace("-", "")
    changed = f"{(int(digits[place], 16) + by) % 16:x}"
    assert ids.page_of(digits[:place] + changed + digits[place + 1 :], NOW) is None


@pytest.mark.parametrize("maker", [some_ids(b"o" * 32), some_ids(worker=1)])
def test_an_id_of_another_server_or_worker_is_nobodys(maker: PageIds) -> None:
    """It would be spent there alone, and could be opened at both."""
    assert some_ids().page_of(maker.new(0, NOW), NOW) is None
