"""The server as it runs: what it answers and to whom, what no page can do, how many it lets in, and how it ends."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest
import websocket
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, expect

from etiquette.host.headers import fixed
from tests.conftest import Server
from tests.host.guest import Answer, Guest, a_message, ask, eventually, figure, health
from tests.host.serving import serving
from tests.views.test_stories_page import SCHEMES

pytestmark = pytest.mark.slow

UUID = "12345678-1234-4234-8234-123456789abc"
EMBEDS = "https://moodle.example.org"
STATIC = "static/"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """With room for two, or one from each address. It says who comes and goes."""
    with serving("--visitors", "2", "--per-address", "1", "--embed", EMBEDS, "--log-level", "info") as server:
        yield server


# --- what it says ---


def test_it_prints_its_addresses_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither when it finds no browser to open, nor when somebody comes and goes, nor when it ends."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with serving(
        "--open", "--workshop", "--ip", "127.0.0.1", "--store", f"sqlite:///{tmp_path / 'rooms.sqlite3'}"
    ) as server:
        with Guest(server.address) as guest:
            assert guest.open().answers()
        eventually(lambda: len(server.output) == 4)
    learners, _, facilitators, _ = server.output
    assert learners == f"The learners' page: {server.address}\n"
    assert re.fullmatch(rf"The facilitator's page: {server.address}facilitator/\S+/\n", facilitators)


@pytest.mark.parametrize("options", [(), ("--workshop",), ("--base-url", "/etiquette/")])
def test_it_opens_a_browser_in_a_workshop_on_the_facilitators_page(
    options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its address is in no argument, which others on this machine could read."""
    browser, given, opened = tmp_path / "browser", tmp_path / "given", tmp_path / "opened.html"
    browser.write_text(f'#!/bin/sh\necho "$1" > {given}\ncp "${{1#file://}}" {opened}\n', encoding="utf-8")
    browser.chmod(0o700)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with serving("--open", "--ip", "127.0.0.1", *options) as server:
        page = eventually(lambda: opened.exists() and opened.read_text(encoding="utf-8"))
        url = re.search(r'href="([^"]+)"', page)
        said = "".join(
            eventually(lambda: len(server.output) >= (4 if "--workshop" in options else 1) and server.output)
        )
    assert url
    assert f"page: {url[1]}\n" in said
    assert ("/facilitator/" in url[1]) is ("--workshop" in options)
    assert url[1] not in given.read_text(encoding="utf-8")


# --- what it answers ---


@pytest.mark.parametrize("path", ["", "healthz", "nothing", "favicon.ico", f"api/kernels/{UUID}"])
def test_every_answer_says_what_a_page_may_do(host: str, path: str) -> None:
    headers = dict(ask(host, path).headers)
    assert fixed((EMBEDS,)).items() <= headers.items()
    assert headers.keys().isdisjoint({"Server", "Set-Cookie"})


def test_the_page_is_never_kept_and_its_files_for_long(host: str) -> None:
    """By the hashes in their names. All of them are compressed."""
    compressed = {"Accept-Encoding": "gzip"}
    page = ask(host, headers=compressed)
    assert "Persistent or Pesky?" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    paths = re.findall(r'(?:src|href)="/(static/[^"]+-\w+\.(?:js|css))', page.text)
    files = [ask(host, path, headers=compressed) for path in paths]
    assert files
    assert all(answer.headers["Content-Encoding"] == "gzip" for answer in (page, *files))
    assert {answer.headers["Cache-Control"] for answer in files} == {"public, max-age=31536000, immutable"}
    for name, status in (("licences.txt", 200), ("page-00000000.js", 404)):
        answer = ask(host, STATIC + name)
        assert (answer.status, answer.headers["Cache-Control"]) == (status, None)


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("HEAD", "", {}, 200),
        ("GET", "favicon.ico", {}, 204),
        ("GET", "robots.txt", {}, 200),
        ("GET", "", {"Sec-Purpose": "prefetch;prerender"}, 503),
        ("GET", "", {"User-Agent": "WhatsApp/2.23.20.0 A"}, 200),
        ("POST", "", {}, 403),
    ],
)
def test_a_look_costs_nothing(host: str, method: str, path: str, headers: dict[str, str], status: int) -> None:
    before = figure(host, "etiquette_arrived_total")
    answer = ask(host, path, method, headers)
    assert answer.status == status
    assert "page-data" not in answer.text
    assert figure(host, "etiquette_arrived_total") == before


