"""The files that the page loads. Their names contain a hash of their content."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

STATIC = Path(__file__).parent / "static"


class NotBuiltError(Exception):
    """The page has not been built; the message says how to build it."""


@dataclass(frozen=True, slots=True)
class Assets:
    """The names of the files: the page's scripts, of which `early` is the first, its worker's, and the style sheet.

    `platform` runs even before those, on a page that a learning platform opens. `offline` and `service`
    are the scripts, on the page and in its service worker, of a page that works offline.
    """

    early: str
    platform: str
    js: str
    css: str
    worker: str
    offline: str
    service: str

    @classmethod
    def read(cls, folder: Path = STATIC) -> Assets:
        """The names in this folder's manifest.

        Raises:
            NotBuiltError: the page has not been built yet.
        """
        manifest = folder / "assets.json"
        if not manifest.is_file():
            raise NotBuiltError("The page hasn't been built yet. Run `make app`, or install the package from a wheel.")
        return cls(**json.loads(manifest.read_text(encoding="utf-8")))
