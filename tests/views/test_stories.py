"""Stories, without a browser: what they show after each click, and that they escape every text."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from etiquette import Kind
from etiquette.judge import Verdict
from etiquette.practice import StoryPoint
from etiquette.stories import Run, Scenario, best_path, library
from etiquette.views import App, Player, play
from etiquette.views.controls import Notice, button, feedback, timeline
from etiquette.views.stories import Chooser
from etiquette.views.stories.debrief import debrief
from etiquette.views.stories.meter import meter, standing_lost
from tests.builders import a_situation, sent
from tests.views.drawn import NASTY, Text, buttons, choose

LIBRARY = library()
QUIET_WEEK = LIBRARY["the-quiet-week"]


def test_a_choice_is_judged_and_its_feedback_shown() -> None:
    player = Player(QUIET_WEEK)
    assert len(buttons(player.choices)) == 3
    choose(player, "Send Mr Outram two lines")
    assert player.run.decisions[-1].assessment.verdict is Verdict.PESKY
    assert player.run.standing == 30
    assert "Pesky" in player.card.value
    assert "Give them until Tuesday 10 March at 11:00" in player.card.value
    assert "0 out of 100 credit · standing 60 → 30" in "".join(Text(player.card.value).said)
    assert player.choices.layout.display == "none"
    player.onward.click()
    assert "Friday lunch" in player.board.value
    assert player.card.value == ""
    assert player.choices.layout.display == ""


def test_a_finished_story_shows_its_debrief_and_its_grade_is_recorded() -> None:
    player = Player(QUIET_WEEK)
    for choice in (
        "Put the phone in",
        "Leave it until",
        "Thank Mr Outram for",
        "Put the phone away",
        "Call the bakery",
        "Say who",
    ):
        choose(player, choice)
        player.onward.click()
    assert player.progress_store.progress.best == {"the-quiet-week": 100}
    for shown in ("How it ends", "100 out of 100", "The best path"):
        assert shown in "".join(Text(player.card.value).said)
    assert player.end_actions.layout.display == ""


def test_what_is_seen_has_been_kept() -> None:
    """Otherwise a learner who reloads the page on seeing it would be thrown back."""
    happened: list[str] = []
    player = Player(QUIET_WEEK)
    player.progress_store.observe(lambda _: happened.append(f"kept {len(player.run.decisions)}"), "items")
    player.card.observe(lambda change: happened.append("shown" if change.new else "cleared"), "value")
    choose(player, "Put the phone in")
    player.onward.click()
    choose(player, "Leave it until")
    assert happened == ["kept 1", "shown", "kept 1", "cleared", "kept 2", "shown"]


@pytest.mark.parametrize("choices", [(1,), (1, 2, 2, 2)])
def test_feedback_that_has_not_been_read_is_shown_again(choices: tuple[int, ...]) -> None:
    """Be it on the last choice of the story."""
    run = Run.start(QUIET_WEEK)
    for number in choices:
        run = run.choose(number)
    player = Player(QUIET_WEEK)
    player.resume(StoryPoint(run, unread=True))
    assert (player.run, player.showing) == (run, "feedback")
    assert run.decisions[-1].assessment.reason in Text(player.card.value).said
    player.onward.click()
    assert player.showing == ("debrief" if run.over else "moment")


def test_the_debrief_says_what_was_still_owed() -> None:
    """It costs nothing more by then; and a step that was only allowed is not mentioned."""
    names = LIBRARY["three-names-by-monday"]
    kept, quiet = Run.start(names).choose(0).choose(0).choose(1), Run.start(QUIET_WEEK)
    for number in (1, 2, 2, 2):
        quiet = quiet.choose(number)
    assert "You still owed them the references they asked for." in Text(debrief(kept, best_path(names), "h")).said
    assert "owed" not in " ".join(Text(debrief(quiet, best_path(QUIET_WEEK), "h")).said)


def test_another_attempt_has_its_choices_in_another_order() -> None:
    player = Player(QUIET_WEEK)
    orders = []
    for attempt in range(6):
        player.resume(StoryPoint(Run.start(QUIET_WEEK), attempt))
        orders.append([choice.description for choice in buttons(player.choices)])
    assert len({tuple(order) for order in orders}) > 1
    assert all(sorted(order) == sorted(orders[0]) for order in orders)


def test_the_page_shows_the_best_grade_of_each_scenario() -> None:
    app = App()
    app.play(QUIET_WEEK)
    assert app.player is not None
    for choice in ("Send Mr Outram two lines", "Leave it until", "Thank Mr Outram for"):
        choose(app.player, choice)
        app.player.onward.click()
    assert app.progress.best == {"the-quiet-week": 0}
    assert app.progress.attempts == {"the-quiet-week": 1}
    assert "has heard from you too often" in app.player.card.value
    app.back.click()
    (chooser,) = app.stage.children
    assert isinstance(chooser, Chooser)
    assert "best grade 0" in chooser.list.value


def test_the_debrief_leads_to_the_next_scenario_and_the_last_one_to_the_first() -> None:
    app = App()
    app.play(QUIET_WEEK)
    assert app.player is not None
    for _ in range(len(LIBRARY)):
        app.play_next()
    assert app.player.scenario is app.scenarios["the-quiet-week"]
    assert app.player.end_actions.children[0].description == "Next story"
    assert app.player.end_actions.layout.display == "none"


def test_an_exception_in_a_click_is_logged_and_the_learner_gets_an_apology(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise RuntimeError("a fault")

    notice = Notice()
    clicked = button(notice, fail, description="Go")
    with caplog.at_level(logging.ERROR, logger="etiquette"):
        clicked.click()
    assert "Something went wrong here. Your answers so far are safe" in notice.value
    assert "a fault" in caplog.text


def test_a_tap_on_a_moment_that_has_gone_is_not_taken_for_a_choice_at_the_next() -> None:
    """It may come after a break of the network, while another page has gone on. It is said in a sentence."""
    player = Player(QUIET_WEEK)
    first = player.choices.state
    player.choices.click("0")
    player.onward.click()
    player.choices.click("1", first)
    assert len(player.run.decisions) == 1
    assert "already moved on, so that choice wasn’t taken" in player.notice.value


def test_a_second_tap_on_a_choice_counts_once() -> None:
    """Both taps may be sent before the choices are hidden."""
    player = Player(QUIET_WEEK)
    first = buttons(player.choices)[0]
    first.click()
    first.click()
    assert len(player.run.decisions) == 1
    assert player.notice.value == ""
    player.onward.click()
    player.onward.click()
    assert len(player.run.decisions) == 1


def test_nothing_in_a_scenario_is_treated_as_markup() -> None:
    """Every text of a scenario is escaped wherever it is shown."""
    moments = tuple(
        replace(
            moment,
            scene=NASTY,
            choices=tuple(replace(choice, says=NASTY, then=NASTY, because=NASTY) for choice in moment.choices),
        )
        for moment in QUIET_WEEK.moments
    )
    endings = tuple(replace(ending, tells=NASTY) for ending in QUIET_WEEK.endings)
    names = dict.fromkeys(("title", "teaches", "candidate", "job", "employer", "story"), NASTY)
    nasty = replace(QUIET_WEEK, moments=moments, endings=endings, **names)  # type: ignore[arg-type]

    player = Player(nasty)
    drawn = [player.board.value]
    while not player.run.over:
        buttons(player.choices)[0].click()
        drawn.append(player.card.value)
        player.onward.click()
        drawn += [player.board.value, player.card.value]
    drawn.append(player.heading.value)
    escaped = [markup for markup in drawn if NASTY in "".join(Text(markup).said)]
    assert len(escaped) == 2 * len(player.run.decisions) + 2
    assert not any("img" in Text(markup).elements for markup in drawn)


@pytest.mark.parametrize("scenario", LIBRARY.values(), ids=lambda scenario: scenario.id)
def test_the_best_path_of_every_scenario_can_be_drawn(scenario: Scenario) -> None:
    best = best_path(scenario)
    run = best.run
    for decision in run.decisions:
        card = Text(feedback(decision, 60, run.policy, "heading")).said
        assert decision.assessment.reason in card
    drawn = Text(debrief(run, best, "heading"))
    assert scenario.teaches in drawn.said
    assert Text(timeline(run.situation)).elements.count("li") >= 2


def test_feedback_names_the_better_choice_and_where_the_article_leaves_a_question_open() -> None:
    decision = Run.start(QUIET_WEEK).choose(2).decisions[-1]
    said = " ".join(Text(feedback(decision, 60, Run.start(QUIET_WEEK).policy, "heading")).said)
    assert "A better choice" in said
    assert "Put the phone in a drawer" in said
    assert "The article doesn’t mention social media." in said


def test_the_meter_has_a_text_alternative() -> None:
    run = Run.start(QUIET_WEEK)
    assert 'aria-label="Standing 60 out of 100. You have lost nothing so far."' in meter(run)
    nagged = run.choose(0)
    assert standing_lost(nagged, Verdict.PESKY) == 30
    assert "Standing 30 out of 100. You have lost 30 to pesky steps and 0 to passive ones." in meter(nagged)


def test_the_timeline_is_to_scale() -> None:
    """Half the time takes up half the line, however long it is."""
    drawn = timeline(a_situation(200, sent(Kind.THANK_YOU_EMAIL, 50), sent(Kind.CALL, 100), promised=400))
    places = [float(part.split('x="')[1].split("%")[0]) for part in drawn.split('class="pp-mark')[1:]]
    interview, first, second = places
    assert second - interview == pytest.approx(2 * (first - interview), abs=0.02)
    assert "The date they gave you" in drawn


def test_the_timeline_tells_the_time_by_the_clock_while_that_matters() -> None:
    """Of months ago nobody needs the hour; what happened within three days has it beside its mark."""
    clock_times = [line.split(">")[1] for line in timeline(a_situation(47, sent(Kind.CALL, 20))).split("pp-clock")[1:]]
    assert clock_times == ["06:00</text", "10:00</text"]
    long_ago = timeline(a_situation(1000, sent(Kind.CALL, 20), sent(Kind.THANK_YOU_EMAIL, 995)))
    assert long_ago.count("pp-clock") == 1
    assert "now, Tue 02:00" in long_ago


def test_clock_times_on_the_timeline_cover_nothing() -> None:
    """Where marks are too close together, the list below the line has the times alone."""
    crowded = a_situation(20, *(sent(Kind.CALL_AGAIN, 10 + number / 10) for number in range(20)))
    assert 1 <= timeline(crowded).count("pp-clock") < 8


def test_a_timeline_needs_the_date_of_the_interview() -> None:
    with pytest.raises(ValueError, match="when the interview was"):
        timeline(a_situation(5, interview=None))


def test_play_shows_a_scenario_from_the_library() -> None:
    assert play("the-quiet-week").scenario is QUIET_WEEK
    with pytest.raises(KeyError):
        play("no-such-story")
