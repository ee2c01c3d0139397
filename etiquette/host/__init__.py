"""Serves the pages to anonymous visitors: Voilà, with all visitors in one process and no request to other hosts."""

from __future__ import annotations

import os
from pathlib import Path

from etiquette.host.options import CannotServeError, Options, check_options

__all__ = ["CannotServeError", "Options", "serve"]

HERE = Path(__file__).parent


def serve(options: Options) -> int:
    """Serve the page until the server is stopped.

    Raises:
        CannotServeError: the options are not possible or not safe; the message says why.
    """
    check_options(options)
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, (str(HERE / "jupyter"), os.environ.get("JUPYTER_PATH"))))
    from etiquette.host.workers import run_workers

    return run_workers(options)
