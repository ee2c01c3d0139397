"""The course without a browser: boundaries, lessons read from their notebooks, and the menu of the page."""

from __future__ import annotations

import ast
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from ipywidgets import VBox
from ipywidgets.widgets.widget import _instances

from etiquette import ARTICLE
from etiquette.files import notebooks
from etiquette.judge import BOUNDARIES, Boundary, policies, verdict_segments
from etiquette.practice import Judged, Learned, Progress, Quiz, QuizTaken, Sitting, Sureness, Topic, lessons
from etiquette.practice.lessons import LESSON_ORDER
from etiquette.views import App, BoundaryView, boundary
from etiquette.views.controls import Announcer, ProgressStore
from etiquette.views.page.app import records_of
from etiquette.views.page.lesson import LessonView
from etiquette.views.page.progress import ProgressView
from tests.builders import days, hours
from tests.views.drawn import Text
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
    view = BoundaryView(BOUNDARIES["calling"])
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
            keeps_output = "keep_output" in cell["metadata"].get("tags", ())
            assert keeps_output == ("nbval-check-output" in cell["metadata"].get("tags", ()))
            assert bool(cell["outputs"]) == keeps_output
        else:
            assert "run the cell" not in source.lower()


def test_the_menu_creates_every_part_once_and_marks_it() -> None:
    app = App(progress_store=ProgressStore(), clock=lambda: MONDAY)
    for name, shown in app.menu.items():
        shown.click()
        assert shown.description == f"✓ {name}"
        assert sum(item.description.startswith("✓") for item in app.menu.values()) == 1
        assert app.notice.value == ""
    parts = dict(app.parts)
    for shown in app.menu.values():
        shown.click()
    assert app.parts == parts
    assert len(parts) == len(app.menu) - 1


def test_a_finished_lesson_is_recorded_and_the_next_one_suggested() -> None:
    app = App(progress_store=ProgressStore(), clock=lambda: MONDAY)
    lesson = lessons()["references"]
    app.show_lesson(lesson)
    view = app.parts[lesson.title]
    assert isinstance(view, LessonView)
    view.done.click()
    assert app.progress.lessons == {"references"}
    assert app.progress.next_step(MONDAY, app.scenarios, LESSON_ORDER[1:]).name == "thank_you"


def test_a_finished_quiz_is_recorded_with_its_grade_and_what_was_missed() -> None:
    quiz = Quiz.draw("a seed", 5, ARTICLE)
    sitting = Sitting(quiz)
    while sitting.question:
        question = sitting.question
        worst = min(range(len(question.options)), key=lambda n: question.options[n].credit)
        sitting = sitting.answer(worst, Sureness.SURE)
    sat, *missed = records_of(sitting, MONDAY)
    assert isinstance(sat, QuizTaken)
    assert (sat.seed, sat.length, sat.grade) == ("a seed", 5, sitting.debrief().grade)
    assert len(missed) == 5
    due = Progress().after(sat, *missed).due(MONDAY + days(1))
    assert {(review.topic.guideline, review.topic.kind) for review in due} == {
        (record.guideline, record.kind) for record in missed if isinstance(record, Judged)
    }


def test_a_lesson_is_readable_at_once_and_its_cells_follow_one_by_one() -> None:
    """So that opening it keeps nobody waiting, neither its reader nor the others on this server."""
    lesson = lessons()["references"]
    with put_off() as later:
        view = LessonView(lesson, lambda _: None, Announcer())
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
        view = LessonView(lessons()["references"], lambda _: None, Announcer())
        view.close()
        before = len(_instances)
        later.do_next()
        assert len(_instances) == before
        assert later.work == []


MANY = Progress(frozenset(Learned(MONDAY - hours(number), "start") for number in range(1000)))


@pytest.mark.parametrize("close", [False, True], ids=["open", "closed"])
def test_a_file_of_progress_is_read_in_a_thread_and_added_unless_its_view_was_closed(close: bool) -> None:
    with put_off() as later:
        view = ProgressView(ProgressStore(), {}, Announcer(), {}, {}, clock=lambda: MONDAY)
        view.upload.on_file(MANY.to_json())
        assert "Reading your file…" in view.answer.value
        assert view.progress_store.progress == Progress()
        if close:
            view.close()
        later.do_next()
        assert ("Loaded: 1000 entries" in view.answer.value) == (not close)
        assert view.progress_store.progress == (Progress() if close else MANY)


def test_every_review_has_new_questions() -> None:
    app = App(progress_store=ProgressStore(), clock=lambda: MONDAY)
    asked = []
    for topic in (Topic("calling", "call"), Topic("references", "send_references")):
        app.review(topic)
        assert app.reviewer is not None
        assert app.stage.children == (app.reviewer,)
        assert app.reviewer.sitting is not None
        asked.append(app.reviewer.sitting.quiz.questions)
        assert {question.guideline for question in asked[-1]} == {topic.guideline}
