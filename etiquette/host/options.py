"""What `etiquette serve` can be told, and what it refuses."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass

from etiquette.host.limits import machine_memory, places, raise_open_files
from etiquette.host.origin import is_loopback, parse_address
from etiquette.host.visitors import Patience
from etiquette.judge import ARTICLE, Policy

IDLE, IDLE_IN_A_ROOM = 30.0, 240.0  # minutes: who listens to a facilitator clicks seldom
MOST_WORKERS = 64
THIS_MACHINE, ALL_INTERFACES = "127.0.0.1", "0.0.0.0"


class CannotServeError(Exception):
    """The options do not go together, or are not safe; the message says which, and the remedy."""


@dataclass(frozen=True)
class Options:
    """The options of one server."""

    ip: str | None = None  # the address to listen on; None means `listens_on` chooses it
    port: int = 8866
    base_url: str = "/"
    names: tuple[str, ...] = ()
    visitors: int | None = None
    idle: float | None = None  # minutes; None means `IDLE` or, in a workshop, `IDLE_IN_A_ROOM`
    unopened: float = Patience.unopened  # seconds
    lost: float = Patience.lost  # seconds
    per_address: int | None = None  # visitors; None means half of all places or, in a workshop, all of them
    workers: int = 1
    embed: tuple[str, ...] = ()
    login: str | None = None
    public_metrics: bool = False
    store: str = ""  # URL of the rooms' database; empty means a SQLite file in the user's data directory
    policy: Policy = ARTICLE  # the rules that the pages teach and that rooms are judged by
    workshop: bool = False  # whether the facilitator's page is served too
    log_level: str = "warning"  # the least severe level that is logged: debug, info, warning or error
    open_browser: bool = True

    @property
    def patience(self) -> Patience:
        """How long a place is kept for a visitor in each state."""
        idle = self.idle if self.idle is not None else IDLE_IN_A_ROOM if self.workshop else IDLE
        return Patience(unopened=self.unopened, lost=self.lost, idle=60 * idle)

    @property
    def listens_on(self) -> str:
        """The address to listen on. A workshop is for the phones around this machine, unless it is behind a proxy or a
        hub, or would run as root.
        """
        if self.ip is not None:
            return self.ip
        for_phones = self.workshop and not self.names and not self.login and not running_as_root()
        return ALL_INTERFACES if for_phones else THIS_MACHINE

    @property
    def public(self) -> bool:
        """Whether other machines can reach it."""
        return self.listens_on != "localhost" and not is_loopback(self.listens_on)

    def most_per_address(self, capacity: int) -> int:
        """How many of the places visitors from one address may have: a class often shares one."""
        return self.per_address or (capacity if self.workshop else max(1, capacity // 2))

    def faults(self) -> list[str]:
        """What cannot be served at all, one sentence each."""
        counts: list[tuple[str, int | None, int, int]] = [
            ("--port", self.port, 0, 65535),
            ("--workers", self.workers, 1, MOST_WORKERS),
        ]
        counts += [("--visitors", self.visitors, 1, 100_000), ("--per-address", self.per_address, 1, 100_000)]
        found = [
            f"{name} is {n}: give a number from {a} to {b}."
            for name, n, a, b in counts
            if n is not None and not a <= n <= b
        ]
        found += [
            f"{name} is {value:g}: give a number above 0."
            for name, value in [("--idle", self.idle), ("--unopened", self.unopened), ("--lost", self.lost)]
            if value is not None and not value > 0
        ]
        if not re.fullmatch(r"/([\w.~-]+/)*", self.base_url, re.ASCII):
            found.append(
                f"--base-url is {self.base_url!r}: give a path that begins and ends with /, such as /etiquette/."
            )
        if self.login == "jupyterhub" and "JUPYTERHUB_API_TOKEN" not in os.environ:
            found.append("--login jupyterhub only works in a service that JupyterHub starts, as in deploy/.")
        if self.store and (fault := _store_fault(self.store)):
            found.append(f"--store: {fault}")
        if self.workers > 1 and not hasattr(os, "fork"):
            found.append(f"--workers is {self.workers}: this system can’t run several workers; leave the option out.")
        if self.listens_on != "localhost" and parse_address(self.listens_on) is None:
            found.append(f"--ip is {self.ip!r}: give an address of this machine, such as 127.0.0.1 or 0.0.0.0.")
        found += [
            f"--embed is {site!r}: give an origin, such as https://moodle.example.org."
            for site in self.embed
            if not re.fullmatch(r"https?://[\w.*-]+(:\d+)?", site, re.ASCII)
        ]
        found += [
            f"--name is {name!r}: give a host name and nothing else, such as careers.example.org."
            for name in self.names
            if not re.fullmatch(r"[\w.-]+", name, re.ASCII)
        ]
        return found

    def dangers(self, *, most: int, root: bool) -> list[str]:
        """What is not safe to offer to other machines, one sentence each; `most` visitors have room on this one."""
        if not self.public:
            return []
        found = []
        if root:
            found.append("it would run as root: start it as a user of its own (systemd: DynamicUser=yes).")
        if self.visitors and self.visitors > most:
            found.append(f"--visitors {self.visitors} is more than this machine has room for: give {most} or fewer.")
        return found


def running_as_root() -> bool:
    """Whether this process may do anything on this machine."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def check_options(options: Options) -> None:
    """Raise CannotServeError if this server should not be started."""
    dangers = options.dangers(most=places(machine_memory(), raise_open_files()), root=running_as_root())
    problems: Sequence[str] = options.faults() or [f"Not served at {options.listens_on}: {each}" for each in dangers]
    if problems:
        raise CannotServeError("\n".join(problems))


def _store_fault(url: str) -> str:
    """What is wrong with the address of a store; empty if nothing is."""
    from etiquette.room import StoreError
    from etiquette.room.store import database_url

    try:
        database_url(url)
    except StoreError as error:
        return str(error)
    return ""
