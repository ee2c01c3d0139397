"""Kernels that are forked from a warm parent: the server's side.

A kernel that is started in the ordinary way imports all that it needs anew, for itself. One that is forked shares what
its parent has imported. To have it so, a host sets two things,

    KernelProvisionerFactory.default_provisioner_name = "etiquette-forking"
    KernelManager.transport = "ipc"

and, where kernels can be forked, starts the parent before the first is asked for, naming what it should import:

    if available():
        WarmParent().start(["etiquette.views.page", "etiquette.stories:library"])

The provisioner finds the parent as `WarmParent.current`. If no host has started one, the first kernel does, with the
provisioner's `preload`. Where kernels cannot be forked, the provisioner starts ordinary ones.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Integer, List, Unicode
from traitlets.log import get_logger

from etiquette.host.warm import MESSAGE, Request

LAUNCHER = ["-m", "ipykernel_launcher"]
STOPS_WITHIN = 10.0
"""Seconds that the parent has to end by itself."""


def available() -> bool:
    """Whether kernels can be forked here: on Linux 5.4 or newer, where nothing forbids pidfds."""
    if sys.platform != "linux" or not hasattr(os, "fork") or not hasattr(os, "pidfd_open"):
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError:
        return False
    return True


def arguments_of(command: list[str]) -> list[str] | None:
    """What follows `python -m ipykernel_launcher`, if that is the command, and the Python is this one."""
    python, *rest = command
    while rest and rest[0].startswith("-X"):
        del rest[0]
    here, there = Path(sys.executable), Path(python)
    same = there.parent == here.parent and there.resolve() == here.resolve()
    return rest[2:] if same and rest[:2] == LAUNCHER else None


def number_of(stream: Any, ours: int) -> int | None:
    """The number of the file behind a stream as `Popen` takes it, ours for None; None if it asks for a pipe."""
    if stream is None:
        return ours
    number: int = stream if isinstance(stream, int) else stream.fileno()
    return number if number >= 0 else None


class ForkedProcess:
    """A kernel's process: what `LocalProvisioner` asks of a `Popen`, for one that is the warm parent's child.

    It is killed when nobody holds it any more, as when its launch was called off.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, pidfd: int, ended: int) -> None:
        self.pid, self._pidfd, self._ended = pid, pidfd, ended
        self.returncode: int | None = None
        os.set_blocking(ended, False)
        self._let_go = weakref.finalize(self, _let_go, pidfd, ended)

    def poll(self) -> int | None:
        """The exit status, negative for a signal; None while it runs."""
        if self.returncode is None:
            try:
                status = os.read(self._ended, 16)
            except BlockingIOError:
                return None
            self.returncode = int(status) if status else -signal.SIGKILL  # it died with its parent
            self._let_go()
            if self.returncode == -signal.SIGXCPU:
                get_logger().warning("Kernel %d had used up its CPU seconds, and was stopped", self.pid)
        return self.returncode

    def wait(self) -> int:
        """The exit status, once it has ended."""
        if self.returncode is None:
            os.set_blocking(self._ended, True)
        status = self.poll()
        assert status is not None
        return status

    def send_signal(self, signum: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._pidfd, signum)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


def _let_go(pidfd: int, ended: int) -> None:
    with suppress(ProcessLookupError):
        signal.pidfd_send_signal(pidfd, signal.SIGKILL)
    os.close(pidfd)
    os.close(ended)


