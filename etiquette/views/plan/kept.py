"""The entries of the form as JSON, to keep while the learner types. Unlike an application, they may be invalid."""

from __future__ import annotations

import json
import re
from dataclasses import asdict

from etiquette.plan import MOST_ROWS, ROW_CHOICES, FormEntries, FormRow
from etiquette.views.plan.form import CHOICES

ENTRIES_ITEM = "interview"
DAY_PATTERN = re.compile(r"(\d{4}-[01]\d-[0-3]\d)?")


def entries_to_json(entries: FormEntries) -> str:
    """The entries as JSON; `entries_from_json` restores them."""
    return json.dumps(asdict(entries), ensure_ascii=False)


def entries_from_json(text: str) -> FormEntries | None:
    """The kept entries, None if there are none or this version of the form cannot show them."""
    try:
        kept = json.loads(text)
        rows = tuple(FormRow(**row) for row in kept.pop("rows"))
        entries = FormEntries(**kept, rows=rows)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    texts = [*kept.values(), *(entry for row in rows for entry in asdict(row).values())]
    days = (entries.day, entries.referees_day, *(row.day for row in rows))
    known = (
        all(isinstance(entry, str) for entry in texts)
        and all(getattr(entries, name) in choices for name, choices in CHOICES.items())
        and all(row.what in ROW_CHOICES for row in rows)
        and all(DAY_PATTERN.fullmatch(day) for day in days)
        and len(rows) <= MOST_ROWS
    )
    return entries if known else None
