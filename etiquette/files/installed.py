"""How the package is installed: its version, and whether another package has overwritten parts of it."""

from __future__ import annotations

import sys

from etiquette.files.shipped import PACKAGE

DISTRIBUTION = "persistent-or-pesky"
OTHERS = ("core.py", "decorum.py")
"""Modules of the task queue on PyPI that is called etiquette too, and is installed into the same folder."""
OVERWRITTEN = f"""Another package that is also called etiquette has overwritten parts of this one.
To repair it, uninstall both and install this one again:
  pip uninstall --yes etiquette {DISTRIBUTION}
  pip install {DISTRIBUTION}"""


def installed_version() -> str:
    """The version of the installed distribution; empty if the package is run from a source tree."""
    from importlib.metadata import PackageNotFoundError, version  # slow, and seldom needed

    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return ""


def check_installation() -> None:
    """Check that the task queue called etiquette is not, and was not, installed into this package's folder.

    Uninstalling only the task queue removes this package's `__init__.py` as well. The check takes about 50 µs.

    Raises:
        ImportError: it is, or was; the message says how to repair the installation.
    """
    if getattr(sys.modules["etiquette"], "__file__", None) is None or any((PACKAGE / name).exists() for name in OTHERS):
        raise ImportError(OVERWRITTEN)