def test_it_counts_and_times_for_this_machine_alone(host: str, guest: Guest) -> None:
    """A proxy on this machine passes on what others ask."""
    assert health(host) == {"visitors": 1, "capacity": 2}
    labels = (str(state.get("description", "")) for state in guest.states().values())
    start = next(label for label in labels if label.startswith("Start with"))
    clicks = figure(host, "etiquette_click_seconds_count")
    guest.click(start)
    assert figure(host, "etiquette_click_seconds_count") == clicks + 2  # the click, and the asking for states before it
    assert figure(host, "etiquette_visitors") == 1
    assert figure(host, "etiquette_session_start_seconds_count") >= 1
    assert "text/plain" in ask(host, "metrics").headers["Content-Type"]
    assert ask(host, "metrics", headers={"X-Forwarded-For": "192.0.2.7"}).status == 404


def is_quiet(log: list[str]) -> bool:
    """Whether the server has started, and has said of every visitor that they have left."""
    said = "".join(log)
    return "visitors at a time" in said and said.count("has arrived") == said.count(" left after ")


def test_its_log_has_a_line_for_each_arrival_and_departure_and_nothing_about_anyone(server: Server) -> None:
    eventually(lambda: is_quiet(server.output))
    before = len(server.output)
    with Guest(server.address + "?my=secret", {"Cookie": "my=biscuit", "Referer": "http://my.employer/"}) as guest:
        assert guest.open().answers()
    ask(server.address, "nothing?my=secret")
    log = eventually(lambda: " left after " in server.output[-1] and server.output[before:])
    assert re.search(r"Visitor \d+ has arrived \(1 of 2\)$", log[0])
    assert re.search(r"Visitor \d+ left after \d+ s: closed$", log[1])
    assert len(log) == 2
    for secret in ("127.0.0.1", "secret", "biscuit", "employer", "Mozilla", guest.page_id, guest.tab):
        assert secret not in "".join(log)


# --- what it does not ---


@pytest.mark.parametrize(
    "path",
    [
        "api",
        "api/kernels",
        "api/contents",
        "app.ipynb",
        "files/app.ipynb",
        "lab",
        "login",
        "terminals/websocket/1",
        f"voila/execution/{UUID}",
        "voila/files/app.ipynb",
        "voila/render/app.ipynb",
        "static/",
        "voila/templates/lab/index.html.j2",
    ],
)
def test_there_is_nothing_but_the_page(host: str, path: str) -> None:
    assert ask(host, path).status == 404


@pytest.mark.parametrize("up", ["../", "..%2f", "%2e%2e/", "..%5c", "%c0%ae%c0%ae/", "%00/../"])
@pytest.mark.parametrize("place", ["", "voila/static/", STATIC])
def test_no_path_leads_to_the_hosts_own_files(host: str, place: str, up: str) -> None:
    for path in (f"{place}{up * 12}etc/passwd", f"{place}/etc/passwd", f"{place}{up}page.html"):
        answer = ask(host, path)
        assert answer.status in (400, 403, 404)
        assert "root:" not in answer.text
        assert "{head}" not in answer.text


def test_nothing_can_be_uploaded(host: str) -> None:
    with pytest.raises((ConnectionError, AssertionError)):
        assert ask(host, f"voila/api/shutdown/{UUID}", "POST", body=b"x" * 10_000_000).status < 400


def test_a_name_that_is_not_this_machines_is_not_answered(host: str) -> None:
    """Else a page of any host whose name is made to lead here could speak for its reader."""
    for path in ("", f"api/kernels/{UUID}"):
        assert ask(host, path, headers={"Host": "evil.example.org"}).status == 403
    assert ask(host, method="HEAD", headers={"Host": "localhost"}).status == 200


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ({"origin": "https://evil.example.org"}, 403),
        ({"subprotocols": []}, 400),
        ({"subprotocols": ["xv1.kernel.websocket.jupyter.org"]}, 400),
        ({"page_id": UUID}, 404),
        ({"page_id": "%2e%2e"}, 404),
        ({"tab": ""}, 400),
        ({"tab": "%00" * 20}, 400),
        ({"tab": "a" * 300}, 400),
    ],
)
def test_a_websocket_is_a_pages_own_or_is_refused(newcomer: Guest, how: dict[str, Any], status: int) -> None:
    assert newcomer.refused(**how) == status


