"""A server of several processes: each page lives in the worker that made it, and no worker is another's business."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil
import pytest

from tests.conftest import Server, free_port
from tests.host.guest import Guest, ask, eventually, health
from tests.host.serving import serving

pytestmark = pytest.mark.slow


def two_ports() -> int:
    """The first of two ports, one after the other, that nobody listens on."""
    first = free_port()
    while (second := free_port()) != first + 1:
        first = second
    return first


def up(address: str) -> bool:
    """Whether this worker answers."""
    with suppress(ConnectionError):
        return ask(address, "healthz").status == 200
    return False


def workers(server: Server) -> list[psutil.Process]:
    """Their processes, the one that was started last at the end."""
    found = psutil.Process(server.process.pid).children()
    return sorted((each for each in found if each.status() != psutil.STATUS_ZOMBIE), key=psutil.Process.create_time)


@contextmanager
def serving_two(first: str = "") -> Iterator[tuple[Server, str, str]]:
    """A server, and the addresses of its two workers."""
    port = two_ports()
    with serving("--workers", "2", "--visitors", "20", first=first, port=port) as server:
        second = f"http://127.0.0.1:{port + 1}/"
        eventually(lambda: up(server.address) and up(second), within=60)
        yield server, server.address, second


@pytest.fixture(scope="module")
def two() -> Iterator[tuple[Server, str, str]]:
    """A worker of theirs that ends is started again, however soon that was. Both are gone when the server has ended."""
    with serving_two(first="from etiquette.host import workers\nworkers.SOON = 0.0") as two:
        yield two


def test_each_worker_serves_its_share_at_its_own_port_and_opens_its_own_pages_alone(
    two: tuple[Server, str, str],
) -> None:
    for number, (here, there) in enumerate((two[1:], two[:0:-1])):
        assert health(here) == {"visitors": 0, "capacity": 10}
        with Guest(here) as guest, Guest(there) as elsewhere:
            assert guest.page_id.startswith(f"0{number}")  # so that a proxy finds it
            assert elsewhere.refused(page_id=guest.page_id) == 404
            assert ask(there, f"api/kernels/{guest.page_id}").status == 404
            assert guest.open().answers()
            assert health(here)["visitors"] == 1


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_worker_that_ends_comes_back_without_its_sessions(two: tuple[Server, str, str], how: signal.Signals) -> None:
    """The other goes on. Twice, so that it is also one which has been started again before."""
    server, first, second = two
    with Guest(first) as guest, Guest(second) as lost, Guest(second) as unopened:
        guest.open()
        lost.open()
        ended = workers(server)[-1]
        ended.send_signal(how)
        ended.wait(10)
        eventually(lambda: up(second), within=60)
        assert not lost.there
        assert not unopened.there
        assert guest.answers()
    assert len(workers(server)) == 2


def test_no_worker_outlives_a_server_that_is_killed() -> None:
    with serving_two() as (server, _, _):
        found = workers(server)
        assert len(found) == 2
        server.kill()
    assert psutil.wait_procs(found, timeout=10)[1] == []


def test_a_server_whose_second_port_is_taken_ends_and_says_so() -> None:
    """It takes no other: whoever looks for a worker looks at its own port."""
    port = two_ports()
    command = [sys.executable, "-m", "etiquette", "serve", "--no-open", "--workers", "2", "--port", str(port)]
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port + 1))
        taken.listen()
        ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 1
    assert "no available port could be found" in ran.stderr
    assert "Traceback" not in ran.stderr
