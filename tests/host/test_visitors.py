"""Who is here: places, and when they are free again. No server and no clock."""

from __future__ import annotations

import pytest

from etiquette.host.server import PINGS_EVERY
from etiquette.host.visitors import FullError, Patience, Visitor, Visitors, Why

PATIENCE = Patience(unopened=60, lost=75, idle=1800)


class Socket:
    """An open websocket of a page that nobody writes to."""

    def send(self, raw: bytes) -> None: ...

    def close(self, code: int | None = None, reason: str | None = None) -> None: ...


def a_house(capacity: int = 2, per_address: int = 2) -> Visitors:
    return Visitors(capacity, per_address, PATIENCE)


def a_guest(house: Visitors, page_id: str = "p", address: str = "", now: float = 0.0) -> tuple[Visitor, Socket]:
    """Somebody whose page has opened its websocket."""
    visitor, socket = house.arrive(page_id, address, now), Socket()
    house.connect(visitor, socket, now)
    return visitor, socket


def test_there_are_only_so_many_places() -> None:
    house = a_house(capacity=2)
    a_guest(house, "a")
    assert not house.full
    a_guest(house, "b")
    assert house.full
    with pytest.raises(FullError):
        house.arrive("c", "", 0)
    assert len(house) == 2
    house.leave("a")
    assert house.arrive("c", "", 0)


def test_one_address_has_only_so_many_of_them() -> None:
    house = a_house(capacity=10, per_address=2)
    a_guest(house, "a", "192.0.2.7")
    assert not house.crowded("192.0.2.7")
    a_guest(house, "b", "192.0.2.7")
    assert house.crowded("192.0.2.7")
    with pytest.raises(FullError):
        house.arrive("c", "192.0.2.7", 0)
    assert not house.crowded("192.0.2.8")
    house.leave("a")
    assert house.arrive("c", "192.0.2.7", 0)


def test_nobody_in_particular_may_have_all_places() -> None:
    house = a_house(capacity=10, per_address=1)
    for name in "abcde":
        a_guest(house, name)
    assert not house.crowded("")


def test_visitors_are_numbered_as_they_come() -> None:
    house = a_house()
    first, _ = a_guest(house, "a")
    house.leave("a")
    assert (first.number, a_guest(house, "b")[0].number) == (1, 2)


def test_a_page_that_lost_its_connection_may_come_back() -> None:
    house = a_house()
    visitor, socket = a_guest(house)
    house.disconnect(visitor, socket, 100)
    assert house.overdue(174.9) == []
    house.connect(visitor, socket, 174.9)
    assert house.overdue(200) == []
    house.disconnect(visitor, socket, 300)
    assert house.overdue(375) == [("p", Why.LOST)]


def test_a_page_that_loses_its_connection_before_it_is_open_may_come_back_too() -> None:
    house = a_house()
    visitor = house.arrive("p", "", 100)
    house.disconnect(visitor, Socket(), 101)
    assert house.overdue(174.9) == []
    assert house.overdue(175) == [("p", Why.LOST)]


def test_a_page_with_a_second_connection_is_not_lost() -> None:
    house = a_house()
    visitor, socket = a_guest(house)
    house.connect(visitor, Socket(), 2)
    house.disconnect(visitor, socket, 3)
    house.disconnect(visitor, socket, 4)
    assert house.overdue(1000) == []


def test_a_page_that_says_nothing_is_idle() -> None:
    house = a_house()
    visitor, _ = a_guest(house)
    visitor.heard = 1000
    assert house.overdue(2799) == []
    assert house.overdue(2800) == [("p", Why.IDLE)]


def test_who_left_is_not_known_any_more() -> None:
    house = a_house()
    visitor, socket = a_guest(house, "p", "192.0.2.7")
    assert "p" in house
    assert house.get("p") is house.leave("p") is visitor
    assert house.leave("p") is None
    assert house.get("p") is None
    house.disconnect(visitor, socket, 2)
    assert len(house) == 0
    assert house.overdue(10_000) == []


def test_a_goodbye_that_is_lost_costs_two_minutes_at_most() -> None:
    """A silent connection is noticed after a ping and the time for its answer."""
    assert Patience().lost + 2 * PINGS_EVERY <= 120
