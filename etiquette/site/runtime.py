"""The files with which Python runs in a browser, made when the package is built. Their names contain a hash."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from etiquette.sessions import NotBuiltError

RUNTIME = Path(__file__).parent / "runtime"


@dataclass(frozen=True, slots=True)
class Runtime:
    """The names of the files: Pyodide's WebAssembly module, the memory that it starts with, and the other modules.

    The first two are there in packed form only, with `.gz` and `.br` added to their names; unpacked, they have `bytes`
    bytes together.
    """

    python: str
    snapshot: str
    modules: str
    bytes: int

    @classmethod
    def read(cls, folder: Path = RUNTIME) -> Runtime:
        """The names in this folder's manifest.

        Raises:
            NotBuiltError: they have not been made yet.
        """
        manifest = folder / "runtime.json"
        if not manifest.is_file():
            raise NotBuiltError(
                "Python for browsers hasn't been built yet. Run `make site`, or install the package from a wheel."
            )
        return cls(**json.loads(manifest.read_text(encoding="utf-8")))
