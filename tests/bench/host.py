"""What a visitor costs the host: `make bench-host`, ours beside Shiny, NiceGUI and stock Voilà, in one run.

Stock Voilà serves our notebook from our environment, with preheated kernels. Shiny and NiceGUI show the same stories
as a small scene of their own. Chromium and the visitors without a browser (in a process of their own) share the machine
with the server. Nothing is asserted here; the table goes into deploy/README.md. With fewer VISITORS than 1,000, there
are fewer of them in all rows.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path
from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from etiquette.files import notebooks
from etiquette.stories import Run, Scenario, library
from tests import browser as browsers
from tests.bench import load
from tests.bench.load import CHOICE, JUDGED, STORY, TOLD, apart, spread
from tests.bench.visitors import AGAIN, Client, NiceguiVisitor, ShinyVisitor, Visitor
from tests.conftest import READY, Server, free_port

OTHERS = Path(__file__).parent / "others"
VISITORS = 1000
ROUNDS = 5  # in the browser, after one that is thrown away, and of arrivals
CLICKS = 20  # in each round in the browser
WITHIN = 10.0  # seconds, in which visitors arrive
# 1 GB of memory that is the server's own, on 2 cores
LIMITED = ("prlimit", f"--data={2**30}", "taskset", "--cpu-list", "0,1")

# Clicks the button as soon as it can be seen and a click is heard; tells when it did, and when the text was there.
CLICK = """
([label, where, text, live]) => new Promise((resolve) => {
  const heard = new Function("return " + live);
  let clicked;
  const press = () => {
    const button = [...document.querySelectorAll("button")].find((each) => each.textContent.includes(label)
      && each.checkVisibility({ opacityProperty: true, visibilityProperty: true }));
    if (!button || !heard()) return requestAnimationFrame(press);
    observer.observe(document, { childList: true, subtree: true, characterData: true });
    clicked = performance.now();
    button.click();
  };
  const observer = new MutationObserver(() => {
    if (!document.querySelector(where)?.textContent.includes(text)) return;
    observer.disconnect();
    resolve([clicked, performance.now()]);
  });
  press();
})
"""


@dataclass(frozen=True, slots=True)
class System:
    """A web application to be measured: how it is started, and what a visitor of it is."""

    name: str
    command: Sequence[object]  # the port comes after it
    ready: str
    visitor: type[Client]
    live: str = "true"  # in JavaScript: whether a click on a button that is there is heard

    @contextmanager
    def serving(self, *limits: str) -> Iterator[Server]:
        """The server, running."""
        port = free_port()
        command = [*limits, *map(str, self.command), str(port)]
        server = Server(command, self.ready, f"http://127.0.0.1:{port}/")
        try:
            load.rest(server.process.pid)
            yield server
        finally:
            server.stop()


def main(visitors: int) -> None:
    """Measure everything, and print the table."""
    python, stories, limit = _environment(), json.dumps([*map(_beginning, library().values())]), visitors + 200
    serve = ("etiquette", "serve", "--no-open", f"--visitors={limit}", f"--per-address={limit}")
    voila = ("voila", notebooks() / "app.ipynb", "--no-browser", "--preheat_kernel=True", "--pool_size=2")
    shiny, nicegui = ((python, OTHERS / f"scene_{name}.py", stories) for name in ("shiny", "nicegui"))
    connected = "window.Shiny?.shinyapp?.isConnected()"
    systems = (
        System("here", (sys.executable, "-m", *serve, "--port"), READY, Visitor),
        System("Shiny", shiny, "running on", ShinyVisitor, connected),
        System("NiceGUI", nicegui, "ready to go", NiceguiVisitor),
        System("stock Voilà", (sys.executable, "-m", *voila, "--port"), "Voilà is running at", Visitor),
    )
    _row("", [system.name for system in systems])
    _row("---", ["---" for _ in systems])
    _measure_pages(systems)
    _measure_costs(systems[:3], visitors // 50, visitors // 5)
    _measure_arrivals(systems[:3], visitors * 3 // 10)
    _measure_crowd(systems[0], visitors)


def _environment() -> Path:
    """The Python of an environment in the cache that has what the scenes need; it is made if it is not there."""
    folder = user_cache_path("etiquette") / "bench"
    python, requirements = folder / "bin" / "python", OTHERS / "requirements.txt"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--requirement", requirements], check=True)
    return python


def _beginning(scenario: Scenario) -> dict[str, object]:
    """How a story begins, for the scenes to show."""
    run = Run.start(scenario)
    assert run.moment
    choices = []
    for number, choice in enumerate(run.moment.choices):
        judged = run.choose(number).decisions[-1].assessment
        feedback = f"{judged.verdict}: {judged.credit} out of 100 credit. {choice.then} {judged.reason}"
        choices.append({"says": choice.says, "feedback": feedback})
    return {"title": scenario.title, "text": "\n\n".join(each.text for each in run.passages), "choices": choices}


def _row(what: str, figures: Sequence[str]) -> None:
    print(f"| {what} | {' | '.join(figures)} |", flush=True)


def _measure_pages(systems: Sequence[System]) -> None:
    """The page in a browser that has never been there, by turns."""
    answered: dict[str, list[float]] = {system.name: [] for system in systems}
    clicks: dict[str, list[float]] = {system.name: [] for system in systems}
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        servers = [(system, stack.enter_context(system.serving())) for system in systems]
        wires = [f"{_wire(playwright, system, server) / 1e6:.2f} MB" for system, server in servers]
        browser = stack.enter_context(
            playwright.chromium.launch(executable_path=browsers.find(), args=browsers.ARGUMENTS)
        )
        for nth in range(1 + ROUNDS):
            for system, server in servers:
                load.rest(server.process.pid)
                context = browser.new_context(viewport={"width": 820, "height": 1000})
                page = _open(context, system, server)
                first, times = float(page.evaluate("() => window.answer")[1]) / 1000, _click(page)
                context.close()
                if nth:
                    answered[system.name].append(first)
                    clicks[system.name] += times
    _row("first answer, with an empty cache", [f"{statistics.median(each):.2f} s" for each in answered.values()])
    _row("network traffic until then, both ways", wires)
    _row("click to feedback in Chromium, half / 95% / all within", [spread(each) for each in clicks.values()])


def _open(context: BrowserContext, system: System, server: Server) -> Page:
    """The page, with the first answer there."""
    page = context.new_page()
    page.add_init_script(f"window.answer = ({CLICK})({[STORY, 'body', TOLD, system.live]})")
    page.goto(server.address, wait_until="commit")
    page.wait_for_function("() => window.answer", timeout=120_000)
    page.wait_for_load_state("networkidle")
    return page


def _click(page: Page) -> list[float]:
    """How many seconds it takes each time until a choice is judged."""
    times = []
    for _ in range(CLICKS):
        page.get_by_role("button", name=CHOICE).wait_for()
        clicked, judged = page.evaluate(CLICK, [CHOICE, ".pp-feedback", JUDGED, "true"])
        times.append((judged - clicked) / 1000)
        again = page.get_by_role("button", name=AGAIN)
        (again if again.count() else page.get_by_role("button", name=STORY)).click()
        page.locator(".pp-feedback").wait_for(state="detached")
    return times


def _wire(playwright: Playwright, system: System, server: Server) -> int:
    """Bytes that a new browser sends and receives for a page and its first click, as its own log says."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "log.json"
        arguments = [*browsers.ARGUMENTS, f"--log-net-log={file}"]
        with playwright.chromium.launch(executable_path=browsers.find(), args=arguments) as browser:
            _open(browser.new_context(), system, server)
        log = json.loads(file.read_text(encoding="utf-8"))
    kinds = [log["constants"]["logEventTypes"][f"SOCKET_BYTES_{way}"] for way in ("SENT", "RECEIVED")]
    return sum(event["params"]["byte_count"] for event in log["events"] if event["type"] in kinds)


