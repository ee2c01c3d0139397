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
    BY_THEM,
    INVITATION_CHOICES,
    REFERENCES_CHOICES,
    ROW_CHOICES,
    Application,
    Done,
    EntryError,
    FormEntries,
    FormError,
    FormRow,
    Heard,
    elapsed,
    form_of,
    parse_form,
)
from etiquette.plan.form import BY_ME
from etiquette.plan.local_time import (
    format_time,
)
from tests.plan.test_planner import INTERVIEW, LONDON, NEW_YORK, applications, at

NOW = at("20 12:00")
TYPED = FormEntries(
    job="payroll clerk", employer="Hallam Foods", day="2026-03-03", time="11:00", zone="Europe/London", home=""
)
NASTY = "<script>alert(1)</script>\"' & \u202e 🙂 \u05e9\u05dc\u05d5\u05dd"


def problems(entries: FormEntries, now: datetime = NOW) -> dict[str, str]:
    """The sentence beside each field that is wrong."""
    with pytest.raises(FormError) as caught:
        parse_form(entries, now)
    return caught.value.problems


def with_row(what: str, day: str = "2026-03-10", clock: str = "09:00", promised: str = "") -> FormEntries:
    return replace(TYPED, rows=(FormRow(what, day, clock, promised),))


class TestTheForm:
    def test_it_is_converted_to_an_application(self) -> None:
        rows = (FormRow("send_references", "2026-03-03", "14:00"), FormRow("asks", "2026-03-05", "9:30"))
        typed = replace(TYPED, references="asked", promised_day="2026-03-13", rows=rows)
        application = parse_form(typed, NOW)
        assert application.interview == INTERVIEW
        assert application.heard == (
            Heard(INTERVIEW, promises=at("13 23:59"), requests_references=True),
            Heard(at("05 09:30"), asks=True),
        )
        assert application.done == (Done(Kind.SEND_REFERENCES, at("03 14:00")),)

    def test_a_promised_date_without_a_time_includes_the_whole_day(self) -> None:
        assert parse_form(replace(TYPED, promised_day="2026-03-13"), NOW).heard[0].promises == at("13 23:59")
        with_time = replace(TYPED, promised_day="2026-03-13", promised_time="16:00")
        assert parse_form(with_time, NOW).heard[0].promises == at("13 16:00")

    def test_rows_are_in_the_home_zone_and_promised_dates_in_the_employers(self) -> None:
        abroad = replace(with_row("promises", "2026-03-10", "09:00", "2026-03-13"), home="America/New_York")
        heard = parse_form(abroad, NOW).heard[0]
        assert heard.at == at("10 09:00", NEW_YORK)
        assert heard.promises == at("13 23:59", LONDON)

    def test_an_invitation_to_call_after_the_promised_date_belongs_to_that_date(self) -> None:
        later = parse_form(replace(TYPED, promised_day="2026-03-13", invited="later"), NOW)
        assert later.heard == (Heard(INTERVIEW, at("13 23:59"), invites_call=True),)
        now = parse_form(replace(TYPED, promised_day="2026-03-13", invited="yes"), NOW)
        assert now.heard == (Heard(INTERVIEW, at("13 23:59")), Heard(INTERVIEW, invites_call=True))

    def test_a_call_with_a_message_is_two_contacts(self) -> None:
        done = parse_form(with_row("call_and_message"), NOW).done
        assert [each.kind for each in done] == [Kind.CALL, Kind.LEAVE_MESSAGE]

    def test_messages_of_the_same_minute_are_merged_except_automatic_ones(self) -> None:
        """Otherwise the later row, with the date, would hide that a question still needs a reply."""
        rows = (
            FormRow("asks", "2026-03-10", "09:00"),
            FormRow("promises", "2026-03-10", "09:00", "2026-03-20"),
            FormRow("automatic", "2026-03-10", "09:00"),
        )
        heard = parse_form(replace(TYPED, rows=rows), NOW).heard
        assert heard == (Heard(at("10 09:00"), at("20 23:59"), asks=True), Heard(at("10 09:00"), automatic=True))

    def test_rows_may_be_in_any_order(self) -> None:
        rows = (FormRow("call", "2026-03-12", "11:00"), FormRow("thank_you_email", "2026-03-10", "11:00"))
        contacts = parse_form(replace(TYPED, rows=rows), NOW).situation(NOW).contacts
        assert [each.kind for each in contacts] == [Kind.THANK_YOU_EMAIL, Kind.CALL]

    def test_an_empty_form_reports_everything_missing_at_once(self) -> None:
        assert problems(FormEntries()) == {
            "zone": "Name a city or a country, such as London or Germany.",
            "day": "Give a date.",
            "time": "Give a time, such as 14:30.",
        }

    @pytest.mark.parametrize(
        ("entries", "name", "sentence"),
        [
            (replace(TYPED, day="2026-03-21"), "day", "The interview has not ended yet"),
            (replace(TYPED, day="0026-03-03"), "day", "Check the year"),
            (replace(TYPED, day="3 March"), "day", "Write it as 2026-03-03"),
            (replace(TYPED, day="2026-02-30"), "day", "There is no such day"),
            (replace(TYPED, time="25:00"), "time", "from 00:00 to 23:59"),
            (replace(TYPED, time="teatime"), "time", "Write it as 14:30"),
            (replace(TYPED, time="13pm"), "time", "There is no 13 o’clock pm"),
            (replace(TYPED, zone="Europe/Londn"), "zone", "We don’t know a place called"),
            (replace(TYPED, zone="../../etc/passwd"), "zone", "We don’t know a place called"),
            (replace(TYPED, zone="x" * 10**6), "zone", "too long"),
            (replace(TYPED, home="Mars/Olympus"), "home", "We don’t know a place called"),
            (replace(TYPED, job="x" * 10**6), "job", "1,000,000 characters long. Keep it to 120."),
            (replace(TYPED, employer="a\x00b"), "employer", "characters in this that cannot be shown"),
            (replace(TYPED, employer="\ud800"), "employer", "characters in this that cannot be shown"),
            (replace(TYPED, promised_day="2026-03-02"), "promised_day", "before they named it"),
            (replace(TYPED, promised_time="16:00"), "promised_day", "Give the date too"),
            (replace(TYPED, invited="later"), "promised_day", "Give the date after which"),
            (with_row("call", "2026-03-02"), "rows[0].day", "before the interview ended"),
            (with_row("call", "2026-03-21"), "rows[0].day", "has not happened yet"),
            (with_row("call", ""), "rows[0].day", "Give a date"),
            (with_row("asks", "2026-03-03", "11:00"), "rows[0].day", "has its own fields"),
            (with_row("promises"), "rows[0].promised_day", "Which date did they name?"),
            (with_row("promises", promised="2026-03-09"), "rows[0].promised_day", "before they named it"),
        ],
    )
    def test_an_invalid_field_is_reported_with_a_sentence(self, entries: FormEntries, name: str, sentence: str) -> None:
        found = problems(entries)
        assert list(found) == [name]
        assert sentence in found[name]
        assert found[name][-1] in ".?"

    def test_a_time_skipped_by_the_clocks_is_rejected_with_a_suggestion(self) -> None:
        problem = problems(with_row("call", "2026-03-29", "01:30"), at("30 12:00"))["rows[0].time"]
        assert "01:30 never came. Perhaps you mean 02:30." in problem

    def test_a_time_that_occurs_twice_must_say_which_is_meant(self) -> None:
        autumn = datetime(2026, 11, 1, 12, 0, tzinfo=LONDON)
        problem = problems(with_row("call", "2026-10-25", "01:30"), autumn)["rows[0].time"]
        assert "Write “01:30 first” or “01:30 second”." in problem
        first, second = (
            parse_form(with_row("call", "2026-10-25", f"01:30 {which}"), autumn).done[0].at
            for which in ("first", "second")
        )
        assert elapsed(first, second) == timedelta(hours=1)
        assert format_time(second) == "01:30 second"

    def test_too_many_rows_are_rejected(self) -> None:
        assert "Leave out what matters least" in problems(replace(TYPED, rows=with_row("wrote").rows * 51))["rows"]

    def test_names_with_markup_or_other_scripts_are_kept_unchanged(self) -> None:
        application = parse_form(replace(TYPED, job=NASTY, employer=NASTY), NOW)
        assert application.job == NASTY
        assert Application.from_json(application.to_json()) == application

    @pytest.mark.parametrize("order", [("call", "call_and_message"), ("call_and_message", "call")])
    def test_a_message_stays_with_its_call_even_if_two_calls_were_in_the_same_minute(
        self, order: tuple[str, str]
    ) -> None:
        entries = replace(TYPED, rows=tuple(FormRow(what, "2026-03-10", "14:00") for what in order))
        restored = form_of(parse_form(entries, at("30 12:00")))
        assert tuple(row.what for row in restored.rows) == order

    @given(some.data())
    def test_an_application_put_back_into_the_form_gives_the_same_situation(self, data: some.DataObject) -> None:
        rows = []
        for _ in range(data.draw(some.integers(0, 5))):
            day = data.draw(some.dates(date(2026, 3, 4), date(2026, 3, 27)))
            clock = data.draw(some.times(time(4))).strftime("%H:%M")  # no clock changes at these times
            what = data.draw(some.sampled_from(sorted(ROW_CHOICES)))
            has_date = what in BY_THEM and (what == "promises" or data.draw(some.booleans()))
            promised = (day + timedelta(days=data.draw(some.integers(1, 30)))).isoformat() if has_date else ""
            rows.append(FormRow(what, day.isoformat(), clock, promised))
        entries = replace(
            TYPED,
            home=data.draw(some.sampled_from(["", "Asia/Kolkata", "America/New_York"])),
            references=data.draw(some.sampled_from(sorted(REFERENCES_CHOICES))),
            invited=data.draw(some.sampled_from(sorted(INVITATION_CHOICES))),
            promised_day="2026-03-16",
            promised_time=data.draw(some.sampled_from(["", "16:00"])),
            rows=tuple(rows),
        )
        application = parse_form(entries, at("30 12:00"))
        restored = parse_form(form_of(application), at("30 12:00"))
        assert restored.situation(NOW + timedelta(days=20)) == application.situation(NOW + timedelta(days=20))

    def test_every_kind_of_row_has_a_label(self) -> None:
        assert ROW_CHOICES.keys() == BY_ME.keys() | BY_THEM.keys()


