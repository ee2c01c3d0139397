"""A host with a notebook of a test's own: `python -m tests.host.own_host NOTEBOOK PORT`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from etiquette.host import HERE, Options
from etiquette.host.server import Host, configuration

if __name__ == "__main__":
    os.environ["JUPYTER_PATH"] = str(HERE / "jupyter")
    options = Options(port=int(sys.argv[2]), pool=1, open_browser=False)
    Host.launch_instance([], options=options, config=configuration(options, Path(sys.argv[1])))
