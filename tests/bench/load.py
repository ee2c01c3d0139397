"""Many visitors at once, and what they cost the server. `apart` runs this in a process of its own.

All of them open the same story, and click the same choice in it.
"""

from __future__ import annotations

import asyncio
import gc
import random
import re
import resource
import statistics
import time
from collections.abc import Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

import psutil
from tornado.httpclient import AsyncHTTPClient, HTTPClientError
from tornado.websocket import WebSocketClosedError

from tests.host.visitor import BACK, Client, RefusedError, Visitor

STORY, TOLD = "The quiet week", "Half past six"
CHOICE, JUDGED = "Look Mr Outram", "of 100 credit"
AT_ONCE = 10  # visitors who arrive together, where it does not matter how fast they come
FIRST = 2  # visitors who come before it is measured
IDLE = 1.5  # seconds with hardly any use of the CPU, after which a server is at rest
ROUNDS = 5
EVERY = 10.0  # seconds between the clicks of a visitor in a crowd

FAILURES = (RefusedError, OSError, HTTPClientError, WebSocketClosedError)  # of the server; others are the bench's own

T = TypeVar("T")
AnyClient = TypeVar("AnyClient", bound=Client)
Kind = Callable[[str, AsyncHTTPClient], AnyClient]


def apart(measure: Callable[..., Coroutine[Any, Any, T]], *arguments: Any) -> T:
    """Run a measurement in a fresh process, which collects no garbage and may open many files."""
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=_prepare) as pool:
        return pool.submit(_run, measure, *arguments).result()


def _run(measure: Callable[..., Coroutine[Any, Any, T]], *arguments: Any) -> T:
    return asyncio.run(measure(*arguments))


def _prepare() -> None:
    gc.disable()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


@dataclass(frozen=True, slots=True)
class Waits:
    """How long visitors waited, in seconds, and why others were not served."""

    seconds: Sequence[float]
    failures: Sequence[str] = ()

    def percentile(self, percent: int) -> float:
        return statistics.quantiles(self.seconds, n=100, method="inclusive")[percent - 1]


async def memory(kind: Kind[Client], address: str, pid: int, counts: Sequence[int]) -> list[float]:
    """Megabytes by which the server's processes grow for each visitor, with so many there besides the first two.

    With the first two, the server loads what it loads once.
    """
    found = []
    async with Crowd(kind, address, FIRST + max(counts)) as crowd:
        await crowd.come(FIRST)
        await asyncio.to_thread(rest, pid)
        before = pss(pid)
        for count in counts:
            await crowd.come(FIRST + count)
            await asyncio.to_thread(rest, pid)
            found.append((pss(pid) - before) / count)
    return found


async def cpu(kind: Kind[Client], address: str, pid: int, number: int) -> tuple[float, float]:
    """Milliseconds of the server's CPU for a visitor with the first click, and for a choice that is judged."""
    async with Crowd(kind, address, FIRST + number) as crowd:
        await crowd.come(FIRST)
        await asyncio.to_thread(rest, pid)
        before = cpu_seconds(pid)
        await crowd.come()
        await asyncio.to_thread(rest, pid)
        visit = cpu_seconds(pid) - before
        clicks = []
        for _ in range(ROUNDS):
            before = cpu_seconds(pid)
            for visitor in crowd.visitors[FIRST:]:
                await visitor.click(CHOICE, JUDGED)
            await asyncio.to_thread(rest, pid)
            clicks.append(cpu_seconds(pid) - before)
            for visitor in crowd.visitors[FIRST:]:
                await visitor.open_again(STORY, TOLD)
            await asyncio.to_thread(rest, pid)
    return 1000 * visit / number, 1000 * statistics.median(clicks) / number


async def arrivals(kind: Kind[Client], address: str, number: int, within: float) -> Waits:
    """So many come within so many seconds: how long each waits from asking for the page to the first answer."""
    async with Crowd(kind, address, number) as crowd:

        async def arrive(nth: int) -> float:
            await asyncio.sleep(within * nth / number)
            return await open_story(crowd.visitors[nth])

        return await _gather(map(arrive, range(number)))


async def clicking(kind: Kind[Visitor], address: str, number: int, seconds: float) -> Waits:
    """So many are there at once, each clicks every ten seconds: how long each click takes."""
    async with Crowd(kind, address, number) as crowd:
        gate, rng = asyncio.Semaphore(AT_ONCE), random.Random(number)
        waits: list[float] = []

        async def enter(visitor: Visitor) -> float:
            async with gate:
                return await open_story(visitor)

        async def play(visitor: Visitor) -> float:
            choose, back = partial(visitor.click, CHOICE, JUDGED), partial(visitor.complete, BACK)
            clicks = (choose, back, partial(visitor.complete, STORY))
            due = began + rng.uniform(0, EVERY)
            for turn in range(round(seconds / EVERY)):
                await asyncio.sleep(due + turn * EVERY - time.perf_counter())
                waits.append(await clicks[turn % len(clicks)]())
            return 0.0

        outside = (await _gather(map(enter, crowd.visitors))).failures
        began = time.perf_counter()
        lost = (await _gather(play(visitor) for visitor in crowd.visitors if visitor.socket)).failures
        return Waits(waits or [float("inf")] * 2, (*outside, *lost))


async def _gather(visits: Iterable[Coroutine[Any, Any, float]]) -> Waits:
    found = await asyncio.gather(*visits, return_exceptions=True)
    for each in found:
        if isinstance(each, BaseException) and not isinstance(each, FAILURES):
            raise each
    seconds = [each for each in found if isinstance(each, float)]
    return Waits(seconds or [float("inf")] * 2, [repr(each) for each in found if isinstance(each, BaseException)])


async def open_story(visitor: Client) -> float:
    """Arrive, and open the story; how many seconds it took until that was there."""
    began = time.perf_counter()
    await visitor.arrive()
    await visitor.click(STORY, TOLD)
    return time.perf_counter() - began


class Crowd(Generic[AnyClient]):
    """Visitors of one server, who leave in the end."""

    def __init__(self, kind: Kind[AnyClient], address: str, number: int) -> None:
        self.client = AsyncHTTPClient(force_instance=True, max_clients=number)
        self.visitors = [kind(address, self.client) for _ in range(number)]
        self.came = 0

    async def come(self, number: int | None = None) -> None:
        """Let visitors come, a few at a time, until there are so many, or all; each opens the story."""
        number = number or len(self.visitors)
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(visitor: Client) -> None:
            async with gate:
                await open_story(visitor)

        await asyncio.gather(*map(one, self.visitors[self.came : number]))
        self.came = number

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(*(visitor.leave() for visitor in self.visitors), return_exceptions=True)
        self.client.close()


def processes(pid: int) -> list[psutil.Process]:
    """The server and all below it."""
    server = psutil.Process(pid)
    return [server, *server.children(recursive=True)]


def pss(pid: int) -> float:
    """Megabytes of the server and all below it, what they share counted once."""
    return float(sum(each.memory_full_info().pss for each in processes(pid)) / 1e6)


def peak(pid: int) -> float:
    """The most megabytes that the server itself has ever held."""
    found = re.search(r"VmHWM:\s*(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found
    return int(found[1]) / 1000


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
