"""Kernels forked from a warm parent: each is ordinary, alone with its visitor, and none outlives its server."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import psutil
import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import AsyncKernelManager, KernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from playwright.sync_api import expect
from traitlets.config import Config

from etiquette.host.forking import ForkingProvisioner, WarmParent, arguments_of, available
from tests.conftest import ROOT, People, Server, arrive, free_port

Result = TypeVar("Result")

PRELOAD = ["etiquette.views.page", "etiquette.stories:library"]
SECONDS = 30.0
MB = 2**20

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not available(), reason="kernels are forked on Linux only"),
]


class Kernel:
    """A kernel and somebody who talks to it."""

    def __init__(self, manager: KernelManager, client: BlockingKernelClient) -> None:
        self.manager, self.client = manager, client

    @property
    def process(self) -> psutil.Process:
        assert isinstance(self.manager.provisioner, LocalProvisioner)
        return psutil.Process(self.manager.provisioner.pid)

    def run(self, code: str) -> dict[str, Any]:
        """The reply to a piece of code."""
        reply = self.client.execute_interactive(code, timeout=SECONDS, output_hook=lambda message: None)
        content: dict[str, Any] = reply["content"]
        return content

    def value(self, expression: str) -> Any:
        """The value of an expression, which JSON must know."""
        printed: list[str] = []

        def hear(message: dict[str, Any]) -> None:
            printed.append(message["content"].get("text", ""))

        code = f"import json; print(json.dumps({expression}))"
        reply = self.client.execute_interactive(code, timeout=SECONDS, output_hook=hear)
        assert reply["content"]["status"] == "ok", reply["content"]
        return json.loads("".join(printed))


def done(work: Coroutine[Any, Any, Result]) -> Result:
    """What comes of it, in a thread of its own: in this one a browser's loop may be running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@pytest.fixture(autouse=True)
def forking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kernels come from the provisioner here unless a specification says otherwise."""
    monkeypatch.setattr(KernelProvisionerFactory.instance(), "default_provisioner_name", "etiquette-forking")


@pytest.fixture(scope="module")
def warm() -> Iterator[WarmParent]:
    """A warm parent, shared by the tests that leave it as it was."""
    parent = WarmParent()
    parent.start(PRELOAD)
    yield parent
    parent.stop()


@contextmanager
def a_kernel(limits: dict[str, int] | None = None, **launch: Any) -> Iterator[Kernel]:
    """A kernel that answers, with these limits of the provisioner and these arguments of `start_kernel`."""
    manager = KernelManager(transport="ipc", config=Config({"ForkingProvisioner": limits or {}}))
    manager.start_kernel(**launch)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=SECONDS)
        yield Kernel(manager, client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@pytest.fixture
def kernel(warm: WarmParent) -> Iterator[Kernel]:
    assert WarmParent.current is warm
    with a_kernel() as kernel:
        yield kernel


@pytest.fixture
def neighbour(warm: WarmParent) -> Iterator[Kernel]:
    assert WarmParent.current is warm
    with a_kernel() as kernel:
        yield kernel


def until(condition: Callable[[], object], seconds: float = SECONDS) -> None:
    """Wait until it is so."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.02)


def gone(pid: int) -> bool:
    """Whether a process has left no trace, not even a zombie."""
    return not Path(f"/proc/{pid}").exists()


def of(parent: WarmParent) -> psutil.Process:
    assert parent.process is not None
    return psutil.Process(parent.process.pid)


def test_a_kernel_is_a_child_of_the_warm_parent_and_answers(kernel: Kernel, warm: WarmParent) -> None:
    assert kernel.value("6 * 7") == 42
    assert kernel.process.ppid() == of(warm).pid


def test_each_kernel_has_an_environment_and_a_directory_of_its_own(warm: WarmParent, tmp_path: Path) -> None:
    """Nothing of the parent's environment stays, and the directory is where modules are looked for first."""
    (tmp_path / "beside_the_notebook.py").write_text("here = True")
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "VISITOR": "one"}
    with a_kernel(env=environment, cwd=str(tmp_path)) as one, a_kernel(cwd="/") as other:
        asked = "[os.environ.get('VISITOR'), 'XDG_DATA_HOME' in os.environ, os.getcwd(), os.getppid()]"
        assert one.run("import os, beside_the_notebook")["status"] == "ok"
        assert other.run("import os")["status"] == "ok"
        assert one.value(asked) == ["one", False, str(tmp_path), of(warm).pid]
        assert other.value(asked) == [None, True, "/", of(warm).pid]


def test_no_two_kernels_draw_the_same_numbers(kernel: Kernel, neighbour: Kernel) -> None:
    for each in (kernel, neighbour):
        each.run("import random, uuid, secrets")
    for drawn in ("random.random()", "uuid.uuid4().hex", "secrets.token_hex()"):
        assert kernel.value(drawn) != neighbour.value(drawn), drawn


