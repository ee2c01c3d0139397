"""What a visitor costs the host: `make bench-host`, ours beside stock Voilà with preheated kernels, in one run.

Both serve the same notebook from the same environment, bytecode compiled. Times are medians of rounds that alternate.
Nothing is asserted here; the table goes into deploy/README.md.
"""

from __future__ import annotations

import asyncio
import compileall
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Browser, sync_playwright
from tornado.httpclient import AsyncHTTPClient

import etiquette
from etiquette.files import notebooks
from etiquette.host.options import FORKED, places
from tests import browser as browsers
from tests.conftest import ROOT, Server, free_port
from tests.host.visitor import RefusedError, Visitor

ROUNDS = 5
CLICKS = 40
VISITORS = 10
ARRIVALS, WITHIN = 60, 10.0
PATIENCE = 5.0  # seconds
STORY, TOLD = "The quiet week", "Half past six"
CHOICE = "Look Mr Outram"
README = ROOT / "deploy" / "README.md"

# Notes when the first story can be read, clicks it as soon as it is there, and notes when the answer is.
WATCH = """
([story, told]) => {
  window.seen = {};
  const look = () => {
    const button = [...document.querySelectorAll("button")].find((each) => each.textContent.includes(story));
    if (button && button.checkVisibility() && !window.seen.readable) {
      window.seen.readable = performance.now();
      button.click();
    }
    if (document.body?.textContent.includes(told)) window.seen.answered ??= performance.now();
    if (!window.seen.answered) requestAnimationFrame(look);
  };
  look();
}
"""
CLICK = """
([watched, text]) => new Promise((resolve) => {
  const target = [...document.querySelectorAll(".pp-choice")].find((each) => each.checkVisibility());
  const observer = new MutationObserver(() => {
    if (!document.querySelector(watched)?.textContent.includes(text)) return;
    observer.disconnect();
    resolve(performance.now() - start);
  });
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  const start = performance.now();
  target.click();
})
"""


@dataclass(frozen=True, slots=True)
class Host:
    """A host to be measured: how it is started, with so many kernels waiting."""

    name: str
    command: Callable[[int, int], list[str]]

    @contextmanager
    def serving(self, pool: int = 2) -> Iterator[Server]:
        """The server, running, with its pool filled."""
        port = free_port()
        server = Server(self.command(port, pool), "Voilà is running at", f"http://127.0.0.1:{port}/")
        try:
            _wait(lambda: len(_kernels(server)) >= pool)
            _rest(server)
            yield server
        finally:
            server.stop()


def _ours(port: int, pool: int) -> list[str]:
    places = ["--visitors=500", f"--pool={pool}"]
    return [sys.executable, "-m", "etiquette", "serve", "--no-open", f"--port={port}", *places]


def _stock(port: int, pool: int) -> list[str]:
    heated = ["--preheat_kernel=True", f"--pool_size={pool}"]
    return [sys.executable, "-m", "voila", str(notebooks() / "app.ipynb"), "--no-browser", f"--port={port}", *heated]


OURS, STOCK = Host("ours", _ours), Host("stock", _stock)


