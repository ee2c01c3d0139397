"""This machine's address on the local network."""

from __future__ import annotations

import socket
from collections.abc import Callable

from etiquette.host.origin import is_loopback

ELSEWHERE = ("192.0.2.1", "10.42.0.254", "192.168.137.254", "192.168.2.254")
"""Addresses on the way to which this machine's own is looked up. The first is reserved for documentation, and reached
by the way to the internet; the others are in the networks of hotspots that Linux, Windows and macOS open, which may
lead nowhere else.
"""


def _datagram_socket() -> socket.socket:
    return socket.socket(socket.AF_INET, socket.SOCK_DGRAM)


def local_address(new_socket: Callable[[], socket.socket] = _datagram_socket) -> str:
    """The address at which other machines on the local network reach this one; empty if it is on none.

    Nothing is sent: to connect a datagram socket only chooses the way, and with it the address.
    """
    for each in ELSEWHERE:
        try:
            with new_socket() as probe:
                probe.connect((each, 9))
                found: str = probe.getsockname()[0]
        except OSError:
            continue
        if not is_loopback(found) and found != "0.0.0.0":
            return found
    return ""
