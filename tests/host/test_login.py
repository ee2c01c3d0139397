"""The host behind a login such as JupyterHub's, which hands each handler the question whether it minds."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.conftest import Server
from tests.host.cookie_login import LOGIN
from tests.host.guest import Guest, ask, eventually
from tests.host.serving import serving

pytestmark = pytest.mark.slow

WHO = {"Cookie": "who=ada"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """With the facilitator's page too."""
    store = f"sqlite:///{tmp_path_factory.mktemp('login') / 'rooms'}"
    login = "from tests.host.cookie_login import replace_jupyterhub\nreplace_jupyterhub()"
    with serving("--login", "jupyterhub", "--workshop", "--ip", "127.0.0.1", "--store", store, first=login) as server:
        yield server


@pytest.fixture
def ada(server: Server) -> Iterator[Guest]:
    """Somebody who is logged in, and whose page is open."""
    with Guest(server.address, dict(WHO)) as ada:
        ada.open()
        yield ada


def test_whoever_is_not_logged_in_is_sent_to_the_login(server: Server) -> None:
    """On the facilitator's page too: that one knows its address is not enough."""
    said = eventually(lambda: re.search(r"/(facilitator/\S+)", "".join(server.output)))
    for path in ("", said[1], "metrics"):
        answer = ask(server.address, path)
        assert (answer.status, answer.headers["Location"].partition("?")[0]) == (302, LOGIN)
        assert ask(server.address, path, headers=WHO).status == 200


def test_an_open_page_is_of_no_use_to_somebody_who_is_not_logged_in(ada: Guest) -> None:
    assert ada.refused(header={}) == 403
    goodbye = f"voila/api/shutdown/{ada.page_id}"
    assert ask(ada.address, goodbye, "POST", {"Origin": ada.address.rstrip("/")}).status == 403
    assert ask(ada.address, f"api/kernels/{ada.page_id}").status == 302
    assert ada.answers()


def test_a_page_that_lost_its_connection_finds_its_session_and_says_goodbye(ada: Guest) -> None:
    """It asks by a script, which has no token of the login's own pages."""
    ada.drop()
    asked = ask(ada.address, f"api/kernels/{ada.page_id}", headers=WHO | {"Sec-Fetch-Mode": "cors"})
    assert asked.status == 200
    assert ada.open().answers()
    ada.asking |= {"Sec-Fetch-Mode": "no-cors"}
    assert ada.goodbye() == 204
