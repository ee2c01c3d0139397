"""My follow-up as a view: what is typed, what is answered, and that nothing typed is lost or taken for markup."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from icalendar import Calendar
from ipywidgets.widgets.widget import _instances

from etiquette.judge import A_WEEK, ARTICLE, Policy
from etiquette.plan import (
    MOST_ROWS,
    ROW_CHOICES,
    Application,
    FormEntries,
    FormRow,
    elapsed,
    form_of,
    later,
    plan,
)
from etiquette.views import FollowUp
from etiquette.views.controls import Announcer
from etiquette.views.plan.weeks import spots, weeks
from tests.plan.test_application import TYPED
from tests.plan.test_planner import WITHIN_A_DAY, an_application, applications, at
from tests.views.test_stories import NASTY, Text

THE_NEXT_MORNING = at("04 09:00")
HARMLESS = ("🙂👩🏽‍🏫", "\u202egnirts", "\u05e9\u05dc\u05d5\u05dd", NASTY, "<script>alert(1)</script>", "{0.__class__}")
REFUSED = ("\x00\x1b[31m", "tab\x07bell", "\ud800", "x" * 1_000_000, "<b>" * 400_000)


def a_view(entries: FormEntries = TYPED, now: datetime = THE_NEXT_MORNING, policy: Policy = ARTICLE) -> FollowUp:
    """The view as somebody sees it who has filled in the form."""
    return FollowUp(entries, policy, lambda: now)


def answered(entries: FormEntries = TYPED, now: datetime = THE_NEXT_MORNING, policy: Policy = ARTICLE) -> FollowUp:
    """The view after a click on 'Make my plan'."""
    view = a_view(entries, now, policy)
    view.go.click()
    assert view.notice.value == ""
    return view


def text(view: FollowUp) -> str:
    """All that the answer says."""
    return " ".join(" ".join(Text(view.card.value).said).split())


def beside(view: FollowUp) -> dict[str, str]:
    """The sentence beside each field that has one, by the label of the field."""
    rows = [field for row in view.form.rows.children for field in row.fields.values()]
    fields = [*view.form.fields.values(), *rows]
    said = {field.label: "".join(Text(field.sentence.value).said) for field in fields}
    return {label: sentence for label, sentence in said.items() if sentence}


def the_file(view: FollowUp) -> Any:
    """The calendar file behind the link."""
    kind, _, content = view.link.href.partition(";base64,")
    assert kind == "data:text/calendar"
    return Calendar.from_ical(base64.b64decode(content).decode())


def saved(view: FollowUp) -> str:
    """What is behind the link that saves what was entered."""
    kind, _, content = view.entered.href.partition(";base64,")
    assert kind == "data:application/json"
    return base64.b64decode(content).decode()


class TestTheAnswer:
    def test_it_says_what_to_do_now_what_not_yet_and_what_comes_after(self) -> None:
        view = answered()
        said = text(view)
        assert view.plan is not None
        assert "Now Patient Hold back until Tue 10 March 2026, 11:00" in said
        assert "Pesky Call, once: not before Thu 12 March 2026, 11:00" in said
        assert "After that Persistent Thank them by email Tue 10 March 2026, 11:00" in said
        assert "And then Patient Leave it with them" in said

    def test_what_is_wanted_comes_first(self) -> None:
        said = text(answered(replace(TYPED, references="asked")))
        assert "Now Persistent Send your references Wed 4 March 2026, 09:00" in said

    def test_every_step_has_words_to_start_from(self) -> None:
        said = text(answered())
        assert "Thank you for taking the time to talk to me on 3 March about the position of payroll clerk" in said
        assert "If nobody picks up, leave a message: words to start from" in said
        assert "If you would rather not Ask by email how things stand" in said

    def test_a_step_that_can_be_taken_again_at_no_time_is_said_to_be_so(self) -> None:
        thanked = replace(TYPED, rows=(FormRow("thank_you_email", "2026-03-10", "12:00"),))
        assert "Thank them by email: not again" in text(answered(thanked, at("10 13:00")))

    def test_when_nothing_is_left_there_is_nothing_to_save(self) -> None:
        rows = (FormRow("thank_you_email", "2026-03-10", "12:00"), FormRow("call", "2026-03-12", "12:00"))
        view = answered(replace(TYPED, rows=rows), at("13 09:00"))
        assert "Now Patient Hold back" in text(view)
        assert "And then" not in text(view)
        assert view.calendar.layout.display == "none"

    def test_times_elsewhere_are_told_by_both_clocks(self) -> None:
        """A week of hours ends at noon in New York, where the clocks went forward on the Sunday."""
        said = text(answered(replace(TYPED, zone="New York", home="London")))
        assert "Tue 10 March 2026, 12:00 their time (16:00 yours)" in said

    def test_another_policy_makes_another_plan(self) -> None:
        assert "Now Persistent Thank them by email" in text(answered(policy=WITHIN_A_DAY))

    def test_an_answer_in_the_meantime_changes_the_plan(self) -> None:
        view = answered()
        view.form.add.click()
        row = view.form.rows.children[0]
        for name, typed in (
            ("what", "promises"),
            ("day", "2026-03-04"),
            ("time", "8:30"),
            ("promised_day", "2026-03-20"),
        ):
            row.fields[name].text = typed
        view.go.click()
        assert "Now Persistent Answer them" in text(view)
        assert "Thank them by email Mon 23 March 2026, 09:00" in text(view)

    def test_the_page_is_told_and_the_focus_moves_to_the_plan(self) -> None:
        sent: list[dict[str, str]] = []
        announcer = Announcer()
        announcer.send = sent.append
        view = FollowUp(TYPED, clock=lambda: THE_NEXT_MORNING, announcer=announcer)
        view.go.click()
        assert sent[0]["say"] == "Your plan. Hold back. Next, Tue 10 March 2026, 11:00: Thank them by email."
        assert f'id="{sent[0]["focus"]}" tabindex="-1"' in view.card.value
        view.form.fields["day"].text = ""
        view.go.click()
        assert sent[1]["say"] == "Give a date."
        assert f'id="{sent[1]["focus"]}" tabindex="-1"' in view.card.value

    def test_it_tells_the_present_by_the_real_clock(self) -> None:
        view = FollowUp(TYPED)
        view.go.click()
        assert view.plan is not None
        assert view.plan.at > at("04 09:00")


class TestTheFile:
    def test_it_holds_the_steps_of_the_plan_that_is_shown(self) -> None:
        view = answered()
        assert view.plan is not None
        assert view.link.filename == "follow-up-2026-03-03.ics"
        times = [event["dtstart"].dt for event in the_file(view).walk("VEVENT")]
        assert times == [step.suggested for step in view.plan.steps]

    def test_names_stand_in_it_as_they_were_typed(self) -> None:
        view = answered(replace(TYPED, job=NASTY, employer="Zoë; Söhne, 🙂"))
        summary = str(the_file(view).walk("VEVENT")[0]["summary"])
        assert summary == f"Thank them by email ({NASTY}, Zoë; Söhne, 🙂)"


class TestWhatWasEntered:
    def test_what_was_saved_is_opened_again_and_goes_on(self) -> None:
        """The form is as it was, the plan that stood below another form is gone, and a plan can be made at once."""
        kept = saved(answered())
        view = answered(replace(TYPED, job="Another", rows=()))
        view.upload._handle_custom_msg({"text": kept}, [])
        assert "Add what has happened since" in view.opened.value
        assert (view.plan, view.card.value, view.saving.layout.display) == (None, "", "none")
        view.go.click()
        assert text(view) == text(answered())
        assert saved(view) == kept

    def test_what_is_wrong_beside_a_field_goes_when_a_file_is_opened(self) -> None:
        view = answered(replace(TYPED, zone="Atlantis"))
        view.upload._handle_custom_msg({"text": saved(answered())}, [])
        assert beside(view) == {}

    @pytest.mark.parametrize(
        ("file", "says"),
        [("", "is damaged, or was not saved by"), ("{}", "is damaged"), (NASTY, "is damaged"), (None, "far too large")],
    )
    def test_a_foreign_file_is_refused_and_nothing_is_lost(self, file: str | None, says: str) -> None:
        view = answered()
        before = text(view)
        view.upload._handle_custom_msg({"text": file}, [])
        assert says in view.opened.value
        assert (view.form.entries, text(view)) == (TYPED, before)
        assert view.notice.value == ""


class TestTheList:
    def test_it_grows_and_shrinks_and_its_numbers_follow(self) -> None:
        view = a_view()
        for what in ("thank_you_email", "call", "asks"):
            view.form.add.click()
            view.form.rows.children[-1].fields["what"].text = what
        view.form.rows.children[1].remove.click()
        assert [row.what for row in view.form.entries.rows] == ["thank_you_email", "asks"]
        assert [row.fields["day"].label for row in view.form.rows.children] == ["1. On which day", "2. On which day"]
        assert "Number 2" in view.form.rows.children[1].heading.value

    def test_only_what_they_said_can_name_a_date(self) -> None:
        view = a_view()
        view.form.add.click()
        row = view.form.rows.children[0]
        shown = {}
        for what in ROW_CHOICES:
            row.fields["what"].text = what
            shown[what] = row.named.layout.display == ""
        assert shown["promises"]
        assert shown["automatic"]
        assert not shown["call"]

    def test_it_has_an_end(self) -> None:
        view = a_view()
        for _ in range(MOST_ROWS + 1):
            view.form.add.click()
        assert len(view.form.rows.children) == MOST_ROWS
        assert "Leave out what matters least" in view.form.too_many.value
        view.form.rows.children[0].remove.click()
        assert view.form.too_many.value == ""

    def test_a_list_that_is_too_long_is_answered_too(self) -> None:
        rows = tuple(FormRow("gift", "2026-03-03", "12:00") for _ in range(MOST_ROWS + 1))
        assert "What has happened since: That is more than" in text(answered(replace(TYPED, rows=rows)))


class TestBadInput:
    @pytest.mark.parametrize(
        ("entries", "label", "sentence"),
        [
            (replace(TYPED, day="2026-03-05"), "The day of the interview", "has not ended yet"),
            (replace(TYPED, day="1926-03-03"), "The day of the interview", "Check the year"),
            (replace(TYPED, day=""), "The day of the interview", "Give a date"),
            (replace(TYPED, time="25:00"), "The time at which it ended", "from 00:00 to 23:59"),
            (replace(TYPED, time="eleven"), "The time at which it ended", "Write it as 14:30"),
            (replace(TYPED, zone="Europe/Lundon"), "Their time zone", "Did you mean Europe/London?"),
            (replace(TYPED, home="Atlantis"), "Your own time zone", "There is no time zone called 'Atlantis'"),
            (replace(TYPED, promised_day="2026-03-02"), "The date by which you will hear", "before they named it"),
            (replace(TYPED, promised_time="12:00"), "The date by which you will hear", "Give the date too"),
            (replace(TYPED, invited="later"), "The date by which you will hear", "after which they want you to call"),
            (replace(TYPED, rows=(FormRow("call", "2026-03-01", "9:00"),)), "1. On which day", "before the interview"),
            (replace(TYPED, rows=(FormRow("call", "2026-03-09", "9:00"),)), "1. On which day", "not happened yet"),
            (
                replace(TYPED, rows=(FormRow("promises", "2026-03-04", "8:00"),)),
                "1. The date they named, if they did",
                "?",
            ),
        ],
    )
    def test_a_sentence_stands_beside_the_field_and_nothing_is_lost(
        self, entries: FormEntries, label: str, sentence: str
    ) -> None:
        view = answered(entries)
        assert sentence in beside(view)[label]
        assert f"{label}: {beside(view)[label]}" in text(view).replace(" :", ":")
        assert view.form.entries == entries
        assert (view.plan, view.saving.layout.display) == (None, "none")

    def test_all_that_is_wrong_is_said_at_once(self) -> None:
        view = answered(FormEntries(rows=(FormRow("call"),)))
        assert len(beside(view)) == 5
        assert "5 things to put right" in text(view)

    def test_a_sentence_goes_when_it_no_longer_holds(self) -> None:
        view = answered(replace(TYPED, zone="Atlantis", time=""))
        view.form.fields["zone"].text = "Europe/London"
        view.go.click()
        assert list(beside(view)) == ["The time at which it ended"]
        view.form.fields["time"].text = "11:00"
        view.go.click()
        assert beside(view) == {}
        assert view.plan is not None

    @pytest.mark.parametrize("name", ["time", "zone", "home", "promised_time"])
    @pytest.mark.parametrize("typed", [*HARMLESS, *REFUSED])
    def test_what_is_no_time_and_no_zone_is_refused_in_any_script(self, name: str, typed: str) -> None:
        changed: dict[str, Any] = {"promised_day": "2026-03-13", name: typed}
        view = answered(replace(TYPED, **changed))
        label = view.form.fields[name].label
        assert list(beside(view)) == [label]
        assert len(beside(view)[label]) < 200
        assert view.form.fields[name].text == typed
        self.is_safe(view)

    @pytest.mark.parametrize("name", ["job", "employer"])
    @pytest.mark.parametrize("typed", REFUSED)
    def test_a_name_that_cannot_be_shown_is_refused(self, name: str, typed: str) -> None:
        changed: dict[str, Any] = {name: typed}
        view = answered(replace(TYPED, **changed))
        assert list(beside(view)) == [view.form.fields[name].label]
        assert view.form.fields[name].text == typed

    @pytest.mark.parametrize("typed", HARMLESS)
    def test_any_other_name_is_shown_as_it_was_typed(self, typed: str) -> None:
        view = answered(replace(TYPED, job=typed, employer=typed, references="asked"))
        assert text(view).count(typed) >= 3
        assert "<bdi>" in view.card.value
        self.is_safe(view)

    @pytest.mark.parametrize("typed", [*HARMLESS, *REFUSED])
    def test_nor_does_a_row_let_anything_through(self, typed: str) -> None:
        view = answered(replace(TYPED, rows=(FormRow("promises", "2026-03-04", typed, "2026-03-20", typed),)))
        assert list(beside(view)) == ["1. At what time", "1. The time, if they named one"]
        self.is_safe(view)

    def is_safe(self, view: FollowUp) -> None:
        """Nothing that was typed has become an element."""
        fields = [*view.form.fields.values(), *(f for row in view.form.rows.children for f in row.fields.values())]
        for markup in (view.card.value, *(field.sentence.value for field in fields)):
            assert not {"img", "script", "b>"} & set(Text(markup).elements)


class TestTheZone:
    def test_that_of_the_browser_is_suggested_where_none_was_entered(self) -> None:
        view = a_view(replace(TYPED, zone="", home="Asia/Tokyo"))
        view.browser_zone.zone = "Europe/Lisbon"
        assert (view.form.entries.zone, view.form.entries.home) == ("Europe/Lisbon", "Asia/Tokyo")

    def test_what_is_no_zone_is_passed_over(self) -> None:
        view = a_view(replace(TYPED, zone=""))
        view.browser_zone.zone = "Etc/Unknown"
        assert view.form.entries.zone == ""


class TestTheCalendar:
    def test_it_lists_what_was_and_what_comes_in_order(self) -> None:
        shown = spots(plan(an_application(), THE_NEXT_MORNING))
        assert [spot.says for spot in shown] == ["The interview", "Now", "Thank them by email", "Call, once"]

    def test_a_place_on_the_line_is_a_time_of_the_week(self) -> None:
        """Tuesday 11:00 is 35 of 168 hours into its week."""
        drawn = weeks(plan(an_application(), THE_NEXT_MORNING))
        assert f'class="pp-mark pp-both" x="{3 + 94 * 35 / 168:.2f}%"' in drawn
        assert f'class="pp-mark pp-step" x="{3 + 94 * 35 / 168:.2f}%"' in drawn

    def test_long_silences_are_folded(self) -> None:
        application = an_application()
        drawn = weeks(plan(application, later(application.interview, 30 * A_WEEK)))
        assert "29 weeks with nothing in them" in drawn
        assert drawn.count("pp-weekend") <= 4

    @settings(max_examples=60)
    @given(applications())
    def test_every_moment_of_a_plan_is_drawn_and_listed_once(self, case: tuple[Application, datetime]) -> None:
        application, now = case
        planned = plan(application, now)
        drawn, shown = weeks(planned), spots(planned)
        assert drawn.count('<svg class="pp-mark') == sum(spot.whose not in ("now", "flag") for spot in shown)
        assert drawn.count("<li class") == len(shown)
        assert (times := [elapsed(planned.at, spot.at) for spot in shown]) == sorted(times)


@settings(max_examples=40)
@given(applications())
def test_any_application_can_be_typed_and_is_answered(case: tuple[Application, datetime]) -> None:
    application, now = case
    view = answered(form_of(application), now)
    assert view.plan is not None
    assert view.plan.application.id == application.id


def test_one_attendant_is_enough_for_a_page() -> None:
    def attendants(view: FollowUp) -> int:
        return sum(isinstance(child, Announcer) for child in view.children)

    assert attendants(FollowUp()) == 1
    assert attendants(FollowUp(announcer=Announcer())) == 0


def test_a_fault_of_ours_is_owned_up_to_and_the_form_is_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> datetime:
        raise RuntimeError("no clock")

    view = FollowUp(TYPED, clock=broken)
    view.go.click()
    assert "Something went wrong" in view.notice.value
    assert view.form.entries == TYPED
    assert "no clock" in caplog.text


def test_planning_again_leaves_no_widgets_behind() -> None:
    view = answered()
    before = len(_instances)
    for _ in range(5):
        view.go.click()
    assert len(_instances) == before
