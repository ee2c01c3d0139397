"""The plan as a calendar file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from icalendar import Calendar

from etiquette.plan import Application, EntryError, Plan, calendar_file, calendar_file_name, plan
from tests.plan.test_planner import an_application, applications, at, event

STAMP = at("04 09:00:00")
QUIET = plan(an_application(), at("04 09:00"))


def events(planned: Plan, stamp: datetime = STAMP) -> list[Any]:
    """The events of the calendar file."""
    return list(Calendar.from_ical(calendar_file(planned, stamp)).walk("VEVENT"))


def test_every_step_is_an_event_at_its_suggested_time_with_an_alarm() -> None:
    thanks, call = events(QUIET)
    assert thanks["summary"] == "Thank them by email (payroll clerk, Hallam Foods)"
    assert thanks["dtstart"].dt == datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
    assert call["dtstart"].dt == datetime(2026, 3, 12, 11, 0, tzinfo=UTC)
    (alarm,) = call.walk("VALARM")
    assert alarm["action"] == "DISPLAY"
    assert alarm["description"] == call["summary"]
    assert alarm["trigger"].dt == timedelta(0)


def test_a_newer_plan_updates_existing_events() -> None:
    """The same UIDs, with a later stamp and a higher sequence."""
    newer = plan(replace(QUIET.application, events=(event("promises", "05 09:00", "20 23:59"),)), at("05 18:00"))
    before = {each["uid"]: each for each in events(QUIET)}
    after = {each["uid"]: each for each in events(newer, at("06 09:00"))}
    assert before.keys() < after.keys(), "the newer plan has a reply as well"
    for uid, each in before.items():
        assert after[uid]["sequence"] > each["sequence"]
        assert after[uid]["dtstamp"].dt > each["dtstamp"].dt
        assert after[uid]["dtstart"].dt > each["dtstart"].dt


def test_uids_stay_when_names_and_times_are_corrected() -> None:
    corrected = replace(QUIET.application, employer="Hallam", job="clerk", interview=at("03 11:30"))
    assert [each["uid"] for each in events(plan(corrected, at("04 09:00")))] == [each["uid"] for each in events(QUIET)]


def test_uids_differ_between_applications_and_between_steps() -> None:
    """Two jobs at one employer, interviewed for at the same time; one of two referees is still to come."""
    asked = event("requests_references", "03 11:00")
    other = replace(QUIET.application, id="other", events=(asked,), referees_ready=(at("03 11:00"), at("05 09:00")))
    uids = [each["uid"] for each in (*events(QUIET), *events(plan(other, at("04 09:00"))))]
    assert len(set(uids)) == len(uids) == 6


def test_without_an_id_there_is_no_calendar_file() -> None:
    with pytest.raises(EntryError, match="has no id"):
        calendar_file(plan(replace(QUIET.application, id=""), at("04 09:00")), STAMP)


def test_the_event_names_the_date_that_they_gave() -> None:
    (offer,) = events(plan(an_application(event("offer", "09 10:00", "13 17:00")), at("09 12:00")))
    assert offer["summary"].startswith("Reply to their offer")
    assert "They want your answer by Fri 13 March 2026, 17:00." in offer["description"]


def test_typed_names_are_escaped_and_kept_unchanged() -> None:
    application = replace(QUIET.application, job="chef; pâtissier, nights\\days", employer="Café “Zoë” 🥐 שלום")
    thanks = events(plan(application, at("04 09:00")))[0]
    assert thanks["summary"] == "Thank them by email (chef; pâtissier, nights\\days, Café “Zoë” 🥐 שלום)"


def test_the_file_follows_the_standard() -> None:
    """CRLF line ends, at most 75 octets a line, folded between characters; times in UTC; no METHOD."""
    content = calendar_file(plan(replace(QUIET.application, job="é" * 120), at("04 09:00")), STAMP)
    *lines, last = content.split(b"\r\n")
    assert last == b""
    assert b"\n" not in b"".join(lines)
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode("utf-8") for line in lines)
    assert lines[:3] == [b"BEGIN:VCALENDAR", b"VERSION:2.0", b"PRODID:-//Persistent or Pesky//My interview//EN"]
    assert b"METHOD" not in content
    assert b"DTSTART:20260310T110000Z" in lines


def test_the_description_has_the_reason_and_the_template() -> None:
    description = events(QUIET)[1]["description"]
    assert "Two days after your thank-you" in description
    assert "You can do this from Thu 12 March 2026, 11:00." in description
    assert "I know how busy you are" in description


def test_the_stamp_needs_a_zone_and_the_file_name_is_plain() -> None:
    with pytest.raises(ValueError, match="time zone"):
        calendar_file(QUIET, datetime(2026, 3, 4))
    assert calendar_file_name(QUIET.application) == "follow-up-2026-03-03.ics"


@given(applications(), some.text(max_size=120))
@settings(max_examples=100)
def test_every_plan_can_be_written_and_read_back(application_and_now: tuple[Application, datetime], job: str) -> None:
    application, now = application_and_now
    job = "".join(character for character in job if character.isprintable())
    planned = plan(replace(application, job=job, id="id"), now)
    found = events(planned, now)
    assert [each["dtstart"].dt for each in found] == [step.suggested.astimezone(UTC) for step in planned.steps]
    assert not any(each.errors for each in found)
