"""What a workshop's server says when it is ready, and where phones find it."""

from __future__ import annotations

import os

import pytest

from etiquette.host import Options
from etiquette.host.announcement import announcement, public_url

SECRET = "/facilitator/s3cret/"


def said(options: Options, own_address: str = "") -> str:
    """What is printed on a machine with this address on the local network."""
    path = options.base_url.rstrip("/") + SECRET
    return announcement(options, 8866, path, public_url(options, 8866, lambda: own_address))


@pytest.fixture(params=[1000, 0], ids=["user", "root"])
def user(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Who runs the server."""
    number: int = request.param
    monkeypatch.setattr(os, "geteuid", lambda: number)
    return number


def test_without_ip_a_workshop_lets_in_phones_but_not_as_root(user: int) -> None:
    assert Options(workshop=True).listens_on == ("0.0.0.0" if user else "127.0.0.1")
    assert Options(workshop=True).faults() == Options(workshop=True).dangers(most=1, root=not user) == []
    assert Options(workshop=True, ip="127.0.0.1").public is False


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize(
    "options", [Options(), Options(workshop=True, names=("a.org",)), Options(workshop=True, login="jupyterhub")]
)
def test_what_is_no_workshop_or_behind_a_proxy_or_a_hub_listens_on_this_machine_only(options: Options) -> None:
    assert options.listens_on == "127.0.0.1"


@pytest.mark.parametrize("user", [1000], indirect=True)
def test_the_learners_address_comes_first_then_the_secret_one_each_with_what_it_is_for(user: int) -> None:  # noqa: ARG001
    learners, use, trouble, facilitators, secret = said(Options(workshop=True), "192.168.1.20").splitlines()
    assert learners == "The learners' page: http://192.168.1.20:8866/"
    assert "on their phones" in use
    assert all(
        word in trouble for word in ("same network", "firewall", "8866", "guest networks", "hotspot", "hosted server")
    )
    assert facilitators == f"The facilitator's page: http://127.0.0.1:8866{SECRET}"
    assert "Keep it secret" in secret


@pytest.mark.parametrize("user", [1000], indirect=True)
def test_without_a_network_it_says_what_to_do(user: int) -> None:  # noqa: ARG001
    lines = said(Options(workshop=True)).splitlines()
    assert lines[0] == "The learners' page: none yet"
    assert "same Wi-Fi" in lines[1]
    assert "hotspot" in lines[1]
    assert lines[2] == f"The facilitator's page: http://127.0.0.1:8866{SECRET}"


def test_if_the_port_was_taken_it_says_so_since_links_hold_the_port() -> None:
    assert "Port 9000 was taken, so the server is on 8866." in said(Options(workshop=True, port=9000))
    assert "taken" not in said(Options(workshop=True, port=0))


@pytest.mark.parametrize("user", [0], indirect=True)
def test_as_root_it_says_why_phones_cant_open_it(user: int) -> None:  # noqa: ARG001
    lines = said(Options(workshop=True), "192.168.1.20").splitlines()
    assert lines[0] == "The learners' page: http://127.0.0.1:8866/"
    assert "root" in lines[1]
    assert "an ordinary user" in lines[1]


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize(
    ("options", "learners", "facilitators", "advice"),
    [
        (Options(workshop=True, ip="127.0.0.1"), "127.0.0.1:8866/", "127.0.0.1:8866", "Leave out --ip"),
        (Options(workshop=True, ip="::1"), "[::1]:8866/", "[::1]:8866", "Leave out --ip"),
        (Options(workshop=True, ip="10.0.0.5"), "10.0.0.5:8866/", "10.0.0.5:8866", "firewall"),
        (
            Options(workshop=True, names=("a.org", "b.org"), base_url="/e/"),
            "a.org/e/",
            "127.0.0.1:8866/e",
            "Your proxy",
        ),
        (Options(workshop=True, ip="0.0.0.0", names=("a.org",)), "a.org:8866/", "127.0.0.1:8866", "Show it"),
        (Options(workshop=True, ip="::", base_url="/e/"), "192.168.1.20:8866/e/", "[::1]:8866/e", "firewall"),
    ],
)
def test_an_address_or_a_name_that_is_given_is_used(
    options: Options, learners: str, facilitators: str, advice: str
) -> None:
    found = said(options, "192.168.1.20")
    assert found.startswith(f"The learners' page: http://{learners}\n")
    assert f"The facilitator's page: http://{facilitators}{SECRET}\n" in found
    assert advice in found


@pytest.mark.usefixtures("user")
def test_behind_a_proxy_the_page_knows_its_address_best() -> None:
    assert public_url(Options(workshop=True, names=("a.org",)), 8866, lambda: "192.168.1.20") == ""