def test_a_page_can_ask_for_the_widgets(kernel: Kernel) -> None:
    """The target that a page opens first is registered, and answers with this kernel's widgets alone."""
    kernel.run("from ipywidgets import HTML; shown = HTML('a story')")
    assert kernel.value("__import__('comm').get_comm_manager() is get_ipython().kernel.comm_manager")
    states = request_states(kernel)
    assert [state["state"]["value"] for state in states.values() if "value" in state["state"]] == ["a story"]
    assert len(states) == 3  # with its layout and its style


def request_states(kernel: Kernel) -> dict[str, Any]:
    """The states of all widgets, asked for as a page does."""
    session, channel = kernel.client.session, kernel.client.shell_channel
    opening = {"comm_id": "page", "target_name": "jupyter.widget.control", "data": {}}
    metadata = {"version": "1.0.0"}
    channel.send(session.msg("comm_open", opening, metadata=metadata))
    channel.send(session.msg("comm_msg", {"comm_id": "page", "data": {"method": "request_states"}}))
    while True:
        message = kernel.client.get_iopub_msg(timeout=SECONDS)
        data = message["content"].get("data", {})
        if message["msg_type"] == "comm_msg" and data.get("method") == "update_states":
            states: dict[str, Any] = data["states"]
            return states


def test_a_click_is_answered(kernel: Kernel) -> None:
    """A button of the page's own view is pressed from the page, and the view does what it is for."""
    assert kernel.run("from etiquette.views import App; app = App()")["status"] == "ok"
    button = kernel.value("app.menu['Your progress'].model_id")
    click = {"comm_id": button, "data": {"method": "custom", "content": {"event": "click"}}}
    kernel.client.shell_channel.send(kernel.client.session.msg("comm_msg", click))
    assert kernel.value("list(app.parts)") == ["Your progress"]


def test_what_a_kernel_needs_was_imported_before(kernel: Kernel) -> None:
    """Else each visitor would pay for it. The debugger and the completer are not there at all."""
    command = [sys.executable, "-c", f"import etiquette.host.warm as w, sys; w.warm_up({PRELOAD}); print(*sys.modules)"]
    warm = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert not {"voila", "jupyter_server", "tornado.web"} & set(warm), "nothing of the server's own"
    assert kernel.run("from etiquette.views import App; import sys; App()")["status"] == "ok"
    late = set(kernel.value("list(sys.modules)")) - set(warm)
    assert len(late) < 10, late
    assert kernel.value("[name for name in ('debugpy', 'jedi') if sys.modules[name]]") == []


@pytest.mark.usefixtures("warm")
def test_what_it_writes_goes_where_it_was_told(tmp_path: Path) -> None:
    path = tmp_path / "log"
    with path.open("wb") as log, a_kernel(stdout=log, stderr=log) as kernel:
        kernel.run("import os; os.write(1, b'one '); os.write(2, b'two')")
    assert path.read_text() == "one two"


def test_an_interrupt_ends_what_runs_and_not_the_kernel(kernel: Kernel) -> None:
    kernel.client.execute("print('running')\nwhile True: pass", stop_on_error=False)  # what follows is not called off
    while kernel.client.get_iopub_msg(timeout=SECONDS)["msg_type"] != "stream":
        pass
    kernel.manager.interrupt_kernel()
    reply = kernel.client.get_shell_msg(timeout=SECONDS)
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert kernel.value("1 + 1") == 2


def test_a_kernel_that_is_restarted_has_forgotten_all(kernel: Kernel) -> None:
    kernel.run("kept = 1")
    before = kernel.process.pid
    kernel.manager.restart_kernel(now=True)
    kernel.client.wait_for_ready(timeout=SECONDS)
    assert kernel.process.pid != before
    assert kernel.value("'kept' in globals()") is False


def test_the_death_of_a_kernel_is_noticed_and_leaves_no_zombie(kernel: Kernel) -> None:
    pid = kernel.process.pid
    os.kill(pid, signal.SIGKILL)
    until(lambda: not kernel.manager.is_alive())
    until(lambda: gone(pid))
    assert isinstance(kernel.manager.provisioner, ForkingProvisioner)
    assert done(kernel.manager.provisioner.poll()) == -signal.SIGKILL


@pytest.mark.usefixtures("warm")
def test_a_kernel_that_is_shut_down_ends_by_itself_at_once() -> None:
    with a_kernel() as kernel:
        pid, provisioner = kernel.process.pid, kernel.manager.provisioner
        begin = time.monotonic()
        kernel.manager.shutdown_kernel()
        assert time.monotonic() - begin < kernel.manager.shutdown_wait_time / 2, "it had to be told twice"
        assert gone(pid)
        assert provisioner is not None
        assert not provisioner.has_process


