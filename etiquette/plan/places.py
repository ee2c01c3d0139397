"""Places as people name them, and the time zones there.

Cities and countries are those of the time zone database (`zone.tab`, `iso3166.tab`), with the everyday names and the
large cities that it lacks. A name is known or it is not: nothing is guessed from its spelling.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

from etiquette.files import shorten
from etiquette.plan.errors import EntryError

LONGEST_PLACE = 120
COUNTRY_NAMES = {  # the first is shown
    "AE": "United Arab Emirates, UAE, Emirates",
    "AS": "American Samoa, Samoa",
    "BA": "Bosnia and Herzegovina, Bosnia",
    "CD": "DR Congo, DRC, Congo, Democratic Republic of the Congo, Congo Kinshasa",
    "CF": "Central African Republic",
    "CG": "Republic of the Congo, Congo, Congo Brazzaville",
    "CI": "Ivory Coast",
    "CN": "China, PRC, Mainland China",
    "CV": "Cape Verde, Cabo Verde",
    "CZ": "Czech Republic, Czechia",
    "DE": "Germany, Deutschland",
    "ES": "Spain, España",
    "GB": "United Kingdom, UK, Great Britain, GB, England, Scotland, Wales, Northern Ireland",
    "HK": "Hong Kong, Hongkong",
    "IE": "Ireland, Eire, Republic of Ireland",
    "IT": "Italy, Italia",
    "KP": "North Korea",
    "KR": "South Korea, Korea, Republic of Korea",
    "MK": "North Macedonia, Macedonia",
    "MM": "Myanmar, Burma",
    "NL": "Netherlands, Holland",
    "NZ": "New Zealand, NZ, Aotearoa",
    "RU": "Russia, Russian Federation",
    "SA": "Saudi Arabia, KSA",
    "SZ": "Eswatini, Swaziland",
    "TL": "East Timor, Timor-Leste",
    "TR": "Turkey, Türkiye",
    "TT": "Trinidad and Tobago, Trinidad",
    "US": "United States, US, USA, United States of America, America",
    "VG": "British Virgin Islands, Virgin Islands",
    "VI": "US Virgin Islands, Virgin Islands",
    "VN": "Vietnam, Viet Nam",
    "WS": "Samoa, Western Samoa",
}
CITIES = {  # those that zone.tab lacks, by its zones; "Portland/Maine" is the one in Maine
    "Africa/Cairo": "Alexandria, Giza",
    "Africa/Casablanca": "Rabat, Marrakesh, Marrakech, Fez, Tangier",
    "Africa/Johannesburg": "Cape Town, Durban, Pretoria, Port Elizabeth, Bloemfontein, Stellenbosch",
    "Africa/Lagos": "Abuja, Kano, Ibadan, Port Harcourt",
    "America/Bogota": "Medellin, Cali, Barranquilla",
    "America/Chicago": (
        "Houston, Dallas, Austin, San Antonio, Fort Worth, Minneapolis, St Paul, St Louis, Milwaukee, Madison, "
        "Nashville, Memphis, New Orleans, Kansas City, Oklahoma City, Tulsa, Omaha, Des Moines"
    ),
    "America/Costa_Rica": "San Jose",
    "America/Denver": "Salt Lake City, Colorado Springs, Boulder, Albuquerque, Santa Fe, El Paso",
    "America/Edmonton": "Calgary",
    "America/Guayaquil": "Quito",
    "America/Los_Angeles": (
        "San Francisco, Seattle, San Diego, San Jose, Silicon Valley, Palo Alto, Mountain View, Oakland, Berkeley, "
        "Sacramento, Long Beach, Las Vegas, LA, Portland/Oregon, Tacoma"
    ),
    "America/Mexico_City": "Guadalajara, Puebla, Leon, Queretaro",
    "America/New_York": (
        "Boston, Washington, Washington DC, Philadelphia, Atlanta, Miami, Orlando, Tampa, Pittsburgh, Cleveland, "
        "Columbus, Cincinnati, Baltimore, Charlotte, Raleigh, Durham/North Carolina, Jacksonville, Buffalo, "
        "Rochester, Newark, New York City, NYC, Brooklyn, Manhattan, Providence, Hartford, Richmond, Princeton, "
        "New Haven, Cambridge/Massachusetts, Portland/Maine"
    ),
    "America/Phoenix": "Tucson, Scottsdale, Mesa",
    "America/Puerto_Rico": "San Juan",
    "America/Sao_Paulo": (
        "Rio de Janeiro, Rio, Brasilia, Belo Horizonte, Curitiba, Porto Alegre, Campinas, Florianopolis"
    ),
    "America/Toronto": "Ottawa, Montreal, Quebec City, Hamilton, Mississauga, Waterloo, Kitchener",
    "America/Vancouver": "Victoria",
    "Asia/Dubai": "Abu Dhabi, Sharjah",
    "Asia/Ho_Chi_Minh": "Ho Chi Minh City, Hanoi, Da Nang",
    "Asia/Jakarta": "Bandung, Surabaya",
    "Asia/Jerusalem": "Tel Aviv, Haifa",
    "Asia/Karachi": "Lahore, Islamabad, Rawalpindi, Faisalabad, Peshawar",
    "Asia/Kolkata": (
        "Mumbai, Bombay, Delhi, New Delhi, Bengaluru, Bangalore, Chennai, Madras, Hyderabad, Pune, Ahmedabad, "
        "Jaipur, Lucknow, Surat, Kochi, Gurgaon, Gurugram, Noida, Chandigarh"
    ),
    "Asia/Makassar": "Bali, Denpasar",
    "Asia/Manila": "Quezon City, Cebu, Davao",
    "Asia/Riyadh": "Jeddah, Mecca, Medina, Dammam",
    "Asia/Seoul": "Busan, Incheon, Daegu",
    "Asia/Shanghai": (
        "Beijing, Shenzhen, Guangzhou, Chengdu, Hangzhou, Wuhan, Nanjing, Tianjin, Xian, Chongqing, Suzhou"
    ),
    "Asia/Taipei": "Kaohsiung, Taichung, Hsinchu",
    "Asia/Tokyo": "Osaka, Kyoto, Yokohama, Nagoya, Kobe, Fukuoka, Sapporo, Hiroshima, Sendai",
    "Atlantic/Bermuda": "Hamilton",
    "Atlantic/Canary": "Las Palmas, Tenerife",
    "Australia/Brisbane": "Gold Coast, Cairns",
    "Australia/Sydney": "Canberra, Newcastle, Wollongong",
    "Europe/Amsterdam": "Rotterdam, The Hague, Den Haag, Utrecht, Eindhoven, Groningen, Delft, Leiden",
    "Europe/Berlin": (
        "Munich, München, Frankfurt, Frankfurt am Main, Hamburg, Cologne, Köln, Stuttgart, Düsseldorf, Leipzig, "
        "Dresden, Hanover, Hannover, Nuremberg, Nürnberg, Bremen, Bonn, Heidelberg, Karlsruhe, Mannheim, Freiburg, "
        "Dortmund, Essen, Aachen"
    ),
    "Europe/Brussels": "Antwerp, Ghent, Leuven, Liege, Bruges, Bruxelles, Brussel",
    "Europe/Copenhagen": "Aarhus, Odense, Kobenhavn",
    "Europe/Dublin": "Cork, Galway, Limerick",
    "Europe/Istanbul": "Ankara, Izmir, Antalya, Bursa",
    "Europe/Kyiv": "Lviv, Kharkiv, Odesa, Odessa, Dnipro",
    "Europe/Lisbon": "Porto, Lisboa, Braga, Coimbra",
    "Europe/London": (
        "Manchester, Birmingham, Leeds, Glasgow, Edinburgh, Cardiff, Liverpool, Bristol, Sheffield, Newcastle, "
        "Newcastle upon Tyne, Nottingham, Leicester, Oxford, Cambridge, Belfast, Southampton, Portsmouth, Brighton, "
        "Reading, York, Bath, Exeter, Plymouth, Norwich, Coventry, Aberdeen, Dundee, Swansea, Durham, Milton Keynes, "
        "Derby, Hull, Bradford"
    ),
    "Europe/Madrid": "Barcelona, Valencia, Cordoba, Seville, Sevilla, Malaga, Bilbao, Zaragoza, Granada",
    "Europe/Moscow": "St Petersburg, Kazan",
    "Europe/Paris": (
        "Lyon, Marseille, Toulouse, Nice, Bordeaux, Lille, Nantes, Strasbourg, Grenoble, Montpellier, Rennes"
    ),
    "Europe/Prague": "Brno, Praha, Ostrava",
    "Europe/Rome": (
        "Milan, Milano, Roma, Turin, Torino, Naples, Napoli, Florence, Firenze, Bologna, Venice, Venezia, Genoa"
    ),
    "Europe/Stockholm": "Gothenburg, Göteborg, Malmö, Uppsala, Lund",
    "Europe/Vienna": "Wien, Graz, Salzburg, Linz, Innsbruck",
    "Europe/Warsaw": "Krakow, Cracow, Wroclaw, Gdansk, Poznan, Lodz, Katowice, Warszawa",
    "Europe/Zurich": "Geneva, Genève, Basel, Bern, Lausanne, Lucerne, Lugano, St Gallen",
    "Pacific/Auckland": "Wellington, Christchurch, Hamilton, Dunedin",
}
REGIONS = {  # states and provinces with their codes, by the zones they lie in
    "America/New_York": (
        "Connecticut CT, Delaware DE, Georgia GA, Maine ME, Maryland MD, Massachusetts MA, New Hampshire NH, "
        "New Jersey NJ, New York State NY, North Carolina NC, Ohio OH, Pennsylvania PA, Rhode Island RI, "
        "South Carolina SC, Vermont VT, Virginia VA, West Virginia WV, District of Columbia DC"
    ),
    "America/Chicago": (
        "Alabama AL, Arkansas AR, Illinois IL, Iowa IA, Louisiana LA, Minnesota MN, Mississippi MS, Missouri MO, "
        "Oklahoma OK, Wisconsin WI"
    ),
    "America/Denver": "Colorado CO, Montana MT, New Mexico NM, Utah UT, Wyoming WY",
    "America/Phoenix": "Arizona AZ",
    "America/Los_Angeles": "California CA, Nevada NV, Washington State WA",
    "Pacific/Honolulu": "Hawaii HI",
    "America/Anchorage America/Adak": "Alaska AK",
    "America/New_York America/Chicago": "Florida FL, Tennessee TN",
    "America/Chicago America/Denver": "Kansas KS, Nebraska NE, North Dakota ND, South Dakota SD, Texas TX",
    "America/Los_Angeles America/Boise": "Oregon OR, Idaho ID",
    "America/Detroit America/Menominee": "Michigan MI",
    "America/Indiana/Indianapolis America/Chicago": "Indiana IN",
    "America/Kentucky/Louisville America/New_York America/Chicago": "Kentucky KY",
    "America/Edmonton": "Alberta AB",
    "America/Winnipeg": "Manitoba MB",
    "America/Moncton": "New Brunswick NB",
    "America/Halifax": "Nova Scotia NS, Prince Edward Island PE",
    "America/St_Johns America/Goose_Bay": "Newfoundland and Labrador NL",
    "America/Regina America/Edmonton": "Saskatchewan SK",
    "America/Vancouver America/Fort_Nelson America/Edmonton": "British Columbia BC",
    "America/Toronto America/Winnipeg": "Ontario ON",
    "America/Toronto": "Quebec QC",
    "Australia/Sydney": "New South Wales NSW",
    "Australia/Melbourne": "Victoria VIC",
    "Australia/Brisbane": "Queensland QLD",
    "Australia/Hobart": "Tasmania TAS",
    "Australia/Adelaide": "South Australia SA",
    "Australia/Perth": "Western Australia WA",
}
UNCHANGING = ("UTC", "UCT", "Universal", "Zulu")
ABBREVIATION_PATTERN = re.compile(
    r"(ac|ae|ak|aw|b|c|ce|e|ee|h|hk|i|j|k|m|n|nz|p|pk|sa|sg|w|we|a)[ds]t|[cempg]t|ee?t|[cmw]et|msk|gmt|wat|wib"
    r"|(utc|gmt)[ +]*\d[\d: ]*|\+ ?\d[\d: ]*"
)
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "ı": "i", "&": " and ", "_": " ", "-": " "} | dict.fromkeys("’‘'.", "")
)
CLOCK_SAMPLES = tuple(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=10 * n) for n in range(73))
UNKNOWN = "Name a large city in the same time zone, or the country."


@dataclass(frozen=True, slots=True)
class Place:
    """Where an employer is. `country` is its ISO 3166 code, "" if unknown."""

    zone: ZoneInfo
    country: str


@dataclass(frozen=True, slots=True)
class _Area:
    """Something that a name can mean: a city, a region or a country, and the zones in it."""

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
        EntryError: No place, or several, have that name, or it has several time zones.
    """
    if not text.strip():
        raise EntryError("Name a city or a country, such as London or Germany.")
    if len(text) > LONGEST_PLACE:
        raise EntryError("That is too long for a place. Name a city, such as London.")
    if name := _zones_by_key().get(_key(text)):
        return Place(ZoneInfo(name), _countries_by_zone().get(name, ""))
    parts = [key for part in re.split(r"[,;/()]", text) if (key := _key(part))]
    if len(parts) == 1 and parts[0] not in _areas():
        parts = _split(parts[0])
    return _only_place(_areas_named(parts, text), text)


