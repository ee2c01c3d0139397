"""The `etiquette` command."""

from __future__ import annotations

import argparse
import json
import secrets
import sys
from argparse import SUPPRESS
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from etiquette.drafts import REMARKS, TONE_REMARKS, DraftError, Label, MessageKind, assess_draft
from etiquette.files import PackError, library_files
from etiquette.judge import ARTICLE, GUIDELINE_TITLES, Policy, assess, load_policy, policies, read_case
from etiquette.plan import DAMAGED, Application, EntryError, calendar_file, plan, plan_text
from etiquette.practice import (
    Quiz,
    QuizFile,
    QuizReport,
    check_questions,
    quiz_as_gift,
    quiz_as_json_lines,
    quiz_as_moodle_xml,
    quiz_as_qti,
    quiz_as_text,
)
from etiquette.stories import BLIND_GRADE, blind_grades, check_scenario, load_scenarios

QUIZ_FORMATS: dict[str, Callable[[Quiz], QuizFile]] = {
    "text": quiz_as_text,
    "json": quiz_as_json_lines,
    "gift": quiz_as_gift,
    "moodle-xml": quiz_as_moodle_xml,
    "qti2.1": quiz_as_qti,
}
POLICY_HELP = "judge by the rules in this policy file (default: the article's)"
BEHIND_A_PROXY = """By default the server listens on this machine only, and answers only to this machine's own names.
Behind a proxy on the same machine, add the name that visitors use (--name careers.example.org), and make the proxy pass
on the Host header (nginx: proxy_set_header Host $http_host), the visitor's address (X-Forwarded-For
$proxy_add_x_forwarded_for) and websockets."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command. Returns 0 on success, 1 if a check found problems, 2 if the input could not be used."""
    parser = argparse.ArgumentParser(
        prog="etiquette",
        description="Persistent or pesky? Practise following up after a job interview, or help others practise it.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {version('etiquette')}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser(
        "serve",
        help="serve the practice page",
        description="Serve the practice page. Without options, only this machine can open it.",
        epilog=BEHIND_A_PROXY,
        argument_default=SUPPRESS,
    )
    _serve_options(serve)

    quiz = commands.add_parser(
        "quiz",
        help="draw a quiz, to print or for a learning platform",
        description="Draw a quiz and print it with its answers, or write it for a learning platform. Whatever the "
        "platform's format can't carry is listed on standard error.",
    )
    _quiz_options(quiz)

    judge = commands.add_parser(
        "assess",
        help="judge the situations in a file",
        description="Judge the cases in a file, and print each verdict with its credit and reason. If cases name the "
        "verdict they expect, the number that agree is printed on standard error.",
    )
    judge.add_argument("cases", type=Path, metavar="CASES.jsonl", help="the cases, one JSON object a line")
    judge.add_argument("--policy", type=Path, metavar="FILE", help=POLICY_HELP)
    judge.set_defaults(run=_assess)

    draft = commands.add_parser(
        "draft",
        help="judge the wording of a message",
        description="Judge the wording of a message, and quote the words that matter.",
    )
    draft.add_argument("--file", type=Path, required=True, help="the message, as UTF-8 text; - reads standard input")
    draft.add_argument("--kind", type=MessageKind, choices=list(MessageKind), required=True, help="the kind of message")
    draft.add_argument("--json", action="store_true", help="print the result, with positions, as one JSON object")
    draft.set_defaults(run=_draft)

    follow_up = commands.add_parser(
        "plan",
        help="plan the follow-up of your own interview",
        description="Print the plan for an interview that you entered and saved on the page, under My interview.",
    )
    follow_up.add_argument("file", type=Path, metavar="FILE.json", help="the file that you saved there")
    follow_up.add_argument("--ics", type=Path, metavar="OUT", help="also write the plan to this calendar file")
    follow_up.add_argument(
        "--now",
        type=_date_and_time,
        metavar="TIME",
        help="plan as if it were this time where you are, such as 2026-03-11T09:00 (default: now)",
    )
    follow_up.set_defaults(run=_plan)

    check = commands.add_parser(
        "check",
        help="look for mistakes in stories",
        description="Play every path through the stories and report mistakes in them. Without PACK, check the stories "
        "and the quiz that come with the program.",
    )
    check.add_argument("packs", nargs="*", type=Path, metavar="PACK", help="stories as YAML files")
    check.add_argument("--policy", type=Path, metavar="FILE", help=POLICY_HELP)
    check.set_defaults(run=_check)

    options = parser.parse_args(arguments)
    try:
        status: int = options.run(options)
    except (PackError, DraftError) as error:
        print(error, file=sys.stderr)
        return 2
    return status


