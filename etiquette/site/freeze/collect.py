"""Collects what the snapshot is made of: the parts of this package that the page needs, and the packages they import.

The same files make the same archive.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import files
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
DISTRIBUTIONS = (
    "anywidget",
    "comm",
    "icalendar",
    "ipywidgets",
    "markupsafe",
    "mistune",
    "python-dateutil",
    "pyyaml",
    "traitlets",
    "typing-extensions",
    "tzdata",
)
SERVERS = ("cli", "host", "room", "sessions/page", "sessions/static", "site", "views/room")
WORKER = "site/worker.py"
ENDS = (".py", ".js", ".css", ".html", ".yaml", ".txt", ".json", ".ipynb")


def sources() -> Iterator[tuple[Path, str]]:
    """Each file, and its path in the archive."""
    package = ROOT / "etiquette"
    for file in sorted(package.rglob("*")):
        inside = file.relative_to(package).as_posix()
        ours = inside == WORKER or not inside.startswith(tuple(f"{each}/" for each in SERVERS))
        if ours and file.suffix in ENDS:
            yield file, f"etiquette/{inside}"
    for file in sorted((ROOT / "notebooks").glob("*.ipynb")):
        yield file, f"etiquette/notebooks/{file.name}"
    for file in sorted((HERE / "stand_ins").rglob("*.py")):
        yield file, file.relative_to(HERE / "stand_ins").as_posix()
    for name in DISTRIBUTIONS:
        for each in files(name) or ():
            inside = each.as_posix()
            if not inside.startswith("..") and "/tests/" not in inside and _needed(inside):
                yield Path(str(each.locate())), inside


def _needed(path: str) -> bool:
    return path.endswith((".py", ".dist-info/METADATA")) or path.startswith("tzdata/")


if __name__ == "__main__":
    with zipfile.ZipFile(sys.argv[1], "w") as archive:
        for source, path in sources():
            archive.writestr(zipfile.ZipInfo(path), source.read_bytes())
