"""What a visitor costs the host: `make bench-host`, ours beside Shiny, NiceGUI and stock Voilà, in one run.

Stock Voilà serves our notebook from our environment, with preheated kernels. Shiny and NiceGUI show the same stories
as a small scene of their own. Nothing is asserted here; the table goes into deploy/README.md.
With `--short` it does little of each, to see that all of it works, and only prints.
"""

from __future__ import annotations

import compileall
import os
import platform
import re
import socket
import socketserver
import statistics
import sys
import tempfile
import textwrap
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

import etiquette
from etiquette.files import notebooks
from tests import browser as browsers
from tests.bench import load
from tests.bench.load import CHOICE, JUDGED, STORY, TOLD, Kind, Waits, apart
from tests.bench.others import scenes
from tests.bench.others.visitors import NiceguiVisitor, ShinyVisitor
from tests.conftest import ROOT, Server, free_port
from tests.host.visitor import BACK, Visitor

README = ROOT / "deploy" / "README.md"
MARKS = "<!-- bench-host -->\n", "\n<!-- /bench-host -->"
LIMITED = [
    "prlimit",
    f"--data={2**30}",
    "taskset",
    "--cpu-list",
    "0,1",
]  # 1 GB of memory that is a process's own, 2 cores

# Notes when the first story can be read, clicks it as soon as a click is heard, and notes when the answer is there.
WATCH = """
([story, told, live]) => {
  window.seen = {};
  const heard = new Function("return " + live);
  const look = () => {
    const button = [...document.querySelectorAll("button")].find((each) => each.textContent.includes(story));
    if (button?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) {
      window.seen.readable ??= performance.now();
      if (!window.seen.clicked && heard()) {
        window.seen.clicked = true;
        button.click();
      }
    }
    if (document.body?.textContent.includes(told)) window.seen.answered ??= performance.now();
    if (!window.seen.answered) requestAnimationFrame(look);
  };
  look();
}
"""
CLICK = """
([choice, watched, text]) => new Promise((resolve) => {
  const target = [...document.querySelectorAll("button")].find(
    (each) => each.checkVisibility() && each.textContent.includes(choice));
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
class Amounts:
    """How much is measured."""

    rounds: int = 7  # in the browser; the first is thrown away
    clicks: int = 20  # in each of them
    few: int = 20
    many: int = 200
    stock: int = 10  # visitors of stock Voilà
    visits: int = 50  # whose CPU is measured
    arriving: int = 300
    within: float = 10.0  # seconds, in which they arrive
    crowd: int = 1000
    seconds: float = 60.0  # for which a crowd clicks


SHORT = Amounts(3, 3, 3, 6, 2, 5, 10, 2.0, 20, 20.0)


@dataclass(frozen=True, slots=True)
class System:
    """A web application to be measured: how it is started, and what a visitor of it is."""

    name: str
    command: Callable[[int], Sequence[str]]
    ready: str
    visitor: Kind[Any]
    live: str = "true"  # in JavaScript: whether a click on a button that is there is heard

    @contextmanager
    def serving(self, *limits: str) -> Iterator[Server]:
        """The server, running."""
        port = free_port()
        command = [*limits, *self.command(port)]
        server = Server(command, self.ready, f"http://127.0.0.1:{port}/")
        try:
            load.rest(server.process.pid)
            yield server
        finally:
            server.stop()


def _ours(port: int) -> Sequence[str]:
    return [
        sys.executable,
        "-m",
        "etiquette",
        "serve",
        "--no-open",
        f"--port={port}",
        "--visitors=1200",
        "--per-address=1200",
    ]


def _stock(port: int) -> Sequence[str]:
    heated = ["--preheat_kernel=True", "--pool_size=2"]
    return [sys.executable, "-m", "voila", str(notebooks() / "app.ipynb"), "--no-browser", f"--port={port}", *heated]


def main(amounts: Amounts) -> None:
    """Measure everything, print it, and write the table into deploy/README.md."""
    compileall.compile_path(quiet=2)
    compileall.compile_dir(Path(etiquette.__file__).parent, quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        stories = Path(folder) / "stories.json"
        scenes.write_stories(stories)
        python = scenes.python()

        def scene(name: str) -> Callable[[int], Sequence[str]]:
            return lambda port: [str(python), str(scenes.HERE / f"scene_{name}.py"), str(port), str(stories)]

        ours = System("here", _ours, "Voilà is running at", Visitor)
        connected = "window.Shiny?.shinyapp?.isConnected()"
        shiny = System(f"Shiny {scenes.version('shiny')}", scene("shiny"), "running on", ShinyVisitor, connected)
        nicegui = System(f"NiceGUI {scenes.version('nicegui')}", scene("nicegui"), "ready to go", NiceguiVisitor)
        stock = System(f"stock Voilà {version('voila')}", _stock, "Voilà is running at", Visitor)
        table = Table((ours, shiny, nicegui, stock))
        _measure_pages(table, amounts)
        _measure_costs(table, amounts, stock)
        _measure_arrivals(table, amounts, (ours, shiny, nicegui))
        _measure_crowd(table, amounts, ours)
    if amounts == Amounts():
        table.write(amounts)


class Table:
    """Figures by system; where there is none, it was not measured."""

    def __init__(self, systems: Sequence[System]) -> None:
        self.systems, self.rows = systems, list[str]()
        self._print("", (system.name for system in systems))
        self._print("---", ("---" for _ in systems))

    def row(self, what: str, figures: dict[str, str]) -> None:
        """Add a row, with figures by the systems' names."""
        self._print(what, (figures.get(system.name, "") for system in self.systems))

    def _print(self, what: str, cells: Iterator[str]) -> None:
        self.rows.append(f"| {what} | {' | '.join(cells)} |")
        print(self.rows[-1], flush=True)

    def write(self, amounts: Amounts) -> None:
        """Put the table between its marks in deploy/README.md, with how it was measured."""
        visits, gigabytes = amounts.rounds - 1, psutil.virtual_memory().total / 2**30
        notes = f"""
            Measured on a machine with {os.cpu_count()} cores and {gigabytes:.0f} GB of memory, which the load generator
            (a process of its own) and Chromium share with the server, with Python {platform.python_version()} and
            Tornado {version("tornado")}. Shiny and NiceGUI show the same stories in a small page. Figures of the
            browser are medians of {visits} visits with an empty cache, which take turns; a click is on a choice in a
            story, until its feedback is there ({visits * amounts.clicks} clicks). Bytes are those of the connections,
            websockets included. Memory is by how much all processes of the server together grow (PSS), with the story
            open. 1 GB is what the server may have of memory of its own (prlimit --data); taskset holds it to 2 cores.
        """
        first, last = MARKS
        text = README.read_text(encoding="utf-8")
        block = first + "\n".join(self.rows) + "\n\n" + textwrap.fill(" ".join(notes.split()), 120) + last
        text = re.sub(f"{re.escape(first)}.*{re.escape(last)}", lambda _: block, text, flags=re.DOTALL)
        README.write_text(text, encoding="utf-8")


