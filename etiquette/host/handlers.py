"""The HTTP handlers of the host. Addresses without a handler return 404."""

from __future__ import annotations

import asyncio
import gzip
import logging
import mimetypes
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, cast

from jupyter_core.utils import ensure_async
from jupyter_server.auth.decorator import ws_authenticated
from jupyter_server.base.handlers import JupyterHandler
from tornado.httputil import HTTPServerRequest
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, RequestHandler, authenticated
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from etiquette.host.guard import Refusal, RefusedError
from etiquette.host.hosted_session import HostedSession
from etiquette.host.metrics import CONTENT_TYPE
from etiquette.host.origin import client_address, from_here, is_loopback
from etiquette.host.session_manager import PLACEHOLDER, SessionManager
from etiquette.host.visitors import FullError, Why
from etiquette.sessions import PROTOCOL

log = logging.getLogger("etiquette")

PAGES = Path(__file__).parent / "pages"
MOST_TABS = 3  # different `session_id`s on one session; a page keeps its own for as long as it is open
MOST_SOCKETS = 20  # on one session, including replaced ones that have not timed out yet
MOST_UNREAD = 10_000_000  # bytes in transit to a page, above which it is disconnected
TRY_AGAIN = 10  # seconds
POLICY_VIOLATION = 1008
TAB = re.compile(r"[\w-]{8,64}", re.ASCII)
HASHED = re.compile(r"-[0-9A-Za-z]{8,}\.(js|css)$")  # as esbuild names a file by its content: `page-5D2K8QWX.js`
# User agents that index pages or show a preview of them in a chat.
MACHINE = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|preview|facebookexternalhit|^WhatsApp/|embedly|pinterest|vkShare|W3C_|^curl/|^wget/",
    re.IGNORECASE,
)


class PlainHandler(RequestHandler):
    """Shows errors as one plain sentence, and logs them without saying who made the request."""

    def get_template_path(self) -> str:
        """The folder of the small pages: errors, full, link preview."""
        return str(PAGES)

    def write_error(self, status_code: int, **_: Any) -> None:
        """The same page for all errors."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.render("trouble.html", status=status_code)

    def log_exception(self, *raised: Any) -> None:
        """Log the host's own errors, not those caused by a request."""
        if not isinstance(raised[1], HTTPError | StreamClosedError):
            log.error("%s failed", type(self).__name__, exc_info=raised)

    def compute_etag(self) -> str | None:
        """Send no ETag: nothing here is worth revalidating."""
        return None


class MissingHandler(PlainHandler):
    """Returns 404 for every other address."""

    def prepare(self) -> None:
        """Answer every method with 404."""
        raise HTTPError(404)

    def check_xsrf_cookie(self) -> None:
        """Accept any request: nothing is changed here."""


class HostHandler(PlainHandler, JupyterHandler):
    """A handler that applies Jupyter's checks of the Host header and of the login."""

    @property
    def manager(self) -> SessionManager:
        """The manager of all sessions in this process."""
        return cast("SessionManager", self.settings["session_manager"])

    @property
    def client(self) -> str:
        """The client's address; empty if it is this machine, where a proxy may be forwarding for many clients."""
        address = client_address(self.request.remote_ip, self.request.headers)
        return "" if is_loopback(address) else address


class PageHandler(HostHandler):
    """A page, rendered beforehand. Its session is created when the page opens its websocket."""

    def initialize(self, number: int) -> None:
        """`number` is the position of the page in the manager's `pages`."""
        self.number = number

    @authenticated
    def get(self) -> None:
        """The page, or a page saying that the host is full."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        if _prefetched(self.request):
            raise HTTPError(503)
        if MACHINE.search(self.request.headers.get("User-Agent", "")):
            self.render("link_preview.html")
            return
        visitors = self.manager.visitors
        if visitors.full or visitors.crowded(self.client):
            self.manager.metrics.refused.inc()
            self.set_status(503)
            self.set_header("Retry-After", str(TRY_AGAIN))
            self.render("full.html", seconds=TRY_AGAIN)
            return
        page_id = self.manager.ids.new(self.number, time.time())
        self.finish(self.manager.pages[self.number].html.replace(PLACEHOLDER, page_id))

    head = get


class ScriptHandler(HostHandler):
    """A handler for the page's script, which has neither an XSRF cookie nor a token of JupyterHub's own pages."""

    def check_xsrf_cookie(self) -> None:
        """Accept any request that names the session's id, which only its page knows."""


