"""The database schema of the rooms, and its migrations.

Times are whole microseconds since 1970. Tokens, secrets and sources are stored as hashes only.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    inspect,
    select,
    text,
)

from etiquette.room import StoreError

VERSION = 3
UPGRADES: dict[int, tuple[str, ...]] = {
    2: ("ALTER TABLE votes ADD COLUMN sureness INTEGER",),
    3: ("ALTER TABLE people ADD COLUMN removed BOOLEAN NOT NULL DEFAULT FALSE",),
}
"""The statements that migrate to each version from the one before it, on both databases. New tables need none."""

LOCK = 0x706572736973  # id of the advisory lock that PostgreSQL takes during a migration

metadata = MetaData()

schema_version = Table("schema_version", metadata, Column("version", Integer, nullable=False))

rooms = Table(
    "rooms",
    metadata,
    Column("code", String(6), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("last_step", String(32), nullable=False),
    Column("agenda", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("secret", String(64), nullable=False),
    Column("opened", BigInteger, nullable=False),
    Column("deleted_from", BigInteger, nullable=False),
)

pulses = Table(
    "pulses",
    metadata,
    Column("room", ForeignKey("rooms.code", ondelete="CASCADE"), primary_key=True),
    Column("activity", Integer, nullable=False),
)
"""The number of votes and arrivals in a room: a separate table, so that voters do not block each other on `rooms`."""

people = Table(
    "people",
    metadata,
    Column("room", ForeignKey("rooms.code", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("token", String(64), nullable=False),
    Column("nickname", String(200), nullable=False),
    Column("hidden", Boolean, nullable=False),
    Column("joined", BigInteger, nullable=False),
    Column("removed", Boolean, nullable=False, server_default=text("FALSE")),
    UniqueConstraint("room", "token", name="people_token"),
)

votes = Table(
    "votes",
    metadata,
    Column("room", String(6), primary_key=True),
    Column("ballot", Integer, primary_key=True, autoincrement=False),
    Column("person", Integer, primary_key=True, autoincrement=False),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("option", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("sureness", Integer),
    ForeignKeyConstraint(["room", "person"], ["people.room", "people.number"], name="votes_person", ondelete="CASCADE"),
    Index("votes_of_person", "room", "person"),
)

questions = Table(
    "questions",
    metadata,
    Column("room", ForeignKey("rooms.code", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("state", String(20), nullable=False),
)
"""What learners have asked the facilitator. Nothing says who asked."""

prepared = Table(
    "prepared",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("agenda", Text, nullable=False),
    Column("saved", BigInteger, nullable=False),
)
"""Sessions that facilitators have put together for another day, by their names."""

guesses = Table(
    "guesses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("guesses_of_source", "source", "at"),
)
"""Attempts with codes that do not exist, by the hash of their source."""


def prepare(connection: Connection) -> None:
    """Create the tables or migrate them, one process at a time. Raises `StoreError` if the tables were written by a
    newer version of this program.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    if not inspect(connection).has_table("schema_version"):
        metadata.create_all(connection)
        connection.execute(schema_version.insert().values(version=VERSION))
        return
    found = connection.scalar(select(schema_version.c.version)) or 0
    if found > VERSION:
        raise StoreError(
            "These rooms were saved by a newer version of this program, so nothing has been changed. "
            "Please update this version, or choose another database."
        )
    for version in range(found + 1, VERSION + 1):
        for statement in UPGRADES[version]:
            connection.execute(text(statement))
        metadata.create_all(connection)
        connection.execute(schema_version.update().values(version=version))
