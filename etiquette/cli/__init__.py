"""The `etiquette` command: a module for each group of subcommands, which turn options into calls of the rooms.

`main` is the entry point of the installed command and of `python -m etiquette`.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from etiquette.cli.draft import add_draft
from etiquette.cli.judge import add_assess, add_check
from etiquette.cli.notebooks import add_lab, add_notebooks, split_lab
from etiquette.cli.plan import add_plan
from etiquette.cli.quiz import add_quiz
from etiquette.cli.serve import add_serve
from etiquette.cli.site import add_site
from etiquette.files import PackError, check_installation, installed_version

__all__ = ["main"]

INTERRUPTED, NOBODY_READS = 130, 141
"""The exit codes that shells give to a program that Ctrl+C or a closed pipe has stopped."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command. Returns 0 on success, 1 if a check found problems, 2 if the input could not be used."""
    try:
        check_installation()
    except ImportError as error:
        print(error, file=sys.stderr)
        return 2
    own, for_jupyter = split_lab(sys.argv[1:] if arguments is None else arguments)
    options = _parser(for_jupyter).parse_args(own)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except PackError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains as it exits
        return NOBODY_READS
    return status


def _parser(for_jupyter: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="etiquette",
        description="Persistent or pesky? Practise following up after a job interview, or help others practise it.",
    )
    version = installed_version() or "(not installed)"
    parser.add_argument("--version", action="version", version=f"%(prog)s {version}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add_lab(commands, for_jupyter)
    for add in (add_notebooks, add_serve, add_site, add_quiz, add_assess, add_draft, add_plan, add_check):
        add(commands)
    return parser
