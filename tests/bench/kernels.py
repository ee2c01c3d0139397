"""What each further kernel costs: `python -m tests.bench.kernels`. Forked beside ordinary, alternating, in one run.

Each kernel runs the page's code. Memory is taken while ten run side by side, CPU until that code has been answered.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

import psutil
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory

from etiquette.files import notebooks
from etiquette.host.forking import WarmParent

PRELOAD = ["etiquette.views.page", "etiquette.stories:library"]
KINDS = {"ordinary": ("local-provisioner", "tcp"), "forked": ("etiquette-forking", "ipc")}


@dataclass(frozen=True)
class Costs:
    """Of one kernel: MB that are its own, MB with its share of what it shares, seconds of CPU and until it answers."""

    private: float
    share: float
    cpu: float
    parent_cpu: float
    ready: float
    executed: float


def main() -> None:
    """Print the medians, and forked as a share of ordinary."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="of each kind (3)")
    parser.add_argument("--kernels", type=int, default=10, help="side by side (10)")
    parser.add_argument("--preload", nargs="*", default=PRELOAD, help="what the warm parent imports")
    options = parser.parse_args()

    parent = WarmParent()
    parent.start(options.preload)
    try:
        measured: dict[str, list[Costs]] = {kind: [] for kind in KINDS}
        for kind in KINDS:
            side_by_side(kind, 1, parent)  # compiles bytecode, and waits until the parent is warm
        for _ in range(options.rounds):
            for kind in KINDS:
                measured[kind] += side_by_side(kind, options.kernels, parent)
        assert parent.process is not None
        warm = psutil.Process(parent.process.pid).memory_full_info()
    finally:
        parent.stop()

    print(f"medians of {options.rounds} × {options.kernels} kernels; the parent itself: {warm.rss / 2**20:.0f} MB")
    print(f"{'':12}" + "".join(f"{kind:>12}" for kind in KINDS) + f"{'ratio':>8}")
    for field in fields(Costs):
        ordinary, forked = (statistics.median(getattr(cost, field.name) for cost in measured[kind]) for kind in KINDS)
        ratio = f"{forked / ordinary:8.2f}" if ordinary else ""
        print(f"{field.name:12}{ordinary:12.3f}{forked:12.3f}{ratio}")


def side_by_side(kind: str, number: int, parent: WarmParent) -> list[Costs]:
    """What kernels of one kind cost, each started when the one before has run the page's code."""
    app = json.loads((notebooks() / "app.ipynb").read_text(encoding="utf-8"))
    code = ["".join(cell["source"]) for cell in app["cells"] if cell["cell_type"] == "code"]
    provisioner, transport = KINDS[kind]
    KernelProvisionerFactory.instance().default_provisioner_name = provisioner
    assert parent.process is not None
    warm = psutil.Process(parent.process.pid)
    started = []
    with ExitStack() as kernels:
        for _ in range(number):
            before, begin = cpu(warm.pid), time.perf_counter()
            manager, client = kernels.enter_context(kernel(transport))
            ready = time.perf_counter() - begin
            for source in code:
                reply = client.execute_interactive(source, timeout=60, output_hook=lambda message: None)
                assert reply["content"]["status"] == "ok", reply
            executed = time.perf_counter() - begin
            process = psutil.Process(manager.provisioner.pid)  # type: ignore[union-attr]
            started.append((process, cpu(warm.pid) - before, ready, executed))
        costs = []
        for process, parent_cpu, ready, executed in started:
            memory = process.memory_full_info()
            costs.append(Costs(memory.uss / 2**20, memory.pss / 2**20, cpu(process.pid), parent_cpu, ready, executed))
    return costs


def cpu(pid: int) -> float:
    """Seconds that the threads of a process have run; finer than the hundredths that `cpu_times` counts in."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


@contextmanager
def kernel(transport: str) -> Iterator[tuple[KernelManager, BlockingKernelClient]]:
    """A kernel that answers."""
    manager = KernelManager(transport=transport)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        yield manager, client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


if __name__ == "__main__":
    main()
