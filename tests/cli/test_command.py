"""The `etiquette` command itself; what its subcommands do is tested with the rooms that do it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from etiquette.cli import main
from etiquette.files import DISTRIBUTION
from tests.conftest import ROOT


def run(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the packages in this folder and, because of `-S`, no others."""
    environment = os.environ | {"PYTHONPATH": str(site)}
    return subprocess.run([sys.executable, "-S", *arguments], env=environment, cwd=site, capture_output=True, text=True)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder of installed packages with this one in it."""
    without = shutil.ignore_patterns("__pycache__", "node_modules", "static")
    shutil.copytree(ROOT / "etiquette", tmp_path / "etiquette", ignore=without)
    return tmp_path


def add_distribution(site: Path, name: str, version: str, author: str) -> None:
    """Add what pip writes about a distribution."""
    folder = site / f"{name.replace('-', '_')}-{version}.dist-info"
    folder.mkdir()
    text = f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\nAuthor: {author}\n"
    (folder / "METADATA").write_text(text, encoding="utf-8")


def add_task_queue(site: Path) -> None:
    """Install the task queue that is called etiquette too, as pip does: over what is there."""
    add_distribution(site, "etiquette", "0.0.3", "Somebody else")
    package = site / "etiquette"
    (package / "__init__.py").write_text("from etiquette.core import Etiquette\n", encoding="utf-8")
    (package / "core.py").write_text("class Etiquette: ...\n", encoding="utf-8")
    (package / "decorum.py").write_text("", encoding="utf-8")


def test_it_names_its_version(site: Path) -> None:
    add_distribution(site, DISTRIBUTION, "7.8.9", "Persistent or Pesky?")
    assert run(site, "-m", "etiquette", "--version").stdout == "etiquette 7.8.9\n"


def test_from_a_source_tree_it_has_no_version(site: Path) -> None:
    assert run(site, "-m", "etiquette", "--version").stdout == "etiquette (not installed)\n"


def test_every_subcommand_is_named_in_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    words = capsys.readouterr().out.split()
    assert {"lab", "notebooks", "serve", "quiz", "assess", "draft", "plan", "check", "site"} <= set(words)


@pytest.mark.parametrize("code", [("-m", "etiquette", "check"), ("-c", "from etiquette.views import play")])
def test_another_package_of_this_name_is_noticed(site: Path, code: tuple[str, ...]) -> None:
    """Whether it was installed last, first, or has been uninstalled again, along with the files that it replaced."""
    own = (site / "etiquette" / "__init__.py").read_bytes()
    remedy = "pip uninstall --yes etiquette persistent-or-pesky\n  pip install persistent-or-pesky\n"

    add_task_queue(site)
    last = run(site, *code)
    (site / "etiquette" / "__init__.py").write_bytes(own)
    first = run(site, *code)
    for name in ("__init__.py", "core.py", "decorum.py"):
        (site / "etiquette" / name).unlink()
    gone = run(site, *code)

    for ran in (last, first, gone):
        assert ran.stderr.endswith(remedy)
        assert ran.returncode == (2 if code[0] == "-m" else 1)
        assert ("Traceback" in ran.stderr) == (code[0] == "-c")


def test_an_earlier_version_of_this_package_under_that_name_is_not_taken_for_it(site: Path) -> None:
    add_distribution(site, "etiquette", "0.1.0", "Persistent or Pesky?")
    assert run(site, "-m", "etiquette", "--version").returncode == 0


@pytest.mark.parametrize("command", [["quiz"], ["draft", "--kind", "voicemail"]])
def test_when_nobody_reads_what_it_prints_it_ends_without_a_word(command: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    message = b"Hello, this is Tom Reed about the clerk role. I know you are busy."
    ran = subprocess.run(
        [sys.executable, "-m", "etiquette", *command], cwd=ROOT, input=message, stdout=writer, stderr=subprocess.PIPE
    )
    os.close(writer)
    assert (ran.returncode, ran.stderr) == (141, b"")
