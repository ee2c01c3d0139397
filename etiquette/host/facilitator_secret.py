"""The secret in the path of the facilitator's page, which stays the same when the server is restarted."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from platformdirs import user_data_path


def facilitator_secret() -> str:
    """This user's secret, created on first use and stored in a file that only they can read.

    If several processes start at once, the first one creates it for all. The file is written completely before it gets
    its final name, so that no process reads a partial secret, even if the disk was full.

    Raises:
        OSError: the secret cannot be stored.
    """
    path = user_data_path("etiquette", appauthor=False) / "facilitator-secret"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        descriptor, written = tempfile.mkstemp(dir=path.parent)  # which only this user can read
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(24))
            with suppress(FileExistsError):
                os.link(written, path)
        finally:
            Path(written).unlink()
    return path.read_text(encoding="ascii")
