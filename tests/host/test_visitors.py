"""Who is here: places, and when they are free again. No server and no clock."""

from __future__ import annotations

import pytest

from etiquette.host.visitors import Patience, Visitor, Visitors, Why

PATIENCE = Patience(unopened=60, lost=75, idle=1800)


def a_house(capacity: int = 2) -> Visitors:
    return Visitors(capacity, PATIENCE)


def a_guest(house: Visitors, kernel: str = "k", now: float = 0.0) -> Visitor:
    visitor = house.arrive(now)
    assert visitor
    house.assign(visitor, kernel, now)
    return visitor


def test_there_are_only_so_many_places() -> None:
    house = a_house(capacity=2)
    a_guest(house, "a")
    a_guest(house, "b")
    assert house.arrive(0) is None
    assert len(house) == 2
    house.leave("a")
    assert house.arrive(0)


def test_who_waits_for_a_kernel_has_a_place_already() -> None:
    house = a_house(capacity=1)
    waiting = house.arrive(0)
    assert waiting
    assert house.arrive(0) is None
    assert house.overdue(10_000) == []
    house.give_up(waiting)
    assert house.arrive(0)


def test_visitors_are_numbered_as_they_come() -> None:
    house = a_house()
    first = a_guest(house, "a")
    house.leave("a")
    assert (first.number, a_guest(house, "b").number) == (1, 2)


def test_a_page_that_never_connects_is_let_go() -> None:
    house = a_house()
    a_guest(house, now=100)
    assert house.overdue(159.9) == []
    assert house.overdue(160) == [("k", Why.NEVER_OPENED)]


def test_a_page_that_lost_its_connection_may_come_back() -> None:
    house = a_house()
    a_guest(house)
    house.connect("k", 5)
    house.disconnect("k", 100)
    assert house.overdue(174.9) == []
    house.connect("k", 174.9)
    assert house.overdue(200) == []
    house.disconnect("k", 300)
    assert house.overdue(375) == [("k", Why.LOST)]


def test_a_page_with_a_second_connection_is_not_lost() -> None:
    house = a_house()
    a_guest(house)
    house.connect("k", 1)
    house.connect("k", 2)
    house.disconnect("k", 3)
    assert house.sockets("k") == 1
    assert house.overdue(1000) == []


def test_a_page_that_says_nothing_is_idle() -> None:
    house = a_house()
    a_guest(house)
    house.connect("k", 0)
    house.hear("k", 1000)
    assert house.overdue(2799) == []
    assert house.overdue(2800) == [("k", Why.IDLE)]


def test_who_left_is_not_known_any_more() -> None:
    house = a_house()
    a_guest(house)
    assert "k" in house
    assert house.leave("k")
    assert house.leave("k") is None
    assert "k" not in house
    house.connect("k", 1)
    house.disconnect("k", 2)
    house.hear("k", 3)
    assert len(house) == house.sockets("k") == 0
    assert house.overdue(10_000) == []


@pytest.mark.parametrize("way", ["unopened", "lost", "idle"])
def test_a_goodbye_that_is_lost_costs_two_minutes_at_most(way: str) -> None:
    """A silent connection is noticed within 40 s: a ping every 10 s, an answer within 30 s."""
    patience = Patience()
    assert {"unopened": patience.unopened, "lost": patience.lost + 40, "idle": 0}[way] <= 120
