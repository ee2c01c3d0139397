"""The HTTP handlers of the host. An address without a handler here answers 404."""

from __future__ import annotations

import asyncio
import gzip
import mimetypes
import re
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, cast

from jupyter_server.base.handlers import FileFindHandler, JupyterHandler
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from jupyterlab_server.themes_handler import ThemesHandler
from tornado.httputil import HTTPServerRequest
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, RequestHandler, authenticated
from voila.static_file_handler import MultiStaticFileHandler

from etiquette.host.connection import PROTOCOL
from etiquette.host.kernels import Kernels
from etiquette.host.metrics import CONTENT_TYPE
from etiquette.host.origin import from_here
from etiquette.host.visitors import Visitor, Why

PAGES = Path(__file__).parent / "pages"
MOST_SESSIONS = 3  # of one kernel: a page has one, for as long as it is there
MOST_SOCKETS = 20  # of one kernel, those too that were replaced and whose other end has not yet said that it knows
TRY_AGAIN = 10  # seconds
SESSION = re.compile(r"[\w-]{8,64}", re.ASCII)
# Those who fetch a page to index it or to show a card of it in a chat; they say so in their name.
MACHINE = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|preview|facebookexternalhit|^WhatsApp/|embedly|pinterest|vkShare|W3C_|^curl/|^wget/",
    re.IGNORECASE,
)


class PlainHandler(RequestHandler):
    """Says what went wrong in one plain sentence, and logs it without a word about who asked."""

    @property
    def log(self) -> Any:
        """Where Jupyter's own lines go, which name kernels and say where requests come from."""
        return self.settings["kernel_manager"].log

    def get_template_path(self) -> str:
        """Where the pages are that are not the page."""
        return str(PAGES)

    def write_error(self, status_code: int, **_: Any) -> None:
        """One page for all errors."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.render("trouble.html", status=status_code)

    def log_exception(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """Log what is the host's own fault."""
        if not isinstance(value, HTTPError | StreamClosedError) and typ and value:
            self.log.error("%s failed", type(self).__name__, exc_info=(typ, value, tb))

    def compute_etag(self) -> str | None:
        """No two answers are known to be the same."""
        return None


class MissingHandler(PlainHandler):
    """Answers 404 for every other address."""

    def prepare(self) -> None:
        """Say so, however it was asked for."""
        raise HTTPError(404)

    def check_xsrf_cookie(self) -> None:
        """Nothing is changed here."""


class HostHandler(PlainHandler, JupyterHandler):
    """A handler of the host's own, behind Jupyter's checks: who asks, and of which host."""

    @property
    def kernels(self) -> Kernels:
        """The host's kernels and their visitors."""
        return cast("Kernels", self.settings["kernel_manager"])


class PageHandler(HostHandler):
    """The page, with a kernel of its own for each visitor while there is room."""

    visitor: Visitor | None = None
    gone = False

    @authenticated
    async def head(self) -> None:
        """Answer for the page without starting a kernel."""
        self._say_what_it_is()

    @authenticated
    async def get(self) -> None:
        """The page, or a place in the queue."""
        self._say_what_it_is()
        if _prefetched(self.request):
            raise HTTPError(503)
        if MACHINE.search(self.request.headers.get("User-Agent", "")):
            self.render("link_preview.html")
            return
        self.visitor = visitor = self.kernels.arrive()
        if visitor is None:
            self.set_status(503)
            self.set_header("Retry-After", str(TRY_AGAIN))
            self.render("full.html", seconds=TRY_AGAIN)
            return
        before = self.kernels.before
        if before:
            self.write(before)
            self.flush()
        try:
            page = await self.kernels.take()
        except Exception:
            self.kernels.give_up(visitor)
            if not before:
                raise HTTPError(500) from None
            self.finish(self.render_string("broken_off.html"))
            return
        self.kernels.assign(visitor, page.kernel)
        if self.gone:
            await self.kernels.depart(page.kernel, Why.CLOSED)
            return
        self.write(page.after if before else page.before + page.after)

    def _say_what_it_is(self) -> None:
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")

    def on_connection_close(self) -> None:
        """They went before the page was there."""
        self.gone = True
        if self.visitor and self.visitor.kernel:
            self.kernels.depart_soon(self.visitor.kernel, Why.CLOSED)


class KernelHandler(HostHandler):
    """Tells a page that lost its connection whether its kernel is still there."""

    @authenticated
    def get(self, kernel_id: str) -> None:
        """Its id and its kind, as JupyterLab's front end wants them, or 404."""
        if kernel_id not in self.kernels.visitors:
            raise HTTPError(404)
        self.set_header("Cache-Control", "no-store")
        self.finish({"id": kernel_id, "name": "python3"})


class GoodbyeHandler(HostHandler):
    """A page says goodbye when its tab is closed.

    Voilà asks for a cookie here that its page was never given. The kernel's id is known to its page alone; that, and
    that the request comes from a page of this host, is what it takes to end it.
    """

    def check_xsrf_cookie(self) -> None:
        """See above."""

    @authenticated
    async def post(self, kernel_id: str) -> None:
        """End the kernel."""
        if not self.get_origin() or not self.check_origin():
            raise HTTPError(403)
        if not await self.kernels.depart(kernel_id, Why.CLOSED):
            raise HTTPError(404)
        self.set_status(204)


