"""A server of several processes: each page lives in the worker that made it, and no worker is another's business."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

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
        """The workers, the one that was started last at the end."""
        found = psutil.Process(self.server.process.pid).children()
        return sorted((each for each in found if each.status() != psutil.STATUS_ZOMBIE), key=psutil.Process.create_time)


@contextmanager
def serving_two(first: str = "") -> Iterator[Two]:
    port = two_ports()
    with serving("--workers", "2", "--visitors", "20", first=first, port=port) as server:
        found = Two(server, port)
        eventually(lambda: found.up(0) and found.up(1), within=60)
        yield found


@pytest.fixture(scope="module")
def two() -> Iterator[Two]:
    """A worker of theirs that ends is started again, however soon that was. Both are gone when the server has ended."""
    with serving_two(first="import etiquette.host.workers as workers\nworkers.SOON = 0.0") as two:
        yield two


def test_each_worker_serves_its_share_at_its_own_port_and_opens_its_own_pages_alone(two: Two) -> None:
    for number, (here, there) in enumerate((two.addresses, two.addresses[::-1])):
        assert health(here) == {"visitors": 0, "capacity": 10}
        with Guest(here) as guest, Guest(there) as elsewhere:
            assert guest.page_id.startswith(f"0{number}")  # so that a proxy finds it
            assert elsewhere.refused(page_id=guest.page_id) == 404
            assert ask(there, f"api/kernels/{guest.page_id}").status == 404
            assert guest.open().answers()
            assert health(here)["visitors"] == 1


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_worker_that_ends_comes_back_without_its_sessions_and_the_other_goes_on(
    two: Two, how: signal.Signals
) -> None:
    """Twice, so that it is also one which has been started again before."""
    with Guest(two.addresses[0]) as guest, Guest(two.addresses[1]) as lost, Guest(two.addresses[1]) as unopened:
        guest.open()
        lost.open()
        ended = two.processes[-1]
        ended.send_signal(how)
        ended.wait(10)
        eventually(lambda: two.up(1), within=60)
        assert not lost.there
        assert not unopened.there
        assert guest.answers()
    assert len(two.processes) == 2


def test_no_worker_outlives_a_server_that_is_killed() -> None:
    with serving_two() as two:
        workers = two.processes
        assert len(workers) == 2
        two.server.kill()
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
