"""The server: Voilà itself, with the project's settings and no more addresses than the page needs."""

from __future__ import annotations

import logging
import shutil
import signal
import sys
from pathlib import Path
from typing import Any, cast

from jupyter_events import EventLogger
from jupyter_server.auth.identity import IdentityProvider, User
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.web import RedirectHandler, RequestHandler
from traitlets import Instance
from traitlets.config import Config
from voila.app import Voila
from voila.utils import get_voila_labextensions_path

from etiquette.host import handlers
from etiquette.host.connection import GuardedConnection
from etiquette.host.guard import ALLOWED, LARGEST
from etiquette.host.headers import transforms
from etiquette.host.kernels import Kernels
from etiquette.host.options import TEMPLATES, UNKNOWN, Options, forking, machine_memory, per_visitor, places

KERNEL = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
EXTENSIONS = ["anywidget", "@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8"]
HUB = "jupyterhub.singleuser.extension.JupyterHubIdentityProvider"
STOPS_WITHIN = 8.0  # seconds, whatever its kernels do
PINGS_EVERY = 10_000  # milliseconds; a page that has not answered for three of them is not there
PRELOAD = ("etiquette.views.page", "etiquette.stories:library")
PRELOAD_FOR_ROOMS = ("etiquette.views.room", "etiquette.room.store")


class AnonymousIdentity(IdentityProvider):
    """Everyone is the same anonymous visitor: nobody logs in, and no cookie is set."""

    @property
    def auth_enabled(self) -> bool:
        """False: nobody is asked who they are."""
        return False

    def get_user(self, handler: RequestHandler) -> User:  # noqa: ARG002
        """The same for everyone."""
        return User("visitor")


class Host(Voila):
    """Voilà, bounded, and closed but for one page."""

    options = Instance(Options)
    event_logger = Instance(EventLogger, ())  # one for all kernels: else each makes one, which is never forgotten

    @property
    def capacity(self) -> int:
        """How many visitors there is room for: as many as were asked for, or as the machine's memory holds."""
        if self.options.visitors is not None:
            return self.options.visitors
        memory = machine_memory()
        return places(memory, per_visitor(rooms=self.options.rooms)) if memory else UNKNOWN

    def initialize(self, argv: list[str] | None = None) -> None:
        """Read no configuration but ours: what a file nearby says cannot open what we closed."""
        self.config_file_paths: list[str] = []
        super().initialize(argv)
        signal.signal(signal.SIGINT, self._handle_signal_stop)
        # Voilà leaves these to tornado, which keeps 100 MB of whatever it is sent and waits an hour for the rest.
        limits = {"max_body_size": 16_384, "max_header_size": 16_384, "idle_connection_timeout": 75, "body_timeout": 10}
        HTTPServer.configure(None, **limits)

    def init_settings(self) -> dict[str, Any]:
        """Voilà's settings, and ours."""
        self._warm = self._warm_parent()
        self._relay = self._relay_of_rooms()
        settings = cast("dict[str, Any]", super().init_settings())
        self.kernel_manager.allowed_message_types = sorted(ALLOWED)
        IOLoop.current().add_callback(self.kernel_manager.open)
        self.log.info("There is room for %d visitors at once", self.capacity)
        return settings | {
            "transforms": transforms(self.options.template, self.options.embed),
            "default_handler_class": handlers.MissingHandler,
            "log_function": self._log_answer,
            # Who listens on this machine alone answers only to its own names, or any page could ask in its name.
            "allow_remote_access": self.options.public and not self.options.names,
            "local_hostnames": ["localhost", *self.options.names],
            "websocket_max_message_size": LARGEST,
            "websocket_compression_options": {"compression_level": 3, "mem_level": 5},
            "ws_ping_interval": PINGS_EVERY,
            "ws_ping_timeout": 3 * PINGS_EVERY,
        }

    def init_handlers(self) -> list[Any]:
        """What there is; everything else is 404. Voilà's own list has files, themes, a login and more."""
        base = self.base_url
        found: list[Any] = [
            (base, handlers.PageHandler),
            (f"{base}api/kernels/{KERNEL}", handlers.KernelHandler),
            (f"{base}api/kernels/{KERNEL}/channels", handlers.ChannelHandler),
            (f"{base}voila/api/shutdown/{KERNEL}", handlers.GoodbyeHandler),
            (f"{base}healthz", handlers.HealthHandler),
            (f"{base}metrics", handlers.MetricsHandler, {"public": self.options.public_metrics}),
            (f"{base}favicon.ico", handlers.FixedTextHandler, {"text": ""}),
            (f"{base}robots.txt", handlers.FixedTextHandler, {"text": f"User-agent: *\nAllow: {base}$\nDisallow: /\n"}),
        ]
        if base != "/":
            found.append((base.rstrip("/"), RedirectHandler, {"url": base, "permanent": False}))
        if self.options.login:
            found += [(base.rstrip("/") + path, *rest) for path, *rest in self.identity_provider.get_handlers()]
        return found + (self._lab_files() if self.options.template == "lab" else self._lean_files())

    def _lean_files(self) -> list[Any]:
        assets = handlers.read_assets(TEMPLATES / "etiquette-lean" / "static")
        return [
            (f"{self.base_url}voila/templates/etiquette-lean/static/(.+)", handlers.AssetHandler, {"assets": assets})
        ]

    def _lab_files(self) -> list[Any]:
        base = self.base_url
        extensions = get_voila_labextensions_path([])
        themes = {
            "themes_url": "/voila/api/themes",
            "path": self.themes_dir,
            "labextensions_path": extensions,
            "no_cache_paths": ["/"],
        }
        return [
            (
                f"{base}voila/templates/etiquette-lab/static/(.+)",
                handlers.LabAssetHandler,
                {"paths": self.static_paths},
            ),
            (f"{base}voila/static/(.+)", handlers.LabAssetHandler, {"paths": self.static_paths}),
            (
                f"{base}voila/labextensions/(.+)",
                handlers.LabExtensionHandler,
                {"path": extensions, "no_cache_paths": ["/"]},
            ),
            (f"{base}voila/api/themes/(.+)", handlers.LabThemeHandler, themes),
        ]

    def stop(self) -> None:
        """Leave nothing behind: kernels first, all at once, then their sockets' directory."""
        try:
            self.ioloop.run_sync(self.kernel_manager.close, timeout=STOPS_WITHIN)
        except TimeoutError:
            self.log.warning("Not all kernels ended in time; they end with this process")
        finally:
            if self._relay:
                self._relay.stop()
            if self._warm:
                self._warm.stop()
            shutil.rmtree(self.connection_dir, ignore_errors=True)

    @property
    def for_kernels(self) -> dict[str, str]:
        """What the kernels are told, as environment variables."""
        return self.options.for_kernels | ({"ETIQUETTE_PULSES": str(self._relay.path)} if self._relay else {})

    def _relay_of_rooms(self) -> Any:
        if not self.options.store.startswith("postgres"):
            return None
        from etiquette.room.store import Relay

        folder = self._warm.folder if self._warm else Path(self.connection_dir)  # which go when this process has gone
        relay = Relay(self.options.store, folder / "pulses.json")
        relay.start()
        return relay

    def _warm_parent(self) -> Any:
        if not forking():
            self.log.info("Kernels are started one by one: there is no forking them here")
            return None
        from etiquette.host.forking import WarmParent

        warm = WarmParent()
        warm.start(PRELOAD + (PRELOAD_FOR_ROOMS if self.options.rooms else ()))
        return warm

    def _log_answer(self, handler: RequestHandler) -> None:
        level = logging.ERROR if handler.get_status() >= 500 and handler.get_status() != 503 else logging.DEBUG
        name, seconds = type(handler).__name__, handler.request.request_time()
        self.log.log(level, "%s %s: %d in %.3f s", handler.request.method, name, handler.get_status(), seconds)


