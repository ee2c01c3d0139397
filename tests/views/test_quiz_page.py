"""The quiz in a real browser, on a page of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from etiquette.judge import ARTICLE
from etiquette.practice import Quiz
from tests.conftest import Server, arrive
from tests.host.serving import serving_cells
from tests.views.test_plan_page import TITLE
from tests.views.test_stories_page import examine, examine_at, tab_to

pytestmark = pytest.mark.slow

SEED = "graded"
QUESTIONS = Quiz.draw(SEED, 5, ARTICLE).questions


@pytest.fixture(scope="module")
def quiz_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serves a page with a quiz and, below it, three questions on one guideline."""
    quiz = f"from etiquette.views import QuizView, ask\n\nQuizView({SEED!r})"
    with serving_cells(tmp_path_factory.mktemp("quiz"), TITLE, quiz, 'ask("calling", seed="three")') as server:
        yield server


@pytest.fixture
def page(quiz_server: Server, visitor: BrowserContext) -> Page:
    """The open page, ready to use."""
    page = arrive(visitor, quiz_server.address)
    expect(page.get_by_role("heading", name="The quiz")).to_be_visible()
    expect(page.get_by_role("heading", name="Question 1 of 3")).to_be_visible()
    return page


def test_the_quiz_can_be_taken_by_keyboard_alone_up_to_an_accessible_certificate(page: Page, tmp_path: Path) -> None:
    """From the start to the saved certificate, Tab, Enter, Space and letters are enough."""
    page.keyboard.press("Tab")
    tab_to(page, "Take a graded quiz of 5 questions")
    page.keyboard.press("Enter")
    for number, question in enumerate(QUESTIONS, start=1):
        expect(page.get_by_role("heading", name=f"Question {number} of 5")).to_be_focused()
        tab_to(page, question.options[question.best].says)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="How sure are you?")).to_be_focused()
        tab_to(page, "Sure")
        page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="You passed")).to_be_focused()
    expect(page.get_by_role("status").first).to_have_text("That’s the end of the quiz. Your grade is 100 out of 100.")
    tab_to(page, "Your name (optional)")
    page.keyboard.type("Zoë <b>Ünal</b>")
    tab_to(page, "Download the certificate")
    expect(page.get_by_role("link", name="Download the certificate for Zoë <b>Ünal</b>")).to_be_focused()
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    saved.value.save_as(tmp_path / "certificate.html")
    written = (tmp_path / "certificate.html").read_text(encoding="utf-8")
    assert "<bdi>Zoë &lt;b&gt;Ünal&lt;/b&gt;</bdi>" in written
    assert SEED in written
    examine_at(page, 360, 1440)
    page.goto((tmp_path / "certificate.html").as_uri())
    expect(page.get_by_text("Zoë <b>Ünal</b>")).to_be_visible()
    examine(page)
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1


def test_every_state_is_accessible_and_fits(page: Page) -> None:
    """In every state, axe-core finds nothing and nothing is wider than the screen."""
    quiz = page.locator(".pp-quiz").first
    examine_at(page, 360, 1440)
    quiz.get_by_role("button", name="Practise with 5 questions").click()
    for number, question in enumerate(QUESTIONS, start=1):
        expect(quiz.get_by_role("heading", name=f"Question {number} of 5")).to_be_visible()
        worst = min(range(len(question.options)), key=lambda n: question.options[n].credit)
        if number == 1:
            examine_at(page, 360, 1440)
        quiz.get_by_role("button", name=question.options[worst].says, exact=True).click()
        if number == 1:
            examine_at(page, 360, 1440)
        quiz.get_by_role("button", name="Sure", exact=True).click()
        if number == 1:
            examine_at(page, 360, 1440)
        quiz.get_by_role("button", name="Show all the options").click()
        if number == 1:
            expect(quiz.get_by_role("heading", name="All the options")).to_be_visible()
            examine_at(page, 360, 1440)
        quiz.get_by_role("button", name="See how you did" if number == len(QUESTIONS) else "Next question").click()
    expect(quiz.get_by_role("heading", name="That’s the end of the practice")).to_be_visible()
    quiz.get_by_text("Question 1:").first.click()
    examine_at(page, 360, 1440)
