"""The secret in the path of the facilitator's page: the same each time that the server is started."""

from __future__ import annotations

import os
import secrets

from platformdirs import user_data_path


def facilitator_secret() -> str:
    """The secret of this user, made when it is first needed and kept where only they can read it.

    Raises:
        OSError: it cannot be kept.
    """
    path = user_data_path("etiquette", appauthor=False) / "facilitator-secret"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        made = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(made, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(24))
    return path.read_text(encoding="ascii")