class TestSaved:
    @given(applications())
    def test_it_round_trips_through_json(self, application_and_now: tuple[Application, datetime]) -> None:
        application, now = application_and_now
        restored = Application.from_json(application.to_json())
        assert restored == application
        assert restored.to_json() == application.to_json()
        assert restored.id == application.id
        assert restored.situation(now) == application.situation(now)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "nonsense",
            "[]",
            "null",
            "{}",
            '{"format": "etiquette application 1"}',
            '{"scenario": "the-quiet-week", "choices": []}',
            "[" * 50_000,
        ],
    )
    def test_text_that_is_not_an_application_is_rejected_with_a_sentence(self, text: str) -> None:
        with pytest.raises(EntryError, match="so it cannot be opened"):
            Application.from_json(text)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("interview", "2026-03-03T11:00:00+00:00"),
            ("interview", "2026-03-03T11:00:00+00:00[Europe/Nowhere]"),
            ("interview", "2026-03-03T11:00:00[Europe/London]"),
            ("interview", "9999-03-03T11:00:00+00:00[Europe/London]"),
            ("interview", 7),
            ("interview", None),
            ("home", "../etc"),
            ("home", ["Europe/London"]),
            ("job", 5),
            ("job", "x" * 500),
            ("employer", "a\x00b"),
            ("heard", [{}]),
            ("heard", "abc"),
            ("done", [{"kind": "hold_back", "at": "2026-03-03T11:00:00+00:00[Europe/London]", "answered": False}]),
            ("done", [{"kind": "call", "at": "2026-03-03T11:00:00+00:00[Europe/London]", "answered": 1}]),
            ("done", [{"kind": "call", "at": "2026-03-01T11:00:00+00:00[Europe/London]", "answered": False}]),
            ("references_brought", "yes"),
            ("more", 1),
        ],
    )
    def test_any_damaged_field_is_rejected(self, name: str, value: object) -> None:
        saved = json.loads(parse_form(TYPED, NOW).to_json())
        saved[name] = value
        with pytest.raises(EntryError, match="so it cannot be opened"):
            Application.from_json(json.dumps(saved))

    def test_a_huge_file_is_rejected_unread(self) -> None:
        with pytest.raises(EntryError, match="far too large"):
            Application.from_json(" " * 10**6)

    def test_its_id_depends_on_the_interview_and_the_employer_only(self) -> None:
        one = parse_form(TYPED, NOW)
        same = replace(TYPED, job="cook", employer=" hallam  foods", promised_day="2026-03-13")
        assert parse_form(same, NOW).id == one.id
        assert parse_form(replace(TYPED, employer="Other"), NOW).id != one.id
        assert parse_form(replace(TYPED, time="11:30"), NOW).id != one.id

    def test_times_need_a_zone_and_a_possible_order(self) -> None:
        with pytest.raises(ValueError, match="needs a time zone"):
            Application(datetime(2026, 3, 3, 11, 0), LONDON)
        with pytest.raises(ValueError, match="before the interview"):
            Application(INTERVIEW, LONDON, done=(Done(Kind.CALL, at("01 09:00")),))
        with pytest.raises(ValueError, match="not after it was named"):
            Application(INTERVIEW, LONDON, heard=(Heard(INTERVIEW, promises=INTERVIEW),))
