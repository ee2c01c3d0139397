"""What the project says of itself in several places is the same in all of them."""

from __future__ import annotations

import doctest
import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def bounds(requirements: list[str]) -> dict[str, str]:
    """Each package with its lower bound."""
    parted = (re.fullmatch(r"([\w-]+)(?:\[\w+\])?(?:>=([\d.]+))?", each) for each in requirements)
    return {match[1].lower(): match[2] or "" for match in parted if match}


def test_conda_and_pip_ask_for_the_same() -> None:
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    by_pip = next(each["pip"] for each in listed if isinstance(each, dict))
    conda = bounds([each for each in listed if isinstance(each, str)] + by_pip)
    extras = PROJECT["optional-dependencies"]
    pip = bounds([*PROJECT["dependencies"], *extras["build"], *extras["lab"], *extras["postgresql"], *extras["test"]])
    assert conda.pop("python") == PROJECT["requires-python"].removeprefix(">=")
    conda.pop("pip")
    assert conda == pip


@pytest.mark.parametrize("lock", ["requirements.lock", "tests/requirements.lock"])
def test_the_lock_files_hold_every_package_with_its_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    extras = PROJECT["optional-dependencies"]
    wanted = bounds([*PROJECT["dependencies"], *extras["build"], *extras["lab"]])
    if lock.startswith("tests"):
        wanted |= bounds([*extras["postgresql"], *extras["test"]])
    locked = dict(re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE))
    assert wanted.keys() <= locked.keys()
    assert "://" not in text
    assert text.count("--hash=sha256:") >= len(locked)


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.findall(r'^    "[\w-]+(?:\[\w+\])?>=[\d.]+",(.*)$', text, re.MULTILINE)
    extras = PROJECT["optional-dependencies"]
    assert len(listed) == len(PROJECT["dependencies"]) + sum(len(extra) for extra in extras.values())
    assert all(reason.strip().startswith("# ") for reason in listed)


def test_the_example_in_the_readme_is_true() -> None:
    tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert tried.attempted >= 4
    assert tried.failed == 0


def test_the_readme_names_what_there_is() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in re.findall(r"^\| `([\w./]+)` \|", readme, re.MULTILINE):
        assert (ROOT / "etiquette" / name).exists(), name
    for target in re.findall(r"^make (\w+)", readme, re.MULTILINE):
        assert f"\n{target}:" in (ROOT / "Makefile").read_text(encoding="utf-8")
    for linked in re.findall(r"\]\(([^)#:]+)\)", readme):
        assert (ROOT / linked).exists(), linked


def test_a_commit_is_checked_by_what_make_lint_runs() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = [hook["entry"] for repo in config["repos"] for hook in repo["hooks"]]
    recipe = re.search(r"^lint:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert recipe
    assert hooks == [line.strip().replace("$(BIN)", ".venv/bin") for line in recipe[1].splitlines()]


def test_every_supported_python_is_tested() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    oldest = PROJECT["requires-python"].removeprefix(">=")
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python"] == [oldest, "3.x"]