def main() -> None:
    """Measure everything, print it, and write the table into deploy/README.md."""
    compileall.compile_path(quiet=2)
    compileall.compile_dir(Path(etiquette.__file__).parent, quiet=2)
    rows: list[tuple[str, str, str, str]] = []

    def row(what: str, unit: str, ours: float, stock: float, digits: int = 2) -> None:
        share = f"{ours / stock:.0%}" if stock else ""
        rows.append((what, f"{ours:,.{digits}f} {unit}".strip(), f"{stock:,.{digits}f} {unit}".strip(), share))
        print("{:<58} {:>12} {:>12} {:>6}".format(*rows[-1]), flush=True)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.find(), args=browsers.ARGUMENTS)
        ours, stock = _pages(browser)
        browser.close()
    row("something to read", "s", ours.readable, stock.readable)
    row("first answer to a click, cold cache", "s", ours.answered, stock.answered)
    row("on the wire", "MB", ours.megabytes, stock.megabytes)
    row("requests", "", ours.requests, stock.requests, 0)
    row("click to feedback in the browser", "ms", ours.click, stock.click, 1)
    one, other = _python_clicks(OURS), _python_clicks(STOCK)
    row("click to feedback, a client in Python", "ms", one, other, 1)
    mine, theirs = _kernel_costs(OURS), _kernel_costs(STOCK)
    row("memory a further visitor, private", "MB", mine.private, theirs.private, 1)
    row(f"memory a visitor, PSS at {VISITORS}", "MB", mine.shared, theirs.shared, 1)
    row("CPU of a visitor's kernel", "s", mine.seconds, theirs.seconds)
    quick, slow = _crowd(OURS, ARRIVALS), _crowd(STOCK, ARRIVALS)
    row(f"{ARRIVALS} arrive in {WITHIN:.0f} s: the slowest tenth waits", "s", quick, slow, 1)
    fits = _fitting(OURS)
    print(f"so many arrive in {WITHIN:.0f} s before the slowest tenth waits over {PATIENCE:.0f} s: {fits}")
    _write(rows, fits)


@dataclass(frozen=True, slots=True)
class PageFigures:
    """Medians over the rounds. Times from the address being typed in, in seconds; `click` in milliseconds."""

    readable: float
    answered: float
    megabytes: float
    requests: float
    click: float


def _pages(browser: Browser) -> tuple[PageFigures, PageFigures]:
    """The page in a browser that has never been there, by turns."""
    found: dict[str, list[PageFigures]] = {OURS.name: [], STOCK.name: []}
    with OURS.serving() as ours, STOCK.serving() as stock:
        for _ in range(ROUNDS):
            for host, server in ((OURS, ours), (STOCK, stock)):
                found[host.name].append(_page(browser, server))
                _rest(server)
    ours_found, stock_found = (
        PageFigures(*(statistics.median(getattr(each, name) for each in rounds) for name in PageFigures.__slots__))
        for rounds in found.values()
    )
    return ours_found, stock_found