@pytest.mark.parametrize(("method", "action"), [("DELETE", ""), ("PATCH", ""), ("POST", "/restart")])
def test_a_sessions_address_says_that_it_is_there_and_no_more(guest: Guest, method: str, action: str) -> None:
    address = f"{guest.address}api/kernels/{guest.page_id}"
    assert json.loads(ask(address).text) == {"id": guest.page_id, "name": "python3"}
    assert ask(address, action, method, body=b"{}").status in (403, 404, 405)
    assert guest.answers()


@pytest.mark.parametrize("origin", ["https://evil.example.org", "null", ""])
def test_only_a_page_of_this_host_says_goodbye(guest: Guest, origin: str) -> None:
    assert guest.goodbye(origin) == 403
    assert guest.there


def test_a_visitor_runs_no_code_makes_no_widgets_and_stops_no_session(guest: Guest, tmp_path: Path) -> None:
    proof = tmp_path / "it ran"
    code = {"code": f"open({str(proof)!r}, 'w').close()", "silent": True, "user_expressions": {"a": "1/0"}}
    before = guest.states()
    for channel in ("shell", "control", "stdin", "iopub"):
        for kind in ("execute_request", "debug_request", "input_reply", "shutdown_request", "interrupt_request"):
            guest.say(kind, code, channel)
    guest.socket.send(json.dumps({"channel": "shell", "header": {"msg_type": "execute_request"}, "content": code}))
    text = {"_model_module": "@jupyter-widgets/controls", "_model_name": "TextModel"}
    guest.say("comm_open", {"comm_id": "a" * 32, "target_name": "jupyter.widget", "data": {"state": text}})
    assert guest.states().keys() == before.keys()
    assert not proof.exists()


def test_nothing_that_is_sent_crashes_the_session_or_the_host(guest: Guest) -> None:
    model = next(iter(guest.states()))
    for raw in (b"", (2**63).to_bytes(8, "little") * 9, a_message("nonsense"), a_message("comm_msg", {})):
        guest.socket.send_binary(raw)
    for data in (
        {"method": "update", "state": {"value": {"a": [1] * 1000}, "nonsense": 1, "layout": "IPY_MODEL_none"}},
        {"method": "update", "state": {}, "buffer_paths": [["a", "b"], "c", 3]},
        {"method": "update", "state": {"children": ["IPY_MODEL_" + "0" * 32], "_dom_classes": 3}},
        {"method": "custom", "content": None},
    ):
        for comm in (model, "0" * 32):
            guest.say("comm_msg", {"comm_id": comm, "data": data}, buffers=[b"x"])
    assert guest.answers()


# --- how many it lets in ---


def is_full(answer: Answer) -> bool:
    """Whether this is the page that says that there is no place, and tries again."""
    return answer.status == 503 and answer.headers["Retry-After"] == "10" and "This page is full" in answer.text


def test_who_finds_it_full_gets_a_page_that_tries_again(
    host: str, guest: Guest, other: Guest, visitor: BrowserContext
) -> None:
    """axe-core finds nothing, at the width of a small phone, light or dark; and nobody inside notices."""
    full = ask(host)
    assert is_full(full)
    assert '<meta http-equiv="refresh" content="10">' in full.text
    assert "<script" not in full.text
    assert guest.answers()
    assert other.answers()
    page = visitor.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    page.set_content(full.text)
    expect(page.get_by_role("heading")).to_have_text("This page is full at the moment")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        # "meta-refresh" is for pages that take away what somebody reads; this one gives what they came for.
        assert [each["id"] for each in Axe().run(page).response["violations"]] == ["meta-refresh"]


def test_a_page_whose_place_was_taken_tries_again(host: str, newcomer: Guest, guest: Guest, other: Guest) -> None:
    before = figure(host, "etiquette_refused_total")
    assert newcomer.refused() == 503
    assert ask(host, f"api/kernels/{newcomer.page_id}").status == 503
    assert figure(host, "etiquette_refused_total") == before + 1
    assert other.goodbye() == 204
    assert newcomer.open().answers()
    assert guest.answers()


