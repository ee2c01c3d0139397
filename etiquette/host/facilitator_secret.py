"""The secret in the path of the facilitator's page: the same each time that the server is started."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from platformdirs import user_data_path


def facilitator_secret() -> str:
    """The secret of this user, made when it is first needed and kept where only they can read it.

    The first of several processes makes it for all. It is written before it has its name, so that none of them, and no
    server after a full disk, ever takes a part of it for the whole.

    Raises:
        OSError: it cannot be kept.
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