def configuration(options: Options, notebook: Path) -> Config:
    """The options in the words of Voilà and Jupyter."""
    config = Config()
    config.Voila.ip = options.ip
    config.Voila.port = options.port
    config.Voila.base_url = options.base_url
    config.Voila.open_browser = options.open_browser
    config.Voila.notebook_path = str(notebook)
    config.Voila.identity_provider_class = HUB if options.login else AnonymousIdentity
    config.Voila.auto_token = bool(options.login)  # JupyterHub's own class brings one, and takes no other
    config.Voila.kernel_websocket_connection_class = GuardedConnection
    config.VoilaConfiguration.template = f"etiquette-{options.template}"
    config.VoilaConfiguration.multi_kernel_manager_class = Kernels
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.extension_allowlist = EXTENSIONS
    config.VoilaConfiguration.resources = _resources(options, notebook)
    config.VoilaExecutor.store_widget_state = False  # the page asks the kernel for it
    config.VoilaExecutor.cell_error_instruction = "The host's log says more."
    config.MappingKernelManager.kernel_info_timeout = 20  # seconds; for as long, what has left is remembered
    config.KernelManager.client_class = "etiquette.host.kernels.Listener"
    config.KernelManager.autorestart = False  # a kernel that starts again has forgotten its page
    config.KernelManager.transport = "ipc" if sys.platform == "linux" else "tcp"  # elsewhere, the paths are too long
    config.KernelProvisionerFactory.default_provisioner_name = "etiquette-forking" if forking() else "local-provisioner"
    return config


def _resources(options: Options, notebook: Path) -> dict[str, Any]:
    if options.template != "lean":
        return {}
    from etiquette.host.assets import assets
    from etiquette.host.prerender import prerender

    return {"assets": assets(), "first_sight": prerender(notebook)}
