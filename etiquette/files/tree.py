"""A file that somebody wrote, as a tree of plain text in which every value knows its line.

YAML is read as events, so that nothing is converted behind the author's back (a title that happens to be
`NO` or `1e3` stays a title), and aliases, tags and bottomless nesting are refused before they can do harm.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from etiquette.files.errors import Problems

LARGEST = 256 * 1024
DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Node:
    """A mapping, a list, or a scalar as text (None when empty), and the line on which it starts."""

    value: dict[str, Node] | list[Node] | str | None
    line: int

    @classmethod
    def of(cls, data: object, line: int = 1) -> Node:
        """The tree of a value that `json` has read."""
        match data:
            case dict():
                return cls({str(key): cls.of(value, line) for key, value in data.items()}, line)
            case list():
                return cls([cls.of(value, line) for value in data], line)
            case bool():
                return cls("true" if data else "false", line)
            case None:
                return cls(None, line)
        return cls(str(data), line)


def read_text(path: Path) -> str:
    """The text of a pack; refused before it is read if it is no file, too large, or not UTF-8."""
    problems = Problems(str(path))
    text = ""
    try:
        size = path.stat().st_size
        if not path.is_file():
            problems.add(1, "", "", "is no file; name a YAML file.")
        elif size > LARGEST:
            problems.add(1, "", "", f"is {size:,} bytes long; {LARGEST:,} is the most. Split it.")
        else:
            text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        problems.add(line, "", "", "is not UTF-8; save it with that encoding.")
    except OSError as error:
        problems.add(1, "", "", f"cannot be read: {error.strerror}.")
    problems.raise_if_any()
    return text


def parse(text: str, problems: Problems) -> Node:
    """The tree of a pack, from YAML or, where there is no YAML reader, from JSON."""
    try:
        import yaml
    except ImportError:
        try:
            return Node.of(json.loads(text))
        except (ValueError, RecursionError) as error:
            problems.add(1, "", "", f"is not JSON ({error}), and PyYAML is not installed.")
            problems.raise_if_any()
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    root: Node | None = None
    open_nodes: list[tuple[Node, list[str]]] = []  # each unfinished collection, and the key it waits to fill

    def place(node: Node) -> None:
        nonlocal root
        if not open_nodes:
            root = node
            return
        parent, keys = open_nodes[-1]
        if isinstance(parent.value, list):
            parent.value.append(node)
        elif isinstance(parent.value, dict):
            if keys:
                parent.value[keys.pop()] = node
            elif not isinstance(node.value, str):
                problems.add(node.line, "", "", "a name should be a plain word; is a colon or a quote missing?")
                problems.raise_if_any()
            elif node.value in parent.value:
                problems.add(node.line, "", node.value, "is given twice; keep one of them.")
                keys.append(f"{node.value} (again)")
            else:
                keys.append(node.value)

    try:
        for event in yaml.parse(text, Loader=loader):
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                problems.add(line, "", "", "anchors and aliases (& and *) are not used in packs; write it out.")
                problems.raise_if_any()
            if getattr(event, "tag", None) not in (None, "!"):
                problems.add(line, "", str(getattr(event, "tag", "")), "tags are not used in packs; take it out.")
                problems.raise_if_any()
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                problems.add(line, "", "", "a pack is one document; take out the '---'.")
                problems.raise_if_any()
            if isinstance(event, yaml.ScalarEvent):
                empty = event.implicit[0] and event.value in ("", "~", "null")
                place(Node(None if empty else event.value, line))
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                node = Node({} if isinstance(event, yaml.MappingStartEvent) else [], line)
                place(node)
                open_nodes.append((node, []))
                if len(open_nodes) > DEEPEST:
                    problems.add(line, "", "", f"is nested more than {DEEPEST} deep.")
                    problems.raise_if_any()
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                open_nodes.pop()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
        problems.add(mark.line + 1 if mark else 1, "", "", f"is not YAML: {what}.")
        problems.raise_if_any()
    return root or Node(None, 1)