def test_one_address_has_only_its_share_of_the_places(host: str) -> None:
    """What a visitor says of their own address is not believed; this machine itself may have all places."""
    forged = {"X-Forwarded-For": "198.51.100.9, 192.0.2.7"}
    with Guest(host, {"X-Forwarded-For": "192.0.2.7"}) as first, Guest(host, forged) as late:
        first.open()
        assert is_full(ask(host, headers=forged))
        assert late.refused() == 503
        with Guest(host, {"X-Forwarded-For": "192.0.2.8"}) as elsewhere:
            assert elsewhere.open().answers()
        assert first.goodbye() == 204
        assert late.open().answers()


def test_it_promises_no_more_places_than_its_memory_holds() -> None:
    """As in a service or a container that is limited; however many were asked for."""
    limit = "import resource\nresource.setrlimit(resource.RLIMIT_DATA, (300 << 20, 300 << 20))"
    with serving("--visitors", "1000", first=limit) as server, ExitStack() as stay:
        places = health(server.address)["capacity"]
        assert 20 < places < 100
        for _ in range(places):
            stay.enter_context(Guest(server.address)).open()
        assert health(server.address) == {"visitors": places, "capacity": places}
        assert ask(server.address).status == 503


def test_it_serves_as_many_as_it_says_where_few_files_may_be_open_however_many_connect() -> None:
    """It has as many as the system allows. A visitor's are a websocket, and the connection by which the page was
    fetched, which browsers keep. Those for whom none is left are turned away at once.
    """
    limit = "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (64, 256))"
    with serving("--visitors", "1000", first=limit) as server, ExitStack() as stay:
        parts = urlsplit(server.address)
        places = health(server.address)["capacity"]
        assert 50 < places < 100
        guests: list[Guest] = []
        for _ in range(places):
            kept = http.client.HTTPConnection(parts.netloc, timeout=60)
            stay.callback(kept.close)
            kept.request("GET", "/healthz")
            assert kept.getresponse().read()
            guests.append(stay.enter_context(Guest(server.address)).open())
        assert health(server.address) == {"visitors": places, "capacity": places}
        assert all(guest.answers() for guest in guests)
        with ExitStack() as crowd:
            for _ in range(256):
                connection = crowd.enter_context(socket.create_connection((parts.hostname, parts.port), timeout=30))
            assert connection.recv(1) == b""
            assert all(guest.answers() for guest in guests)
        assert eventually(lambda: ask(server.address).status == 503)
        assert "Too many open files" not in "".join(server.output)


# --- somewhere else ---


def test_a_workshop_at_another_path_under_another_name_behind_a_proxy(tmp_path: Path) -> None:
    """The facilitator's page is at its secret address alone."""
    rooms = f"sqlite:///{tmp_path / 'rooms.sqlite3'}"
    options = (
        "--workshop",
        "--ip",
        "127.0.0.1",
        "--store",
        rooms,
        "--base-url",
        "/etiquette/",
        "--name",
        "careers.example.org",
    )
    with serving(*options) as server:
        root, named = server.address, {"Host": "careers.example.org"}
        here = f"{root}etiquette/"
        assert ask(here, method="HEAD", headers=named).status == 200
        assert ask(here, headers={"Host": "evil.example.org"}).status == 403
        assert ask(root).status == 404
        assert ask(root, "etiquette").headers["Location"] == "/etiquette/"
        with Guest(here) as guest:
            own = "https://careers.example.org"
            assert guest.open(host="careers.example.org", origin=own).answers()
            said = eventually(lambda: re.search(r"facilitator's page: \S+/facilitator/(\S+)/", "".join(server.output)))
            secret = said[1]
            assert secret not in guest.page + str(guest.everything())
        assert ask(here, f"facilitator/{secret}/").status == 200
        for path in ("facilitator/", "facilitator/x/", f"facilitator/{secret[:-1]}/", f"facilitator/{secret}/x"):
            assert ask(here, path).status == 404


# --- and gone ---


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_it_stops_soon_and_leaves_nothing(how: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is there is told so. It has no other process and no file that it could leave, even if it is killed."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    with serving() as server:
        guest = Guest(server.address).open()
        assert guest.answers()
        assert psutil.Process(server.process.pid).children(recursive=True) == []
        server.process.send_signal(how)
        if how == signal.SIGINT:
            opcode, data = guest.socket.recv_data(control_frame=True)
            assert (opcode, data[2:]) == (websocket.ABNF.OPCODE_CLOSE, b"closed")
        server.process.wait(timeout=10)
        server.stop()
        guest.drop()
    assert server.process.returncode == (0 if how == signal.SIGINT else -how), server.output
    assert list(temporary.iterdir()) == []
