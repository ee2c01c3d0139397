"""Queries for the questions that learners ask the facilitator. No row says who asked."""

from __future__ import annotations

from sqlalchemy import Connection, select

from etiquette.room import (
    Phase,
    QuestionState,
    RoomError,
    RoomQuestion,
    check_room_for_more,
    clean_question,
    mark_question,
)
from etiquette.room.store.rows import Rows, from_microseconds, to_microseconds
from etiquette.room.store.schema import questions, rooms


def ask_question(rows: Rows, connection: Connection, code: str, typed: str) -> None:
    """Store a question, unless the same one is open already: it was sent twice. Raises `RoomError` if it is refused."""
    text = clean_question(typed)
    connection.execute(select(rooms.c.code).where(rooms.c.code == code).with_for_update())  # numbers are given in turn
    if rows.room(connection, code).room.phase is Phase.ENDED:
        raise RoomError("The session has ended, so you can’t send questions any more.")
    asked = read_questions(connection, code)
    if any(each.text == text and each.state.is_open for each in asked):
        return
    check_room_for_more(sum(each.state is QuestionState.WAITING for each in asked))
    minute = rows.clock().replace(second=0, microsecond=0)
    number = max((each.number for each in asked), default=0) + 1
    values = {"number": number, "text": text, "at": to_microseconds(minute), "state": QuestionState.WAITING.value}
    connection.execute(questions.insert().values(room=code, **values))


def read_questions(connection: Connection, code: str) -> tuple[RoomQuestion, ...]:
    """All questions of this room, in the order in which they were asked."""
    columns = (questions.c.number, questions.c.text, questions.c.at, questions.c.state)
    wanted = select(*columns).where(questions.c.room == code).order_by(questions.c.number)
    return tuple(
        RoomQuestion(number, text, from_microseconds(at), QuestionState(state))
        for number, text, at, state in connection.execute(wanted)
    )


def shown_question(connection: Connection, code: str) -> str:
    """The text of the question on the projector; empty if there is none."""
    shown = (questions.c.room == code, questions.c.state == QuestionState.SHOWN.value)
    return connection.scalar(select(questions.c.text).where(*shown)) or ""


def save_mark(
    connection: Connection, code: str, number: int, state: QuestionState, seen: QuestionState
) -> tuple[RoomQuestion, ...]:
    """Put a question into this state, and return all of them. See `mark_question`."""
    connection.execute(select(rooms.c.code).where(rooms.c.code == code).with_for_update())  # one after the other
    before = read_questions(connection, code)
    after = mark_question(before, number, state, seen)
    for changed in set(after) - set(before):
        this = (questions.c.room == code, questions.c.number == changed.number)
        connection.execute(questions.update().where(*this).values(state=changed.state.value))
    return after
