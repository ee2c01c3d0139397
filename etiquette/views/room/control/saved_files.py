"""The files that a facilitator saves at the end of a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from etiquette.room import RoomDebrief, as_csv_archive, as_json_lines, as_workbook, session_tables
from etiquette.views.room.report import room_report


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file to save: its name, what the link to it says, its media type, and what is in it."""

    name: str
    label: str
    media_type: str
    content: str | bytes


def session_files(debrief: RoomDebrief, code: str, day: date) -> tuple[SavedFile, ...]:
    """The files of a session, the most useful one first. None of them has a nickname in it."""
    tables, name = session_tables(debrief), f"room-{code}"
    return (
        SavedFile(f"{name}.html", "Report to print", "text/html", room_report(debrief, code, day)),
        SavedFile(
            f"{name}.xlsx",
            "Workbook for Excel or LibreOffice",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            as_workbook(tables, day),
        ),
        SavedFile(
            f"{name}-csv.zip",
            "Tables as CSV (zip), with commas and with semicolons",
            "application/zip",
            as_csv_archive(tables, day),
        ),
        SavedFile(f"{name}.jsonl", "Every vote (JSON lines, xAPI)", "application/jsonl", as_json_lines(debrief, code)),
    )
