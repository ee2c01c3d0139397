"""Serves the pages to anonymous visitors: Voilà, with all visitors in one process and no request to other hosts."""

from __future__ import annotations

import sys

from etiquette.host.options import CannotServeError, Options, check_options

# Jupyter's server imports jsonschema, which imports this if it is there; this compiles 35 grammars, so that each process
# starts a second later. It is for schemas with IRIs in them, of which there are none here.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

__all__ = ["CannotServeError", "Options", "serve"]


def serve(options: Options) -> int:
    """Serve the page until the server is stopped.

    Raises:
        CannotServeError: the options are not possible or not safe; the message says why.
    """
    check_options(options)
    from etiquette.host.workers import run_workers

    return run_workers(options)
