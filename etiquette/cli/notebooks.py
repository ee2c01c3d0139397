"""`etiquette notebooks` and `etiquette lab`: copies of the notebooks to work in, and JupyterLab on them."""

from __future__ import annotations

import argparse
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


def add_notebooks(commands: Commands) -> None:
    """Add `etiquette notebooks`."""
    parser = commands.add_parser(
        "notebooks",
        help="copy the notebooks, to work in them",
        description="Copy the notebooks into a folder, to work in them. A notebook there that differs from the "
        "original stays as it is.",
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

    A notebook that is there already and differs is the learner's own, and is kept. If the folder is that of the shipped
    notebooks, nothing is written. Without a home directory that can be written, no notebook is trusted.

    Raises:
        OSError: the folder or a file in it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    in_place = folder.samefile(notebooks())
    kept, ours = list[str](), list[Path]()
    for source in sorted(notebooks().glob("*.ipynb")):
        copy = folder / source.name
        if not in_place:
            content = _as_jupyter_saves_it(source.read_bytes())
            before = copy.read_bytes() if copy.exists() else None
            if before and _as_jupyter_saves_it(before) != content:
                kept.append(copy.name)
                continue
            if before != content:
                _write(copy, content)
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


def _as_jupyter_saves_it(notebook: bytes) -> bytes:
    """A notebook as JupyterLab saves it once this Python's kernel has started; as it is, if it is not a notebook.

    With any other metadata, JupyterLab marks a notebook as changed when it has only been opened.
    """
    from ipykernel.ipkernel import IPythonKernel
    from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpecManager

    with warnings.catch_warnings(action="ignore"):  # a home directory that cannot be written does not matter here
        spec = KernelSpecManager().get_kernel_spec(NATIVE_KERNEL_NAME)
    kernel = {"display_name": spec.display_name, "language": spec.language, "name": NATIVE_KERNEL_NAME}
    try:
        content: Any = json.loads(notebook)
        content["metadata"] |= {"kernelspec": kernel, "language_info": IPythonKernel.language_info}
    except (ValueError, KeyError, TypeError):
        return notebook
    return json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True).encode() + b"\n"


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
    return 0


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
