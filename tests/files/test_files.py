"""Files that a person wrote: YAML and JSON become trees of text, and what could do harm is refused."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from etiquette.files import Fields, PackError, Problems, parse_fields, read_text


def fields(text: str) -> Fields:
    """The fields of a file with this text."""
    return parse_fields(text, Problems("p.yaml"))


def test_every_value_is_text_and_knows_its_line() -> None:
    tree = fields("title: A title\n\nmoments:\n  - id: one\n  - {id: two, at: ~}\n")
    problems = tree.problems
    assert (tree.text("title"), tree.line_of("title")) == ("A title", 1)
    first, second = tree.items("moments")
    assert [(each.text("id"), each.line_of("id")) for each in (first, second)] == [("one", 4), ("two", 5)]
    assert "at" not in second
    assert problems.found == []


@pytest.mark.parametrize("text", ["NO", "1e3", "2026-03-03", "~ish", "0x10"])
def test_text_that_looks_like_another_yaml_type_stays_text(text: str) -> None:
    assert fields(f"title: {text}").text("title") == text


def test_a_quoted_tilde_is_text() -> None:
    assert fields("title: '~'").text("title") == "~"


@pytest.mark.parametrize("empty", ["", "~", "null"])
def test_a_value_may_be_empty(empty: str) -> None:
    assert "title" not in fields(f"title: {empty}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("job: !!python/object/apply:os.system [id]", "1: 'tag:yaml.org,2002:python/object/apply:os"),
        ("job: !!str clerk", "1: 'tag:yaml.org,2002:str' is a tag, and tags are not allowed; remove it."),
        ("job: &a clerk", "1: anchors and aliases (& and *) are not allowed; write the value out."),
        ("job: clerk\nagain: *a", "2: anchors and aliases"),
        ("a: &a [*a, *a]", "1: anchors and aliases"),
        ("job: {a: {b: " + "{c: " * 30 + "}" * 32, "1: is nested more than 20 levels deep"),
        ("[" * 5000, "1: is nested more than 20 levels deep"),
        ("job: 'clerk", "is not YAML:"),
        ("job: clerk\n---\njob: other", "2: the file has a second document; remove the '---'."),
        ("job: clerk\n? [a]\n: b", "2: a name should be a plain word"),
        ("job: clerk\n~: b", "2: a name should be a plain word"),
        ("a:\n  then: Sent.\n  then: Twice.", "3: 'then' appears twice; keep one of them."),
    ],
)
def test_what_packs_do_not_use_is_refused_with_its_line(text: str, message: str) -> None:
    problems = Problems("p.yaml")
    with contextlib.suppress(PackError):
        parse_fields(text, problems)
    assert len(problems.found) == 1
    assert message in str(problems.found[0])


def test_twenty_deep_is_deep_enough() -> None:
    assert fields("{a: " * 20 + "b" + "}" * 20).problems.found == []


@pytest.mark.parametrize("text", ["", "just words", "- a\n- list", "42", "\x00", "{", "\t- x"])
def test_text_that_is_not_a_mapping_is_one_problem(text: str) -> None:
    with pytest.raises(PackError) as caught:
        fields(text)
    assert len(caught.value.problems) == 1


@given(some.text(max_size=400))
@settings(max_examples=300)
def test_any_text_is_a_mapping_or_raises_a_pack_error(text: str) -> None:
    with contextlib.suppress(PackError):
        assert isinstance(fields(text), Fields)


def test_json_is_read_even_without_pyyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a browser, where PyYAML may be missing."""
    text = json.dumps({"title": "A title", "moments": [{"id": "one", "asks": True, "at": None}]})
    with_yaml = fields(text)
    monkeypatch.setitem(sys.modules, "yaml", None)
    monkeypatch.delitem(sys.modules, "etiquette.files.yaml_tree")
    without_yaml = fields(text)
    for read in (with_yaml, without_yaml):
        (moment,) = read.items("moments")
        assert (read.text("title"), moment.text("id"), moment.flag("asks"), "at" in moment) == (
            "A title",
            "one",
            True,
            False,
        )
    with pytest.raises(PackError, match="install PyYAML"):
        fields("title: A title")


def test_a_huge_file_is_rejected_unread(tmp_path: Path) -> None:
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as file:
        os.truncate(file.fileno(), 50 * 2**20)
    with pytest.raises(PackError, match="52,428,800 bytes long"):
        read_text(huge)


def test_text_that_is_not_utf8_is_rejected_with_its_line(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("job: clerk\nemployer: Acmé\n".encode("latin-1"))
    with pytest.raises(PackError, match=r"latin\.yaml:2: is not UTF-8"):
        read_text(latin)
