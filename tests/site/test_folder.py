"""The folder that is written: everything that the page names is in it, and nothing in it names another host."""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from etiquette.judge import ARTICLE, policies
from etiquette.sessions import Assets, NotBuiltError
from etiquette.site import write_site
from etiquette.site.runtime import Runtime
from etiquette.site.worker import unpack_policy

OFFICE = policies()["thanks-within-a-day"]
PACKED_ONLY = ("python", "snapshot")
"""The files that are there in packed form only, as the page's data call them."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder as it is without any options."""
    folder = tmp_path_factory.mktemp("site") / "new" / "practice"
    write_site(folder)
    return folder


def html(folder: Path) -> str:
    """The page."""
    return (folder / "index.html").read_text(encoding="utf-8")


def data(folder: Path) -> dict[str, Any]:
    """What the page's script reads first."""
    found = re.search(r'<script id="page-data" type="application/json">(.*?)</script>', html(folder))
    assert found
    return dict(json.loads(found[1]))


def files(folder: Path) -> set[str]:
    """The paths of all files."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_page_can_be_read_before_anything_runs(folder: Path) -> None:
    page = html(folder)
    assert "<h1>" in page
    assert "Start with a story: “The quiet week”" in page
    assert "teaches the rules" not in page


def test_every_file_that_the_page_names_is_there_beside_it(folder: Path) -> None:
    named = {str(data(folder)[name]) for name in ("worker", "modules")}
    named |= {f"{data(folder)[name]}{end}" for name in PACKED_ONLY for end in (".gz", ".br")}
    named |= {name.removeprefix("./") for name in re.findall(r'(?:src|href)="(\./[^"]+)"', html(folder))}
    assert len(named) > 9
    assert named <= files(folder)


def test_no_address_in_the_page_is_that_of_another_host(folder: Path) -> None:
    assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]*"', html(folder)) == []


def test_what_a_server_may_send_packed_is_the_same_file(folder: Path) -> None:
    packed = {name.removesuffix(".gz") for name in files(folder) if name.endswith(".gz")}
    there = packed & files(folder)
    assert {"index.html", data(folder)["worker"]} <= there
    for name in there:
        assert gzip.decompress((folder / f"{name}.gz").read_bytes()) == (folder / name).read_bytes()
    assert packed - there == {data(folder)[name] for name in PACKED_ONLY}


def test_a_page_for_a_disk_has_in_one_script_all_that_a_browser_may_not_read_there(tmp_path: Path) -> None:
    write_site(tmp_path, from_disk=True)
    script = (tmp_path / data(tmp_path)["disk"]).read_text(encoding="utf-8")
    urls = json.loads(script.removeprefix("self.files = ").removesuffix(";\n"))
    read = {name: b64decode(url.partition("base64,")[2]) for name, url in urls.items()}
    named = {name: data(tmp_path)[name] for name in ("worker", "modules")}
    named |= {name: f"{data(tmp_path)[name]}.gz" for name in PACKED_ONLY}
    named |= {"page": f"static/{Assets.read().js}"}
    assert read == {name: (tmp_path / path).read_bytes() for name, path in named.items()}


def test_python_and_its_memory_have_the_size_that_the_page_was_told(folder: Path) -> None:
    """By it the page knows how much of them has arrived."""
    python, snapshot = (gzip.decompress((folder / f"{data(folder)[name]}.gz").read_bytes()) for name in PACKED_ONLY)
    assert python.startswith(b"\0asm")
    assert len(python) + len(snapshot) == data(folder)["bytes"]


def test_without_brotli_there_is_none_and_the_page_does_not_ask_for_it(folder: Path, tmp_path: Path) -> None:
    write_site(tmp_path, brotli=False)
    assert data(folder)["brotli"] is True
    assert data(tmp_path)["brotli"] is False
    assert files(tmp_path) == {name for name in files(folder) if not name.endswith(".br")}


def test_written_again_it_is_the_same_and_other_files_stay(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other.html").write_text("Ours", encoding="utf-8")
    for _ in range(2):
        write_site(tmp_path)
    assert files(tmp_path) == files(folder) | {"other.html"}
    assert (tmp_path / "static" / "licences.txt").read_bytes() == (folder / "static" / "licences.txt").read_bytes()


def test_a_base_url_stands_before_every_file(tmp_path: Path) -> None:
    write_site(tmp_path, base_url="/careers/practice/")
    assert data(tmp_path)["base"] == "/careers/practice/"
    assert set(re.findall(r'(?:src|href)="([^"#]*)static/', html(tmp_path))) == {"/careers/practice/"}


def test_a_policy_is_named_on_the_page_and_goes_with_it(folder: Path, tmp_path: Path) -> None:
    write_site(tmp_path, OFFICE)
    assert "This page teaches the rules of “Thanks within a day”" in html(tmp_path)
    assert unpack_policy(data(tmp_path)["policy"]) == OFFICE != ARTICLE
    assert data(folder)["policy"] == ""


def test_where_python_for_browsers_is_not_built_it_is_said_how_to(tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError, match="make site"):
        Runtime.read(tmp_path)
