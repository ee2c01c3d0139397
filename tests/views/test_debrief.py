"""The debrief on the facilitator's control, the report to print, a learner's debrief and their sheet to take home."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from etiquette.judge import GUIDELINE_SENTENCES, GUIDELINE_TITLES
from etiquette.practice import Sureness, lesson_on, lessons
from etiquette.room import (
    Agenda,
    Command,
    LearnerDebrief,
    Movement,
    Play,
    Prompt,
    Revealed,
    Room,
    RoomDebrief,
    Vote,
    debrief_learner,
    debrief_room,
    decision_title,
)
from etiquette.stories import library
from etiquette.views.controls import Download
from etiquette.views.room.control.saved_files import session_files
from etiquette.views.room.debrief import MOST_SPLITS, NOTHING_MISSED, WHAT_COUNTS, room_debrief
from etiquette.views.room.drawing import answer_card, learner_debrief
from etiquette.views.room.phone.take_home import take_home_sheet
from etiquette.views.room.report import room_report
from etiquette.views.room.sentences import agreement_sentence, how_often, movement_sentence, players_sentence
from tests.conftest import People
from tests.room.builders import (
    ALONE,
    TOGETHER,
    VOTED,
    a_debrief,
    a_free_question,
    a_quiz,
    a_room,
    a_vote,
    after,
    votes_of,
)
from tests.views.drawn import NASTY, Text

DAY = date(2026, 3, 3)
PAGE = "https://workshop.example/etiquette/"


def words(markup: str) -> str:
    return " ".join(" ".join(Text(markup).said).split())


def mistaken(prompt: Prompt) -> int:
    """The index of an option that is a mistake."""
    return next(number for number in range(len(prompt.options)) if prompt.mistaken(number))


def a_free_debrief(sureness: Sureness | None) -> RoomDebrief:
    """The debrief of one of the facilitator's own questions, which three people got wrong."""
    room = a_room(Command.NEXT, *VOTED, Command.REVEAL, agenda=Agenda((a_free_question(),)))
    return debrief_room(room, votes_of(1, 0, 0, 0, sureness=sureness))


def a_judged_debrief(sureness: Sureness | None) -> RoomDebrief:
    """The debrief of a question of the quiz, which three people got wrong."""
    room = a_room(Command.NEXT, *VOTED, Command.REVEAL, agenda=Agenda((a_quiz(1),)))
    prompt = room.prompt(0)
    assert prompt
    return debrief_room(room, votes_of(1, *[mistaken(prompt)] * 3, sureness=sureness))


def everything_wrong() -> tuple[Room, list[Vote]]:
    """A session of a question, a free question and a story that one learner has played alone, all of it badly."""
    agenda = Agenda((a_quiz(1), a_free_question(), Play(library()[ALONE], together=False)))
    room = a_room(*(Command.NEXT, *VOTED, Command.REVEAL) * 3, agenda=agenda)
    asked = room.prompt(0)
    assert asked
    cast = [a_vote(1, 1, mistaken(asked)), a_vote(2, 1, 0)]
    first = Prompt.of_run(room.replay(room.stages[2], ()))
    return after(room, Command.END), [*cast, a_vote(3, 1, mistaken(first))]


def follows(room: Room, path: Sequence[int]) -> bool:
    """Whether the story of the room's first stage has this path."""
    run = room.replay(room.stages[0], ())
    for choice in path:
        if run.moment is None:
            return False
        run = run.choose(choice)
    return True


def a_learner() -> LearnerDebrief:
    return debrief_learner(*everything_wrong())


# What the facilitator alone is told


@pytest.mark.parametrize("drawn", [room_debrief, lambda found: room_report(found, "BCDFGH", DAY)])
def test_people_are_called_sure_only_if_they_said_so(drawn: object) -> None:
    assert callable(drawn)
    sure, silent = (words(drawn(a_judged_debrief(each))) for each in (Sureness.SURE, None))
    assert "felt fairly sure of it. The judge prefers" in sure
    assert "The question may be at fault." in sure
    assert "Most of the room chose" in silent
    assert "It’s worth talking about." in silent
    assert not re.search(r"felt|confident|at fault", silent)


