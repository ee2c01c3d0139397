"""Reads typed values out of a tree of plain text, and collects every problem on the way.

Whoever reads a field says what it should be; the tree does not guess.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from etiquette.files.errors import Problems
from etiquette.files.tree import Node

T = TypeVar("T")
REQUIRED: Any = object()


class Fields:
    """The fields of one mapping. Reading a field that is wrong notes a problem and gives the default."""

    def __init__(self, node: Node, path: str, problems: Problems) -> None:
        self.line, self.path, self.problems = node.line, path, problems
        self._known: set[str] = set()
        self._nodes = node.value if isinstance(node.value, dict) else {}
        self._is_mapping = isinstance(node.value, dict)
        if not self._is_mapping:
            problems.add(node.line, path, _shape(node), "should be a mapping of names to values.")

    def __contains__(self, key: str) -> bool:
        self._known.add(key)
        return key in self._nodes and self._nodes[key].value is not None

    def problem(self, key: str, remedy: str) -> None:
        """Note that the value of this field will not do."""
        node = self._nodes.get(key)
        line, value = (node.line, _shape(node)) if node else (self.line, "")
        self.problems.add(line, self.at(key), value, remedy)

    def at(self, key: str) -> str:
        """The path of a field."""
        return f"{self.path}.{key}" if self.path else key

    def line_of(self, key: str) -> int:
        """The line of a field, or of the mapping if it is not there."""
        return self._nodes[key].line if key in self._nodes else self.line

    def text(self, key: str, default: Any = REQUIRED, most: int = 4000) -> Any:
        """Text that is not blank, with its lines joined and its paragraphs kept."""
        raw = self._scalar(key, default)
        if raw is None:
            return None if default is REQUIRED else default
        paragraphs = [" ".join(part.split()) for part in raw.strip().split("\n\n")]
        text = "\n\n".join(part for part in paragraphs if part)
        if not text:
            self.problem(key, "is empty; write a sentence.")
        elif len(text) > most:
            self.problem(key, f"is {len(text)} characters long; {most} is the most.")
        elif any(ord(char) < 32 and char != "\n" for char in text):
            self.problem(key, "holds control characters; take them out.")
        return text

    def name(self, key: str, default: Any = REQUIRED) -> Any:
        """An identifier: lower-case letters, digits and hyphens."""
        raw = self._scalar(key, default)
        if raw is None:
            return None if default is REQUIRED else default
        if not _is_name(raw):
            self.problem(key, "is no id; use lower-case letters, digits and hyphens, as in 'quiet-week'.")
        return raw

    def flag(self, key: str, default: bool = False) -> bool:
        """Yes or no, true or false."""
        raw = self._scalar(key, None)
        if raw is None:
            return default
        if raw.lower() in ("yes", "true"):
            return True
        if raw.lower() not in ("no", "false"):
            self.problem(key, "is neither yes nor no.")
        return False

    def hours(self, key: str, default: Any = REQUIRED, least: float = 0, unit: str = "hours") -> Any:
        """A length of time, given as a number of hours, or of days where `unit` says so."""
        raw = self._scalar(key, default)
        if raw is None:
            return None if default is REQUIRED else default
        try:
            number = float(raw)
        except ValueError:
            number = float("nan")
        if not least <= number <= 1e5:
            self.problem(key, f"should be a number of {unit} from {least:g} to 100000.")
            return timedelta(0) if default is REQUIRED else default
        return timedelta(**{unit: number})

    def when(self, key: str, default: Any = REQUIRED) -> Any:
        """A local date and time, to the minute: 2026-03-03 10:00, or with a T in between."""
        raw = self._scalar(key, default)
        if raw is None:
            return None if default is REQUIRED else default
        try:
            return datetime.strptime(raw.strip().replace("T", " ", 1), "%Y-%m-%d %H:%M")
        except ValueError:
            self.problem(key, "is no date and time; write it as 2026-03-03 10:00.")
            return None if default is REQUIRED else default

    def one_of(self, key: str, allowed: Mapping[str, T], what: str, default: Any = REQUIRED) -> T | Any:
        """One of a set of words, or the value it stands for."""
        raw = self._scalar(key, default)
        if raw is None:
            return None if default is REQUIRED else default
        if raw not in allowed:
            self.problem(key, f"is no {what}. {suggest(raw, allowed)}")
            return None if default is REQUIRED else default
        return allowed[raw]

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words, or one word alone; empty when left out."""
        if key not in self:
            return ()
        node = self._nodes[key]
        items = node.value if isinstance(node.value, list) else [node]
        if not all(isinstance(item.value, str) for item in items):
            self.problem(key, "should be a word or a list of words.")
            return ()
        return tuple(str(item.value) for item in items)

    def mapping(self, key: str) -> Fields:
        """The fields of a mapping inside this one; without fields when it is not there."""
        node = self._nodes[key] if key in self else Node({}, self.line)
        return Fields(node, self.at(key), self.problems)

    def items(self, key: str, least: int = 0, most: int = 200) -> Iterator[Fields]:
        """The mappings in a list."""
        node = self._nodes[key] if key in self else Node([], self.line)
        if not isinstance(node.value, list):
            self.problem(key, "should be a list; in YAML, begin each item with a hyphen.")
            return
        if len(node.value) < least:
            self.problem(key, f"needs at least {least} item{'s' if least > 1 else ''}.")
        if len(node.value) > most:
            self.problem(key, f"has {len(node.value)} items; {most} is the most.")
        for index, item in enumerate(node.value):
            yield Fields(item, f"{self.at(key)}[{index}]", self.problems)

    def done(self) -> None:
        """Note every field that nothing has asked for."""
        for key, node in self._nodes.items():
            if key not in self._known:
                self.problems.add(node.line, self.at(key), "", f"unknown field. {suggest(key, self._known)}")

    def _scalar(self, key: str, default: object) -> str | None:
        if key not in self:
            if default is REQUIRED and self._is_mapping:
                self.problems.add(self.line, self.at(key), "", f"is missing; add '{key}:' here.")
            return None
        node = self._nodes[key]
        if isinstance(node.value, str):
            return node.value
        self.problem(key, "should be a single value.")
        return None


def mapping_of(text: str, problems: Problems) -> Fields:
    """The fields of a YAML file or, where PyYAML is not installed, of a JSON file.

    Raises:
        PackError: it is neither, or not a mapping of names to values.
    """
    try:
        from etiquette.files.yaml_tree import parse_yaml as parse
    except ImportError:
        from etiquette.files.tree import parse_json as parse
    tree = parse(text, problems)
    root = Fields(tree, "", problems)
    if not isinstance(tree.value, dict):
        problems.raise_if_any()
    return root


def suggest(wrong: str, allowed: Iterable[str]) -> str:
    """A remedy for a misspelt word: the nearest one, or all of them."""
    known = sorted(allowed)
    near = difflib.get_close_matches(wrong[:80], known, n=1)
    return f"Did you mean '{near[0]}'?" if near else f"Use one of: {', '.join(known)}."


def _is_name(text: str) -> bool:
    return 0 < len(text) <= 60 and all(c in "abcdefghijklmnopqrstuvwxyz0123456789-" for c in text)


def _shape(node: Node) -> str:
    match node.value:
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case None:
            return "nothing"
    return node.value
