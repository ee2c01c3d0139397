"""What goes with every response: who may load what from where, and for how long a file may be kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from tornado.httputil import HTTPHeaders, HTTPServerRequest
from tornado.web import GZipContentEncoding, OutputTransform

# A hash in the name, as esbuild writes it: `page-5D2K8QWX.js`.
HASHED = re.compile(r"-[0-9A-Za-z]{8,}\.(js|css)$")


def fixed(embed: Sequence[str]) -> dict[str, str]:
    """The headers that all responses have; the sites in `embed` may show the page in a frame."""
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
    """Puts the headers on every response: page, file, refusal or error."""

    def __init__(self, fixed: Mapping[str, str], request: HTTPServerRequest) -> None:
        super().__init__(request)
        self._fixed = fixed
        self._hashed = HASHED.search(request.path) is not None

    def transform_first_chunk(
        self,
        status_code: int,
        headers: HTTPHeaders,
        chunk: bytes,
        finishing: bool,  # noqa: ARG002
    ) -> tuple[int, HTTPHeaders, bytes]:
        """As tornado calls it, with the first part of a response."""
        for name, value in self._fixed.items():
            headers[name] = value
        headers.pop("Server", None)
        if self._hashed and status_code in (200, 304):
            headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return status_code, headers, chunk


def transforms(embed: Sequence[str]) -> list[Any]:
    """For tornado's setting of this name; what is text is compressed last."""
    return [partial(Headers, fixed(embed)), GZipContentEncoding]
