"""`etiquette site`: the page as a folder of static files, or as a package for a learning platform."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from etiquette.cli.parser import Commands, add_policy, chosen_policy

HOW_TO_SERVE = """The page runs in the browsers of those who open it, so any web space will do: copy the folder there.
To look at it on this machine, run “python -m http.server --bind 127.0.0.1 --directory OUT”. A package is one zip
file, which you upload to your learning platform."""
STANDARDS = ("1.2", "2004", "cmi5")


def add_site(commands: Commands) -> None:
    """Add `etiquette site`."""
    parser = commands.add_parser(
        "site",
        help="write the practice page as a folder of static files",
        description="Write the practice page as a folder of static files, which needs no server of its own.",
        epilog=HOW_TO_SERVE,
    )
    parser.add_argument("out", type=Path, metavar="OUT", help="the folder to write or, with --scorm, the zip file")
    parser.add_argument(
        "--base-url",
        metavar="PATH",
        default="./",
        help="the path of the page, such as /etiquette/ (default: wherever the folder is)",
    )
    parser.add_argument(
        "--from-disk",
        action="store_true",
        help="make index.html work when it is opened from a disk, too (20 MB more)",
    )
    parser.add_argument(
        "--scorm", choices=STANDARDS, help="write a package for a learning platform, of SCORM 1.2, SCORM 2004 or cmi5"
    )
    add_policy(parser)
    parser.set_defaults(run=_site)


def _site(options: argparse.Namespace) -> int:
    from etiquette.sessions import NotBuiltError
    from etiquette.site import Standard, write_package, write_site  # slow, and needed only here

    policy = chosen_policy(options)
    if not re.fullmatch(r"\.?/([\w.~-]+/)*", options.base_url, re.ASCII):
        fault = f"{options.base_url!r}: give a path that begins and ends with /, such as /etiquette/."
        print(f"--base-url is {fault}", file=sys.stderr)
        return 2
    if options.from_disk and (options.scorm or options.base_url.startswith("/")):
        print("--from-disk is for a folder, and works without --base-url only.", file=sys.stderr)
        return 2
    try:
        if options.scorm:
            with TemporaryDirectory() as folder:
                write_site(Path(folder), policy, brotli=False, installable=False)
                write_package(Path(folder), options.out, Standard(options.scorm))
            print(f"The package: {options.out}")
        else:
            write_site(options.out, policy, options.base_url, from_disk=options.from_disk)
            print(f"The page: {options.out / 'index.html'}")
    except (NotBuiltError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0
