"""What a server keeps of visitors who come, play a story to its end and leave: `make bench-soak [VISITORS=5000]`.

Half of them say goodbye, half lose their connection.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from urllib.request import urlopen

import psutil
from tornado.httpclient import AsyncHTTPClient

from etiquette.stories import Run, Scenario, library
from tests.bench.load import AT_ONCE, JUDGED, apart, rest
from tests.conftest import Server, free_port
from tests.host.visitor import Visitor

VISITORS = 5000
FIRST = 500  # after whom it is measured for the first time
PROBES = 10  # later


def main(visitors: int) -> None:
    """Measure, and print a line each time."""
    port = free_port()
    command = [sys.executable, "-m", "etiquette", "serve", "--no-open", f"--port={port}"]
    limits = [f"--visitors={20 * AT_ONCE}", "--lost=1"]
    server = Server([*command, *limits], "Voilà is running at", f"http://127.0.0.1:{port}/")
    pid = server.process.pid
    try:
        print("| left | memory | | open files | here, says /healthz | seconds |\n|---|---|---|---|---|---|", flush=True)
        began, came, first = time.monotonic(), 0, 0.0
        stops = sorted({min(FIRST, visitors), *(visitors * nth // PROBES for nth in range(1, PROBES + 1))})
        for stop in stops:
            apart(come_and_go, server.address, came, stop)
            came = stop
            here = _wait_until_empty(server)
            rest(pid)
            memory, files = psutil.Process(pid).memory_info().rss / 1e6, psutil.Process(pid).num_fds()
            first = first if came > FIRST else memory
            grown = f"{memory / first - 1:+.1%}" if came > FIRST else ""
            took = time.monotonic() - began
            print(f"| {came:,} | {memory:.1f} MB | {grown} | {files} | {here} | {took:.0f} |", flush=True)
    finally:
        server.stop()


def _wait_until_empty(server: Server, seconds: float = 60) -> int:
    """How many visitors the server says it has, once there are none or it takes too long."""
    deadline = time.monotonic() + seconds
    while (here := _here(server)) and time.monotonic() < deadline:
        time.sleep(0.2)
    return here


def _here(server: Server) -> int:
    with urlopen(f"{server.address}healthz") as answer:
        return int(json.load(answer)["visitors"])


async def come_and_go(address: str, first: int, last: int) -> None:
    """Let visitors from one number up to another come, a few at a time."""
    client = AsyncHTTPClient(max_clients=AT_ONCE)
    gate = asyncio.Semaphore(AT_ONCE)
    stories = list(library().values())

    async def visit(number: int) -> None:
        async with gate:
            visitor = Visitor(address, client)
            await visitor.arrive()
            await play(visitor, stories[number % len(stories)], random.Random(number))
            if number % 2:
                visitor.drop()
            else:
                await visitor.leave()

    await asyncio.gather(*map(visit, range(first, last)))


async def play(visitor: Visitor, story: Scenario, rng: random.Random) -> None:
    """Play a story to its end, choosing at random."""
    run = Run.start(story)
    await visitor.complete(story.title)
    while run.moment:
        number = rng.randrange(len(run.moment.choices))
        await visitor.click(run.moment.choices[number].says, JUDGED)
        run = run.choose(number)
        await visitor.click("Go on", "pp-when" if run.moment else "pp-debrief")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else VISITORS)
