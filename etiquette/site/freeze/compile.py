"""Runs in Pyodide, to compile for its version of Python: standard library and packages into one zip, ours into another.

Docstrings are left out. `STDLIB` and `SOURCES` are zips of sources.
"""

import compileall
import zipfile
from collections.abc import Callable
from pathlib import Path
from py_compile import PycInvalidationMode

STDLIB, SOURCES = "/stdlib.zip", "/sources.zip"

unpacked = Path("/unpacked")
for each in (STDLIB, SOURCES):
    zipfile.ZipFile(each).extractall(unpacked)
compileall.compile_dir(
    unpacked, stripdir=unpacked, quiet=2, legacy=True, optimize=2, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH
)


def pack(name: str, wanted: Callable[[str], bool], compression: int = zipfile.ZIP_STORED) -> None:
    """Zip the compiled modules, and all other files, whose path is wanted."""
    with zipfile.ZipFile(name, "w", compression) as archive:
        for file in sorted(unpacked.rglob("*")):
            path = file.relative_to(unpacked).as_posix()
            if file.is_file() and file.suffix != ".py" and wanted(path):
                archive.write(file, path)


def pack_remaining(name: str, loaded: frozenset[str]) -> None:
    """Zip the modules of others that a snapshot with these does not have.

    Packages are in both, because a zip that lacks one has no resources of it.
    """

    def remains(path: str) -> bool:
        module = path.removesuffix(".pyc").removesuffix("/__init__").replace("/", ".")
        return not path.startswith("etiquette/") and (module not in loaded or path.endswith("/__init__.pyc"))

    pack(name, remains, zipfile.ZIP_DEFLATED)


pack("/ours.zip", lambda path: path.startswith("etiquette/"))
pack("/others.zip", lambda path: not path.startswith("etiquette/"))
