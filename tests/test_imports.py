"""What import-linter cannot say: *nothing but* NumPy, and nothing that is not declared."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

from glassnet.extras import EXTRAS

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "glassnet"

# Where the package to install is called otherwise than the one to import.
INSTALLED_AS = {"PIL": "pillow", "sklearn": "scikit-learn"}


def third_parties(folder):
    """Every package from outside that some file under ``folder`` imports, anywhere in it."""
    found = {}
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                modules = [node.module if node.level == 0 else "glassnet"]  # a level: relative, so ours
            else:
                continue
            for module in modules:
                top = module.partition(".")[0]
                if top not in sys.stdlib_module_names and top != "glassnet":
                    found.setdefault(top, path.relative_to(ROOT))
    return found


@pytest.mark.parametrize("floor", ["maths", "nn", "optim"])
def test_the_engine_imports_numpy_alone(floor):
    assert set(third_parties(SOURCE / floor)) == {"numpy"}


def test_everything_imported_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=\[ ]", requirement)[0] for requirement in project["dependencies"]}
    declared.update(package for packages in EXTRAS.values() for package in packages)
    imported = {INSTALLED_AS.get(name, name): str(path) for name, path in third_parties(SOURCE).items()}
    assert {name: path for name, path in imported.items() if name not in declared} == {}


def test_constraints_pin_every_declared_package_and_name_no_index():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", pin) for pin in pins)
    pinned = {pin.partition("==")[0] for pin in pins}
    assert {re.split(r"[<>=\[ ]", requirement)[0] for group in groups for requirement in group} - {
        "glassnet"
    } <= pinned


# --- circles of files ------------------------------------------------------------------------------------


def modules(source):
    """Every file of a package by the name under which it is imported."""
    found = {}
    for path in source.rglob("*.py"):
        parts = [source.name, *path.relative_to(source).with_suffix("").parts]
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports_of(name, path, known):
    """Files of ours that a file imports: inside functions, for type checkers and by import_module, too."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join(
                    [*package.split(".")[: len(package.split(".")) - node.level + 1], base]
                ).rstrip(".")
            yield from (
                f"{base}.{alias.name}" if f"{base}.{alias.name}" in known else base for alias in node.names
            )
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            yield from (argument.value for argument in node.args if isinstance(argument, ast.Constant))


def circles(source):
    """Groups of files of which each imports, by whatever detour, each other one."""
    known = modules(source)
    direct = {name: set(imports_of(name, path, known)) & set(known) - {name} for name, path in known.items()}
    reached = {}
    for name in direct:
        seen, todo = set(), [name]
        while todo:
            todo += (new := direct[todo.pop()] - seen)
            seen |= new
        reached[name] = seen
    return {
        frozenset(other for other in reached[name] if name in reached[other])
        for name in reached
        if name in reached[name]
    }


def test_no_file_imports_itself_by_a_detour():
    assert sorted(map(sorted, circles(SOURCE))) == []


WAYS_ROUND = {
    "at the top": "from house.first import door",
    "in a function": "def f():\n    import house.first",
    "for type checkers": "import typing\nif typing.TYPE_CHECKING:\n    from house.first import door",
    "by name": "from importlib import import_module\nimport_module('house.first').door",
    "relative": "from ..first import door",
    "through the house's own door": "from house import door",
}


@pytest.mark.parametrize("way", WAYS_ROUND)
def test_a_circle_is_found_whatever_way_it_goes(way, tmp_path):
    house = tmp_path / "house"
    (house / "room").mkdir(parents=True)
    (house / "__init__.py").write_text("from house.first import door" if "door" in way else "")
    (house / "first.py").write_text("from house.room import window\ndoor = 1")
    (house / "room" / "__init__.py").write_text("from house.room.second import window")
    second = house / "room" / "second.py"
    second.write_text("window = 2")
    assert circles(house) == set()
    second.write_text(WAYS_ROUND[way] + "\nwindow = 2")
    (circle,) = circles(house)
    assert {"house.first", "house.room", "house.room.second"} <= circle
