"""`etiquette draft`: the wording of messages, in files or on standard input."""

from __future__ import annotations

import argparse
import io
import json
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from etiquette.cli.eml import email_text
from etiquette.cli.parser import Commands
from etiquette.drafts import (
    REMARKS,
    TONE_REMARKS,
    DraftAssessment,
    DraftError,
    Label,
    MessageKind,
    assess_draft,
    last_check,
    suggest,
)

STDIN = "-"
READY, SOMETHING_MUST_GO, UNUSABLE = 0, 1, 2
EXIT_CODES = """Exits with 0 if nothing has to go, 1 if a message says something that has to go, and 2 if a file can't
be read or judged, whatever the others say. A message that only lacks something counts as 0."""
HOW_TO_TYPE = "Type or paste the message. Then press Enter and Ctrl+D (on Windows, Ctrl+Z and Enter)."
NOT_TEXT = "This isn’t plain text in UTF-8. Save the message as a text file in UTF-8, and try again."
LONGEST_QUOTE = 240  # characters


def add_draft(commands: Commands) -> None:
    """Add `etiquette draft`."""
    parser = commands.add_parser(
        "draft",
        help="judge the wording of a message",
        description="Judge the wording of messages, quote the words that matter, and suggest better ones.",
        epilog=EXIT_CODES,
    )
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="a message, as UTF-8 text or as an email saved as .eml; - or no FILE reads text from standard input",
    )
    parser.add_argument("--file", action="append", default=[], dest="also", metavar="FILE", help="the same as FILE")
    parser.add_argument(
        "--kind", choices=[kind.value for kind in MessageKind], required=True, help="the kind of message"
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="print a JSON object a line for each message; positions count its characters, a line end as one",
    )
    parser.set_defaults(run=_draft)


def _draft(options: argparse.Namespace) -> int:
    names: list[str] = [*options.files, *options.also] or [STDIN]
    worst, gap = READY, ""
    for name in names:
        title = "standard input" if name == STDIN else name
        try:
            assessment = assess_draft(_read(name), MessageKind(options.kind))
        except (DraftError, OSError) as error:
            sentence = f"{error.strerror}." if isinstance(error, OSError) else str(error)
            print(f"{title}: {sentence}", file=sys.stderr)
            if options.json:
                print(json.dumps({"file": name, "error": sentence}, ensure_ascii=False))
            worst = UNUSABLE
            continue
        if options.json:
            print(json.dumps({"file": name} | _as_json(assessment), ensure_ascii=False))
        else:
            heading = [f"{gap}{title}"] if len(names) > 1 else []
            print("\n".join([*heading, *_report(assessment)]))
            gap = "\n"
        worst = max(worst, SOMETHING_MUST_GO if assessment.must_go else READY)
    return worst


def _read(name: str) -> str:
    """The text of a file or of an email's body, without a byte order mark, each line ending in a line feed."""
    path = Path(name)
    if name == STDIN:
        if sys.stdin.isatty():
            print(HOW_TO_TYPE, file=sys.stderr)
        raw = sys.stdin.buffer.read()
    elif path.is_dir():
        raise DraftError("This is a folder. Name the files in it, one by one or with *.")
    else:
        raw = path.read_bytes()
    if path.suffix.lower() == ".eml":
        return email_text(raw)
    try:
        text = io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8-sig").read()
    except UnicodeDecodeError:
        raise DraftError(NOT_TEXT) from None
    if "\0" in text:
        raise DraftError(NOT_TEXT)
    return text


def _as_json(assessment: DraftAssessment) -> dict[str, Any]:
    """The assessment with the words at each position."""
    text = assessment.text

    def quoted(start: int, end: int) -> dict[str, Any]:
        return {"start": start, "end": end, "text": text[start:end]}

    marks = sorted(assessment.marks, key=lambda mark: (mark.start, mark.end))
    return {
        "kind": assessment.kind,
        "verdict": assessment.tone,
        "credit": assessment.credit,
        "labels": {label: label in assessment.labels for label in Label},
        "missing": assessment.missing,
        "must_go": assessment.must_go,
        "marks": [{"label": mark.label} | quoted(mark.start, mark.end) for mark in marks],
        "suggestions": [
            quoted(each.start, each.end) | {"words": each.words, "labels": sorted(each.labels)}
            for each in suggest(assessment)
        ],
        "set_aside": [quoted(span.start, span.end) for span in assessment.set_aside],
    }


def _report(assessment: DraftAssessment) -> Iterator[str]:
    """The lines that a person reads."""
    text, tone = assessment.text, assessment.tone
    marks = sorted(assessment.marks, key=lambda mark: (mark.start, mark.end))
    yield f"{tone.capitalize()}, credit {assessment.credit}. {TONE_REMARKS[tone]}"
    for label in Label:
        if label in assessment.labels:
            words = ", ".join(_quote(text[mark.start : mark.end]) for mark in marks if mark.label is label)
            yield f"  {REMARKS[label].name}: {REMARKS[label].present} {words}"
    for label in assessment.missing:
        yield f"  missing, {REMARKS[label].name}: {REMARKS[label].missing}"
    for each in suggest(assessment):
        old = _quote(text[each.start : each.end])
        yield f"  Leave out {old}" if each.leaves_out else f"  Instead of {old}: “{' '.join(each.words.split())}”"
    for check in last_check(assessment):
        yield f"  [{'x' if check.passed else ' '}] {check.words}"


def _quote(words: str) -> str:
    """The words in quotation marks, on one line. Of a long passage, its beginning."""
    return f"“{textwrap.shorten(words, LONGEST_QUOTE, placeholder=' …')}”"
