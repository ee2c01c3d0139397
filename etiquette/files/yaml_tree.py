"""Parses YAML into a tree of text. This module imports PyYAML, so it is imported only when a file is read.

Aliases, tags, deep nesting and second documents are rejected before PyYAML composes anything, so they do no harm.
"""

from __future__ import annotations

from collections.abc import Iterable

import yaml

from etiquette.files.errors import Problems
from etiquette.files.tree import Node

DEEPEST = 20
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(text: str, problems: Problems) -> Node:
    """The tree of a YAML file.

    Raises:
        PackError: It is not YAML, or uses features that packs do not allow.
    """
    try:
        _check_events(yaml.parse(text, Loader=LOADER), problems)
        composed = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
        problems.add(mark.line + 1 if mark else 1, "", "", f"is not YAML: {what}.")
    problems.raise_if_any()
    return _node(composed, problems) if composed else Node(None, 1)


def _check_events(events: Iterable[yaml.Event], problems: Problems) -> None:
    documents = depth = 0
    for event in events:
        line = event.start_mark.line + 1 if event.start_mark else 1
        match event:
            case yaml.DocumentStartEvent():
                documents += 1
            case yaml.CollectionStartEvent():
                depth += 1
            case yaml.CollectionEndEvent():
                depth -= 1
        if isinstance(event, yaml.NodeEvent) and event.anchor:  # an alias, or an anchor for one
            problems.add(line, "", "", "anchors and aliases (& and *) are not allowed; write the value out.")
        elif getattr(event, "tag", None) not in (None, "!"):
            problems.add(line, "", str(getattr(event, "tag", "")), "is a tag, and tags are not allowed; remove it.")
        elif documents > 1:
            problems.add(line, "", "", "the file has a second document; remove the '---'.")
        elif depth > DEEPEST:
            problems.add(line, "", "", f"is nested more than {DEEPEST} levels deep; flatten it.")
        problems.raise_if_any()


def _node(composed: yaml.Node, problems: Problems) -> Node:
    line = composed.start_mark.line + 1
    match composed:
        case yaml.ScalarNode(value=text, style=style):
            return Node(None if not style and text in ("", "~", "null") else text, line)
        case yaml.SequenceNode(value=items):
            return Node([_node(item, problems) for item in items], line)
    found: dict[str, Node] = {}
    for key, value in composed.value:
        name = _node(key, problems)
        if not isinstance(name.value, str):
            problems.add(name.line, "", "", "a name should be a plain word; check for a missing colon or quote.")
            problems.raise_if_any()
        elif name.value in found:
            problems.add(name.line, "", name.value, "appears twice; keep one of them.")
        else:
            found[name.value] = _node(value, problems)
    return Node(found, line)
