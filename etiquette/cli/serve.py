"""`etiquette serve`: the practice page for visitors."""

from __future__ import annotations

import argparse
import sys
from argparse import SUPPRESS
from pathlib import Path

from etiquette.cli.parser import Commands
from etiquette.judge import load_policy

LOG_LEVELS = ("debug", "info", "warning", "error")
BEHIND_A_PROXY = """By default the server listens on this machine only, and answers only to this machine's own names.
With --workshop it also lets in the phones on this machine's network, unless you give --ip, --name or --login.
Behind a proxy on the same machine, add the name that visitors use (--name careers.example.org), and make the proxy pass
on the Host header (nginx: proxy_set_header Host $http_host), the visitor's address (X-Forwarded-For
$proxy_add_x_forwarded_for) and websockets."""


def add_serve(commands: Commands) -> None:
    """Add `etiquette serve`: its options are the fields of the host's `Options`, which holds their defaults."""
    parser = commands.add_parser(
        "serve",
        help="serve the practice page",
        description="Serve the practice page. Without options, only this machine can open it.",
        epilog=BEHIND_A_PROXY,
        argument_default=SUPPRESS,
    )
    add = parser.add_argument
    add("--ip", help="the address to listen on (default: 127.0.0.1, this machine only; with --workshop, 0.0.0.0)")
    add("--port", type=int, help="the port to listen on (default: 8866, or the next free one)")
    add("--base-url", metavar="PATH", help="the path of the page, such as /etiquette/ (default: /)")
    add("--name", dest="names", action="append", metavar="HOST", help="a host name that visitors use; may be repeated")
    add("--visitors", type=int, metavar="N", help="the most visitors at once (default: as many as fit into memory)")
    add(
        "--idle",
        type=float,
        metavar="MINUTES",
        help="close a page after this long without a click (default: 30; with --workshop, 240)",
    )
    add("--unopened", type=float, metavar="SECONDS", help="how long a new page may take to connect (default: 60)")
    add("--lost", type=float, metavar="SECONDS", help="how long a page may take to reconnect (default: 75)")
    add(
        "--per-address",
        type=int,
        metavar="N",
        help="the most visitors from one network address (default: half of all visitors; with --workshop, all)",
    )
    add(
        "--workers",
        type=int,
        metavar="N",
        help="the number of server processes, on ports from --port upwards (default: 1)",
    )
    add(
        "--embed",
        action="append",
        metavar="ORIGIN",
        help="a site that may show the page in a frame, such as https://moodle.example.org; may be repeated",
    )
    add("--login", choices=["jupyterhub"], help="let in only users of the JupyterHub that runs this as a service")
    add("--public-metrics", action="store_true", help="show /metrics to everyone, not only to this machine")
    add(
        "--store", metavar="URL", help="the database for workshop rooms (default: a SQLite file in your data directory)"
    )
    add("--policy", type=Path, metavar="FILE", help="teach by the rules in this policy file (default: the article's)")
    add(
        "--workshop",
        action="store_true",
        help="run a workshop: let in phones on this network, and serve the facilitator's page at a secret address",
    )
    add("--log-level", choices=LOG_LEVELS, help="how much to log to standard error (default: warning)")
    add("--open", dest="open_browser", action=argparse.BooleanOptionalAction, help="open a browser (default: yes)")
    parser.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> int:
    from etiquette.host import CannotServeError, Options, serve  # slow, and no other command needs it

    chosen = {name: value for name, value in vars(options).items() if name != "run"}
    repeated = {name: tuple(value) for name, value in chosen.items() if isinstance(value, list)}
    if "policy" in chosen:
        chosen["policy"] = load_policy(options.policy)
    try:
        return serve(Options(**(chosen | repeated)))
    except CannotServeError as error:
        print(error, file=sys.stderr)
        return 2
