"""The websocket between a page and its kernel."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, cast

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

from etiquette.host.guard import Refusal, RefusedError, marked
from etiquette.host.origin import client_address, origin

if TYPE_CHECKING:
    from etiquette.host.kernels import Kernels

PROTOCOL = "v1.kernel.websocket.jupyter.org"
# What a kernel says to a page. Not what it prints or raises: that is for the host's log.
SAID = frozenset(
    {
        "clear_output",
        "comm_close",
        "comm_info_reply",
        "comm_msg",
        "comm_open",
        "display_data",
        "kernel_info_reply",
        "status",
        "update_display_data",
    }
)
MOST_CLICKS = 1000  # that are timed at once; a page that sends more than its kernel answers is not timed further
POLICY_VIOLATION = 1008


class GuardedConnection(ZMQChannelsWebsocketConnection):
    """Lets through what the widgets say to each other, marks where it comes from, and sends each message at once.

    A click is answered by several small messages. Left to Nagle's algorithm, the second waits until the
    browser has acknowledged the first, which it may put off for 40 ms.
    """

    @property
    def kernels(self) -> Kernels:
        """The host's kernels, of which this one is its page's."""
        return cast("Kernels", self.multi_kernel_manager)

    @property
    def gone(self) -> bool:
        """Whether the websocket is closed, or about to be.

        Its protocol is forgotten then, and Jupyter would read what is still on its way as if it were of the older
        protocol, in which a few bytes can ask for gigabytes.
        """
        connection = self.websocket_handler.ws_connection
        return connection is None or connection.is_closing() or connection.selected_subprotocol != PROTOCOL

    def connect(self) -> Any:
        """Begin to pass messages, none of them held back."""
        self._clicks: dict[str, float] = {}
        request = self.websocket_handler.request
        self._origin = origin(client_address(request.remote_ip, request.headers), self.kernels.origin_key)
        self.websocket_handler.set_nodelay(True)
        self.kernels.connected(self.kernel_id, self.websocket_handler)
        return super().connect()

    def disconnect(self) -> Any:
        """End it; called once or twice."""
        self.kernels.disconnected(self.kernel_id, self.websocket_handler)
        return super().disconnect()  # type: ignore[no-untyped-call]

    def handle_incoming_message(self, incoming_msg: Any) -> None:
        """Pass on what the page says, if it may say it."""
        now = time.monotonic()
        guard = self.kernels.guards.get(self.kernel_id)
        if guard is None or self.gone:
            return
        try:
            message = guard.check(incoming_msg, now)
            if message.kind == "comm_msg":
                incoming_msg = marked(incoming_msg, self._origin)
        except RefusedError as refused:
            self.kernels.metrics.messages_refused.labels(refused.why).inc()
            if refused.why is Refusal.TOO_MANY:
                self.websocket_handler.close(POLICY_VIOLATION, "Too many messages")
            return
        self.kernels.visitors.hear(self.kernel_id, now)
        if message.kind == "comm_msg" and len(self._clicks) < MOST_CLICKS:
            self._clicks[message.id] = now
        super().handle_incoming_message(incoming_msg)

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        """Pass on what the kernel says, if it is for the page, and time its answers."""
        if self.gone:
            return
        _, parts = self.session.feed_identities(outgoing_msg)
        kind = self.session.unpack(parts[1]).get("msg_type")
        if kind not in SAID:
            return
        if kind == "status" and self.session.unpack(parts[4]).get("execution_state") == "idle":
            began = self._clicks.pop(self.session.unpack(parts[2]).get("msg_id", ""), None)
            if began is not None:
                self.kernels.metrics.click_seconds.observe(time.monotonic() - began)
        super().handle_outgoing_message(stream, outgoing_msg)
