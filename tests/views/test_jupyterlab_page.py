"""Somebody who studies alone: a view in JupyterLab has the keyboard to itself, and all goes on where it was left.

The tests share one JupyterLab, in a folder of its own, and one browser. Each has its own notebooks, so its own kernels.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from etiquette.plan import MEDIUM_CHOICES
from tests.conftest import ROOT, People, Server, a_jupyterlab, free_port, run_all, some_people

pytestmark = pytest.mark.slow

APP = "from etiquette.views import App\n\nApp()"
ASK = "from etiquette.views import ask\n\nask(number=3)"
BOUNDARY = 'from etiquette.views import boundary\n\nboundary("calling")'
COMPOSE = 'from etiquette.views import compose\n\ncompose("voicemail")'
FORM = "from etiquette.views import FollowUp\n\nFollowUp()"
PLAY = 'from etiquette.views import play\n\nplay("{}")'
PROCESS = "import os\n\nos.getpid()"
A_PAGE_OF_NOTHING = 'from IPython.display import HTML\n\nHTML("<div style=height:1500px></div>")'
WIDGETS = "from ipywidgets.widgets import widget\n\nlen(widget._instances)"

STORY, QUIET_WEEK, ROOM_TONE = (PLAY.format(name) for name in ("twenty-seconds", "the-quiet-week", "room-tone"))
DRAFT = "Hello, Rafael Moreno here. Thank you for the tour of the yard."

DOUBLE_IDS = "[...document.querySelectorAll('[id]')].map(({id}) => id).filter((id, n, all) => all.indexOf(id) < n)"
FOCUSED_VIEW = "document.activeElement.closest('.pp')?.className"
SCROLLED = "[...document.querySelectorAll('.jp-Notebook, .jp-Notebook *')].some(({scrollTop}) => scrollTop)"


@dataclass(frozen=True)
class Study:
    """JupyterLab on a folder, and somebody's browser."""

    server: Server
    folder: Path
    learner: BrowserContext

    def run(self, name: str, *cells: str) -> Page:
        """A new notebook with these cells, as soon as they have been told to run."""
        code: dict[str, Any] = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
        notebook = {
            "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)"}},
            "nbformat": 4,
            "nbformat_minor": 5,
            "cells": [code | {"id": f"cell-{number}", "source": cell} for number, cell in enumerate(cells)],
        }
        (self.folder / "notebooks" / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        return run_all(self.learner, self.server, f"{name}.ipynb")


@pytest.fixture(scope="module")
def shared(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    folder = tmp_path_factory.mktemp("study")
    (folder / "notebooks").mkdir()
    with pytest.MonkeyPatch.context() as patch, some_people(chromium) as people:
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        with a_jupyterlab(folder, folder / "workspaces") as server:
            yield Study(server, folder, people.come(viewport={"width": 1200, "height": 1000}))


@pytest.fixture
def study(shared: Study) -> Iterator[Study]:
    """JupyterLab, and a learner who has done nothing yet."""
    shutil.rmtree(shared.folder / "data" / "etiquette", ignore_errors=True)
    before = len(shared.learner.pages)
    yield shared
    for page in shared.learner.pages[before:]:
        page.close()


@pytest.fixture(scope="module")
def keyboard(shared: Study) -> Page:
    """A notebook that has been run. Each test of the keyboard uses other cells in it."""
    page = shared.run("keyboard", BOUNDARY, FORM, STORY, QUIET_WEEK, ROOM_TONE, ASK)
    output(page, 5, run=6)
    return page


def cell(page: Page, number: int) -> Locator:
    return page.locator(".jp-Notebook .jp-Cell").nth(number)


def output(page: Page, number: int, run: int) -> str:
    """What this cell shows once it is what the kernel has run as its nth."""
    prompt = cell(page, number).locator(".jp-InputArea-prompt")
    expect(prompt).to_have_text(f"[{run}]:", timeout=60_000)
    return cell(page, number).locator(".jp-OutputArea-output").last.inner_text()


def run_all_again(page: Page) -> None:
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


def restart(page: Page) -> None:
    """Restart the kernel and run all cells, of which the first shows the number of the process."""
    process = output(page, 0, run=1)
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name="Restart Kernel and Run All Cells…").click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    expect(cell(page, 0).locator(".jp-OutputArea-output")).not_to_have_text(process, timeout=60_000)


def press(view: Locator, name: str, key: str = "Enter") -> None:
    """Press a key on the button with this name, once nothing else is about to take the focus."""
    view.get_by_role("button", name=name).press(key)


def choose(player: Locator, says: str) -> None:
    """Make this choice of a story by keyboard, and wait until the feedback has the focus."""
    press(player, says)
    expect(player.locator(".pp-feedback h3")).to_be_focused()


def go_on(player: Locator) -> Locator:
    """Leave the feedback by keyboard; returns the next step of the story once it has the focus."""
    press(player, "Go on", "Space")
    step = player.locator("[data-id^=pp-story-]")
    expect(step).to_be_focused()
    return step


def tab_back_to(page: Page, target: Locator) -> None:
    """Press Shift+Tab until this has the focus: on the way, a cell and its toolbar may have it."""
    for _ in range(5):
        page.keyboard.press("Shift+Tab")
        if target.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError


def leave_half_done(page: Page) -> None:
    """Take two steps in a story, answer two of three questions and type a draft."""
    player, quiz, draft = page.locator(".pp-player").first, page.locator(".pp-quiz"), page.locator(".pp-draft")
    for says in ("Leave it until her next break", "Leave it until tomorrow"):
        choose(player, says)
        go_on(player)
    for following in (2, 3):
        quiz.locator(".pp-choice:visible").first.press("Enter")
        expect(quiz.get_by_role("heading", name="How sure are you?")).to_be_focused()
        press(quiz, "It’s a guess")
        expect(quiz.locator(".pp-feedback h3")).to_be_focused()
        press(quiz, "Next question")
        expect(quiz.get_by_role("heading", name=f"Question {following} of 3")).to_be_focused()
    draft.get_by_label("Your draft").fill(DRAFT)
    press(draft, "Check my draft")
    expect(draft.locator(".pp-feedback")).to_be_visible()  # so the kernel has what was typed


def expect_half_done(page: Page) -> None:
    """Each is where `leave_half_done` left it."""
    expect(page.locator(".pp-player").first.locator(".pp-when")).to_contain_text("Thursday", timeout=60_000)
    expect(page.locator(".pp-quiz").get_by_role("heading", name="Question 3 of 3")).to_be_visible()
    expect(page.get_by_label("Your draft")).to_have_value(DRAFT)


class TestKeyboard:
    """While the focus is in a view, what is typed is the view's."""

    def test_an_arrow_key_moves_the_slider_and_not_the_notebook(self, keyboard: Page) -> None:
        slider = cell(keyboard, 0).get_by_role("slider")
        slider.focus()
        before = slider.bounding_box()
        keyboard.keyboard.press("ArrowRight")
        keyboard.keyboard.press("ArrowRight")
        expect(slider).to_have_value("2")
        expect(slider).to_be_focused()
        assert slider.bounding_box() == before

    def test_a_form_takes_letters_and_arrow_keys(self, keyboard: Page) -> None:
        form = cell(keyboard, 1)
        job, met = form.get_by_label("The job"), form.get_by_label("How did you meet?")
        job.focus()
        keyboard.keyboard.type("d d, a b x 0 0")
        expect(job).to_have_value("d d, a b x 0 0")
        press(form, "Change these answers")
        expect(form.get_by_role("heading", name="About this interview")).to_be_focused()
        met.focus()
        in_person, *others = MEDIUM_CHOICES.values()
        expect(met).to_have_value(in_person)
        keyboard.keyboard.press("ArrowDown")
        expect(met).to_have_value(others[0])
        keyboard.keyboard.type(in_person)
        expect(met).to_have_value(in_person)
        expect(met).to_be_focused()

    def test_no_key_is_a_shortcut_of_the_notebook(self, keyboard: Page) -> None:
        player = cell(keyboard, 2)
        choose(player, "Leave it until her next break")
        for key in ("d", "d", "a", "b", "x", "Enter", "Escape", "0", "0"):
            keyboard.keyboard.press(key)
            expect(player.locator(".pp-feedback h3")).to_be_focused()
        expect(keyboard.locator(".jp-Notebook .jp-Cell")).to_have_count(6)
        expect(keyboard.locator(".jp-Dialog")).to_have_count(0)

    def test_tab_goes_through_a_story_in_order_and_on_to_the_next_cell_and_back(self, keyboard: Page) -> None:
        player, after = cell(keyboard, 3), cell(keyboard, 4).locator(".pp-choice:visible").first
        choices = player.locator(".pp-choice:visible").all()
        choices[0].focus()
        for each in choices:
            expect(each).to_be_focused()
            keyboard.keyboard.press("Tab")
        expect(after).to_be_focused()
        tab_back_to(keyboard, choices[-1])

        choose(player, "Put the phone in a drawer")
        for name in ("Go on", "Start this story again"):
            keyboard.keyboard.press("Tab")
            expect(player.get_by_role("button", name=name)).to_be_focused()
        keyboard.keyboard.press("Tab")
        expect(after).to_be_focused()

    def test_the_next_step_of_a_story_takes_the_focus_and_is_scrolled_into_view(self, keyboard: Page) -> None:
        player = cell(keyboard, 4)
        choose(player, "Leave it until Wednesday")
        step = go_on(player)
        expect(step).to_be_in_viewport()
        expect(player.locator("h2.pp-title")).to_be_in_viewport()

    def test_enter_and_space_press_a_button(self, keyboard: Page) -> None:
        quiz = cell(keyboard, 5)
        quiz.locator(".pp-choice:visible").first.press("Space")
        expect(quiz.get_by_role("heading", name="How sure are you?")).to_be_focused()
        press(quiz, "It’s a guess")
        expect(quiz.locator(".pp-feedback h3")).to_be_focused()


class TestCells:
    """What a notebook does with cells, views bear."""

    def test_a_second_view_of_an_output_has_ids_and_a_focus_of_its_own(self, study: Study) -> None:
        page = study.run("second_view", STORY)
        here, there = page.locator(".jp-Notebook .pp-player"), page.locator(".jp-LinkedOutputView .pp-player")
        here.locator("h2").click(button="right")
        page.get_by_role("menuitem", name="Create New View for Cell Output").click()
        choose(there, "Leave it until her next break")
        assert page.evaluate(DOUBLE_IDS) == []
        go_on(here)
        choose(there, "Leave it until tomorrow")

    def test_views_that_are_run_again_replace_the_last(self, study: Study) -> None:
        """A kernel has as many widgets after a second Run All, and after ten runs of a cell, as after the first."""
        page = study.run("again", STORY, APP, BOUNDARY, FORM, ASK, COMPOSE, WIDGETS)
        first = output(page, 6, run=7)
        expect(page.locator("[data-announcer]")).to_have_count(6)  # all are drawn
        run_all_again(page)
        assert output(page, 6, run=14) == first
        cell(page, 0).get_by_role("textbox").click()
        region = cell(page, 0).locator("[data-announcer]")
        for run in range(15, 25):
            name = region.get_attribute("data-announcer") or ""
            page.keyboard.press("Control+Enter")
            output(page, 0, run)
            expect(region).not_to_have_attribute("data-announcer", name)  # so none is closed before it is drawn
        cell(page, 6).get_by_role("textbox").click()
        page.keyboard.press("Control+Enter")
        assert output(page, 6, run=25) == first


class TestProgress:
    """A story, a quiz and a draft go on where they were left."""

    def test_after_a_restart_of_the_kernel_and_in_another_notebook(self, study: Study) -> None:
        """Neither the focus nor the page moves by itself."""
        page = study.run("left", PROCESS, STORY, ASK, COMPOSE)
        leave_half_done(page)
        restart(page)
        expect_half_done(page)
        assert page.evaluate(FOCUSED_VIEW) is None

        another = study.run("another", A_PAGE_OF_NOTHING, STORY, ASK, COMPOSE)
        expect_half_done(another)
        assert another.evaluate(FOCUSED_VIEW) is None
        assert not another.evaluate(SCROLLED)

    def test_when_stock_voila_is_visited_again_which_keeps_nothing_on_its_disk(
        self, people: People, tmp_path: Path
    ) -> None:
        """The browser keeps it: each visit has a new kernel. Here too, nothing moves by itself."""
        port = free_port()
        notebook = ROOT / "notebooks" / "calling.ipynb"
        command = [sys.executable, "-m", "voila", str(notebook), "--no-browser", f"--port={port}"]
        server = Server(command, "Voilà is running at", f"http://127.0.0.1:{port}/")
        try:
            page = people.come_to_stock().new_page()
            page.goto(server.address)
            leave_half_done(page)
            page.goto(server.address)
            expect_half_done(page)
            assert page.evaluate(FOCUSED_VIEW) is None
            assert page.evaluate("scrollY") == 0
        finally:
            server.stop()
        assert not (tmp_path / "data" / "etiquette").exists()
