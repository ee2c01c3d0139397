"""The view of a draft: typed or put together, judged, marked for eye and ear, and always escaped."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etiquette.drafts import MessageKind, Tone, message_parts
from etiquette.drafts.classify import LONGEST
from etiquette.views import DraftView
from tests.views.drawn import NASTY, Text, buttons
from tests.views.put_off import put_off

ASKING = "Dear Ms Okafor,\n\nThank you for the hour on Tuesday. Did I get the job?\n\nHannah Pryce"


def judged(view: DraftView) -> Tone:
    """The tone of the draft, after a click on 'Check my draft'."""
    view.judge_button.click()
    assert view.assessment is not None
    return view.assessment.tone


def test_a_draft_is_judged_on_request_and_its_words_are_marked() -> None:
    view = DraftView(text=ASKING)
    assert view.card.value == ""
    assert judged(view) is Tone.PESKY
    marked = view.card.value
    assert '<mark class="pp-bad"><span class="pp-unseen">asking for the outcome: </span>Did I get the job' in marked
    assert "What to take out" in marked
    assert "Say that you look forward to hearing from them" in marked


def test_the_marked_text_is_complete() -> None:
    """No word of a draft is lost where marks touch or overlap."""
    view = DraftView(text=ASKING)
    view.judge_button.click()
    shown = view.card.value.split('<div class="pp-marked">')[1].split("</div>")[0]
    said = "".join(piece for piece in Text(shown).said if not piece.endswith(": ") and not piece.isdigit())
    assert said == ASKING.replace("\n", "")


def test_a_draft_that_cannot_be_judged_gets_an_error_beside_the_field_and_keeps_its_text() -> None:
    view = DraftView()
    view.judge_button.click()
    assert "There’s nothing to check yet" in view.error.value
    for text in ("x" * (LONGEST + 1), "Vielen Dank für das Gespräch am Montag, ich freue mich auf Ihre Antwort."):
        view.field.value = text
        view.judge_button.click()
        assert "pp-beside" in view.error.value
        assert view.field.value == text
        assert view.card.value == ""
    view.field.value = ASKING
    view.judge_button.click()
    assert view.error.value == ""


def test_a_draft_can_be_put_together_from_parts() -> None:
    """In order and without the pushy ones, the parts make a message fit to send."""
    view = DraftView(kind=MessageKind.VOICEMAIL)
    for number in (0, 1, 2, 3, 4, 7):
        buttons(view.part_buttons)[number].click()
    assert judged(view) is Tone.PERSISTENT
    buttons(view.part_buttons)[5].click()
    assert judged(view) is Tone.PESKY
    view.clear_button.click()
    assert view.field.value == ""


def test_every_kind_of_message_has_its_own_parts_and_changing_it_keeps_the_text() -> None:
    view = DraftView(text=ASKING)
    for kind, chosen in view.kinds.items():
        chosen.click()
        assert view.kind is kind
        assert [part.description for part in buttons(view.part_buttons)] == list(message_parts()[kind])
        assert chosen.description.startswith("✓")
        assert view.field.value == ASKING


def test_nothing_typed_is_treated_as_markup() -> None:
    for nasty in (NASTY, "<script>alert(1)</script>", "\u202egnirts", "e\u0301\u0301\u0301" * 200, "\x00\x1b[31m"):
        view = DraftView(text=f"Dear {nasty}, thank you for the interview. Did I get the job? {nasty}")
        view.judge_button.click()
        assert not {"img", "script"} & set(Text(view.card.value).elements)
        assert view.notice.value == ""


class TestADraftIsJudgedInAThread:
    def test_the_page_says_so_until_the_assessment_is_there(self) -> None:
        with put_off() as later:
            view = DraftView(text=ASKING)
            view.judge_button.click()
            assert "Reading your draft…" in view.card.value
            assert view.assessment is None
            later.do_next()
            assert view.assessment is not None
            assert "Reading" not in view.card.value

    def test_of_several_drafts_only_the_last_is_shown(self) -> None:
        with put_off() as later:
            view = DraftView()
            for text in (ASKING, "I look forward to hearing from you about the baker job."):
                view.field.value = text
                view.judge_button.click()
            later.do_next()
            assert view.assessment is None
            assert "Reading your draft…" in view.card.value
            later.do_next()
            assert view.assessment is not None
            assert view.assessment.text == view.field.value

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
