"""Visitors of the server that a module of tests starts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import Server
from tests.host.guest import Guest


@pytest.fixture
def host(server: Server) -> str:
    """The address of its page."""
    return server.address


@pytest.fixture
def newcomer(host: str) -> Iterator[Guest]:
    """Somebody whose page has not opened its websocket yet."""
    with Guest(host) as newcomer:
        yield newcomer


@pytest.fixture
def guest(host: str) -> Iterator[Guest]:
    with Guest(host) as guest:
        yield guest.open()


@pytest.fixture
def other(host: str) -> Iterator[Guest]:
    with Guest(host) as other:
        yield other.open()
