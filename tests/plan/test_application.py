"""The learner's own application: typed into a form, saved as JSON, turned into a situation."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from etiquette import Kind
from etiquette.plan import (
    CONTACT_CHOICES,
    MEDIUM_CHOICES,
    MOST_ROWS,
    REFEREES_CHOICES,
    REFERENCES_CHOICES,
    ROUND_CHOICES,
    ROW_CHOICES,
    THEN_LABELS,
    THEN_REQUIRED,
    Application,
    ApplicationEvent,
    EntryError,
    FormEntries,
    FormError,
    FormRow,
    elapsed,
    form_of,
    parse_form,
    plan,
    understood,
)
from etiquette.plan.local_time import format_time
from tests.plan.test_planner import INTERVIEW, LONDON, NEW_YORK, an_application, applications, at, event

NOW = at("20 12:00")
TYPED = FormEntries(
    id="abc123", job="payroll clerk", employer="Hallam Foods", day="2026-03-03", time="11:00", place="London"
)
NASTY = "<script>alert(1)</script>\"' & \u202e 🙂 \u05e9\u05dc\u05d5\u05dd"


def problems(entries: FormEntries, now: datetime = NOW) -> dict[str, str]:
    """The sentence beside each field that is wrong."""
    with pytest.raises(FormError) as caught:
        parse_form(entries, now)
    return caught.value.problems


def with_row(what: str, day: str = "2026-03-10", clock: str = "09:00", then: str = "") -> FormEntries:
    return replace(TYPED, rows=(FormRow(what, day, clock, then),))


def read_row(what: str, then: str, day: str = "2026-03-10", clock: str = "09:00") -> ApplicationEvent:
    """The event that one row describes. Without another day, it is Tuesday 10 March."""
    return parse_form(with_row(what, day, clock, then), NOW).events[0]


class TestTheForm:
    def test_it_is_converted_to_an_application(self) -> None:
        rows = (FormRow("send_references", "2026-03-03", "14:00"), FormRow("asks", "2026-03-05", "9:30"))
        typed = replace(TYPED, references="asked", hearing="by Friday 13 March", no_calls="yes", rows=rows)
        application = parse_form(typed, NOW)
        assert (application.id, application.interview, application.country) == ("abc123", INTERVIEW, "GB")
        assert application.events == (
            ApplicationEvent("promises", INTERVIEW, at("13 23:59"), "by Friday 13 March"),
            event("requests_references", "03 11:00"),
            event("no_calls", "03 11:00"),
            event("send_references", "03 14:00"),
            event("asks", "05 09:30"),
        )

    @pytest.mark.parametrize(
        ("hearing", "what", "then"),
        [
            ("in two to three weeks", "promises", "24 23:59"),
            ("We'll be in touch", "promises", ""),
            ("if you haven’t heard by Friday, call", "call_if_silent", "06 23:59"),
        ],
    )
    def test_what_they_said_about_hearing_back_is_read_as_a_date(self, hearing: str, what: str, then: str) -> None:
        (said,) = parse_form(replace(TYPED, hearing=hearing), NOW).events
        assert said == ApplicationEvent(what, INTERVIEW, at(then) if then else None, hearing)

    def test_rows_are_in_the_home_zone_and_what_they_said_in_the_employers(self) -> None:
        abroad = replace(with_row("promises", then="13 March at 16:00"), home="America/New_York")
        (said,) = parse_form(abroad, NOW).events
        assert said.at == at("10 09:00", NEW_YORK)
        assert said.then == at("13 16:00", LONDON)

    @pytest.mark.parametrize(
        ("home", "zone"), [("GMT", "GMT"), ("", "Europe/London"), ("Mars/Olympus", "Europe/London")]
    )
    def test_the_browsers_zone_is_taken_as_it_is_or_else_the_employers(self, home: str, zone: str) -> None:
        """The form does not show it, so it is never a problem."""
        assert parse_form(replace(TYPED, home=home), NOW).home.key == zone

    def test_a_deadline_elsewhere_is_in_the_home_zone(self) -> None:
        abroad = replace(with_row("deadline", then="13 March"), home="America/New_York")
        assert parse_form(abroad, NOW).events[0].then == at("13 23:59", NEW_YORK)

    @pytest.mark.parametrize(
        ("then", "expected"),
        [
            ("Friday at 10", "13 10:00"),
            ("2026-03-13 14:30", "13 14:30"),
            ("Friday", "13 09:00"),
            ("Friday morning", "13 09:00"),
            ("tomorrow afternoon", "11 14:00"),
            ("next week", "16 09:00"),
            ("by Friday", ""),
            ("today", ""),
            ("when you can", ""),
        ],
    )
    def test_the_call_they_want_is_when_the_time_they_named_begins_or_at_once(self, then: str, expected: str) -> None:
        assert read_row("invites_call", then).then == (at(expected) if expected else None)

    def test_a_date_in_a_row_may_turn_out_to_be_an_invitation_to_call(self) -> None:
        said = read_row("promises", "call me if you don't hear by Friday")
        assert (said.what, said.then) == ("call_if_silent", at("13 23:59"))

    def test_without_a_time_a_row_is_at_noon_but_after_the_interview_and_not_in_the_future(self) -> None:
        assert parse_form(with_row("reply", "2026-03-10", ""), NOW).events[0].at == at("10 12:00")
        afternoon = replace(with_row("reply", "2026-03-03", ""), time="15:00")
        assert parse_form(afternoon, NOW).events[0].at == at("03 15:01")
        assert parse_form(with_row("reply", "2026-03-20", ""), at("20 08:30")).events[0].at == at("20 08:30")

    def test_before_a_second_interview_anything_may_have_happened(self) -> None:
        second = replace(with_row("thank_you_email", "2026-02-20"), round="2")
        assert parse_form(second, NOW).situation(NOW).contacts[0].at < timedelta(0)

    @pytest.mark.parametrize("what", ["requests_references", "send_references", "deadline"])
    def test_references_and_other_offers_may_come_before_the_first(self, what: str) -> None:
        assert parse_form(with_row(what, "2026-02-20", then="30 March"), NOW).events[0].at == at("02-20 09:00")

    def test_an_empty_form_reports_everything_missing_at_once(self) -> None:
        assert problems(FormEntries()).keys() == {"place", "day", "time"}

    @pytest.mark.parametrize(
        ("entries", "name", "sentence"),
        [
            (replace(TYPED, day="2026-03-21"), "day", "Come back when it has"),
            (replace(TYPED, day="2026-03-20", time="12:30"), "day", "The interview hasn’t ended yet"),
            (replace(TYPED, day="2026-05-21"), "day", "Come back when it has"),
            (replace(TYPED, day="2025-03-03"), "day", "12 months ago. Is the year right?"),
            (replace(TYPED, day="0026-03-03"), "day", "Did you mean 2026-03-03?"),
            (replace(TYPED, day="2062-03-03"), "day", "Did you mean 2026-03-03?"),
            (replace(TYPED, day="2026-02-30"), "day", "no such day"),
            (replace(TYPED, time="25:00"), "time", "23:59"),
            (replace(TYPED, place="Londn"), "place", "We don’t know"),
            (replace(TYPED, job="x" * 10**6), "job", "1,000,000 characters long. Keep it to 120."),
            (replace(TYPED, employer="a\x00b"), "employer", "can’t be shown"),
            (replace(TYPED, employer="\ud800"), "employer", "can’t be shown"),
            (replace(TYPED, hearing="2 March 2026"), "hearing", "."),
            (replace(TYPED, references="asked", referees="some"), "referees_day", "best guess"),
            (with_row("call", "2026-03-02"), "rows[0].day", "before the interview ended"),
            (with_row("call", "2026-03-21"), "rows[0].day", "hasn’t happened yet"),
            (with_row("call", ""), "rows[0].day", "Write a date"),
            (with_row("no_calls", "2026-03-03", "11:00"), "rows[0].day", "enter it in step 2"),
            (with_row("deadline"), "rows[0].then", "answer by? Write a date"),
            (with_row("promises", then="2026-03-09"), "rows[0].then", "."),
            (with_row("deadline", then="soon"), "rows[0].then", "Write a date"),
        ],
    )
    def test_an_invalid_field_is_reported_with_a_sentence(self, entries: FormEntries, name: str, sentence: str) -> None:
        found = problems(entries, at("20 12:00"))
        assert list(found) == [name]
        assert sentence in found[name]
        assert found[name][-1] in ".?"

    def test_a_time_that_occurs_twice_must_say_which_is_meant(self) -> None:
        autumn = datetime(2026, 11, 1, 12, 0, tzinfo=LONDON)
        problem = problems(with_row("call", "2026-10-25", "01:30"), autumn)["rows[0].time"]
        assert "Write “01:30 first” or “01:30 second”." in problem
        first, second = (
            parse_form(with_row("call", "2026-10-25", f"01:30 {which}"), autumn).events[0].at
            for which in ("first", "second")
        )
        assert elapsed(first, second) == timedelta(hours=1)
        assert format_time(second) == "01:30 second"

    def test_too_many_rows_are_rejected(self) -> None:
        rows = with_row("wrote").rows * (MOST_ROWS + 1)
        assert "Leave out what matters least" in problems(replace(TYPED, rows=rows))["rows"]

    def test_names_with_markup_or_other_scripts_are_kept_unchanged(self) -> None:
        application = parse_form(replace(TYPED, job=NASTY, employer=NASTY), NOW)
        assert application.job == NASTY
        assert Application.from_json(application.to_json()) == application

    def test_words_are_shown_as_they_are_taken_though_other_fields_are_wrong(self) -> None:
        rows = (FormRow("offer", "2026-03-10", "9:00", "20 March"), FormRow("call", "", "", ""))
        read = understood(replace(TYPED, hearing="in a week", job="x" * 500, rows=rows), NOW)
        assert read.keys() == {"place", "hearing", "rows[0].then"}
        assert "12:00" in read["place"]
        assert "Tuesday 10 March" in read["hearing"]
        assert "Friday 20 March" in read["rows[0].then"]

    def test_what_cannot_be_read_is_left_out(self) -> None:
        assert understood(FormEntries(place="Atlantis", hearing="in a week"), NOW) == {}

    @given(some.data())
    def test_an_application_put_back_into_the_form_is_the_same(self, data: some.DataObject) -> None:
        rows = []
        for _ in range(data.draw(some.integers(0, 5))):
            day = data.draw(some.dates(date(2026, 3, 4), date(2026, 3, 27)))
            clock = data.draw(some.just("") | some.times(time(4)).map(lambda at: at.strftime("%H:%M")))
            what = data.draw(some.sampled_from(sorted(ROW_CHOICES)))
            dated = what in THEN_REQUIRED or (what in THEN_LABELS and data.draw(some.booleans()))
            ahead = (day + timedelta(days=data.draw(some.integers(1, 30)))).isoformat()
            words = data.draw(some.sampled_from([ahead, f"{ahead} at 15:00", "by Friday", "in a week or two"]))
            rows.append(FormRow(what, day.isoformat(), clock, words if dated else ""))
        rows.sort(key=lambda row: (row.day, row.time or "12:00"))
        entries = replace(
            TYPED,
            home=data.draw(some.sampled_from(["", "Asia/Kolkata", "America/New_York"])),
            round=data.draw(some.sampled_from(sorted(ROUND_CHOICES))),
            medium=data.draw(some.sampled_from(sorted(MEDIUM_CHOICES))),
            contact=data.draw(some.sampled_from(sorted(CONTACT_CHOICES))),
            references=data.draw(some.sampled_from(sorted(REFERENCES_CHOICES))),
            referees=data.draw(some.sampled_from(sorted(REFEREES_CHOICES))),
            referees_day="2026-03-30",
            hearing=data.draw(some.sampled_from(["", "soon", "in two weeks", "if you don’t hear by Monday, call"])),
            no_calls=data.draw(some.sampled_from(["no", "yes"])),
            interviewers=str(data.draw(some.integers(1, 6))),
            rows=tuple(rows),
        )
        application = parse_form(entries, at("30 12:00"))
        again = form_of(application)
        assert parse_form(again, at("30 12:00")) == application
        assert [row.what for row in again.rows] == [row.what for row in entries.rows]
        assert (again.hearing, again.references, again.no_calls) == (
            entries.hearing,
            entries.references,
            entries.no_calls,
        )

    @given(applications())
    def test_an_application_that_was_not_typed_can_be_shown_in_the_form(
        self, application_and_now: tuple[Application, datetime]
    ) -> None:
        application, _ = application_and_now
        entries = form_of(application)
        assert len(entries.rows) <= len(application.events)
        assert {row.what for row in entries.rows} <= ROW_CHOICES.keys()


class TestTheSituation:
    def test_a_call_with_a_message_is_two_contacts(self) -> None:
        contacts = an_application(event("call_and_message", "10 09:00")).situation(NOW).contacts
        assert [each.kind for each in contacts] == [Kind.CALL, Kind.LEAVE_MESSAGE]

    def test_messages_of_the_same_minute_are_merged_except_automatic_ones(self) -> None:
        """Otherwise the later one, with the date, would hide that a question still needs a reply."""
        events = (event("promises", "10 09:00", "20 23:59"), event("asks", "10 09:00"), event("automatic", "10 09:00"))
        asked, automatic = an_application(*events).situation(NOW).words
        assert asked.asks
        assert asked.promises == elapsed(INTERVIEW, at("20 23:59"))
        assert automatic.automatic

    def test_a_date_does_not_postpone_a_call_that_they_want_at_once(self) -> None:
        events = (event("invites_call", "10 09:00"), event("promises", "10 09:00", "20 23:59"))
        invitation = an_application(*events).situation(NOW).invitation
        assert invitation is not None
        assert invitation.promises is None

    def test_events_may_be_in_any_order(self) -> None:
        contacts = an_application(event("call", "12 11:00"), event("thank_you_email", "10 11:00")).situation(NOW)
        assert [each.kind for each in contacts.contacts] == [Kind.THANK_YOU_EMAIL, Kind.CALL]


class TestSaved:
    @given(applications())
    def test_it_round_trips_through_json(self, application_and_now: tuple[Application, datetime]) -> None:
        application, now = application_and_now
        restored = Application.from_json(application.to_json())
        assert restored == application
        assert restored.to_json() == application.to_json()
        assert restored.situation(now) == application.situation(now)

    def test_a_file_of_the_older_format_is_converted_and_keeps_the_ids_of_its_events(self) -> None:
        heard = dict.fromkeys(("requests_references", "asks", "invites_call", "decides", "automatic"), False)

        def when(day: str) -> str:
            return f"2026-03-{day}:00+00:00[Europe/London]"

        older = {
            "format": "etiquette application 1",
            "interview": when("03T11:00"),
            "home": "Europe/London",
            "job": "payroll clerk",
            "employer": "Hallam Foods",
            "heard": [
                heard | {"at": when("03T11:00"), "promises": when("13T23:59"), "invites_call": True},
                heard | {"at": when("14T10:00"), "promises": None, "asks": True, "requests_references": True},
                heard | {"at": when("15T10:00"), "promises": when("17T09:00"), "automatic": True},
                heard | {"at": when("16T10:00"), "promises": None},
            ],
            "done": [
                {"kind": "call", "at": when("16T11:00"), "answered": False},
                {"kind": "leave_message", "at": when("16T11:00"), "answered": False},
                {"kind": "invited_call", "at": when("17T11:00"), "answered": True},
            ],
            "references_brought": False,
            "references_ready": when("05T09:00"),
        }
        application = Application.from_json(json.dumps(older))
        assert application.id == "b43bf25214d3d10bdec7"
        assert application.referees_ready == (at("05 09:00"),)
        assert application.events == (
            event("call_if_silent", "03 11:00", "13 23:59"),
            event("requests_references", "14 10:00"),
            event("asks", "14 10:00"),
            event("automatic", "15 10:00", "17 09:00"),
            event("wrote", "16 10:00"),
            event("call_and_message", "16 11:00"),
            event("invited_call_answered", "17 11:00"),
        )
        assert parse_form(form_of(application), NOW).situation(NOW) == application.situation(NOW)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "nonsense",
            "[]",
            "null",
            "{}",
            '{"format": "etiquette application 1"}',
            '{"format": "etiquette application 2"}',
            '{"scenario": "the-quiet-week", "choices": []}',
            "[" * 50_000,
        ],
    )
    def test_text_that_is_not_an_application_is_rejected_with_a_sentence(self, text: str) -> None:
        with pytest.raises(EntryError, match="so it can’t be opened"):
            Application.from_json(text)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("interview", "2026-03-03T11:00:00+00:00"),
            ("interview", "2026-03-03T11:00:00+00:00[Europe/Nowhere]"),
            ("interview", "9999-03-03T11:00:00+00:00[Europe/London]"),
            ("interview", 7),
            ("interview", None),
            ("home", "../etc"),
            ("home", ["Europe/London"]),
            ("id", "a b"),
            ("job", 5),
            ("job", "x" * 500),
            ("employer", "a\x00b"),
            ("round", "1"),
            ("round", True),
            ("round", 9),
            ("interviewers", 0),
            ("medium", "pigeon"),
            ("contact", None),
            ("referees_ready", "soon"),
            ("events", [{}]),
            ("events", "abc"),
            ("events", [{"what": "hold_back", "at": "2026-03-03T11:00:00+00:00[UTC]", "then": None, "said": ""}]),
            ("events", [{"what": "call", "at": "2020-03-03T11:00:00+00:00[UTC]", "then": None, "said": ""}]),
            ("events", [{"what": "call", "at": "2026-03-04T11:00:00+00:00[UTC]", "then": None, "said": 5}]),
            ("references_brought", "yes"),
            ("more", 1),
        ],
    )
    def test_any_damaged_field_is_rejected(self, name: str, value: object) -> None:
        saved = json.loads(parse_form(TYPED, NOW).to_json())
        saved[name] = value
        with pytest.raises(EntryError, match="so it can’t be opened"):
            Application.from_json(json.dumps(saved))

    def test_a_huge_file_is_rejected_unread(self) -> None:
        with pytest.raises(EntryError, match="far too large"):
            Application.from_json(" " * 10**6)

    def test_correcting_names_and_times_keeps_its_id(self) -> None:
        corrected = replace(TYPED, employer="Hallam", job="cook", time="11:30", hearing="soon")
        assert parse_form(corrected, NOW).id == parse_form(TYPED, NOW).id == "abc123"

    def test_times_need_a_zone_and_a_possible_order(self) -> None:
        with pytest.raises(ValueError, match="needs a time zone"):
            Application(datetime(2026, 3, 3, 11, 0), LONDON)
        with pytest.raises(ValueError, match="too long before the interview"):
            an_application(ApplicationEvent("call", datetime(2024, 3, 1, 9, 0, tzinfo=LONDON)))
        with pytest.raises(ValueError, match="not after"):
            an_application(event("promises", "05 09:00", "05 09:00"))

    def test_it_says_why_no_plan_can_be_made_yet(self) -> None:
        application = an_application(event("call", "12 09:00"))
        assert "later, on Thu 12 March 2026, 09:00" in application.too_early(at("11 09:00"))
        assert application.too_early(at("12 09:00")) == ""
        assert plan(application, at("12 09:00")).at == at("12 09:00")
