"""A file that a person wrote, as a tree of text in which every value knows its line.

Nothing is converted: a title that happens to be `NO` or `1e3` stays a title.
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
    """A mapping, a list, or a scalar as text (None when empty), and the line on which it starts, from 1."""

    value: dict[str, Node] | list[Node] | str | None
    line: int

    @classmethod
    def of(cls, data: object, line: int = 1) -> Node:
        """The tree of a value from `json.loads`, all of it on one line."""
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
    """The text of a file.

    Raises:
        PackError: It is not a file, is larger than `LARGEST` bytes, cannot be read, or is not UTF-8.
    """
    problems = Problems(str(path))
    text = ""
    try:
        size = path.stat().st_size
        if not path.is_file():
            problems.add(1, "", "", "is not a file; name a YAML file.")
        elif size > LARGEST:
            problems.add(1, "", "", f"is {size:,} bytes long, more than {LARGEST:,}; split it.")
        else:
            text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        problems.add(line, "", "", "is not UTF-8; save it as UTF-8.")
    except OSError as error:
        problems.add(1, "", "", f"cannot be read: {error.strerror}.")
    problems.raise_if_any()
    return text


def parse_json(text: str, problems: Problems) -> Node:
    """The tree of a JSON file, all of it on line 1.

    Raises:
        PackError: It is not JSON.
    """
    try:
        return Node.of(json.loads(text))
    except (ValueError, RecursionError) as error:
        problems.add(1, "", "", f"is not JSON ({error}); install PyYAML to read YAML.")
        problems.raise_if_any()
        raise
