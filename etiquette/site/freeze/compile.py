"""Runs in Pyodide, to compile for its version of Python: standard library and packages into one zip, ours into another.

Docstrings are left out. `SOURCES` and `STDLIB` are zips of sources.
"""

import compileall
import zipfile
from pathlib import Path
from py_compile import PycInvalidationMode

unpacked = Path("/unpacked")
for archive in ("/stdlib.zip", "/sources.zip"):
    zipfile.ZipFile(archive).extractall(unpacked)
compileall.compile_dir(
    unpacked, stripdir=unpacked, quiet=2, legacy=True, optimize=2, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH
)


def pack(name: str, *, ours: bool, without: frozenset[str] = frozenset()) -> None:
    """Zip what is ours or, uncompressed, what is not, without these modules."""
    kind = zipfile.ZIP_DEFLATED if without else zipfile.ZIP_STORED
    with zipfile.ZipFile(name, "w", kind) as archive:
        for file in sorted(unpacked.rglob("*")):
            path = file.relative_to(unpacked)
            module = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
            wanted = (path.parts[0] == "etiquette") == ours and module not in without
            if wanted and file.is_file() and file.suffix != ".py":
                archive.write(file, path)


pack("/ours.zip", ours=True)
pack("/others.zip", ours=False)
