"""The kernels: some kept ready, each with its page, and one for each visitor."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import time
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Any, cast

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager, ServerKernelManager
from tornado.ioloop import PeriodicCallback
from tornado.websocket import WebSocketHandler
from voila._version import __version__
from voila.notebook_renderer import NotebookRenderer
from voila.utils import get_page_config

from etiquette.host.guard import Guard
from etiquette.host.metrics import Metrics
from etiquette.host.options import Options
from etiquette.host.visitors import Visitor, Visitors, Why

GOING_AWAY = 1001
REFILL_AFTER = 0.5  # seconds: a page that has just been given is read before the next is made
AGAIN_AFTER = 5.0  # seconds, when a page could not be made
FINISHES_WITHIN = 3.0  # seconds, a page that is being made when the server stops


@dataclass(frozen=True)
class Page:
    """A page that has been rendered, and the kernel behind it."""

    kernel: str
    before: str  # what comes before the kernel's id is known: the same for everyone
    after: str


class Listener(AsyncKernelClient):
    """Hears what a notebook's cells give and print, and not the hundreds of messages by which widgets are made.

    Those are for a page, which asks for what they say when it is there.
    """

    def connect_iopub(self, identity: bytes | None = None) -> Any:
        """Subscribe to what ipykernel calls by these names; a widget's messages begin with `comm-`."""
        socket = super().connect_iopub(identity)
        socket.unsubscribe(b"")
        for topic in (b"kernel.", b"stream.", b"display_data"):
            socket.subscribe(topic)
        return socket


class SharedRenderer(NotebookRenderer):
    """Voilà's renderer, set up once for all pages: the notebook read, the templates compiled."""

    SHARED = ("notebook", "cwd", "template_name", "template_paths", "theme", "page_config", "resources", "exporter")

    def another(self) -> NotebookRenderer:
        """A renderer for one page, which is ready to run."""
        fresh = NotebookRenderer(**self.given)
        for name in self.SHARED:
            setattr(fresh, name, getattr(self, name))
        return fresh

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.given = given


