"""What a server keeps of visitors who come, play a story to its end and leave: `make bench-soak [VISITORS=5000]`.

Half of them say goodbye, half lose their connection.
"""

from __future__ import annotations

import random
import sys

import psutil

from etiquette.stories import Run, Scenario, library
from tests.bench.load import AT_ONCE, JUDGED, apart, few_at_once, rest
from tests.bench.visitors import Visitor
from tests.host.guest import eventually, health
from tests.host.serving import serving

VISITORS = 5000
FIRST = 500  # after whom it is measured for the first time, and then as often again


def main(number: int) -> None:
    """Measure, and print a line each time."""
    with serving(f"--visitors={20 * AT_ONCE}", "--lost=1") as server:
        process = psutil.Process(server.process.pid)
        print("| left | memory | | open files |\n|---|---|---|---|", flush=True)
        first = 0.0
        for came in range(0, number, FIRST):
            left = min(came + FIRST, number)
            apart(come_and_go, server.address, came, left)
            eventually(lambda: not health(server.address)["visitors"])
            rest(process.pid)
            memory = process.memory_info().rss / 1e6
            first = first or memory
            print(f"| {left:,} | {memory:.1f} MB | {memory / first - 1:+.1%} | {process.num_fds()} |", flush=True)


async def come_and_go(address: str, first: int, last: int) -> None:
    """Let visitors from one number up to another come, a few at a time."""
    stories = list(library().items())

    async def visit(number: int) -> None:
        visitor, (name, story) = Visitor(address), stories[number % len(stories)]
        await visitor.arrive()
        await visitor.go(f"practise/stories/{name}")
        await play(visitor, story, random.Random(number))
        if number % 2:
            visitor.drop()
        else:
            await visitor.leave()

    await few_at_once(visit, range(first, last))


async def play(visitor: Visitor, story: Scenario, rng: random.Random) -> None:
    """Play a story to its end, choosing at random."""
    run = Run.start(story)
    while run.moment:
        number = rng.randrange(len(run.moment.choices))
        await visitor.click(run.moment.choices[number].says, JUDGED)
        run = run.choose(number)
        await visitor.click("Go on", "pp-when" if run.moment else "pp-debrief")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else VISITORS)