def place_names() -> tuple[str, ...]:
    """Cities, states and provinces with their countries, as in 'London, United Kingdom', in alphabetical order.

    `parse_place` reads each.
    """
    places = {area.label for areas in _areas().values() for area in areas if "," in area.label and len(area.zones) == 1}
    return tuple(sorted(places, key=_key))


def _areas_named(parts: list[str], text: str) -> list[_Area]:
    """What the first known part can mean, given what the later parts say: 'Boston' in 'Boston, Lincolnshire, UK' is not
    the one in the United States.
    """
    codes = _areas_by_code()
    known = [
        dict.fromkeys([*_areas().get(part, ()), *(codes.get(part, ()) if n else ())]) for n, part in enumerate(parts)
    ]
    for n, areas in enumerate(known):
        later = [each for each in known[n + 1 :] if each]
        fitting = [area for area in areas if all(any(area.overlaps(other) for other in each) for each in later)]
        if fitting and len(parts) > n + 1 and not later:
            raise EntryError(
                f"We don’t know {shorten(parts[n + 1])}. Write the city and the country: {fitting[0].label}."
            )
        if fitting:
            return fitting
    if any(ABBREVIATION_PATTERN.fullmatch(part) for part in parts):
        raise EntryError(f"{shorten(text)} doesn’t say when the clocks change in summer. {UNKNOWN}")
    raise EntryError(f"We don’t know a place called {shorten(text)}. {UNKNOWN}")


