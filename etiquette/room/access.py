"""Access to a room: codes that people type, tokens and secrets, nicknames, and a limit on guessing codes.

Randomness and the clock are arguments. In production, `rng` is `secrets.SystemRandom()`.
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

CODE_ALPHABET = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels and no Y, so that a code never spells a word; no digits, so that nobody confuses L with 1 or O with 0."""
CODE_LENGTH = 6
SECRET_BITS = 256
MAX_NICKNAME_LENGTH = 30  # letters; combining marks are not counted
MAX_INPUT_LENGTH = 1000
MAX_MARKS = 2  # combining marks on one letter


def new_code(rng: random.Random) -> str:
    """A random room code, in capital letters."""
    return "".join(rng.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def parse_code(typed: str) -> str:
    """The code that somebody typed, in upper or lower case, with spaces, dots or hyphens anywhere. Raises `RoomError`
    if it is not a code; the message says what one looks like.
    """
    letters = "".join(
        each for each in typed[:MAX_INPUT_LENGTH].upper() if not (each.isspace() or each in ".-_‐‑–—\u200b")
    )
    if len(letters) != CODE_LENGTH or not set(letters) <= set(CODE_ALPHABET):
        raise RoomError(f"A room code has {CODE_LENGTH} letters and no vowels. Please check yours and try again.")
    return letters


def format_code(code: str) -> str:
    """The code as it is displayed and read aloud: two groups of three letters."""
    return f"{code[:3]} {code[3:]}"


def new_secret(rng: random.Random) -> str:
    """A learner's token or a facilitator's secret: 256 random bits in hexadecimal, safe in a URL."""
    return f"{rng.getrandbits(SECRET_BITS):0{SECRET_BITS // 4}x}"


def derive_token(key: str, code: str) -> str:
    """The token for one room, derived from the key that a browser keeps; it differs from room to room."""
    return hash_token(f"{key} {code}")


def hash_token(secret: str) -> str:
    """The SHA-256 of a token or secret, which is all that is stored. Long random secrets need no salt."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def matches_hash(secret: str, hashed: str) -> bool:
    """Whether `hashed` is the hash of this secret, compared in constant time."""
    return hmac.compare_digest(hash_token(secret).encode(), hashed.encode())


def projector_secret(secret_hash: str) -> str:
    """The secret of a room's projector, from the hash of the facilitator's: both they and the store can work it out,
    and nobody who has it can work out the facilitator's.
    """
    return hash_token(f"projector {secret_hash}")


def check_token(token: str) -> str:
    """The token, unchanged. Raises `RoomError` if it does not have the form that `new_secret` produces."""
    if len(token) != SECRET_BITS // 4 or not set(token) <= set("0123456789abcdef"):
        raise RoomError("Your browser no longer knows who you are in this room. Please join again.")
    return token


def clean_nickname(typed: str) -> str:
    """The nickname on one line, shortened, without anything that would disturb the text around it.

    Control characters and direction overrides are removed, and each letter keeps at most two combining marks. The
    result may be empty.
    """
    spaced = (" " if each.isspace() else each for each in typed[:MAX_INPUT_LENGTH])
    printable = "".join(each for each in spaced if not unicodedata.category(each).startswith("C"))
    kept: list[str] = []
    marks = 0
    for each in unicodedata.normalize("NFC", printable):
        marks = marks + 1 if unicodedata.category(each).startswith("M") else 0
        if marks <= MAX_MARKS and not (marks and (not kept or kept[-1] == " ")):
            kept.append(each)
    return _shorten(" ".join("".join(kept).split()))


def _shorten(name: str) -> str:
    """The start of the name, never cut between a letter and its combining marks."""
    letters = 0
    for index, each in enumerate(name):
        letters += not unicodedata.category(each).startswith("M")
        if letters > MAX_NICKNAME_LENGTH:
            return name[:index].rstrip()
    return name


@dataclass(frozen=True, slots=True)
class AttemptLimit:
    """How many wrong codes one source may try within a sliding window before it has to wait."""

    max_attempts: int
    window: timedelta = timedelta(minutes=1)

    def wait(self, failures: Sequence[datetime], now: datetime) -> timedelta:
        """How long to wait before the next attempt, given the times of the failed ones; zero if none is needed."""
        recent = sorted(at for at in failures if now - self.window < at)
        if len(recent) < self.max_attempts:
            return timedelta(0)
        return recent[-self.max_attempts] + self.window - now

    def check(self, failures: Sequence[datetime], now: datetime) -> None:
        """Raises `RoomError` if the next attempt has to wait; the message says for how many seconds."""
        if wait := self.wait(failures, now):
            seconds = -(-wait // timedelta(seconds=1))
            raise RoomError(
                f"There have been too many wrong codes. Please wait {seconds} second{'s' * (seconds != 1)}."
            )
