"""The parser that each command adds itself to, and the option that several of them have."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

from etiquette.judge import ARTICLE, Policy, load_policy

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What `add_subparsers` returns; only type checkers can subscript it."""


def add_policy(parser: argparse.ArgumentParser) -> None:
    """Add the option `--policy`."""
    parser.add_argument(
        "--policy", type=Path, metavar="FILE", help="judge by the rules in this policy file (default: the article's)"
    )


def chosen_policy(options: argparse.Namespace) -> Policy:
    """The policy in the file that `--policy` names, or the article's. Raises PackError if the file has mistakes."""
    return load_policy(options.policy) if options.policy else ARTICLE
