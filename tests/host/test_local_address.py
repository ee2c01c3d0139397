"""This machine's address on the local network, which is found without a word to anybody."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from typing import Any

import pytest

from etiquette.host.local_address import ELSEWHERE, local_address


class Way(socket.socket):
    """A socket that is connected by way of this address to these others only."""

    def __init__(self, address: str, *reached: str) -> None:
        super().__init__(socket.AF_INET, socket.SOCK_DGRAM)
        self.address, self.reached = address, reached

    def connect(self, address: Any) -> None:
        if address[0] not in self.reached:
            raise OSError("Network is unreachable")

    def getsockname(self) -> Any:
        return (self.address, 50_000)


def test_it_is_the_one_on_the_way_to_the_internet() -> None:
    assert local_address(lambda: Way("192.168.1.20", "192.0.2.1")) == "192.168.1.20"


def test_a_hotspot_of_this_machine_that_leads_nowhere_has_an_address_too() -> None:
    assert local_address(lambda: Way("10.42.0.1", "10.42.0.254")) == "10.42.0.1"


@pytest.mark.parametrize("way", [(), ("127.0.0.1", *ELSEWHERE), ("0.0.0.0", *ELSEWHERE)])
def test_without_a_network_there_is_none(way: tuple[str, ...]) -> None:
    assert local_address(lambda: Way(*way or ("",))) == ""


def test_here_it_is_an_address_or_nothing() -> None:
    found = local_address()
    assert not found or not ip_address(found).is_loopback
