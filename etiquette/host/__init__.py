"""Serves the notebooks as pages: Voilà, with a template that keeps every request on this host."""

from __future__ import annotations

import os
from pathlib import Path

from etiquette.lessons import notebooks

HERE = Path(__file__).parent


def serve(port: int = 8866, *, open_browser: bool = True) -> int:
    """Serve the page until it is stopped, on this machine only."""
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, (str(HERE / "jupyter"), os.environ.get("JUPYTER_PATH"))))
    from voila.app import Voila

    arguments = [
        str(notebooks() / "app.ipynb"),
        "--Voila.ip=127.0.0.1",
        f"--port={port}",
        "--template=etiquette",
        "--Voila.kernel_websocket_connection_class=etiquette.host.connection.PromptConnection",
    ]
    Voila.launch_instance(arguments if open_browser else [*arguments, "--no-browser"])
    return 0