LIMITS = (
    "The limit of 1 GB is one of the server's own memory (`prlimit --data`), and it is held to 2 cores by `taskset`."
)


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit in the browser. Seconds from the address being typed in; clicks in milliseconds."""

    readable: float
    answered: float
    clicks: Sequence[float]


def _measure_pages(table: Table, amounts: Amounts) -> None:
    """The page in a browser that has never been there, by turns."""
    visits: dict[str, list[Visit]] = {system.name: [] for system in table.systems}
    wires = {}
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=browsers.find(), args=browsers.ARGUMENTS)
        stack.callback(browser.close)
        servers = [(system, stack.enter_context(system.serving())) for system in table.systems]
        for system, server in servers:
            wires[system.name] = _wire(browser, system, server)
        for _ in range(amounts.rounds):
            for system, server in servers:
                load.rest(server.process.pid)
                visits[system.name].append(_visit(browser, system, server, amounts.clicks))

    def median(of: Callable[[Visit], float]) -> dict[str, str]:
        return {name: f"{statistics.median(map(of, found[1:])):.2f} s" for name, found in visits.items()}

    table.row("something to read", median(lambda visit: visit.readable))
    table.row("first answer to a click", median(lambda visit: visit.answered))
    table.row("on the wire", {name: f"{size / 1e6:.2f} MB" for name, (size, _) in wires.items()})
    table.row("requests", {name: str(requests) for name, (_, requests) in wires.items()})
    clicks = {name: Waits([each for visit in found[1:] for each in visit.clicks]) for name, found in visits.items()}
    shown = {name: f"{each.percentile(50):.1f} / {each.percentile(95):.1f} ms" for name, each in clicks.items()}
    table.row("click to feedback in Chromium, half / 95 % within", shown)


def _visit(browser: Browser, system: System, server: Server, clicks: int) -> Visit:
    context = browser.new_context(viewport={"width": 820, "height": 1000})
    page = _open(context, system, server.address)
    seen = page.evaluate("() => window.seen")
    page.wait_for_load_state("networkidle")
    times = []
    for _ in range(clicks):
        page.get_by_role("button", name=CHOICE).wait_for()
        times.append(float(page.evaluate(CLICK, [CHOICE, ".pp-feedback", JUDGED])))
        if (back := page.get_by_role("button", name=BACK)).count():
            back.click()
        page.get_by_role("button", name=STORY).click()
        page.locator(".pp-feedback").wait_for(state="detached")
    context.close()
    return Visit(seen["readable"] / 1000, seen["answered"] / 1000, times)


def _wire(browser: Browser, system: System, server: Server) -> tuple[int, int]:
    """Bytes that pass in both directions for a page and its first click, websocket and headers with them; requests."""
    context = browser.new_context()
    with Relay(server.address) as relay:
        requests: list[str] = []
        context.on("request", lambda request: requests.append(request.url))
        _open(context, system, relay.address).wait_for_load_state("networkidle")
        context.close()
    return sum(relay.passed), len(requests)


def _open(context: BrowserContext, system: System, address: str) -> Page:
    page = context.new_page()
    page.add_init_script(f"({WATCH})({[STORY, TOLD, system.live]})")
    page.goto(address, wait_until="commit")
    page.wait_for_function("() => window.seen?.answered", timeout=120_000)
    return page


class Relay(socketserver.ThreadingTCPServer):
    """Passes connections on to a server, and keeps count of the bytes in `passed`."""

    daemon_threads = True

    def __init__(self, address: str) -> None:
        self.passed: list[int] = []
        self.target = int(address.rstrip("/").rsplit(":", 1)[1])
        super().__init__(("127.0.0.1", 0), Relayed)
        self.address = f"http://127.0.0.1:{self.server_address[1]}/"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def __exit__(self, *_: Any) -> None:
        self.shutdown()
        self.server_close()


class Relayed(socketserver.BaseRequestHandler):
    """One connection."""

    server: Relay

    def handle(self) -> None:
        with socket.create_connection(("127.0.0.1", self.server.target)) as upstream:
            threading.Thread(target=self._pass, args=(upstream, self.request), daemon=True).start()
            self._pass(self.request, upstream)

    def _pass(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                self.server.passed.append(len(data))
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            return  # either side has gone


def _measure_costs(table: Table, amounts: Amounts, stock: System) -> None:
    """Memory and CPU of the server."""
    few, many, visits, clicks = (dict[str, str]() for _ in range(4))
    for system in table.systems:
        counts = (amounts.stock,) if system is stock else (amounts.few, amounts.many)
        with system.serving() as server:
            found = apart(load.memory, system.visitor, server.address, server.process.pid, counts)
        few[system.name] = f"{found[0]:.2f} MB" + (f" at {amounts.stock}" if system is stock else "")
        if system is stock:
            continue
        many[system.name] = f"{found[1]:.2f} MB"
        with system.serving() as server:
            visit, click = apart(load.cpu, system.visitor, server.address, server.process.pid, amounts.visits)
        visits[system.name], clicks[system.name] = f"{visit:.1f} ms", f"{click:.2f} ms"
    table.row(f"memory a visitor, {amounts.few} there", few)
    table.row(f"memory a visitor, {amounts.many} there", many)
    table.row("CPU a visitor, page and first click", visits)
    table.row("CPU a click", clicks)


def _measure_arrivals(table: Table, amounts: Amounts, systems: Sequence[System]) -> None:
    found = {}
    for system in systems:
        with system.serving() as server:
            found[system.name] = apart(load.arrivals, system.visitor, server.address, amounts.arriving, amounts.within)
    table.row(
        f"{amounts.arriving} arrive in {amounts.within:g} s: half / 95 % / all have their first answer within",
        {name: _seconds(waits) for name, waits in found.items()},
    )


def _seconds(waits: Waits) -> str:
    return f"{waits.percentile(50):.2f} / {waits.percentile(95):.2f} / {max(waits.seconds):.2f} s{_failures(waits)}"


def _measure_crowd(table: Table, amounts: Amounts, ours: System) -> None:
    for what, limits in (("", LIMITED), (", soft limit of 1,024 open files", ["prlimit", "--nofile=1024:", *LIMITED])):
        with ours.serving(*limits) as server:
            waits = apart(load.clicking, ours.visitor, server.address, amounts.crowd, amounts.seconds)
            memory = load.peak(server.process.pid)
        half, most, last = (
            1000 * seconds for seconds in (waits.percentile(50), waits.percentile(95), max(waits.seconds))
        )
        row = f"{amounts.crowd:,} there with 1 GB, each clicks every {load.EVERY:g} s{what}: half / 95 % / all within"
        figures = f"{half:.1f} / {most:.1f} / {last:.0f} ms{_failures(waits)}; {memory:.0f} MB"
        table.row(row, {ours.name: figures})


def _failures(waits: Waits) -> str:
    for reason, number in Counter(waits.failures).most_common():
        print(f"{number} × {reason}", file=sys.stderr)
    return f", {len(waits.failures)} fail" if waits.failures else ""


if __name__ == "__main__":
    main(SHORT if "--short" in sys.argv else Amounts())
