"""Who comes into a room: codes to be typed, tokens and secrets to be kept, nicknames, and guessing slowed down.

Randomness and the clock are arguments. In use, the rng are `secrets.SystemRandom()`.
"""

from __future__ import annotations

import hashlib
import hmac
import random
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from etiquette.room.errors import RoomError

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""Those of a code: no vowel and no Y, so that no word arises; no digit, so that L is no 1 and no O is a 0."""
CODE_LENGTH = 6
SECRET_BITS = 256
LONGEST_NICKNAME = 30
MOST_TYPED = 1000
MOST_MARKS = 2
ORIGIN_KEY = "etiquette_origin"
"""The metadata of a message under which a host tells a kernel where its visitor comes from, in place of whatever the
page wrote there: the same text for all who share an address, which it does not tell."""


def new_code(rng: random.Random) -> str:
    """A code for a room, in capital letters."""
    return "".join(rng.choice(LETTERS) for _ in range(CODE_LENGTH))


def parse_code(typed: str) -> str:
    """The code that somebody typed: in small letters or capitals, with spaces, dots or hyphens anywhere.

    Raises:
        RoomError: it is no code; the message says what one looks like.
    """
    letters = "".join(each for each in typed[:MOST_TYPED].upper() if not (each.isspace() or each in ".-_‐‑–—\u200b"))
    if len(letters) != CODE_LENGTH or not set(letters) <= set(LETTERS):
        raise RoomError(f"A room’s code has {CODE_LENGTH} letters, and none of them is a vowel. Please check yours.")
    return letters


def format_code(code: str) -> str:
    """A code as it is shown and read aloud: in two groups of three."""
    return f"{code[:3]} {code[3:]}"


def new_secret(rng: random.Random) -> str:
    """A token for a person, or a facilitator's secret: nobody guesses it, and it goes into a link as it is."""
    return f"{rng.getrandbits(SECRET_BITS):0{SECRET_BITS // 4}x}"


def derive_token(key: str, code: str) -> str:
    """The token, in the room of this code, of the browser that keeps this key: another in each room."""
    return hash_token(f"{key} {code}")


def hash_token(secret: str) -> str:
    """What is stored of a token or a secret. It cannot be turned back; long random secrets need no salt."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def matches_hash(secret: str, seal: str) -> bool:
    """Whether this secret was sealed so, in a time that tells nothing about it."""
    return hmac.compare_digest(hash_token(secret).encode(), seal.encode())


def check_token(token: str) -> str:
    """The token of a person, as it is.

    Raises:
        RoomError: it is none of those that `new_secret` makes.
    """
    if len(token) != SECRET_BITS // 4 or not set(token) <= set("0123456789abcdef"):
        raise RoomError("Your browser has not kept who you are in this room. Please join again.")
    return token


def clean_nickname(typed: str) -> str:
    """A nickname in one line, of a bounded length, without what would spill over or reorder the text around it.

    Nothing is left of control characters and overrides of direction, at most two marks on a letter are. Empty is fine.
    """
    spaced_out = (" " if each.isspace() else each for each in typed[:MOST_TYPED])
    printable = "".join(each for each in spaced_out if not unicodedata.category(each).startswith("C"))
    kept: list[str] = []
    marks = 0
    for each in unicodedata.normalize("NFC", printable):
        marks = marks + 1 if unicodedata.category(each).startswith("M") else 0
        if marks <= MOST_MARKS and not (marks and (not kept or kept[-1] == " ")):
            kept.append(each)
    return _shortened(" ".join("".join(kept).split()))


def _shortened(name: str) -> str:
    """Its first letters, never cut between a letter and its marks."""
    letters = 0
    for place, each in enumerate(name):
        letters += not unicodedata.category(each).startswith("M")
        if letters > LONGEST_NICKNAME:
            return name[:place].rstrip()
    return name


@dataclass(frozen=True, slots=True)
class AttemptLimit:
    """How many wrong codes may come from one place within a time, before it has to wait."""

    most: int = 10
    within: timedelta = timedelta(minutes=1)

    def wait(self, wrong: Sequence[datetime], now: datetime) -> timedelta:
        """How long to wait until another may be tried, given when the wrong ones were; zero if it may be now."""
        recent = sorted(at for at in wrong if now - self.within < at)
        if len(recent) < self.most:
            return timedelta(0)
        return recent[-self.most] + self.within - now

    def check(self, wrong: Sequence[datetime], now: datetime) -> None:
        """Refuse another try as long as it has to wait.

        Raises:
            RoomError: it has to; the message says for how many seconds.
        """
        if wait := self.wait(wrong, now):
            seconds = -(-wait // timedelta(seconds=1))
            raise RoomError(
                f"Too many codes that do not exist were tried. Please wait {seconds} second{'s' * (seconds != 1)}."
            )
