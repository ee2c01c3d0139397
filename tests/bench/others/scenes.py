"""The scenes: their environment, and what they show."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

from platformdirs import user_cache_path

from etiquette.stories import Run, Scenario, library

HERE = Path(__file__).parent
REQUIREMENTS = HERE / "requirements.txt"


def python() -> Path:
    """The Python of an environment in the cache that has what the scenes need; it is made if it is not there."""
    digest = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:12]
    folder = user_cache_path("etiquette") / f"bench-{digest}"
    found, made = folder / "bin" / "python", folder / "made"
    if not made.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        install = ["install", "--quiet", "--disable-pip-version-check", "--requirement", str(REQUIREMENTS)]
        subprocess.run([found, "-m", "pip", *install], check=True)
        made.touch()
    return found


def version(package: str) -> str:
    """Which version of a package the scenes run with."""
    lines = REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    return next(line.removeprefix(f"{package}==") for line in lines if line.startswith(f"{package}=="))


def write_stories(file: Path) -> None:
    """Write how each shipped story begins, for the scenes to show."""
    file.write_text(json.dumps([_beginning(scenario) for scenario in library().values()]), encoding="utf-8")


def _beginning(scenario: Scenario) -> dict[str, object]:
    run = Run.start(scenario)
    assert run.moment
    choices = []
    for number in range(len(run.moment.choices)):
        after = run.choose(number).decisions[-1]
        verdict = f"{after.assessment.verdict}: {after.assessment.credit} of 100 credit."
        feedback = f"{verdict} {after.choice.then} {after.assessment.reason}"
        choices.append({"says": after.choice.says, "feedback": feedback})
    return {"title": scenario.title, "text": "\n\n".join(each.text for each in run.passages), "choices": choices}
