"""What `etiquette serve` can be told, and what it refuses."""

from __future__ import annotations

import importlib.util
import ipaddress
import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from etiquette.host.visitors import Patience

TEMPLATES = Path(__file__).parent / "jupyter" / "voila" / "templates"

MB = 1024 * 1024
KEPT_FREE = 600 * MB  # for the server, the warm parent and the system
FORKED = 25 * MB  # of memory of its own that a forked kernel takes: 21 measured, and something for use
IN_A_ROOM = 33 * MB  # one whose visitor votes in a room: 30 measured
ORDINARY = 70 * MB  # a kernel that was started afresh: 60 measured
IDLE, IDLE_IN_A_ROOM = 30.0, 240.0  # minutes: who listens to a facilitator clicks seldom
UNKNOWN = 20  # visitors, where the system does not say how much memory it has


class CannotServeError(Exception):
    """The options do not go together, or are not safe; the message says which, and the remedy."""


@dataclass(frozen=True)
class Options:
    """One server, as it was asked for."""

    ip: str = "127.0.0.1"
    port: int = 8866
    base_url: str = "/"
    names: tuple[str, ...] = ()
    visitors: int | None = None
    idle: float | None = None  # minutes; None, as long as befits the page
    unopened: float = Patience.unopened  # seconds
    lost: float = Patience.lost  # seconds
    pool: int = 2
    template: str = "lean"
    embed: tuple[str, ...] = ()
    login: str | None = None
    public_metrics: bool = False
    store: str = ""  # the address of the rooms' database; empty, a file in the user's data directory
    learners: str = ""  # the address that learners open; empty, the page's own
    facilitator: bool = False  # serves the facilitator's page in place of the learners'
    workshop: bool = False  # whether learners are to join rooms here
    open_browser: bool = True

    @property
    def rooms(self) -> bool:
        """Whether its pages are mostly in rooms: what that takes is kept ready then."""
        return self.workshop or self.facilitator

    @property
    def patience(self) -> Patience:
        """How long a place is kept."""
        idle = self.idle if self.idle is not None else IDLE_IN_A_ROOM if self.rooms else IDLE
        return Patience(unopened=self.unopened, lost=self.lost, idle=60 * idle)

    @property
    def public(self) -> bool:
        """Whether other machines can reach it."""
        return not _loopback(self.ip)

    @property
    def for_kernels(self) -> dict[str, str]:
        """What the kernels are told of it, as environment variables."""
        told = {"ETIQUETTE_STORE": self.store, "ETIQUETTE_LEARNERS": self.learners}
        return {name: value for name, value in told.items() if value}

    def faults(self) -> list[str]:
        """What cannot be served at all, one sentence each."""
        counts = [("--port", self.port, 0, 65535), ("--pool", self.pool, 1, 100)]
        counts += [] if self.visitors is None else [("--visitors", self.visitors, 1, 100_000)]
        found = [f"{name} is {n}: give a number from {a} to {b}." for name, n, a, b in counts if not a <= n <= b]
        found += [
            f"{name} is {value:g}: give a number above 0."
            for name, value in [("--idle", self.idle), ("--unopened", self.unopened), ("--lost", self.lost)]
            if value is not None and not value > 0
        ]
        if not re.fullmatch(r"/([\w.~-]+/)*", self.base_url, re.ASCII):
            found.append(f"--base-url is {self.base_url!r}: give a path from / to /, as in /etiquette/.")
        if self.login == "jupyterhub" and "JUPYTERHUB_API_TOKEN" not in os.environ:
            found.append("--login is jupyterhub: that is for a service which JupyterHub starts, as in deploy/.")
        if self.store and (fault := _store_fault(self.store)):
            found.append(f"--store: {fault}")
        if self.learners and not re.fullmatch(r"https?://[^\s#?]+", self.learners):
            found.append(f"--learners is {self.learners!r}: give the address of the learners' page, from http on.")
        if not _address(self.ip):
            found.append(f"--ip is {self.ip!r}: give an address of this machine, as in 127.0.0.1 or 0.0.0.0.")
        found += [
            f"--embed is {site!r}: give an origin, as in https://moodle.example.org." for site in self._not_origins()
        ]
        found += [
            f"--name is {name!r}: give a host's name alone, as in careers.example.org."
            for name in self.names
            if not re.fullmatch(r"[\w.-]+", name, re.ASCII)
        ]
        return found

    def dangers(self, *, memory: int | None, per_visitor: int, root: bool, shared_directory: Path | None) -> list[str]:
        """What is not safe to offer to other machines, one sentence each."""
        if not self.public:
            return []
        found = []
        if root:
            found.append("it runs as root: start it as a user of its own (systemd: DynamicUser=yes).")
        if memory and self.visitors and self.visitors > (most := places(memory, per_visitor)):
            found.append(f"--visitors {self.visitors} is more than this machine's memory holds: give {most} or less.")
        if self.facilitator and not self.login:
            found.append("whoever reaches --facilitator can open rooms: add a login, or leave --ip out.")
        if shared_directory:
            found.append(f"others can replace files in {shared_directory}: set TMPDIR to a directory of its own user.")
        return found

    def _not_origins(self) -> list[str]:
        def origin(site: str) -> bool:
            parts = urlsplit(site)
            plain = re.fullmatch(r"[\w.*-]+(:\d+)?", parts.netloc, re.ASCII)
            return parts.scheme in ("http", "https") and bool(plain) and site == f"{parts.scheme}://{parts.netloc}"

        return [site for site in self.embed if not origin(site)]


