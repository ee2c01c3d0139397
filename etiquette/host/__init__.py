"""Serves the pages to anonymous visitors: Voilà, with all visitors in one process and no request to other hosts."""

from __future__ import annotations

from etiquette.host.options import CannotServeError, Options, check_options

__all__ = ["CannotServeError", "Options", "serve"]


def serve(options: Options) -> int:
    """Serve the page until the server is stopped.

    Raises:
        CannotServeError: the options are not possible or not safe; the message says why.
    """
    check_options(options)
    from etiquette.host.workers import run_workers

    return run_workers(options)
