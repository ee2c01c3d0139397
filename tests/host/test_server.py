"""The host as it runs: safe among strangers, and gone without a trace."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import psutil
import pytest
import websocket

from tests.conftest import Server
from tests.host.guest import PROTOCOL, Guest, a_message, ask, eventually, figure
from tests.host.serving import serving

pytestmark = pytest.mark.slow

UUID = "12345678-1234-4234-8234-123456789abc"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """With room for eight."""
    with serving("--visitors", "8", "--embed", "https://moodle.example.org") as server:
        yield server


@pytest.fixture(scope="module")
def host(server: Server) -> str:
    return server.address


@pytest.fixture
def guest(host: str) -> Iterator[Guest]:
    with Guest(host) as guest:
        yield guest


# --- what every answer has ---


@pytest.mark.parametrize("path", ["", "healthz", "nothing", "favicon.ico", f"api/kernels/{UUID}", "voila/files/x.png"])
def test_every_answer_says_what_a_page_may_do(host: str, path: str) -> None:
    headers = ask(host, path, headers={"User-Agent": "Slackbot-LinkExpanding 1.0"}).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy.replace("https://moodle.example.org", "")
    assert policy.endswith("frame-ancestors https://moodle.example.org")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Server" not in headers
    assert "Set-Cookie" not in headers


def test_the_page_is_compressed_and_never_kept(host: str) -> None:
    with Guest(host, {"Accept-Encoding": "gzip"}) as guest:
        assert guest.answer.headers["Content-Encoding"] == "gzip"
        assert guest.answer.headers["Cache-Control"] == "no-store"
        assert "Persistent or Pesky?" in guest.page


def test_its_files_are_compressed_and_kept_for_long(guest: Guest) -> None:
    files = re.findall(r'(?:src|href)="(/voila/[^"]+-[\w]+\.(?:js|css)(?:\?[^"]*)?)"', guest.page)
    assert files
    for path in files:
        answer = ask(guest.address.rstrip("/"), path, headers={"Accept-Encoding": "gzip"})
        assert answer.status == 200
        assert answer.headers["Content-Encoding"] == "gzip"
        assert int(re.findall(r"max-age=(\d+)", answer.headers["Cache-Control"])[0]) >= 31_536_000


def test_a_hash_that_is_not_there_is_not_kept(host: str) -> None:
    answer = ask(host, "voila/templates/etiquette-lean/static/page-00000000.js")
    assert answer.status == 404
    assert "Cache-Control" not in answer.headers


# --- what costs no session ---


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("HEAD", "", {}, 200),
        ("GET", "favicon.ico", {}, 204),
        ("GET", "robots.txt", {}, 200),
        ("GET", "", {"Sec-Purpose": "prefetch;prerender"}, 503),
        ("GET", "", {"Purpose": "prefetch"}, 503),
        ("GET", "", {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, 200),
        ("GET", "", {"User-Agent": "facebookexternalhit/1.1"}, 200),
        ("GET", "", {"User-Agent": "WhatsApp/2.23.20.0 A"}, 200),
        ("GET", "", {"User-Agent": "Slackbot-LinkExpanding 1.0"}, 200),
        ("POST", "", {}, 403),
    ],
)
def test_a_look_costs_no_session(host: str, method: str, path: str, headers: dict[str, str], status: int) -> None:
    before = figure(host, "etiquette_arrived_total")
    assert ask(host, path, method, headers).status == status
    assert figure(host, "etiquette_arrived_total") == before


# --- safe ---


@pytest.mark.parametrize(
    "path",
    [
        "api",
        "api/kernels",
        "api/kernelspecs",
        "api/sessions",
        "api/contents",
        "api/terminals",
        "api/config",
        "app.ipynb",
        "edit/app.ipynb",
        "files/app.ipynb",
        "lab",
        "login",
        "logout",
        "terminals/websocket/1",
        "tree",
        "voila/api/contents",
        "voila/execution/" + UUID,
        "voila/files/app.ipynb",
        "voila/files/logo.png",
        "voila/query/" + UUID,
        "voila/render/app.ipynb",
        "voila/tree",
        "voila/templates/",
        "voila/templates/etiquette-lean/",
        "voila/templates/etiquette-lean/index.html.j2",
    ],
)
def test_there_is_nothing_but_the_page(host: str, path: str) -> None:
    assert ask(host, path).status == 404


@pytest.mark.parametrize("up", ["../", "..%2f", "%2e%2e/", "..\\", "..%5c", "....//", "%c0%ae%c0%ae/", "%00/../"])
@pytest.mark.parametrize(
    "place",
    ["", "voila/static/", "voila/templates/", "voila/templates/etiquette-lean/static/", "voila/labextensions/"],
)
def test_no_path_leads_to_the_hosts_own_files(host: str, place: str, up: str) -> None:
    for path in (f"{place}{up * 12}etc/passwd", f"{place}/etc/passwd", f"{place}{up * 3}index.html.j2"):
        answer = ask(host, path)
        assert answer.status in (400, 403, 404)
        assert "root:" not in answer.text
        assert "{%" not in answer.text


def test_a_sessions_address_says_that_it_is_there_and_no_more(guest: Guest) -> None:
    found = ask(guest.address, f"api/kernels/{guest.page_id}")
    assert found.json == {"id": guest.page_id, "name": "python3"}
    assert ask(guest.address, f"api/kernels/{UUID}").status == 404


@pytest.mark.parametrize("method", ["DELETE", "POST", "PUT", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("action", ["", "/restart", "/interrupt"])
def test_nothing_can_be_done_to_a_session(guest: Guest, method: str, action: str) -> None:
    answer = ask(guest.address, f"api/kernels/{guest.page_id}{action}", method, body=b"{}")
    assert answer.status in (403, 404, 405)
    assert guest.there


def test_nothing_can_be_asked_of_the_page(guest: Guest) -> None:
    with Guest(guest.address + "?template=classic&theme=dark&token=x") as other:
        assert re.sub(r"[0-9a-f-]{32,}", "", other.page) == re.sub(r"[0-9a-f-]{32,}", "", guest.page)


def test_nothing_can_be_uploaded(host: str) -> None:
    with pytest.raises((ConnectionError, AssertionError)):
        assert ask(host, f"voila/api/shutdown/{UUID}", "POST", body=b"x" * 10_000_000).status < 400


def test_a_page_of_another_host_opens_no_websocket(guest: Guest) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        guest.open(origin="https://evil.example.org")
    assert refused.value.status_code == 403


@pytest.mark.parametrize("protocols", [[], ["v2.kernel.websocket.jupyter.org"], ["xv1.kernel.websocket.jupyter.org"]])
def test_a_websocket_without_the_protocol_is_refused_before_it_is_read(guest: Guest, protocols: list[str]) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        guest.open(subprotocols=protocols)
    assert refused.value.status_code == 400


@pytest.mark.parametrize("page_id", [UUID, UUID.upper(), "x", "%2e%2e"])
def test_no_websocket_leads_to_a_session_that_nobody_has(guest: Guest, page_id: str) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        guest.open(page_id=page_id)
    assert refused.value.status_code == 404


@pytest.mark.parametrize("tab", ["", "x", "%00" * 20, "a" * 300])
def test_a_websocket_says_which_page_it_belongs_to(guest: Guest, tab: str) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        guest.open(tab=tab)
    assert refused.value.status_code == 400


def test_a_visitor_can_run_no_code(guest: Guest, tmp_path: Path) -> None:
    proof = tmp_path / "it ran"
    code = {"code": f"open({str(proof)!r}, 'w').close()", "silent": True, "user_expressions": {"a": "1/0"}}
    guest.open()
    for channel in ("shell", "control", "stdin", "iopub"):
        for kind in ("execute_request", "debug_request", "complete_request", "inspect_request", "input_reply"):
            guest.say(kind, code, channel)
    guest.socket.send(json.dumps({"channel": "shell", "header": {"msg_type": "execute_request"}, "content": code}))
    assert guest.answers()
    assert not proof.exists()


@pytest.mark.parametrize("kind", ["shutdown_request", "interrupt_request"])
@pytest.mark.parametrize("channel", ["shell", "control"])
def test_a_visitor_cannot_stop_a_session_by_a_message(guest: Guest, kind: str, channel: str) -> None:
    guest.open()
    guest.say(kind, {"restart": False}, channel)
    assert guest.answers()


def test_a_visitor_makes_no_widgets(guest: Guest) -> None:
    guest.open()
    before = guest.states()
    names = ("_model_module", "_model_module_version", "_model_name", "_view_module", "_view_module_version")
    values = ("@jupyter-widgets/controls", "2.0.0", "TextModel", "@jupyter-widgets/controls", "2.0.0")
    state = dict(zip(names, values, strict=True)) | {"_view_name": "TextView"}
    guest.say("comm_open", {"comm_id": "a" * 32, "target_name": "jupyter.widget", "data": {"state": state}})
    assert guest.states().keys() == before.keys()


def test_nothing_that_is_sent_crashes_the_session_or_the_host(guest: Guest) -> None:
    guest.open()
    model = next(iter(guest.states()))
    deep = ("[" * 50_000).encode()
    garbage: list[bytes] = [
        b"",
        b"\x00",
        os.urandom(5000),
        a_message("comm_msg")[:-3],
        (2**63).to_bytes(8, "little") * 9,
    ]
    garbage += [a_message("comm_msg", "xx").replace(b'"xx"', deep), a_message("nonsense"), a_message("comm_msg", {})]
    for raw in garbage:
        guest.socket.send_binary(raw)
    guest.socket.send("text")
    for data in (
        {"method": "update", "state": {"value": {"a": [1] * 1000}, "nonsense": 1, "layout": "IPY_MODEL_none"}},
        {"method": "update", "state": {}, "buffer_paths": [["a", "b"], "c", 3]},
        {"method": "update", "state": {"children": ["IPY_MODEL_" + "0" * 32], "_dom_classes": 3}},
        {"method": "custom", "content": None},
        {"method": "custom", "content": {"event": ["click"]}},
    ):
        for comm in (model, "0" * 32):
            guest.say("comm_msg", {"comm_id": comm, "data": data}, buffers=[b"x"])
    guest.say("comm_close", {"comm_id": "0" * 32, "data": {}})
    assert guest.answers()


def test_messages_to_widgets_that_are_not_there_do_not_grow_the_host(server: Server, guest: Guest) -> None:
    guest.open()
    process = psutil.Process(server.process.pid)
    assert guest.answers()
    before = process.memory_full_info().uss
    for i in range(60):
        state = {"value": "x" * 100_000}
        guest.say("comm_msg", {"comm_id": f"{i:032x}", "data": {"method": "update", "state": state}})
        guest.say("comm_open", {"comm_id": f"{i:032x}", "target_name": "nothing", "data": state})
    assert guest.answers()
    assert process.memory_full_info().uss - before < 5_000_000


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example.org"}, {"Origin": "null"}, {"Origin": ""}],
)
def test_only_a_page_of_this_host_says_goodbye(guest: Guest, headers: dict[str, str]) -> None:
    assert guest.goodbye(headers) == 403
    assert guest.there


def test_a_name_that_is_not_this_machines_is_not_answered(host: str) -> None:
    """Else a page of any host whose name is made to lead here could speak for its reader."""
    port = host.rsplit(":", 1)[1].rstrip("/")
    assert ask(host, headers={"Host": f"evil.example.org:{port}"}).status == 403
    assert ask(host, f"api/kernels/{UUID}", headers={"Host": f"evil.example.org:{port}"}).status == 403
    assert ask(host, method="HEAD", headers={"Host": f"localhost:{port}"}).status == 200


class AtTheDoor(Guest):
    """A visitor who has gone to where one joins a room, and has typed the code of one that is not there."""

    def arrive(self) -> Self:
        self.open()
        self.click(self.model("Join a room"))
        self.enter = self.model("Join the room")
        self.change(self.model("The room’s code"), value="BBB BBB")
        return self

    def guess(self) -> str:
        """Ask to come in. What the page says to that."""
        self.press(self.enter)

        def problem(kind: str, _: Any, content: dict[str, Any]) -> Any:
            says = content["data"].get("state", {}).get("value", "") if kind == "comm_msg" else ""
            return "pp-problem" in str(says) and re.sub("<.*?>|[0-9]+", "", says)

        found: str = self.hear(problem)
        return found


def test_wrong_codes_are_counted_by_address_and_not_by_page(tmp_path: Path) -> None:
    """A new page does not help, nor what a page says of where it is; nobody is held up by somebody else's guesses."""
    no_room = "There is no room with this code. It may have been deleted; please check the code with your facilitator."
    wait = "Too many codes that do not exist were tried. Please wait  seconds."
    with serving("--store", f"sqlite:///{tmp_path / 'rooms.sqlite3'}") as server:
        guesser, again, other = (
            AtTheDoor(server.address, {"X-Forwarded-For": says})
            for says in ("192.0.2.7", "198.51.100.1, 192.0.2.7", "192.0.2.8")
        )
        with guesser, again, other:
            guesser.arrive()
            assert [guesser.guess() for _ in range(61)] == [no_room] * 60 + [wait]
            assert again.arrive().guess() == wait
            assert other.arrive().guess() == no_room


