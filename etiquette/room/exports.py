"""Exports of a session: its tables as CSV, and every vote as a line of JSON. `workbook` has the tables as .xlsx."""

from __future__ import annotations

import csv
import io
import json
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from etiquette.practice import format_timestamp
from etiquette.room.debrief import RoomDebrief
from etiquette.room.prompt import Prompt
from etiquette.room.tables import AnsweredVote, Cell, Table, answered_votes

SEPARATORS = {"": ",", "-semicolons": ";"}  # by the suffix of the file's name
BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets do not recognise UTF-8
FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
ANSWERED = {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en": "answered"}}
INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction"
HOME_PAGE = "http://localhost/"
"""The xAPI `homePage` of every account: the address of the site that issued people’s numbers."""


def as_csv_archive(tables: Sequence[Table], day: date) -> bytes:
    """A ZIP file with each table as CSV twice: separated by commas, and by semicolons.

    Excel splits columns at the list separator of the computer it runs on: a comma in English, a semicolon where the
    comma is the decimal sign. A first line `sep=;` would help it, but makes it ignore the byte order mark and garble
    every curly quote, and other programs read the line as data; so there are two files. LibreOffice asks, and opens
    both. `day` is the date of the files.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            for suffix, separator in SEPARATORS.items():
                file = zipfile.ZipInfo(f"{table.name.lower()}{suffix}.csv", (day.year, day.month, day.day, 0, 0, 0))
                file.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(file, as_csv(table, separator))
    return out.getvalue()


def as_csv(table: Table, separator: str = ",") -> str:
    """A table as CSV (RFC 4180), with a byte order mark. Every number is whole, so no decimal sign is needed.

    A text that a spreadsheet would read as a formula is prefixed with an apostrophe.
    """
    out = io.StringIO()
    rows = csv.writer(out, delimiter=separator)
    rows.writerow(heading for heading, _ in table.columns)
    rows.writerows(map(_csv_cell, row) for row in table.rows)
    return BYTE_ORDER_MARK + out.getvalue()


def _csv_cell(cell: Cell) -> str | int:
    match cell:
        case str():
            return escape_cell(cell)
        case datetime():
            return cell.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    return "" if cell is None else cell


def escape_cell(text: str) -> str:
    """A text on one line, escaped so that a spreadsheet shows it instead of calculating it."""
    flat = " ".join(text.split())
    return "'" + flat if text.startswith(FORMULA_PREFIXES) or flat.startswith(FORMULA_PREFIXES) else flat


def as_json_lines(debrief: RoomDebrief, code: str, *, nicknames: bool = False) -> str:
    """Every vote of the debrief as an xAPI statement, one on each line, in the order in which they were cast.

    People are identified by their numbers in the room; `nicknames` adds the nicknames that the facilitator has not
    hidden.
    """
    statements = _statements(debrief, code, nicknames=nicknames)
    return "".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) + "\n" for each in statements)


def _statements(debrief: RoomDebrief, code: str, *, nicknames: bool) -> Iterator[dict[str, Any]]:
    names = {each.number: each.nickname for each in debrief.people if each.nickname and not each.hidden}
    first_vote = debrief.votes[0].at if debrief.votes else None
    session = uuid.uuid5(uuid.NAMESPACE_URL, f"{HOME_PAGE}rooms/{code}/{first_vote}")
    for each in answered_votes(debrief):
        vote = each.vote
        account = {"homePage": HOME_PAGE, "name": f"{code}-{vote.person}"}
        actor: dict[str, Any] = {"objectType": "Agent", "account": account}
        if nicknames and vote.person in names:
            actor["name"] = names[vote.person]
        yield {
            "id": str(uuid.uuid5(session, f"{vote.ballot} {vote.person} {vote.turn}")),
            "actor": actor,
            "verb": ANSWERED,
            "object": _object(each.prompt),
            "result": _result(each),
            "context": {"registration": str(session), "extensions": _context(each)},
            "timestamp": format_timestamp(vote.at),
        }


def _context(answered: AnsweredVote) -> dict[str, int]:
    """The number of the agenda item, the decision in its story, and whether it was the first vote or the second."""
    place = {f"{HOME_PAGE}number": answered.number, f"{HOME_PAGE}vote": answered.round}
    return place if answered.step is None else place | {f"{HOME_PAGE}decision": answered.step}


def _object(prompt: Prompt) -> dict[str, Any]:
    return {
        "objectType": "Activity",
        "id": f"{HOME_PAGE}decisions/{prompt.id}",
        "definition": {
            "type": INTERACTION,
            "interactionType": "choice",
            "choices": [
                {"id": str(number + 1), "description": {"en": option.says}}
                for number, option in enumerate(prompt.options)
            ],
            "correctResponsesPattern": [str(prompt.best + 1)],
        },
    }


def _result(answered: AnsweredVote) -> dict[str, Any]:
    vote, option = answered.vote, answered.option
    extensions: dict[str, Any] = {f"{HOME_PAGE}verdict": option.verdict}
    if vote.sureness is not None:
        extensions[f"{HOME_PAGE}sureness"] = vote.sureness.name.lower()
    return {
        "response": str(vote.option + 1),
        "success": answered.best,
        "score": {"scaled": option.credit / 100, "raw": option.credit, "min": 0, "max": 100},
        "extensions": extensions,
    }
