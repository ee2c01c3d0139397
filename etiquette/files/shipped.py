"""Where the files are that come with the package: its library, and its notebooks."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parents[1]
LIBRARY = PACKAGE / "library"


def library_files(folder: str) -> list[Path]:
    """The YAML files in one folder of the library, in the order of their names."""
    return sorted((LIBRARY / folder).glob("*.yaml"))


def notebooks() -> Path:
    """The folder of the notebooks: inside the installed package or, in a checkout, beside it."""
    inside = PACKAGE / "notebooks"
    return inside if inside.is_dir() else PACKAGE.parent / "notebooks"
