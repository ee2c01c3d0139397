"""The websocket between a page and its kernel."""

from __future__ import annotations

from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """Sends each message at once.

    A click is answered by several small messages. Left to Nagle's algorithm, the second waits until the
    browser has acknowledged the first, which it may put off for 40 ms.
    """

    def connect(self) -> Any:
        """Begin to pass messages, none of them held back."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()