def test_in_a_free_question_it_is_the_facilitator_who_is_contradicted() -> None:
    said = words(room_debrief(a_free_debrief(Sureness.FAIRLY_SURE)))
    assert "Most of the room chose A and felt fairly sure of it. You marked B as right." in said
    assert "The facilitator’s questions: 0 of 3 answers were right." in said
    assert "Right answer: B" in said
    report = words(room_report(a_free_debrief(None), "BCDFGH", DAY))
    assert "Not right" in report
    assert "out of 100" not in report
    assert "Guidelines missed" not in said + report
    drawn = str(room_report(a_free_debrief(None), "BCDFGH", DAY))
    assert "B · the right answer" in drawn
    assert "></span>" not in drawn


def test_what_is_worth_discussing_is_marked_for_the_facilitator_and_no_phone_says_it() -> None:
    found = a_judged_debrief(Sureness.SURE)
    assert "Worth discussing (only you see this)" in words(room_debrief(found))
    report = str(room_report(found, "BCDFGH", DAY))
    assert report.index("For the facilitator only") > report.rindex('class="decision"')
    room, cast = found.room, [vote for vote in found.votes if vote.person == 1]
    own = debrief_learner(room, cast)
    for shown in (learner_debrief(own, "h"), take_home_sheet(own, DAY, PAGE)):
        assert not re.search(r"fault|Most of the room", words(shown))
    best = found.decisions[0].prompt.best
    assert "For the facilitator" not in str(
        room_report(debrief_room(room, votes_of(1, best, best, best)), "BCDFGH", DAY)
    )


def test_each_step_of_a_path_has_date_words_verdict_and_reason_on_lines_of_their_own() -> None:
    drawn = str(room_debrief(a_debrief()))
    steps = re.findall(
        r"<li><time>[^<]+</time><p>[^<]+</p><p><span class=\"pp-badge.*?</span></p><p[^>]*>[^<]+</p></li>", drawn
    )
    assert len(steps) == drawn.count("<time>") > 0


def test_the_control_shows_the_largest_splits_of_a_story_and_the_report_has_all() -> None:
    agenda = Agenda((Play(library()[ALONE], together=False),))
    room = a_room(Command.NEXT, *VOTED, Command.REVEAL, agenda=agenda)
    paths = [path for path in product((0, 1), repeat=4) if follows(room, path)]
    cast = [a_vote(1, person, each, turn, turn) for person, path in enumerate(paths) for turn, each in enumerate(path)]
    found = debrief_room(room, cast)
    splits = len(found.alone[0].branch_points)
    assert splits > MOST_SPLITS
    shown = str(room_debrief(found, alone_only=True))
    assert shown.count('<div class="pp-split">') == MOST_SPLITS
    assert f"all {splits} points" in words(shown)
    assert str(room_report(found, "BCDFGH", DAY)).count('<svg class="bars"') == splits


def test_a_story_that_the_room_left_is_not_finished_and_has_no_grade() -> None:
    agenda = Agenda((Play(library()[TOGETHER]), a_quiz(1)))
    room = a_room(Command.NEXT, *VOTED, Command.REVEAL, Command.NEXT, Command.SKIP, Command.END, agenda=agenda)
    found = debrief_room(room, votes_of(1, 0, 0))
    assert f"{library()[TOGETHER].title}: not finished" in words(room_debrief(found))
    report = words(room_report(found, "BCDFGH", DAY))
    assert "The room didn’t finish this story." in report
    assert not re.search(r"grade|None", words(room_debrief(found)) + report)


def test_only_guidelines_that_were_missed_are_listed_with_what_counts() -> None:
    found = a_judged_debrief(None)
    (missed,) = found.missed
    for shown in (room_debrief(found), room_report(found, "BCDFGH", DAY)):
        said = words(shown)
        table = said[said.index("Guidelines missed most often") : said.index(WHAT_COUNTS)]
        assert [guideline for guideline, title in GUIDELINE_TITLES.items() if title in table] == [missed.guideline]
    best = found.decisions[0].prompt.best
    right = debrief_room(found.room, votes_of(1, best, best))
    for shown in (room_debrief(right), room_report(right, "BCDFGH", DAY)):
        assert NOTHING_MISSED in words(shown)
        assert WHAT_COUNTS not in words(shown)