def places(memory: int, per_visitor: int) -> int:
    """How many visitors so much memory holds: what is not kept free, divided among them."""
    return max(1, (memory - KEPT_FREE) // per_visitor)


def machine_memory(control_group: Path = Path("/sys/fs/cgroup/memory.max")) -> int | None:
    """The bytes of memory that may be used: the machine's, or less if a container's or a service's limit says so."""
    names = getattr(os, "sysconf_names", {})
    if not {"SC_PHYS_PAGES", "SC_PAGE_SIZE"} <= set(names):
        return None
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    limit = control_group.read_text().strip() if control_group.exists() else "max"
    return machine if limit == "max" else min(machine, int(limit))


def shared_directory() -> Path | None:
    """The directory for temporary files, if anybody could move away what is not theirs in it."""
    place = Path(tempfile.gettempdir())
    mode = place.stat().st_mode
    return place if os.name == "posix" and mode & 0o002 and not mode & 0o1000 else None


def forking() -> bool:
    """Whether kernels are forked from a warm parent here."""
    if importlib.util.find_spec("etiquette.host.forking") is None:
        return False
    from etiquette.host.forking import available

    return bool(available())


def per_visitor(*, rooms: bool) -> int:
    """The bytes of memory that one visitor takes here, who is in a room or, else, mostly not."""
    return ORDINARY if not forking() else IN_A_ROOM if rooms else FORKED


def ready_template() -> str:
    """The template to serve unless told otherwise: lean where it has been built, else lab."""
    return "lean" if (TEMPLATES / "etiquette-lean" / "static").is_dir() else "lab"


def check_options(options: Options) -> None:
    """Raise CannotServeError if this server should not be started."""
    dangers = options.dangers(
        memory=machine_memory(),
        per_visitor=per_visitor(rooms=options.rooms),
        root=hasattr(os, "geteuid") and os.geteuid() == 0,
        shared_directory=shared_directory(),
    )
    problems: Sequence[str] = options.faults() or [f"Not served at {options.ip}: {danger}" for danger in dangers]
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


def _address(ip: str) -> bool:
    try:
        ipaddress.ip_address(ip)
    except ValueError:
        return ip == "localhost"
    return True


def _loopback(ip: str) -> bool:
    return ip == "localhost" or (_address(ip) and ipaddress.ip_address(ip).is_loopback)
