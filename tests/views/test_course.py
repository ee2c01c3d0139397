"""The course without a browser: boundaries, lessons, the doors of the page, and where it begins."""

from __future__ import annotations

import ast
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from ipywidgets import VBox
from ipywidgets.widgets.widget import _instances

from etiquette import ARTICLE
from etiquette.files import notebooks
from etiquette.judge import BOUNDARIES, Boundary, Verdict, policies, verdict_segments
from etiquette.practice import Judged, Learned, Played, Progress, Topic, lessons
from etiquette.practice.lessons import LESSON_ORDER
from etiquette.stories import library
from etiquette.views import App, boundary, environment, finish
from etiquette.views.controls import Announcer, ProgressStore
from etiquette.views.page.lesson import LessonView
from etiquette.views.page.progress_view import ProgressView
from etiquette.views.stories import Chooser
from etiquette.views.stories.chooser import GUIDELINES, LENGTHS
from tests.builders import days, hours
from tests.views.drawn import Text, buttons
from tests.views.put_off import put_off

FORBIDDEN_NODES = (ast.FunctionDef, ast.Lambda, ast.For, ast.While, ast.ClassDef, ast.comprehension)
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def verdicts(boundary: Boundary, policy: str = "article") -> list[tuple[str, float]]:
    """Each verdict along the boundary, with the hours from which it holds."""
    return [
        (stretch.verdict.value, boundary.time_at(stretch.first) / hours(1))
        for stretch in verdict_segments(boundary, policies()[policy])
    ]


def test_each_boundary_is_where_its_guideline_and_its_policy_put_it() -> None:
    """The last one begins on a Tuesday at eleven: after two days, a call is right until five and again on Friday."""
    assert verdicts(BOUNDARIES["references"]) == [("persistent", 0), ("passive", 51)]
    assert verdicts(BOUNDARIES["thank-you"]) == [("pesky", 0), ("persistent", 168)]
    by_day = [("persistent", 48), ("pesky", 54), ("persistent", 70), ("pesky", 78)]
    assert verdicts(BOUNDARIES["calling"]) == [("pesky", 0), *by_day]
    assert verdicts(BOUNDARIES["thank-you"], "thanks-within-a-day")[0][0] == "persistent"


@pytest.mark.parametrize("name", BOUNDARIES)
def test_the_chart_the_card_and_the_judge_agree_at_every_step(name: str) -> None:
    view = boundary(name)
    for position in range(view.boundary.steps + 1):
        view.slide.value = position
        assessment = view.boundary.assess(position, ARTICLE)
        assert f"{assessment.verdict}, credit {assessment.credit}" in view.slide.means
        assert assessment.reason in Text(view.card.value).said
        assert f'aria-label="Credit over time: {view.boundary.assess(0).verdict} from at once' in view.picture.value


def test_the_buttons_move_one_step_and_stop_at_the_ends() -> None:
    view = boundary("calling")
    view.earlier.click()
    assert view.slide.value == 0
    view.later.click()
    assert view.slide.value == 1
    view.slide.value = view.boundary.steps
    view.later.click()
    assert view.slide.value == view.boundary.steps


def test_lessons_are_read_completely_from_their_notebooks() -> None:
    assert tuple(lessons()) == LESSON_ORDER
    for name, lesson in lessons().items():
        notebook = json.loads((notebooks() / f"{name}.ipynb").read_text(encoding="utf-8"))
        assert [cell.source for cell in lesson.cells] == ["".join(cell["source"]) for cell in notebook["cells"]]
        assert sum(bool(cell.output) for cell in lesson.cells) == (name != "start")


@pytest.mark.parametrize("path", sorted(notebooks().glob("*.ipynb")), ids=lambda path: path.stem)
def test_every_notebook_is_a_lesson_and_not_a_program(path: Path) -> None:
    """It has at most twelve cells, and no callbacks, loops, definitions or prose about running cells."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert len(notebook["cells"]) <= 12
    assert notebook["cells"][0]["source"][0].startswith("# ")
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            assert not any(isinstance(node, FORBIDDEN_NODES) for node in ast.walk(ast.parse(source)))
            assert bool(cell["outputs"]) == ("keep_output" in cell["metadata"].get("tags", ()))
        else:
            assert "run the cell" not in source.lower()


def a_page(progress: Progress | None = None) -> App:
    """The page on a Monday, for a learner with this progress."""
    app = App(progress_store=ProgressStore(), clock=lambda: MONDAY)
    app.progress_store.keep(progress or Progress())
    return app


def links(markup: str) -> dict[str, str]:
    """The addresses that some HTML links to, with the links' texts."""
    return dict(re.findall(r'href="#([^"]*)"[^>]*>([^<]+)<', markup))


