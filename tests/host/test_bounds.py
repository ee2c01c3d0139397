"""The host's bounds, at the running server: whoever reaches one meets it, and nobody else notices."""

from __future__ import annotations

import http.client
import resource
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import psutil
import pytest
import websocket
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from etiquette.host.guard import LARGEST
from tests.conftest import People, Server
from tests.host.guest import Answer, Guest, a_message, ask, eventually, figure, visitors
from tests.host.serving import serving, serving_cells

pytestmark = pytest.mark.slow

GREEDY = """
from ipywidgets import HTML, Button, Text, VBox

made = []

def loop(button):
    while True:
        pass

def fail(button):
    1 / 0

def make(button):
    while True:
        made.append(HTML())

def work(button):
    for _ in range(100_000):
        pass

buttons = [Button(description=each.__name__) for each in (loop, fail, make, work)]
for button in buttons:
    button.on_click(globals()[button.description])
VBox([*buttons, *(Text(description=name) for name in "abc")])
"""


# It works when the page is rendered, and never ends for the first visitor.
ENDLESS = """
import builtins
from ipywidgets import HTML

builtins.runs = getattr(builtins, "runs", 0) + 1
while builtins.runs == 2:
    pass
HTML("shown")
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A page with which a visitor can ask for too much."""
    with serving_cells(tmp_path_factory.mktemp("greedy"), GREEDY, visitors=8) as server:
        yield server


@pytest.fixture
def host(server: Server) -> str:
    return server.address


@pytest.fixture
def guest(host: str) -> Iterator[Guest]:
    with Guest(host) as guest:
        guest.open()
        yield guest


@pytest.fixture
def other(host: str) -> Iterator[Guest]:
    """Somebody who asks for nothing that is too much."""
    with Guest(host) as other:
        other.open()
        yield other


def capacity(address: str) -> int:
    count: int = ask(address, "healthz").json["capacity"]
    return count


def is_full(answer: Answer) -> bool:
    """Whether this is the page that says that there is no place, and tries again."""
    return answer.status == 503 and answer.headers["Retry-After"] == "10" and "All the chairs are taken" in answer.text


def ended(guest: Guest, messages: list[bytes]) -> bool:
    """Whether the host closes the websocket in answer to them."""
    try:
        for raw in messages:
            guest.socket.send_binary(raw)
        while guest.socket.recv():  # "" when it is closed
            pass
    except (websocket.WebSocketConnectionClosedException, ConnectionError):
        return True
    return not guest.socket.connected


# --- visitors at once ---


@pytest.fixture(scope="module")
def small() -> Iterator[str]:
    """The address of a host with room for two, or one from each address."""
    with serving("--visitors", "2", "--per-address", "1") as server:
        yield server.address


def test_who_finds_it_full_gets_a_page_that_tries_again_and_nobody_inside_notices(small: str) -> None:
    with Guest(small) as first, Guest(small) as second:
        first.open()
        second.open()
        third = ask(small)
        assert is_full(third)
        assert '<meta http-equiv="refresh" content="10">' in third.text
        assert "<script" not in third.text
        assert first.answers()
        assert second.answers()
        assert first.goodbye() == 204
        with Guest(small) as third_again:
            third_again.open()
            assert third_again.answers()
        assert second.answers()
    assert figure(small, "etiquette_refused_total") >= 1


def test_a_page_whose_place_was_taken_while_it_loaded_is_asked_to_try_again(small: str) -> None:
    late = Guest(small)
    with Guest(small) as first, Guest(small) as second:
        first.open()
        second.open()
        with pytest.raises(websocket.WebSocketBadStatusException) as refused:
            late.open()
        assert refused.value.status_code == 503
        assert ask(small, f"api/kernels/{late.page_id}").status == 503
    with late:
        late.open()
        assert late.answers()


