"""Access to a room: codes that people type, tokens and secrets, nicknames, and a limit on guessing codes.

Randomness and the clock are arguments. In production, `rng` is `secrets.SystemRandom()`.
"""

from __future__ import annotations

import hashlib
import hmac
import random
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from urllib.parse import unquote

from etiquette.room.errors import RoomError

CODE_ALPHABET = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels and no Y, so that a code never spells a word; no digits, so that nobody confuses L with 1 or O with 0."""
CODE_LENGTH = 6
SECRET_BITS = 256
MAX_INPUT_LENGTH = 1000
LINK_TO_ROOM = re.compile(r"(?:[?&]room=|#workshop/)([^&#/\s]*)")

MAX_NICKNAME_LENGTH = 30  # letters, as people count them: each with its marks, or a whole emoji
MAX_CODE_POINTS = 180  # of a nickname
LONGEST_LETTER = 20  # code points: a family of four with skin tones has eleven
MAX_MARKS = 4  # on one letter: Burmese needs as many
MAX_COMBINING_MARKS = 2  # on one letter, of those that belong to no script and can be piled up
NUMBERED = re.compile("(.+) ([1-9][0-9]?)")
JOINERS = "\u200c\u200d"
JOINED_BEFORE = ("Lo", "Lm", "Mn", "Mc", "Me", "So", "Sk")  # categories of what a joiner may follow, and precede
JOINED_AFTER = ("Lo", "So", "Sm")
BLACK_FLAG = "\N{WAVING BLACK FLAG}"  # with tags, the flag of England, Scotland or Wales


def new_code(rng: random.Random) -> str:
    """A random room code, in capital letters."""
    return "".join(rng.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def parse_code(typed: str) -> str:
    """The code that somebody typed, in upper or lower case, with spaces, dots or hyphens anywhere, or the one in the
    link to a room. Raises `RoomError` if it is neither; the message says what a code looks like.
    """
    typed = typed[:MAX_INPUT_LENGTH]
    if link := LINK_TO_ROOM.search(typed):
        typed = unquote(link[1])
    letters = "".join(each for each in typed.upper() if not (each.isspace() or each in ".-_‐‑–—\u200b"))
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

    Control characters and direction overrides are removed, and so are joiners that join nothing and marks that are
    piled up. What people count as one letter is kept whole or not at all. The result may be empty.
    """
    spaced = "".join(" " if each.isspace() else each for each in typed[:MAX_INPUT_LENGTH])
    printable = (each for each in spaced if each in JOINERS or _is_tag(each) or unicodedata.category(each)[0] != "C")
    kept = unicodedata.normalize("NFC", _without_clutter(unicodedata.normalize("NFC", "".join(printable))))
    return _shorten(" ".join(kept.split()))


def distinct_nickname(nickname: str, taken: Collection[str]) -> str:
    """The nickname or, if somebody in the room has it, one with the next free number after it: the second Sam is
    "Sam 2". Capital letters, and what nobody can see, make no difference. An empty one stays empty.
    """
    known = {_compared(each) for each in taken}
    if not nickname or _compared(nickname) not in known:
        return nickname
    numbered = NUMBERED.fullmatch(nickname)
    base, last = (numbered[1], int(numbered[2])) if numbered else (nickname, 1)
    suffixes = (f" {number}" for number in count(last + 1))
    candidates = (_shorten(base, MAX_NICKNAME_LENGTH - len(suffix)) + suffix for suffix in suffixes)
    return next(each for each in candidates if _compared(each) not in known)


def same_nickname(one: str, other: str) -> bool:
    """Whether two nicknames look the same, apart from capital letters."""
    return _compared(one) == _compared(other)


def _compared(nickname: str) -> str:
    """What two nicknames that look the same have in common."""
    seen = (each for each in unicodedata.normalize("NFKC", nickname) if each not in JOINERS and not _is_selector(each))
    return "".join(seen).casefold()


def _is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f"


def _without_clutter(text: str) -> str:
    """The text without joiners and tags that change nothing, and without marks that would cover their neighbours."""
    kept: list[str] = []
    marks = combining = 0
    for each, following in zip(text, f"{text} "[1:], strict=True):
        before, category = kept[-1] if kept else " ", unicodedata.category(each)
        if each in JOINERS:
            belongs = unicodedata.category(before) in JOINED_BEFORE and unicodedata.category(following) in JOINED_AFTER
        elif category.startswith("M"):
            marks, combining = marks + 1, combining + unicodedata.name(each, "").startswith("COMBINING ")
            belongs = before != " " and marks <= MAX_MARKS and combining <= MAX_COMBINING_MARKS
        elif _is_tag(each):
            belongs = before == BLACK_FLAG or _is_tag(before)
        else:
            marks = combining = 0
            belongs = True
        if belongs:
            kept.append(each)
    return "".join(kept)


def _is_tag(character: str) -> bool:
    return "\U000e0020" <= character <= "\U000e007f"


def _letters(text: str) -> Iterator[str]:
    """What people count as letters: grapheme clusters, and clusters that a joiner links, as in Sinhala."""
    from wcwidth import iter_graphemes

    linked = ""
    for cluster in iter_graphemes(text):
        linked += cluster
        if not linked.endswith(tuple(JOINERS)):
            yield linked
            linked = ""
    if linked:
        yield linked


def _shorten(name: str, length: int = MAX_NICKNAME_LENGTH) -> str:
    """The first letters of the name, none of them cut."""
    kept = ""
    letters = (each for each in _letters(name) if len(each) <= LONGEST_LETTER)
    for _, letter in zip(range(length), letters, strict=False):
        if len(kept) + len(letter) > MAX_CODE_POINTS:
            break
        kept += letter
    return kept.rstrip()


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
