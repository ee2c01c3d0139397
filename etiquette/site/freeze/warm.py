"""Runs in Pyodide before the snapshot: imports what most people need, and reads what that would read from files.

The words that drafts are judged by are read later: all that is made of them would be a tenth of the snapshot.
"""

import gc
import sys
import zipimport
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from etiquette.files import LIBRARY
from etiquette.judge import ARTICLE
from etiquette.plan import FormEntries, parse_form, plan
from etiquette.practice import Quiz, lessons
from etiquette.site.worker import files, start
from etiquette.stories import library

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
READ = ("scenarios", "static", "runtime")
AN_INTERVIEW = FormEntries(id="warm", day="2026-03-03", time="11:00", place="London", home="Europe/London")


def preload() -> None:
    """Import the views, read the library, and start a session, which closes when it is freed."""
    for part in ("page.lesson", "page.progress_view", "plan", "quiz", "stories"):
        import_module(f"etiquette.views.{part}")
    library()
    lessons()
    plan(parse_form(AN_INTERVIEW, NOW), NOW)
    Quiz.draw("warm", 20, ARTICLE)
    start("", lambda _: None, lambda: None)
    sys.meta_path.pop(0)


def kept_files() -> dict[Path, bytes]:
    """The package's files that may be read later. Stories and lessons have been read; scripts are read with modules."""
    package = LIBRARY.parent
    found = (path for end in ("css", "html", "json", "txt", "yaml") for path in package.rglob(f"*.{end}"))
    return {path: path.read_bytes() for path in found if path.parent.name not in READ}


def forget_files() -> None:
    """Forget where modules were imported from: in a browser, these files are not there, or not the same.

    Time zones are resources of packages that are imported again, with which their files are fetched.
    """
    for name in [each for each in sys.modules if each.partition(".")[0] == "tzdata"]:
        del sys.modules[name]
    zipimport._zip_directory_cache.clear()  # type: ignore[attr-defined]
    sys.path_importer_cache.clear()
    gc.collect()
    gc.freeze()


def zero_free_memory() -> None:
    """Fill what was freed with zeros, which take up no place in a compressed snapshot: all blocks below the highest."""
    highest = id(bytes(4 * 1024 * 1024))
    held, size = [], 1024 * 1024
    while size >= 24:
        while id(block := bytes(size - 17)) < highest:
            held.append(block)
        size = size * 9 // 10 if size > 200 else size - 4


if __name__ == "__main__":
    preload()
    files |= kept_files()
    loaded = sorted(sys.modules)
    forget_files()
    zero_free_memory()