def _only_place(areas: list[_Area], text: str) -> Place:
    zones = list(dict.fromkeys(zone for area in areas for zone in area.zones))
    if len({(area.country, _clock(zone)) for area in areas for zone in area.zones}) == 1:
        return Place(ZoneInfo(zones[0]), areas[0].country)
    if len(areas) > 1:
        choices = [area.label if "," in area.label else _city_label(area.zones[0]) for area in areas]
        raise EntryError(f"More than one place is called {shorten(text)}. Write {_either(choices)}.")
    by_clock: dict[object, str] = {}
    for zone in sorted(zones, key=lambda zone: zone not in CITIES):
        by_clock.setdefault(_clock(zone), _city_label(zone).split(",")[0])
    where = re.sub("^(?=United|US)", "the ", areas[0].label.split(",")[0])
    examples = _either(list(by_clock.values())[:4])
    raise EntryError(f"There is more than one time zone in {where}. Name a large city there, such as {examples}.")


def _either(choices: list[str]) -> str:
    between = "; " if "," in choices[0] else ", "
    return " or ".join(filter(None, [between.join(choices[:-1]), choices[-1]]))


def _split(key: str) -> list[str]:
    """'boston ma' as ['boston', 'ma'], if both are known; otherwise the whole."""
    words = key.split()
    for n in range(len(words) - 1, 0, -1):
        head, tail = " ".join(words[:n]), " ".join(words[n:])
        if head in _areas() and (tail in _areas() or tail in _areas_by_code()):
            return [head, tail]
    return [key]