def test_decisions_are_called_by_the_number_that_the_room_saw() -> None:
    agenda = Agenda((a_quiz(2), Play(library()[TOGETHER])))
    room = a_room(Command.NEXT, Command.SKIP, *VOTED, Command.REVEAL, agenda=agenda)
    room = after(room, *(Command.NEXT, *VOTED, Command.REVEAL) * 2, Command.END)
    cast = [a_vote(ballot, 1, 0) for ballot in (1, 2, 3)]
    found, own = debrief_room(room, cast), debrief_learner(room, cast)
    titles = [decision_title(each.number, each.step, each.prompt) for each in found.decisions]
    assert [title.split(":")[0] for title in titles] == ["Question 2", "3, decision 1", "3, decision 2"]
    for shown in (room_debrief(found), room_report(found, "BCDFGH", DAY), learner_debrief(own, "h")):
        assert [title for title in titles if title not in words(shown)] == []


@pytest.mark.parametrize(
    ("lengths", "said"),
    [
        ([], "Nobody played this story."),
        ([1], "One person started this story but didn’t finish it."),
        ([0], "One person started this story and finished it."),
        (
            [1, 1],
            "Two people started this story, and nobody finished it. "
            "As far as they got, they all made the same choices.",
        ),
        (
            [0, 1, 2],
            "Three people started this story, and one finished it. As far as they got, they all made the same choices.",
        ),
        ([0, 0], "Two people started this story, and everyone finished it. Everyone made the same choices."),
    ],
)
def test_where_nobodys_path_splits_it_says_how_many_finished_and_only_of_several_that_they_agreed(
    lengths: list[int], said: str
) -> None:
    """A length of 0 stands for a path to the end of the story."""
    room = a_room(Command.NEXT, *VOTED, Command.REVEAL, agenda=Agenda((Play(library()[ALONE], together=False),)))
    run = room.replay(room.stages[0], ())
    while not run.over:
        run = run.choose(0)
    paths = [run.choices[: length or None] for length in lengths]
    cast = [a_vote(1, person, each, turn, turn) for person, path in enumerate(paths) for turn, each in enumerate(path)]
    (found,) = debrief_room(room, cast).alone
    assert f"{players_sentence(found)} {agreement_sentence(found)}".strip() == said
    assert said in words(room_debrief(debrief_room(room, cast), alone_only=True))
    assert players_sentence(found) in words(room_report(debrief_room(room, cast), "BCDFGH", DAY))


@pytest.mark.parametrize(
    ("moves", "said"),
    [
        ([], "Nobody voted twice."),
        ([(1, 1)], "One person voted twice. They kept their answer."),
        ([(1, 0)], "One person voted twice. They changed their answer, to the best option."),
        ([(0, 1)], "One person voted twice. They changed their answer, away from the best option."),
        ([(1, 2)], "One person voted twice. They changed their answer, but not to the best option."),
        ([(1, 1), (0, 0)], "Two people voted twice. Nobody changed their answer."),
        ([(1, 0), (0, 0)], "Two people voted twice. One changed their answer, to the best option."),
        ([(0, 1), (0, 0)], "Two people voted twice. One changed their answer, away from the best option."),
        ([(1, 2), (0, 0)], "Two people voted twice. One changed their answer, but not to the best option."),
        ([(1, 0)] * 2, "Two people voted twice. Both changed their answer, to the best option."),
        ([(0, 1)] * 3, "Three people voted twice. Everyone changed their answer, away from the best option."),
        ([(1, 2)] * 2, "Two people voted twice. Both changed their answer, but not to the best option."),
        ([(1, 0)] * 2 + [(1, 1)], "Three people voted twice. Two changed their answer, both to the best option."),
        (
            [(0, 1)] * 3 + [(1, 1)],
            "Four people voted twice. Three changed their answer, all away from the best option.",
        ),
        (
            [(1, 0), (0, 1)],
            "Two people voted twice. Both changed their answer: one to the best option, one away from it.",
        ),
        (
            [(1, 0)] * 2 + [(1, 2)],
            "Three people voted twice. Everyone changed their answer: "
            "two to the best option, one between the other options.",
        ),
        (
            [(0, 1), (1, 2)],
            "Two people voted twice. Both changed their answer: "
            "one away from the best option, one between the other options.",
        ),
        (
            [(1, 0)] * 11 + [(0, 2)] * 2 + [(1, 2)] + [(1, 1)] * 1000,
            "1,014 people voted twice. 14 changed their answer: "
            "11 to the best option, two away from it, one between the other options.",
        ),
    ],
)
def test_how_a_room_moved_is_said_in_words(moves: list[tuple[int, int]], said: str) -> None:
    assert movement_sentence(Movement.of(moves, 3), 0) == said


