"""A login in JupyterHub's place: a host that imports this has it behind `--login jupyterhub`."""

from __future__ import annotations

import os

from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.base.handlers import JupyterHandler
from tornado.web import HTTPError, RequestHandler

LOGIN = "/hub/login"


class CookieLogin(IdentityProvider):
    """Knows everybody who has a cookie `who`, if the handler does not mind how they ask.

    A handler minds unless it says otherwise, as JupyterHub sees to; Jupyter's own would not mind a GET.
    """

    def get_user(self, handler: RequestHandler) -> User | None:
        """The handler is asked about everything that is no navigation and no websocket."""
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


def replace_jupyterhub() -> None:
    """Have a host in this process use this login."""
    from etiquette.host import server

    os.environ["JUPYTERHUB_API_TOKEN"] = "none"
    server.HUB = f"{__name__}.CookieLogin"
    JupyterHandler.check_xsrf_cookie = RequestHandler.check_xsrf_cookie  # type: ignore[method-assign]