def test_many_are_started_at_once(warm: WarmParent) -> None:
    async def visitors() -> list[int]:
        managers = [AsyncKernelManager(transport="ipc") for _ in range(6)]
        await asyncio.gather(*(manager.start_kernel() for manager in managers))
        try:
            clients = [manager.client() for manager in managers]
            for client in clients:
                client.start_channels()
                await client.wait_for_ready(timeout=SECONDS)
                client.stop_channels()
            return [child.pid for child in of(warm).children()]
        finally:
            await asyncio.gather(*(manager.shutdown_kernel(now=True) for manager in managers))

    pids = done(visitors())
    assert len(pids) == 6
    until(lambda: all(gone(pid) for pid in pids))


def test_a_launch_that_is_called_off_leaves_no_kernel(warm: WarmParent) -> None:
    async def impatient() -> None:
        manager = AsyncKernelManager(transport="ipc")
        launch = asyncio.ensure_future(manager.start_kernel())
        while not of(warm).children():
            await asyncio.sleep(0)
        launch.cancel()
        with suppress(asyncio.CancelledError):
            await launch
        if manager.has_kernel:
            await manager.shutdown_kernel(now=True)
        await manager.cleanup_resources()

    done(impatient())
    until(lambda: not of(warm).children())


def test_nobody_else_can_reach_a_kernel(kernel: Kernel, warm: WarmParent) -> None:
    """Its sockets are files, in a folder that only their owner can enter; so is the key."""
    folder = warm.folder
    names = [path.name for path in folder.iterdir() if stat.S_ISSOCK(path.stat().st_mode)]
    assert len([name for name in names if name.startswith(str(kernel.manager.kernel_id))]) == 5
    assert folder.stat().st_mode & 0o077 == 0
    written = Path(kernel.manager.connection_file)
    assert written.parent == folder
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    listening = [each for each in kernel.process.net_connections() if each.status == psutil.CONN_LISTEN]
    assert [each.laddr.ip for each in listening] in (
        [],
        ["127.0.0.1"],
    )  # ipykernel's pipe for the output of subprocesses


def test_the_files_of_a_kernel_go_with_it(warm: WarmParent) -> None:
    with a_kernel() as kernel:
        named = str(kernel.manager.kernel_id)
    assert [path.name for path in warm.folder.iterdir() if path.name.startswith(named)] == []


@pytest.mark.usefixtures("warm")
def test_a_kernel_that_takes_memory_without_end_is_refused_it(neighbour: Kernel) -> None:
    """It lets go of what it took before it answers: without any memory left, no answer could be made."""
    taking = "taken = []\ntry:\n    while True: taken.append(bytearray(b'x') * 2**20)\n"
    letting_go = "except MemoryError:\n    count = len(taken)\n    taken.clear()\n    raise"
    with a_kernel({"memory": 64 * MB}) as kernel:
        assert kernel.run(taking + letting_go)["ename"] == "MemoryError"
        assert 32 < kernel.value("count") < 80
        assert neighbour.value("1 + 1") == 2


@pytest.mark.usefixtures("warm")
def test_a_kernel_that_works_without_end_is_stopped(neighbour: Kernel, caplog: pytest.LogCaptureFixture) -> None:
    with a_kernel({"cpu_seconds": 2}) as kernel:
        pid = kernel.process.pid
        kernel.client.execute("while True: pass")
        assert neighbour.value("1 + 1") == 2
        until(lambda: gone(pid))
        assert not kernel.manager.is_alive()
        assert neighbour.value("1 + 1") == 2
    assert f"Kernel {pid} had used up its CPU seconds" in caplog.text


def test_a_kernel_opens_no_more_files_than_a_page_needs_and_dumps_no_core(kernel: Kernel) -> None:
    kernel.run("import resource")
    assert kernel.value("resource.getrlimit(resource.RLIMIT_CORE)") == [0, 0]
    reply = kernel.run("opened = [open('/dev/null') for _ in range(1000)]")
    assert reply["evalue"] == "[Errno 24] Too many open files: '/dev/null'"


@pytest.fixture
def own_parent() -> Iterator[WarmParent]:
    """A warm parent for a test that does not spare it."""
    before = WarmParent.current
    parent = WarmParent()
    yield parent
    parent.stop()
    WarmParent.current = before


def test_when_the_parent_dies_the_next_kernel_has_another(
    own_parent: WarmParent, caplog: pytest.LogCaptureFixture
) -> None:
    """Its kernels die with it; the log says so."""
    own_parent.start(["ipywidgets"])
    with a_kernel() as lost:
        first, pid = of(own_parent).pid, lost.process.pid
        os.kill(first, signal.SIGKILL)
        until(lambda: not lost.manager.is_alive())
        until(lambda: gone(pid))
        with a_kernel() as kernel:
            assert kernel.value("1 + 1") == 2
            assert kernel.process.ppid() == of(own_parent).pid != first
    assert "The warm parent ended with -9; starting another" in caplog.text


