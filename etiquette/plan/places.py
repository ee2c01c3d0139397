"""Finds the time zone of a place that people name.

Cities and countries come from the time zone database (`zone.tab`, `iso3166.tab`), everyday names and other large cities
from `library/places.txt`. A name has to match: a misspelt one is not corrected.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

from etiquette.files import LIBRARY, read_text, shorten
from etiquette.plan.errors import EntryError

LONGEST_PLACE = 120
UNCHANGING = ("UTC", "UCT", "Universal", "Zulu")
ABBREVIATION_PATTERN = re.compile(
    r"(ac|ae|ak|aw|b|c|ce|e|ee|h|hk|i|j|k|m|n|nz|p|pk|sa|sg|w|we|a)[ds]t|[cempg]t|ee?t|[cmw]et|msk|gmt|wat|wib"
    r"|(utc|gmt)[ +]*\d[\d: ]*|\+ ?\d[\d: ]*"
)
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "ı": "i", "&": " and ", "_": " ", "-": " "} | dict.fromkeys("’‘'.", "")
)
REMOTE_PATTERN = re.compile(
    r"(?:(?:fully )?remote(?:ly)?(?: (?:work|only|job|role))?|work(?:ing)? from home|wfh|(?:from )?home|hybrid|anywhere"
    r"|everywhere|worldwide|online|virtual(?:ly)?|zoom|teams|skype|video|phone)"
)
UNKNOWN = "Name a large city in the same time zone, or the country."


@dataclass(frozen=True, slots=True)
class Place:
    """Where an employer is. `country` is its ISO 3166 code, "" if unknown."""

    zone: ZoneInfo
    country: str


@dataclass(frozen=True, slots=True)
class _Area:
    """What a name can mean: a city, a region or a country. Nearly everybody there lives in its first zone."""

    label: str
    country: str
    zones: tuple[str, ...]

    def overlaps(self, other: _Area) -> bool:
        return self.country == other.country and not set(self.zones).isdisjoint(other.zones)


@cache
def zone_names() -> tuple[str, ...]:
    """The names of all time zones on this machine: places first, each group in alphabetical order."""
    return tuple(sorted(available_timezones(), key=lambda name: ("/" not in name, name.startswith("Etc/"), name)))


def parse_place(text: str) -> Place:
    """The place that this names: 'London', 'Mumbai, India', 'Boston MA', 'Germany' or 'Europe/London'.

    Raises:
        EntryError: No place has that name, several have it, or the place has several time zones.
    """
    if not text.strip():
        raise EntryError("Write a city or a country, such as London or Germany.")
    if len(text) > LONGEST_PLACE:
        raise EntryError("That’s too long for a place name. Write a city, such as London.")
    whole = _key(text)
    written = [whole] if whole in _atlas() else [key for part in re.split(r"[,;/()]", text) if (key := _key(part))]
    parts = [part for part in written if not REMOTE_PATTERN.fullmatch(part)]
    if written and not parts:
        raise EntryError("Where is the employer’s office? Write the city or the country: the plan uses the time there.")
    areas = _areas_named(_split(parts[0]) if len(parts) == 1 else parts, text)
    if len({(area.country, area.zones[0]) for area in areas}) > 1:
        choices = [area.label if "," in area.label else f"{_city(area.zones[0])}, {area.label}" for area in areas]
        raise EntryError(
            f"More than one place is called {_quoted(text)}. Write {'; '.join(choices[:-1])} or {choices[-1]}."
        )
    name = areas[0].label.split(",")[0]
    if cities := dict(_lines("several clocks")).get(name):
        where = re.sub("^(?=United)", "the ", name)
        such_as = f"{', '.join(cities[:-1])} or {cities[-1]}"
        raise EntryError(f"There’s more than one time zone in {where}. Name a large city there, such as {such_as}.")
    return Place(ZoneInfo(areas[0].zones[0]), areas[0].country)


def place_names() -> tuple[str, ...]:
    """Cities, states and provinces with their countries, as in 'London, United Kingdom', in alphabetical order.

    `parse_place` can read each of them.
    """
    several = dict(_lines("several clocks"))
    labels = {area.label for areas in _atlas().values() for area in areas if "," in area.label}
    return tuple(sorted((label for label in labels if label.split(",")[0] not in several), key=_key))


def _areas_named(parts: list[str], text: str) -> list[_Area]:
    """What the first known part can mean, given the later parts: 'Boston' in 'Boston, Lincolnshire, UK' is not the one
    in the United States.
    """
    known = [[*_atlas().get(part, ()), *(_atlas().get(f",{part}", ()) if n else ())] for n, part in enumerate(parts)]
    for n, areas in enumerate(known):
        later = [each for each in known[n + 1 :] if each]
        fitting = [area for area in areas if all(any(area.overlaps(other) for other in each) for each in later)]
        if fitting and len(parts) > n + 1 and not later:
            raise EntryError(
                f"We don’t know {_quoted(parts[n + 1])}. Write the city and the country: {fitting[0].label}."
            )
        if fitting:
            return fitting
    if any(ABBREVIATION_PATTERN.fullmatch(part) for part in parts):
        raise EntryError(f"{_quoted(text)} doesn’t say when the clocks change in summer. {UNKNOWN}")
    raise EntryError(f"We don’t know a place called {_quoted(text)}. {UNKNOWN}")


def _split(key: str) -> list[str]:
    """'boston ma' as ['boston', 'ma'] if both are known, otherwise the whole key."""
    words, atlas = key.split(), _atlas()
    for n in range(len(words) - 1 if key not in atlas else 0, 0, -1):
        head, tail = " ".join(words[:n]), " ".join(words[n:])
        if head in atlas and (tail in atlas or f",{tail}" in atlas):
            return [head, tail]
    return [key]


def _key(name: str) -> str:
    """A name in lower case, without accents, full stops, hyphens or 'the'."""
    decomposed = unicodedata.normalize("NFKD", name.casefold()).translate(LETTERS)
    words = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).split()
    return " ".join("st" if word == "saint" else word for word in words[words[:1] == ["the"] :])


def _quoted(text: str) -> str:
    return f"“{shorten(text)[1:-1]}”"


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


@cache
def _lines(heading: str) -> list[tuple[str, list[str]]]:
    """The lines under a heading of `library/places.txt`: each a key and its names."""
    section = read_text(LIBRARY / "places.txt").split(f"[{heading}]\n")[1].split("\n[")[0]
    pairs = (line.split(" = ") for line in section.splitlines() if " = " in line)
    return [(key, names.split(", ")) for key, names in pairs]


def _rows(name: str) -> list[list[str]]:
    lines = (resources.files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def _atlas() -> dict[str, tuple[_Area, ...]]:
    """What each name can mean, by its key. A key that is valid only after a city, such as MA, begins with a comma."""
    found: dict[str, dict[_Area, None]] = {}
    countries = {row[2]: row[0] for row in _rows("zone.tab")}
    links = [row[0].split()[1:] for row in _rows("tzdata.zi") if row[0].startswith("L ")]
    older = {old: new for new, old in links if new in countries}
    named = {code: [name, re.sub(r" \(.*", "", name)] for code, name in _rows("iso3166.tab")}
    named |= {code: [*names, named[code][0]] for code, names in _lines("countries")}

    def add(area: _Area, *names: str) -> None:
        for name in names:
            found.setdefault(_key(name), {})[area] = None

    def add_city(zone: str, city: str) -> None:
        name, _, region = city.partition("/")
        add(_Area(f"{name}, {region or named[countries[zone]][0]}", countries[zone], (zone,)), name)

    for code, names in named.items():
        if there := [zone for zone, country in countries.items() if country == code]:
            main_first = tuple(sorted(there, key=lambda zone: zone not in dict(_lines("cities"))))
            add(_Area(names[0], code, main_first), *names, f",{code}")
    for zone, cities in [*((zone, [_city(zone)]) for zone in countries), *_lines("cities")]:
        for city in cities:
            add_city(zone, city)
    for old, zone in older.items():
        if old.startswith(("Africa/", "America/", "Asia/", "Europe/")) and _key(_city(old)) not in found:
            add_city(zone, _city(old))
    for several, regions in _lines("regions"):
        zones = tuple(several.split())
        for name, _, code in (region.rpartition(" ") for region in regions):
            area = _Area(f"{name}, {named[countries[zones[0]]][0]}", countries[zones[0]], zones)
            add(area, name, f",{code}", f",{name.removesuffix(' State')}")
    for zone in zone_names():
        if "/" in zone or zone in UNCHANGING:
            add(_Area(zone, countries.get(older.get(zone, zone), ""), (zone,)), zone)
    return {key: tuple(areas) for key, areas in found.items()}
