"""What the package costs by itself: `make bench`. Numbers are medians; nothing is asserted here."""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout

import psutil

from etiquette import ARTICLE, Action, Kind, Word, assess, cli
from etiquette.drafts import MessageKind, assess_draft
from etiquette.drafts.features import sentence_features
from etiquette.drafts.tokens import sentences
from etiquette.files import library_files
from etiquette.judge import Decision
from etiquette.practice import Quiz
from etiquette.stories import Exploration, library, load_scenarios
from tests.bench import callbacks
from tests.builders import TUESDAY, a_situation, hours, sent

IMPORTS = """
import sys, time, psutil
{before}
memory = psutil.Process().memory_full_info().uss
start = time.perf_counter()
import {module}
seconds = time.perf_counter() - start
print(seconds, (psutil.Process().memory_full_info().uss - memory) / 2**20, "ipywidgets" in sys.modules)
"""


def main() -> None:
    """Print every figure."""
    judge()
    explore()
    questions()
    for before, module in (("", "etiquette"), ("import ipykernel.kernelapp, ipywidgets", "etiquette.views.page")):
        imports(before, module)
    imports("import etiquette", "etiquette.drafts")
    draft()
    hostile_drafts()
    callbacks.main()


def judge() -> None:
    """Assessments a second, over every kind of action in many situations."""
    situations = [
        a_situation(now, *contacts, words=words, references=references, promised=promised, interview=interview)
        for now in (10, 170, 230, 800)
        for contacts in ((), (sent(Kind.THANK_YOU_EMAIL, 3),), (sent(Kind.THANK_YOU_EMAIL, 9), sent(Kind.CALL, 10)))
        for words in ((), (Word(hours(9), asks=True),), (Word(hours(9), decides=Decision.OFFER),))
        for references in (None, 2)
        for promised in (None, 200)
        for interview in (None, TUESDAY)
    ]
    actions = [Action(kind) for kind in Kind]

    def all_of_them() -> None:
        for situation in situations:
            for action in actions:
                assess(situation, action)

    number = len(situations) * len(actions)
    print(f"judge: {number / median(all_of_them, 9):,.0f} assessments/s")


def explore() -> None:
    """CPU seconds to explore the whole library, and to hold it and the quizzes to all rules."""
    scenarios = library()
    states = sum(len(Exploration(scenario).states) for scenario in scenarios.values())

    def all_of_them() -> None:
        for scenario in scenarios.values():
            Exploration(scenario)

    seconds = median(all_of_them, 5, time.process_time)
    print(f"library: {len(scenarios)} scenarios, {states:,} states, explored in {seconds:.2f} s of CPU")
    seconds = median(lambda: load_scenarios(library_files("scenarios")), 5)
    print(f"library: read in {seconds * 1000:.0f} ms")

    def check() -> None:
        with redirect_stdout(io.StringIO()):
            assert cli.main(["check"]) == 0

    seconds = median(check, 5, time.process_time)
    print(f"library: held to all rules, with the quiz of every policy, in {seconds:.2f} s of CPU")


def draft() -> None:
    """Milliseconds for a draft of 300 words, and what the words and weights add in memory once they are read."""
    before = psutil.Process().memory_full_info().uss
    assess_draft("Thank you for the interview about the baker job. Sam", MessageKind.THANK_YOU_EMAIL)
    added = (psutil.Process().memory_full_info().uss - before) / 2**20
    text = "Thank you for the hour. I know you are busy, so whenever it suits you. Did I get the job or not? " * 15
    words = text.split()[:300]
    seconds = median(lambda: assess_draft(" ".join(words), MessageKind.THANK_YOU_EMAIL), 9)
    print(f"draft: {len(words)} words judged in {seconds * 1000:.1f} ms; the weights add {added:.1f} MB")


HOSTILE = ("please please ", "I'm not ", "a@", "(((", "555-0123 ", "thank you for ", "Mr. ", "\n\n", "when you can ")


def hostile_drafts() -> None:
    """How much longer twice the text takes, where no phrase backtracks: about twice as long. The worst is printed.

    Both lengths are measured in turn, so that a slow phase of the machine affects both.
    """
    worst = 0.0
    for unit in HOSTILE:
        single, double = zip(*((_gathered(unit, 20_000), _gathered(unit, 40_000)) for _ in range(5)), strict=True)
        worst = max(worst, min(double) / min(single))
    print(f"draft: twice the hostile text takes {worst:.1f} times as long at worst")


def _gathered(unit: str, characters: int) -> float:
    text = unit * (characters // len(unit))
    start = time.process_time()
    for sentence in sentences(text):
        sentence_features(sentence)
    return time.process_time() - start


def questions() -> None:
    """Quizzes of twenty, drawn as learners get them, and the questions in them a second."""

    def ten_quizzes() -> None:
        for seed in range(10):
            Quiz.draw(f"bench {seed}", 20, ARTICLE)

    seconds = median(ten_quizzes, 5)
    print(f"quiz: {200 / seconds:,.0f} questions/s; a quiz of 20 in {seconds * 100:.0f} ms")


def imports(before: str, module: str) -> None:
    """Time and memory that an import adds, each in a new interpreter."""
    script = IMPORTS.format(before=before, module=module)
    runs = []
    for _ in range(9):
        out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
        seconds, added, widgets = out.split()
        runs.append((float(seconds), float(added), widgets))
    milliseconds = statistics.median(run[0] for run in runs) * 1000
    megabytes = statistics.median(run[1] for run in runs)
    beside = f" after {before.removeprefix('import ')}" if before else f" (ipywidgets imported: {runs[0][2]})"
    print(f"import {module}: {milliseconds:.0f} ms, {megabytes:.1f} MB{beside}")


def median(work: Callable[[], object], times: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """The median time that it takes, in seconds."""
    taken = []
    for _ in range(times):
        start = clock()
        work()
        taken.append(clock() - start)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
