"""Views in pages that are not ours, light and dark; most as they are before any script runs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import pytest
from axe_playwright_python.sync_playwright import Axe
from ipywidgets import Widget
from playwright.sync_api import Browser, BrowserContext, Page, expect

from etiquette.drafts import Check, Label, Suggestion, assess_draft
from etiquette.sessions import widget_markup
from etiquette.views import App, QuizView, boundary, compose, four_verdicts, play
from etiquette.views.drafts.marked import Reading
from tests.conftest import People, Server, arrive, run_all
from tests.views.drawn import choose

pytestmark = pytest.mark.slow

VIEW = "<!-- the view -->"
PLAIN = f"<!doctype html><html lang=en><title>Plain</title><body><main>{VIEW}</main></body></html>"

COLAB = f"""<!doctype html><html lang=en theme=dark><title>Colab, dark</title><style>
html {{ --colab-primary-text-color: #d5d5d5; }}
body {{ background: #383838; color: #d5d5d5; font: 14px/1.3 Roboto, Noto, sans-serif; }}
a {{ color: #8ab4f8; }}
code, pre {{ font-family: monospace; font-size: 14px; color: #d5d5d5; }}
table, th, td {{ border-color: #5e5e5e; color: #d5d5d5; }}
h1, h2, h3 {{ color: #e3e3e3; }}
</style><body><main id="output-area">{VIEW}</main></body></html>"""

VS_CODE = """<!doctype html><html lang=en style="
  --vscode-editor-foreground: {ink}; --vscode-textLink-foreground: {link}; --vscode-textPreformat-foreground: {code};
  --vscode-textPreformat-background: {line}; --vscode-editor-background: {paper}"><title>VS Code</title><style>
html, body {{ background: {paper}; color: var(--vscode-editor-foreground); font: 13px/1.4 system-ui, sans-serif; }}
a, a code {{ color: var(--vscode-textLink-foreground); }}
a:focus, input:focus, select:focus, textarea:focus {{ outline: 1px solid Highlight; outline-offset: -1px; }}
code {{
  font-family: monospace; color: var(--vscode-textPreformat-foreground); padding: 1px 3px; border-radius: 4px;
  background-color: var(--vscode-textPreformat-background);
}}
table {{ border-collapse: collapse; border-spacing: 0; }}
table th, table td {{ border: 1px solid {line}; padding: 4px; }}
table > tbody > tr + tr > td {{ border-top: 1px solid; }}
h1, h2, h3, h4 {{ font-weight: normal; }}
</style><body class="vscode-{theme}" data-vscode-theme-kind="vscode-{theme}"><main>{view}</main></body></html>"""
VS_CODE_DARK = VS_CODE.format(
    ink="#cccccc", link="#4daafc", code="#d0d0d0", line="#3c3c3c", paper="#1f1f1f", theme="dark", view=VIEW
)
VS_CODE_LIGHT = VS_CODE.format(
    ink="#3b3b3b", link="#005fb8", code="#3b3b3b", line="#e5e5e5", paper="#ffffff", theme="light", view=VIEW
)


@cache
def exported(template: str, theme: str = "light") -> str:
    """A notebook with the view as its output, exported to HTML with this template."""
    output = {"output_type": "display_data", "data": {"text/html": VIEW}, "metadata": {}}
    cell = {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [output], "source": "the_view()"}
    notebook = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})
    command = [sys.executable, "-m", "nbconvert", "--to=html", f"--template={template}", f"--theme={theme}"]
    done = subprocess.run([*command, "--stdin", "--stdout"], input=notebook, capture_output=True, check=True, text=True)
    return done.stdout


@dataclass(frozen=True, slots=True)
class Host:
    """A page around our views: what our script would say of its background, and the scheme that a view ends up in."""

    page: Callable[[], str]
    said: str
    scheme: str


HOSTS = {
    "Colab, dark": Host(lambda: COLAB, said="dark", scheme="dark"),
    "VS Code, dark": Host(lambda: VS_CODE_DARK, said="dark", scheme="dark"),
    "VS Code, light": Host(lambda: VS_CODE_LIGHT, said="light", scheme="light"),
    "an exported notebook, light": Host(lambda: exported("lab"), said="", scheme="light"),
    "an exported notebook, dark": Host(lambda: exported("lab", "dark"), said="", scheme="dark"),
    "the classic template": Host(lambda: exported("classic"), said="light", scheme="light"),
    "a dark page without scripts": Host(lambda: PLAIN.replace("<body", "<body bgcolor=black"), said="", scheme="light"),
}


def a_story() -> Widget:
    """A story with its first feedback."""
    view = play("the-quiet-week")
    choose(view, "Look Mr Outram up")
    return view


def a_question() -> Widget:
    """The first question of a quiz."""
    view = QuizView(seed="seven")
    view.starts.children[1].children[0].click()
    return view


def a_draft() -> Widget:
    """A draft with its assessment, a suggestion, and what to do before it is sent."""
    text = "Dear Ms Okafor, thank you for the hour. Did I get the clerk job? Hannah Pryce"
    view = compose("thank_you_email", text)
    suggestion = Suggestion(frozenset({Label.ASKS_OUTCOME}), 40, 64, "I look forward to hearing from you.")
    checks = (Check(passed=True, words="No brackets."), Check(passed=False, words="Two capitals."))
    view.show(Reading(assess_draft(text, view.kind), (suggestion,), checks))
    return view


def the_progress() -> Widget:
    """The page, where it shows one's progress."""
    app = App()
    app.go("practise/review")
    return app


VIEWS: dict[str, Callable[[], Widget]] = {
    "a story": a_story,
    "a question": a_question,
    "a draft": a_draft,
    "a boundary": lambda: boundary("references"),
    "the verdicts": four_verdicts,
    "the progress": the_progress,
}

LOOKS = """() => [...document.querySelectorAll(".pp, .pp *")].map(each => {
    const look = getComputedStyle(each), name = each.tagName + "." + each.getAttribute("class");
    return [name, look.color, look.backgroundColor, look.fontSize, look.fontWeight, look.textTransform];
})"""

CLIPPED_RINGS = """() => {
    const clipped = [];
    for (const each of document.querySelectorAll(".pp :is(a, button, input, textarea, select, summary)")) {
        if (!each.checkVisibility({ visibilityProperty: true })) continue;
        each.focus();
        const look = getComputedStyle(each), box = each.getBoundingClientRect();
        if (look.outlineStyle !== "solid") clipped.push("no ring: " + each.outerHTML);
        const reach = parseFloat(look.outlineWidth) + parseFloat(look.outlineOffset);
        for (let over = each.parentElement; over !== document.body; over = over.parentElement) {
            if (getComputedStyle(over).overflow === "visible") continue;
            const edge = over.getBoundingClientRect();
            const left = box.left - reach - edge.left - over.clientLeft + over.scrollLeft;
            const top = box.top - reach - edge.top - over.clientTop + over.scrollTop;
            const right = left + box.width + 2 * reach, bottom = top + box.height + 2 * reach;
            if (Math.min(left, top, over.scrollWidth - right, over.scrollHeight - bottom) < -0.5)
                clipped.push(each.outerHTML + " by " + over.outerHTML.slice(0, 100));
        }
    }
    return clipped;
}"""
"""The controls whose focus ring is cut off by something around them, or that have none."""


@cache
def drawn(view: str) -> str:
    """The HTML of this view."""
    return str(widget_markup(VIEWS[view]()))


def put(page: Page, view: str, host: str, said: str = "") -> None:
    """Show a view in a host, with what our script says of the background."""
    page.set_content(host.replace(VIEW, drawn(view)))
    root = page.locator(".pp").first
    if said:
        root.evaluate("(root, said) => root.dataset.ppScheme = said", said)
    expect(root).to_be_visible()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """An empty tab, without a network: exported notebooks ask for scripts of others."""
    context = chromium.new_context(viewport={"width": 900, "height": 900}, offline=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("host", HOSTS)
def test_in_every_host_all_text_can_be_read(page: Page, host: str) -> None:
    """Whatever is behind a view and whatever the host's sheet says, axe-core finds enough contrast."""
    around = HOSTS[host].page()
    for view in VIEWS:
        put(page, view, around, HOSTS[host].said)
        found = Axe().run(page, context=".pp", options={"runOnly": ["color-contrast"]})
        assert found.response["passes"]
        assert not found.response["violations"], f"{view}: {found.generate_report()}"


@pytest.mark.parametrize("host", HOSTS)
def test_no_host_changes_how_a_view_looks(page: Page, host: str) -> None:
    """Light or dark as the host is, each element has the colours and sizes that it has in a page without any style."""
    around = HOSTS[host].page()
    for view in VIEWS:
        put(page, view, PLAIN, HOSTS[host].scheme)
        expected = page.evaluate(LOOKS)
        put(page, view, around, HOSTS[host].said)
        assert page.evaluate(LOOKS) == expected, view


@pytest.mark.parametrize("size", ["62.5%", "10px", "24px"])
def test_only_our_own_page_says_how_large_a_rem_is(page: Page, size: str) -> None:
    """Voilà's classic template has 10 px; on the page that `etiquette serve` shows, people have what they set."""
    put(page, "a story", PLAIN.replace("<html", f"<html style='font-size: {size}'"))
    expect(page.locator(".pp h2")).to_have_css("font-size", "25.6px")
    put(
        page, "a story", PLAIN.replace("<html", f"<html style='font-size: {size}'").replace("<body", "<body data-voila")
    )
    rem = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    expect(page.locator(".pp h2")).to_have_css("font-size", f"{1.6 * rem:g}px")


def test_a_view_within_a_view_has_no_paper_of_its_own(page: Page) -> None:
    page.set_content(PLAIN.replace(VIEW, f"<div class=pp data-pp-scheme=dark>{drawn('a question')}</div>"))
    outer, inner = page.locator(".pp").first, page.locator(".pp .pp")
    expect(outer).to_have_css("background-color", "rgb(26, 25, 23)")
    expect(inner).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(inner).to_have_css("padding-left", "0px")
    expect(inner).to_have_css("color-scheme", "dark")


def test_where_a_page_does_not_say_whether_it_is_dark_a_view_follows_its_colours(
    visitor: BrowserContext, page_server: Server
) -> None:
    """Those behind it or, where the page shows what is behind itself, as VS Code's does, that of the text."""
    page = arrive(visitor, page_server.address)
    root = page.locator(".pp").first
    change = "(style) => { delete document.body.dataset.voila; document.body.style = style; }"
    for style, scheme in [
        ("background: black", "dark"),
        ("background: oklch(0.95 0 0)", "light"),
        ("background: none; color: #ddd", "dark"),
        ("background: none; color: #333", "light"),
    ]:
        page.evaluate(change, style)
        expect(root).to_have_css("color-scheme", scheme)
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    expect(root).not_to_have_attribute("data-pp-scheme", re.compile("."))
    expect(root).to_have_css("color-scheme", "dark")


@pytest.mark.parametrize("width", [700, 1400])
def test_jupyterlab_cuts_off_no_focus_ring(people: People, jupyterlab: Server, width: int) -> None:
    """In `notebooks/scenarios.ipynb`, which has a story and the page with its doors."""
    page = run_all(people.come(viewport={"width": width, "height": 1000}), jupyterlab, "scenarios.ipynb")
    expect(page.locator(".pp-doors a")).to_have_count(4, timeout=60_000)
    expect(page.locator(".pp-player .pp-choice").first).to_be_visible()
    page.keyboard.press("Shift")  # focus that comes by keyboard shows
    assert page.evaluate(CLIPPED_RINGS) == []
