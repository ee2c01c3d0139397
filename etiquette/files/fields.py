"""Reads typed values from a tree of text, and collects every problem.

The code that reads a value decides its type. It is never guessed from the text.
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
    """The fields of one mapping.

    A field read without a default is required. Reading an invalid or missing field records a problem and returns a
    placeholder, so that all problems are found before `Problems.raise_if_any` is called.
    """

    def __init__(self, node: Node, path: str, problems: Problems) -> None:
        self.line, self.path, self.problems = node.line, path, problems
        self._known: set[str] = set()
        self._nodes = node.value if isinstance(node.value, dict) else {}
        self._is_mapping = isinstance(node.value, dict)
        if not self._is_mapping:
            problems.add(node.line, path, _describe(node), "should be a mapping, with lines such as 'name: value'.")

    def __contains__(self, key: str) -> bool:
        self._known.add(key)
        return key in self._nodes and self._nodes[key].value is not None

    def problem(self, key: str, remedy: str) -> None:
        """Record a problem with the value of this field."""
        node = self._nodes.get(key)
        line, value = (node.line, _describe(node)) if node else (self.line, "")
        self.problems.add(line, self.path_of(key), value, remedy)

    def path_of(self, key: str) -> str:
        """The path of a field from the root of the file."""
        return f"{self.path}.{key}" if self.path else key

    def line_of(self, key: str) -> int:
        """The line of a field or, if the field is missing, of the mapping."""
        return self._nodes[key].line if key in self._nodes else self.line

    def text(self, key: str, default: Any = REQUIRED, most: int = 4000) -> Any:
        """Text that is not blank. Lines are joined; paragraphs are kept apart."""
        if (raw := self._scalar(key, default)) is None:
            return _fallback(default)
        paragraphs = [" ".join(part.split()) for part in raw.strip().split("\n\n")]
        text = "\n\n".join(part for part in paragraphs if part)
        if not text:
            self.problem(key, "is empty; write a sentence.")
        elif len(text) > most:
            self.problem(key, f"is {len(text)} characters long; shorten it to {most}.")
        elif any(ord(char) < 32 and char != "\n" for char in text):
            self.problem(key, "contains control characters; remove them.")
        return text

    def name(self, key: str, default: Any = REQUIRED) -> Any:
        """An identifier: lower-case letters, digits and hyphens."""
        if (raw := self._scalar(key, default)) is None:
            return _fallback(default)
        if not _is_name(raw):
            self.problem(key, "is not a valid id; use lower-case letters, digits and hyphens, as in 'quiet-week'.")
        return raw

    def is_flag(self, key: str) -> bool:
        """Whether the value is missing or one that `flag` can read."""
        return key not in self or self._nodes[key].value in ("yes", "true", "no", "false")

    def flag(self, key: str, default: bool = False) -> bool:
        """Yes or true, no or false."""
        if (raw := self._scalar(key, None)) is None:
            return default
        if raw.lower() in ("yes", "true"):
            return True
        if raw.lower() not in ("no", "false"):
            self.problem(key, "should be yes or no.")
        return False

    def hours(self, key: str, default: Any = REQUIRED, least: float = 0) -> Any:
        """A duration, given as a number of hours."""
        if (raw := self._scalar(key, default)) is None:
            return _fallback(default)
        try:
            number = float(raw)
        except ValueError:
            number = float("nan")
        if not least <= number <= 1e5:
            self.problem(key, f"should be a number of hours from {least:g} to 100000.")
            return timedelta(0) if default is REQUIRED else default
        return timedelta(hours=number)

    def each_hours(self, key: str, default: timedelta) -> tuple[timedelta, ...]:
        """Durations, given as a number of hours or a list of them; `default` alone if the field is missing."""
        return tuple(fields.hours(name, default) for fields, name in self.each(key)) or (default,)

    def each(self, key: str) -> list[tuple[Fields, str]]:
        """The fields and the key with which to read each item of a list, or a single value. Empty if it is missing."""
        if key not in self:
            return []
        node = self._nodes[key]
        if not isinstance(node.value, list):
            return [(self, key)]
        items = {str(number): item for number, item in enumerate(node.value)}
        listed = Fields(Node(dict(items), node.line), self.path_of(key), self.problems)
        return [(listed, number) for number in items]

    def date_time(self, key: str, default: Any = REQUIRED) -> Any:
        """A naive local date and time, to the minute: 2026-03-03 10:00 or 2026-03-03T10:00."""
        if (raw := self._scalar(key, default)) is None:
            return _fallback(default)
        try:
            return datetime.strptime(raw.strip().replace("T", " ", 1), "%Y-%m-%d %H:%M")
        except ValueError:
            self.problem(key, "is not a date and time; write it as 2026-03-03 10:00.")
            return _fallback(default)

    def one_of(self, key: str, allowed: Mapping[str, T], what: str, default: Any = REQUIRED) -> T | Any:
        """The value in `allowed` for a word. `what` names the set in the error message."""
        if (raw := self._scalar(key, default)) is None:
            return _fallback(default)
        if raw not in allowed:
            self.problem(key, f"is not a valid {what}. {did_you_mean(raw, allowed)}")
            return _fallback(default)
        return allowed[raw]

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words, or a single word; empty if the field is missing."""
        if key not in self:
            return ()
        node = self._nodes[key]
        items = node.value if isinstance(node.value, list) else [node]
        if not all(isinstance(item.value, str) for item in items):
            self.problem(key, "should be a word or a list of words.")
            return ()
        return tuple(str(item.value) for item in items)

    def mapping(self, key: str) -> Fields:
        """The fields of a nested mapping, empty if it is missing."""
        node = self._nodes[key] if key in self else Node({}, self.line)
        return Fields(node, self.path_of(key), self.problems)

    def items(self, key: str, least: int = 0, most: int = 200) -> Iterator[Fields]:
        """The fields of each mapping in a list, empty if the list is missing."""
        node = self._nodes[key] if key in self else Node([], self.line)
        if not isinstance(node.value, list):
            self.problem(key, "should be a list; in YAML, start each item with a hyphen.")
            return
        if len(node.value) < least:
            self.problem(key, f"needs at least {least} item{'s' if least > 1 else ''}.")
        if len(node.value) > most:
            self.problem(key, f"has {len(node.value)} items; keep it to {most}.")
        for index, item in enumerate(node.value):
            yield Fields(item, f"{self.path_of(key)}[{index}]", self.problems)

    def done(self) -> None:
        """Record a problem for every field that has not been read."""
        for key, node in self._nodes.items():
            if key not in self._known:
                self.problems.add(node.line, self.path_of(key), "", f"unknown field. {did_you_mean(key, self._known)}")

    def _scalar(self, key: str, default: object) -> str | None:
        if key not in self:
            if default is REQUIRED and self._is_mapping:
                self.problems.add(self.line, self.path_of(key), "", f"is missing; add '{key}:' here.")
            return None
        node = self._nodes[key]
        if isinstance(node.value, str):
            return node.value
        self.problem(key, "should be a single value.")
        return None


def parse_fields(text: str, problems: Problems) -> Fields:
    """The fields of a YAML file or, where PyYAML is not installed, of a JSON file.

    Raises:
        PackError: It is neither, or not a mapping of names to values.
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


def did_you_mean(wrong: str, allowed: Iterable[str]) -> str:
    """A remedy for an unknown word: the closest allowed word or, if none is close, all allowed words."""
    known = sorted(allowed)
    closest = difflib.get_close_matches(wrong[:80], known, n=1)
    return f"Did you mean '{closest[0]}'?" if closest else f"Use one of: {', '.join(known)}."


def _fallback(default: Any) -> Any:
    """The value of a field that is missing or invalid."""
    return None if default is REQUIRED else default


def _is_name(text: str) -> bool:
    return 0 < len(text) <= 60 and all(c in "abcdefghijklmnopqrstuvwxyz0123456789-" for c in text)


def _describe(node: Node) -> str:
    match node.value:
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case None:
            return "nothing"
    return node.value
