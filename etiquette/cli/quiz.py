"""`etiquette quiz`: a quiz to print, or for a learning platform."""

from __future__ import annotations

import argparse
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

from etiquette.cli.parser import Commands, add_policy, chosen_policy
from etiquette.judge import GUIDELINE_TITLES
from etiquette.practice import (
    Quiz,
    QuizFile,
    quiz_as_gift,
    quiz_as_json_lines,
    quiz_as_moodle_xml,
    quiz_as_qti,
    quiz_as_text,
)

QUIZ_FORMATS: dict[str, Callable[[Quiz], QuizFile]] = {
    "text": quiz_as_text,
    "json": quiz_as_json_lines,
    "gift": quiz_as_gift,
    "moodle-xml": quiz_as_moodle_xml,
    "qti2.1": quiz_as_qti,
}


def add_quiz(commands: Commands) -> None:
    """Add `etiquette quiz`."""
    parser = commands.add_parser(
        "quiz",
        help="draw a quiz, to print or for a learning platform",
        description="Draw a quiz and print it with its answers, or write it for a learning platform. Whatever the "
        "platform's format can't carry is listed on standard error.",
    )
    add = parser.add_argument
    add(
        "--seed",
        default="",
        help="draw the quiz of this seed, the same each time (default: a new seed, which is printed)",
    )
    add("--questions", type=int, default=10, metavar="N", help="the number of questions (default: 10)")
    add_policy(parser)
    add("--guideline", choices=GUIDELINE_TITLES, default="", help="only ask about this guideline (default: all four)")
    formats = parser.add_mutually_exclusive_group()
    formats.add_argument("--format", choices=QUIZ_FORMATS, default="text", help="how to write the quiz (default: text)")
    formats.add_argument(
        "--json", dest="format", action="store_const", const="json", help="the same as --format json: a question a line"
    )
    add("--output", type=Path, metavar="FILE", help="write to this file, not to standard output; qti2.1 needs one")
    parser.set_defaults(run=_quiz)


def _quiz(options: argparse.Namespace) -> int:
    if options.format == "qti2.1" and not options.output:
        print("qti2.1 is a zip file: say where to write it, as in --output quiz.zip", file=sys.stderr)
        return 2
    seed = options.seed or secrets.token_hex(4)
    try:
        quiz = Quiz.draw(seed, options.questions, chosen_policy(options), guideline=options.guideline)
    except ValueError as error:
        print(f"No quiz: {error}.", file=sys.stderr)
        return 2
    written = QUIZ_FORMATS[options.format](quiz)
    if options.output:
        try:
            options.output.write_bytes(written.content)
        except OSError as error:
            print(f"{options.output}: cannot be written: {error.strerror}", file=sys.stderr)
            return 2
    else:
        sys.stdout.buffer.write(written.content)
        sys.stdout.flush()
    if not options.seed:
        print(f"To draw this quiz again: --seed {seed}", file=sys.stderr)
    if written.losses:
        print("\n- ".join([f"What {options.format} can’t carry:", *written.losses]), file=sys.stderr)
    return 0