def test_the_facilitators_page_is_at_its_secret_address_alone(tmp_path: Path) -> None:
    with serving("--workshop", "--store", f"sqlite:///{tmp_path / 'rooms.sqlite3'}") as server:
        said = eventually(lambda: re.search(r"facilitator's page: (\S+)/facilitator/(\S+)/", "".join(server.output)))
        secret = said[2]
        assert ask(server.address, f"facilitator/{secret}/").status == 200
        for path in ("facilitator/", "facilitator/x/", f"facilitator/{secret[:-1]}/", f"facilitator/{secret}/x"):
            assert ask(server.address, path).status == 404
        with Guest(server.address) as learner:
            learner.open()
            assert secret not in learner.page + str(learner.everything())


# --- operable ---


def test_it_says_that_it_is_well_and_how_many_are_here(host: str, guest: Guest) -> None:
    assert ask(host, "healthz").json == {"visitors": 0, "capacity": 8}
    guest.open()
    assert ask(host, "healthz").json == {"visitors": 1, "capacity": 8}


def test_it_counts_and_times(host: str, guest: Guest) -> None:
    clicks = figure(host, "etiquette_click_seconds_count")
    guest.open()
    guest.click()
    assert figure(host, "etiquette_click_seconds_count") == clicks + 2  # the click, and the asking for states before it
    assert figure(host, "etiquette_visitors") == 1
    assert figure(host, "etiquette_session_start_seconds_count") >= 1
    assert "text/plain" in ask(host, "metrics").headers["Content-Type"]


