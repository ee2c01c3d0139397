"""Serves the pages to anonymous visitors: Voilà, with all visitors in one process and no request to other hosts."""

from __future__ import annotations

import sys

from etiquette.host.options import CannotServeError, Options, check_options

# Jupyter's server imports jsonschema, and that this, if it is there. It compiles 35 grammars, which takes a second or
# two, for schemas with IRIs in them. There are none here.
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