def test_one_address_has_only_its_share_of_the_places(small: str) -> None:
    """What a visitor says of their own address is not believed; this machine itself may have all places."""
    forged = {"X-Forwarded-For": "198.51.100.9, 192.0.2.7"}
    late = Guest(small, forged)
    with Guest(small, {"X-Forwarded-For": "192.0.2.7"}) as first:
        first.open()
        assert is_full(ask(small, headers=forged))
        with pytest.raises(websocket.WebSocketBadStatusException) as refused:
            late.open()
        assert refused.value.status_code == 503
        with Guest(small, {"X-Forwarded-For": "192.0.2.8"}) as elsewhere:
            elsewhere.open()
            assert elsewhere.answers()
    with late:
        late.open()
        assert late.answers()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_that_waits_can_be_read_by_everyone(
    small: str, people: People, scheme: Literal["light", "dark"]
) -> None:
    """axe-core finds nothing, at the width of a small phone."""
    page = people.come(color_scheme=scheme, viewport={"width": 320, "height": 640}).new_page()
    with Guest(small) as first, Guest(small) as second:
        first.open()
        second.open()
        page.set_content(ask(small).text)
    expect(page.get_by_role("heading")).to_have_text("All the chairs are taken just now")
    found = Axe().run(page)
    # "meta-refresh" is for pages that take away what somebody reads; this one gives what they came for.
    violations = [each["id"] for each in found.response["violations"] if each["id"] != "meta-refresh"]
    assert violations == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_it_promises_no_more_places_than_its_memory_holds() -> None:
    """As in a service or a container that is limited; however many were asked for."""
    limited = ("RLIMIT_DATA", 300 * 2**20, 300 * 2**20)
    with serving("--visitors", "1000", limit=limited) as server, ExitStack() as stay:
        places = capacity(server.address)
        assert 20 < places < 100
        for _ in range(places):
            stay.enter_context(Guest(server.address)).open()
        assert visitors(server.address) == places
        assert is_full(ask(server.address))


