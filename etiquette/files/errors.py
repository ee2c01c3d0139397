"""The problems found in a file, raised together."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a file. `path` says where it is, as in `moments[2].choices[0].does`."""

    file: str
    line: int
    path: str
    value: str
    remedy: str

    def __str__(self) -> str:
        location = f"{self.file}:{self.line}: " + (f"{self.path}: " if self.path else "")
        return location + (f"{shorten(self.value)} {self.remedy}" if self.value else self.remedy)


class PackError(ValueError):
    """A pack, policy or case file cannot be used. `problems` lists everything that is wrong."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(slots=True)
class Problems:
    """Collects the problems of one file."""

    file: str
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int, path: str, value: str, remedy: str) -> None:
        """Record a problem, so that reading can continue."""
        self.found.append(Problem(self.file, line, path, value, remedy))

    def raise_if_any(self) -> None:
        """Raise all recorded problems, in order of line.

        Raises:
            PackError: There is at least one.
        """
        if self.found:
            raise PackError(tuple(sorted(self.found, key=lambda problem: problem.line)))


def shorten(value: str, most: int = 60) -> str:
    """A value quoted for an error message, on one line and shortened to `most` characters."""
    text = " ".join(value.split())
    return repr(text if len(text) <= most else text[: most - 1] + "…")
