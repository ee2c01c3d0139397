"""The server: Voilà with this project's settings, and only the addresses that the page needs."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import tempfile
import threading
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from jupyter_server.auth.identity import IdentityProvider, User
from markupsafe import Markup
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.web import RedirectHandler, RequestHandler
from traitlets import Instance
from traitlets.config import Config
from voila.app import Voila

from etiquette.files import notebooks
from etiquette.host import handlers
from etiquette.host.announcement import announcement, own_url, public_url
from etiquette.host.bounded_server import BoundedServer
from etiquette.host.facilitator_secret import facilitator_secret
from etiquette.host.guard import LARGEST
from etiquette.host.headers import transforms
from etiquette.host.limits import OWN_FILES, machine_memory, places, raise_open_files
from etiquette.host.options import Options
from etiquette.host.page_ids import PageIds
from etiquette.host.session_manager import PLACEHOLDER, HostedPage, SessionManager
from etiquette.host.warm_up import warm_up
from etiquette.sessions import STATIC, Assets, Notebook, ServerPage, page_html, widget_markup

PAGE_ID = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
HUB = "jupyterhub.singleuser.extension.JupyterHubIdentityProvider"
STOPS = (signal.SIGINT, signal.SIGTERM)
PINGS_EVERY = 10  # seconds; a page that does not answer is detected within 20
HELD = 0.25  # share of memory for data that pages have sent


class AnonymousIdentity(IdentityProvider):
    """Treats everyone as the same anonymous visitor: nobody logs in, and no cookie is set."""

    @property
    def auth_enabled(self) -> bool:
        """False: nobody has to log in."""
        return False

    def get_user(self, handler: RequestHandler) -> User:  # noqa: ARG002
        """The same user for everyone."""
        return User("visitor")


class Host(Voila):
    """Voilà with one process for all visitors, limits, and only the addresses of the pages."""

    options = Instance(Options)
    ids = Instance(PageIds)

    def initialize(self, argv: list[str] | None = None) -> None:
        """Read no configuration files: one that happens to be nearby must not weaken the limits."""
        self.config_file_paths: list[str] = []
        super().initialize(argv)
        for each in STOPS:
            signal.signal(each, signal.SIG_DFL)  # Voilà's own handler stops its loop, which is not running yet
        # By default, tornado accepts bodies of 100 MB and waits an hour for them.
        limits = {"max_body_size": 16_384, "max_header_size": 16_384, "idle_connection_timeout": 75, "body_timeout": 10}
        files = raise_open_files()
        HTTPServer.configure(BoundedServer, most_files=files and files - OWN_FILES, **limits)

    def init_settings(self) -> dict[str, Any]:
        """Voilà's settings and ours."""
        shutil.rmtree(self.connection_dir)  # for kernels, and there are none
        settings = cast("dict[str, Any]", super().init_settings())
        memory = machine_memory()
        most = places(memory, raise_open_files())
        capacity = max(1, min(self.options.visitors or most, most) // self.options.workers)
        held = int(HELD * (memory or 2**30)) // self.options.workers
        self.manager = SessionManager(self.options, capacity, held, self.ids, self._public_url)
        return settings | {
            "session_manager": self.manager,
            "transforms": transforms(self.options.embed),
            "default_handler_class": handlers.MissingHandler,
            "log_function": self._log_answer,
            # A server for this machine alone answers only to local names, as a guard against DNS rebinding.
            "allow_remote_access": self.options.public and not self.options.names,
            "local_hostnames": ["localhost", *self.options.names],
            "websocket_max_message_size": LARGEST,
            "websocket_ping_interval": PINGS_EVERY,
            "websocket_ping_timeout": PINGS_EVERY,
        }

    def init_handlers(self) -> list[Any]:
        """Our addresses, in place of Voilà's files, themes and login. All others return 404."""
        base = self.base_url
        warm_up(self.options.policy)
        pages = self._pages()
        self.manager.pages = [self._render(notebook, learners_url) for _, notebook, learners_url in pages]
        IOLoop.current().add_callback(self._opened)
        found: list[Any] = [(path, handlers.PageHandler, {"number": n}) for n, (path, *_) in enumerate(pages)]
        found += [
            (f"{base}api/kernels/{PAGE_ID}", handlers.SessionHandler),
            (f"{base}api/kernels/{PAGE_ID}/channels", handlers.ChannelHandler),
            (f"{base}voila/api/shutdown/{PAGE_ID}", handlers.GoodbyeHandler),
            (f"{base}healthz", handlers.HealthHandler),
            (f"{base}metrics", handlers.MetricsHandler, {"public": self.options.public_metrics}),
            (f"{base}favicon.ico", handlers.FixedTextHandler, {"text": ""}),
            (f"{base}robots.txt", handlers.FixedTextHandler, {"text": f"User-agent: *\nAllow: {base}$\nDisallow: /\n"}),
        ]
        if base != "/":
            found.append((base.rstrip("/"), RedirectHandler, {"url": base, "permanent": False}))
        if self.options.login:
            found += [(base.rstrip("/") + path, *rest) for path, *rest in self.identity_provider.get_handlers()]
        files = handlers.read_assets(STATIC)
        found.append((f"{base}static/(.+)", handlers.AssetHandler, {"assets": files}))
        return found

    def _pages(self) -> list[tuple[str, Path, str]]:
        """Each page's path and notebook and, for the facilitator's, the relative URL of the learners' page."""
        learners = (self.base_url, Path(self.notebook_path), "")
        if not self.options.workshop:
            return [learners]
        self.facilitator_path = f"{self.base_url}facilitator/{facilitator_secret()}/"
        return [learners, (self.facilitator_path, notebooks() / "facilitator.ipynb", "../../")]

    def _render(self, path: Path, learners_url: str) -> HostedPage:
        """Render a notebook once for all visitors, with its views as they first appear."""
        notebook = Notebook.read(path)
        trial = self.manager.trial(notebook)
        views = [widget_markup(each.widget) if each.widget else Markup() for each in trial.session.shown]
        trial.session.close()
        notes = Markup((handlers.PAGES / "notes.html").read_text(encoding="utf-8"))
        html = page_html(notebook, views, Assets.read(), ServerPage(self.base_url, PLACEHOLDER), notes)
        return HostedPage(str(html), notebook, learners_url)

    async def _opened(self) -> None:
        for each in STOPS:
            signal.signal(each, self._handle_signal_stop)
        self.manager.open()
        if self.options.workshop and not self.ids.worker:
            print(announcement(self.options, self.port, self.facilitator_path, self._public_url()), flush=True)
        else:
            print(f"The practice page: {self.display_url}", flush=True)
        self.log.info("Up to %d visitors at a time", self.manager.visitors.capacity)

    def _public_url(self) -> str:
        """The URL of the learners' page for phones, looked up each time: the machine may change networks."""
        return public_url(self.options, self.port)

    def launch_browser(self) -> None:
        """Open a browser if there is one: in a workshop, on the facilitator's page.

        Its argument is a file that only this user can read: all others could read an address in it.
        """
        with suppress(webbrowser.Error):
            browser = webbrowser.get(self.browser or None)
            url = own_url(self.options, self.port, self.facilitator_path if self.options.workshop else self.base_url)
            descriptor, name = tempfile.mkstemp(suffix=".html")
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(
                    f'<!doctype html><meta http-equiv="refresh" content="0; url={url}"><a href="{url}">{url}</a>'
                )
            threading.Thread(target=browser.open, args=(Path(name).as_uri(),), daemon=True).start()

    def stop(self) -> None:
        """End all sessions."""
        self.manager.close()

    def _log_answer(self, handler: RequestHandler) -> None:
        level = logging.ERROR if handler.get_status() >= 500 and handler.get_status() != 503 else logging.DEBUG
        name, seconds = type(handler).__name__, handler.request.request_time()
        self.log.log(level, "%s %s: %d in %.3f s", handler.request.method, name, handler.get_status(), seconds)


def configuration(options: Options, notebook: Path) -> Config:
    """The options as Voilà's and Jupyter's configuration."""
    config = Config()
    config.Voila.ip = options.listens_on
    config.Voila.port = options.port
    if options.workers > 1:
        config.Voila.port_retries = 0  # the next port is the next worker's
    config.Voila.base_url = options.base_url
    config.Voila.open_browser = options.open_browser
    config.Voila.notebook_path = str(notebook)
    config.Voila.identity_provider_class = HUB if options.login else AnonymousIdentity
    config.Voila.auto_token = bool(options.login)  # JupyterHub's own class provides one, and accepts no other
    level = logging.getLevelNamesMapping()[options.log_level.upper()]
    config.Voila.log_level = level
    config.Voila.logging_config = {"loggers": {"etiquette": {"level": level, "handlers": ["console"]}}}
    config.VoilaConfiguration.template = ""  # the page is not rendered by Voilà
    return config