def _page(browser: Browser, server: Server) -> PageFigures:
    context = browser.new_context(viewport={"width": 820, "height": 1000})
    page = context.new_page()
    wire = [0]
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: wire.append(event["encodedDataLength"]))
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url) if request.url.startswith("http") else None)
    page.add_init_script(f"({WATCH})({[STORY, TOLD]})")
    page.goto(server.address, wait_until="commit")
    page.wait_for_function("() => window.seen?.answered", timeout=120_000)
    seen = page.evaluate("() => window.seen")
    page.wait_for_load_state("networkidle")
    times = []
    for _ in range(CLICKS // ROUNDS + 2):
        page.get_by_role("button", name=CHOICE).wait_for()
        times.append(float(page.evaluate(CLICK, [".pp-feedback", "credit"])))
        page.get_by_role("button", name="← All scenarios").click()
        page.get_by_role("button", name=STORY).click()
        page.locator(".pp-feedback").wait_for(state="detached")
    context.close()
    click = statistics.median(times[2:])
    return PageFigures(seen["readable"] / 1000, seen["answered"] / 1000, sum(wire) / 1e6, len(requests), click)


def _python_clicks(host: Host) -> float:
    """Milliseconds from a click to its feedback, over a plain websocket, once the kernel has drawn what was before."""

    async def clicks(server: Server) -> float:
        visitor = Visitor(server.address, AsyncHTTPClient())
        await visitor.arrive()
        times = []
        for _ in range(CLICKS):
            await visitor.click(STORY, TOLD)
            await visitor.rest()
            start = time.perf_counter()
            await visitor.click(CHOICE, "pp-feedback")
            times.append(time.perf_counter() - start)
            await visitor.click("← All scenarios", "")
            await visitor.rest()
            visitor.forget("pp-feedback")
        await visitor.leave()
        return statistics.median(times) * 1000

    with host.serving() as server:
        return asyncio.run(clicks(server))


@dataclass(frozen=True, slots=True)
class KernelFigures:
    """What one more visitor's kernel takes: megabytes, and seconds of CPU until it is idle."""

    private: float
    shared: float
    seconds: float


def _kernel_costs(host: Host) -> KernelFigures:
    """Of kernels whose page is open and has been clicked once."""

    async def come(server: Server) -> list[Visitor]:
        visitors = [Visitor(server.address, AsyncHTTPClient()) for _ in range(VISITORS)]
        for visitor in visitors:
            await visitor.arrive()
            await visitor.click(STORY, TOLD)
        return visitors

    async def measured(server: Server) -> KernelFigures:
        visitors = await come(server)
        _rest(server)
        kernels = _kernels(server)
        memory = [each.memory_full_info() for each in kernels]
        times = [each.cpu_times() for each in kernels]
        figures = KernelFigures(
            statistics.median(each.uss for each in memory) / 1e6,
            statistics.median(each.pss for each in memory) / 1e6,
            statistics.median(each.user + each.system for each in times),
        )
        for visitor in visitors:
            await visitor.leave()
        return figures

    with host.serving() as server:
        return asyncio.run(measured(server))


def _crowd(host: Host, number: int) -> float:
    """So many come within ten seconds, each clicks once; how long the slowest tenth waits, in seconds, at the least."""

    async def one(server: Server, after: float) -> tuple[float, Visitor]:
        await asyncio.sleep(after)
        visitor = Visitor(server.address, AsyncHTTPClient(max_clients=number, force_instance=True))
        start = time.perf_counter()
        try:
            await visitor.arrive()
            await visitor.click(STORY, TOLD)
        except RefusedError:
            return float("inf"), visitor
        return time.perf_counter() - start, visitor

    async def all_of_them(server: Server) -> float:
        came = await asyncio.gather(*(one(server, WITHIN * place / number) for place in range(number)))
        for _, visitor in came:
            await visitor.leave()
        return statistics.quantiles((waited for waited, _ in came), n=10)[-1]

    with host.serving() as server:
        return asyncio.run(all_of_them(server))


def _fitting(host: Host) -> int:
    """The most who can come within ten seconds before the slowest tenth waits too long."""
    fits = 0
    for number in range(20, 201, 20):
        if _crowd(host, number) > PATIENCE:
            break
        fits = number
    return fits


def _kernels(server: Server) -> list[psutil.Process]:
    """The processes that run a visitor's page: below the server, those that have no process below them."""
    below = psutil.Process(server.process.pid).children(recursive=True)
    runs = re.compile(r"ipykernel_launcher|etiquette\.host\.warm")
    return [each for each in below if runs.search(" ".join(each.cmdline())) and not each.children()]


def _rest(server: Server) -> None:
    """Wait until the server and all below it have been idle for a while."""

    def spent() -> float:
        process = psutil.Process(server.process.pid)
        times: list[Any] = [each.cpu_times() for each in (process, *process.children(recursive=True))]
        return float(sum(each.user + each.system for each in times))

    def idle() -> bool:
        before = spent()
        time.sleep(0.5)
        return spent() - before < 0.03

    _wait(idle)


def _wait(until: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not until() and time.monotonic() < deadline:
        time.sleep(0.1)


def _write(rows: list[tuple[str, str, str, str]], fits: int) -> None:
    """Put the table between its marks in deploy/README.md."""
    lines = ["| | here | stock | |", "|---|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]
    held = places(4 * 2**30, FORKED)
    lines += ["", f"Two cores measured this: {fits} visitors may arrive within {WITHIN:.0f} s before one in ten waits"]
    lines += [f"longer than {PATIENCE:.0f} s. With 4 GB of memory such a machine takes {held} at once."]
    text = README.read_text(encoding="utf-8")
    table = "<!-- bench-host -->\n" + "\n".join(lines) + "\n<!-- /bench-host -->"
    README.write_text(
        re.sub(r"<!-- bench-host -->.*<!-- /bench-host -->", table, text, flags=re.DOTALL), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