class WarmParent:
    """The handle on the process that kernels are forked from. `current` is the one that the provisioner uses."""

    current: ClassVar[WarmParent | None] = None

    def __init__(self) -> None:
        self.folder: Path
        self.process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._preload: Sequence[str] = ()
        self._one_at_a_time = threading.Lock()

    def start(self, preload: Sequence[str]) -> None:
        """Start it, and let it import at its leisure: the first kernel waits for that. Make it the current one.

        `preload` names modules and, as `module:function`, what to call once its module is imported. None of it may
        start a thread or open a socket of ZeroMQ.
        """
        if self.process is not None:
            raise RuntimeError("the warm parent was started before")
        self._preload = preload
        self.folder = Path(tempfile.mkdtemp(prefix="kernels-"))  # mode 0700
        self._spawn()
        WarmParent.current = self
        atexit.register(self.stop)

    def stop(self) -> None:
        """End it and every kernel that it has forked. One that was never started, or was stopped, stays as it is."""
        atexit.unregister(self.stop)
        if WarmParent.current is self:
            WarmParent.current = None
        with self._one_at_a_time:
            if self.process is not None:
                self._end()
                shutil.rmtree(self.folder, ignore_errors=True)  # it does so itself, unless it was killed

    def fork(self, request: Request, output: int, error: int) -> ForkedProcess:
        """A new kernel. If the parent has died, start another first.

        Raises:
            RuntimeError: The parent was stopped, could not fork, or ended before it answered; what it then had to say
                is on the standard error.
        """
        with self._one_at_a_time:
            if self.process is None:
                raise RuntimeError("the warm parent was stopped")
            if self.process.poll() is not None:
                get_logger().warning("The warm parent ended with %s; starting another", self.process.returncode)
                self._end()
                self._spawn()
            assert self._channel is not None
            try:
                socket.send_fds(self._channel, [request.write()], [output, error])
                answer, files, _, _ = socket.recv_fds(self._channel, MESSAGE, 2, socket.MSG_CMSG_CLOEXEC)
            except (BrokenPipeError, ConnectionResetError):
                answer, files = b"", []
            if not answer:
                raise RuntimeError(f"the warm parent ended with {self.process.wait(STOPS_WITHIN)} before it forked")
        if not files:
            raise RuntimeError(f"the warm parent could not fork: {answer.decode()}")
        return ForkedProcess(int(answer), *files)

    def _spawn(self) -> None:
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            command = [
                sys.executable,
                "-m",
                "etiquette.host.warm",
                str(theirs.fileno()),
                str(self.folder),
                *self._preload,
            ]
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()], start_new_session=True
            )

    def _end(self) -> None:
        if self._channel is not None and self.process is not None:
            self._channel.close()
            try:
                self.process.wait(STOPS_WITHIN)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self._channel = self.process = None


class ForkingProvisioner(LocalProvisioner):
    """Starts a kernel by forking it from the warm parent.

    What is not ipykernel in this very Python, or asks for more than a command, an environment, a directory and two
    streams, is started in the ordinary way.
    """

    memory = Integer(
        256 * 2**20,
        config=True,
        help="Bytes that a kernel may take beyond what it starts with. After that, MemoryError.",
    )
    cpu_seconds = Integer(120, config=True, help="Seconds of CPU that a kernel may use in its life. Then it is killed.")
    preload = List(
        Unicode(),
        ["ipywidgets"],
        config=True,
        help="What the warm parent imports, if no host has started one: `module` or `module:function`.",
    )

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Give the kernel's sockets a place that only their owner can enter."""
        manager = self.parent
        if available() and isinstance(manager, KernelManager) and manager.transport == "ipc":
            folder = self._warm_parent().folder
            manager.ip = str(folder / self.kernel_id)
            if not manager.connection_file:
                manager.connection_file = str(folder / f"{self.kernel_id}.json")
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork the kernel that the command asks for."""
        arguments = arguments_of(cmd)
        output, error = (number_of(kwargs.get(name), ours) for name, ours in (("stdout", 1), ("stderr", 2)))
        if not available() or arguments is None or output is None or error is None:
            self.log.info("This kernel cannot be forked, and is started in the ordinary way: %s", cmd)
            return await super().launch_kernel(cmd, **kwargs)
        request = Request(
            arguments=arguments,
            environment=kwargs["env"],
            directory=str(kwargs.get("cwd") or Path.cwd()),
            memory=self.memory,
            cpu_seconds=self.cpu_seconds,
        )
        process = await asyncio.to_thread(self._warm_parent().fork, request, output, error)
        self.process = process  # type: ignore[assignment]  # as good as a Popen, to this class
        self.pid = self.pgid = process.pid
        self.cwd = request.directory
        return self.connection_info

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and what it has started. Once it has ended, its number may be another's."""
        if await self.poll() is None:
            await super().send_signal(signum)

    def _warm_parent(self) -> WarmParent:
        if WarmParent.current is None:
            WarmParent().start(self.preload)
        assert WarmParent.current is not None
        return WarmParent.current
