"""A room under load: `make bench-room [LEARNERS=200]`. Real websockets on the real server, on SQLite and PostgreSQL.

Everybody joins, then votes within five seconds, twice. It says how long a click takes until "your vote is in", and
holds the facilitator's bars against every vote that was acknowledged.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil
from sqlalchemy import URL
from tornado.httpclient import AsyncHTTPClient

from etiquette.practice import Quiz
from etiquette.room import Agenda, Command
from etiquette.room.store import FacilitatorSession, Store
from tests.conftest import Server, free_port
from tests.host.visitor import Message, Visitor
from tests.room.store.postgres import CONNECTIONS, a_postgres

LEARNERS = 200
WITHIN = 5.0  # seconds, in which all of them vote
AT_ONCE = 10  # arrive
IN = "Your vote is in"
IDLE = 20.0  # seconds of looking at what an idle room costs


class Learner(Visitor):
    """A visitor who joins a room and votes in it. Once in, they read all the time, or would answer no ping."""

    def __init__(self, address: str, client: AsyncHTTPClient) -> None:
        super().__init__(address, client)
        self.news = asyncio.Event()
        self.reading: asyncio.Task[None] | None = None

    async def join(self, code: str) -> None:
        """Arrive, type the code, and be in."""
        await self.arrive()
        await self.click("Join a room", "Join a room")
        while (field := self.field("The room’s code")) is None:
            await self.hear(lambda _: True)
        update = {"method": "update", "state": {"value": code}, "buffer_paths": []}
        await self.send("comm_msg", {"comm_id": field, "data": update})
        await self.click("Join the room", "You are in, as")
        self.reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        while True:
            await super().hear(lambda _: True)
            self.news.set()

    async def hear(self, wanted: Callable[[Message], bool]) -> Message:
        """Read until it is as wanted: once in, that is asked of the states alone."""
        if self.reading is None:
            return await super().hear(wanted)
        while not wanted({}):
            self.news.clear()
            await self.news.wait()
        return {}

    def field(self, label: str) -> str | None:
        """The model of the field with this label, if it is there."""
        return next((name for name, state in self.states.items() if state.get("description") == label), None)

    async def sees(self, text: str) -> None:
        """Wait until it is on screen."""
        await self.hear(lambda _: any(text in str(state.get("value", "")) for state in self.states.values()))

    async def vote(self, says: str, after: float) -> float:
        """Vote so after a while, and tell in how many seconds the vote was in."""
        await asyncio.sleep(after)
        self.forget(IN)
        began = time.perf_counter()
        await self.click(says, IN)
        return time.perf_counter() - began

    async def leave(self) -> None:
        """Read no more, and go."""
        if self.reading is not None:
            self.reading.cancel()
        await super().leave()


async def main(learners: int) -> None:
    """Measure on both databases, PostgreSQL with as many connections as it has by default and with enough."""
    with tempfile.TemporaryDirectory() as folder:
        await _measure("SQLite", URL.create("sqlite", database=str(Path(folder) / "rooms.sqlite3")), learners)
    for connections in (CONNECTIONS, 300):
        with a_postgres(connections) as postgres, postgres.database() as url:
            await _measure(f"PostgreSQL with {connections} connections", url, learners)


async def _measure(name: str, url: URL, learners: int) -> None:
    address = url.render_as_string(hide_password=False)
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "etiquette.cli",
        "serve",
        "--no-open",
        "--workshop",
        f"--port={port}",
        f"--store={address}",
    ]
    server = Server([*command, f"--visitors={learners + 10}"], "Voilà is running at", f"http://127.0.0.1:{port}/")
    store = Store.open(url)
    try:
        await _session(name, server, store.open_room(Agenda((Quiz.draw("bench", 1),))), learners)
    except Exception:
        print("".join(server.output[-20:]), file=sys.stderr)
        raise
    finally:
        store.close()
        server.stop()


async def _session(name: str, server: Server, desk: FacilitatorSession, learners: int) -> None:
    rng = random.Random(learners)
    everybody = [Learner(server.address, AsyncHTTPClient(max_clients=AT_ONCE)) for _ in range(learners)]
    gate = asyncio.Semaphore(AT_ONCE)

    async def join(learner: Learner) -> None:
        async with gate:
            await learner.join(desk.code)

    began = time.perf_counter()
    await asyncio.gather(*map(join, everybody))
    print(f"{name}: {learners} learners joined in {time.perf_counter() - began:.0f} s", flush=True)
    _do(desk, Command.NEXT)
    used = _used(server)
    await asyncio.sleep(IDLE)
    print(f"  idle: {100 * (_used(server) - used) / IDLE / learners:.2f} % of a core for each learner", flush=True)
    for number, nth in enumerate(("First", "Second")):
        overview = desk.snapshot()
        assert overview.prompt
        options = [option.says for option in overview.prompt.options]
        await _take(desk, Command.OPEN, everybody, f"{nth} vote open")
        chosen = [rng.randrange(len(options)) for _ in everybody]
        waits = await asyncio.gather(
            *(
                learner.vote(options[choice], rng.uniform(0, WITHIN))
                for learner, choice in zip(everybody, chosen, strict=True)
            )
        )
        tally = desk.snapshot().tallies[number]
        counted = Counter(chosen)
        right = tally.counts == tuple(counted[option] for option in range(len(options)))
        part = statistics.quantiles(waits, n=20)
        print(
            f"  {learners} votes in {WITHIN:g} s: in after {1000 * statistics.median(waits):.0f} ms, 95 % within "
            f"{1000 * part[-1]:.0f} ms, the last {1000 * max(waits):.0f} ms; "
            f"{'every vote counted once' if right else f'COUNTED WRONG: {tally.counts}'}",
            flush=True,
        )
        await _take(desk, Command.CLOSE, everybody, f"{nth} vote closed")
    await asyncio.gather(*(learner.leave() for learner in everybody))


async def _take(desk: FacilitatorSession, step: Command, everybody: Sequence[Learner], heading: str) -> None:
    """Take a step, and wait until everybody has its heading on screen."""
    began = time.perf_counter()
    _do(desk, step)
    waits: list[float] = []

    async def see(learner: Learner) -> None:
        await learner.sees(heading)
        waits.append(time.perf_counter() - began)

    await asyncio.gather(*map(see, everybody))
    print(
        f"  {heading}: seen by half after {statistics.median(waits):.2f} s, by all after {max(waits):.2f} s", flush=True
    )


def _do(desk: FacilitatorSession, step: Command) -> None:
    desk.do(step, seen=desk.snapshot().version)


def _used(server: Server) -> float:
    """Seconds of CPU that the server and its kernels have used."""
    host = psutil.Process(server.process.pid)
    times = [each.cpu_times() for each in (host, *host.children(recursive=True))]
    return float(sum(each.user + each.system for each in times))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else LEARNERS))
