"""The debrief of a room and of a learner, and its exports: CSV, JSON lines and a page to print."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from etiquette.practice import Question, Quiz, Sureness
from etiquette.room import (
    Agenda,
    BallotAnswer,
    Command,
    Person,
    Play,
    Room,
    RoomDebrief,
    Vote,
    as_csv,
    as_json_lines,
    debrief_learner,
    debrief_room,
)
from etiquette.room.exports import COLUMNS, escape_cell
from etiquette.stories import library
from etiquette.views.room.report import room_report
from tests.conftest import People
from tests.room.builders import ALONE, TOGETHER, VOTED, a_quiz, a_room, a_vote, after

PEOPLE = tuple(Person(number, f"nick{number}") for number in range(1, 8))
ONE_QUESTION = Agenda((a_quiz(1),))


def question() -> Question:
    item = ONE_QUESTION.items[0]
    assert isinstance(item, Question)
    return item


def mistake() -> int:
    """The index of an option that is a mistake."""
    return next(number for number in range(len(question().options)) if question().mistaken(number))


def votes(ballot: int, *options: int, sureness: Sureness | None = None) -> list[Vote]:
    """A vote from each person, numbered from 1."""
    return [replace(a_vote(ballot, person, option), sureness=sureness) for person, option in enumerate(options, 1)]


def voted_twice() -> Room:
    """A room that has voted twice on its question, on ballots 1 and 2, and has revealed the answers."""
    return a_room(Command.NEXT, *VOTED, *VOTED, Command.REVEAL, agenda=ONE_QUESTION)


def played_alone() -> Room:
    """A room in which each has played a story alone, on ballot 1, and the answers are revealed."""
    agenda = Agenda((Play(library()[ALONE], together=False),))
    return a_room(Command.NEXT, *VOTED, Command.REVEAL, agenda=agenda)


def path_votes(person: int, path: Sequence[int]) -> list[Vote]:
    """The votes of a person who took this path through a story played alone."""
    return [a_vote(1, person, option, turn, turn) for turn, option in enumerate(path)]


# The room


def test_a_decision_has_both_tallies_and_how_the_room_moved() -> None:
    best, other = question().best, mistake()
    found = debrief_room(voted_twice(), [*votes(1, other, other, best, other), *votes(2, best, best, best, other)])
    (decision,) = found.decisions
    assert [tally.counts[best] for tally in decision.tallies] == [1, 3]
    assert decision.shift == 50
    assert decision.movement is not None
    movement = decision.movement
    assert (movement.gained(best), movement.lost(best), movement.kept(best)) == (2, 0, 1)
    assert not decision.contested


def test_decisions_not_revealed_join_the_debrief_at_the_end_and_skipped_ones_never() -> None:
    room = a_room(Command.NEXT, *VOTED, Command.SKIP, *VOTED)
    cast = [*votes(1, 0), *votes(2, 0)]
    assert debrief_room(room, cast).decisions == ()
    decisions = debrief_room(after(room, Command.END), cast).decisions
    assert [decision.stage for decision in decisions] == [1]


def test_a_decision_is_contested_if_a_confident_majority_disagrees_with_the_judge() -> None:
    for wrong, right, sureness, contested in (
        (5, 2, Sureness.SURE, True),
        (5, 2, Sureness.GUESS, False),
        (5, 2, None, True),
        (4, 3, None, False),
        (4, 3, Sureness.FAIRLY_SURE, True),
        (2, 5, Sureness.SURE, False),
        (2, 0, Sureness.SURE, False),
        (0, 0, None, False),
    ):
        options = [mistake()] * wrong + [question().best] * right
        found = debrief_room(voted_twice(), votes(2, *options, sureness=sureness))
        assert [decision.contested for decision in found.decisions] == [contested]
        assert len(found.contested) == contested


def test_the_guideline_that_was_missed_most_comes_first() -> None:
    agenda = Agenda((Quiz.draw("missed", 6),))
    room = Room(agenda)
    cast = []
    for ballot, item in enumerate(agenda.items, start=1):
        assert isinstance(item, Question)
        room = after(room, Command.NEXT, *VOTED, Command.REVEAL)
        bad = next((each for each in range(len(item.options)) if item.mistaken(each)), item.best)
        cast += votes(ballot, bad, item.best, *[bad if item.guideline == "calling" else item.best] * 2)
    missed = debrief_room(room, cast).missed
    assert missed[0].guideline == "calling"
    assert missed[0].percent == 75
    assert sum(each.answers for each in missed) == 4 * len(agenda.items)


def test_the_rooms_path_stands_beside_the_best_one() -> None:
    agenda = Agenda((Play(library()[TOGETHER]),))
    room = a_room(Command.NEXT, *VOTED, Command.REVEAL, agenda=agenda)
    while Command.NEXT in room.allowed:
        room = after(room, Command.NEXT, *VOTED, Command.REVEAL)
    (path,) = debrief_room(room, []).together
    assert path.run.over
    assert path.run.choices == tuple(stage.choice for stage in room.stages)
    assert path.best.standing >= path.run.standing
    assert 0 <= path.grade <= 100


def test_branch_points_are_counted_without_names() -> None:
    room = played_alone()
    chosen = ((0, 0), (0, 1), (1,))
    cast = [vote for person, path in enumerate(chosen, 1) for vote in path_votes(person, path)]
    (paths,) = debrief_room(room, cast, PEOPLE).alone
    assert paths.players == 3
    assert [(each.choices, each.tally.counts[:2]) for each in paths.branch_points] == [((), (2, 1)), ((0,), (1, 1))]


def test_votes_that_were_reset_are_not_counted() -> None:
    room = a_room(Command.NEXT, Command.OPEN, Command.RESET, *VOTED, Command.REVEAL, agenda=ONE_QUESTION)
    found = debrief_room(room, [*votes(1, 0, 0), *votes(2, 1)])
    assert found.decisions[0].tallies[0].total == 1
    assert len(found.votes) == 1


# One learner


def test_a_learner_has_their_answers_and_what_to_practise() -> None:
    best, other = question().best, mistake()
    found = debrief_learner(voted_twice(), [replace(a_vote(1, 3, other), sureness=Sureness.SURE), a_vote(2, 3, other)])
    (decision,) = found.decisions
    assert decision.answers == (BallotAnswer(other, Sureness.SURE), BallotAnswer(other))
    assert [topic.guideline for topic in found.practise] == [question().options[other].assessment.guideline]
    assert debrief_learner(voted_twice(), [a_vote(1, 3, other), a_vote(2, 3, best)]).practise == ()


def test_a_learner_who_left_early_keeps_their_decisions_and_one_who_never_voted_has_none() -> None:
    assert debrief_learner(voted_twice(), []).decisions == ()
    (decision,) = debrief_learner(voted_twice(), [a_vote(1, 3, 0)]).decisions
    assert decision.answers == (BallotAnswer(0), None)
    assert decision.last == BallotAnswer(0)
    before_the_reveal = a_room(Command.NEXT, *VOTED, agenda=ONE_QUESTION)
    assert debrief_learner(before_the_reveal, [a_vote(1, 3, mistake())]).decisions == ()


def test_a_learners_own_story_is_graded_when_it_is_over() -> None:
    room = played_alone()
    run = room.replay(room.stages[0], ())
    while not run.over:
        run = run.choose(0)
    cast = path_votes(1, run.choices)
    (whole,), (part,) = debrief_learner(room, cast).paths, debrief_learner(room, cast[:1]).paths
    assert whole.run == run
    assert whole.grade is not None
    assert part.grade is None


# Exports


def a_debrief() -> RoomDebrief:
    """The debrief of a session with every kind of item."""
    room = a_room(Command.NEXT, *VOTED, Command.SHOW, *VOTED, Command.REVEAL)
    room = after(room, Command.NEXT, *VOTED, Command.REVEAL, Command.NEXT, Command.SKIP)
    while room.stages[room.current].item < 4:
        room = after(room, *VOTED, Command.REVEAL, Command.NEXT)
    room = after(room, *VOTED, Command.REVEAL, Command.END)
    cast = [a_vote(ballot, person, 0, ballot) for ballot in sorted(room.ballots) for person in (1, 2, 3)]
    alone = room.stages[-1].ballots[0]
    cast += [a_vote(alone, 1, 0, 90, 1)]
    cast[-2] = a_vote(alone, 3, 1, 80)
    return debrief_room(room, cast, PEOPLE[:3])


def test_the_csv_has_a_row_for_each_option_and_can_be_read_back() -> None:
    found = a_debrief()
    text = as_csv(found)
    assert text.startswith("\ufeff")
    assert text.count("\r\n") == text.count("\n")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == sum(len(decision.prompt.options) for decision in found.decisions)
    first = rows[: len(found.decisions[0].prompt.options)]
    assert sum(int(row["first_votes"]) for row in first) == found.decisions[0].tallies[0].total
    assert [row["best"] for row in first].count("yes") == 1


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =cmd|' /C calc'!A0", "＝1"])
def test_a_cell_that_a_spreadsheet_would_calculate_begins_with_an_apostrophe(text: str) -> None:
    assert escape_cell(text).startswith("'")
    assert escape_cell('plain, "quoted"\nlines') == 'plain, "quoted" lines'


def test_the_json_lines_have_a_statement_for_each_vote_and_no_nicknames() -> None:
    found = a_debrief()
    text = as_json_lines(found, "BCDFGH")
    statements = [json.loads(line) for line in text.splitlines()]
    assert len(statements) == len(found.votes)
    assert len({each["id"] for each in statements}) == len(statements)
    assert "nick" not in text
    for each, vote in zip(statements, found.votes, strict=True):
        assert each["actor"]["account"] == {"homePage": "http://localhost/", "name": f"BCDFGH-{vote.person}"}
        assert each["verb"]["id"].endswith("/answered")
        assert each["result"]["response"] == str(vote.option + 1)
        assert each["result"]["response"] in [choice["id"] for choice in each["object"]["definition"]["choices"]]
        best = each["object"]["definition"]["correctResponsesPattern"]
        assert each["result"]["success"] == (best == [each["result"]["response"]])
        assert datetime.fromisoformat(each["timestamp"]) == vote.at
    assert as_json_lines(found, "BCDFGH") == text


def test_the_json_lines_have_nicknames_on_request_except_hidden_ones() -> None:
    people = (Person(1, "Ann"), Person(2, "Ben", hidden=True), Person(3))
    text = as_json_lines(replace(a_debrief(), people=people), "BCDFGH", nicknames=True)
    actors = [json.loads(line)["actor"] for line in text.splitlines()]
    assert [actor.get("name") for actor in actors[:3]] == ["Ann", None, None]


def test_the_page_has_no_script_loads_nothing_and_names_nobody() -> None:
    found = a_debrief()
    page = str(room_report(found, date(2026, 3, 3)))
    elements = re.findall(r"<([a-z][a-z0-9]*)", page)
    assert not {"script", "iframe", "img", "link", "object"} & set(elements)
    assert not re.search(r"\b(src|href|srcset|style)=|url\(|@import|nick", page)
    assert elements.count("svg") == len(found.decisions) + sum(len(paths.branch_points) for paths in found.alone)
    assert elements.count("table") >= elements.count("svg") + 1
    assert "3 March 2026" in page
    assert "None" not in re.sub(r"<style>.*</style>", "", page, flags=re.S)
    assert len(page) < 200_000
    assert "Nobody voted" in str(room_report(debrief_room(a_room(), []), date(2026, 3, 3)))


def test_authors_text_is_escaped_on_the_page() -> None:
    bad = "<img src=x onerror=alert(1)>{0}"
    scenario = library()[TOGETHER]
    moments = tuple(
        replace(moment, scene=bad, choices=tuple(replace(choice, says=bad, then=bad) for choice in moment.choices))
        for moment in scenario.moments
    )
    spoiled = replace(scenario, title=bad, teaches=bad, story=bad, moments=moments)
    for together in (True, False):
        agenda = Agenda((Play(spoiled, together),))
        room = a_room(Command.NEXT, *VOTED, Command.REVEAL, agenda=agenda)
        found = debrief_room(room, votes(1, 0, 1))
        page = str(room_report(found, date(2026, 3, 3)))
        assert "<img" not in page
        assert page.count("&lt;img src=x onerror=alert(1)&gt;{0}") > 3


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_is_accessible_fits_phones_and_projectors_and_can_be_printed(
    people: People, tmp_path: Path, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    file = tmp_path / "debrief.html"
    file.write_text(str(room_report(a_debrief(), date(2026, 3, 3))), encoding="utf-8")
    page = people.come(viewport={"width": width, "height": 800}).new_page()
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert Axe().run(page).response["violations"] == []
    assert len(page.pdf()) > 10_000