class TestDoors:
    """Each part of the page has an address."""

    def test_four_doors_lead_to_every_part_and_each_part_is_made_once(self) -> None:
        """Only a workshop's projector has no door."""
        app = a_page()
        doors = links(app.navigation.value)
        assert list(doors.values()) == ["Learn", "Practise", "My interview", "Workshop"]
        inside = set[str]()
        for door in doors:
            app.go(door)
            inside |= links(app.navigation.value).keys()
        behind_doors = app.addresses.keys() - {"projector"}
        assert inside == behind_doors | doors.keys()
        for address in inside:
            app.go(address)
        parts = dict(app.parts)
        for address in inside:
            app.go(address)
        assert (app.parts, app.notice.value) == (parts, "")
        assert parts.keys() == behind_doors

    @pytest.mark.parametrize("address", ["practise/quiz", "my-interview/draft", "learn/calling", "workshop"])
    def test_an_address_opens_its_part_and_is_marked_as_the_current_one(self, address: str) -> None:
        app = a_page()
        app.address_bar.set_state({"address": address})
        assert app.stage.children == (app.parts[address],)
        current = re.findall(r'href="#([^"]*)" aria-current', app.navigation.value)
        assert current == list(dict.fromkeys([address.partition("/")[0], address]))

    @pytest.mark.parametrize(
        ("address", "shown"),
        [
            ("learn", "learn/start"),
            ("learn/no-such-lesson", "learn/start"),
            ("practise", "practise/stories"),
            ("practise/stories/no-such-story", "practise/stories"),
            ("practise/review/questions", "practise/review"),
            ("my-interview", "my-interview/plan"),
            ("Learn/Thank_You/", "learn/thank-you"),
            ("workshop/NO-SUCH-ROOM", "workshop"),
        ],
    )
    def test_an_address_that_names_no_part_opens_the_nearest_one(self, address: str, shown: str) -> None:
        app = a_page()
        app.go(address)
        assert app.stage.children == (app.parts[shown],)

    @pytest.mark.parametrize("address", ["", "nonsense", "nonsense/quiz", "%", "<b>"])
    def test_all_other_addresses_are_at_the_beginning(self, address: str) -> None:
        app = a_page()
        app.go("practise/quiz")
        app.address_bar.set_state({"address": address})
        assert app.stage.children == (app.home,)
        assert "aria-current" not in app.navigation.value

    @pytest.mark.parametrize(
        ("address", "title"),
        [("practise/quiz", "Quiz"), ("practise/stories/The-quiet-week", "The quiet week"), ("nonsense", "")],
    )
    def test_the_title_of_the_page_names_what_is_shown(self, address: str, title: str) -> None:
        app = a_page()
        app.go("learn")
        app.go(address)
        assert app.address_bar.title == title

    def test_what_is_opened_by_a_button_has_its_address_too(self) -> None:
        app = a_page()
        app.home.go.click()
        assert app.address_bar.address == "practise/stories/the-quiet-week"
        app.back.click()
        assert app.address_bar.address == "practise/stories"

    def test_going_back_to_a_story_finds_it_where_it_was_left(self) -> None:
        app = a_page()
        app.go("practise/stories/the-quiet-week")
        assert app.player is not None
        buttons(app.player.choices)[0].click()
        run = app.player.run
        app.go("learn")
        app.go("practise/stories/the-quiet-week")
        assert (app.player.run, app.player.showing) == (run, "feedback")
        app.go("practise/stories/two-names")
        app.go("practise/stories/the-quiet-week")
        assert app.player.run == run
        app.player.again.click()
        assert (app.player.run.decisions, app.unfinished) == ((), None)

    def test_a_link_to_a_room_fills_in_its_code(self) -> None:
        app = a_page()
        app.go("workshop/bcd-fgh")
        assert app.learner is not None
        assert app.learner.form.code.text.replace(" ", "") == "BCDFGH"

    def test_an_invitation_opens_its_room_unless_the_address_leads_elsewhere(self) -> None:
        for address, there in (("", "workshop/BCDFGH"), ("learn/calling", "learn/calling")):
            app = a_page()
            app.progress_store.invited_room = "BCDFGH"
            app.address_bar.set_state({"address": address, "known": True})
            assert app.address_bar.address == there


class TestHome:
    """Where a visit begins."""

    def test_a_first_visit_is_welcomed_with_the_four_verdicts_and_one_story(self) -> None:
        app = a_page()
        assert app.stage.children == (app.home,)
        assert "Welcome</h2>" in app.home.top.value
        assert {verdict.capitalize() for verdict in Verdict} <= set(Text(app.home.below.value).said)
        assert app.home.go.description == "Start with a story: “The quiet week”, 4 minutes"

    def test_a_return_is_offered_the_next_step_and_told_what_is_due(self) -> None:
        missed = Judged(MONDAY - days(2), "calling", "call", right=False)
        app = a_page(Progress().after(missed))
        assert "Welcome back" in app.home.top.value
        assert Text(app.home.below.value).said[:2] == ["Due for review", "a call"]
        app.home.go.click()
        assert app.address_bar.address == "practise/review/questions"
        app.go("practise/review")
        assert app.stage.children == (app.parts["practise/review"],)

    def test_once_the_progress_is_deleted_it_is_a_first_visit_again(self) -> None:
        app = a_page(Progress().after(Learned(MONDAY, "start")))
        app.progress_store.forget(MONDAY)
        assert "Welcome</h2>" in app.home.top.value


