"""Runs the server in one process or, with `--workers`, in several, each on a port of its own."""

from __future__ import annotations

import os
import secrets
import signal
import sys
import threading
import time
import traceback
from dataclasses import replace
from typing import NoReturn

from etiquette.files import notebooks
from etiquette.host.options import Options
from etiquette.host.page_ids import KEY_LENGTH, PageIds
from etiquette.host.server import Host, configuration

SOON = 5.0  # seconds: a worker that ends so soon after it began will not do better the next time
ORPHANED_FOR = 1.0  # seconds, at most, that a worker lives on whose parent was killed


def run_workers(options: Options) -> int:
    """Run the server until it is stopped, and return its exit status.

    Worker N listens on port + N, and the ids of its pages begin with N, as two hex digits. One that ends by itself is
    started again.
    """
    if options.workers == 1:
        _run(options, 0)
        return 0

    def stop(number: int, frame: object) -> NoReturn:  # noqa: ARG001
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    running: dict[int, tuple[int, float]] = {}
    try:
        for number in range(options.workers):
            running[_start(options, number)] = number, time.monotonic()
        while True:
            pid, _ = os.wait()
            if pid not in running:  # in a container, process 1 inherits those whose parents have ended
                continue
            number, began = running.pop(pid)
            if time.monotonic() - began < SOON:
                return 1
            running[_start(options, number)] = number, time.monotonic()
    finally:
        for pid in running:
            os.kill(pid, signal.SIGTERM)
        for pid in running:
            os.waitpid(pid, 0)


def _start(options: Options, number: int) -> int:
    """The process id of a new worker."""
    parent, pid = os.getpid(), os.fork()
    if pid:
        return pid
    status = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
        _run(replace(options, port=options.port + number, open_browser=options.open_browser and not number), number)
        status = 0
    except Exception:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)  # what the parent would do at its end is not the child's


def _end_with(parent: int) -> None:
    """End this process, in good order, once its parent has been killed."""
    while os.getppid() == parent:
        time.sleep(ORPHANED_FOR)
    os.kill(os.getpid(), signal.SIGTERM)


def _run(options: Options, worker: int) -> None:
    config = configuration(options, notebooks() / "app.ipynb")
    ids = PageIds(secrets.token_bytes(KEY_LENGTH), worker, options.unopened)  # one started again knows no earlier ids
    Host.launch_instance([], options=options, ids=ids, config=config)
