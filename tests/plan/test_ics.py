"""The plan as a calendar file, and the templates for its steps."""

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
    newer = plan(replace(QUIET.application, heard=(Heard(at("05 09:00"), promises=at("20 23:59")),)), at("06 09:00"))
    before = {event["uid"]: event for event in events(QUIET)}
    after = {event["uid"]: event for event in events(newer, at("06 09:00"))}
    assert before.keys() < after.keys(), "the newer plan has a reply as well"
    for uid, event in before.items():
        assert after[uid]["sequence"] > event["sequence"]
        assert after[uid]["dtstamp"].dt > event["dtstamp"].dt
        assert after[uid]["dtstart"].dt > event["dtstart"].dt


def test_uids_differ_between_applications_and_between_steps() -> None:
    other = plan(replace(QUIET.application, employer="Other"), at("04 09:00"))
    uids = [event["uid"] for event in (*events(QUIET), *events(other))]
    assert len(set(uids)) == 4


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
    assert lines[:3] == [b"BEGIN:VCALENDAR", b"VERSION:2.0", b"PRODID:-//Persistent or Pesky//My follow-up//EN"]
    assert b"METHOD" not in content
    assert b"DTSTART:20260310T110000Z" in lines


def test_the_description_has_the_reason_and_the_template() -> None:
    description = events(QUIET)[1]["description"]
    assert "You emailed 48 hours ago" in description
    assert "Right from Thu 12 March 2026, 11:00." in description
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
    planned = plan(replace(application, job=job), now)
    found = events(planned, now)
    assert [event["dtstart"].dt for event in found] == [step.suggested.astimezone(UTC) for step in planned.steps]
    assert not any(event.errors for event in found)


# Templates


@pytest.mark.parametrize("kind", STEP_TITLES)
def test_a_template_is_short_names_the_job_and_does_not_ask_for_the_outcome(kind: Kind) -> None:
    message = template(QUIET.application, kind)
    assert len(message.text.split()) <= 80
    assert "[your name]" in message.text
    assert message.text.count("[") == message.text.count("]")
    assert "{" not in message.text + message.subject
    if kind is not Kind.REPLY:
        assert "payroll clerk" in message.text
    for words in ("got the job", "decision", "decided", "outcome", "successful", "chosen", "deadline", "still"):
        assert words not in message.text.lower()


@pytest.mark.parametrize(
    ("kind", "message_kind"),
    [
        (Kind.SEND_REFERENCES, MessageKind.REFERENCES_EMAIL),
        (Kind.THANK_YOU_EMAIL, MessageKind.THANK_YOU_EMAIL),
        (Kind.STATUS_EMAIL, MessageKind.STATUS_EMAIL),
        (Kind.LEAVE_MESSAGE, MessageKind.VOICEMAIL),
    ],
)
def test_a_template_is_assessed_as_a_good_draft(kind: Kind, message_kind: MessageKind) -> None:
    """Only the name is missing, which the learner has to fill in."""
    text = template(QUIET.application, kind).text
    assert assess_draft(text, message_kind).missing == (Label.IDENTIFIES_SENDER,)
    filled_in = text.replace("[your name]", "Hannah Pryce").replace("[your phone number]", "07700 900123")
    assessment = assess_draft(filled_in, message_kind)
    assert (assessment.tone, assessment.credit) == (Tone.PERSISTENT, 100)


def test_without_a_job_and_an_employer_a_template_has_placeholders() -> None:
    message = template(Application(INTERVIEW, QUIET.application.home), Kind.THANK_YOU_EMAIL)
    assert "position of [the job]" in message.text
    assert "at [the employer]" in message.text


def test_braces_in_a_name_are_not_a_placeholder() -> None:
    assert "{day}" in template(replace(QUIET.application, job="{day}"), Kind.CALL).text


def test_a_call_comes_with_a_message_to_leave() -> None:
    assert [each.kind for each in templates_for(QUIET.application, Kind.CALL)] == [Kind.CALL, Kind.LEAVE_MESSAGE]
