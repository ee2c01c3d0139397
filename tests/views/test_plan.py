"""My interview as a view: the form in three steps, the plan, and that no entry is lost or becomes markup."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, reject, settings

from etiquette.drafts import MessageKind, Tone
from etiquette.judge import A_DAY, A_WEEK, ARTICLE, Policy
from etiquette.plan import (
    MOST_ROWS,
    ROW_CHOICES,
    THEN_LABELS,
    Application,
    FormEntries,
    FormError,
    FormRow,
    elapsed,
    form_of,
    later,
    parse_form,
    plan,
)
from etiquette.views import FollowUp
from etiquette.views.controls import Field, ProgressStore
from etiquette.views.plan.kept import entries_from_json, entries_to_json
from etiquette.views.plan.own_words import OwnWords
from etiquette.views.plan.plan_view import PlanView
from etiquette.views.plan.week_calendar import calendar_entries, week_calendar
from etiquette.views.plan.when_to_send import kept_plan, when_to_send
from tests.plan.test_planner import WITHIN_A_DAY, an_application, applications, at, event
from tests.views.drawn import NASTY, Text

THE_NEXT_MORNING = at("04 09:00")
TYPED = FormEntries(
    id="typed",
    job="payroll clerk",
    employer="Hallam Foods",
    day="2026-03-03",
    time="11:00",
    place="London",
    home="Europe/London",
)
HARMLESS = ("🙂👩🏽‍🏫", "\u202egnirts", "\u05e9\u05dc\u05d5\u05dd", NASTY, "<script>alert(1)</script>", "{0.__class__}")
REFUSED = ("\x00\x1b[31m", "tab\x07bell", "\ud800", "x" * 1_000_000, "<b>" * 400_000)


def a_view(
    entries: FormEntries | None = TYPED, now: datetime = THE_NEXT_MORNING, policy: Policy = ARTICLE, **shared: Any
) -> FollowUp:
    """The view with the form filled in."""
    return FollowUp(entries, policy, lambda: now, **shared)


def planned(entries: FormEntries = TYPED, now: datetime = THE_NEXT_MORNING, policy: Policy = ARTICLE) -> FollowUp:
    """The view after all steps, with the plan or with what is wrong in the first step that has something wrong."""
    view = a_view(entries, now, policy)
    go_through(view)
    return view


def go_through(view: FollowUp) -> None:
    """Click 'Next', 'Next' and 'Make my plan'."""
    for _ in range(3):
        view.submit.click()
    assert view.notice.value == ""


def plan_view(view: FollowUp) -> PlanView:
    """The part with the plan, which is there once a plan was made."""
    assert view.result is not None
    return view.result


def spoken(view: FollowUp) -> list[dict[str, str]]:
    """What the announcer of this view is told from now on."""
    sent: list[dict[str, str]] = []
    view.announcer.send = sent.append
    return sent


def text(view: FollowUp) -> str:
    """All the text of the plan, or of the problems."""
    shown = view.result.card if view.plan and view.result else view.problems
    return " ".join(" ".join(Text(shown.value).said).split())


def row_of(view: FollowUp, *, number: int = 0, **typed: str) -> dict[str, Field]:
    """The fields of a row, which is added if it is not there, with this typed into them."""
    view.form.show_step(2)
    if number == len(view.form.rows.children):
        add_button(view).click()
    fields: dict[str, Field] = view.form.rows.children[number].fields
    for name, entry in typed.items():
        fields[name].text = entry
    return fields


def add_button(view: FollowUp) -> Any:
    """The button that adds a row."""
    return next(
        each for each in view.form.boxes[2].children if getattr(each, "description", "") == "Add what happened next"
    )


def problems(view: FollowUp) -> dict[str, str]:
    """The sentence beside each field that has one, by the label of the field."""
    return {field.label: field.problem for _, field in view.form._fields_by_name() if field.problem}


def saved(view: FollowUp) -> str:
    """The file behind the link that saves the entries."""
    media_type, _, content = plan_view(view).entries_download.href.partition(";base64,")
    assert media_type == "data:application/json"
    return base64.b64decode(content).decode()


class TestSteps:
    def test_there_are_three_and_the_present_one_is_marked_and_takes_the_focus(self) -> None:
        view = a_view()
        sent = spoken(view)
        view.submit.click()
        assert [message["say"] for message in sent] == ["Step 2 of 3. What did they say?"]
        assert f'id="{sent[0]["focus"]}" tabindex="-1">What did they say?' in view.form.heading.value
        assert '<li aria-current="step">What did they say</li>' in view.form.heading.value
        assert view.form.heading.value.count("<li") == 3
        view.back.click()
        assert '<li aria-current="step">When was it</li>' in view.form.heading.value
        assert (view.back.layout.display, view.submit.description) == ("none", "Next")

    def test_a_step_with_something_wrong_in_it_is_not_left(self) -> None:
        view = a_view(replace(TYPED, time="", hearing="31 February"))
        view.submit.click()
        assert (view.form.step, list(problems(view))) == (0, ["The time it ended"])

    def test_what_is_wrong_in_an_earlier_step_leads_back_there(self) -> None:
        view = a_view()
        for _ in range(2):
            view.submit.click()
        view.form.entries = replace(TYPED, place="Atlantis")
        view.submit.click()
        assert (view.form.step, view.plan) == (0, None)
        assert "One thing to put right Their city or country: We don’t know" in text(view)

    def test_a_step_has_no_widgets_before_it_is_shown(self) -> None:
        assert set(a_view().form.fields) == {"job", "employer", "day", "time", "place"}

    def test_what_is_usual_is_assumed_and_asked_only_if_something_was_different(self) -> None:
        view = a_view()
        assert "your first interview" in view.form.assumed.children[0].value
        view.form.assumed.children[1].click()
        assert view.form.assumed.layout.display == "none"
        view.form.fields["medium"].text = "video"
        assert view.form.entries == replace(TYPED, medium="video")

    def test_what_was_different_is_shown_at_once_when_it_comes_back(self) -> None:
        assert a_view(replace(TYPED, round="2")).form.fields["round"].text == "2"

    @pytest.mark.parametrize(
        ("entries", "step", "shown"),
        [
            (TYPED, 1, False),
            (replace(TYPED, references="asked"), 1, True),
            (replace(TYPED, references="asked"), 2, False),
            (replace(TYPED, rows=(FormRow("requests_references", "2026-03-04", "8:00"),)), 1, False),
            (replace(TYPED, rows=(FormRow("requests_references", "2026-03-04", "8:00"),)), 2, True),
        ],
    )
    def test_referees_matter_once_references_were_asked_for(self, entries: FormEntries, step: int, shown: bool) -> None:
        view = a_view(entries)
        for _ in range(step):
            view.submit.click()
        assert (view.form.referees.layout.display == "") is shown

    def test_a_day_matters_while_a_referee_has_not_agreed(self) -> None:
        view = a_view(replace(TYPED, references="asked"))
        view.submit.click()
        shown = []
        for agreed in ("ready", "some", "none"):
            view.form.fields["referees"].text = agreed
            shown.append(view.form.fields["referees_day"].layout.display == "")
        assert shown == [False, True, True]

    def test_words_about_hearing_back_are_at_once_taken_for_a_date_and_that_is_announced_once(self) -> None:
        view = a_view()
        view.submit.click()
        hearing = view.form.fields["hearing"]
        assert "Use their words, such as" in hearing.sentence.value
        sent = spoken(view)
        hearing.text = "in two to three weeks"
        assert "Tuesday 24 March" in hearing.understood
        view.form.fields["interviewers"].text = "2"
        assert [message["say"] for message in sent] == [hearing.understood]


class TestPlan:
    def test_it_says_what_to_do_now_what_not_yet_and_what_comes_after(self) -> None:
        view = planned()
        said = text(view)
        assert view.plan is not None
        assert "Now Patient Hold back until Tue 10 March 2026, 11:00" in said
        assert "Pesky Call them: not before Thu 12 March 2026, 11:00" in said
        assert "Later Persistent Thank them by email Tue 10 March 2026, 11:00" in said
        assert "And then Patient Hold back Leave it with them." in said

    def test_every_step_has_words_to_start_from(self) -> None:
        said = text(planned())
        assert "Thank you for meeting me on 3 March about the payroll clerk role" in said
        assert "If nobody answers, leave a voicemail: suggested wording" in said
        assert "If you’d rather not call Ask for an update by email" in said

    def test_a_step_that_is_never_right_says_so(self) -> None:
        thanked = replace(TYPED, no_calls="yes", rows=(FormRow("thank_you_email", "2026-03-10", "12:00"),))
        said = text(planned(thanked, at("10 13:00")))
        assert "Not at all Pesky Thank them by email You thanked them" in said
        assert "Pesky Call them They asked you" in said

    def test_a_step_may_be_taken_at_once_though_working_hours_are_better(self) -> None:
        """The week is over on a Tuesday; it is now Sunday."""
        assert "Now Persistent Thank them by email Now, or better still on Mon 16 March 2026, 09:00" in text(
            planned(TYPED, at("15 10:00"))
        )

    def test_what_is_late_already_waits_for_working_hours_without_reproach(self) -> None:
        late = replace(TYPED, rows=(FormRow("invites_call", "2026-03-04", "8:00"),))
        said = text(planned(late, at("07 10:00")))
        assert "Now Hold back until Mon 9 March 2026, 09:00 There’s nothing you can do until Monday" in said
        assert "Later Call them, as they asked Mon 9 March 2026, 09:00" in said

    def test_it_says_how_dates_were_taken_and_which_date_an_answer_is_due(self) -> None:
        typed = replace(TYPED, rows=(FormRow("offer", "2026-03-04", "8:00", "by next Wednesday"),))
        said = text(planned(typed))
        assert "Reply to their offer Wed 11 March 2026, 09:00 They want your answer by the end of Wed 11 March" in said
        assert "Good to know We read “early next week” as Wednesday 11 March" in text(
            planned(replace(TYPED, hearing="early next week"))
        )

    def test_a_refusal_leaves_a_step_that_need_not_be_taken(self) -> None:
        typed = replace(TYPED, rows=(FormRow("refusal", "2026-03-04", "8:00"),))
        assert "You don’t have to: holding back is just as good." in text(planned(typed))

    def test_when_nothing_is_left_there_is_nothing_to_save(self) -> None:
        rows = (FormRow("thank_you_email", "2026-03-10", "12:00"), FormRow("call", "2026-03-12", "12:00"))
        view = planned(replace(TYPED, rows=rows), at("13 09:00"))
        assert "Now Patient Hold back" in text(view)
        assert "And then" not in text(view)
        assert (plan_view(view).calendar.layout.display, plan_view(view).own_words.layout.display) == ("none", "none")

    def test_times_in_another_zone_are_given_by_both_clocks(self) -> None:
        assert "Tue 10 March 2026, 11:00 their time (15:00 yours)" in text(planned(replace(TYPED, place="New York")))

    def test_another_policy_makes_another_plan(self) -> None:
        assert "Now Persistent Thank them by email" in text(planned(policy=WITHIN_A_DAY))

    def test_changing_what_was_entered_takes_the_plan_away_and_makes_another(self) -> None:
        view = planned()
        plan_view(view).change.click()
        assert (view.plan, view.form.step, view.stage.children) == (None, 2, (view.entry,))
        row_of(view, what="promises", day="2026-03-04", time="8:30", then="by 20 March")
        view.submit.click()
        assert "Thank them by email Mon 23 March 2026, 09:00" in text(view)

    def test_the_plan_its_problems_and_an_opened_file_are_announced_and_take_the_focus(self) -> None:
        view = a_view()
        go_through(view)
        sent = spoken(view)
        view.submit.click()
        assert sent[0]["say"] == "Your plan. Hold back. Next, Tue 10 March 2026, 11:00: Thank them by email."
        assert f'id="{sent[0]["focus"]}" tabindex="-1"' in plan_view(view).card.value
        view.form.entries = replace(TYPED, day="")
        view.submit.click()
        assert sent[1]["say"] == "Write a date, such as 2026-03-14."
        assert f'id="{sent[1]["focus"]}" tabindex="-1"' in view.problems.value
        view.upload._handle_custom_msg({"text": ""}, [])
        assert "is damaged" in sent[2]["say"]
        assert f'id="{sent[2]["focus"]}" tabindex="-1"' in view.message.value

    def test_without_a_clock_it_uses_the_real_one(self) -> None:
        view = FollowUp(replace(TYPED, day=f"{datetime.now():%Y-%m-%d}", time="0:00"))
        go_through(view)
        assert view.plan is not None


class TestOwnWords:
    def test_each_message_opens_in_the_draft_judge(self) -> None:
        view = planned()
        assert [button.description for button in plan_view(view).own_words.offered.children] == [
            "Check my thank-you email",
            "Check my email about the decision",
            "Check my voicemail",
        ]
        plan_view(view).own_words.offered.children[2].click()
        draft = self.draft(plan_view(view).own_words)
        assert draft.kind is MessageKind.VOICEMAIL
        draft.judge_button.click()
        assert draft.assessment.tone is not Tone.PESKY

    def test_what_was_changed_is_still_there_after_another_message_and_another_plan(self) -> None:
        view = planned()
        thanks, status, _ = plan_view(view).own_words.offered.children
        thanks.click()
        self.draft(plan_view(view).own_words).field.value = "My own words"
        status.click()
        assert "any update" in self.draft(plan_view(view).own_words).field.value
        plan_view(view).change.click()
        view.submit.click()
        thanks.click()
        assert self.draft(plan_view(view).own_words).field.value == "My own words"
        view.clear()
        view.form.entries = TYPED
        go_through(view)
        thanks.click()
        assert "own words" not in self.draft(plan_view(view).own_words).field.value

    def test_a_checked_message_says_when_to_send_it(self) -> None:
        view = planned()
        plan_view(view).own_words.offered.children[0].click()
        draft = self.draft(plan_view(view).own_words)
        draft.judge()
        assert "These words, but not before Tuesday 10 March at 11:00." in draft.card.value

    def draft(self, own_words: OwnWords) -> Any:
        assert own_words.draft is not None
        return own_words.draft


class TestWhenToSend:
    """What a draft outside the plan says of the plan for the entries that were kept."""

    @staticmethod
    def said(kind: MessageKind, entries: FormEntries = TYPED, now: datetime = THE_NEXT_MORNING) -> str:
        store = ProgressStore()
        store.set_item("interview", entries_to_json(entries))
        return when_to_send(kind, kept_plan(store, now, ARTICLE))

    def test_a_later_step_has_the_time_that_the_plan_suggests(self) -> None:
        assert self.said(MessageKind.THANK_YOU_EMAIL) == "These words, but not before Tuesday 10 March at 11:00."

    def test_the_time_is_that_of_the_learners_clock(self) -> None:
        abroad = replace(TYPED, home="Asia/Tokyo")
        assert "before Tuesday 10 March at 20:00 your time." in self.said(MessageKind.THANK_YOU_EMAIL, abroad)

    def test_what_is_due_can_be_sent_now(self) -> None:
        a_week_later = later(THE_NEXT_MORNING, A_WEEK)
        assert self.said(MessageKind.THANK_YOU_EMAIL, now=a_week_later) == "You can send this now."
        thanked = replace(TYPED, rows=(FormRow("thank_you_email", "2026-03-10", "12:00"),))
        on_time = later(at("12 12:00"), A_DAY)
        assert "leave this if nobody answers" in self.said(MessageKind.VOICEMAIL, thanked, on_time)

    def test_what_is_not_in_the_plan_is_said_not_to_be(self) -> None:
        assert self.said(MessageKind.REFERENCES_EMAIL) == "Your plan has no email with references in it."

    @pytest.mark.parametrize("entries", [FormEntries(), replace(TYPED, day="")], ids=["nothing", "no date"])
    def test_without_a_plan_there_is_nothing_to_say(self, entries: FormEntries) -> None:
        assert self.said(MessageKind.THANK_YOU_EMAIL, entries) == ""
        assert when_to_send(MessageKind.VOICEMAIL, kept_plan(ProgressStore(), THE_NEXT_MORNING, ARTICLE)) == ""


class TestKept:
    def test_what_is_typed_is_kept_and_comes_back_where_it_goes_on(self) -> None:
        view = a_view(None)
        for name in ("job", "day", "time", "place"):
            view.form.fields[name].text = getattr(TYPED, name)
        row_of(view, what="call_if_silent", day="2026-03-04", then="Friday")
        again = a_view(None)
        assert (again.form.entries, again.form.step) == (view.form.entries, 2)
        assert again.form.rows.children[0].row == FormRow("call_if_silent", "2026-03-04", "", "Friday")
        assert "what you entered last time" in again.message.value

    def test_an_application_has_an_id_that_stays_until_everything_is_cleared(self) -> None:
        view = a_view(None)
        view.form.fields["employer"].text = "Hallam"
        first = view.form.entries.id
        view.form.fields["employer"].text = "Hallam Foods"
        assert a_view(None).form.entries.id == first != ""
        view.clear()
        assert view.form.entries == FormEntries(id=view.form.entries.id)
        assert view.form.entries.id not in ("", first)
        assert a_view(None).form.entries.employer == ""

    def test_clearing_asks_first(self) -> None:
        view = a_view(None)
        view.form.fields["job"].text = "clerk"
        clear = next(each for each in view.children if getattr(each, "description", "") == "Clear everything")
        clear.click()
        asked = view.asked
        sure, unsure = asked.children[1].children
        unsure.click()
        assert (asked.layout.display, view.form.entries.job) == ("none", "clerk")
        clear.click()
        sure.click()
        assert (asked.layout.display, view.form.entries.job) == ("none", "")
        assert view.progress_store.items == {}

    def test_it_says_where_it_is_kept(self) -> None:
        view = a_view(None)
        assert str(view.progress_store.item_file("interview")) in view.keeping.value
        assert "saved in this browser" in a_view(None, progress_store=ProgressStore()).keeping.value

    def test_another_tab_shows_what_is_typed_or_cleared_in_this_one(self) -> None:
        store = ProgressStore()
        view = a_view(None, progress_store=store)
        store._handle_custom_msg({"item": "interview", "text": entries_to_json(TYPED)}, [])
        assert view.form.fields["job"].text == "payroll clerk"
        view.back.click()
        store._handle_custom_msg({"item": "interview", "text": entries_to_json(replace(TYPED, job="baker"))}, [])
        assert (view.form.entries.job, view.form.step) == ("baker", 1)
        store._handle_custom_msg({"item": "interview", "text": ""}, [])
        assert (view.form.fields["job"].text, view.form.step) == ("", 0)

    @pytest.mark.parametrize(
        "change",
        [
            {"round": "9"},
            {"day": "yesterday"},
            {"job": 1},
            {"rows": [{"what": "dance"}]},
            {"rows": [{"what": "call", "day": "x"}]},
            {"rows": [{"what": "call"}] * (MOST_ROWS + 1)},
            {"rows": [{}]},
            {"rows": 1},
            {"else": ""},
        ],
    )
    def test_what_the_form_cannot_show_is_not_restored(self, change: dict[str, Any]) -> None:
        kept = json.loads(entries_to_json(TYPED))
        assert entries_from_json(json.dumps(kept)) == TYPED
        assert entries_from_json(json.dumps(kept | change)) is None
        store = ProgressStore()
        store._handle_custom_msg({"item": "interview", "text": json.dumps(kept | change)}, [])
        assert a_view(None, progress_store=store).form.entries.job == ""

    def test_entries_given_in_code_are_not_replaced(self) -> None:
        store = ProgressStore()
        view = a_view(TYPED, progress_store=store)
        store._handle_custom_msg({"item": "interview", "text": entries_to_json(replace(TYPED, job="baker"))}, [])
        assert view.form.entries == TYPED


class TestEntriesFile:
    def test_a_saved_file_is_opened_and_a_plan_made_from_it(self) -> None:
        """The form is as it was saved, the plan for other entries is gone, and a plan can be made at once."""
        file = saved(planned())
        view = planned(replace(TYPED, job="Another", rows=()))
        view.upload._handle_custom_msg({"text": file}, [])
        assert "Add what has happened since" in view.message.value
        assert (view.plan, view.form.step, view.stage.children) == (None, 2, (view.entry,))
        view.submit.click()
        assert text(view) == text(planned())
        assert (saved(view), plan_view(view).entries_download.filename) == (file, "my-interview.json")

    @pytest.mark.parametrize(
        ("file", "message"),
        [("", "is damaged, or wasn’t saved by"), ("{}", "is damaged"), (NASTY, "is damaged"), (None, "far too large")],
    )
    def test_a_foreign_file_is_refused_and_nothing_is_lost(self, file: str | None, message: str) -> None:
        view = planned()
        before = text(view)
        view.upload._handle_custom_msg({"text": file}, [])
        assert message in view.message.value
        assert (view.form.entries, text(view)) == (TYPED, before)
        assert view.notice.value == ""


class TestRows:
    def test_rows_are_added_and_removed_and_renumbered(self) -> None:
        view = a_view()
        for number, what in enumerate(("thank_you_email", "call", "asks")):
            row_of(view, number=number, what=what)
        view.form.rows.children[1].remove.click()
        assert [row.what for row in view.form.entries.rows] == ["thank_you_email", "asks"]
        assert [row.fields["day"].label for row in view.form.rows.children] == ["1. Date", "2. Date"]
        assert "Number 2" in view.form.rows.children[1].heading.value

    @pytest.mark.parametrize("what", ROW_CHOICES)
    def test_a_row_asks_for_a_second_date_if_its_kind_has_one(self, what: str) -> None:
        then = row_of(a_view(), what=what)["then"]
        assert (then.layout.display == "") is (what in THEN_LABELS)
        assert then.label == f"1. {THEN_LABELS.get(what, '')}"

    def test_a_second_date_goes_with_the_kind_of_row_that_had_it(self) -> None:
        view = a_view()
        row_of(view, what="promises", day="2026-03-04", then="in a week")
        assert "11 March" in view.form.rows.children[0].fields["then"].understood
        row_of(view, what="call")
        assert view.form.entries.rows == (FormRow("call", "2026-03-04"),)

    def test_now_is_offered_while_a_row_has_no_time_and_is_by_the_learners_clock(self) -> None:
        view = a_view(replace(TYPED, home="Asia/Tokyo"))
        row_of(view, what="call")
        row, sent = view.form.rows.children[0], spoken(view)
        row.now.click()
        assert view.form.entries.rows == (FormRow("call", "2026-03-04", "18:00"),)
        assert (row.now.layout.display, sent[-1]["focus"], len(sent)) == ("none", row.heading_id, 1)

    def test_there_is_a_limit_to_rows(self) -> None:
        view = a_view()
        row_of(view)
        for _ in range(MOST_ROWS):
            add_button(view).click()
        assert len(view.form.rows.children) == MOST_ROWS
        assert "Leave out what matters least" in view.form.too_many.value
        view.form.rows.children[0].remove.click()
        assert view.form.too_many.value == ""


class TestBadInput:
    @pytest.mark.parametrize(
        ("entries", "label", "sentence"),
        [
            (replace(TYPED, day="2026-03-05"), "The day of the interview", "hasn’t ended yet"),
            (replace(TYPED, place="Europe/Lundon"), "Their city or country", "We don’t know a place called"),
            (replace(TYPED, hearing="31 February"), "When did they say you’d hear?", "no such day"),
            (replace(TYPED, rows=(FormRow("call", "2026-03-01", "9:00"),)), "1. Date", "before the interview"),
            (
                replace(TYPED, rows=(FormRow("deadline", "2026-03-03"),)),
                f"1. {THEN_LABELS['deadline']}",
                "Write a date",
            ),
        ],
    )
    def test_the_problem_is_beside_the_field_and_no_entry_is_lost(
        self, entries: FormEntries, label: str, sentence: str
    ) -> None:
        view = planned(entries)
        assert sentence in problems(view)[label]
        assert f"{label}: {problems(view)[label]}" in text(view).replace(" :", ":")
        assert (view.plan, view.form.entries) == (None, entries)

    def test_all_problems_of_a_step_are_shown_at_once(self) -> None:
        view = planned(FormEntries(rows=(FormRow("call"),)))
        assert len(problems(view)) == 3
        assert "3 things to put right" in text(view)

    def test_a_corrected_problem_disappears(self) -> None:
        view = planned(replace(TYPED, place="Atlantis", time=""))
        view.form.fields["place"].text = "London"
        assert list(problems(view)) == ["The time it ended"]
        view.form.fields["time"].text = "11:00"
        go_through(view)
        assert problems(view) == {}
        assert view.plan is not None

    @pytest.mark.parametrize("typed", HARMLESS)
    def test_a_name_is_shown_as_it_was_typed_and_never_becomes_markup(self, typed: str) -> None:
        view = planned(replace(TYPED, job=typed, employer=typed, references="asked"))
        assert text(view).count(typed) >= 3
        assert not {"img", "script"} & set(Text(plan_view(view).card.value).elements)

    @pytest.mark.parametrize("typed", [*HARMLESS, *REFUSED])
    def test_invalid_times_and_places_are_refused_in_any_script_and_never_become_markup(self, typed: str) -> None:
        view = planned(replace(TYPED, time=typed, place=typed))
        self.refused(view, "The time it ended", "Their city or country")
        view = planned(replace(TYPED, rows=(FormRow("deadline", "2026-03-04", typed, typed),)))
        self.refused(view, "1. Time, if you know it")

    @pytest.mark.parametrize("typed", HARMLESS)
    def test_words_about_hearing_back_are_quoted_in_any_script_and_never_become_markup(self, typed: str) -> None:
        typed = typed.translate({ord(digit): "x" for digit in "01"})  # a number might be a date
        view = planned(replace(TYPED, hearing=f"{typed} by Friday"))
        assert typed in view.form.fields["hearing"].understood
        assert typed in text(view)
        for markup in (plan_view(view).card.value, view.form.fields["hearing"].sentence.value):
            assert not {"img", "script"} & set(Text(markup).elements)

    def refused(self, view: FollowUp, *labels: str) -> None:
        assert set(problems(view)) >= set(labels)
        assert max(len(sentence) for sentence in problems(view).values()) < 250
        for markup in (view.problems.value, *(field.sentence.value for _, field in view.form._fields_by_name())):
            assert not {"img", "script", "b>"} & set(Text(markup).elements)


class TestBrowserZone:
    @pytest.mark.parametrize(
        ("zone", "place"),
        [
            ("Europe/Lisbon", "Lisbon"),
            ("America/Argentina/Buenos_Aires", "Buenos Aires"),
            ("Asia/Calcutta", "Calcutta"),
            ("Etc/GMT+5", "Etc/GMT+5"),
        ],
    )
    def test_its_city_is_suggested_and_it_is_the_learners_own_zone(self, zone: str, place: str) -> None:
        view = a_view(replace(TYPED, place="", home=""))
        view.browser_zone.zone = zone
        assert (view.form.entries.place, view.form.entries.home) == (place, zone)
        assert view.form.fields["place"].text == place

    def test_it_replaces_nothing_that_was_entered(self) -> None:
        view = a_view(replace(TYPED, home=""))
        view.browser_zone.zone = "Asia/Tokyo"
        assert view.form.entries == replace(TYPED, home="Asia/Tokyo")

    def test_an_unknown_zone_is_ignored(self) -> None:
        view = a_view(replace(TYPED, place="", home=""))
        view.browser_zone.zone = "Etc/Unknown"
        assert (view.form.entries.place, view.form.entries.home) == ("", "")


class TestWeekCalendar:
    def test_it_lists_past_and_future_in_order(self) -> None:
        entries = calendar_entries(plan(an_application(), THE_NEXT_MORNING))
        assert [entry.label for entry in entries] == ["The interview", "Now", "Thank them by email", "Call, once"]

    def test_it_flags_the_dates_that_somebody_gave(self) -> None:
        application = an_application(
            event("promises", "03 11:00", "20 12:00"),
            event("deadline", "03 12:00", "18 12:00"),
            event("call", "03 12:30"),
        )
        assert [(entry.kind, entry.label) for entry in calendar_entries(plan(application, THE_NEXT_MORNING))][1:6] == [
            ("theirs", "I got an offer from another employer"),
            ("yours", "I called but nobody answered"),
            ("now", "Now"),
            ("step", "Tell them about your deadline"),
            ("flag", "Your answer to the other offer is due"),
        ]

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
def test_any_application_that_the_form_takes_gets_a_plan(case: tuple[Application, datetime]) -> None:
    application, now = case
    entries = replace(form_of(application), id="typed")
    try:
        parse_form(entries, now)
    except FormError:
        reject()
    view = planned(entries, now)
    assert view.plan is not None
    assert view.plan.application.id == "typed"
    assert entries_from_json(entries_to_json(entries)) == entries