class SessionHandler(ScriptHandler):
    """Tells a page that lost its connection whether its session still exists."""

    @authenticated
    def get(self, page_id: str) -> None:
        """The session as JSON, in the form of Jupyter's kernels API; 404 if it has ended, 503 if the host is full."""
        here = self.manager.visitors.get(page_id) is not None
        if not here and self.manager.page_of(page_id) is None:
            raise HTTPError(404)
        if not here and self.manager.visitors.full:
            raise HTTPError(503)
        self.set_header("Cache-Control", "no-store")
        self.finish({"id": page_id, "name": "python3"})


class GoodbyeHandler(ScriptHandler):
    """Ends a session when its page reports that its tab was closed."""

    @authenticated
    def post(self, page_id: str) -> None:
        """End the session."""
        if not self.get_origin() or not self.check_origin():
            raise HTTPError(403)
        unopened = self.manager.page_of(page_id) is not None
        if unopened:
            self.manager.ids.spend(page_id, time.time())
        if not self.manager.depart(page_id, Why.CLOSED) and not unopened:
            raise HTTPError(404)
        self.set_status(204)


class ChannelHandler(HostHandler, WebSocketHandler):
    """The websocket between a page and its session. The first one creates the session; later ones find it."""

    hosted: HostedSession | None = None
    _unread = 0  # bytes in transit

    def set_default_headers(self) -> None:
        """Set none: `headers` adds them to every response."""

    async def prepare(self, **_: Any) -> None:
        """Check who makes the request, without redirecting to a login."""
        await super().prepare(_redirect_to_login=False)

    def get_compression_options(self) -> dict[str, Any]:
        """Compress messages, with little memory for each socket."""
        return {"compression_level": 3, "mem_level": 5}

    def select_subprotocol(self, subprotocols: list[str]) -> str | None:
        """Jupyter's binary protocol, the only one that is supported."""
        return PROTOCOL if PROTOCOL in subprotocols else None

    @ws_authenticated
    async def get(self, page_id: str) -> None:
        """Accept the websocket of a page of this host that names a valid id and speaks the protocol."""
        headers = self.request.headers
        visitor = self.manager.visitors.get(page_id)
        if visitor is None and self.manager.page_of(page_id) is None:
            raise HTTPError(404)
        if not self.check_origin():
            raise HTTPError(403)
        if not await ensure_async(self.authorizer.is_authorized(self, self.current_user, "execute", "kernels")):
            raise HTTPError(403)
        upgrade = (headers.get("Upgrade", "").lower(), headers.get("Sec-WebSocket-Version"))
        protocols = {name.strip() for name in headers.get("Sec-WebSocket-Protocol", "").split(",")}
        if upgrade != ("websocket", "13") or not headers.get("Sec-WebSocket-Key") or PROTOCOL not in protocols:
            raise HTTPError(400)
        self.tab = self.get_argument("session_id", "")
        if not TAB.fullmatch(self.tab):
            raise HTTPError(400)
        sockets = cast("set[ChannelHandler]", visitor.sockets if visitor else set())
        if len(sockets) >= MOST_SOCKETS or len({self.tab} | {each.tab for each in sockets}) > MOST_TABS:
            raise HTTPError(429)
        try:
            self.hosted = self.manager.arrive(page_id, self.client)
        except FullError:
            self.manager.metrics.refused.inc()
            raise HTTPError(503) from None
        await super().get(page_id)

    def open(self, page_id: str) -> None:  # noqa: ARG002
        """Turn off Nagle's algorithm, and join the session.

        A click is answered by several small messages. With Nagle's algorithm, the second would wait until the browser
        has acknowledged the first, which can take 40 ms.
        """
        self.set_nodelay(True)
        if self.hosted is not None:
            self.manager.visitors.connect(self.hosted.visitor, self, time.monotonic())

    async def on_message(self, message: str | bytes) -> None:
        """Handle one message; the next is read in another turn of the loop, so that all pages get their turn.

        A session that has used too much CPU waits before its message is handled, on all its websockets.
        """
        hosted = self.hosted
        while hosted is not None and (pause := hosted.pause()) > 0:
            await asyncio.sleep(pause)
        if hosted is None or self.ws_connection is None or self.ws_connection.is_closing():
            return
        began, used = time.perf_counter(), time.thread_time()
        try:
            checked = hosted.guard.check(message, time.monotonic())
        except RefusedError as refused:
            self.manager.metrics.messages_refused.labels(refused.why).inc()
            if refused.why is Refusal.TOO_MANY:
                self.close(POLICY_VIOLATION, "Too many messages")
            return
        self.manager.said = hosted.visitor.heard = time.monotonic()
        hosted.session.receive(checked)
        if checked.kind == "comm_msg":
            self.manager.metrics.click_seconds.observe(time.perf_counter() - began)
        hosted.charge(time.thread_time() - used)
        await asyncio.sleep(0)

    def send(self, raw: bytes) -> None:
        """Send a message, unless the page has gone. A page that does not read is disconnected; it can reconnect."""
        if self._unread > MOST_UNREAD:
            self.close(POLICY_VIOLATION, "Too many unread messages")
            return
        with suppress(WebSocketClosedError):
            sent = self.write_message(raw, binary=True)
            self._unread += len(raw)
            sent.add_done_callback(partial(self._acknowledge, len(raw)))

    def _acknowledge(self, size: int, sent: asyncio.Future[None]) -> None:
        """Count a message as sent or lost, and retrieve its exception, which asyncio would warn about otherwise."""
        self._unread -= size
        if not sent.cancelled():
            sent.exception()

    def on_close(self) -> None:
        """Leave the session; the socket may never have been fully open."""
        if self.hosted is not None:
            self.manager.visitors.disconnect(self.hosted.visitor, self, time.monotonic())


