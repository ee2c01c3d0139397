"""What the lean page is built of, and what comes of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from etiquette.sessions import STATIC, Assets, NotBuiltError
from tests.conftest import ROOT

SOURCES = ROOT / "etiquette" / "sessions" / "page"


def test_a_page_that_was_not_built_says_how_to(tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError, match="make app"):
        Assets.read(tmp_path)


def test_every_variable_that_is_used_has_a_value() -> None:
    """JupyterLab is not there to define them."""
    sheet = (STATIC / Assets.read().css).read_text(encoding="utf-8")
    script = (STATIC / Assets.read().js).read_text(encoding="utf-8")
    used = set(re.findall(r"var\((--[\w-]+)\)", sheet + script))
    assert len(used) > 50
    assert used <= set(re.findall(r"(--[\w-]+):", sheet))


def test_the_lock_file_names_no_registry_but_what_each_package_holds() -> None:
    locked = json.loads((SOURCES / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name, package in locked.items():
        assert "resolved" not in package
        assert not name or package["integrity"]


def test_the_licences_of_what_is_built_in_come_with_it() -> None:
    told = (STATIC / "licences.txt").read_text(encoding="utf-8")
    for name in ("@jupyter-widgets/base", "anywidget", "backbone", "dompurify", "@lumino/widgets", "fflate"):
        assert re.search(rf"^{name} [\d.]+ \(.+\)$", told, re.MULTILINE)
    assert told.count("Permission is hereby granted") >= 3
