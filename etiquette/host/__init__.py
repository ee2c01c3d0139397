"""Serves the notebooks as pages: Voilà, with a template that keeps every request on this host."""

from __future__ import annotations

import os
from pathlib import Path

from etiquette.files import notebooks
from etiquette.host.options import CannotServeError, Options, check_options, ready_template

__all__ = ["CannotServeError", "Options", "ready_template", "serve"]

HERE = Path(__file__).parent


def serve(options: Options) -> int:
    """Serve the page until it is stopped; raises CannotServeError if that is not possible, or not safe."""
    check_options(options)
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, (str(HERE / "jupyter"), os.environ.get("JUPYTER_PATH"))))
    from etiquette.host.server import Host, configuration

    notebook = notebooks() / ("facilitator.ipynb" if options.facilitator else "app.ipynb")
    Host.launch_instance([], options=options, config=configuration(options, notebook))
    return 0