def _serve_options(parser: argparse.ArgumentParser) -> None:
    """Add the fields of the host's `Options`, which holds their defaults."""
    add = parser.add_argument
    add("--ip", help="the address to listen on (default: 127.0.0.1, this machine only)")
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
        "--workshop", action="store_true", help="also serve the facilitator's page, at a secret address that is printed"
    )
    add("--open", dest="open_browser", action=argparse.BooleanOptionalAction, help="open a browser (default: yes)")
    parser.set_defaults(run=_serve)


def _quiz_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "--seed",
        default="",
        help="draw the quiz of this seed, the same each time (default: a new seed, which is printed)",
    )
    add("--questions", type=int, default=10, metavar="N", help="the number of questions (default: 10)")
    add("--policy", type=Path, metavar="FILE", help=POLICY_HELP)
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
        quiz = Quiz.draw(seed, options.questions, _policy(options), guideline=options.guideline)
    except ValueError as error:
        print(f"No quiz: {error}.", file=sys.stderr)
        return 2
    written = QUIZ_FORMATS[options.format](quiz)
    try:
        if options.output:
            options.output.write_bytes(written.content)
        else:
            sys.stdout.buffer.write(written.content)
            sys.stdout.flush()
    except OSError as error:
        print(f"{options.output}: cannot be written: {error.strerror}", file=sys.stderr)
        return 2
    if not options.seed:
        print(f"To draw this quiz again: --seed {seed}", file=sys.stderr)
    if written.losses:
        print("\n- ".join([f"What {options.format} can’t carry:", *written.losses]), file=sys.stderr)
    return 0


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


def _check(options: argparse.Namespace) -> int:
    policy = _policy(options)
    scenarios = load_scenarios(options.packs or library_files("scenarios"))
    reports = [check_scenario(scenario, policy) for scenario in scenarios.values()]
    problem_count = sum(len(report.problems) for report in reports)
    for report in reports:
        print(f"{report.scenario.id}: {report.scenario.title}")
        if report.exploration:
            best = report.exploration.best.run
            print(f"  {len(report.exploration.states)} states; the best path ends with standing {best.standing}:")
            for decision in best.decisions:
                print(f"    {decision.situation.date(decision.situation.now)}: {decision.choice.says}")
        for problem in report.problems:
            print(f"  {problem}")

    explorations = [report.exploration for report in reports if report.exploration]
    print(f"\nPlaying blind, over {len(explorations)} stories:")
    for name, grade in blind_grades(explorations).items():
        too_high = len(explorations) > 1 and grade > BLIND_GRADE
        problem_count += too_high
        print(f"  {name}: {grade:.0f}" + (f"  C10 above {BLIND_GRADE}: it pays not to read" if too_high else ""))
    print(f"\n{len(reports)} stories, {problem_count} problems")
    if not options.packs:
        checked = [policy] if options.policy else list(policies().values())
        problem_count += report_quizzes([check_questions(each) for each in checked])
    return 1 if problem_count else 0


def report_quizzes(reports: Sequence[QuizReport]) -> int:
    """Print the reports on the quiz, one for each policy, and return the number of problems."""
    problem_count = sum(len(report.problems) for report in reports)
    for report in reports:
        size = f"{len(report.questions)} questions, {report.situations} situations"
        print(f"\nThe quiz, by policy {report.policy.id!r}: {size}")
        for name, grade in report.blind_grades.items():
            print(f"  {name}: {grade:.0f}")
        for problem in report.problems:
            print(f"  {problem}")
    quizzes = "1 quiz" if len(reports) == 1 else f"{len(reports)} quizzes"
    print(f"\n{quizzes}, {problem_count} problems")
    return problem_count


def _assess(options: argparse.Namespace) -> int:
    policy = _policy(options)
    agreed = expected = unreadable = 0
    try:
        text = options.cases.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        print(f"{options.cases}: cannot be read: {error}", file=sys.stderr)
        return 2
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            case = read_case(line, number, str(options.cases))
        except PackError as error:
            print(error, file=sys.stderr)
            unreadable += 1
            continue
        assessment = assess(case.situation, case.action, policy)
        answer = {
            "id": case.id,
            "verdict": assessment.verdict,
            "credit": assessment.credit,
            "guideline": assessment.guideline,
            "reason": assessment.reason,
        }
        print(json.dumps(answer, ensure_ascii=False))
        if case.expected:
            expected += 1
            agreed += case.expected == assessment.verdict
    if expected:
        print(f"{agreed} of {expected} agree", file=sys.stderr)
    return 2 if unreadable else 0


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


def _policy(options: argparse.Namespace) -> Policy:
    return load_policy(options.policy) if options.policy else ARTICLE
