"""The exports of a session: its tables as CSV and as a workbook, and every vote as a line of JSON."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook

from etiquette.practice import Sureness
from etiquette.room import (
    OPTION_LETTERS,
    Agenda,
    Command,
    Person,
    Play,
    Prompt,
    Room,
    Vote,
    as_csv_archive,
    as_json_lines,
    as_workbook,
    debrief_room,
    decision_title,
    session_tables,
)
from etiquette.room.exports import as_csv, escape_cell
from etiquette.room.tables import Table, answered_votes
from etiquette.stories import library
from tests.room.builders import TOGETHER, VOTED, a_debrief, a_free_question, a_room, sessions, votes_of

DAY = date(2026, 3, 3)


def dictionaries(table: Table) -> list[dict[str, object]]:
    """The rows of a table by its headings."""
    return [dict(zip((heading for heading, _ in table.columns), row, strict=True)) for row in table.rows]


# The tables


@given(sessions())
@settings(max_examples=25, deadline=None)
def test_the_counts_in_the_summary_are_those_of_the_votes(session: tuple[Room, list[Vote]]) -> None:
    summary, votes, people = map(dictionaries, session_tables(found := debrief_room(*session)))
    assert len(votes) == len(found.votes)
    for number, heading in ((1, "First vote"), (2, "Second vote")):
        counted: Counter[tuple[object, ...]] = Counter()
        for row in summary:
            counted[row["Number"], row["Decision"], row["Option"], row["Answer"]] += row[heading] or 0  # type: ignore[operator]
        cast = Counter(
            (row["Number"], row["Decision"], row["Option"], row["Answer"]) for row in votes if row["Vote"] == number
        )
        assert +counted == cast
    assert sum(row["Decisions"] for row in people) == len(  # type: ignore[misc]
        {(row["Person"], row["Number"], row["Decision"]) for row in votes}
    )


def test_the_summary_says_what_was_asked_and_what_each_answer_is_worth() -> None:
    found = a_debrief()
    summary = dictionaries(session_tables(found)[0])
    first = [row for row in summary if row["Number"] == 1]
    prompt = found.decisions[0].prompt
    assert [row["What was asked"] for row in first] == [prompt.passages[0].text, *[None] * (len(first) - 1)]
    assert [row["Answer"] for row in first] == [option.says for option in prompt.options]
    assert [row["Option"] for row in first] == list(OPTION_LETTERS[: len(first)])
    assert [row["Best"] for row in first] == ["yes" if n == prompt.best else "no" for n in range(len(first))]
    numbers = {each.number for each in found.decisions} | {paths.number for paths in found.alone}
    assert {row["Number"] for row in summary} == numbers
    alone = [row for row in summary if row["Earlier choices"]]
    assert {row["Number"] for row in alone} == {paths.number for paths in found.alone}
    assert (alone[0]["Earlier choices"], alone[0]["Decision"], alone[-1]["Decision"]) == ("none yet", 1, 2)


def test_the_summary_says_what_the_room_did_in_a_story_and_leaves_what_does_not_apply_empty() -> None:
    agenda = Agenda((a_free_question(), Play(library()[TOGETHER])))
    room = a_room(*(Command.NEXT, *VOTED, Command.REVEAL) * 2, agenda=agenda)
    rows = dictionaries(session_tables(debrief_room(room, votes_of(1, 0, 1)))[0])
    assert [row["What the room did"] for row in rows][:4] == [None] * 3 + ["yes"]
    assert [row["Second vote"] for row in rows] == [None] * len(rows)
    assert [row["Verdict"] for row in rows[:3]] == ["wrong", "right", "wrong"]
    assert [row["Topic"] for row in rows[2:4]] == ["The facilitator’s question", library()[TOGETHER].title]


def test_people_are_numbers_with_their_final_answers() -> None:
    room = a_room(Command.NEXT, *VOTED, *VOTED, Command.REVEAL, agenda=Agenda((a_free_question(),)))
    found = debrief_room(room, [*votes_of(1, 0, 1), *votes_of(2, 1)], (Person(1, "Ann"), Person(2, "Ben")))
    assert session_tables(found)[2].rows == ((1, 1, 1, 0, 100), (2, 1, 1, 0, 100))
    assert "Ann" not in repr(session_tables(found))


@pytest.mark.parametrize(
    ("step", "title"), [(None, "Question 3: The facilitator’s question"), (2, "3, decision 2: The quiet week")]
)
def test_a_decision_is_called_by_the_number_that_the_room_saw(step: int | None, title: str) -> None:
    prompt = Prompt.of_free_question(a_free_question())
    assert decision_title(3, step, replace(prompt, title="The quiet week" if step else "")) == title


# CSV


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_csv_file_can_be_read_back(separator: str) -> None:
    for table in session_tables(a_debrief()):
        text = as_csv(table, separator)
        assert text.startswith("\ufeff")
        assert text.count("\r\n") == text.count("\n") == len(table.rows) + 1
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator))
        assert rows[0] == [heading for heading, _ in table.columns]
        assert {len(row) for row in rows} == {len(table.columns)}
        assert [len(each) for each in rows[1:]] == [len(each) for each in table.rows]


def test_the_archive_has_each_table_with_commas_and_with_semicolons() -> None:
    tables = session_tables(a_debrief())
    with zipfile.ZipFile(io.BytesIO(as_csv_archive(tables, DAY))) as archive:
        assert archive.namelist() == [
            f"{name}{suffix}.csv" for name in ("summary", "votes", "people") for suffix in ("", "-semicolons")
        ]
        heads = [archive.read(name).decode("utf-8-sig").splitlines()[0] for name in archive.namelist()[:2]]
        assert {info.date_time[:3] for info in archive.infolist()} == {(2026, 3, 3)}
    assert heads[0].startswith("Number,Topic,Decision,")
    assert heads[1].startswith("Number;Topic;Decision;")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =cmd|' /C calc'!A0", "＝1"])
def test_a_cell_that_a_spreadsheet_would_calculate_begins_with_an_apostrophe(text: str) -> None:
    assert escape_cell(text).startswith("'")
    assert escape_cell('plain, "quoted"\nlines') == 'plain, "quoted" lines'


# The workbook


def test_the_workbook_holds_the_same_tables_and_no_formula() -> None:
    room = a_room(Command.NEXT, *VOTED, Command.REVEAL, agenda=Agenda((a_free_question(),)))
    tables = session_tables(debrief_room(room, votes_of(1, 0, 1, sureness=Sureness.SURE)))
    workbook = load_workbook(io.BytesIO(as_workbook(tables, DAY)))
    assert workbook.sheetnames == ["Summary", "Votes", "People"]
    for table in tables:
        sheet = workbook[table.name]
        head, *rows = sheet.iter_rows(values_only=True)
        assert head == tuple(heading for heading, _ in table.columns)
        assert rows[: len(table.rows)] == [
            tuple(cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell for cell in row)
            for row in table.rows
        ]
        assert [row[0] for row in rows[len(table.rows) :]] == ([None, table.note] if table.note else [])
        assert sheet.freeze_panes == "A2"
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert "=1+1" in {cell.value for cell in workbook["Summary"]["G"]}
    assert workbook["Summary"]["E2"].alignment.wrap_text
    assert "left out on purpose" in workbook["People"].cell(workbook["People"].max_row, 1).value


def test_the_same_session_gives_the_same_files() -> None:
    tables = session_tables(a_debrief())
    assert as_workbook(tables, DAY) == as_workbook(tables, DAY)
    assert as_csv_archive(tables, DAY) == as_csv_archive(tables, DAY)


# JSON lines


def test_the_json_lines_have_a_statement_for_each_vote_and_no_nicknames() -> None:
    found = a_debrief()
    text = as_json_lines(found, "BCDFGH")
    statements = [json.loads(line) for line in text.splitlines()]
    assert len(statements) == len(found.votes)
    assert len({each["id"] for each in statements}) == len(statements)
    assert "nick" not in text
    for each, vote in zip(statements, found.votes, strict=True):
        assert each["actor"]["account"] == {"homePage": "http://localhost/", "name": f"BCDFGH-{vote.person}"}
        assert each["verb"]["id"].endswith("/answered")
        assert each["result"]["response"] == str(vote.option + 1)
        assert each["result"]["response"] in [choice["id"] for choice in each["object"]["definition"]["choices"]]
        best = each["object"]["definition"]["correctResponsesPattern"]
        assert each["result"]["success"] == (best == [each["result"]["response"]])
        assert datetime.fromisoformat(each["timestamp"]) == vote.at
    assert as_json_lines(found, "BCDFGH") == text


def test_the_json_lines_say_which_item_and_which_decision_of_its_story_a_vote_was_on() -> None:
    found = a_debrief()
    contexts = [json.loads(line)["context"]["extensions"] for line in as_json_lines(found, "BCDFGH").splitlines()]
    for context, each in zip(contexts, answered_votes(found), strict=True):
        assert context["http://localhost/number"] == each.number
        assert context.get("http://localhost/decision") == each.step


def test_the_json_lines_have_nicknames_on_request_except_hidden_ones() -> None:
    people = (Person(1, "Ann"), Person(2, "Ben", hidden=True), Person(3))
    text = as_json_lines(replace(a_debrief(), people=people), "BCDFGH", nicknames=True)
    actors = [json.loads(line)["actor"] for line in text.splitlines()]
    assert [actor.get("name") for actor in actors[:3]] == ["Ann", None, None]


def test_the_json_lines_call_an_answer_to_a_free_question_right_or_wrong() -> None:
    room = a_room(Command.NEXT, *VOTED, Command.REVEAL, agenda=Agenda((a_free_question(),)))
    text = as_json_lines(debrief_room(room, votes_of(1, 0, 1)), "BCDFGH")
    results = [json.loads(line)["result"] for line in text.splitlines()]
    assert [(each["success"], each["score"]["raw"]) for each in results] == [(False, 0), (True, 100)]
    assert [each["extensions"]["http://localhost/verdict"] for each in results] == ["wrong", "right"]


def test_votes_are_exported_in_the_order_in_which_they_were_cast() -> None:
    found = a_debrief()
    assert [each.vote for each in answered_votes(found)] == list(found.votes)
    assert found.votes[0].at.tzinfo == UTC
