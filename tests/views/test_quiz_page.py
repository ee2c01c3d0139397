"""The quiz in a real browser."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from etiquette.judge import ARTICLE
from etiquette.practice import (
    Question,
    Quiz,
    QuizPoint,
    Sitting,
    Sureness,
    resume_point_from_json,
    resume_point_to_json,
)
from tests.conftest import Server, arrive, everywhere
from tests.views.test_stories_page import examine, examine_at, tab_to

pytestmark = pytest.mark.slow

KEPT = "etiquette:quiz"


@pytest.fixture
def page(page_server: Server, visitor: BrowserContext) -> Page:
    """The page with the quiz, ready to use."""
    page = arrive(visitor, f"{page_server.address}#practise/quiz")
    expect(page.get_by_role("heading", name="The quiz")).to_be_visible()
    return page


def answer(page: Page, option: str, then: str) -> None:
    """Choose this option, and be sure of it, with the keys alone; the heading `then` takes the focus."""
    tab_to(page, option)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="How sure are you?")).to_be_focused()
    tab_to(page, "Sure")
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name=then)).to_be_focused()


def kept_sitting(page: Page) -> Sitting:
    """What the browser keeps of the quiz."""
    point = resume_point_from_json(page.evaluate("name => localStorage[name]", KEPT), {}, {ARTICLE.id: ARTICLE})
    assert isinstance(point, QuizPoint)
    return point.sitting


@everywhere
def test_the_quiz_can_be_taken_by_keyboard_alone_up_to_an_accessible_certificate(page: Page, tmp_path: Path) -> None:
    """From the start to the saved certificate, Tab, Enter, Space and letters are enough.

    The first answer may be wrong, and the others are right. In the middle, the page is loaded again.
    """
    page.keyboard.press("Tab")
    tab_to(page, "Take a graded quiz of 10 questions")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Question 1 of 10")).to_be_focused()
    answer(page, page.locator(".pp-choice").first.inner_text(), then="Question 2 of 10")
    page.reload()
    expect(page.get_by_role("heading", name="Question 2 of 10")).to_be_visible()
    sitting = kept_sitting(page)
    for number, question in enumerate(sitting.quiz.questions[1:], start=2):
        then = "You passed" if number == 10 else f"Question {number + 1} of 10"
        answer(page, question.options[question.best].says, then)
        sitting = sitting.answer(question.best, Sureness.SURE)
    grade = sitting.debrief().grade
    expect(page.get_by_role("status")).to_have_text(f"That’s the end of the quiz. Your grade is {grade} out of 100.")
    tab_to(page, "Your name (optional)")
    page.keyboard.type("Zoë <b>Ünal</b>")
    tab_to(page, "Download the certificate")
    expect(page.get_by_role("link", name="Download the certificate for Zoë <b>Ünal</b>")).to_be_focused()
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    saved.value.save_as(tmp_path / "certificate.html")
    written = (tmp_path / "certificate.html").read_text(encoding="utf-8")
    assert "<bdi>Zoë &lt;b&gt;Ünal&lt;/b&gt;</bdi>" in written
    assert sitting.quiz.seed in written
    examine_at(page, 360, 1440)
    page.goto((tmp_path / "certificate.html").as_uri())
    expect(page.get_by_text("Zoë <b>Ünal</b>")).to_be_visible()
    examine(page)
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1


def worst(question: Question) -> int:
    """The number of the option with the least credit."""
    return min(range(len(question.options)), key=lambda number: question.options[number].credit)


def test_every_state_is_accessible_and_fits(page: Page) -> None:
    """In every state, axe-core finds nothing and nothing is wider than the screen. The first question is answered."""
    examine_at(page, 360, 1440)
    quiz = Quiz.draw("every state", 5, ARTICLE)
    begun = QuizPoint(Sitting(quiz).answer(worst(quiz.questions[0]), Sureness.SURE))
    kept = resume_point_to_json(begun, datetime.now(UTC))
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [KEPT, kept])
    page.reload()
    for number, question in enumerate(quiz.questions[1:], start=2):
        expect(page.get_by_role("heading", name=f"Question {number} of 5")).to_be_visible()
        if number == 2:
            examine_at(page, 360, 1440)
        page.get_by_role("button", name=question.options[worst(question)].says, exact=True).click()
        if number == 2:
            examine_at(page, 360, 1440)
        page.get_by_role("button", name="Sure", exact=True).click()
        if number == 2:
            examine_at(page, 360, 1440)
        page.get_by_role("button", name="Show all the options").click()
        if number == 2:
            expect(page.get_by_role("heading", name="All the options")).to_be_visible()
            examine_at(page, 360, 1440)
        page.get_by_role("button", name="See how you did" if number == 5 else "Next question").click()
    expect(page.get_by_role("heading", name="That’s the end of the practice")).to_be_visible()
    page.get_by_text("Question 1:").first.click()
    examine_at(page, 360, 1440)
