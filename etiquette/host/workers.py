"""Runs the server in one process or, with `--workers`, in several, each on its own port."""

from __future__ import annotations

import os
import secrets
import signal
import threading
import time
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import NoReturn

from etiquette.files import notebooks
from etiquette.host.options import Options
from etiquette.host.page_ids import KEY_LENGTH, PageIds
from etiquette.host.server import Host, configuration

SOON = 5.0  # seconds: a worker that fails this soon after its start would fail again
ORPHANED_FOR = 1.0  # seconds after which a worker notices that its parent was killed


def run_workers(options: Options) -> int:
    """Run the server until it is stopped, and return its exit status.

    Worker N listens on port + N, and the ids of its pages begin with N as two hexadecimal digits. A worker that dies is
    restarted.
    """
    if options.workers == 1:
        _run(options, 0)
        return 0

    def stop(number: int, frame: object) -> NoReturn:  # noqa: ARG001
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    running: dict[int, tuple[BaseProcess, float]] = {}
    try:
        for number in range(options.workers):
            running[number] = _start(options, number), time.monotonic()
        while True:
            wait([worker.sentinel for worker, _ in running.values()])
            for number, (worker, began) in running.items():
                if worker.is_alive():
                    continue
                if time.monotonic() - began < SOON:
                    return 1
                running[number] = _start(options, number), time.monotonic()
    finally:
        for worker, _ in running.values():
            worker.terminate()
        for worker, _ in running.values():
            worker.join()


def _start(options: Options, number: int) -> BaseProcess:
    """A new worker."""
    own = replace(options, port=options.port + number, open_browser=options.open_browser and not number)
    worker = get_context("fork").Process(target=_work, args=(own, number, os.getpid()))
    worker.start()
    return worker


def _work(options: Options, number: int, parent: int) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _run(options, number)


def _end_with(parent: int) -> None:
    """Shut this process down cleanly once its parent has been killed."""
    while os.getppid() == parent:
        time.sleep(ORPHANED_FOR)
    os.kill(os.getpid(), signal.SIGTERM)


def _run(options: Options, worker: int) -> None:
    config = configuration(options, notebooks() / "app.ipynb")
    ids = PageIds(
        secrets.token_bytes(KEY_LENGTH), worker, options.unopened
    )  # a restarted worker does not know earlier ids
    Host.launch_instance([], options=options, ids=ids, config=config)
