"""The host behind a login such as JupyterHub's, which hands each handler the question whether it minds."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import websocket

from etiquette.files import notebooks
from tests.conftest import Server
from tests.host.guest import Guest, ask, eventually
from tests.host.own_host import LOGIN
from tests.host.serving import serving_cells

pytestmark = pytest.mark.slow

WHO = {"Cookie": "who=ada"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """With the facilitator's page too."""
    folder: Path = tmp_path_factory.mktemp("login")
    shutil.copy(notebooks() / "facilitator.ipynb", folder)
    cell = "from ipywidgets import Button\nButton()"
    with serving_cells(folder, cell, login="jupyterhub", workshop=True, store=f"sqlite:///{folder}/rooms") as server:
        yield server


@pytest.fixture
def ada(server: Server) -> Iterator[Guest]:
    """Somebody who is logged in, and whose page is open."""
    with Guest(server.address, WHO) as ada:
        ada.open()
        yield ada
        ada.goodbye(WHO)


def test_whoever_is_not_logged_in_is_sent_to_the_login(server: Server) -> None:
    """On the facilitator's page too: that one knows its address is not enough."""
    said = eventually(lambda: re.search(r"/(facilitator/\S+)", "".join(server.output)))
    for path in ("", said[1], "metrics"):
        answer = ask(server.address, path)
        assert (answer.status, answer.headers["Location"].partition("?")[0]) == (302, LOGIN)
        assert ask(server.address, path, headers=WHO).status == 200


def test_an_open_page_is_of_no_use_to_somebody_who_is_not_logged_in(ada: Guest) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        ada.open(header={})
    assert refused.value.status_code == 403
    assert ada.goodbye() == 403
    assert ask(ada.address, f"api/kernels/{ada.page_id}").status == 302
    assert ada.answers()


def test_a_page_that_lost_its_connection_finds_its_session(ada: Guest) -> None:
    """It asks by a script, which has no token of the login's own pages."""
    ada.drop()
    asked = ask(ada.address, f"api/kernels/{ada.page_id}", headers=WHO | {"Sec-Fetch-Mode": "cors"})
    assert asked.status == 200
    ada.open()
    assert ada.answers()


def test_a_page_says_goodbye(ada: Guest) -> None:
    assert ada.goodbye(WHO | {"Sec-Fetch-Mode": "no-cors"}) == 204
