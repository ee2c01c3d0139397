"""What `etiquette serve` can be told, and what it refuses, in sentences."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from etiquette.cli import main
from etiquette.host import Options
from etiquette.host.handlers import MACHINE, read_assets
from etiquette.host.headers import HASHED, fixed

SAFE: dict[str, Any] = {"most": 10_000, "root": False, "shared_directory": None}


def test_what_is_not_said_is_fit_to_serve() -> None:
    assert Options().faults() == []
    assert not Options().public


def test_who_is_in_a_workshop_may_listen_for_long_without_a_click() -> None:
    assert Options().patience.idle == 30 * 60
    assert Options(workshop=True).patience.idle == 240 * 60
    assert Options(workshop=True, idle=5).patience.idle == 5 * 60


def test_one_address_may_have_half_of_all_places_and_in_a_workshop_all() -> None:
    assert Options().most_per_address(40) == 20
    assert Options().most_per_address(1) == 1
    assert Options(workshop=True).most_per_address(40) == 40
    assert Options(workshop=True, per_address=3).most_per_address(40) == 3


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"port": 70_000}, "--port is 70000: give a number from 0 to 65535."),
        ({"visitors": 0}, "--visitors is 0: give a number from 1 to 100000."),
        ({"per_address": 0}, "--per-address is 0: give a number from 1 to 100000."),
        ({"workers": 0}, "--workers is 0: give a number from 1 to 64."),
        ({"unopened": -1}, "--unopened is -1: give a number above 0."),
        ({"idle": 0}, "--idle is 0: give a number above 0."),
        ({"idle": float("nan")}, "--idle is nan: give a number above 0."),
        ({"base_url": "etiquette"}, "--base-url is 'etiquette': give a path from / to /, as in /etiquette/."),
        ({"base_url": "/a(.*)/"}, "--base-url is '/a(.*)/': give a path from / to /, as in /etiquette/."),
        ({"ip": "example.org"}, "--ip is 'example.org': give an address of this machine, as in 127.0.0.1 or 0.0.0.0."),
        (
            {"login": "jupyterhub"},
            "--login is jupyterhub: that is for a service which JupyterHub starts, as in deploy/.",
        ),
        (
            {"store": "rooms"},
            "--store: The rooms are kept at an address like sqlite:////srv/rooms.sqlite3 or "
            "postgresql+psycopg://user@host/rooms.",
        ),
        ({"embed": ("moodle.org",)}, "--embed is 'moodle.org': give an origin, as in https://moodle.example.org."),
        (
            {"embed": ("https://a.org; script-src *",)},
            "--embed is 'https://a.org; script-src *': give an origin, as in https://moodle.example.org.",
        ),
        (
            {"names": ("http://a.org",)},
            "--name is 'http://a.org': give a host's name alone, as in careers.example.org.",
        ),
    ],
)
def test_a_fault_is_a_sentence_with_its_remedy(wrong: dict[str, Any], says: str) -> None:
    assert Options(**wrong).faults() == [says]


@pytest.mark.parametrize("ip", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_this_machine_alone_may_be_served_in_any_way(ip: str) -> None:
    danger: dict[str, Any] = {"most": 1, "root": True, "shared_directory": Path("/tmp")}
    assert Options(ip=ip, visitors=1000).dangers(**danger) == []


@pytest.mark.parametrize("ip", ["0.0.0.0", "::", "10.0.0.5"])
def test_other_machines_may_be_served_if_it_is_safe(ip: str) -> None:
    assert Options(ip=ip).dangers(**SAFE) == []


@pytest.mark.parametrize(
    ("danger", "says"),
    [
        ({"root": True}, "it runs as root: start it as a user of its own (systemd: DynamicUser=yes)."),
        ({"most": 40}, "--visitors 1000 is more than this machine holds: give 40 or less."),
        (
            {"shared_directory": Path("/shared")},
            "others can replace files in /shared: set TMPDIR to a directory of its own user.",
        ),
    ],
)
def test_they_are_not_if_it_is_not(danger: dict[str, Any], says: str) -> None:
    assert Options(ip="0.0.0.0", visitors=1000).dangers(**SAFE | danger) == [says]


def test_the_command_refuses_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--no-open", "--ip", "0.0.0.0", "--visitors", "99999"]) == 2
    assert "Not served at 0.0.0.0: --visitors 99999 is more than this machine holds" in capsys.readouterr().err
    assert main(["serve", "--no-open", "--port", "-1"]) == 2
    assert capsys.readouterr().err == "--port is -1: give a number from 0 to 65535.\n"


def test_a_frame_is_an_option() -> None:
    assert fixed(())["Content-Security-Policy"].endswith("; frame-ancestors 'none'")
    assert fixed(())["X-Frame-Options"] == "DENY"
    embedded = fixed(("https://a.org", "https://b.org"))
    assert embedded["Content-Security-Policy"].endswith("; frame-ancestors https://a.org https://b.org")
    assert "X-Frame-Options" not in embedded


def test_the_pages_files_are_read_and_compressed_once(tmp_path: Path) -> None:
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "page-5D2K8QWX.js").write_text("let me = 1;" * 1000)
    (asset,) = read_assets(tmp_path).values()
    assert list(read_assets(tmp_path)) == ["deeper/page-5D2K8QWX.js"]
    assert asset.kind == "text/javascript"
    assert gzip.decompress(asset.packed) == asset.plain
    assert len(asset.packed) < len(asset.plain) / 10


@pytest.mark.parametrize(
    ("name", "machine"),
    [
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", True),
        ("Twitterbot/1.0", True),
        ("Mozilla/5.0 (compatible; bingbot/2.0)", True),
        ("Mozilla/5.0 (Linux; Android 10; CUBOT X20) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", False),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1",
            False,
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", False),
        ("", False),
    ],
)
def test_who_says_that_they_are_a_machine_gets_a_link_preview(name: str, machine: bool) -> None:
    assert bool(MACHINE.search(name)) == machine


def test_the_page_may_load_nothing_from_elsewhere() -> None:
    assert fixed(())["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("page-5D2K8QWX.js", True),
        ("page-5d2k8qwx.css", True),
        ("page.js", False),
        ("page-short.js", False),
        ("page-5D2K8QWX.html", False),
    ],
)
def test_a_name_with_a_hash_is_kept_for_long(name: str, kept: bool) -> None:
    assert bool(HASHED.search(f"/voila/templates/x/static/{name}")) == kept
