"""`etiquette assess` and `etiquette check`: verdicts on cases, and mistakes in stories and quizzes."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from etiquette.cli.parser import Commands, add_policy, chosen_policy
from etiquette.files import PackError, library_files
from etiquette.judge import assess, policies, read_case
from etiquette.practice import QuizReport, check_questions
from etiquette.stories import BLIND_GRADE, blind_grades, check_scenario, load_scenarios


def add_assess(commands: Commands) -> None:
    """Add `etiquette assess`."""
    parser = commands.add_parser(
        "assess",
        help="judge the situations in a file",
        description="Judge the cases in a file, and print each verdict with its credit and reason. If cases name the "
        "verdict they expect, the number that agree is printed on standard error.",
    )
    parser.add_argument("cases", type=Path, metavar="CASES.jsonl", help="the cases, one JSON object a line")
    add_policy(parser)
    parser.set_defaults(run=_assess)


def add_check(commands: Commands) -> None:
    """Add `etiquette check`."""
    parser = commands.add_parser(
        "check",
        help="look for mistakes in stories",
        description="Play every path through the stories and report mistakes in them. Without PACK, check the stories "
        "and the quiz that come with the program.",
    )
    parser.add_argument("packs", nargs="*", type=Path, metavar="PACK", help="stories as YAML files")
    add_policy(parser)
    parser.set_defaults(run=_check)


def _assess(options: argparse.Namespace) -> int:
    policy = chosen_policy(options)
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


def _check(options: argparse.Namespace) -> int:
    policy = chosen_policy(options)
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