class Kernels(AsyncMappingKernelManager):
    """Starts kernels, keeps some ready, gives them to visitors and ends them when they leave.

    Stands in the place that Voilà has for a manager of kernels, `VoilaConfiguration.multi_kernel_manager_class`.
    Voilà's own pool renders everything anew for each page, fails for a visitor whom it has no kernel ready for,
    and does not notice when one of its kernels has ended.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        self.host = cast("Any", self.parent)  # Voilà's application; its class imports this one
        # Jupyter's own lines name kernels and where requests come from, which is nobody's business.
        self.log = self.host.log.getChild("kernels")
        self.log.setLevel(logging.ERROR)
        self.options: Options = self.host.options
        self.visitors = Visitors(self.host.capacity, self.options.patience)
        self.metrics = Metrics(self.host.capacity)
        self.guards: dict[str, Guard] = {}
        self.origin_key = secrets.token_bytes(32)
        self._sockets: defaultdict[str, set[WebSocketHandler]] = defaultdict(set)
        self._ready: deque[Page] = deque()
        self._waiting: deque[asyncio.Future[Page]] = deque()
        self._making: set[asyncio.Task[None]] = set()
        self._at_once = asyncio.Semaphore(os.cpu_count() or 1)
        self._renderer: SharedRenderer | None = None
        self._before = ""
        self._not_before = 0.0
        self._sweeper: PeriodicCallback | None = None
        self._ending: set[str] = set()
        self._departing: set[asyncio.Task[bool]] = set()
        self._closed = False

    # --- pages, made ahead ---

    def open(self) -> None:
        """Fill the pool, and keep it and the places in order from now on."""
        patience = self.visitors.patience
        every = min(1.0, patience.unopened / 4, patience.lost / 4, patience.idle / 4)
        self._sweeper = PeriodicCallback(self.sweep, 1000 * every)
        self._sweeper.start()
        self.fill()

    def fill(self) -> None:
        """Begin as many pages as are wanted and not yet begun."""
        resting = time.monotonic() < self._not_before and not self._waiting
        if self._closed or resting:
            return
        wanted = self.options.pool + len(self._waiting) - len(self._ready) - len(self._making)
        for _ in range(wanted):
            task = asyncio.create_task(self._make())
            self._making.add(task)
            task.add_done_callback(self._making.discard)

    @property
    def before(self) -> str:
        """The beginning of the page, if a visitor has to wait for the rest."""
        return "" if self._ready else self._before

    async def take(self) -> Page:
        """A page for one visitor: a ready one, or the next that is made. Raises the error if making it failed twice."""
        began = time.monotonic()
        page = await self._take_ready()
        if page:
            asyncio.get_running_loop().call_later(REFILL_AFTER, self.fill)
        else:
            try:
                page = await self._next()
            except Exception:  # its kernel may have been ended while it was made
                page = await self._next()
        self.metrics.wait_seconds.observe(time.monotonic() - began)
        return page

    async def _next(self) -> Page:
        future: asyncio.Future[Page] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        self.fill()
        return await future

    async def _take_ready(self) -> Page | None:
        while self._ready:
            page = self._ready.popleft()
            if await self._lives(page.kernel):
                return page
        return None

    async def _lives(self, kernel: str) -> bool:
        return kernel in self and bool(await ensure_async(self.get_kernel(kernel).is_alive()))

    async def _make(self) -> None:
        async with self._at_once:
            if self._closed:
                return
            began = time.monotonic()
            try:
                page = await self._page()
                if not await self._lives(page.kernel):
                    raise RuntimeError("a kernel ended while its page was made")
            except Exception as error:
                self.log.exception("A page could not be made")
                self._not_before = time.monotonic() + AGAIN_AFTER
                if self._waiting:
                    self._waiting.popleft().set_exception(error)
                    asyncio.get_running_loop().call_soon(self.fill)
                return
        self.metrics.kernel_seconds.observe(time.monotonic() - began)
        self._before = page.before
        if self._waiting:
            self._waiting.popleft().set_result(page)
        else:
            self._ready.append(page)

    async def _page(self) -> Page:
        if self._renderer is None:
            self._renderer = await self._first_renderer()
        renderer = self._renderer.another()
        host = self.host
        if self._closed:
            raise asyncio.CancelledError
        kernel = await self.start_kernel(
            kernel_name=renderer.notebook.metadata.kernelspec.name,
            path=renderer.cwd,
            env={
                **os.environ,
                "SERVER_SOFTWARE": f"voila/{__version__}",
                "VOILA_PREHEAT": "True",
                "VOILA_BASE_URL": host.base_url,
                **host.for_kernels,
            },
        )
        before: list[str] = []
        after: list[str] = []
        try:
            async for piece, _ in renderer.generate_content_generator(kernel, self.get_kernel(kernel)):
                (after if renderer.kernel_started else before).append(piece)
        except BaseException:
            if renderer.kernel_started:
                renderer.executor.kc.stop_channels()
            await self.end(kernel)
            raise
        return Page(kernel, "".join(before), "".join(after))

    async def _first_renderer(self) -> SharedRenderer:
        host = self.host
        config = get_page_config(
            base_url=host.base_url,
            settings=host.app.settings,
            log=self.log,
            voila_configuration=host.voila_configuration,
        )
        renderer = SharedRenderer(
            voila_configuration=host.voila_configuration,
            traitlet_config=host.config,
            notebook_path=os.path.relpath(host.notebook_path, host.root_dir),
            template_paths=host.template_paths,
            config_manager=host.config_manager,
            contents_manager=host.contents_manager,
            base_url=host.base_url,
            kernel_spec_manager=host.kernel_spec_manager,
            page_config=config,
        )
        await renderer.initialize()
        return renderer

    def start_watching_activity(self, kernel_id: str) -> None:
        """Read nothing of what a kernel says only to know that it says something: a page says so by its messages."""
        kernel = cast("ServerKernelManager", self.get_kernel(kernel_id))
        kernel.execution_state = "idle"

    # --- visitors ---

    def arrive(self) -> Visitor | None:
        """A place for a new visitor; None if all places are taken."""
        visitor = self.visitors.arrive(time.monotonic())
        if visitor is None:
            self.metrics.refused.inc()
        self.metrics.visitors.set(len(self.visitors))
        return visitor

    def assign(self, visitor: Visitor, kernel: str) -> None:
        """Give them this kernel."""
        self.visitors.assign(visitor, kernel, time.monotonic())
        self.guards[kernel] = Guard()
        self.metrics.arrived.inc()
        self.host.log.info("Visitor %d is here (%d of %d)", visitor.number, len(self.visitors), self.visitors.capacity)

    def give_up(self, visitor: Visitor) -> None:
        """Free the place of somebody who went, or whom no page could be made for."""
        self.visitors.give_up(visitor)
        self._left(visitor, Why.NO_PAGE)

    def connected(self, kernel: str, socket: WebSocketHandler) -> None:
        """A page has opened its websocket."""
        self._sockets[kernel].add(socket)
        self.visitors.connect(kernel, time.monotonic())

    def sessions(self, kernel: str) -> set[str]:
        """Sessions with an open websocket to this kernel."""
        return {socket.get_argument("session_id") for socket in self._sockets.get(kernel, ())}

    def disconnected(self, kernel: str, socket: WebSocketHandler) -> None:
        """A page's websocket is closed; may be told twice."""
        if socket in self._sockets.get(kernel, ()):
            self._sockets[kernel].discard(socket)
            self.visitors.disconnect(kernel, time.monotonic())

    async def depart(self, kernel: str, why: Why) -> bool:
        """End a visitor's kernel and tell their page, if it is there; False if nobody has this kernel."""
        visitor = self.visitors.leave(kernel)
        if visitor is None:
            return False
        self._left(visitor, why)
        self.guards.pop(kernel, None)
        for socket in self._sockets.pop(kernel, set()):
            socket.close(GOING_AWAY, why)
        await self.end(kernel)
        return True

    def depart_soon(self, kernel: str, why: Why) -> None:
        """The same, where nobody can wait for it."""
        task = asyncio.create_task(self.depart(kernel, why))
        self._departing.add(task)
        task.add_done_callback(self._departing.discard)

    def _left(self, visitor: Visitor, why: Why) -> None:
        self.metrics.left.labels(why).inc()
        self.metrics.visitors.set(len(self.visitors))
        stayed = time.monotonic() - visitor.arrived
        self.host.log.info("Visitor %d has left after %.0f s: %s", visitor.number, stayed, why)

    async def end(self, kernel: str) -> None:
        """End a kernel at once: it has nothing to keep that its page does not keep."""
        if kernel in self._ending or kernel not in self:
            return
        self._ending.add(kernel)
        try:
            await self.shutdown_kernel(kernel, now=True)  # type: ignore[no-untyped-call]
        finally:
            self.remove_kernel(kernel)
            self._ending.discard(kernel)

    async def sweep(self) -> None:
        """See who has left without a word, and which kernels have ended by themselves."""
        for kernel, why in self.visitors.overdue(time.monotonic()):
            await self.depart(kernel, why)
        for kernel in self.list_kernel_ids():
            if kernel in self._ending or kernel not in self or await self._lives(kernel):
                continue
            self._ready = deque(page for page in self._ready if page.kernel != kernel)
            if not await self.depart(kernel, Why.KERNEL_ENDED):
                await self.end(kernel)
        self.fill()

    async def close(self) -> None:
        """End all kernels, those too that are only just starting."""
        self._closed = True
        if self._sweeper:
            self._sweeper.stop()
        while self._waiting:
            self._waiting.popleft().cancel()
        if self._making:  # cut short, they would complain of dead kernels
            await asyncio.wait(self._making, timeout=FINISHES_WITHIN)
        await asyncio.gather(*self._pending_kernels.values(), return_exceptions=True)
        for task in self._making:
            task.cancel()
        await asyncio.gather(*self._making, return_exceptions=True)
        await asyncio.gather(*(self.end(kernel) for kernel in self.list_kernel_ids()))
