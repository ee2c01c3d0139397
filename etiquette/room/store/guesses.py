"""Wrong codes that were typed lately, by the hashes of where they came from."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from etiquette.room import GuessLimits, Source, hash_token
from etiquette.room.store.rows import from_microseconds, to_microseconds
from etiquette.room.store.schema import guesses


def check_guesses(connection: Connection, source: Source, limits: GuessLimits, now: datetime) -> None:
    """Raises `RoomError` if the page that sent a code has to wait."""
    by_connection, by_address = (
        [from_microseconds(at) for at in connection.scalars(select(guesses.c.at).where(guesses.c.source == each))]
        for each in (_hash_connection(source), _hash_address(source))
    )
    limits.check(by_connection, by_address, now)


def note_guess(connection: Connection, source: Source, limits: GuessLimits, now: datetime) -> None:
    """Store a wrong code, once for its page and once for its address, and forget those that no longer count."""
    since = now - max(limits.connection.window, limits.address.window)
    connection.execute(guesses.delete().where(guesses.c.at <= to_microseconds(since)))
    counted = [_hash_connection(source)] + ([_hash_address(source)] if source.address else [])
    connection.execute(guesses.insert(), [{"source": each, "at": to_microseconds(now)} for each in counted])


def _hash_connection(source: Source) -> str:
    return hash_token(f"connection {source.connection}")


def _hash_address(source: Source) -> str:
    return hash_token(f"address {source.address}")
