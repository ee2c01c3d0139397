"""Records as columns, which take a third of the room that records take once they are compressed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from etiquette.practice.records import (
    EARLIEST,
    FIELDS,
    RECORD_TYPES,
    Record,
    format_timestamp,
    record_order,
    record_to_fields,
)

TICK = timedelta(microseconds=1)


def records_to_columns(records: Iterable[Record]) -> dict[str, Any]:
    """What was done, in order, and when, in microseconds since the one before; then, by type, the other fields.

    {"did": ["played", "played"], "at": [825412345678901, 86400000000], "played": {"scenario": [...], "grade": [...]}}
    """
    did: list[str] = []
    at: list[int] = []
    columns: dict[str, Any] = {"did": did, "at": at}
    before = EARLIEST
    for record in sorted(records, key=record_order):
        fields = record_to_fields(record)
        did.append(name := fields.pop("did"))
        at.append((record.at - before) // TICK)
        before = record.at
        del fields["at"]
        values = columns.setdefault(name, {field: [] for field in fields})
        for field, value in fields.items():
            values[field].append(value)
    return columns


def fields_from_columns(columns: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The JSON fields of each record, for `record_from_fields`.

    Raises:
        ValueError, KeyError, TypeError, OverflowError: these are not the columns of records.
    """
    at: datetime = EARLIEST
    rows = {name: _rows(name, columns[name]) for name in RECORD_TYPES if name in columns}
    for name, ticks in zip(columns["did"], columns["at"], strict=True):
        at += ticks * TICK
        row = next(rows[name], None)
        if row is None:
            raise ValueError(f"a record of {name!r} is missing")
        yield {"did": name, "at": format_timestamp(at)} | row


def _rows(name: str, values: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """The other fields of each record of this type."""
    fields = [field for field in FIELDS[RECORD_TYPES[name]] if field != "at"]
    for row in zip(*(values[field] for field in fields), strict=True):
        yield dict(zip(fields, row, strict=True))
