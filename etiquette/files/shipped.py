"""Locates the files that come with the package."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parents[1]
LIBRARY = PACKAGE / "library"


def library_files(folder: str) -> list[Path]:
    """The YAML files in one folder of the library, sorted by name."""
    return sorted((LIBRARY / folder).glob("*.yaml"))


def notebooks() -> Path:
    """The folder of notebooks, inside the installed package or, in a checkout, next to the package."""
    installed = PACKAGE / "notebooks"
    return installed if installed.is_dir() else PACKAGE.parent / "notebooks"
