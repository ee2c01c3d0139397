"""The addresses of a room's pages."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Self
from urllib.parse import quote, unquote, urljoin, urlsplit

from etiquette.room import RoomKey, parse_code

if TYPE_CHECKING:
    from etiquette.room.store import FacilitatorSession

PROJECTOR = "projector"


@dataclass(frozen=True, slots=True)
class RoomLinks:
    """The addresses of one room's pages, each empty where it is unknown.

    `learners` is what the QR code holds; `control` and `projector` contain a secret, in the part that no server sees.
    """

    learners: str = ""
    control: str = ""
    projector: str = ""

    @classmethod
    def of(cls, session: FacilitatorSession, learners_page: str, control_page: str, projector_page: str) -> Self:
        """The links for this room, from the address of each page. The projector is a part of the learners' page, at the
        address by which the facilitator's own browser reaches it.
        """
        learners = f"{learners_page}?room={session.code}" if learners_page else ""
        projector = ProjectorAddress(session.code, session.projector_secret, learners)
        return cls(
            learners,
            RoomKey(session.code, session.secret).link(control_page) if control_page else "",
            f"{projector_page}#{projector}" if projector_page else "",
        )


NO_LINKS = RoomLinks()


@dataclass(frozen=True, slots=True)
class ProjectorAddress:
    """What follows "#" in the address of a projector: the room, its read-only secret, and the link for learners."""

    code: str
    secret: str
    learners: str = ""

    def __str__(self) -> str:
        return f"{PROJECTOR}/{self.code}.{self.secret}/{quote(self.learners, safe='')}"

    @classmethod
    def parse(cls, address: str) -> Self:
        """The parts of `CODE.SECRET/LINK`, which is what follows `projector/`. Raises `RoomError` if it is not that."""
        room, _, link = address.partition("/")
        code, _, secret = room.partition(".")
        learners = unquote(link)
        if not is_page_url(learners.partition("?")[0]):
            learners = ""
        return cls(parse_code(code), secret, learners)


def learners_page(control_page: str, learners_url: str, public_url: str) -> str:
    """The address of the learners' page for their phones; empty if it is unknown.

    `learners_url` may be relative to the control's page. The address in the facilitator's browser is the one that other
    machines use too, whatever proxy is between, unless it is this machine's own: then it is the `public_url`.
    """
    if not learners_url:
        return public_url
    return from_elsewhere(urljoin(control_page, learners_url), public_url)


def from_elsewhere(page: str, public_url: str) -> str:
    """The address at which other machines reach a page of this server, given the one in this browser; the same if no
    other is known.
    """
    return urljoin(public_url, urlsplit(page).path) if public_url and only_here(page) else page


def only_here(url: str) -> bool:
    """Whether no other machine can open this URL."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def is_page_url(text: str) -> bool:
    """Whether the text is a URL to which `?room=` can be appended."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not parts.query and not parts.fragment
