"""`etiquette notebooks` and `etiquette lab`: copies to work in, which are the learner's own from then on."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import nbformat
import pytest
from nbformat.sign import NotebookNotary
from playwright.sync_api import expect

from etiquette.cli import main
from etiquette.cli.notebooks import split_lab
from etiquette.files import notebooks
from tests.conftest import People, Server, free_port

# Resolves when JupyterLab has taken over what the kernel says about itself, which may change the notebook.
KERNEL_IS_KNOWN = """async () => {
    await jupyterapp.shell.currentWidget.sessionContext.session.kernel.info;
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
}"""
NAMES = sorted(path.name for path in notebooks().glob("*.ipynb"))


@pytest.fixture(autouse=True)
def a_new_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has run Jupyter here, or trusted a notebook."""
    for name in ("JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(tmp_path / "user" / name))


def cells(path: Path) -> object:
    return json.loads(path.read_bytes())["cells"]


def test_all_notebooks_are_copied_and_trusted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "a new" / "folder"
    assert main(["notebooks", str(folder)]) == 0
    assert sorted(path.name for path in folder.iterdir()) == NAMES
    notary = NotebookNotary()
    with closing(notary.store):
        for name in NAMES:
            assert cells(folder / name) == cells(notebooks() / name)
            assert notary.check_signature(nbformat.read(folder / name, as_version=4))
    assert capsys.readouterr().out == (
        f"The notebooks are in {folder}\n"
        f"To begin, run etiquette lab {shlex.quote(str(folder))}, or open start.ipynb in your own Jupyter.\n"
    )


def test_they_are_copied_although_the_home_directory_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("in the way", encoding="utf-8")
    assert main(["notebooks", str(tmp_path / "work")]) == 0
    assert sorted(path.name for path in (tmp_path / "work").iterdir()) == NAMES


def test_a_full_disk_leaves_no_half_notebook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "work"
    command = [sys.executable, "-m", "etiquette", "notebooks", str(folder)]
    limited = ["sh", "-c", 'ulimit -f 1 && exec "$@"', "sh", *command]
    stopped = subprocess.run(limited, check=False, capture_output=True, text=True)
    assert (stopped.returncode, list(folder.iterdir())) == (2, [])
    assert "can’t be written" in stopped.stderr
    assert main(command[3:]) == 0
    assert "stay as they are" not in capsys.readouterr().out


def test_they_come_into_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["notebooks"]) == 0
    assert sorted(path.name for path in (tmp_path / "persistent-or-pesky").iterdir()) == NAMES
    assert "To begin, run etiquette lab, or" in capsys.readouterr().out


def test_what_a_learner_has_changed_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["notebooks", str(tmp_path)])
    quiz, draft, start = (tmp_path / name for name in ("quiz.ipynb", "draft.ipynb", "start.ipynb"))
    own = {"metadata": {}, "cells": [], "nbformat": 4, "nbformat_minor": 5}
    quiz.write_text(json.dumps(own), encoding="utf-8")
    draft.write_text("not even a notebook", encoding="utf-8")
    start.unlink()
    capsys.readouterr()
    assert main(["notebooks", str(tmp_path)]) == 0
    said = "These notebooks differ from the originals, so they stay as they are: draft.ipynb, quiz.ipynb\n"
    assert capsys.readouterr().out.startswith(said)
    assert json.loads(quiz.read_text(encoding="utf-8")) == own
    assert draft.read_text(encoding="utf-8") == "not even a notebook"
    assert start.exists()


