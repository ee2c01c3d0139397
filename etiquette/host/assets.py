"""The files that the page loads. Their names contain a hash of their content."""

from __future__ import annotations

import json
from pathlib import Path

STATIC = Path(__file__).parent / "jupyter" / "voila" / "templates" / "etiquette-lean" / "static"


class NotBuiltError(Exception):
    """The page has not been built; the message says how to build it."""


def assets(folder: Path = STATIC) -> dict[str, str]:
    """The file names of the page's script (`js`), its style sheet (`css`), and the script that runs first (`early`).

    Raises:
        NotBuiltError: the page has not been built yet.
    """
    manifest = folder / "assets.json"
    if not manifest.is_file():
        raise NotBuiltError("The page hasn't been built yet. Run `make app`, or install the package from a wheel.")
    names: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))
    return names
