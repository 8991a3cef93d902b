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


def imports_of(path):
    """The files of ours that a file imports, also inside functions and for type checkers alone."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in FILES else node.module


FILES = {
    ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in SOURCE.rglob("*.py")
}


@pytest.mark.parametrize("room", ["cli", "play"])
def test_no_file_of_a_room_imports_itself_through_others(room):
    graph = {name: set(imports_of(path)) & set(FILES) for name, path in FILES.items()}
    for name in FILES:
        if name.startswith(f"glassnet.{room}"):
            seen, waiting = set(), list(graph[name])
            while waiting:
                seen.add(current := waiting.pop())
                waiting += graph[current] - seen
            assert name not in seen
