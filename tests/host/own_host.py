"""A host with a notebook of a test's own: `python -m tests.host.own_host NOTEBOOK PORT [OPTIONS AS JSON]`."""

from __future__ import annotations

import json
import os
import secrets
import sys
from pathlib import Path

from etiquette.host import HERE, Options
from etiquette.host.page_ids import KEY_LENGTH, PageIds
from etiquette.host.server import Host, configuration

if __name__ == "__main__":
    os.environ["JUPYTER_PATH"] = str(HERE / "jupyter")
    notebook, port, *more = sys.argv[1:]
    options = Options(port=int(port), open_browser=False, **json.loads(more[0] if more else "{}"))
    ids = PageIds(secrets.token_bytes(KEY_LENGTH), valid_for=options.unopened)
    Host.launch_instance([], options=options, ids=ids, config=configuration(options, Path(notebook)))