class ChannelHandler(PlainHandler, KernelWebsocketHandler):
    """The websocket between a page and its kernel."""

    connection: Any = None

    async def get(self, kernel_id: str) -> None:
        """Open it, if it is to a visitor's own kernel, comes from a page of this host, and speaks the protocol."""
        headers = self.request.headers
        kernels: Kernels = self.settings["kernel_manager"]
        if kernel_id not in kernels.visitors:
            raise HTTPError(404)
        if not self.check_origin():
            raise HTTPError(403)
        upgrade = (headers.get("Upgrade", "").lower(), headers.get("Sec-WebSocket-Version"))
        protocols = {name.strip() for name in headers.get("Sec-WebSocket-Protocol", "").split(",")}
        if upgrade != ("websocket", "13") or not headers.get("Sec-WebSocket-Key") or PROTOCOL not in protocols:
            raise HTTPError(400)
        session = self.get_argument("session_id", "")
        if not SESSION.fullmatch(session):
            raise HTTPError(400)
        if len({session} | kernels.sessions(kernel_id)) > MOST_SESSIONS:
            raise HTTPError(429)
        if kernels.visitors.sockets(kernel_id) >= MOST_SOCKETS:
            raise HTTPError(429)
        await cast("Awaitable[None]", super().get(kernel_id=kernel_id))  # type: ignore[no-untyped-call]

    def write_message(self, message: Any, binary: bool = False) -> Any:
        """Send something to a page that may be about to go: then nobody is to be told."""
        sent = super().write_message(message, binary)
        sent.add_done_callback(_acknowledged)
        return sent

    def on_close(self) -> None:
        """It is closed, perhaps before it was quite open."""
        if self.connection:
            super().on_close()  # type: ignore[no-untyped-call]


class HealthHandler(PlainHandler):
    """For monitoring: whether the host is up, and how many visitors it has."""

    def get(self) -> None:
        """As JSON."""
        visitors = self.settings["kernel_manager"].visitors
        self.set_header("Cache-Control", "no-store")
        self.finish({"visitors": len(visitors), "capacity": visitors.capacity})


class MetricsHandler(HostHandler):
    """The metrics, for Prometheus."""

    def initialize(self, public: bool) -> None:
        """Set whether anybody may see them, or only requests from this machine."""
        self.public = public

    @authenticated
    def get(self) -> None:
        """In Prometheus' text format."""
        if not (self.public or from_here(self.request.remote_ip, self.request.headers)):
            raise HTTPError(404)
        self.set_header("Content-Type", CONTENT_TYPE)
        self.finish(self.kernels.metrics.text())


class FixedTextHandler(PlainHandler):
    """A fixed text, for what browsers and robots request unasked, such as `robots.txt`."""

    def initialize(self, text: str) -> None:
        """What there is to say to it, if anything."""
        self.text = text

    def get(self) -> None:
        """Say that, and that it need not be asked again today."""
        self.set_header("Cache-Control", "public, max-age=86400")
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.set_status(200 if self.text else 204)
        self.finish(self.text or None)

    head = get


@dataclass(frozen=True)
class Asset:
    """One of the lean page's own files."""

    kind: str
    plain: bytes
    packed: bytes


def read_assets(folder: Path) -> dict[str, Asset]:
    """All of them, compressed once, by the path that they are asked for by."""
    found = {}
    for file in folder.rglob("*"):
        if file.is_file():
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            plain = file.read_bytes()
            found[file.relative_to(folder).as_posix()] = Asset(kind, plain, gzip.compress(plain, mtime=0))
    return found


class AssetHandler(PlainHandler):
    """The lean page's own files. No path is looked up: what was not read when the server started does not exist."""

    def initialize(self, assets: Mapping[str, Asset]) -> None:
        """The files."""
        self.assets = assets

    def get(self, name: str) -> None:
        """One of them."""
        asset = self.assets.get(name)
        if asset is None:
            raise HTTPError(404)
        self.set_header("Content-Type", asset.kind)
        self.set_header("Vary", "Accept-Encoding")
        packed = "gzip" in self.request.headers.get("Accept-Encoding", "") and len(asset.packed) < len(asset.plain)
        if packed:
            self.set_header("Content-Encoding", "gzip")
        self.finish(asset.packed if packed else asset.plain)

    head = get


class LabAssetHandler(PlainHandler, MultiStaticFileHandler):
    """The files of Voilà's front end and templates."""


class LabExtensionHandler(PlainHandler, FileFindHandler):
    """The files of JupyterLab's extensions that the page needs."""


class LabThemeHandler(PlainHandler, ThemesHandler):
    """JupyterLab's themes."""


def _acknowledged(sent: asyncio.Future[None]) -> None:
    """Collect the outcome once the message was sent or lost; asyncio warns of an exception that nobody collects."""
    if not sent.cancelled():
        sent.exception()


def _prefetched(request: HTTPServerRequest) -> bool:
    """Whether a browser fetches it in advance: perhaps nobody will ever look at it."""
    purposes = (request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    return any("prefetch" in purpose.lower() for purpose in purposes)
