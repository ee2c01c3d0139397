"""The doors of the page, the parts behind them, and the links that lead there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from markupsafe import Markup

DOORS = {"learn": "Learn", "practise": "Practise", "my-interview": "My interview", "workshop": "Workshop"}


class Part(NamedTuple):
    """A part of the page. `open` shows it, given what an address has after that of the part."""

    title: str
    open: Callable[[str], None]


def find(parts: Mapping[str, Part], address: str) -> tuple[str, str]:
    """The address of the part that an address leads to, and the rest of it; empty if no door has such a part.

    A door's own address, and one that names none of its parts, lead to its first part. Addresses are typed and copied
    by people, so capital letters, underscores and a slash at the end make no difference.
    """
    names = address.strip("/").split("/")
    plain = [name.lower().replace("_", "-") for name in names]
    for length in (2, 1):
        if (known := "/".join(plain[:length])) in parts:
            return known, "/".join(names[length:])
    return next((each for each in parts if each.partition("/")[0] == plain[0]), ""), "/".join(names[1:])


def navigation(parts: Mapping[str, Part], here: str) -> Markup:
    """Links to all doors, and to the parts behind the one that is open; `here` is the address of the open part."""
    door, _, inside = here.partition("/")
    links = _links("pp-doors", DOORS.items(), door)
    if inside:
        links += _links("pp-inside", ((each, parts[each].title) for each in parts if each.startswith(f"{door}/")), here)
    return Markup('<nav class="pp-nav" aria-label="Course">{}</nav>').format(links)


def _links(css_class: str, links: Iterable[tuple[str, str]], here: str) -> Markup:
    row, current = Markup('<li><a href="#{}"{}>{}</a></li>'), Markup(' aria-current="true"')
    rows = (row.format(address, current if address == here else "", title) for address, title in links)
    return Markup('<ul class="{}">{}</ul>').format(css_class, Markup("").join(rows))
