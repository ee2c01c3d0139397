"""The notebooks in JupyterLite, where the browser runs their Python: the site that `make lite` builds."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement
from playwright.sync_api import BrowserContext, Page, expect

from etiquette.files import notebooks
from tests.conftest import ROOT, People, Server, free_port, run_all_at
from tests.test_environment import PROJECT

NOT_IN_BROWSER = {Requirement(each).name for each in PROJECT["dependencies"] if "emscripten" in each}
OF_KERNEL = {"ipykernel"}  # JupyterLite's kernel has one of its own
RUN = """
import sys
from pathlib import Path

missing, *notebooks = sys.argv[1:]
sys.modules |= dict.fromkeys(missing.split())  # importing one of these fails
from etiquette.sessions import Notebook

for path in map(Path, notebooks):
    if any(shown.failed for shown in Notebook.read(path).run()):
        sys.exit(f"{path.name} failed")
"""


@pytest.fixture(scope="module")
def lite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The site, in a folder of a server that knows nothing but files."""
    folder, port = tmp_path_factory.mktemp("web"), free_port()
    subprocess.run([sys.executable, ROOT / "deploy" / "lite" / "build.py", folder / "lite"], check=True)
    command = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", "--directory", str(folder), str(port)]
    server = Server(command, "Serving HTTP on", f"http://127.0.0.1:{port}/lite/")
    yield server
    server.stop()


def open_quiz(learner: BrowserContext, lite: Server) -> Page:
    return run_all_at(learner, f"{lite.address}lab/?path=quiz.ipynb", "Python (Pyodide)")


def test_the_notebooks_need_no_package_that_a_browser_does_not_get() -> None:
    missing = " ".join(name.replace("-", "_") for name in NOT_IN_BROWSER - OF_KERNEL)
    paths = [str(path) for path in sorted(notebooks().glob("*.ipynb")) if path.stem != "facilitator"]
    environment = os.environ | {"SERVER_SOFTWARE": "voila/0"}  # there, too, the browser keeps the progress
    command = [sys.executable, "-c", RUN, missing, *paths]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert "sqlalchemy" in missing
    assert run.returncode == 0, run.stderr


@pytest.mark.slow
def test_a_question_can_be_answered_and_the_quiz_goes_on_from_there_after_a_reload(
    people: People, lite: Server
) -> None:
    learner = people.come(viewport={"width": 1200, "height": 1000})
    page = open_quiz(learner, lite)
    quiz = page.locator(".pp-quiz")
    quiz.get_by_role("button", name="Practise with 5 questions").click(timeout=60_000)
    quiz.locator(".pp-choice:visible").first.click()
    quiz.get_by_role("button", name="It’s a guess").click()
    expect(quiz.locator(".pp-feedback h3")).to_be_focused()
    quiz.get_by_role("button", name="Next question").click()
    expect(quiz.get_by_role("heading", name="Question 2 of 5")).to_be_focused()
    page.close()

    page = open_quiz(learner, lite)
    expect(page.locator(".pp-quiz").get_by_role("heading", name="Question 2 of 5")).to_be_visible(timeout=60_000)
