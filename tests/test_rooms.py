"""The package is a house of rooms: imports point one way, and nobody enters a room but by its door.

A room is a folder; its door is its `__init__.py`, which says in a paragraph what the room is for and names its public
API in `__all__`.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

PACKAGE = Path(__file__).parent.parent / "etiquette"
CORE = ["files", "judge", "stories", "drafts", "practice", "plan", "room"]
ORDER = [*CORE, "room.store", "sessions", "views", "site", "host", "cli"]
VIEWS = ["controls", "stories", "quiz", "drafts", "plan", "room", "page"]
DOORS = [f"etiquette.{room}" for room in ORDER] + [f"etiquette.views.{folder}" for folder in VIEWS]
SIDE_BY_SIDE = [[f"etiquette.{room}" for room in rooms] for rooms in (("drafts", "practice", "plan"), ("site", "host"))]
TREES = {
    path: ast.parse(path.read_text(encoding="utf-8"))
    for path in PACKAGE.rglob("*.py")
    if "node_modules" not in path.parts
}


def module_of(path: Path) -> str:
    """The dotted name of a file of the package."""
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


def room_of(module: str) -> str:
    """The innermost room that a module is in or, outside of all rooms, the module itself."""
    return max((door for door in DOORS if f"{module}.".startswith(f"{door}.")), key=len, default=module)


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Each module of the package that a file imports from, with the name it takes."""
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "etiquette":
            for alias in node.names:
                is_module = isinstance(getattr(import_module(node.module), alias.name), ModuleType)
                yield (f"{node.module}.{alias.name}", "") if is_module else (node.module, alias.name)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names if alias.name.split(".")[0] == "etiquette")


BETWEEN_ROOMS = [
    (module_of(path), imported, name)
    for path in TREES
    for imported, name in imports(path)
    if room_of(imported) != room_of(module_of(path))
]


def test_imports_between_rooms_point_one_way() -> None:
    """Whatever is to the left knows nothing of what is to its right; the parts of the page have an order too."""
    in_order = [f"etiquette.{room}" for room in ORDER]
    in_order[in_order.index("etiquette.views") : 0] = [f"etiquette.views.{folder}" for folder in VIEWS]
    in_order.insert(in_order.index("etiquette.judge") + 1, "etiquette")
    rank = {door: number for number, door in enumerate([*in_order, "etiquette.__main__"])}
    for rooms in SIDE_BY_SIDE:
        rank |= dict.fromkeys(rooms, rank[rooms[0]])
    for module, imported, name in BETWEEN_ROOMS:
        assert rank[room_of(imported)] < rank[room_of(module)], f"{module} imports {name} from {imported}"


def test_sessions_know_nothing_of_the_other_rooms_and_only_those_who_run_pages_know_them() -> None:
    """They stand beside the views: a session shows any notebook, and a view runs in a kernel too."""
    assert [imported for module, imported, _ in BETWEEN_ROOMS if room_of(module) == "etiquette.sessions"] == []
    users = {room_of(module) for module, imported, _ in BETWEEN_ROOMS if room_of(imported) == "etiquette.sessions"}
    assert users - {"etiquette.cli"} == {"etiquette.host", "etiquette.site"}


def test_nothing_imports_past_the_door_of_a_room() -> None:
    for module, imported, name in BETWEEN_ROOMS:
        assert imported in ("etiquette", *DOORS), f"{module} enters {imported} past its door"
        assert name in import_module(imported).__all__, f"{imported} does not offer {name}, which {module} imports"


@pytest.mark.parametrize("door", DOORS)
def test_a_door_says_what_its_room_is_for_and_names_what_there_is(door: str) -> None:
    room = import_module(door)
    assert room.__doc__
    assert len(room.__doc__.split()) >= 8
    assert all(hasattr(room, name) for name in room.__all__)


def test_no_import_goes_in_a_circle() -> None:
    """Not even one that only a type checker follows. Inside a room, modules import each other by their full names."""
    graph = {
        module_of(path): {imported for imported, _ in imports(path) if imported not in ("etiquette", *DOORS)}
        for path in TREES
        if path.name != "__init__.py"
    }
    TopologicalSorter(graph).prepare()


def test_the_house_is_small_to_the_eye() -> None:
    found = {path.name for path in PACKAGE.iterdir() if path.name not in ("__pycache__", "notebooks")}
    assert found - {"__init__.py", "__main__.py", "py.typed", "library"} == {room for room in ORDER if "." not in room}
    assert len(found) <= 16


def test_a_public_name_means_one_thing() -> None:
    """No class or function of one module is called like that of another."""
    defined = Counter(
        node.name
        for path, tree in TREES.items()
        for node in tree.body
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_")
    )
    del defined["main"], defined["__getattr__"]
    assert [name for name, times in defined.items() if times > 1] == []


def test_the_core_imports_neither_widgets_nor_yaml() -> None:
    """Everything left of the views runs where there is only Python, as in a browser."""
    script = (
        f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r}); from etiquette import {', '.join(CORE)}; "
        "print([name for name in ('ipywidgets', 'yaml', 'icalendar', 'anywidget', 'markupsafe', 'voila', 'sqlalchemy', "
        "'sqlite3', 'socket', 'subprocess') if name in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-S", "-c", script], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"
