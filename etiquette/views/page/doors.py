"""The doors of the page and the parts behind them: which address opens what, and the links that lead there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page. `open` shows it, given the rest of the address."""

    name: str
    title: str
    open: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Door:
    """Leads to its first part; there, links lead to the others."""

    name: str
    title: str
    parts: tuple[Part, ...]


def find(doors: Sequence[Door], address: str) -> tuple[Door, Part, str] | None:
    """The door and the part that an address leads to, and the rest of it; None for an address without a door.

    A door's own address, and one that names none of its parts, lead to its first part.
    """
    name, _, inside = address.partition("/")
    for door in doors:
        if door.name == name:
            name, _, rest = inside.partition("/")
            found = next((part for part in door.parts if part.name == name), None)
            return (door, found, rest) if found else (door, door.parts[0], inside)
    return None


def navigation(doors: Sequence[Door], here: tuple[Door, Part] | None) -> Markup:
    """Links to all doors, and to the parts behind the one that is open; `here` is what is open."""
    door, part = here or (None, None)
    links = _links("pp-doors", [(each.name, each.title, each is door) for each in doors])
    if door and len(door.parts) > 1:
        parts = [(f"{door.name}/{each.name}", each.title, each is part) for each in door.parts]
        links += _links("pp-inside", parts)
    return Markup('<nav class="pp-nav" aria-label="Course">{}</nav>').format(links)


def _links(css_class: str, links: Sequence[tuple[str, str, bool]]) -> Markup:
    rows = Markup("").join(
        Markup('<li><a href="#{}"{}>{}</a></li>').format(
            address, Markup(' aria-current="true"') if current else "", title
        )
        for address, title, current in links
    )
    return Markup('<ul class="{}">{}</ul>').format(css_class, rows)
