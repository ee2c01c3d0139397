"""The warm parent: a process that has imported what a kernel needs, and forks a kernel whenever the server asks.

The server starts it as `python -m etiquette.host.warm CHANNEL FOLDER [MODULE | MODULE:FUNCTION ...]`. CHANNEL is the
number of an inherited socket (`SOCK_SEQPACKET`), on which each message is one `Request` and brings two files, the
kernel's standard output and error. The answer is the kernel's process id, with two files: a pidfd to send signals
to, and a pipe that holds the exit status once the kernel has ended, or ends empty should the parent go first. Without
files, the answer says why there is no kernel.

The parent holds one thread and no socket of ZeroMQ, so that a fork copies all there is. It ends when the server ends,
however that ends: then the channel is closed. Its kernels go with it, and FOLDER, where their sockets lie.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import select
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

MESSAGE = 1 << 20
"""More bytes than any message has: an environment goes into it."""

STARTED_WITH_A_KERNEL = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.extensions.storemagic",
    "faulthandler",
    "pdb",
    "resource",
    "tornado.platform.asyncio",
)
"""What ipykernel imports only when a kernel starts: imported beforehand, it is shared."""

LEFT_OUT = ("debugpy", "jedi")
"""What ipykernel and IPython import if they find it, and a page has no use for: the debugger and the completer."""

GOODBYE = 1.0
"""Seconds for a kernel's last answers. Were its output closed before, the thread that answers would wait ten for it."""

OPEN_FILES = 256
PR_SET_PDEATHSIG = 1  # linux/prctl.h


@dataclass(frozen=True)
class Request:
    """A kernel that is to be forked. `memory` is what it may take beyond what it starts with, in bytes."""

    arguments: list[str]
    environment: dict[str, str]
    directory: str
    memory: int
    cpu_seconds: int

    def write(self) -> bytes:
        """As a message."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def read(cls, message: bytes) -> Request:
        """From a message."""
        return cls(**json.loads(message))


@dataclass(frozen=True)
class Child:
    """A kernel, as its parent holds it: `ended` is the writing end of the pipe that tells the server."""

    pid: int
    pidfd: int
    ended: int

    def reap(self) -> None:
        """Pass the exit status on and then reap the process: once its pid is gone, the server can know its status."""
        ended = os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)
        assert ended is not None
        status = ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status
        with suppress(BrokenPipeError):  # the server has stopped listening
            os.write(self.ended, str(status).encode())
        os.waitpid(self.pid, 0)
        close(self.pidfd, self.ended)


def main(channel: int, folder: str, preload: Iterable[str]) -> None:
    """Warm up, fork until the server ends, and clear up. In a forked process it returns when the kernel ends."""
    if sys.path[0] in ("", str(Path.cwd())):
        del sys.path[0]  # as ipykernel's own launcher does: a kernel begins in a directory of its own
    warm_up(preload)
    server = socket.socket(fileno=channel)
    request = serve_forks(server)
    if request is None:
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)  # taking the interpreter apart would copy each page that a kernel shares
    run_kernel(request)


def warm_up(preload: Iterable[str]) -> None:
    """Import and call what is named, and leave the garbage collector nothing that it would have to touch again."""
    gc.disable()
    for name in LEFT_OUT:
        sys.modules[name] = None  # type: ignore[assignment]  # imported from here on, it is not found
    for name in (*STARTED_WITH_A_KERNEL, *preload):
        module, _, function = name.partition(":")
        imported = import_module(module)
        if function:
            getattr(imported, function)()
    threads = len(list(Path("/proc/self/task").iterdir()))
    if threads != 1:
        raise RuntimeError(f"what was preloaded has started {threads - 1} threads, and a fork would lose them")
    gc.collect()
    gc.freeze()


def serve_forks(server: socket.socket) -> Request | None:
    """Fork for each request. Returns None when the server has ended and, in each forked process, what was asked for."""
    children: dict[int, Child] = {}
    watched = select.poll()
    watched.register(server, select.POLLIN)
    try:
        while True:
            for ready, _ in watched.poll():
                if child := children.pop(ready, None):
                    watched.unregister(ready)
                    child.reap()
                    continue
                message, streams, _, _ = socket.recv_fds(server, MESSAGE, 2, socket.MSG_CMSG_CLOEXEC)
                if not message:
                    raise EOFError
                try:
                    reading, forked = fork()
                except OSError as error:
                    server.send(str(error).encode())
                    close(*streams)
                    continue
                if not forked:
                    server.close()
                    for child in children.values():
                        close(child.pidfd, child.ended)
                    for number, stream in enumerate(streams, start=1):
                        os.dup2(stream, number)
                    close(*streams)
                    return Request.read(message)
                children[forked.pidfd] = forked
                watched.register(forked.pidfd, select.POLLIN)
                socket.send_fds(server, [str(forked.pid).encode()], [forked.pidfd, reading])
                close(reading, *streams)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        for child in children.values():
            signal.pidfd_send_signal(child.pidfd, signal.SIGKILL)
            child.reap()
        return None


def fork() -> tuple[int, Child | None]:
    """The reading end of the pipe for the exit status, and the child; in the child itself, None and nothing open.

    Raises:
        OSError: The system allows no further process or file.
    """
    parent, pipe = os.getpid(), os.pipe()
    try:
        pid = os.fork()
    except OSError:
        close(*pipe)
        raise
    if pid == 0:
        die_with(parent)
        close(*pipe)
        return pipe[0], None
    return pipe[0], Child(pid, os.pidfd_open(pid), pipe[1])


def close(*files: int) -> None:
    """Let go of files."""
    for file in files:
        os.close(file)


def die_with(parent: int) -> None:
    """Have the system kill this process when its parent ends, which it may have done already."""
    if ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL) != 0 or os.getppid() != parent:
        os._exit(1)


def run_kernel(request: Request) -> None:
    """Become what was asked for, and be an ordinary kernel until it is shut down."""
    from ipykernel.kernelapp import IPKernelApp
    from traitlets.config import Config

    os.setsid()
    os.chdir(request.directory)
    os.environ.clear()
    os.environ.update(request.environment)
    time.tzset()
    sys.argv = ["ipykernel_launcher.py", *request.arguments]
    gc.enable()

    config = Config()
    config.HistoryManager.enabled = False
    config.IPCompleter.use_jedi = False
    config.IPKernelApp.capture_fd_output = False
    config.IPKernelApp.parent_handle = 1  # no thread that looks every second whether the parent lives: see die_with
    kernel: Any = IPKernelApp.instance(config=config)
    kernel.initialize(request.arguments)
    if ipywidgets := sys.modules.get("ipywidgets"):
        ipywidgets.register_comm_target()  # imported before there was a kernel, it could not
    limit(request.memory, request.cpu_seconds)
    kernel.start()
    kernel.control_thread.join(GOODBYE)


def limit(memory: int, cpu_seconds: int) -> None:
    """Bound what this process can take. Its stacks and what it shares with its parent count as what it starts with.

    The number of processes is left alone: it is counted for the user, not for each kernel.
    """
    import resource

    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    data = int(status["VmData"].split()[0]) * 1024 + memory
    for what, soft, hard in (
        (resource.RLIMIT_DATA, data, data),
        (resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1),
        (resource.RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        _, allowed = resource.getrlimit(what)
        if allowed != resource.RLIM_INFINITY:
            hard = min(hard, allowed)
        resource.setrlimit(what, (min(soft, hard), hard))
    with suppress(OSError):  # a sandbox may show /proc for reading only, and decides by itself
        Path("/proc/self/oom_score_adj").write_text("500")  # should the machine run out: a kernel, not the server


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
