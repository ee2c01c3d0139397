"""`etiquette site`: the page as a folder of static files."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from etiquette.cli.parser import Commands, add_policy, chosen_policy

HOW_TO_SERVE = """The page runs in the browsers of those who open it, so any web space will do: copy the folder there.
To look at it on this machine, run “python -m http.server --bind 127.0.0.1 --directory OUT”."""


def add_site(commands: Commands) -> None:
    """Add `etiquette site`."""
    parser = commands.add_parser(
        "site",
        help="write the practice page as a folder of static files",
        description="Write the practice page as a folder of static files, which needs no server of its own.",
        epilog=HOW_TO_SERVE,
    )
    parser.add_argument("out", type=Path, metavar="OUT", help="the folder to write")
    parser.add_argument(
        "--base-url",
        metavar="PATH",
        default="./",
        help="the path of the page, such as /etiquette/ (default: wherever the folder is)",
    )
    add_policy(parser)
    parser.set_defaults(run=_site)


def _site(options: argparse.Namespace) -> int:
    from etiquette.sessions import NotBuiltError
    from etiquette.site import write_site  # slow, and no other command needs it

    policy = chosen_policy(options)
    if not re.fullmatch(r"\.?/([\w.~-]+/)*", options.base_url, re.ASCII):
        fault = f"{options.base_url!r}: give a path that begins and ends with /, such as /etiquette/."
        print(f"--base-url is {fault}", file=sys.stderr)
        return 2
    try:
        write_site(options.out, policy, options.base_url)
    except (NotBuiltError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"The page: {options.out / 'index.html'}")
    return 0
