"""Many visitors at once, and what they cost the server. `apart` runs this in a process of its own.

All of them open the same story, and click the same choice in it.
"""

from __future__ import annotations

import asyncio
import gc
import math
import random
import resource
import statistics
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import psutil
from tornado.httpclient import HTTPClientError
from tornado.websocket import WebSocketClosedError

from tests.bench.visitors import AGAIN, Client, Visitor

STORY, TOLD = "The quiet week", "Half past six"
CHOICE, JUDGED = "Look Mr Outram", "of 100 credit"
AT_ONCE = 10  # visitors who arrive together, where it does not matter how fast they come
FIRST = 2  # visitors who come before it is measured
IDLE = 1.5  # seconds with hardly any use of the CPU, after which a server is at rest
EVERY = 10.0  # seconds between the clicks of a visitor in a crowd
TURNS = 6  # clicks of each of them

T = TypeVar("T")


def apart(measure: Callable[..., Coroutine[Any, Any, T]], *arguments: Any) -> T:
    """Run a measurement in a fresh process, which collects no garbage and may open many files."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(_run, measure, *arguments).result()


def _run(measure: Callable[..., Coroutine[Any, Any, T]], *arguments: Any) -> T:
    gc.disable()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return asyncio.run(measure(*arguments))


async def costs(kind: type[Client], address: str, pid: int, few: int, many: int) -> tuple[float, float, float]:
    """Megabytes a visitor with few and with many there, and milliseconds of CPU for a visitor with the first click.

    Visitors come in batches of `few`, and the CPU time is that of the median batch. The first two visitors do not
    count: with them, the server loads what it loads once.
    """
    visitors = [kind(address) for _ in range(FIRST + many)]
    await few_at_once(open_story, visitors[:FIRST])
    await asyncio.to_thread(rest, pid)
    memory, grown, used = pss(pid), list[float](), list[float]()
    for there in range(FIRST, FIRST + many, few):
        before = cpu_seconds(pid)
        await few_at_once(open_story, visitors[there : there + few])
        await asyncio.to_thread(rest, pid)
        used.append((cpu_seconds(pid) - before) / few)
        grown.append((pss(pid) - memory) / (there + few - FIRST))
    return grown[0], grown[-1], 1000 * statistics.median(used)


async def arrivals(kind: type[Client], address: str, number: int, within: float) -> list[float]:
    """So many come within so many seconds: how long each waits from asking for the page to the first answer."""

    async def arrive(nth: int) -> float:
        await asyncio.sleep(within * nth / number)
        return await _served(open_story(kind(address)))

    return await asyncio.gather(*map(arrive, range(number)))


async def clicking(address: str, number: int) -> list[float]:
    """So many are there at once, each clicks every ten seconds: how long the server takes for each click."""
    visitors, rng = [Visitor(address) for _ in range(number)], random.Random(number)
    waits: list[float] = []

    async def play(visitor: Visitor, due: float) -> None:
        for turn in range(TURNS):
            await asyncio.sleep(due + turn * EVERY - time.perf_counter())
            waits.append(await _served(visitor.complete((CHOICE, AGAIN)[turn % 2])))

    await few_at_once(lambda visitor: _served(open_story(visitor)), visitors)
    began = time.perf_counter()
    await asyncio.gather(*(play(visitor, began + rng.uniform(0, EVERY)) for visitor in visitors))
    return waits


async def _served(wait: Awaitable[float]) -> float:
    """How many seconds it takes; without end, if the server fails."""
    try:
        return await wait
    except (OSError, HTTPClientError, WebSocketClosedError):
        return math.inf


async def open_story(visitor: Client) -> float:
    """Arrive, and open the story; how many seconds it took until that was there."""
    began = time.perf_counter()
    await visitor.arrive()
    await visitor.click(STORY, TOLD)
    return time.perf_counter() - began


async def few_at_once(work: Callable[[T], Awaitable[object]], many: Iterable[T]) -> None:
    """Do it for each of them, for ten at a time."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(each: T) -> None:
        async with gate:
            await work(each)

    await asyncio.gather(*map(one, many))


def spread(waits: Sequence[float]) -> str:
    """In how many milliseconds half of them were over, 95 %, and all; waits are in seconds."""
    ordered = sorted(waits)
    found = (ordered[math.ceil(share * len(ordered)) - 1] for share in (0.5, 0.95, 1))
    return " / ".join(f"{1000 * seconds:.1f}" for seconds in found) + " ms"


def processes(pid: int) -> list[psutil.Process]:
    """The server and all below it."""
    server = psutil.Process(pid)
    return [server, *server.children(recursive=True)]


def pss(pid: int) -> float:
    """Megabytes of the server and all below it, what they share counted once."""
    return float(sum(each.memory_full_info().pss for each in processes(pid)) / 1e6)


def peak(pid: int) -> str:
    """The most memory that the server itself has ever held."""
    status = Path(f"/proc/{pid}/status").read_text()
    return f"{int(status.split('VmHWM:')[1].split()[0]) / 1000:.0f} MB"


def cpu_seconds(pid: int) -> float:
    """Seconds of CPU that the server and all below it have used, to the nanosecond."""
    return sum(time.clock_gettime(~each.pid << 3 | 2) for each in processes(pid))  # as clock_getcpuclockid(3) does


def rest(pid: int) -> None:
    """Wait until the server and all below it have been idle for a while: stock Voilà waits too, before a new kernel."""
    deadline = time.monotonic() + 30
    before = float("-inf")
    while (now := cpu_seconds(pid)) - before > 0.02 * IDLE and time.monotonic() < deadline:
        before = now
        time.sleep(IDLE)