class HealthHandler(PlainHandler):
    """For monitoring: the number of visitors and the capacity."""

    def get(self) -> None:
        """Both numbers as JSON."""
        visitors = cast("SessionManager", self.settings["session_manager"]).visitors
        self.set_header("Cache-Control", "no-store")
        self.finish({"visitors": len(visitors), "capacity": visitors.capacity})


class MetricsHandler(HostHandler):
    """The metrics, for Prometheus."""

    def initialize(self, public: bool) -> None:
        """`public` lets any client read them, not only this machine."""
        self.public = public

    @authenticated
    def get(self) -> None:
        """The metrics in Prometheus' text format."""
        if not (self.public or from_here(self.request.remote_ip, self.request.headers)):
            raise HTTPError(404)
        self.set_header("Content-Type", CONTENT_TYPE)
        self.finish(self.manager.metrics.text())


class FixedTextHandler(PlainHandler):
    """A fixed text, for files that browsers and robots request by themselves, such as `robots.txt`."""

    def initialize(self, text: str) -> None:
        """`text` may be empty."""
        self.text = text

    def get(self) -> None:
        """The text, cached for a day."""
        self.set_header("Cache-Control", "public, max-age=86400")
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.set_status(200 if self.text else 204)
        self.finish(self.text or None)

    head = get


def read_assets(folder: Path) -> dict[str, bytes]:
    """All files in this folder by relative path, compressed."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): gzip.compress(file.read_bytes(), mtime=0) for file in files}


class AssetHandler(PlainHandler):
    """The page's static files. They are read at startup; requests never touch the file system."""

    def initialize(self, assets: Mapping[str, bytes]) -> None:
        """`assets` are the compressed files by relative path."""
        self.assets = assets

    def get(self, name: str) -> None:
        """The file, compressed if the browser accepts gzip."""
        packed = self.assets.get(name)
        if packed is None:
            raise HTTPError(404)
        self.set_header("Content-Type", mimetypes.guess_type(name)[0] or "application/octet-stream")
        self.set_header("Vary", "Accept-Encoding")
        if HASHED.search(name):
            self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.finish(packed)
        else:
            self.finish(gzip.decompress(packed))

    head = get


def _prefetched(request: HTTPServerRequest) -> bool:
    """Whether the browser is prefetching the page for somebody who may never open it."""
    purposes = (request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    return any("prefetch" in purpose.lower() for purpose in purposes)
