"""The notebooks as others run and export them: with `jupyter execute` and nbconvert, and read without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from etiquette.files import notebooks
from etiquette.views.controls.still import HOW_TO_BEGIN
from tests.conftest import People
from tests.notebooks.first_sight import view_cells, view_name

pytestmark = pytest.mark.slow

NAMES = sorted(path.name for path in notebooks().glob("*.ipynb"))
FROM_NETWORK = ("https://cdnjs.cloudflare.com/", "https://cdn.jsdelivr.net/", "https://unpkg.com/")
OF_STORY = "Maryam walks out of Hallam Foods on a Tuesday morning"


def jupyter(*arguments: str | Path, data: Path) -> None:
    """Run Jupyter as a user does whose folder of data is this one."""
    environment = os.environ | {"XDG_DATA_HOME": str(data)}
    command = [sys.executable, "-m", "jupyter", *map(str, arguments)]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder where a user's programs keep their data."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def executed(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with copies of all notebooks after `jupyter execute`, and of these as HTML."""
    folder = tmp_path_factory.mktemp("executed")
    for name in NAMES:
        shutil.copy(notebooks() / name, folder)
    with ThreadPoolExecutor(2) as two:
        runs = [NAMES[::2], NAMES[1::2]]
        list(
            two.map(lambda names: jupyter("execute", "--inplace", *(folder / name for name in names), data=data), runs)
        )
    jupyter("nbconvert", "--to", "html", *(folder / name for name in NAMES), data=data)
    return folder


@pytest.fixture
def offline(people: People) -> Iterator[People]:
    """Somebody without a network: what an exported page asks others for never arrives."""
    people.known = FROM_NETWORK
    return people


def test_running_them_changes_nothing_that_is_kept_for_the_learner(executed: Path, data: Path) -> None:
    assert (executed / NAMES[0]).exists()
    assert not (data / "etiquette").exists()


@pytest.mark.parametrize("name", NAMES)
def test_the_export_of_a_notebook_that_was_run_can_be_read_without_a_network(
    executed: Path, offline: People, name: str
) -> None:
    cells = view_cells(nbformat.read(executed / name, 4))
    page = offline.come().new_page()
    page.goto((executed / name).with_suffix(".html").as_uri(), wait_until="domcontentloaded")
    for number, cell in enumerate(cells):
        copy = page.locator(".pp-still").nth(number)
        expect(copy).to_be_visible()
        if view_name(cell) != "four_verdicts":
            expect(copy).to_contain_text(HOW_TO_BEGIN)
            expect(copy.get_by_role("button").first).to_be_disabled()
    if name == "scenarios.ipynb":
        expect(page.get_by_text(OF_STORY)).to_be_visible()


def test_the_export_of_notebooks_that_were_not_run_shows_how_to_begin(
    data: Path, offline: People, tmp_path: Path
) -> None:
    jupyter("nbconvert", "--to", "html", f"--output-dir={tmp_path}", *(notebooks() / name for name in NAMES), data=data)
    page = offline.come().new_page()
    for name in NAMES:
        page.goto((tmp_path / name).with_suffix(".html").as_uri(), wait_until="domcontentloaded")
        expect(page.get_by_text("This is only a picture.").first).to_be_visible()
        expect(page.get_by_role("img", name="A picture of what appears here").first).to_be_visible()


def test_a_copy_adds_little_to_a_notebook_that_was_run(executed: Path) -> None:
    """The style sheet is not in it."""
    for name in NAMES:
        for cell in view_cells(nbformat.read(executed / name, 4)):
            copy, live = cell.outputs
            assert len(copy.data["text/html"]) < 5000, cell.source
            assert list(live.data) == ["application/vnd.jupyter.widget-view+json"]
