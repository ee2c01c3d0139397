"""What a visit to the page without a server costs: `make bench-site`. Numbers are medians; nothing is asserted here.

With the folder of another static site as an argument, and a CSS selector of what is there once it is live, that is
visited in the same run: `python -m tests.bench.site FOLDER PATH SELECTOR`.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from etiquette.site import write_site
from tests import browser
from tests.host.serving import serving
from tests.site.static_server import StaticServer, serving_files

TIMES = 5
LIVE = "document.readyState !== 'loading' && !document.getElementById('soon')"
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
LABELS = ("Start with a story", "Put the phone in a drawer", "Go on", "Learn", "Practise", "My interview", "Draft")
CLICK = """async (label) => {
  const stage = document.querySelector(".pp-stage");
  const buttons = [...document.querySelectorAll(".pp-stage button, .pp-nav a")];
  const began = performance.now();
  await new Promise((resolve) => {
    new MutationObserver(resolve).observe(stage, { childList: true, subtree: true });
    buttons.find((each) => each.textContent.trim().startsWith(label) && each.checkVisibility()).click();
  });
  return performance.now() - began;
}"""


@contextmanager
def a_browser() -> Iterator[BrowserContext]:
    """A browser that has never been anywhere, with a profile on disk, as people have."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=browser.find(), args=browser.ARGUMENTS, bypass_csp=True
        )
        yield context
        context.close()


def visit(context: BrowserContext, address: str, live: str) -> tuple[Page, float]:
    """A page that is live, and how many milliseconds after its navigation began."""
    page = context.new_page()
    page.goto(address, wait_until="commit")
    page.wait_for_function(live, polling=5, timeout=120_000)
    return page, page.evaluate("performance.now()")


def visits(name: str, address: str, live: str, server: StaticServer | None = None) -> None:
    """Print how long it takes until the page can be read, and until it is live: at first, and when one comes back.

    With its server, print how much that has sent at the first visit, but for the modules that are loaded for later.
    """
    read, cold, warm, sent = [], [], [], []
    for _ in range(TIMES):
        if server:
            server.sent.clear()
        with a_browser() as context:
            page, took = visit(context, address, live)
            cold.append(took)
            read.append(page.wait_for_function(PAINTED).json_value())
            sent.append(sum(size for path, size in server.sent if "/modules-" not in path) if server else 0)
            page.wait_for_timeout(3_000)  # until it has kept its files
            page.close()
            warm.append(visit(context, address, live)[1])
    figures = (statistics.median(each) / 1000 for each in (read, cold, warm))
    print("{}: readable after {:.2f} s, live after {:.2f} s, when one comes back after {:.2f} s".format(name, *figures))
    if server:
        print(f"{name}: {statistics.median(sent):,.0f} bytes until it is live")


def clicks(name: str, address: str) -> None:
    """Print how long it takes until a click shows."""
    with a_browser() as context:
        found: dict[str, list[float]] = {label: [] for label in LABELS}
        for _ in range(TIMES):
            page, _ = visit(context, address, LIVE)
            page.evaluate("localStorage.clear()")
            page.reload()
            page.wait_for_function(LIVE)
            for label, times in found.items():
                page.wait_for_timeout(600)  # a button that has just come rests for a moment
                times.append(page.evaluate(CLICK, label))
            page.close()
    print(f"{name}: " + ", ".join(f"{label} {statistics.median(times):.0f} ms" for label, times in found.items()))


def main() -> None:
    """Print every figure."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_site(folder)
        for brotli in (True, False):
            with serving_files(folder, brotli=brotli) as server:
                how = "with Brotli" if brotli else "with gzip"
                visits(f"site, {how}", server.address, LIVE, server)
        with serving() as host:
            visits("hosted", host.address, LIVE)
            clicks("hosted", host.address)
        with serving_files(folder) as server:
            clicks("site", server.address)
    if sys.argv[1:]:
        other, path, selector = sys.argv[1:]
        with serving_files(Path(other), brotli=False) as server:
            visits(other, f"{server.address}{path}", f"document.querySelector({selector!r})", server)


if __name__ == "__main__":
    main()
