"""Cells in a real kernel: one that runs again closes the views that it showed before, and no widgets pile up."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

from etiquette.practice import ProgressFolder, StoryPoint, resume_point_to_json
from etiquette.stories import Run, library
from etiquette.views.controls.view import CLOSED

TIMEOUT = 60  # seconds; a slow machine is not a broken kernel


class Kernel:
    """A kernel, and somebody who runs cells in it as a frontend does."""

    def __init__(self, client: BlockingKernelClient, folder: ProgressFolder) -> None:
        self.client, self.folder = client, folder

    def run(self, code: str, cell: str = "") -> None:
        """Run a cell. JupyterLab and Notebook 7 say which one it is."""
        self._execute(code, {"cellId": cell} if cell else {})

    def value(self, expression: str) -> str:
        """What an expression is at present."""
        return str(self._execute("", {}, expression)["it"]["data"]["text/plain"])

    def _execute(
        self, code: str, metadata: dict[str, str], expression: str = "None"
    ) -> dict[str, dict[str, dict[str, str]]]:
        content = {"code": code, "silent": False, "user_expressions": {"it": expression}}
        sent = self.client.session.msg("execute_request", content, metadata=metadata)
        self.client.shell_channel.send(sent)
        while (reply := self.client.get_shell_msg(timeout=TIMEOUT))["parent_header"]["msg_id"] != sent["msg_id"]:
            pass
        assert reply["content"]["status"] == "ok", reply["content"]
        shown: dict[str, dict[str, dict[str, str]]] = reply["content"]["user_expressions"]
        return shown


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    """A kernel that has imported the package."""
    data = tmp_path_factory.mktemp("data")
    environment = os.environ | {"XDG_DATA_HOME": str(data)}
    manager, client = start_new_kernel(startup_timeout=TIMEOUT, env=environment)
    kernel = Kernel(client, ProgressFolder(data / "etiquette"))
    kernel.run(
        "from IPython.display import display\n"
        "from ipywidgets.widgets.widget import _instances\n"
        "from etiquette.views import App, play\n"
        "App().close()"  # what a page needs, such as the progress store, is there from now on
    )
    yield kernel
    client.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.fixture
def kernel(started: Kernel) -> Iterator[Kernel]:
    """The kernel with a function that makes the views of a test, which are closed after it."""
    started.run("views = []\ndef new():\n    views.append(play('two-names'))\n    return views[-1]")
    yield started
    started.run("for view in views: view.close()")


def closed(kernel: Kernel) -> list[bool]:
    """Which of the views have been closed, in the order in which they were made."""
    return [each == "True" for each in kernel.value("[view.closed for view in views]").strip("[]").split(", ")]


def test_the_view_that_it_showed_before_is_closed(kernel: Kernel) -> None:
    for cell in ("one", "one", "another", "one"):
        kernel.run("new()", cell)
    assert closed(kernel) == [True, True, False, False]


def test_thirty_runs_of_the_whole_page_leave_as_many_widgets_as_one(kernel: Kernel) -> None:
    kernel.run("App()", "page")
    widgets = kernel.value("len(_instances)")
    for _ in range(29):
        kernel.run("App()", "page")
    assert kernel.value("len(_instances)") == widgets
    kernel.run("new()", "page")


def test_all_views_that_it_showed_are_closed_and_all_that_it_shows_now_stay(kernel: Kernel) -> None:
    for _ in range(2):
        kernel.run("display(new())\nnew()", "two views")
    assert closed(kernel) == [True, True, False, False]


def test_a_view_that_another_cell_shows_too_stays_until_that_cell_shows_another(kernel: Kernel) -> None:
    kernel.run("new()", "first")
    kernel.run("views[0]", "second")
    kernel.run("new()", "first")
    assert closed(kernel) == [False, False]
    kernel.run("new()", "second")
    assert closed(kernel) == [True, False, False]


def test_the_same_view_can_be_shown_again_and_again(kernel: Kernel) -> None:
    kernel.run("new()", "same")
    for _ in range(2):
        kernel.run("views[0]", "same")
        assert closed(kernel) == [False]
    kernel.run("new()", "same")
    assert closed(kernel) == [True, False]


def test_a_cell_that_shows_the_same_view_beside_a_new_one_keeps_it(kernel: Kernel) -> None:
    for _ in range(2):
        kernel.run("new()\ndisplay(views[-1])\ndisplay(views[0])", "both")
    kernel.run("display(new())\ndisplay(views[0])", "both")
    assert closed(kernel) == [False, True, False]


def test_a_view_that_has_been_closed_says_so_in_a_sentence(kernel: Kernel) -> None:
    kernel.run("from IPython.utils.capture import capture_output\nnew().close()")
    kernel.run("with capture_output() as captured:\n    display(views[0])")
    shown = kernel.value("captured.stdout + captured.stderr, [each.data for each in captured.outputs]")
    assert shown.split() == f"('', [{{'text/plain': {CLOSED!r}}}])".split()


def test_where_the_frontend_does_not_say_which_cell_runs_nothing_is_closed(kernel: Kernel) -> None:
    for _ in range(3):
        kernel.run("new()")
    assert closed(kernel) == [False, False, False]


def test_a_view_goes_on_where_the_story_was_left_in_another_notebook_meanwhile(kernel: Kernel) -> None:
    left = StoryPoint(Run.start(library()["two-names"]).choose(1))
    kernel.folder.set_item("story-two-names", resume_point_to_json(left, datetime(2026, 3, 2, tzinfo=UTC)))
    kernel.run("new()")
    assert kernel.value("views[0].run.choices") == "(1,)"
    kernel.folder.set_item("story-two-names", "")
