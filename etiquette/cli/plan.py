"""`etiquette plan`: the follow-up of an interview of your own."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from etiquette.cli.parser import Commands
from etiquette.plan import DAMAGED, Application, EntryError, calendar_file, plan, plan_text


def add_plan(commands: Commands) -> None:
    """Add `etiquette plan`."""
    parser = commands.add_parser(
        "plan",
        help="plan the follow-up of your own interview",
        description="Print the plan for an interview that you entered and saved on the page, under My interview.",
    )
    parser.add_argument("file", type=Path, metavar="FILE.json", help="the file that you saved there")
    parser.add_argument("--ics", type=Path, metavar="OUT", help="also write the plan to this calendar file")
    parser.add_argument(
        "--now",
        type=_date_and_time,
        metavar="TIME",
        help="plan as if it were this time where you are, such as 2026-03-11T09:00 (default: now)",
    )
    parser.set_defaults(run=_plan)


def _date_and_time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"write it as 2026-03-11T09:00, not {text}") from None


def _plan(options: argparse.Namespace) -> int:
    stamp = datetime.now(UTC)
    try:
        application = Application.from_json(options.file.read_text(encoding="utf-8-sig"))
        now = options.now or stamp
        now = now if now.tzinfo else now.replace(tzinfo=application.home)
        if problem := application.too_early(now):
            raise EntryError(problem)
        planned = plan(application, now)
        if options.ics:
            options.ics.write_bytes(calendar_file(planned, stamp))
    except (EntryError, UnicodeDecodeError) as error:
        print(f"{options.file}: {error if isinstance(error, EntryError) else DAMAGED}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename}: {error.strerror}.", file=sys.stderr)
        return 2
    print(plan_text(planned))
    return 0
