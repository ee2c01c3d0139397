"""Where a request comes from, through which proxies ever, and what views are told of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tornado.httputil import HTTPHeaders

from etiquette.host.origin import PASSED_ON, client_address, from_here, is_loopback, origin

ANY_ADDRESS = st.ip_addresses().map(str)
OF_OTHERS = st.ip_addresses(v=4).filter(lambda each: not each.is_loopback).map(str)
HERE = ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"]
KEY = b"k" * 32


def passed_on(*said: str) -> HTTPHeaders:
    """The headers of a request that says so, in as many lines."""
    headers = HTTPHeaders()
    for line in said:
        headers.add("X-Forwarded-For", line.strip())
    return headers


@pytest.mark.parametrize("remote", HERE)
def test_only_what_no_proxy_passed_on_comes_from_here(remote: str) -> None:
    assert is_loopback(remote)
    assert from_here(remote, {})
    assert not any(from_here(remote, HTTPHeaders({name: "127.0.0.1"})) for name in PASSED_ON)


@pytest.mark.parametrize("remote", ["192.0.2.7", "::ffff:192.0.2.7", "fe80::1%eth0", "0.0.0.0", "/socket", "", None])
def test_nothing_else_comes_from_here(remote: str | None) -> None:
    """Whatever the server calls the other end; it has an origin."""
    assert not from_here(remote, {})
    assert len(origin(client_address(remote, {}), KEY)) == 32


@given(OF_OTHERS, ANY_ADDRESS)
def test_nobody_who_asks_for_themselves_is_believed_about_where_they_are(remote: str, forged: str) -> None:
    assert client_address(remote, passed_on(forged)) == remote


@given(st.sampled_from(HERE), st.lists(st.text("0123456789.:, x")), OF_OTHERS)
def test_only_the_end_of_what_a_proxy_here_passes_on_is_believed(remote: str, forged: list[str], visitor: str) -> None:
    assert client_address(remote, passed_on(*forged, visitor)) == visitor
    assert client_address(remote, passed_on(", ".join([*forged, visitor]))) == visitor


def test_two_proxies_on_this_machine_are_believed_both() -> None:
    """As nginx before JupyterHub's own."""
    assert client_address("127.0.0.1", passed_on("198.51.100.1, 192.0.2.7,::ffff:127.0.0.1")) == "192.0.2.7"


@pytest.mark.parametrize("said", ["", "unknown", "192.0.2.7, unknown", "192.0.2.7,", "192.0.2.7:8080", "1.2.3"])
def test_a_proxy_that_does_not_say_whom_it_speaks_for_speaks_for_itself(said: str) -> None:
    assert client_address("127.0.0.1", passed_on(said)) == "127.0.0.1"


def test_of_ipv6_the_network_counts_that_one_visitor_has() -> None:
    one = client_address("::1", passed_on("2001:db8:1:2:3:4:5:6"))
    assert one == client_address("2001:db8:1:2:ffff::", {}) == "2001:db8:1:2::/64"
    assert one != client_address("2001:db8:1:3::9", {})


def test_an_ipv4_address_is_the_same_however_it_is_written() -> None:
    assert client_address("::ffff:192.0.2.7", {}) == client_address("192.0.2.7", {}) == "192.0.2.7"


@given(ANY_ADDRESS, ANY_ADDRESS)
def test_a_view_is_told_who_shares_an_address_and_not_which(one: str, other: str) -> None:
    assert (origin(one, KEY) == origin(other, KEY)) == (one == other)
    assert origin(one, KEY) != origin(one, b"another server's")
    assert one not in origin(one, KEY)