def test_its_figures_are_for_this_machine_alone(host: str) -> None:
    """A proxy on this machine passes on what others ask."""
    assert ask(host, "metrics", headers={"X-Forwarded-For": "192.0.2.7"}).status == 404
    assert ask(host, "metrics", headers={"X-Real-IP": "192.0.2.7"}).status == 404


def test_its_log_has_a_line_for_each_arrival_and_departure_and_nothing_about_anyone(server: Server) -> None:
    before = len(server.output)
    with Guest(server.address + "?my=secret", {"Cookie": "my=biscuit", "Referer": "http://my.employer/"}) as guest:
        guest.open()
        assert guest.answers()
    ask(server.address, "nothing?my=secret")
    log = eventually(lambda: "has left" in server.output[-1] and server.output[before:])
    assert re.search(r"Visitor \d+ is here \(1 of 8\)$", log[0])
    assert re.search(r"Visitor \d+ has left after \d+ s: closed$", log[1])
    assert len(log) == 2
    for secret in ("127.0.0.1", "secret", "biscuit", "employer", "Mozilla", guest.page_id, guest.tab):
        assert secret not in "".join(log)


# --- somewhere else ---


def test_it_can_be_at_another_path_and_have_another_name_behind_a_proxy() -> None:
    with serving("--base-url", "/etiquette/", "--name", "careers.example.org") as server:
        assert ask(server.address, method="HEAD", headers={"Host": "careers.example.org"}).status == 200
        assert ask(server.address, headers={"Host": "evil.example.org"}).status == 403
        root = server.address.removesuffix("etiquette/")
        assert ask(root).status == 404
        assert ask(root, "etiquette").headers["Location"] == "/etiquette/"
        with Guest(server.address, {"Host": "careers.example.org"}) as guest:
            guest.open(host="careers.example.org", origin="https://careers.example.org", subprotocols=[PROTOCOL])
            assert guest.answers()
            there = {"Host": "careers.example.org", "Origin": "https://careers.example.org"}
            assert guest.goodbye(there) == 204


# --- and gone ---


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_it_stops_soon_and_leaves_nothing(how: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no other process and no temporary file that it could leave, even if it is killed."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    with serving() as server:
        guests = [Guest(server.address) for _ in range(2)]
        guests[0].open()
        assert guests[0].answers()
        assert psutil.Process(server.process.pid).children(recursive=True) == []
        server.process.send_signal(how)
        server.process.wait(timeout=10)
        server.stop()
        guests[0].drop()
    assert server.process.returncode == (-how if how is signal.SIGKILL else 0), server.output
    assert list(temporary.iterdir()) == []
    assert "Traceback" not in "".join(server.output)


def test_whoever_is_there_when_it_stops_is_told_so() -> None:
    with serving() as server:
        guest = Guest(server.address)
        guest.open()
        server.process.terminate()
        opcode, data = guest.socket.recv_data(control_frame=True)
        assert (opcode, data[2:]) == (websocket.ABNF.OPCODE_CLOSE, b"closed")
        guest.drop()
