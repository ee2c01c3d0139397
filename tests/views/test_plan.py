"""My follow-up as a view: the form, the plan, and that no entry is lost or becomes markup."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import assume, given, settings

from etiquette.judge import A_WEEK, ARTICLE, Policy
from etiquette.plan import MOST_ROWS, ROW_CHOICES, Application, FormEntries, FormRow, elapsed, form_of, later, plan
from etiquette.views import FollowUp
from etiquette.views.controls import Announcer, Field
from etiquette.views.plan.week_calendar import calendar_entries, week_calendar
from tests.plan.test_application import TYPED
from tests.plan.test_planner import WITHIN_A_DAY, an_application, applications, at
from tests.views.drawn import NASTY, Text

THE_NEXT_MORNING = at("04 09:00")
HARMLESS = ("🙂👩🏽‍🏫", "\u202egnirts", "\u05e9\u05dc\u05d5\u05dd", NASTY, "<script>alert(1)</script>", "{0.__class__}")
REFUSED = ("\x00\x1b[31m", "tab\x07bell", "\ud800", "x" * 1_000_000, "<b>" * 400_000)


def a_view(entries: FormEntries = TYPED, now: datetime = THE_NEXT_MORNING, policy: Policy = ARTICLE) -> FollowUp:
    """The view with the form filled in."""
    return FollowUp(entries, policy, lambda: now)


def planned(entries: FormEntries = TYPED, now: datetime = THE_NEXT_MORNING, policy: Policy = ARTICLE) -> FollowUp:
    """The view after a click on 'Make my plan'."""
    view = a_view(entries, now, policy)
    view.submit.click()
    assert view.notice.value == ""
    return view


def text(view: FollowUp) -> str:
    """All the text of the plan, or of the problems."""
    return " ".join(" ".join(Text(view.card.value).said).split())


def fields(view: FollowUp) -> list[Field]:
    """Every field of the form, those of its rows too."""
    return [*view.form.fields.values(), *(field for row in view.form.rows.children for field in row.fields.values())]


def problems(view: FollowUp) -> dict[str, str]:
    """The sentence beside each field that has one, by the label of the field."""
    sentences = {field.label: "".join(Text(field.sentence.value).said) for field in fields(view)}
    return {label: sentence for label, sentence in sentences.items() if sentence}


def saved(view: FollowUp) -> str:
    """The file behind the link that saves the entries."""
    media_type, _, content = view.entries_download.href.partition(";base64,")
    assert media_type == "data:application/json"
    return base64.b64decode(content).decode()


class TestPlan:
    def test_it_says_what_to_do_now_what_not_yet_and_what_comes_after(self) -> None:
        view = planned()
        said = text(view)
        assert view.plan is not None
        assert "Now Patient Hold back until Tue 10 March 2026, 11:00" in said
        assert "Pesky Call, once: not before Thu 12 March 2026, 11:00" in said
        assert "After that Persistent Thank them by email Tue 10 March 2026, 11:00" in said
        assert "And then Patient Leave it with them" in said

    def test_every_step_has_words_to_start_from(self) -> None:
        said = text(planned())
        assert "Thank you for taking the time to talk to me on 3 March about the position of payroll clerk" in said
        assert "If nobody picks up, leave a message: words to start from" in said
        assert "If you would rather not Ask by email how things stand" in said

    def test_a_step_that_is_never_right_again_says_so(self) -> None:
        thanked = replace(TYPED, rows=(FormRow("thank_you_email", "2026-03-10", "12:00"),))
        assert "Thank them by email: not again" in text(planned(thanked, at("10 13:00")))

    def test_when_nothing_is_left_there_is_nothing_to_save(self) -> None:
        rows = (FormRow("thank_you_email", "2026-03-10", "12:00"), FormRow("call", "2026-03-12", "12:00"))
        view = planned(replace(TYPED, rows=rows), at("13 09:00"))
        assert "Now Patient Hold back" in text(view)
        assert "And then" not in text(view)
        assert view.calendar.layout.display == "none"

    def test_times_in_another_zone_are_given_by_both_clocks(self) -> None:
        """168 hours end at noon in New York, where the clocks went forward on the Sunday."""
        said = text(planned(replace(TYPED, zone="New York", home="London")))
        assert "Tue 10 March 2026, 12:00 their time (16:00 yours)" in said

    def test_another_policy_makes_another_plan(self) -> None:
        assert "Now Persistent Thank them by email" in text(planned(policy=WITHIN_A_DAY))

    def test_an_email_from_them_in_the_meantime_changes_the_plan(self) -> None:
        view = planned()
        view.form.add.click()
        row = view.form.rows.children[0]
        typed = {"what": "promises", "day": "2026-03-04", "time": "8:30", "promised_day": "2026-03-20"}
        for name, entry in typed.items():
            row.fields[name].text = entry
        view.submit.click()
        assert "Now Persistent Answer them" in text(view)
        assert "Thank them by email Mon 23 March 2026, 09:00" in text(view)

    def test_the_plan_its_problems_and_an_opened_file_are_announced_and_take_the_focus(self) -> None:
        sent: list[dict[str, str]] = []
        announcer = Announcer()
        announcer.send = sent.append
        view = FollowUp(TYPED, clock=lambda: THE_NEXT_MORNING, announcer=announcer)
        view.submit.click()
        assert sent[0]["say"] == "Your plan. Hold back. Next, Tue 10 March 2026, 11:00: Thank them by email."
        assert f'id="{sent[0]["focus"]}" tabindex="-1"' in view.card.value
        view.form.fields["day"].text = ""
        view.submit.click()
        assert sent[1]["say"] == "Give a date."
        assert f'id="{sent[1]["focus"]}" tabindex="-1"' in view.card.value
        view.upload._handle_custom_msg({"text": ""}, [])
        assert "is damaged" in sent[2]["say"]
        assert f'id="{sent[2]["focus"]}" tabindex="-1"' in view.opened.value

    def test_without_a_clock_it_uses_the_real_one(self) -> None:
        view = FollowUp(TYPED)
        view.submit.click()
        assert view.plan is not None
        assert view.plan.at > at("04 09:00")


class TestEntriesFile:
    def test_a_saved_file_is_opened_and_a_plan_made_from_it(self) -> None:
        """The form is as it was saved, the plan for other entries is gone, and a plan can be made at once."""
        file = saved(planned())
        view = planned(replace(TYPED, job="Another", rows=()))
        view.upload._handle_custom_msg({"text": file}, [])
        assert "Add what has happened since" in view.opened.value
        assert (view.plan, view.card.value, view.saving.layout.display) == (None, "", "none")
        view.submit.click()
        assert text(view) == text(planned())
        assert (saved(view), view.entries_download.filename) == (file, "my-interview.json")

    def test_opening_a_file_removes_the_problems_beside_the_fields(self) -> None:
        view = planned(replace(TYPED, zone="Atlantis"))
        view.upload._handle_custom_msg({"text": saved(planned())}, [])
        assert problems(view) == {}

    @pytest.mark.parametrize(
        ("file", "message"),
        [("", "is damaged, or was not saved by"), ("{}", "is damaged"), (NASTY, "is damaged"), (None, "far too large")],
    )
    def test_a_foreign_file_is_refused_and_nothing_is_lost(self, file: str | None, message: str) -> None:
        view = planned()
        before = text(view)
        view.upload._handle_custom_msg({"text": file}, [])
        assert message in view.opened.value
        assert (view.form.entries, text(view)) == (TYPED, before)
        assert view.notice.value == ""


class TestRows:
    def test_rows_are_added_and_removed_and_renumbered(self) -> None:
        view = a_view()
        for what in ("thank_you_email", "call", "asks"):
            view.form.add.click()
            view.form.rows.children[-1].fields["what"].text = what
        view.form.rows.children[1].remove.click()
        assert [row.what for row in view.form.entries.rows] == ["thank_you_email", "asks"]
        assert [row.fields["day"].label for row in view.form.rows.children] == ["1. On which day", "2. On which day"]
        assert "Number 2" in view.form.rows.children[1].heading.value

    def test_only_the_employer_can_promise_a_date(self) -> None:
        view = a_view()
        view.form.add.click()
        row = view.form.rows.children[0]
        shown = {}
        for what in ROW_CHOICES:
            row.fields["what"].text = what
            shown[what] = row.promise.layout.display == ""
        assert shown["promises"]
        assert shown["automatic"]
        assert not shown["call"]

    def test_there_is_a_limit_to_rows(self) -> None:
        view = a_view()
        for _ in range(MOST_ROWS + 1):
            view.form.add.click()
        assert len(view.form.rows.children) == MOST_ROWS
        assert "Leave out what matters least" in view.form.too_many.value
        view.form.rows.children[0].remove.click()
        assert view.form.too_many.value == ""


class TestBadInput:
    @pytest.mark.parametrize(
        ("entries", "label", "sentence"),
        [
            (replace(TYPED, day="2026-03-05"), "The day of the interview", "has not ended yet"),
            (replace(TYPED, zone="Europe/Lundon"), "Their time zone", "Did you mean Europe/London?"),
            (replace(TYPED, invited="later"), "The date by which you will hear", "after which they want you to call"),
            (replace(TYPED, rows=(FormRow("call", "2026-03-01", "9:00"),)), "1. On which day", "before the interview"),
        ],
    )
    def test_the_problem_is_beside_the_field_and_no_entry_is_lost(
        self, entries: FormEntries, label: str, sentence: str
    ) -> None:
        view = planned(entries)
        assert sentence in problems(view)[label]
        assert f"{label}: {problems(view)[label]}" in text(view).replace(" :", ":")
        assert view.form.entries == entries
        assert (view.plan, view.saving.layout.display) == (None, "none")

    def test_all_problems_are_shown_at_once(self) -> None:
        view = planned(FormEntries(rows=(FormRow("call"),)))
        assert len(problems(view)) == 5
        assert "5 things to put right" in text(view)

    def test_a_corrected_problem_disappears(self) -> None:
        view = planned(replace(TYPED, zone="Atlantis", time=""))
        view.form.fields["zone"].text = "Europe/London"
        view.submit.click()
        assert list(problems(view)) == ["The time at which it ended"]
        view.form.fields["time"].text = "11:00"
        view.submit.click()
        assert problems(view) == {}
        assert view.plan is not None

    @pytest.mark.parametrize("typed", HARMLESS)
    def test_a_name_is_shown_as_it_was_typed_and_never_becomes_markup(self, typed: str) -> None:
        view = planned(replace(TYPED, job=typed, employer=typed, references="asked"))
        assert text(view).count(typed) >= 3
        assert not {"img", "script"} & set(Text(view.card.value).elements)

    @pytest.mark.parametrize("typed", [*HARMLESS, *REFUSED])
    def test_invalid_times_and_zones_are_refused_in_any_script_and_never_become_markup(self, typed: str) -> None:
        row = FormRow("promises", "2026-03-04", typed, "2026-03-20", typed)
        entries = replace(TYPED, time=typed, zone=typed, home=typed, rows=(row,))
        view = planned(entries)
        assert view.form.entries == entries
        assert len(problems(view)) == 5
        assert max(len(sentence) for sentence in problems(view).values()) < 200
        for markup in (view.card.value, *(field.sentence.value for field in fields(view))):
            assert not {"img", "script", "b>"} & set(Text(markup).elements)


class TestBrowserZone:
    def test_it_is_suggested_where_no_zone_was_entered(self) -> None:
        view = a_view(replace(TYPED, zone="", home="Asia/Tokyo"))
        view.browser_zone.zone = "Europe/Lisbon"
        assert (view.form.entries.zone, view.form.entries.home) == ("Europe/Lisbon", "Asia/Tokyo")

    def test_an_unknown_zone_is_ignored(self) -> None:
        view = a_view(replace(TYPED, zone=""))
        view.browser_zone.zone = "Etc/Unknown"
        assert view.form.entries.zone == ""


class TestWeekCalendar:
    def test_it_lists_past_and_future_in_order(self) -> None:
        entries = calendar_entries(plan(an_application(), THE_NEXT_MORNING))
        assert [entry.label for entry in entries] == ["The interview", "Now", "Thank them by email", "Call, once"]

    def test_a_position_on_the_line_is_a_time_of_the_week(self) -> None:
        """Tuesday 11:00 is 35 of 168 hours into its week."""
        drawn = week_calendar(plan(an_application(), THE_NEXT_MORNING))
        assert f'class="pp-mark pp-both" x="{3 + 94 * 35 / 168:.2f}%"' in drawn
        assert f'class="pp-mark pp-step" x="{3 + 94 * 35 / 168:.2f}%"' in drawn

    def test_long_silences_are_left_out(self) -> None:
        application = an_application()
        drawn = week_calendar(plan(application, later(application.interview, 30 * A_WEEK)))
        assert "29 weeks with nothing in them" in drawn
        assert drawn.count("pp-weekend") <= 4

    @settings(max_examples=60)
    @given(applications())
    def test_every_entry_is_drawn_and_listed_once(self, case: tuple[Application, datetime]) -> None:
        application, now = case
        made = plan(application, now)
        drawn, entries = week_calendar(made), calendar_entries(made)
        assert drawn.count('<svg class="pp-mark') == sum(entry.kind not in ("now", "flag") for entry in entries)
        assert drawn.count("<li class") == len(entries)
        assert (times := [elapsed(made.at, entry.at) for entry in entries]) == sorted(times)


@settings(max_examples=40)
@given(applications())
def test_any_application_can_be_typed_and_gets_a_plan(case: tuple[Application, datetime]) -> None:
    application, now = case
    entries = form_of(application)
    assume(len(entries.rows) <= MOST_ROWS)
    view = planned(entries, now)
    assert view.plan is not None
    assert view.plan.application.id == application.id