@pytest.fixture
def many_files() -> Iterator[None]:
    """For a test that plays many visitors itself."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("many_files")
def test_it_serves_as_many_as_it_says_where_few_files_may_be_open() -> None:
    """Each visitor has a websocket, and the connection by which the page was fetched, which browsers keep."""
    with serving("--visitors", "1000", limit=("RLIMIT_NOFILE", 1024, 1024)) as server, ExitStack() as stay:
        places = capacity(server.address)
        assert 400 < places < 512
        guests: list[Guest] = []
        for number in range(places):
            if number % 25 == 0:
                assert all(guest.answers() for guest in guests)  # pings, too
            kept = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=60)
            stay.callback(kept.close)
            kept.request("GET", "/healthz")
            assert kept.getresponse().read()
            guests.append(stay.enter_context(Guest(server.address)))
            guests[-1].open()
        assert ask(server.address, "healthz").json == {"visitors": places, "capacity": places}
        assert is_full(ask(server.address))
        assert all(guest.answers() for guest in guests)
        assert "Too many open files" not in "".join(server.output)


def test_it_may_open_as_many_files_as_the_system_lets_it() -> None:
    with serving("--visitors", "1000", limit=("RLIMIT_NOFILE", 256, 2048)) as server:
        assert psutil.Process(server.process.pid).rlimit(psutil.RLIMIT_NOFILE) == (2048, 2048)
        assert capacity(server.address) > 256


# --- what one session may have and hold ---


def test_a_session_has_only_a_few_websockets(guest: Guest) -> None:
    """Pages of one id: a browser that duplicates a tab makes a second."""
    for name in ("second", "third"):
        guest.open(tab=f"the-{name}-tab")
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        guest.open(tab="the-fourth-tab")
    assert refused.value.status_code == 429
    assert guest.answers()


def test_a_page_that_opens_websocket_after_websocket_is_refused(guest: Guest) -> None:
    for _ in range(19):
        guest.open()
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        guest.open()
    assert refused.value.status_code == 429


def test_a_session_that_makes_widgets_without_end_is_stopped_and_goes_on(guest: Guest) -> None:
    guest.click(guest.model("make"))
    assert 1000 < len(guest.states()) <= 3000
    assert guest.answers()


def test_a_session_keeps_only_so_much_of_what_its_page_sends(guest: Guest) -> None:
    """Twice the longest message. What is beyond it is not kept; what is kept, a page that comes back is told."""
    nearly_all = LARGEST - 10_000
    sizes = {"a": nearly_all, "b": nearly_all, "c": 40_000}
    models = {name: guest.model(name) for name in sizes}
    for name, size in sizes.items():
        guest.done(guest.change(models[name], value=name * size))
    guest.drop()
    guest.open()
    states = guest.states()
    assert {name: len(states[model]["state"]["value"]) for name, model in models.items()} == sizes | {"c": 0}


def test_a_page_that_does_not_read_what_it_asks_for_is_sent_away_and_may_come_back(guest: Guest) -> None:
    model = guest.model("a")
    guest.done(guest.change(model, value="a" * (LARGEST - 10_000)))
    asking = {"comm_id": model, "data": {"method": "request_state"}}
    assert ended(guest, [a_message("comm_msg", asking) for _ in range(10)])
    guest.open()
    assert guest.answers()


# --- what one session may do ---


def test_a_message_that_is_too_long_ends_the_websocket(guest: Guest) -> None:
    data = {"method": "update", "state": {}}
    assert ended(guest, [a_message("comm_msg", {"comm_id": "a" * 32, "data": data}, buffers=[bytes(LARGEST + 1)])])
    guest.open()
    assert guest.answers()


def test_a_flood_ends_the_websocket_and_nobody_else_notices(host: str, guest: Guest, other: Guest) -> None:
    update = {"comm_id": "a" * 32, "data": {"method": "update"}}
    assert ended(guest, [a_message("comm_msg", update) for _ in range(1000)])
    assert other.answers()
    assert figure(host, 'etiquette_messages_refused_total{why="too many"}') > 0


def test_a_flood_goes_on_for_no_longer_because_the_page_connects_anew(guest: Guest) -> None:
    update = {"comm_id": "a" * 32, "data": {"method": "update"}}
    assert ended(guest, [a_message("comm_msg", update) for _ in range(1000)])
    guest.open()
    assert ended(guest, [a_message("comm_msg", update) for _ in range(590)])


def test_a_callback_that_never_ends_is_stopped_while_others_are_answered(
    server: Server, guest: Guest, other: Guest
) -> None:
    process = psutil.Process(server.process.pid)
    button = other.model("work")
    before = process.cpu_times().user
    asked = guest.press(guest.model("loop"))
    other.click(button)
    guest.done(asked)
    assert 0.4 < process.cpu_times().user - before < 2
    assert guest.answers()
    eventually(lambda: "took too long, and was stopped" in "".join(server.output))


def test_a_page_whose_cells_never_end_is_told_that_they_failed_and_holds_up_nobody(tmp_path: Path) -> None:
    with serving_cells(tmp_path, ENDLESS, visitors=8) as server, Guest(server.address) as guest:
        guest.open()
        assert guest.answers()
        assert guest.everything()["cells"] == [{"model": None, "text": "", "failed": True}]
        with Guest(server.address) as other:
            other.open()
            assert [cell["failed"] for cell in other.everything()["cells"]] == [False]
        assert guest.goodbye() == 204
        assert visitors(server.address) == 0


def test_an_exception_stays_in_its_session_and_goes_into_the_log(server: Server, guest: Guest, other: Guest) -> None:
    guest.click(guest.model("fail"))
    assert guest.answers()
    assert other.answers()
    eventually(lambda: "ZeroDivisionError" in "".join(server.output))


def test_each_session_has_one_message_done_a_turn(host: str, guest: Guest, other: Guest) -> None:
    """A page that sends 500 clicks at once keeps nobody waiting for all of them."""
    button, others = guest.model("work"), other.model("work")
    before = figure(host, "etiquette_click_seconds_count")
    asked = [guest.press(button) for _ in range(500)]
    for _ in range(3):
        other.click(others)
    assert figure(host, "etiquette_click_seconds_count") - before < 250
    guest.done(asked[-1])
