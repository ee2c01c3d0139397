"""Where a request comes from. Views get only a pseudonym of the address, the same for all who share it."""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Mapping

PASSED_ON = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via")
"""Headers that proxies add to the requests they forward."""


def from_here(remote: str | None, headers: Mapping[str, str]) -> bool:
    """Whether the request comes from this machine itself, and not through a proxy on it."""
    return is_loopback(remote or "") and not any(name in headers for name in PASSED_ON)


def is_loopback(address: str) -> bool:
    """Whether this is an address of this machine itself."""
    parsed = parse_address(address)
    return parsed is not None and parsed.is_loopback


def client_address(remote: str | None, headers: Mapping[str, str]) -> str:
    """The address of the client; for IPv6 its /64 network, because one subscriber has 2⁶⁴ addresses.

    Proxies on this machine are trusted: each appends the address it forwards for. The client
    could have made up earlier entries of the header.
    """
    found = remote or ""
    for hop in (found, *reversed(headers.get("X-Forwarded-For", "").split(","))):
        parsed = parse_address(hop.strip())
        if parsed is None:
            break
        found = f"{ipaddress.IPv6Address(int(parsed) >> 64 << 64)}/64" if parsed.version == 6 else str(parsed)
        if not parsed.is_loopback:
            break
    return found


def origin(address: str, key: bytes) -> str:
    """A pseudonym of an address. It is stable for one key, and cannot be reversed without the key."""
    return hashlib.blake2b(address.encode(), key=key, digest_size=16).hexdigest()


def parse_address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The parsed address; None if it is not one. IPv4 addresses mapped to IPv6 (`::ffff:192.0.2.7`) become IPv4."""
    try:
        parsed = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return mapped or parsed
