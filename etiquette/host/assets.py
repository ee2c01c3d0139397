"""The files that the lean page loads, by the names that their content gave them."""

from __future__ import annotations

import json
from pathlib import Path

STATIC = Path(__file__).parent / "jupyter" / "voila" / "templates" / "etiquette-lean" / "static"


class NotBuiltError(Exception):
    """The page has not been built; the message says how to."""


def assets(folder: Path = STATIC) -> dict[str, str]:
    """The file names of the page's script (`js`), its style sheet (`css`), and what runs before both (`early`).

    Raises:
        NotBuiltError: there are none yet.
    """
    manifest = folder / "assets.json"
    if not manifest.is_file():
        raise NotBuiltError("The page has not been built yet: run `make app`, or install the package from a wheel.")
    names: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))
    return names
