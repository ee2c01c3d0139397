"""The notebooks as others run and export them: with `jupyter execute` and nbconvert, and read without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from etiquette.files import notebooks
from etiquette.views.controls.still import HOW_TO_BEGIN
from tests.conftest import People
from tests.notebooks.first_sight import read, view_cells, view_name

pytestmark = pytest.mark.slow

NAMES = sorted(path.name for path in notebooks().glob("*.ipynb"))
FROM_NETWORK = ("https://cdnjs.cloudflare.com/", "https://cdn.jsdelivr.net/", "https://unpkg.com/")


def jupyter(*arguments: str | Path, data: Path) -> None:
    """Run Jupyter as a user does whose folder of data is this one."""
    environment = os.environ | {"XDG_DATA_HOME": str(data)}
    command = [sys.executable, "-m", "jupyter", *map(str, arguments)]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


@dataclass(frozen=True, slots=True)
class Exported:
    """Copies of all notebooks: as they are and after `jupyter execute`, each with its HTML, and the user's data."""

    shipped: Path
    executed: Path
    data: Path

    def half(self, names: list[str]) -> None:
        """Copy, run and export these notebooks."""
        for name in names:
            for folder in (self.shipped, self.executed):
                shutil.copy(notebooks() / name, folder)
        executed = [self.executed / name for name in names]
        # By TCP, a port that was free when it was chosen may be taken when the kernel comes to it.
        jupyter("execute", "--inplace", "--KernelManager.transport=ipc", *executed, data=self.data)
        jupyter("nbconvert", "--to", "html", *executed, *(self.shipped / name for name in names), data=self.data)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """All notebooks, two at a time."""
    exported = Exported(*(tmp_path_factory.mktemp(name) for name in ("shipped", "executed", "data")))
    with ThreadPoolExecutor(2) as two:
        list(two.map(exported.half, [NAMES[::2], NAMES[1::2]]))
    return exported


@pytest.fixture
def offline(people: People) -> BrowserContext:
    """Somebody without a network: what an exported page asks others for never arrives."""
    people.known = FROM_NETWORK
    return people.come()


def test_running_them_leaves_nothing_in_the_users_data(exported: Exported) -> None:
    assert not (exported.data / "etiquette").exists()


@pytest.mark.parametrize("name", NAMES)
def test_the_export_of_a_notebook_that_was_run_can_be_read_without_a_network(
    exported: Exported, offline: BrowserContext, name: str
) -> None:
    """Each view is a copy there whose buttons do nothing, with a sentence that says how to begin."""
    path = exported.executed / name
    page = offline.new_page()
    page.goto(path.with_suffix(".html").as_uri(), wait_until="domcontentloaded")
    for number, cell in enumerate(view_cells(read(path))):
        copy = page.locator(".pp-still").nth(number)
        expect(copy).to_be_visible()
        if view_name(cell) != "four_verdicts":
            expect(copy).to_contain_text(HOW_TO_BEGIN)
        expect(copy.locator(":is(button, input, select, a[href]):enabled")).to_have_count(0)
    if name == "scenarios.ipynb":
        expect(page.get_by_text("Maryam walks out of Hallam Foods on a Tuesday morning")).to_be_visible()


def test_the_export_of_a_notebook_that_was_not_run_shows_its_picture(
    exported: Exported, offline: BrowserContext
) -> None:
    page = offline.new_page()
    page.goto((exported.shipped / "start.html").as_uri(), wait_until="domcontentloaded")
    expect(page.get_by_text("This is only a picture.").first).to_be_visible()
    expect(page.locator(".jp-RenderedImage img").first).to_be_visible()


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_adds_little_to_a_notebook_that_was_run(exported: Exported, name: str) -> None:
    """The style sheet is not in it."""
    for cell in view_cells(read(exported.executed / name)):
        copy, live = cell.outputs
        assert len(copy.data["text/html"]) < 5000, cell.source
        assert list(live.data) == ["application/vnd.jupyter.widget-view+json"]