class TestStoryList:
    """All stories, and a recommendation."""

    @staticmethod
    def chooser(progress: Progress | None = None) -> Chooser:
        return Chooser(library(), Announcer(), progress or Progress())

    def test_each_story_has_a_link_and_says_how_long_it_takes_and_what_it_practises(self) -> None:
        drawn = self.chooser().list.value
        assert links(drawn) == {f"practise/stories/{name}": story.title for name, story in library().items()}
        for story in library().values():
            assert f"{story.minutes} minutes · practises" in drawn

    @pytest.mark.parametrize("guideline", GUIDELINES)
    @pytest.mark.parametrize("length", LENGTHS)
    def test_filters_leave_the_stories_that_fit_and_announce_their_number(self, guideline: str, length: str) -> None:
        chooser, told = self.chooser(), list[str]()
        chooser.announcer.say = told.append  # type: ignore[method-assign,assignment]
        for label in (guideline, length):
            chooser.filters[label].click()
        fitting = [
            story.title
            for story in library().values()
            if GUIDELINES[guideline] in ("", *story.practises) and LENGTHS[length](story.minutes)
        ]
        assert list(links(chooser.list.value).values()) == fitting
        assert told[-1] == ("1 story." if len(fitting) == 1 else f"{len(fitting)} stories.")
        chosen = [label for label, shown in chooser.filters.items() if shown.description.startswith("✓")]
        assert chosen == [guideline, length]

    def test_it_begins_with_a_recommendation(self) -> None:
        """Somebody new begins at the beginning; after that, with what was missed, and at last with the weakest."""
        assert Text(self.chooser().top.value).said[-2:] == [" ", "The quiet week"]
        assert "Start here" in self.chooser().top.value
        names = list(library())
        missed = Judged(MONDAY, "references", "send_references", right=False)
        played = Progress().after(Played(MONDAY, names[0], 90), missed)
        following = self.chooser(played).top.value
        assert "Next for you" in following
        assert library()[next(iter(links(following))).rpartition("/")[2]].practises.count("references")
        everything = Progress().after(*(Played(MONDAY, name, 40 if name == names[3] else 90) for name in names))
        assert links(self.chooser(everything).top.value) == {f"practise/stories/{names[3]}": library()[names[3]].title}


def test_a_finished_lesson_is_recorded_and_the_next_one_suggested() -> None:
    end, store = finish("references"), environment().progress_store
    page, other = (LessonView(lessons()[name], store, Announcer(), "#") for name in ("references", "calling"))
    assert (end.done.layout.display, page.onward.layout.display) == ("", "none")
    end.done.click()
    assert store.progress.lessons == {"references"}
    assert store.progress.next_step(MONDAY, library(), LESSON_ORDER[1:]).name == "thank_you"
    assert (end.done.layout.display, page.onward.layout.display, other.onward.layout.display) == ("none", "", "none")


def test_a_lesson_is_readable_at_once_and_its_cells_follow_one_by_one() -> None:
    """So that opening it keeps nobody waiting, neither its reader nor the others on this server."""
    lesson = lessons()["references"]
    with put_off() as later:
        view = LessonView(lesson, ProgressStore(), Announcer())
        boxes = [child for child in view.children if isinstance(child, VBox)]
        assert len(boxes) == sum(cell.code for cell in lesson.cells)
        assert not any(box.children for box in boxes)
        later.do_next()
        assert [bool(box.children) for box in boxes[:2]] == [True, False]
        while later.work:
            later.do_next()
        assert all(box.children for box in boxes)


def test_a_lesson_that_was_closed_runs_no_more_cells() -> None:
    with put_off() as later:
        view = LessonView(lessons()["references"], ProgressStore(), Announcer())
        view.close()
        before = len(_instances)
        later.do_next()
        assert len(_instances) == before
        assert later.work == []


MANY = Progress(frozenset(Learned(MONDAY - hours(number), "start") for number in range(1000)))


@pytest.mark.parametrize("close", [False, True], ids=["open", "closed"])
def test_a_file_of_progress_is_read_in_a_thread_and_added_unless_its_view_was_closed(close: bool) -> None:
    with put_off() as later:
        view = ProgressView(ProgressStore(), {}, Announcer(), lambda step: None, {}, clock=lambda: MONDAY)
        view.upload.on_file(MANY.to_json())
        assert "Reading your file…" in view.answer.value
        assert view.progress_store.progress == Progress()
        if close:
            view.close()
        later.do_next()
        assert ("Loaded 1000 new entries" in view.answer.value) == (not close)
        assert view.progress_store.progress == (Progress() if close else MANY)


def test_every_review_has_new_questions() -> None:
    app = a_page()
    asked = []
    for topic in (Topic("calling", "call"), Topic("references", "send_references")):
        app.review(topic)
        assert app.reviewer is not None
        assert app.stage.children == (app.reviewer,)
        assert app.reviewer.sitting is not None
        asked.append(app.reviewer.sitting.quiz.questions)
        assert {question.guideline for question in asked[-1]} == {topic.guideline}
