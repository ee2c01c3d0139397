"""Runs the server in one process or, with `--workers`, in several, each on a port of its own."""

from __future__ import annotations

import os
import secrets
import signal
import sys
import time
from dataclasses import replace
from typing import NoReturn

from etiquette.files import notebooks
from etiquette.host.options import Options
from etiquette.host.page_ids import KEY_LENGTH, PageIds
from etiquette.host.server import Host, configuration

AGAIN_AFTER = 1.0  # seconds, when a worker has ended by itself


def run_workers(options: Options) -> int:
    """Run the server until it is stopped. Worker N listens on port + N; the ids of its pages begin with N, in hex."""
    key = secrets.token_bytes(KEY_LENGTH)
    if options.workers == 1:
        _run(options, key, 0)
        return 0
    running = {_start(options, key, number): number for number in range(options.workers)}

    def stop(number: int, frame: object) -> NoReturn:  # noqa: ARG001
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        while True:
            pid, _ = os.wait()
            number = running.pop(pid)
            time.sleep(AGAIN_AFTER)
            running[_start(options, key, number)] = number
    finally:
        for pid in running:
            os.kill(pid, signal.SIGTERM)
        for pid in running:
            os.waitpid(pid, 0)


def _start(options: Options, key: bytes, number: int) -> int:
    """The process id of a new worker."""
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        _run(replace(options, port=options.port + number, open_browser=options.open_browser and not number), key, number)
        sys.exit(0)
    return pid


def _run(options: Options, key: bytes, worker: int) -> None:
    config = configuration(options, notebooks() / "app.ipynb")
    Host.launch_instance([], options=options, ids=PageIds(key, worker, options.unopened), config=config)
