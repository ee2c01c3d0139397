"""What a page shows before it is live, without a browser."""

from __future__ import annotations

from ipywidgets import HTML, Button, HBox, Layout, Text, VBox

from etiquette.host.prerender import widget_markup
from tests.views.drawn import NASTY
from tests.views.drawn import Text as Parsed


def test_a_button_says_that_it_is_not_live_yet_and_what_is_on_it_is_text() -> None:
    shown = str(widget_markup(Button(description=NASTY, layout=Layout(width="auto"))))
    assert 'aria-disabled="true" aria-describedby="soon"' in shown
    assert 'style="width: auto;"' in shown
    assert Parsed(shown).elements == ["button"]


def test_boxes_stand_in_one_another_and_keep_their_classes() -> None:
    inner = HBox([Button(description="Go on")])
    inner.add_class("pp-menu")
    shown = str(widget_markup(VBox([HTML("<p>A story</p>"), inner])))
    assert shown.startswith('<div class="lm-Widget jupyter-widgets lm-Panel widget-container widget-box widget-vbox">')
    assert "<p>A story</p>" in shown
    assert "widget-hbox pp-menu" in shown


def test_what_is_hidden_at_first_is_hidden_at_first_sight() -> None:
    assert "display: none;" in str(widget_markup(VBox(layout=Layout(display="none"))))


def test_any_other_widget_leaves_its_place_empty() -> None:
    assert str(widget_markup(Text("typed"))) == '<div class="lm-Widget jupyter-widgets"></div>'
