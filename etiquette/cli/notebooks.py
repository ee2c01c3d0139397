"""`etiquette notebooks` and `etiquette lab`: copies of the notebooks to work in, and JupyterLab on them."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shlex
import sys
import warnings
from collections.abc import Sequence
from contextlib import closing, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from etiquette.cli.parser import Commands
from etiquette.files import DISTRIBUTION, notebooks

FOLDER = Path(DISTRIBUTION)
START = "start.ipynb"
COPIED = "etiquette_copied"  # the metadata that says what a copy said when it was made

Notebook = dict[str, Any]


def add_notebooks(commands: Commands) -> None:
    """Add `etiquette notebooks`."""
    parser = commands.add_parser(
        "notebooks",
        help="copy the notebooks, to work in them",
        description="Copy the notebooks into a folder, to work in them. If you have changed a notebook there, it stays "
        "as it is.",
    )
    _add_folder(parser)
    parser.set_defaults(run=_notebooks)


def add_lab(commands: Commands, for_jupyter: Sequence[str]) -> None:
    """Add `etiquette lab`, with the arguments that it passes on to JupyterLab."""
    parser = commands.add_parser(
        "lab",
        usage="etiquette lab [-h] [DIR] [JupyterLab's options ...]",
        help="open the notebooks in JupyterLab",
        description="Copy the notebooks into a folder, as etiquette notebooks does, and open them in JupyterLab. "
        "Options are passed on to JupyterLab, as in: etiquette lab --no-browser --port 9000",
    )
    _add_folder(parser)
    parser.set_defaults(run=_lab, for_jupyter=for_jupyter)


def split_lab(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """The arguments of this command, and those that are JupyterLab's: all from the first option after `lab`."""
    if arguments[:1] != ["lab"] or not {"-h", "--help"}.isdisjoint(arguments):
        return list(arguments), []
    first = next((n for n, each in enumerate(arguments) if each.startswith("-")), len(arguments))
    return list(arguments[:first]), list(arguments[first:])


def copy_notebooks(folder: Path) -> list[str]:
    """Copy the shipped notebooks into a folder, trusted and ready to run, and return the names of those kept instead.

    A notebook that the learner has changed is kept. One that they have only run stays as it is, but that of an earlier
    version is replaced. If the folder is that of the shipped notebooks, nothing is written. Without a home directory
    that can be written, no notebook is trusted.

    Raises:
        OSError: the folder or a file in it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    in_place = folder.samefile(notebooks())
    kept, ours = list[str](), list[Path]()
    for source in sorted(notebooks().glob("*.ipynb")):
        copy = folder / source.name
        if not in_place:
            content = _as_jupyter_saves_it(json.loads(source.read_bytes()))
            before = _read(copy) if copy.exists() else content
            if _sources(before) not in (_sources(content), before["metadata"].get(COPIED)):
                kept.append(copy.name)
                continue
            if _sources(before) == _sources(content) and before["cells"] != content["cells"]:
                continue  # it has been run
            if before != content or not copy.exists():
                _write(copy, json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True).encode() + b"\n")
        ours.append(copy)
    with suppress(OSError):
        _trust(ours)
    return kept


def _write(file: Path, content: bytes) -> None:
    """Write a file, or nothing: half a notebook would look like one that the learner has changed."""
    part = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        part.write_bytes(content)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _trust(copies: Sequence[Path]) -> None:
    """Have Jupyter trust these notebooks. Raises `OSError` if their signatures cannot be kept."""
    import nbformat  # slow, and no other command needs it
    from nbformat.sign import NotebookNotary

    notary = NotebookNotary()
    with closing(notary.store):
        for copy in copies:
            notary.sign(nbformat.read(copy, as_version=4))


def _read(copy: Path) -> Notebook:
    """The notebook in this file; one without cells if it is damaged, or is something else."""
    with suppress(ValueError):
        match json.loads(copy.read_bytes()):
            case {"cells": [*cells], "metadata": dict()} as found if all(isinstance(cell, dict) for cell in cells):
                notebook: Notebook = found
                return notebook
    return {"cells": [], "metadata": {}}


def _sources(notebook: Notebook) -> str:
    """A hash of what the cells say, whatever they have put out."""
    said = [(cell.get("cell_type"), "".join(cell.get("source", ""))) for cell in notebook["cells"]]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _as_jupyter_saves_it(notebook: Notebook) -> Notebook:
    """A notebook as JupyterLab saves it once this Python's kernel has started, with a hash of what it says.

    With any other metadata, JupyterLab marks a notebook as changed when it has only been opened.
    """
    from ipykernel.ipkernel import IPythonKernel
    from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpecManager

    with warnings.catch_warnings(action="ignore"):  # a home directory that cannot be written does not matter here
        spec = KernelSpecManager().get_kernel_spec(NATIVE_KERNEL_NAME)
    kernel = {"display_name": spec.display_name, "language": spec.language, "name": NATIVE_KERNEL_NAME}
    of_ours = {"kernelspec": kernel, "language_info": IPythonKernel.language_info, COPIED: _sources(notebook)}
    return notebook | {"metadata": notebook["metadata"] | of_ours}


def _add_folder(parser: argparse.ArgumentParser) -> None:
    text = f"the folder for the notebooks (default: {FOLDER} in the current folder)"
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, metavar="DIR", help=text)


def _notebooks(options: argparse.Namespace) -> int:
    if not _copied(options.folder):
        return 2
    lab = "etiquette lab" if options.folder == FOLDER else f"etiquette lab {shlex.quote(str(options.folder))}"
    print(f"The notebooks are in {options.folder.resolve()}")
    print(f"To begin, run {lab}, or open {START} in your own Jupyter.")
    return 0


def _lab(options: argparse.Namespace) -> int:
    if not find_spec("jupyterlab"):
        print(f"JupyterLab isn’t installed. Install it with: pip install '{DISTRIBUTION}[lab]'", file=sys.stderr)
        return 2
    if not _copied(options.folder):
        return 2
    from jupyterlab.labapp import LabApp

    arguments = [f"--ServerApp.root_dir={options.folder.resolve()}", f"--LabApp.default_url=/lab/tree/{START}"]
    arguments += options.for_jupyter
    if hasattr(os, "geteuid") and os.geteuid() == 0 and "--allow-root" not in arguments:
        arguments.append("--allow-root")
    LabApp.launch_instance(arguments)
    sys.stdout.flush()
    os._exit(0)  # JupyterLab sometimes leaves a thread that never ends, for which `return` would wait (its issue 10442)


def _copied(folder: Path) -> bool:
    """Whether the notebooks are in the folder now. Prints which ones were kept, or why it can't be written."""
    try:
        kept = copy_notebooks(folder)
    except (FileExistsError, NotADirectoryError):
        print(f"{folder} isn’t a folder. Give the name of a folder for the notebooks.", file=sys.stderr)
        return False
    except OSError as error:
        print(f"{error.filename or folder}: can’t be written: {error.strerror}.", file=sys.stderr)
        return False
    if kept:
        print(f"These notebooks differ from the originals, so they stay as they are: {', '.join(kept)}")
    return True