def test_what_has_only_been_run_stays_as_it_is_and_is_not_called_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["notebooks", str(tmp_path)])
    start = tmp_path / "start.ipynb"
    saved = json.loads(start.read_text(encoding="utf-8"))
    for cell in saved["cells"]:
        cell |= {"outputs": [], "execution_count": 1} if cell["cell_type"] == "code" else {}
    start.write_text(json.dumps(saved), encoding="utf-8")
    capsys.readouterr()
    assert main(["notebooks", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("The notebooks are in")
    assert json.loads(start.read_text(encoding="utf-8")) == saved


def test_a_copy_of_an_earlier_version_is_replaced_unless_the_learner_has_changed_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = tmp_path / "earlier"
    shutil.copytree(notebooks(), earlier)
    for name in ("start.ipynb", "quiz.ipynb"):
        said = (earlier / name).read_text(encoding="utf-8")
        (earlier / name).write_text(said.replace('"# ', '"# Formerly: ', 1), encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("etiquette.cli.notebooks.notebooks", lambda: earlier)
        main(["notebooks", str(tmp_path / "mine")])
    start, quiz = (tmp_path / "mine" / name for name in ("start.ipynb", "quiz.ipynb"))
    quiz.write_text(quiz.read_text(encoding="utf-8").replace("Formerly", "My notes"), encoding="utf-8")
    capsys.readouterr()
    assert main(["notebooks", str(tmp_path / "mine")]) == 0
    assert "stay as they are: quiz.ipynb\n" in capsys.readouterr().out
    assert "Formerly" not in start.read_text(encoding="utf-8")
    assert "My notes" in quiz.read_text(encoding="utf-8")


def test_copies_that_another_python_made_are_made_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They differ by its version alone, so they are nobody's work."""
    main(["notebooks", str(tmp_path)])
    start = tmp_path / "start.ipynb"
    before = start.read_bytes()
    start.write_bytes(before.replace(sys.version.split()[0].encode(), b"3.0.0"))
    assert start.read_bytes() != before
    capsys.readouterr()
    assert main(["notebooks", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("The notebooks are in")
    assert start.read_bytes() == before


def test_nothing_is_copied_onto_the_notebooks_themselves(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(notebooks(), target_is_directory=True)
    before = {path: path.stat().st_mtime_ns for path in notebooks().iterdir()}
    assert main(["notebooks", str(link)]) == 0
    assert {path: path.stat().st_mtime_ns for path in notebooks().iterdir()} == before


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "file"
    file.touch()
    for wrong in (file, file / "folder"):
        assert main(["notebooks", str(wrong)]) == 2
        assert capsys.readouterr().err == f"{wrong} isn’t a folder. Give the name of a folder for the notebooks.\n"
    taken = tmp_path / "folder" / "start.ipynb"
    taken.mkdir(parents=True)
    assert main(["notebooks", str(taken.parent)]) == 2
    assert capsys.readouterr().err == f"{taken}: can’t be written: Is a directory.\n"


@pytest.mark.parametrize(
    ("arguments", "own"),
    [
        (["lab"], 1),
        (["lab", "my folder"], 2),
        (["lab", "--no-browser"], 1),
        (["lab", "folder", "--ip", "0.0.0.0", "--port", "9000"], 2),
        (["lab", "--port", "9000"], 1),
        (["lab", "folder", "--help"], 3),
        (["serve", "--port", "9000"], 3),
        ([], 0),
    ],
)
def test_from_its_first_option_on_arguments_are_jupyterlabs(arguments: list[str], own: int) -> None:
    assert split_lab(arguments) == (arguments[:own], arguments[own:])


def test_without_jupyterlab_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "jupyterlab", None)
    assert main(["lab", str(tmp_path / "folder")]) == 2
    said = "JupyterLab isn’t installed. Install it with: pip install 'persistent-or-pesky[lab]'\n"
    assert capsys.readouterr().err == said
    assert not (tmp_path / "folder").exists()


LEAVES_A_THREAD = """
import sys, threading
from jupyterlab.labapp import LabApp
from etiquette.cli import main
LabApp.launch_instance = lambda arguments: threading.Thread(target=threading.Event().wait).start()
main(["lab", sys.argv[1]])
"""


def test_the_command_ends_with_jupyterlab_even_if_that_leaves_a_thread_behind(tmp_path: Path) -> None:
    command = [sys.executable, "-c", LEAVES_A_THREAD, str(tmp_path / "folder")]
    assert subprocess.run(command, timeout=60, check=False).returncode == 0


@pytest.mark.slow
def test_jupyterlab_opens_the_first_notebook_trusted_and_as_it_was_saved(tmp_path: Path, people: People) -> None:
    """Also once its kernel runs, in a folder whose name has a space."""
    folder, port = tmp_path / "my notebooks", free_port()
    command = [sys.executable, "-m", "etiquette", "lab", str(folder), "--no-browser", "--port", str(port)]
    command += [
        "--IdentityProvider.token=",
        "--expose-app-in-browser",
        f"--LabApp.workspaces_dir={tmp_path / 'workspaces'}",
    ]
    server = Server(command, "is running at", f"http://127.0.0.1:{port}/")
    try:
        page = people.come(viewport={"width": 1440, "height": 1000}).new_page()
        page.goto(server.address)
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
        expect(page.locator("#jp-main-dock-panel .lm-TabBar-tab")).to_have_text(["start.ipynb"])
        expect(page.locator(".jp-StatusItem-trust")).to_have_attribute("title", re.compile("^Notebook trusted"))
        page.evaluate(KERNEL_IS_KNOWN)
        expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    finally:
        server.stop()
    assert server.process.returncode == 0
