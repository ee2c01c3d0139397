"""What `etiquette serve` can be told and what it refuses, in sentences; what goes with every answer, and to whom."""

from __future__ import annotations

from typing import Any

import pytest

from etiquette.cli import main
from etiquette.host import Options
from etiquette.host.handlers import MACHINE
from etiquette.host.headers import fixed

DANGERS: dict[str, Any] = {"most": 40, "root": True}


def test_in_a_workshop_one_may_listen_for_long_without_a_click_and_all_may_come_from_one_address() -> None:
    assert Options().patience.idle == 30 * 60
    assert Options(workshop=True).patience.idle == 240 * 60
    assert Options(workshop=True, idle=5).patience.idle == 5 * 60
    assert Options().most_per_address(40) == 20
    assert Options().most_per_address(1) == 1
    assert Options(workshop=True).most_per_address(40) == 40
    assert Options(workshop=True, per_address=3).most_per_address(40) == 3


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({}, ""),
        ({"port": 70_000}, "--port is 70000: give a number from 0 to 65535."),
        ({"workers": 0}, "--workers is 0: give a number from 1 to 64."),
        ({"lost": float("nan")}, "--lost is nan: give a number above 0."),
        ({"idle": 0}, "--idle is 0: give a number above 0."),
        (
            {"base_url": "/a(.*)/"},
            "--base-url is '/a(.*)/': give a path that begins and ends with /, such as /etiquette/.",
        ),
        (
            {"ip": "example.org"},
            "--ip is 'example.org': give an address of this machine, such as 127.0.0.1 or 0.0.0.0.",
        ),
        (
            {"login": "jupyterhub"},
            "--login jupyterhub only works in a service that JupyterHub starts, as in deploy/.",
        ),
        (
            {"store": "rooms"},
            "--store: That isn’t the address of a database. Give an address like sqlite:////srv/rooms.sqlite3 or "
            "postgresql+psycopg://user@host/rooms.",
        ),
        ({"embed": ("moodle.org",)}, "--embed is 'moodle.org': give an origin, such as https://moodle.example.org."),
        (
            {"embed": ("http://a.org;",)},
            "--embed is 'http://a.org;': give an origin, such as https://moodle.example.org.",
        ),
        ({"names": ("a.org/",)}, "--name is 'a.org/': give a host name and nothing else, such as careers.example.org."),
    ],
)
def test_a_fault_is_a_sentence_with_its_remedy(wrong: dict[str, Any], says: str) -> None:
    assert "\n".join(Options(**wrong).faults()) == says


@pytest.mark.parametrize("ip", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_this_machine_alone_may_be_served_in_any_way(ip: str) -> None:
    assert Options(ip=ip, visitors=1000).dangers(**DANGERS) == []


@pytest.mark.parametrize("ip", ["0.0.0.0", "::", "10.0.0.5"])
def test_other_machines_may_be_served_if_it_is_safe(ip: str) -> None:
    assert Options(ip=ip, visitors=40).dangers(most=40, root=False) == []
    assert Options(ip=ip, visitors=1000).dangers(**DANGERS) == [
        "it would run as root: start it as a user of its own (systemd: DynamicUser=yes).",
        "--visitors 1000 is more than this machine has room for: give 40 or fewer.",
    ]


def test_the_command_refuses_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--no-open", "--ip", "0.0.0.0", "--visitors", "99999"]) == 2
    assert "Not served at 0.0.0.0: --visitors 99999 is more than this machine has room for" in capsys.readouterr().err
    assert main(["serve", "--no-open", "--port", "-1"]) == 2
    assert capsys.readouterr().err == "--port is -1: give a number from 0 to 65535.\n"


def test_the_page_may_load_nothing_from_elsewhere_and_a_frame_is_an_option() -> None:
    policy = (
        "default-src 'none'; script-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors "
    )
    alone, embedded = fixed(()), fixed(("https://a.org", "https://b.org"))
    assert alone["Content-Security-Policy"] == f"{policy}'none'"
    assert alone["X-Frame-Options"] == "DENY"
    assert embedded["Content-Security-Policy"] == f"{policy}https://a.org https://b.org"
    assert "X-Frame-Options" not in embedded


@pytest.mark.parametrize(
    ("name", "machine"),
    [
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", True),
        ("Slackbot-LinkExpanding 1.0", True),
        ("WhatsApp/2.23.20.0 A", True),
        ("facebookexternalhit/1.1", True),
        ("Mozilla/5.0 (Linux; Android 10; CUBOT X20) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", False),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", False),
        ("", False),
    ],
)
def test_who_says_that_they_are_a_machine_gets_a_link_preview(name: str, machine: bool) -> None:
    assert bool(MACHINE.search(name)) == machine