@pytest.mark.parametrize(
    ("good", "total", "said"),
    [(1, 3, "once out of three"), (2, 5, "twice out of five"), (3, 12, "three times out of 12")],
)
def test_how_often_somebody_chose_well_is_said_in_words(good: int, total: int, said: str) -> None:
    assert how_often(good, total) == said


def test_an_option_of_a_free_question_has_no_credit_and_no_empty_reason() -> None:
    found = a_free_debrief(None)
    revealed = Revealed(found.decisions[0].prompt, None, None, ())
    own = debrief_learner(found.room, [vote for vote in found.votes if vote.person == 1])
    for shown in (answer_card(revealed), learner_debrief(own, "h"), take_home_sheet(own, DAY, PAGE)):
        assert "Not right" in words(shown)
        assert "out of 100" not in words(shown)
        assert not re.search(r"<p[^>]*></p>|<b></b>", str(shown))
        assert "It’s a habit." in words(shown)


# The report


def test_the_report_has_no_script_loads_nothing_and_names_nobody() -> None:
    found = a_debrief()
    page = str(room_report(found, "BCDFGH", DAY))
    elements = re.findall(r"<([a-z][a-z0-9]*)", page)
    assert not {"script", "iframe", "img", "link", "object"} & set(elements)
    assert not re.search(r"\b(src|href|srcset|style)=|url\(|@import|nick", page)
    bars = page.count('<svg class="bars"')
    assert bars == len(found.decisions) + sum(len(paths.branch_points) for paths in found.alone)
    assert elements.count("table") >= bars + 1
    assert "<title>Persistent or Pesky? Room BCD FGH, 3 March 2026</title>" in page
    assert "None" not in re.sub(r"<style>.*</style>", "", page, flags=re.S)
    assert len(page) < 200_000
    assert "Nobody voted" in str(room_report(debrief_room(a_room(), []), "BCDFGH", DAY))


def test_authors_text_is_escaped_everywhere() -> None:
    scenario = library()[TOGETHER]
    moments = tuple(
        replace(moment, scene=NASTY, choices=tuple(replace(each, says=NASTY, then=NASTY) for each in moment.choices))
        for moment in scenario.moments
    )
    spoiled = replace(scenario, title=NASTY, teaches=NASTY, story=NASTY, moments=moments)
    for together in (True, False):
        agenda = Agenda((Play(spoiled, together),))
        room = a_room(Command.NEXT, *VOTED, Command.REVEAL, agenda=agenda)
        found = debrief_room(room, votes_of(1, 0, 1, 1, 1, 1))
        own = debrief_learner(room, [a_vote(1, 1, 1)])
        for shown in (
            room_report(found, "BCDFGH", DAY),
            room_debrief(found),
            learner_debrief(own, "h"),
            take_home_sheet(own, DAY),
        ):
            assert "<img" not in shown
            assert "&lt;img src=x onerror=alert(1)&gt;" in shown


# One learner