def test_a_stopped_parent_takes_all_with_it(own_parent: WarmParent) -> None:
    own_parent.start(["ipywidgets"])
    folder = own_parent.folder
    with a_kernel() as kernel:
        pids = [of(own_parent).pid, kernel.process.pid]
        own_parent.stop()
        until(lambda: all(gone(pid) for pid in pids))
        assert not folder.exists()


SERVER = """
import signal, sys
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from etiquette.host.forking import WarmParent

KernelProvisionerFactory.instance().default_provisioner_name = "etiquette-forking"
parent = WarmParent()
parent.start([])
kernels = [KernelManager(transport="ipc") for _ in range(2)]
for kernel in kernels:
    kernel.start_kernel()
    client = kernel.client()
    client.start_channels()
    client.wait_for_ready(timeout=30)
signal.signal(signal.SIGINT, signal.default_int_handler)  # wherever the tests were started with it ignored
print(parent.process.pid, *(kernel.provisioner.pid for kernel in kernels), parent.folder, flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, None], ids=str)
def test_no_process_outlives_the_server(how: signal.Signals | None) -> None:
    """However it ends, `kill -9` included, and whatever runs; nor does the folder."""
    command = [sys.executable, "-c", SERVER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        *pids, folder = server.stdout.readline().split()
        assert len(pids) == 3
        if how:
            server.send_signal(how)
        else:
            server.stdin.close()
        server.wait(SECONDS)
        until(lambda: all(gone(int(pid)) for pid in pids), 10)
        until(lambda: not Path(folder).exists(), 10)


def test_a_module_that_starts_a_thread_is_not_preloaded(
    own_parent: WarmParent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A fork would lose the thread: the parent says so and ends, and so does the launch."""
    (tmp_path / "busy.py").write_text(
        "def work():\n  import threading, time\n  threading.Thread(target=time.sleep, args=[60], daemon=True).start()"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    own_parent.start(["busy:work"])
    manager = KernelManager(transport="ipc")
    with pytest.raises(RuntimeError, match="the warm parent ended with 1 before it forked"):
        manager.start_kernel()
    manager.cleanup_resources()
    assert "what was preloaded has started 1 threads" in capfd.readouterr().err


def test_without_fork_a_kernel_is_started_in_the_ordinary_way(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    monkeypatch.delattr(os, "pidfd_open")
    assert not available()
    with a_kernel() as kernel:
        assert kernel.process.ppid() == os.getpid()
    assert "is started in the ordinary way" in caplog.text


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ([sys.executable, "-m", "ipykernel_launcher", "-f", "file"], ["-f", "file"]),
        ([sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "file"], ["-f", "file"]),
        ([sys.executable, "-m", "xeus", "-f", "file"], None),
        (["/usr/lib/another/python", "-m", "ipykernel_launcher", "-f", "file"], None),
        (["R", "--slave"], None),
    ],
)
def test_only_a_kernel_of_this_python_is_forked(command: list[str], arguments: list[str] | None) -> None:
    assert arguments_of(command) == arguments


def test_a_visitor_plays_on_kernels_that_were_forked_before_they_came(people: People, tmp_path: Path) -> None:
    """Voilà's own pool, filled by the provisioner; the page comes from a kernel that waited in it."""
    config = {
        "KernelProvisionerFactory": {"default_provisioner_name": "etiquette-forking"},
        "KernelManager": {"transport": "ipc"},
        "ForkingProvisioner": {"preload": PRELOAD},
    }
    (tmp_path / "voila.json").write_text(json.dumps(config))
    address = f"http://127.0.0.1:{(port := free_port())}/"
    command = [sys.executable, "-m", "voila", str(ROOT / "notebooks/app.ipynb"), "--no-browser", f"--port={port}"]
    command += ["--preheat_kernel=True", "--pool_size=3", "--Voila.ip=127.0.0.1"]
    server = Server(command, "is filled with 3 kernel(s)", address, cwd=tmp_path)
    try:
        page = arrive(people.come_to_stock(), address)
        page.get_by_role("button", name="The quiet week").click()
        page.get_by_role("button", name="Send Mr Outram two lines of thanks").click()
        expect(page.locator(".pp-feedback").get_by_role("heading")).to_contain_text("Pesky")
        page.close()
        children = psutil.Process(server.process.pid).children(recursive=True)
        assert len(children) > 3
    finally:
        server.stop()
    assert psutil.wait_procs(children, timeout=10)[1] == []
