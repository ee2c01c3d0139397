"""The page for trainers: the quiz in three files, and what a platform shows."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe

from etiquette.judge import ARTICLE, policies
from etiquette.practice import PASS_MARK, Quiz, quiz_as_gift, quiz_as_moodle_xml, quiz_as_qti
from etiquette.site import write_trainers_page
from tests.conftest import People

POLICY = policies()["thanks-within-a-day"]


def test_it_links_one_quiz_by_the_sites_rules_in_each_format(tmp_path: Path) -> None:
    write_trainers_page(tmp_path, POLICY)
    quiz = Quiz.draw("trainers", 20, POLICY)
    page = (tmp_path / "trainers.html").read_text(encoding="utf-8")
    links = [tmp_path / unquote(href) for href in re.findall(r'href="(quiz/[^"]+)"', page)]
    written = [export(quiz).content for export in (quiz_as_moodle_xml, quiz_as_gift, quiz_as_qti)]
    assert [link.read_bytes() for link in links] == written
    assert POLICY.title in page
    assert f"a grade of {PASS_MARK} or more" in page


def test_it_says_what_each_format_cannot_carry(tmp_path: Path) -> None:
    write_trainers_page(tmp_path, ARTICLE)
    page = (tmp_path / "trainers.html").read_text(encoding="utf-8")
    assert all(loss in page for loss in quiz_as_qti(Quiz.draw("trainers", 20)).losses)


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read_by_everyone_on_a_small_phone(people: People, tmp_path: Path, scheme: str) -> None:
    write_trainers_page(tmp_path, ARTICLE)
    page = people.come(viewport={"width": 320, "height": 640}, color_scheme=scheme).new_page()
    page.goto((tmp_path / "trainers.html").as_uri())
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Axe().run(page).response["violations"] == []