def _key(name: str) -> str:
    """A name without case, accents, full stops, hyphens and 'the'."""
    decomposed = unicodedata.normalize("NFKD", name.casefold()).translate(LETTERS)
    words = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).split()
    return " ".join("st" if word == "saint" else word for word in words[words[:1] == ["the"] :])


@cache
def _clock(zone: str) -> tuple[timedelta | None, ...]:
    """Zones with the same offsets all year have the same clock, though the database may tell them apart."""
    return tuple(at.astimezone(ZoneInfo(zone)).utcoffset() for at in CLOCK_SAMPLES)


def _rows(name: str) -> list[list[str]]:
    lines = (resources.files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def _zone_tab() -> dict[str, str]:
    """The country of each zone in zone.tab."""
    return {row[2]: row[0] for row in _rows("zone.tab")}


@cache
def _countries_by_zone() -> dict[str, str]:
    """The country of each zone, also by the older names of zones."""
    return {old: _zone_tab()[new] for old, new in _older_names().items()} | _zone_tab()


@cache
def _older_names() -> dict[str, str]:
    """The zone in zone.tab that goes by each older name, such as Asia/Calcutta."""
    links = [row[0].split() for row in _rows("tzdata.zi") if row[0].startswith("L ")]
    return {old: new for _, new, old in links if new in _zone_tab()}


@cache
def _zones_by_key() -> dict[str, str]:
    return {_key(name): name for name in zone_names() if "/" in name or name in UNCHANGING}


@cache
def _country_names() -> dict[str, list[str]]:
    """The names of each country. The first is shown."""
    named = {code: [name, re.sub(r" \(.*", "", name)] for code, name in _rows("iso3166.tab")}
    return named | {code: [*names.split(", "), named[code][0]] for code, names in COUNTRY_NAMES.items()}


def _city_label(zone: str, city: str = "") -> str:
    city, _, region = (city or zone.rsplit("/", 1)[1].replace("_", " ")).partition("/")
    return f"{city}, {region or _country_names()[_zone_tab()[zone]][0]}"


@cache
def _areas() -> dict[str, tuple[_Area, ...]]:
    """What each name can mean, by its key."""
    found: dict[str, dict[_Area, None]] = {}

    def add(name: str, area: _Area) -> None:
        found.setdefault(_key(name), {})[area] = None

    countries = _zone_tab()
    for code, names in _country_names().items():
        if zones := tuple(zone for zone, country in countries.items() if country == code):
            for name in names:
                add(name, _Area(names[0], code, zones))
    for zone, country in countries.items():
        for city in ["", *CITIES.get(zone, "").split(", ")] if zone in CITIES else [""]:
            label = _city_label(zone, city)
            add(label.split(",")[0], _Area(label, country, (zone,)))
    for old, zone in _older_names().items():
        city = old.rpartition("/")[2].replace("_", " ")
        if old.startswith(("Africa/", "America/", "Asia/", "Europe/")) and _key(city) not in found:
            add(city, _Area(_city_label(zone, city), countries[zone], (zone,)))
    for zones_text, regions in REGIONS.items():
        zones = tuple(zones_text.split())
        for name in regions.split(", "):
            region = name.rpartition(" ")[0]
            add(region, _Area(_city_label(zones[0], region), countries[zones[0]], zones))
    return {key: tuple(areas) for key, areas in found.items()}


@cache
def _areas_by_code() -> dict[str, tuple[_Area, ...]]:
    """What a code after a city can mean: MA is Massachusetts, and Morocco."""
    found: dict[str, list[_Area]] = {}
    for code, names in _country_names().items():
        found[_key(code)] = list(_areas().get(_key(names[0]), ()))
    for regions in REGIONS.values():
        for name, _, code in (region.rpartition(" ") for region in regions.split(", ")):
            for key in {_key(code), _key(name.removesuffix(" State"))}:
                found.setdefault(key, []).extend(_areas()[_key(name)])
    return {key: tuple(areas) for key, areas in found.items()}
