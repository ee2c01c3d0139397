"""The HTTP handlers of the host. An address without a handler here answers 404."""

from __future__ import annotations

import asyncio
import gzip
import logging
import mimetypes
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
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
from etiquette.host.session_manager import SessionManager
from etiquette.host.visitors import FullError, Why
from etiquette.host.wire import PROTOCOL

log = logging.getLogger("etiquette")

PAGES = Path(__file__).parent / "pages"
MOST_TABS = 3  # of one session, by what they call themselves: a page has one name, for as long as it is there
MOST_SOCKETS = 20  # of one session, those too that were replaced and whose other end has not yet said that it knows
MOST_UNREAD = 10_000_000  # bytes that are on their way to a page, before one message more
TRY_AGAIN = 10  # seconds
POLICY_VIOLATION = 1008
TAB = re.compile(r"[\w-]{8,64}", re.ASCII)
# Those who fetch a page to index it or to show a card of it in a chat; they say so in their name.
MACHINE = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|preview|facebookexternalhit|^WhatsApp/|embedly|pinterest|vkShare|W3C_|^curl/|^wget/",
    re.IGNORECASE,
)


class PlainHandler(RequestHandler):
    """Says what went wrong in one plain sentence, and logs it without a word about who asked."""

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
            log.error("%s failed", type(self).__name__, exc_info=(typ, value, tb))

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
    def manager(self) -> SessionManager:
        """The sessions of this process."""
        return cast("SessionManager", self.settings["session_manager"])

    @property
    def client(self) -> str:
        """The address of whoever asks; empty if it is this machine, which may ask for anybody."""
        address = client_address(self.request.remote_ip, self.request.headers)
        return "" if is_loopback(address) else address


class PageHandler(HostHandler):
    """A page. It costs nothing but its bytes: the session is made when the page opens its websocket."""

    def initialize(self, number: int) -> None:
        """Which of the host's pages it is."""
        self.number = number

    @authenticated
    def head(self) -> None:
        """Answer for the page."""
        self._say_what_it_is()

    @authenticated
    def get(self) -> None:
        """The page, or word that there is no place."""
        self._say_what_it_is()
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
        self.finish(self.manager.pages[self.number].with_id(self.manager.ids.new(self.number, time.time())))

    def _say_what_it_is(self) -> None:
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")


class SessionHandler(HostHandler):
    """Tells a page that lost its connection whether its session is still there.

    JupyterHub lets a script that comes without a token of JupyterHub's own pages ask for nothing. Here it may: nothing
    is changed, and a browser shows the answer to no page of another host.
    """

    def check_xsrf_cookie(self) -> None:
        """See above."""

    @authenticated
    def get(self, page_id: str) -> None:
        """Its id, and a name as Jupyter's front ends want one; 404 if it is over, 503 if it has no place yet."""
        here = page_id in self.manager.visitors
        if not here and self.manager.page_of(page_id) is None:
            raise HTTPError(404)
        if not here and self.manager.visitors.full:
            raise HTTPError(503)
        self.set_header("Cache-Control", "no-store")
        self.finish({"id": page_id, "name": "python3"})


class GoodbyeHandler(HostHandler):
    """A page says goodbye when its tab is closed.

    Voilà asks for a cookie here that its page was never given. The id is known to its page alone; that, and that the
    request comes from a page of this host, is what it takes to end its session.
    """

    def check_xsrf_cookie(self) -> None:
        """See above."""

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
    """The websocket between a page and its session. The first makes the session; one that comes later finds it."""

    hosted: HostedSession | None = None
    _unread = 0  # bytes that are on their way

    def set_default_headers(self) -> None:
        """None: the headers of every response are added elsewhere."""

    async def prepare(self, **_: Any) -> None:
        """Check who asks; a websocket is not sent to a login."""
        await super().prepare(_redirect_to_login=False)

    def get_compression_options(self) -> dict[str, Any] | None:
        """Compressed, with little memory."""
        return cast("dict[str, Any] | None", self.settings["websocket_compression_options"])

    def select_subprotocol(self, subprotocols: list[str]) -> str | None:
        """The one protocol, which was asked for."""
        return PROTOCOL if PROTOCOL in subprotocols else None

    @ws_authenticated
    async def get(self, page_id: str) -> None:
        """Open it, if it is to a page's own session, comes from a page of this host, and speaks the protocol."""
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
        """It is open. Each message is sent at once.

        A click is answered by several small messages. Left to Nagle's algorithm, the second waits until the browser
        has acknowledged the first, which it may put off for 40 ms.
        """
        self.set_nodelay(True)
        if self.hosted is not None:
            self.manager.visitors.connect(self.hosted.visitor, self, time.monotonic())

    async def on_message(self, message: str | bytes) -> None:
        """Do what the page asks, if it may ask it and has not used too much; the next message is read in another turn.

        It waits here, before it is done: several websockets of one session wait for what each of them has used.
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
        self.manager.heard(hosted)
        hosted.session.receive(checked)
        if checked.kind == "comm_msg":
            self.manager.metrics.click_seconds.observe(time.perf_counter() - began)
        hosted.charge(time.thread_time() - used)
        await asyncio.sleep(0)

    def send(self, raw: bytes) -> None:
        """Send something to a page that may be about to go: then nobody is to be told.

        One that does not read what it asked for is sent away before its answers fill the memory. It can come back.
        """
        if self._unread > MOST_UNREAD:
            self.close(POLICY_VIOLATION, "Too much is unread")
            return
        with suppress(WebSocketClosedError):
            sent = self.write_message(raw, binary=True)
            self._unread += len(raw)
            sent.add_done_callback(partial(self._acknowledge, len(raw)))

    def _acknowledge(self, size: int, sent: asyncio.Future[None]) -> None:
        """Collect the outcome once a message was sent or lost; asyncio warns of an exception that nobody collects."""
        self._unread -= size
        if not sent.cancelled():
            sent.exception()

    def on_close(self) -> None:
        """It is closed, perhaps before it was quite open."""
        if self.hosted is not None:
            self.manager.visitors.disconnect(self.hosted.visitor, self, time.monotonic())


class HealthHandler(PlainHandler):
    """For monitoring: whether the host is up, and how many visitors it has."""

    def get(self) -> None:
        """As JSON."""
        visitors = cast("SessionManager", self.settings["session_manager"]).visitors
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
        self.finish(self.manager.metrics.text())


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


def _prefetched(request: HTTPServerRequest) -> bool:
    """Whether a browser fetches it in advance: perhaps nobody will ever look at it."""
    purposes = (request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    return any("prefetch" in purpose.lower() for purpose in purposes)
