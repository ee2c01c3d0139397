"""The packages in a real browser, on a learning platform: it gets the grade, and keeps progress for the next time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Frame, Page, expect

from etiquette.practice import Progress, QuizTaken
from etiquette.site import Standard, write_package, write_site
from tests.conftest import People, arrive
from tests.site.learning_platform import LearningPlatform, Told, a_learning_platform
from tests.views.test_course_page import open_part

pytestmark = pytest.mark.slow

MONDAY = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
STORY = "The quiet week"
NOT_PASSED_YET = {
    Standard.SCORM_1_2: Told(65),
    Standard.SCORM_2004: Told(65, passed=False),
    Standard.CMI5: Told(complete=True),
}
"""What a platform is told of a graded quiz that was not passed, while the learner can take another."""
NOT_PASSED = NOT_PASSED_YET | {Standard.CMI5: Told(65, complete=True, passed=False)}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site."""
    folder = tmp_path_factory.mktemp("site")
    write_site(folder, brotli=False)
    return folder


@pytest.fixture
def standard() -> Standard:
    """The one that most platforms know, and that has the least room; a test may want another."""
    return Standard.SCORM_1_2


@pytest.fixture
def platform(standard: Standard, site: Path, tmp_path: Path) -> Iterator[LearningPlatform]:
    """A platform on which the site's package was installed."""
    write_package(site, tmp_path / "package.zip", standard)
    with a_learning_platform(tmp_path / "package.zip", standard) as running:
        yield running


def open_course(visitor: BrowserContext, platform: LearningPlatform) -> tuple[Page, Frame]:
    """The platform's page, and the course in it, live."""
    page = visitor.new_page()
    page.goto(platform.launch())
    course = page.main_frame
    if platform.standard is not Standard.CMI5:
        frame = page.locator("iframe").element_handle().content_frame()
        assert frame is not None
        course = frame
    expect(course.locator("#soon")).to_have_count(0, timeout=60_000)
    return page, course


def begin_story(course: Frame) -> None:
    """Make the first choice of a story, and go on."""
    open_part(course, "Stories")
    course.locator(".pp-stories").get_by_role("link", name=STORY).click()
    course.get_by_role("button", name="Put the phone in a drawer").click()
    course.get_by_role("button", name="Go on").click()


def take_quiz(course: Frame, grade: int) -> None:
    """Have taken a graded quiz elsewhere, and load it from a file."""
    open_part(course, "Review")
    done = Progress().after(QuizTaken(MONDAY, f"quiz {grade}", 10, "graded", grade))
    file = {"name": "progress.json", "mimeType": "application/json", "buffer": done.to_json().encode()}
    course.get_by_label("Load progress from a file").set_input_files(file)  # type: ignore[arg-type]
    expect(course.locator(".pp-answer")).to_contain_text("Loaded 1 new entry.")


def close_course(page: Page, course: Frame) -> None:
    """Leave the course, as one does on this platform."""
    back = course.get_by_role("link", name="Back to your learning platform")
    (back if back.count() else page.get_by_role("button", name="Close the course")).click()
    expect(page.get_by_text("Your courses")).to_be_visible()


def expect_quizzes(course: Frame, *grades: int) -> None:
    """The review lists graded quizzes with these grades."""
    rows = course.get_by_role("row").filter(has_text="graded, 10 questions")
    expect(rows).to_have_count(len(grades))
    for grade in grades:
        expect(rows.filter(has_text=str(grade))).to_be_visible()


@pytest.mark.parametrize("standard", Standard)
def test_a_platform_gets_the_grade_and_an_empty_browser_shows_all_that_was_done(
    platform: LearningPlatform, people: People
) -> None:
    page, course = open_course(people.come(), platform)
    begin_story(course)
    take_quiz(course, 65)
    platform.expect(NOT_PASSED_YET[platform.standard])
    assert course.evaluate("localStorage.length") == 0
    close_course(page, course)
    platform.expect(NOT_PASSED[platform.standard])

    page, course = open_course(people.come(), platform)
    course.get_by_role("button", name=f"Carry on with “{STORY}”").click()
    expect(course.get_by_role("button", name="Put the phone in a drawer")).to_have_count(0)
    take_quiz(course, 90)
    platform.expect(Told(90, complete=True, passed=True))
    expect_quizzes(course, 65, 90)
    assert course.evaluate("localStorage.length") == 0
    close_course(page, course)
    platform.expect_end()


def test_a_draft_for_which_there_is_no_room_is_left_out_and_the_learner_reads_that(
    platform: LearningPlatform, people: People
) -> None:
    page, course = open_course(people.come(), platform)
    begin_story(course)
    take_quiz(course, 70)
    open_part(course, "Draft")
    course.get_by_label("Your draft").fill(random.Random(1).randbytes(4_000).hex(" "))
    expect(course.get_by_role("alert")).to_contain_text("no room for everything")
    assert platform.kept is not None
    assert len(platform.kept["cmi"]["suspend_data"]) <= 4_096
    close_course(page, course)
    platform.expect_end()

    _, course = open_course(people.come(), platform)
    expect(course.get_by_role("button", name=f"Carry on with “{STORY}”")).to_be_visible()
    open_part(course, "Review")
    expect_quizzes(course, 70)
    open_part(course, "Draft")
    expect(course.get_by_label("Your draft")).to_have_value("")


def test_the_learner_reads_that_a_platform_saves_nothing_until_it_does(
    platform: LearningPlatform, people: People
) -> None:
    platform.refuses = True
    _, course = open_course(people.come(), platform)
    take_quiz(course, 70)
    expect(course.get_by_role("alert")).to_contain_text("isn’t saving what you do here")
    platform.refuses = False
    platform.expect(Told(70))
    expect(course.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("standard", [Standard.CMI5])
def test_a_page_that_is_reloaded_writes_over_nothing(platform: LearningPlatform, people: People) -> None:
    """The platform's address opens one session, which ends when the page goes."""
    _, course = open_course(people.come(), platform)
    assert Axe().run(course.page).response["violations"] == []
    take_quiz(course, 70)
    platform.expect(Told(complete=True))
    course.page.reload()
    platform.expect_end()
    expect(course.get_by_role("alert")).to_contain_text("open it from your platform again")
    take_quiz(course, 90)

    _, course = open_course(people.come(), platform)
    open_part(course, "Review")
    expect_quizzes(course, 70)


def test_outside_a_platform_the_browser_keeps_progress(platform: LearningPlatform, people: People) -> None:
    page = arrive(people.come(), f"{platform.address}/course/index.html")
    take_quiz(page.main_frame, 70)
    page.reload()
    expect(page.locator("#soon")).to_have_count(0)
    open_part(page, "Review")
    expect_quizzes(page.main_frame, 70)
