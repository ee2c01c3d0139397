"""A server of several processes: each page lives in the worker that made it, and no worker is another's business."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import psutil
import pytest
import websocket

from etiquette.host.workers import SOON
from tests.conftest import Server, free_port
from tests.host.guest import PAGE_ID, Guest, ask, eventually
from tests.host.serving import serving

pytestmark = pytest.mark.slow


def two_ports() -> int:
    """The first of two ports, one after the other, that nobody listens on."""
    first = free_port()
    while (second := free_port()) != first + 1:
        first = second
    return first


class Two:
    """A server with two workers."""

    def __init__(self, server: Server, port: int) -> None:
        self.server = server
        self.addresses = [f"http://127.0.0.1:{port}/", f"http://127.0.0.1:{port + 1}/"]

    def up(self, number: int) -> bool:
        """Whether this worker answers."""
        try:
            return ask(self.addresses[number], "healthz").status == 200
        except ConnectionError:
            return False

    @property
    def processes(self) -> list[psutil.Process]:
        found: list[psutil.Process] = psutil.Process(self.server.process.pid).children(recursive=True)
        return [each for each in found if each.status() != psutil.STATUS_ZOMBIE]

    def process(self, number: int) -> psutil.Process:
        """The process of this worker, by the port that it listens on."""
        port = int(self.addresses[number].rstrip("/").rsplit(":", 1)[1])
        return next(
            each
            for each in self.processes
            if any(line.laddr.port == port and line.status == psutil.CONN_LISTEN for line in each.net_connections())
        )


@pytest.fixture(scope="module")
def two() -> Iterator[Two]:
    port = two_ports()
    with serving("--workers", "2", "--visitors", "20", port=port) as server:
        found = Two(server, port)
        eventually(lambda: found.up(0) and found.up(1), within=60)
        yield found


def test_each_worker_serves_its_share_at_its_own_port(two: Two) -> None:
    for address in two.addresses:
        assert ask(address, "healthz").json == {"visitors": 0, "capacity": 10}
        with Guest(address) as guest:
            guest.open()
            assert guest.answers()
            assert ask(address, "healthz").json["visitors"] == 1


def test_an_id_begins_with_the_number_of_its_worker_so_that_a_proxy_finds_it(two: Two) -> None:
    found = [PAGE_ID.search(ask(address).text) for address in two.addresses]
    assert [each and each[0][:2] for each in found] == ["00", "01"]


def test_an_id_is_opened_by_its_own_worker_alone(two: Two) -> None:
    for here, there in (two.addresses, two.addresses[::-1]):
        with Guest(here) as guest, Guest(there) as elsewhere:
            with pytest.raises(websocket.WebSocketBadStatusException) as refused:
                elsewhere.open(page_id=guest.page_id)
            assert refused.value.status_code == 404
            assert ask(there, f"api/kernels/{guest.page_id}").status == 404
            guest.open()
            assert guest.answers()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_worker_that_ends_comes_back_without_its_sessions_and_the_other_goes_on(
    two: Two, how: signal.Signals
) -> None:
    """Twice, so that it is also one which has been started again before."""
    with Guest(two.addresses[0]) as guest, Guest(two.addresses[1]) as lost, Guest(two.addresses[1]) as unopened:
        guest.open()
        lost.open()
        ended = two.process(1)
        eventually(lambda: time.time() - ended.create_time() > SOON + 1)
        ended.send_signal(how)
        ended.wait(10)
        eventually(lambda: two.up(1), within=60)
        assert not lost.there
        assert not unopened.there
        assert guest.answers()
    assert len(two.processes) == 2


@pytest.mark.parametrize("how", ["terminate", "kill"])
def test_no_worker_outlives_the_server(how: str) -> None:
    port = two_ports()
    with serving("--workers", "2", port=port) as server:
        found = Two(server, port)
        eventually(lambda: found.up(0) and found.up(1), within=60)
        workers = found.processes
        assert len(workers) == 2
        getattr(server, "stop" if how == "terminate" else "kill")()
    assert psutil.wait_procs(workers, timeout=10)[1] == []


def test_a_server_whose_second_port_is_taken_ends_and_says_so() -> None:
    """It takes no other: whoever looks for a worker looks at its own port."""
    port = two_ports()
    command = [sys.executable, "-m", "etiquette", "serve", "--no-open", "--workers", "2", "--port", str(port)]
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port + 1))
        taken.listen()
        ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 1
    assert "already in use" in ran.stderr
    assert "Traceback" not in ran.stderr
