"""The view of a draft: typed or put together, judged, marked for eye and ear, and always escaped."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from etiquette.drafts import (
    REMARKS,
    Check,
    DraftAssessment,
    Label,
    Mark,
    MessageKind,
    Suggestion,
    Tone,
    assess_draft,
    message_parts,
)
from etiquette.drafts.classify import LONGEST
from etiquette.drafts.tokens import Span
from etiquette.views import DraftView
from etiquette.views.controls.progress_store import LONGEST_ITEM
from etiquette.views.drafts.marked import Reading, marked_draft
from etiquette.views.drafts.undo import TextChange
from tests.views.drawn import NASTY, Text, buttons
from tests.views.put_off import put_off

ASKING = "Dear Ms Okafor,\n\nThank you for the hour on Tuesday. Did I get the job?\n\nHannah Pryce"
QUESTION = "Did I get the job?"
INSTEAD = "I look forward to hearing from you."
GAPS = {"[your name]": "Sam Lee", "[job]": "clerk", "[day]": "Tuesday"}
IN_GERMAN = "Vielen Dank für das Gespräch am Montag, ich freue mich auf Ihre Antwort."


def judged(view: DraftView) -> Tone:
    """The tone of the draft, after a click on 'Check my draft'."""
    view.judge_button.click()
    assert view.assessment is not None
    return view.assessment.tone


def typed(view: DraftView, text: str, **more: Any) -> None:
    """What the browser sends once this has been typed."""
    view.field.set_state({"value": text, "edits": view.field.edits + 1, "seen": view.field.puts} | more)


def spoken(view: DraftView) -> list[dict[str, str]]:
    """What the announcer of this view is told from now on."""
    sent: list[dict[str, str]] = []
    view.announcer.send = sent.append
    return sent


def is_current(view: DraftView) -> bool:
    """Whether the page shows the assessment, and not that the draft is being read."""
    return view.field.shown == view.field.edits


def drawn(text: str, *marks: tuple[Label, str], **more: Any) -> str:
    """The card of a thank-you email in which these words have these labels."""
    found = tuple(Mark(label, text.index(words), text.index(words) + len(words)) for label, words in marks)
    labels = frozenset(mark.label for mark in found)
    rest = {name: more.pop(name) for name in ("suggestions", "checks") if name in more}
    assessment = DraftAssessment(MessageKind.THANK_YOU_EMAIL, text, labels, found, Tone.PESKY, **more)
    return str(marked_draft(Reading(assessment, **rest), "heading", "offer-"))


def marked(card: str) -> str:
    """The marked text of a card, as HTML."""
    return card.split('<div class="pp-marked" dir="auto">')[1].split("</div>")[0]


def said(html: str) -> str:
    """Its text as it is written, without numbers and names."""
    return "".join(piece for piece in Text(html).said if not piece.endswith(": ") and not piece[0].isdigit())


def test_a_draft_is_judged_on_request_and_its_words_are_marked() -> None:
    view = DraftView(text=ASKING)
    assert view.card.value == ""
    assert judged(view) is Tone.PESKY
    assert '<mark class="pp-bad"><span class="pp-unseen">asking for the outcome: </span>Did I get' in view.card.value
    assert "What to change" in view.card.value
    assert "Say that you look forward to hearing from them" in view.card.value


def test_what_was_typed_before_a_click_had_its_answer_does_not_take_the_answer_back() -> None:
    """The browser sends it again, with what the click has put in."""
    view = DraftView(text=ASKING)
    view.parts_button.click()
    before = view.field.puts
    buttons(view.part_buttons)[0].click()
    both = view.field.value
    typed(view, f"Hello, {ASKING}", seen=before)
    assert view.field.value == both
    typed(view, f"Hello, {both}")
    assert view.field.value == f"Hello, {both}"


def test_a_draft_can_be_put_together_from_parts() -> None:
    """In order, without the pushy ones, and with the gaps filled in, the parts make a message fit to send."""
    view = DraftView(kind=MessageKind.VOICEMAIL)
    for number in (0, 1, 2, 3, 4, 7):
        buttons(view.part_buttons)[number].click()
    for gap, word in GAPS.items():
        view.field.value = view.field.value.replace(gap, word)
    assert judged(view) is Tone.PERSISTENT
    buttons(view.part_buttons)[5].click()
    assert judged(view) is Tone.PESKY
    view.clear_button.click()
    assert view.field.value == ""


def test_every_kind_of_message_has_its_own_parts_and_changing_it_keeps_the_text() -> None:
    view = DraftView()
    view.field.value = ASKING
    for kind, chosen in view.kinds.items():
        chosen.click()
        assert view.kind is kind
        assert [part.description for part in buttons(view.part_buttons)] == list(message_parts()[kind])
        assert chosen.description.startswith("✓")
        assert view.field.value == ASKING


def test_the_parts_are_there_for_an_empty_field_and_folded_away_otherwise() -> None:
    assert buttons(DraftView().part_buttons)
    view = DraftView(text=ASKING)
    assert buttons(view.part_buttons) == []
    view.parts_button.click()
    assert buttons(view.part_buttons)
    view.parts_button.click()
    assert buttons(view.part_buttons) == []


def test_nothing_typed_is_treated_as_markup() -> None:
    for nasty in (NASTY, "<script>alert(1)</script>", "\u202egnirts", "e\u0301\u0301\u0301" * 200, "\x00\x1b[31m"):
        view = DraftView(text=f"Dear {nasty}, thank you for the interview. Did I get the job? {nasty}")
        view.judge_button.click()
        text = view.field.value
        whole = Suggestion(frozenset({Label.ASKS_OUTCOME}), 0, len(text), nasty)
        by_hand = drawn(
            text, (Label.ASKS_OUTCOME, nasty), suggestions=(whole,), checks=(Check(passed=True, words=nasty),)
        )
        for card in (view.card.value, by_hand):
            assert not {"img", "script"} & set(Text(card).elements)
        assert "".join(Text(by_hand).said).count(nasty) >= 3
        assert view.notice.value == ""


class TestTyping:
    """What is typed is judged by itself, and nothing but the words on the page changes."""

    def test_it_is_judged_without_moving_the_focus(self) -> None:
        view = DraftView()
        sent = spoken(view)
        typed(view, ASKING)
        assert view.assessment is not None
        assert view.assessment.text == ASKING
        assert "Pesky" in view.beside.value
        assert is_current(view)
        assert sent == [{"say": "Pesky."}]

    def test_the_tone_is_announced_once_until_it_changes(self) -> None:
        view = DraftView()
        sent = spoken(view)
        good = ASKING.replace(QUESTION, f"It was about the clerk job. {INSTEAD}")
        for text in (ASKING, f"{ASKING}.", good, f"{good}."):
            typed(view, text)
        assert [each["say"] for each in sent] == ["Pesky.", "Persistent."]

    def test_what_cannot_be_judged_says_so_quietly_beside_the_field(self) -> None:
        view = DraftView()
        sent = spoken(view)
        typed(view, ASKING)
        sent.clear()
        typed(view, IN_GERMAN)
        assert "This doesn’t look like English" in view.beside.value
        assert (view.card.value, view.assessment, sent) == ("", None, [])
        assert is_current(view)

    def test_nobody_is_told_after_a_few_letters_that_this_is_no_english(self) -> None:
        view = DraftView()
        typed(view, "Vielen Dank fü")
        assert "pp-beside" not in view.beside.value
        assert is_current(view)

    @pytest.mark.parametrize("nothing", ["", " \n"])
    def test_an_empty_field_has_no_assessment_and_no_reproach(self, nothing: str) -> None:
        view = DraftView()
        typed(view, ASKING)
        typed(view, nothing)
        assert (view.card.value, view.assessment) == ("", None)
        assert "pp-beside" not in view.beside.value
        assert is_current(view)

    def test_what_is_typed_and_taken_back_before_it_is_sent_changes_nothing(self) -> None:
        view = DraftView()
        typed(view, ASKING)
        card = view.card.value
        typed(view, ASKING)
        assert view.card.value == card
        assert is_current(view)

    def test_ctrl_enter_judges_at_once_and_moves_the_focus(self) -> None:
        view = DraftView()
        sent = spoken(view)
        typed(view, ASKING, checks=1)
        assert sent[-1]["focus"] == view.element_id("reading")
        typed(view, IN_GERMAN, checks=2)
        assert sent[-1]["focus"] == view.element_id("beside")
        assert f'data-id="{view.element_id("beside")}" tabindex="-1"' in view.beside.value


def test_a_draft_that_cannot_be_judged_gets_an_error_beside_the_field_and_keeps_its_text() -> None:
    view = DraftView()
    view.judge_button.click()
    assert "There’s nothing to check yet" in view.beside.value
    for text in ("x" * (LONGEST + 1), IN_GERMAN):
        view.field.value = text
        view.judge_button.click()
        assert "pp-beside" in view.beside.value
        assert view.field.value == text
        assert view.card.value == ""
    view.field.value = ASKING
    view.judge_button.click()
    assert "pp-beside" not in view.beside.value


class TestADraftIsJudgedInAThread:
    def test_the_page_says_so_until_the_assessment_is_there(self) -> None:
        with put_off() as later:
            view = DraftView(text=ASKING)
            view.judge_button.click()
            assert "Reading your draft…" in view.beside.value
            assert not is_current(view)
            assert view.assessment is None
            later.do_next()
            assert view.assessment is not None
            assert is_current(view)

    def test_of_several_drafts_only_the_last_is_shown(self) -> None:
        with put_off() as later:
            view = DraftView()
            for text in (ASKING, "Thank you for", "I look forward to hearing from you about the baker job."):
                typed(view, text)
                view.judge_button.click()
            later.do_next()
            assert view.assessment is None
            assert not is_current(view)
            later.do_next()
            assert view.assessment is not None
            assert view.assessment.text == view.field.value
            assert is_current(view)
            assert later.work == []

    def test_an_answer_to_somebody_who_types_on_does_not_take_the_focus(self) -> None:
        with put_off() as later:
            view = DraftView()
            sent = spoken(view)
            typed(view, ASKING, checks=1)
            typed(view, f"{ASKING} and")
            while later.work:
                later.do_next()
            assert view.assessment is not None
            assert not any(each.get("focus") for each in sent)

    @pytest.mark.parametrize(
        "move_on",
        [lambda view: view.clear_button.click(), lambda view: view.choose(MessageKind.VOICEMAIL), DraftView.close],
        ids=["the field was emptied", "another kind was chosen", "the view was closed"],
    )
    def test_an_assessment_that_comes_too_late_is_dropped(self, move_on: Callable[[DraftView], None]) -> None:
        with put_off() as later:
            view = DraftView(text=ASKING)
            view.judge_button.click()
            move_on(view)
            later.do_next()
            assert view.assessment is None
            assert "Did I get the job" not in view.card.value


class TestSuggestions:
    @staticmethod
    def offering(words: str = INSTEAD) -> tuple[DraftView, str]:
        """A view with a suggestion for the question in its draft, and the name of the button that takes it."""
        view = DraftView(text=ASKING)
        start = ASKING.index(QUESTION)
        suggestion = Suggestion(frozenset({Label.ASKS_OUTCOME}), start, start + len(QUESTION), words)
        view.show(Reading(assess_draft(ASKING, view.kind), (suggestion,)))
        return view, view.card.value.split('data-use="')[1].split('"')[0]

    def test_it_is_taken_with_one_click_judged_and_undone(self) -> None:
        view, name = self.offering()
        sent = spoken(view)
        view.field._handle_custom_msg({"use": name}, [])
        assert view.field.value == ASKING.replace(QUESTION, INSTEAD)
        assert view.assessment is not None
        assert view.assessment.text == view.field.value
        assert [each["say"] for each in sent] == ["Replaced. Persistent, credit 92."]
        assert sent[0]["focus"] == view.element_id("reading")
        view.undo_button.click()
        assert view.field.value == ASKING
        assert view.undo_button.disabled

    @pytest.mark.parametrize("words", ["", "."])
    def test_a_sentence_that_is_only_left_out_is_offered_as_that(self, words: str) -> None:
        view, name = self.offering(words)
        sent = spoken(view)
        assert "Leave it out" in view.card.value
        assert "Write" not in view.card.value
        view.field._handle_custom_msg({"use": name}, [])
        assert sent[0]["say"].startswith("Left out.")

    def test_a_second_click_takes_nothing_else(self) -> None:
        view, name = self.offering()
        for each in (name, name, "1-99", ""):
            view.field._handle_custom_msg({"use": each}, [])
        assert view.field.value == ASKING.replace(QUESTION, INSTEAD)

    def test_it_is_beside_its_remark_and_its_label_says_what_it_does(self) -> None:
        view, _ = self.offering()
        remark = view.card.value.split(REMARKS[Label.ASKS_OUTCOME].present)[1].split("</li>")[0]
        assert f"“{QUESTION}”" in remark
        assert f'aria-label="Use this instead of “{QUESTION}”: “{INSTEAD}”">Use this</button>' in remark

    def test_one_without_words_leaves_the_sentence_out(self) -> None:
        view, name = self.offering("")
        assert f'aria-label="Leave it out: “{QUESTION}”">Leave it out</button>' in view.card.value
        view.field._handle_custom_msg({"use": name}, [])
        assert QUESTION not in view.field.value


class TestUndo:
    def test_it_takes_back_one_by_one_what_clicks_did(self) -> None:
        view = DraftView()
        assert view.undo_button.disabled
        states = [""]
        for number in (0, 1):
            buttons(view.part_buttons)[number].click()
            states.append(view.field.value)
        view.clear_button.click()
        for before in reversed(states):
            assert not view.undo_button.disabled
            view.undo_button.click()
            assert view.field.value == before
        assert view.undo_button.disabled

    def test_what_was_typed_since_stays(self) -> None:
        view = DraftView()
        typed(view, "Dear Ms Okafor,")
        buttons(view.part_buttons)[4].click()
        typed(view, view.field.value + " Sam")
        view.undo_button.click()
        assert view.field.value == "Dear Ms Okafor, Sam"

    def test_the_last_one_moves_the_focus_to_the_field_for_a_disabled_button_has_none(self) -> None:
        view = DraftView()
        for _ in range(2):
            buttons(view.part_buttons)[4].click()
        sent = spoken(view)
        for moved in (False, True):
            view.undo_button.click()
            said = next(each for each in reversed(sent) if each["say"] == "The sentence is taken out.")
            assert (said.get("focus") == view.field.name) is moved

    def test_what_the_browser_took_back_is_not_taken_back_again(self) -> None:
        view = DraftView(text=ASKING)
        view.clear_button.click()
        typed(view, ASKING)
        assert view.undo_button.disabled

    @given(*(some.text("ab \n", max_size=8) for _ in range(3)))
    def test_a_change_is_taken_back_from_what_it_led_to(self, before: str, after: str, more: str) -> None:
        """Also after something was typed at either end, unless the words are there again."""
        change = TextChange.of(before, after, "")
        if before != after and (change.start < change.end or change.words not in after + more):
            assert change.taken_back_from(after) == before
            assert change.taken_back_from(after + more) == before + more


class TestTheMarkedText:
    FAULTY = "Hello. I demand an answer by Friday, I beg you. Sam"

    def test_every_fault_has_a_remark_and_a_mark_with_its_number(self) -> None:
        card = drawn(
            self.FAULTY, (Label.DEMANDS, "I demand an answer by Friday, I beg you"), (Label.GROVELS, "I beg you")
        )
        assert (
            '<mark class="pp-bad"><span class="pp-unseen">pressure: </span>I demand an answer by Friday, </mark>'
            in card
        )
        assert (
            '<mark class="pp-bad"><span class="pp-unseen">apology or pleading: </span>I beg you'
            '<sup aria-hidden="true">1 2</sup></mark>'
        ) in card
        for number, label in ((1, Label.DEMANDS), (2, Label.GROVELS)):
            assert f'<li value="{number}"><b>{REMARKS[label].name.capitalize()}.</b>' in card

    def test_the_number_of_a_mark_is_where_it_ends(self) -> None:
        text = marked(drawn(self.FAULTY, (Label.DEMANDS, "I demand an answer by Friday, I"), (Label.GROVELS, "answer")))
        assert [piece.split("<")[0] for piece in text.split('<sup aria-hidden="true">')[1:]] == ["1 2", "1"]

    def test_too_long_a_text_has_its_number_where_it_becomes_too_long(self) -> None:
        text = "word " * 200 + "here it goes on"
        shown = marked(drawn(text, (Label.OVERLONG, "here it goes on")))
        assert (
            '<mark class="pp-over"><span class="pp-unseen">length: </span><sup aria-hidden="true">1</sup>here' in shown
        )

    def test_what_is_set_aside_is_muted_and_said_to_be_left_out(self) -> None:
        card = drawn("Thank you.\n\n> Am I hired?", set_aside=(Span(12, 25),))
        assert '<span class="pp-aside"><span class="pp-unseen">left out: </span>&gt; Am I hired?</span>' in card
        assert "We left this out" in card
        assert "We left this out" not in drawn("Thank you.")

    @given(some.data())
    def test_it_is_complete_and_all_its_marks_are_there(self, data: some.DataObject) -> None:
        """However marks overlap, no word is lost, each name is read once, and each number is on screen."""
        text = data.draw(some.text("ab\n", min_size=1, max_size=12))
        labels = data.draw(some.lists(some.sampled_from(Label), unique=True, max_size=4))
        marks = []
        for label in labels:
            start = data.draw(some.integers(0, len(text) - 1))
            marks.append(Mark(label, start, data.draw(some.integers(start + 1, len(text)))))
        assessment = DraftAssessment(
            MessageKind.THANK_YOU_EMAIL, text, frozenset(labels), tuple(marks), Tone.BORDERLINE
        )
        card = str(marked_draft(Reading(assessment), "heading", ""))
        pieces = Text(marked(card)).said
        assert said(marked(card)) == text.replace("\n", "")
        names = [name for piece in pieces if piece.endswith(": ") for name in piece.removesuffix(": ").split(", ")]
        assert sorted(names) == sorted(REMARKS[label].name for label in labels)
        numbers = {number for piece in pieces if piece[0].isdigit() for number in piece.split()}
        assert numbers == {str(n) for n in range(1, len(labels) + 1)}
        assert all(f'<li value="{number}">' in card for number in numbers)


class TestBeforeItIsSent:
    def test_what_is_done_and_what_is_left_is_told_without_colour(self) -> None:
        checks = (Check(passed=True, words="No brackets."), Check(passed=False, words="Two capitals."))
        text = " ".join(Text(drawn("Thank you.", checks=checks)).said)
        assert "Done:  No brackets." in text
        assert "To do:  Two capitals." in text

    def test_the_plan_says_when_unless_it_should_not_be_sent_at_all(self) -> None:
        view = DraftView(when=lambda kind: f"On Thursday, {kind}.")
        typed(view, "Thank you for meeting me about the clerk job.")
        assert "On Thursday, thank_you_email." in view.card.value
        typed(view, ASKING)
        assert "On Thursday" not in view.card.value


def test_a_failure_is_not_passed_over_in_silence() -> None:
    """The page apologizes, and no longer says that it reads."""
    view = DraftView(when=lambda kind: str(1 / (len(kind) - len(kind))))
    typed(view, "Thank you for meeting me about the clerk job.")
    assert "Something went wrong" in view.notice.value
    assert is_current(view)


class TestKeeping:
    def test_the_longest_draft_that_is_judged_is_kept(self) -> None:
        view = DraftView()
        view.field.value = ("Thank you for the hour. " * LONGEST)[:LONGEST]
        assert view.assessment is not None
        assert json.loads(view.progress_store.item("draft"))[1] == view.field.value
        assert "is kept in" in view.keeping.value

    def test_one_that_is_too_long_to_be_kept_says_so_until_it_is_shorter(self) -> None:
        view = DraftView()
        view.field.value = "x" * LONGEST_ITEM
        assert "too long for us to keep" in view.keeping.value
        view.field.value = "x"
        assert "is kept in" in view.keeping.value
