"""`etiquette site`: what it writes is in `tests/site`."""

from __future__ import annotations

from pathlib import Path

import pytest

from etiquette.cli import main


def test_it_writes_the_page_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "web" / "practice"
    assert main(["site", str(out), "--base-url", "/practice/"]) == 0
    assert capsys.readouterr().out == f"The page: {out / 'index.html'}\n"
    assert '"base": "/practice/"' in (out / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("base_url", ["practice/", "/practice", "", "https://example.org/practice/", '/"/'])
def test_a_base_url_that_is_no_path_of_a_folder_is_refused(
    base_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["site", str(tmp_path / "out"), "--base-url", base_url]) == 2
    assert "give a path that begins and ends with /" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("option", [("--base-url", "/practice/"), ("--scorm", "1.2")])
def test_a_page_to_be_opened_from_disk_is_a_folder_with_relative_links(
    option: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["site", str(tmp_path / "out"), "--from-disk", *option]) == 2
    assert "--from-disk is for a folder" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    assert main(["site", str(tmp_path / "out")]) == 2
    assert str(tmp_path / "out") in capsys.readouterr().err


def test_a_file_that_is_no_policy_is_refused_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.yaml").write_text("id: our-office\nthresholds:\n  quiet: soon\n", encoding="utf-8")
    assert main(["site", str(tmp_path / "out"), "--policy", str(tmp_path / "bad.yaml")]) == 2
    assert "bad.yaml" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
