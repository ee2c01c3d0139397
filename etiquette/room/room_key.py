"""The key to a room's control: what a facilitator's private link holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from etiquette.room.access import parse_code

MARK = "#desk="
"""Between the address of the facilitator's page and the key, in a link."""


@dataclass(frozen=True, slots=True)
class RoomKey:
    """A room's code and its facilitator's secret, written 'BCDFGH.SECRET'."""

    code: str
    secret: str

    def __str__(self) -> str:
        return f"{self.code}.{self.secret}"

    @classmethod
    def parse(cls, typed: str) -> Self:
        """The key in a private link, or the key alone, or the code and the secret with a space between them. Raises
        `RoomError` if it does not begin with a code.
        """
        key = typed.strip().rpartition(MARK)[2]
        code, _, secret = key.partition(".") if "." in key else key.rpartition(" ")
        return cls(parse_code(code or key), secret.strip())

    def link(self, page: str) -> str:
        """The private link, given the address of the facilitator's page."""
        return f"{page}{MARK}{self}"