def test_a_learner_reads_what_they_missed_the_guideline_and_the_way_to_the_lesson() -> None:
    own = a_learner()
    drawn = str(learner_debrief(own, "h"))
    said = words(drawn)
    assert len(own.mistakes) >= 2
    for guideline, answers in own.mistakes:
        if guideline:
            assert GUIDELINE_SENTENCES[guideline] in said
            assert f'href="#learn/{lesson_on(guideline).id.replace("_", "-")}"' in drawn
        for answer in answers:
            assert " ".join(answer.chosen.says.split()) in said
            assert " ".join(answer.better.says.split()) in said
    assert "There’s something to learn from every choice you made." in said


def test_a_learner_reads_in_a_line_what_they_got_right() -> None:
    agenda = Agenda((a_quiz(1), a_free_question()))
    room = a_room(*(Command.NEXT, *VOTED, Command.REVEAL) * 2, agenda=agenda)
    asked = room.prompt(0)
    assert asked
    part = debrief_learner(room, [a_vote(1, 1, asked.best), a_vote(2, 1, 0)])
    whole = debrief_learner(room, [a_vote(1, 1, asked.best), a_vote(2, 1, 1)])
    assert "You chose well once out of two: " in words(learner_debrief(part, "h"))
    assert "You chose well every time" in words(learner_debrief(whole, "h"))
    assert "What to practise" not in words(learner_debrief(whole, "h"))
    assert "You didn’t answer anything" in words(take_home_sheet(debrief_learner(room, []), DAY))


def test_the_sheet_to_take_home_says_the_same_and_links_to_the_lessons_where_it_knows_the_page() -> None:
    own = a_learner()
    linked, bare = str(take_home_sheet(own, DAY, f"{PAGE}?room=BCDFGH")), str(take_home_sheet(own, DAY))
    guideline = next(guideline for guideline, _ in own.mistakes if guideline)
    assert f'href="{PAGE}#learn/{lesson_on(guideline).id.replace("_", "-")}"' in linked
    assert "href=" not in bare
    assert "href=" not in str(take_home_sheet(own, DAY, "javascript:alert(1)"))
    for page in (linked, bare):
        assert GUIDELINE_SENTENCES[guideline] in words(page)
        assert lesson_on(guideline).title in words(page)
        assert not re.search(r"<(script|iframe|img|link)|\bsrc=|url\(|@import", page)
        for _, answers in own.mistakes:
            for answer in answers:
                assert words(answer.better.says) in words(page)
                assert words(answer.prompt.passages[-1].text).split("\n")[0][:60] in words(page)


def test_every_guideline_leads_to_its_own_lesson() -> None:
    found = [lesson_on(guideline).id for guideline in GUIDELINE_SENTENCES]
    assert sorted(found) == sorted(lessons())


# The files


def test_the_files_have_names_types_and_no_nicknames() -> None:
    files = session_files(a_debrief(), "BCDFGH", DAY)
    assert [file.name for file in files] == [
        "room-BCDFGH.html",
        "room-BCDFGH.xlsx",
        "room-BCDFGH-csv.zip",
        "room-BCDFGH.jsonl",
    ]
    for file in files:
        content = file.content.encode() if isinstance(file.content, str) else file.content
        assert b"nick" not in content
        link = Download(filename=file.name)
        link.offer(file.content, file.label, file.media_type)
        head, body = link.href.split(",")
        assert head == f"data:{file.media_type};base64"
        assert base64.b64decode(body) == content


@pytest.mark.slow
@pytest.mark.parametrize(
    "sheet", [lambda: room_report(a_debrief(), "BCDFGH", DAY), lambda: take_home_sheet(a_learner(), DAY, PAGE)]
)
@pytest.mark.parametrize("width", [320, 1280])
def test_what_is_printed_is_accessible_and_fits_phones_and_paper(
    people: People, tmp_path: Path, width: int, sheet: object
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    assert callable(sheet)
    file = tmp_path / "sheet.html"
    file.write_text(str(sheet()), encoding="utf-8")
    page = people.come(viewport={"width": width, "height": 800}).new_page()
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert Axe().run(page).response["violations"] == []
    assert len(page.pdf()) > 10_000
