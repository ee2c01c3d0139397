"""YAML as a tree of text. It imports PyYAML, so it is imported only when a file is read.

Aliases, tags, deep nesting and second documents are refused before PyYAML composes anything, so they can do no harm.
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
        PackError: it is not YAML, or uses what packs do not.
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
        if isinstance(event, yaml.NodeEvent) and event.anchor:  # of an alias, or of what one could refer to
            problems.add(line, "", "", "anchors and aliases (& and *) are not used in packs; write it out.")
        elif getattr(event, "tag", None) not in (None, "!"):
            problems.add(line, "", str(getattr(event, "tag", "")), "tags are not used in packs; take it out.")
        elif documents > 1:
            problems.add(line, "", "", "a pack is one document; take out the '---'.")
        elif depth > DEEPEST:
            problems.add(line, "", "", f"is nested more than {DEEPEST} deep.")
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
            problems.add(name.line, "", "", "a name should be a plain word; is a colon or a quote missing?")
            problems.raise_if_any()
        elif name.value in found:
            problems.add(name.line, "", name.value, "is given twice; keep one of them.")
        else:
            found[name.value] = _node(value, problems)
    return Node(found, line)
