"""Places by city or country, from the time zone database."""

from __future__ import annotations

from contextlib import suppress
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as some

from etiquette.plan.errors import EntryError
from etiquette.plan.places import LONGEST_PLACE, parse_place, place_names
from tests.plan.test_hearing import cases


@cases(
    """
    London = Europe/London GB | Europe/London = Europe/London GB | UK = Europe/London GB | u.k. = Europe/London GB
    Scotland = Europe/London GB | Swindon, UK = Europe/London GB | 10 Elm Street, Leeds, England = Europe/London GB
    new  YORK = America/New_York US | new_york = America/New_York US | Boston = America/New_York US
    Boston, MA = America/New_York US | boston ma = America/New_York US | Washington, D.C. = America/New_York US
    Springfield, Illinois = America/Chicago US | St. John's = America/St_Johns CA | São Paulo = America/Sao_Paulo BR
    sao paulo = America/Sao_Paulo BR | Cape Town (South Africa) = Africa/Johannesburg ZA
    København = Europe/Copenhagen DK | Munich = Europe/Berlin DE | The Netherlands = Europe/Amsterdam NL
    Mumbai = Asia/Kolkata IN | Mumbai, India = Asia/Kolkata IN | Calcutta = Asia/Kolkata IN
    Beijing = Asia/Shanghai CN | Saint Petersburg = Europe/Moscow RU | Cote d’Ivoire = Africa/Abidjan CI
    Germany = Europe/Berlin DE | Malaysia = Asia/Kuala_Lumpur MY | London, Ontario = America/Toronto CA
    SF = America/Los_Angeles US | HK = Asia/Hong_Kong HK | Berlin (remote) = Europe/Berlin DE
    El Paso, Texas = America/Denver US | UTC = UTC | us/pacific = US/Pacific US | Asia/Calcutta = Asia/Calcutta IN
    """
)
def test_a_place_is_known_by_its_city_or_country_or_zone(text: str, expected: str) -> None:
    place = parse_place(text)
    assert f"{place.zone.key} {place.country}".strip() == expected


@cases(
    """
    Spain = Madrid | Portugal = Lisbon | China = Shanghai | New Zealand = Auckland | Ukraine = Kyiv | Chile = Santiago
    Ecuador = Guayaquil | Kazakhstan = Almaty | Texas = Chicago | Paris, Texas = Chicago
    """
)
def test_a_country_or_state_is_taken_for_the_zone_of_nearly_everybody_there(text: str, expected: str) -> None:
    assert parse_place(text).zone.key.endswith(f"/{expected}")


@pytest.mark.parametrize(
    "country", ["the United States", "Canada", "Australia", "Brazil", "Mexico", "Russia", "Indonesia", "DR Congo"]
)
def test_where_people_live_by_several_clocks_it_asks_for_a_city_and_each_it_names_will_do(country: str) -> None:
    with pytest.raises(EntryError, match=f"than one time zone in {country}. Name a large city there") as caught:
        parse_place(country)
    cities = str(caught.value).partition("such as ")[2].rstrip(".").replace(" or ", ", ").split(", ")
    zones = {parse_place(f"{city}, {country}").zone.key for city in cities}
    assert len(zones) == len(cities) > 1


@cases(
    """
    Portland = Portland, Maine; Portland, Oregon | Georgia = Tbilisi, Georgia; Georgia, United States
    Hamilton = Hamilton, Bermuda; Hamilton, Canada; Hamilton, New Zealand
    Samoa = Pago Pago, American Samoa; Apia, Samoa
    """
)
def test_a_name_of_several_places_names_them_and_each_can_be_written(text: str, expected: str) -> None:
    choices = expected.split("; ")
    with pytest.raises(EntryError) as caught:
        parse_place(text)
    assert all(choice in str(caught.value) for choice in choices)
    assert len({parse_place(choice) for choice in choices}) == len(choices)


def test_what_follows_a_city_decides_which_one_is_meant() -> None:
    assert parse_place("Perth, WA").country == "AU"
    assert parse_place("Seattle, WA").country == "US"
    assert parse_place("Boston, Lincolnshire, UK").zone.key == "Europe/London"
    with pytest.raises(EntryError, match=r"We don’t know “lincolnshire”\. Write the city and the country"):
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


@pytest.mark.parametrize("typed", ["Remote", "fully remote", "Work from home", "Zoom", "remote, hybrid"])
def test_remote_work_asks_where_the_office_is(typed: str) -> None:
    with pytest.raises(EntryError, match="Where is the employer’s office"):
        parse_place(typed)


def test_each_suggestion_is_read_back_as_the_country_it_names() -> None:
    names = place_names()
    assert {"London, United Kingdom", "Mumbai, India", "Portland, Maine", "Seoul, South Korea"} <= set(names)
    places = {name: parse_place(name) for name in names}
    tab = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    zones = {line.split("\t")[2] for line in tab.splitlines() if not line.startswith("#")}
    assert {place.zone.key for place in places.values()} >= zones
    assert all(place.country for place in places.values())


@given(
    some.text(max_size=LONGEST_PLACE + 9)
    | some.lists(some.sampled_from(["UK", "Paris", "WA", "St", ",", "("])).map(" ".join)
)
def test_any_text_is_a_place_or_a_problem(text: str) -> None:
    with suppress(EntryError):
        assert parse_place(text).zone.key
