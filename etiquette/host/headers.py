"""The security headers that are sent with every response."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from tornado.httputil import HTTPHeaders, HTTPServerRequest
from tornado.web import GZipContentEncoding, OutputTransform


def fixed(embed: Sequence[str]) -> dict[str, str]:
    """The headers of every response. The origins in `embed` may show the page in a frame."""
    directives = {
        "default-src": "'none'",
        "script-src": "'self' blob:",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": " ".join(embed) or "'none'",
    }
    headers = {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in directives.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return headers if embed else headers | {"X-Frame-Options": "DENY"}


class Headers(OutputTransform):
    """Adds the headers to every response, including refusals and errors."""

    def __init__(self, fixed: Mapping[str, str], request: HTTPServerRequest) -> None:
        super().__init__(request)
        self._fixed = fixed

    def transform_first_chunk(
        self,
        status_code: int,
        headers: HTTPHeaders,
        chunk: bytes,
        finishing: bool,  # noqa: ARG002
    ) -> tuple[int, HTTPHeaders, bytes]:
        """Called by tornado with the first part of a response."""
        for name, value in self._fixed.items():
            headers[name] = value
        headers.pop("Server", None)
        return status_code, headers, chunk


def transforms(embed: Sequence[str]) -> list[Any]:
    """The value of tornado's setting of this name. Text is compressed last."""
    return [partial(Headers, fixed(embed)), GZipContentEncoding]
