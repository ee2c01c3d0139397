"""A room under load: `make bench-room [LEARNERS=300]`. Real websockets on the real server, on SQLite and PostgreSQL.

Everybody joins, then votes within five seconds, twice. It says how long a click takes until "your vote is in", and
compares the facilitator's tallies with every vote that was acknowledged.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import URL

from etiquette.practice import Quiz
from etiquette.room import Agenda, Command
from etiquette.room.store import FacilitatorSession, Store
from tests.bench.load import cpu_seconds, few_at_once, peak, spread
from tests.bench.visitors import Visitor
from tests.conftest import Server
from tests.host.serving import limited, serving
from tests.room.store.postgres import a_postgres

LEARNERS = 300
MEMORY = 512 * 2**20  # bytes that a process of the server may have of its own
WITHIN = 5.0  # seconds, in which all of them vote
IDLE = 20.0  # seconds of looking at what an idle room costs


class Learner(Visitor):
    """A visitor who joins a room and votes in it."""

    async def join(self, code: str) -> None:
        """Arrive, type the code, and be in."""
        await self.arrive()
        await self.go("workshop")
        await self.write("Room code", code)
        await self.click("Join the room", "You’re in, as")

    async def vote(self, says: str, after: float) -> float:
        """Vote so after a while, and tell in how many seconds the vote was in."""
        await asyncio.sleep(after)
        return await self.click(says, "Your vote is in")


def main(learners: int) -> None:
    """Measure on both databases."""
    print("| | phones | join in | idle, of a core | voted: half / 95% / all | counted | all see a step | memory |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        _measure("SQLite", URL.create("sqlite", database=str(Path(folder) / "rooms.sqlite3")), learners)
    with a_postgres() as postgres, postgres.database() as url:
        _measure("PostgreSQL", url, learners)


def _measure(name: str, url: URL, learners: int) -> None:
    address = url.render_as_string(hide_password=False)
    limit, store = limited("RLIMIT_DATA", MEMORY, MEMORY), Store.open(url)
    with serving(
        "--workshop", "--ip=127.0.0.1", f"--store={address}", f"--visitors={learners + 10}", first=limit
    ) as server:
        desk = store.open_room(Agenda((Quiz.draw("bench", 1),)))
        print(f"| {name} | {learners} | {' | '.join(asyncio.run(_session(server, desk, learners)))} |", flush=True)
    store.close()


async def _session(server: Server, desk: FacilitatorSession, learners: int) -> list[str]:
    rng, pid = random.Random(learners), server.process.pid
    everybody = [Learner(server.address) for _ in range(learners)]
    began = time.perf_counter()
    await few_at_once(lambda learner: learner.join(desk.code), everybody)
    joined = time.perf_counter() - began
    _do(desk, Command.NEXT)
    used = cpu_seconds(pid)
    await asyncio.sleep(IDLE)
    idle = (cpu_seconds(pid) - used) / IDLE
    seen, waits, right = list[float](), list[float](), True
    for number, nth in enumerate(("First", "Second")):
        prompt = desk.snapshot().prompt
        assert prompt
        seen.append(await _take(desk, Command.OPEN, everybody, f"{nth} vote is open"))
        chosen = rng.choices(range(len(prompt.options)), k=learners)
        votes = (
            learner.vote(prompt.options[choice].says, rng.uniform(0, WITHIN))
            for learner, choice in zip(everybody, chosen, strict=True)
        )
        waits += await asyncio.gather(*votes)
        counted = Counter(chosen)
        right &= desk.snapshot().tallies[number].counts == tuple(counted[each] for each in range(len(prompt.options)))
        seen.append(await _take(desk, Command.CLOSE, everybody, f"{nth} vote is closed"))
    once = "every vote once" if right else "WRONG"
    return [f"{joined:.1f} s", f"{idle:.1%}", spread(waits), once, f"after {max(seen):.2f} s", peak(pid)]


async def _take(desk: FacilitatorSession, step: Command, everybody: Sequence[Learner], heading: str) -> float:
    """Take a step, and tell in how many seconds everybody has its heading on screen."""
    began = time.perf_counter()
    _do(desk, step)
    await asyncio.gather(*(learner.sees(heading) for learner in everybody))
    return time.perf_counter() - began


def _do(desk: FacilitatorSession, step: Command) -> None:
    desk.do(step, seen=desk.snapshot().version)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LEARNERS)
