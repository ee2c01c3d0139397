"""Facts that several files of the project state agree."""

from __future__ import annotations

import doctest
import json
import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from etiquette.cli import main

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


EXTRAS = PROJECT["optional-dependencies"]


def bounds(requirements: list[str]) -> dict[str, SpecifierSet]:
    """The versions that are allowed of each required package, by its name as PyPI spells it."""
    return {canonicalize_name(each.name): each.specifier for each in map(Requirement, requirements)}


def conda_environment(path: str) -> tuple[str, list[str], list[str]]:
    """The name of a conda environment, its packages from conda without pip, and its packages from PyPI."""
    environment = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))
    *listed, from_pypi = environment["dependencies"]
    listed.remove("pip")
    return environment["name"], listed, from_pypi["pip"]


def test_conda_installs_the_package_and_what_it_requires_and_nothing_for_tests() -> None:
    """Binder builds from the same file. It copies the checkout first because pip installs from a path in it."""
    name, listed, from_pypi = conda_environment("environment.yml")
    python = listed.pop(0).removeprefix("python=")
    from_pypi.remove(".")
    assert name == PROJECT["name"]
    assert f"Programming Language :: Python :: {python}" in PROJECT["classifiers"]
    assert bounds(listed + from_pypi) == bounds([*PROJECT["dependencies"], *EXTRAS["lab"], *EXTRAS["holidays"]])


def test_conda_installs_what_the_tests_require_into_the_same_environment() -> None:
    name, listed, from_pypi = conda_environment("tests/environment.yml")
    assert name == PROJECT["name"]
    assert bounds(listed + from_pypi) == bounds(
        [*EXTRAS["test"], *EXTRAS["lite"], *EXTRAS["postgresql"], *EXTRAS["build"]]
    )


LOCKED = {
    "app": [*PROJECT["dependencies"], *EXTRAS["build"]],
    "lab": [*PROJECT["dependencies"], *EXTRAS["build"], *EXTRAS["lab"]],
    "lite": [*PROJECT["dependencies"], *EXTRAS["build"], *EXTRAS["lite"]],
    "test": [*PROJECT["dependencies"], *(each for extra in EXTRAS.values() for each in extra)],
}


def pinned(lock: str) -> dict[str, str]:
    """The version of each package in a lock file."""
    text = (ROOT / "locks" / f"{lock}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKED)
def test_lock_files_pin_every_package_with_hashes_and_without_urls(lock: str) -> None:
    text = (ROOT / "locks" / f"{lock}.txt").read_text(encoding="utf-8")
    allowed, locked = bounds(LOCKED[lock]), pinned(lock)
    assert allowed.keys() <= locked.keys()
    assert all(locked[name] in versions for name, versions in allowed.items())
    assert "://" not in text
    assert text.count("--hash=sha256:") >= len(locked)


def test_the_page_is_installed_without_jupyterlab_and_without_what_only_tests_need() -> None:
    assert not {"jupyterlab", "pytest"} & pinned("app").keys()
    assert "pytest" not in pinned("lab")


def test_every_dependency_has_a_comment_that_gives_the_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.findall(r'^    "([^" ]+>=[^" ]+)", *# \S', text, re.MULTILINE)
    assert listed == [*PROJECT["dependencies"], *(each for extra in EXTRAS.values() for each in extra)]


def test_the_project_is_named_by_one_public_address() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    source = PROJECT["urls"]["Source"]
    assert set(re.findall(r"https://[\w.]+/[\w-]+/[\w-]+", text)) == {source}
    assert all(url.startswith(source) for url in PROJECT["urls"].values())


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
    named = [each for each in PROJECT["classifiers"] if re.search(r"Python :: 3\.\d", each)]
    supported = [each.rpartition(" ")[2] for each in named]
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python"] == supported
    assert workflow["jobs"]["bounds"]["strategy"]["matrix"]["python"] == [supported[0], supported[-1]]
    assert PROJECT["requires-python"] == f">={supported[0]}"


def test_the_changelog_begins_with_the_version_of_the_package() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    releases = re.findall(r"^## (\S+), (\S+)$", changelog, re.MULTILINE)
    assert releases[0][0] == PROJECT["version"]
    assert changelog.count("\n## ") == len(releases)
    dates = [date.fromisoformat(day) for _, day in releases]
    assert dates == sorted(dates, reverse=True)


def test_the_container_copies_files_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    """There may be no engine here to build it with. Its command has no option that `etiquette` does not know."""
    lines = (ROOT / "deploy/Containerfile").read_text(encoding="utf-8").splitlines()
    copies = [line.split()[1:-1] for line in lines if line.startswith("COPY ") and "--from" not in line]
    missing = [path for paths in copies for path in paths if not (ROOT / path).exists()]
    name, *arguments = json.loads(next(line for line in lines if line.startswith("ENTRYPOINT ")).partition(" ")[2])
    with pytest.raises(SystemExit):
        main([*arguments, "--help"])
    known = set(re.findall(r"--[\w-]+", capsys.readouterr().out))
    assert len(copies) >= 4
    assert not missing
    assert name in PROJECT["scripts"]
    assert {each for each in arguments if each.startswith("--")} <= known
