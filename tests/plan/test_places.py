"""Places by city or country, from the time zone database."""

from __future__ import annotations

from contextlib import suppress
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as some

from etiquette.plan.errors import EntryError
from etiquette.plan.places import CITIES, LONGEST_PLACE, REGIONS, parse_place, place_names


def zone_tab() -> dict[str, str]:
    """The country of each zone, read independently."""
    text = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {row[2]: row[0] for row in rows}


@pytest.mark.parametrize(
    "case",
    """London = Europe/London GB | Europe/London = Europe/London GB | UK = Europe/London GB | u.k. = Europe/London GB
    Scotland = Europe/London GB | Swindon, UK = Europe/London GB | 10 Elm Street, Leeds, England = Europe/London GB
    new  YORK = America/New_York US | new_york = America/New_York US | Boston = America/New_York US
    Boston, MA = America/New_York US | boston ma = America/New_York US | Washington, D.C. = America/New_York US
    Springfield, Illinois = America/Chicago US | St. John's = America/St_Johns CA | São Paulo = America/Sao_Paulo BR
    sao paulo = America/Sao_Paulo BR | Cape Town (South Africa) = Africa/Johannesburg ZA
    København = Europe/Copenhagen DK | Munich = Europe/Berlin DE | The Netherlands = Europe/Amsterdam NL
    Mumbai = Asia/Kolkata IN | Mumbai, India = Asia/Kolkata IN | Calcutta = Asia/Kolkata IN
    Beijing = Asia/Shanghai CN | Saint Petersburg = Europe/Moscow RU | Cote d’Ivoire = Africa/Abidjan CI
    Germany = Europe/Berlin DE | Malaysia = Asia/Kuala_Lumpur MY""".replace("|", "\n").splitlines(),
)
def test_a_place_is_known_by_its_city_or_country(case: str) -> None:
    """A country whose zones all keep the same time, such as Germany, counts as one."""
    typed, _, expected = case.partition("=")
    place = parse_place(typed)
    assert f"{place.zone.key} {place.country}" == expected.strip()


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("United States", "in the United States. Name a large city there, such as New York, Chicago"),
        ("Australia", "Sydney, Brisbane"),
        ("Texas", "Chicago or Denver"),
        ("Paris, Texas", "in Texas"),
    ],
)
def test_a_country_or_state_with_several_times_asks_for_a_city(typed: str, named: str) -> None:
    with pytest.raises(EntryError, match=named):
        parse_place(typed)


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("Portland", ["Portland, Maine", "Portland, Oregon"]),
        ("Georgia", ["Tbilisi, Georgia", "Georgia, United States"]),
        ("Hamilton", ["Hamilton, Bermuda", "Hamilton, Canada", "Hamilton, New Zealand"]),
        ("Samoa", ["Pago Pago, American Samoa", "Apia, Samoa"]),
    ],
)
def test_a_name_of_several_places_names_them_and_each_can_be_written(typed: str, choices: list[str]) -> None:
    with pytest.raises(EntryError) as caught:
        parse_place(typed)
    assert all(choice in str(caught.value) for choice in choices)
    assert len({parse_place(choice) for choice in choices}) == len(choices)


def test_what_follows_a_city_decides_which_one_is_meant() -> None:
    assert parse_place("Perth, WA").country == "AU"
    assert parse_place("Seattle, WA").country == "US"
    assert parse_place("Boston, Lincolnshire, UK").zone.key == "Europe/London"
    with pytest.raises(EntryError, match="Ontario"):
        parse_place("London, Ontario")
    with pytest.raises(EntryError, match=r"We don’t know 'lincolnshire'\. Write the city and the country"):
        parse_place("Boston, Lincolnshire")


@pytest.mark.parametrize(
    "typed", ["Londn", "Truk City", "New England", "Europe/Londn", "../../etc/passwd", "x,,y", "🙂"]
)
def test_nothing_is_guessed_from_the_spelling(typed: str) -> None:
    with pytest.raises(EntryError, match="Name a large city in the same time zone, or the country"):
        parse_place(typed)


@pytest.mark.parametrize("typed", ["EST", "cet", "GMT", "PT", "UTC+1", "GMT+5:30", "+02:00"])
def test_an_abbreviation_or_offset_asks_for_a_city_because_of_summer_time(typed: str) -> None:
    with pytest.raises(EntryError, match="doesn’t say when the clocks change"):
        parse_place(typed)


@pytest.mark.parametrize(
    ("typed", "country"), [("UTC", ""), ("Etc/UTC", ""), ("Asia/Calcutta", "IN"), ("us/pacific", "US")]
)
def test_every_name_of_a_zone_is_kept_as_it_is(typed: str, country: str) -> None:
    place = parse_place(typed)
    assert place.zone.key.casefold() == typed.casefold()
    assert place.country == country


def test_nothing_or_far_too_much_is_rejected() -> None:
    with pytest.raises(EntryError, match="Name a city or a country"):
        parse_place("  ")
    with pytest.raises(EntryError, match="too long"):
        parse_place("x" * (LONGEST_PLACE + 1))


def test_added_cities_and_regions_are_in_zones_of_the_database_and_regions_in_one_country() -> None:
    countries = zone_tab()
    assert countries.keys() >= CITIES.keys()
    for zones in REGIONS:
        assert len({countries[zone] for zone in zones.split()}) == 1


def test_each_suggestion_is_read_back_as_the_country_it_names() -> None:
    names = place_names()
    assert {"London, United Kingdom", "Mumbai, India", "Portland, Maine", "Seoul, South Korea"} <= set(names)
    places = {name: parse_place(name) for name in names}
    assert {place.zone.key for place in places.values()} >= zone_tab().keys()
    assert all(place.country for place in places.values())


@given(
    some.text(max_size=LONGEST_PLACE)
    | some.lists(some.sampled_from(["UK", "Paris", "WA", "St", ",", "("])).map(" ".join)
)
def test_any_text_is_a_place_or_a_problem(text: str) -> None:
    with suppress(EntryError):
        assert parse_place(text).zone.key
