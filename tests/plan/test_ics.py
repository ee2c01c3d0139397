"""The plan as a file for a calendar, and the drafts that go with its steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from icalendar import Calendar

from etiquette import Kind
from etiquette.drafts import Label, MessageKind, Tone, assess_draft
from etiquette.plan import (
    STEP_TITLES,
    Application,
    Done,
    Heard,
    Plan,
    calendar_file,
    calendar_file_name,
    plan,
    template,
    templates_for,
)
from tests.plan.test_planner import INTERVIEW, an_application, applications, at

STAMP = at("04 09:00:00")
QUIET = plan(an_application(), at("04 09:00"))


def events(planned: Plan, stamp: datetime = STAMP) -> list[Any]:
    """The events of the file, read back."""
    return list(Calendar.from_ical(calendar_file(planned, stamp)).walk("VEVENT"))


def test_every_step_is_an_event_at_its_suggested_time_with_an_alarm() -> None:
    thanks, call = events(QUIET)
    assert thanks["summary"] == "Thank them by email (payroll clerk, Hallam Foods)"
    assert thanks["dtstart"].dt == datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
    assert call["dtstart"].dt == datetime(2026, 3, 12, 11, 0, tzinfo=UTC)
    (alarm,) = call.walk("VALARM")
    assert alarm["action"] == "DISPLAY"
    assert alarm["description"] == call["summary"]


def test_the_alarm_never_rings_before_the_step_is_right() -> None:
    for event in events(QUIET):
        assert event.walk("VALARM")[0]["trigger"].dt == timedelta(0)


def test_a_newer_plan_updates_the_events_that_are_there() -> None:
    """The same UIDs, a later stamp, a higher sequence; what has been done is no longer in it."""
    newer = plan(replace(QUIET.application, heard=(Heard(at("05 09:00"), promises=at("20 23:59")),)), at("06 09:00"))
    before = {event["uid"]: event for event in events(QUIET)}
    after = {event["uid"]: event for event in events(newer, at("06 09:00"))}
    assert before.keys() < after.keys(), "there is an answer to write, besides"
    for uid, event in before.items():
        assert after[uid]["sequence"] > event["sequence"]
        assert after[uid]["dtstamp"].dt > event["dtstamp"].dt
        assert after[uid]["dtstart"].dt > event["dtstart"].dt


def test_uids_differ_between_applications_and_between_steps() -> None:
    other = plan(replace(QUIET.application, employer="Other"), at("04 09:00"))
    uids = [event["uid"] for event in (*events(QUIET), *events(other))]
    assert len(set(uids)) == 4


def test_what_a_person_typed_comes_back_as_it_was() -> None:
    named = replace(QUIET.application, job="chef; pâtissier, nights\\days", employer="Café “Zoë” 🥐 שלום")
    thanks = events(plan(named, at("04 09:00")))[0]
    assert thanks["summary"] == "Thank them by email (chef; pâtissier, nights\\days, Café “Zoë” 🥐 שלום)"


def test_the_file_is_as_the_standard_has_it() -> None:
    """Lines of 75 octets at most that end in CRLF, folded between characters; UTC, and no method."""
    content = calendar_file(plan(replace(QUIET.application, job="é" * 120), at("04 09:00")), STAMP)
    *lines, last = content.split(b"\r\n")
    assert last == b""
    assert b"\n" not in b"".join(lines)
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode("utf-8") for line in lines)
    assert lines[:3] == [b"BEGIN:VCALENDAR", b"VERSION:2.0", b"PRODID:-//Persistent or Pesky//My follow-up//EN"]
    assert b"METHOD" not in content
    assert b"DTSTART:20260310T110000Z" in lines


def test_the_event_says_why_and_brings_the_draft_along() -> None:
    described = events(QUIET)[1]["description"]
    assert "You emailed 48 hours ago" in described
    assert "Right from Thu 12 March 2026, 11:00." in described
    assert "I know how busy you are" in described


def test_a_stamp_needs_a_zone_and_a_file_a_plain_name() -> None:
    with pytest.raises(ValueError, match="time zone"):
        calendar_file(QUIET, datetime(2026, 3, 4))
    assert calendar_file_name(QUIET.application) == "follow-up-2026-03-03.ics"


def test_with_nothing_left_to_do_the_file_has_no_events() -> None:
    done = (Done(Kind.THANK_YOU_EMAIL, at("10 11:00")), Done(Kind.CALL, at("12 11:00")))
    assert events(plan(an_application(*done), at("13 09:00"))) == []


@given(applications(), some.text(max_size=120))
@settings(max_examples=100)
def test_every_plan_can_be_written_and_read_back(given_now: tuple[Application, datetime], job: str) -> None:
    application, now = given_now
    job = "".join(character for character in job if character.isprintable())
    planned = plan(replace(application, job=job), now)
    found = events(planned, now)
    assert [event["dtstart"].dt for event in found] == [step.suggested.astimezone(UTC) for step in planned.steps]
    assert not any(event.errors for event in found)


# Drafts


@pytest.mark.parametrize("kind", STEP_TITLES)
def test_a_draft_is_short_and_says_what_it_is_about(kind: Kind) -> None:
    made = template(QUIET.application, kind)
    assert len(made.text.split()) <= 80
    assert "[your name]" in made.text
    assert made.text.count("[") == made.text.count("]")
    assert "{" not in made.text + made.subject
    if kind is not Kind.REPLY:
        assert "payroll clerk" in made.text


@pytest.mark.parametrize("kind", STEP_TITLES)
def test_no_draft_asks_whether_one_got_the_job(kind: Kind) -> None:
    text = template(QUIET.application, kind).text.lower()
    for asked in ("got the job", "decision", "decided", "outcome", "successful", "chosen", "deadline", "still"):
        assert asked not in text


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (Kind.SEND_REFERENCES, MessageKind.REFERENCES_EMAIL),
        (Kind.THANK_YOU_EMAIL, MessageKind.THANK_YOU_EMAIL),
        (Kind.STATUS_EMAIL, MessageKind.STATUS_EMAIL),
        (Kind.LEAVE_MESSAGE, MessageKind.VOICEMAIL),
    ],
)
def test_the_judge_of_words_has_nothing_against_a_draft(kind: Kind, message: MessageKind) -> None:
    """It misses the name alone, and that is for the learner to put in."""
    words = template(QUIET.application, kind).text
    assert assess_draft(words, message).missing == (Label.IDENTIFIES_SENDER,)
    filled = words.replace("[your name]", "Hannah Pryce").replace("[your phone number]", "07700 900123")
    named = assess_draft(filled, message)
    assert (named.tone, named.credit) == (Tone.PERSISTENT, 100)


def test_a_draft_without_a_job_leaves_a_gap_to_fill() -> None:
    made = template(Application(INTERVIEW, QUIET.application.home), Kind.THANK_YOU_EMAIL)
    assert "position of [the job]" in made.text
    assert "at [the employer]" in made.text


def test_braces_in_a_name_are_no_gap() -> None:
    assert "{day}" in template(replace(QUIET.application, job="{day}"), Kind.CALL).text


def test_a_call_comes_with_its_message() -> None:
    assert [each.kind for each in templates_for(QUIET.application, Kind.CALL)] == [Kind.CALL, Kind.LEAVE_MESSAGE]