def _measure_costs(systems: Sequence[System], few: int, many: int) -> None:
    """Memory and CPU of the server."""
    found = []
    for system in systems:
        with system.serving() as server:
            found.append(apart(load.costs, system.visitor, server.address, server.process.pid, few, many))
    _row(f"memory per visitor (PSS), with {few} visitors", [f"{at_few:.2f} MB" for at_few, _, _ in found])
    _row(f"memory per visitor (PSS), with {many} visitors", [f"{at_many:.2f} MB" for _, at_many, _ in found])
    _row("CPU per visitor, page and first click", [f"{milliseconds:.1f} ms" for _, _, milliseconds in found])


def _measure_arrivals(systems: Sequence[System], number: int) -> None:
    waits: dict[str, list[float]] = {system.name: [] for system in systems}
    for _ in range(ROUNDS):
        for system in systems:
            with system.serving() as server:
                waits[system.name] += apart(load.arrivals, system.visitor, server.address, number, WITHIN)
    what = f"{number} arrive in {WITHIN:g} s: half / 95% / all have their first answer within"
    _row(what, [spread(each) for each in waits.values()])


def _measure_crowd(ours: System, number: int) -> None:
    for what, limits in (("", LIMITED), (", soft limit of 1,024 open files", ("prlimit", "--nofile=1024:", *LIMITED))):
        with ours.serving(*limits) as server:
            waits = apart(load.clicking, server.address, number)
            memory = load.peak(server.process.pid)
        row = f"{number:,} visitors with 1 GB, each clicking every {load.EVERY:g} s{what}: half / 95% / all within"
        _row(row, [f"{spread(waits)}; {memory}"])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else VISITORS)
