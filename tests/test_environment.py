"""Facts that several files of the project state agree."""

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
    """The lower bound of each required package; empty if it has none."""
    matches = (re.fullmatch(r"([\w-]+)(?:\[\w+\])?(?:>=([\d.]+))?", each) for each in requirements)
    return {match[1].lower(): match[2] or "" for match in matches if match}


def test_conda_and_pip_require_the_same_packages() -> None:
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    by_pip = next(each["pip"] for each in listed if isinstance(each, dict))
    conda = bounds([each for each in listed if isinstance(each, str)] + by_pip)
    extras = PROJECT["optional-dependencies"]
    pip = bounds([*PROJECT["dependencies"], *(each for extra in extras.values() for each in extra)])
    assert conda.pop("python") == PROJECT["requires-python"].removeprefix(">=")
    conda.pop("pip")
    assert conda == pip


@pytest.mark.parametrize("lock", ["requirements.lock", "tests/requirements.lock"])
def test_lock_files_pin_every_package_with_hashes_and_without_urls(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    extras = PROJECT["optional-dependencies"]
    required = bounds([*PROJECT["dependencies"], *extras["build"], *extras["lab"]])
    if lock.startswith("tests"):
        required |= bounds([*extras["postgresql"], *extras["holidays"], *extras["test"]])
    locked = dict(re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE))
    assert required.keys() <= locked.keys()
    assert "://" not in text
    assert text.count("--hash=sha256:") >= len(locked)


def test_every_dependency_has_a_comment_that_gives_the_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.findall(r'^    "[\w-]+(?:\[\w+\])?>=[\d.]+",(.*)$', text, re.MULTILINE)
    extras = PROJECT["optional-dependencies"]
    assert len(listed) == len(PROJECT["dependencies"]) + sum(len(extra) for extra in extras.values())
    assert all(reason.strip().startswith("# ") for reason in listed)


def test_the_examples_in_the_readme_work() -> None:
    results = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert results.attempted >= 4
    assert results.failed == 0


def test_the_folders_targets_and_links_in_the_readme_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in re.findall(r"^\| `([\w./]+)` \|", readme, re.MULTILINE):
        assert (ROOT / "etiquette" / name).exists(), name
    for target in re.findall(r"^make (\w+)", readme, re.MULTILINE):
        assert f"\n{target}:" in (ROOT / "Makefile").read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#:]+)\)", readme):
        assert (ROOT / link).exists(), link


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
