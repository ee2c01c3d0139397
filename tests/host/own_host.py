"""A host with a notebook of a test's own: `python -m tests.host.own_host NOTEBOOK PORT [OPTIONS AS JSON]`."""

from __future__ import annotations

import json
import os
import secrets
import sys
from pathlib import Path

from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.base.handlers import JupyterHandler
from tornado.web import HTTPError, RequestHandler

from etiquette.host import HERE, Options
from etiquette.host.page_ids import KEY_LENGTH, PageIds
from etiquette.host.server import Host, configuration

LOGIN = "/hub/login"


class CookieLogin(IdentityProvider):
    """In JupyterHub's place: knows whoever has a cookie `who`, if the handler does not mind how they ask.

    A handler minds unless it says otherwise, as JupyterHub sees to: Jupyter's own would not mind a GET.
    """

    def get_user(self, handler: RequestHandler) -> User | None:
        """A handler is asked about whatever is no navigation and no websocket."""
        handler.get_login_url = lambda: LOGIN  # type: ignore[method-assign]
        who = handler.get_cookie("who")
        if handler.request.headers.get("Sec-Fetch-Mode", "navigate") not in ("navigate", "websocket"):
            try:
                handler.check_xsrf_cookie()
            except HTTPError:
                return None
        return User(who) if who else None

    def get_handlers(self) -> list[tuple[str, object]]:
        """None."""
        return []


if __name__ == "__main__":
    os.environ["JUPYTER_PATH"] = str(HERE / "jupyter")
    notebook, port, *more = sys.argv[1:]
    options = Options(port=int(port), open_browser=False, **json.loads(more[0] if more else "{}"))
    ids = PageIds(secrets.token_bytes(KEY_LENGTH), valid_for=options.unopened)
    config = configuration(options, Path(notebook))
    if options.login:
        config.Voila.identity_provider_class = CookieLogin
        JupyterHandler.check_xsrf_cookie = RequestHandler.check_xsrf_cookie  # type: ignore[method-assign]
    Host.launch_instance([], options=options, ids=ids, config=config)
