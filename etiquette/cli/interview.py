"""`etiquette draft` and `etiquette plan`: a message and an interview of your own."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from etiquette.cli.parser import Commands
from etiquette.drafts import REMARKS, TONE_REMARKS, Label, MessageKind, assess_draft
from etiquette.plan import DAMAGED, Application, EntryError, calendar_file, plan, plan_text


def add_draft(commands: Commands) -> None:
    """Add `etiquette draft`."""
    parser = commands.add_parser(
        "draft",
        help="judge the wording of a message",
        description="Judge the wording of a message, and quote the words that matter.",
    )
    parser.add_argument("--file", type=Path, required=True, help="the message, as UTF-8 text; - reads standard input")
    parser.add_argument(
        "--kind", type=MessageKind, choices=list(MessageKind), required=True, help="the kind of message"
    )
    parser.add_argument("--json", action="store_true", help="print the result, with positions, as one JSON object")
    parser.set_defaults(run=_draft)


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


def _draft(options: argparse.Namespace) -> int:
    try:
        raw = sys.stdin.buffer.read() if str(options.file) == "-" else options.file.read_bytes()
        text = raw.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        print(f"{options.file}: cannot be read: {error}", file=sys.stderr)
        return 2
    reading = assess_draft(text, options.kind)
    marks = sorted(reading.marks, key=lambda mark: (mark.start, mark.end))
    if options.json:
        answer = {
            "kind": reading.kind,
            "verdict": reading.tone,
            "credit": reading.credit,
            "labels": {label: label in reading.labels for label in Label},
            "missing": reading.missing,
            "must_go": reading.must_go,
            "marks": [asdict(mark) | {"text": text[mark.start : mark.end]} for mark in marks],
        }
        print(json.dumps(answer, ensure_ascii=False))
        return 0
    print(f"{reading.tone.capitalize()}, credit {reading.credit}. {TONE_REMARKS[reading.tone]}")
    for label in Label:
        if label in reading.labels:
            quoted = (" ".join(text[mark.start : mark.end].split()) for mark in marks if mark.label is label)
            words = ", ".join(f"“{words}”" for words in quoted)
            print(f"  {REMARKS[label].name}: {REMARKS[label].present} {words}")
    for label in reading.missing:
        print(f"  missing, {REMARKS[label].name}: {REMARKS[label].missing}")
    return 0


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
