"""The still copy that a notebook stores beside each view, for readers who can't have the view itself."""

from __future__ import annotations

from ipywidgets import HTML, Button, Text, VBox

from etiquette.views import boundary, compose, play
from etiquette.views.controls import View, four_verdicts, text_field
from etiquette.views.controls.still import HOW_TO_BEGIN, still_copy
from tests.views import drawn
from tests.views.test_plan import TYPED, planned


def copy_of(view: View) -> str:
    """The copy of a view, without its style."""
    return still_copy(view.copied_parts(), "a-name").partition("</style>")[2]


def test_it_has_the_story_and_its_choices_as_buttons_that_do_nothing() -> None:
    player = play("the-quiet-week")
    copy = copy_of(player)
    assert "flour on one shoe" in copy
    for choice in drawn.buttons(player.choices):
        assert f'<p><button type="button" style="color: #777" disabled>{choice.description}</button></p>' in copy
    assert copy.startswith(f'<div class="pp-still pp-still-a-name"><p><em>{HOW_TO_BEGIN}</em></p>')


def test_what_cannot_be_used_does_not_say_how_to_use_it() -> None:
    copy = copy_of(four_verdicts())
    assert "Pesky" in copy
    assert HOW_TO_BEGIN not in copy


def test_it_is_what_a_screen_reader_tells() -> None:
    """A sanitizer would take a drawing apart and leave the words in it."""
    copy = copy_of(boundary("calling"))
    assert "<svg" not in copy
    assert "<p>Credit over time: pesky from at once" in copy


def test_nothing_in_it_can_be_hidden_followed_or_styled() -> None:
    page = VBox(
        [
            HTML('<nav><a href="#learn">Learn</a></nav><p class="pp-muted" data-id="x">A <a href="#home">link</a></p>'),
            HTML('<style>p { color: red; }</style><a href="https://example.org/">elsewhere</a><br>'),
            HTML("hidden", layout={"display": "none"}),
        ]
    )
    expected = '<div class="pp-still pp-still-a-name"><p>A <a>link</a></p><a href="https://example.org/">elsewhere</a><br></div>'
    assert still_copy([page], "a-name").endswith(expected)


def test_what_people_typed_stays_text_or_is_left_out() -> None:
    field = text_field("The job")
    field.text = "payroll clerk"
    typed = VBox([HTML("&lt;b&gt;"), Button(description=drawn.NASTY), field, Text("secret", description="Name")])
    copy = still_copy([typed], "a-name")
    assert "img" not in drawn.Text(copy).elements
    assert "&lt;b&gt;" in copy
    assert "payroll clerk" not in copy
    assert "secret" not in copy


def test_the_copy_of_ones_own_plan_or_draft_tells_nothing_of_it() -> None:
    """The notebook may be passed on."""
    view = planned()
    assert view.plan is not None
    copy = copy_of(view)
    assert "When was it?" in copy or "Make my plan" in copy
    assert TYPED.employer not in copy
    assert "March" not in copy
    draft = compose("voicemail", "my private words")
    draft.judge()
    assert "my private words" in draft.card.value
    for shown in (draft, View([draft], root=False), View([view])):
        assert "private" not in copy_of(shown)
        assert TYPED.employer not in copy_of(shown)


def test_a_plain_console_shows_the_name_of_a_view_instead_of_all_that_is_in_it() -> None:
    assert repr(play("the-quiet-week")) == "Player()"
