"""The reference with a hook behind every line that gives something a value: to read it, or to change it."""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from glassnet.learn.exercise import Case, Part
from glassnet.learn.judging.outcome import Outcome, outcome_of
from glassnet.learn.source import names_of

__all__ = ["Altered", "Filled", "Place", "places", "traced"]

HOOK = "__hook__"
Change = Callable[[np.ndarray, Mapping[str, Any]], Any]


@dataclass(frozen=True)
class Place:
    """A line behind which something has a value.

    Attributes
    ----------
    index : int
        Counted through the source.
    function, name : str
        Whose variable it is.
    given : bool
        It is a parameter: the place is the function's beginning.
    """

    index: int
    function: str
    name: str
    given: bool


class _Planter(ast.NodeTransformer):
    def __init__(self) -> None:
        self.found: list[Place] = []
        self.function = ""
        self.fresh: set[str] = set()  # names whose last line has its hook already

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        outer, self.function = self.function, node.name
        first = [self._hook(argument.arg, True) for argument in node.args.args if argument.arg != "self"]
        self.generic_visit(node)
        node.body = [*first, *node.body]
        self.function = outer
        return node

    def visit_Assign(self, node: ast.Assign) -> Any:
        return self._behind(node, node.targets)

    def visit_AugAssign(self, node: ast.AugAssign) -> Any:
        return self._behind(node, [node.target])

    def visit_Return(self, node: ast.Return) -> Any:
        names = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
        plain = [name.id for name in names if isinstance(name, ast.Name)]
        return [*(self._hook(name, False) for name in plain if name not in self.fresh), node]

    def _behind(self, node: ast.stmt, targets: list[ast.expr]) -> Any:
        if not self.function:
            return node
        names = [
            item
            for target in targets
            for item in (target.elts if isinstance(target, ast.Tuple) else [target])
        ]
        plain = [name for name in names if _is_plain(name)]
        self.fresh = {ast.unparse(name) for name in plain} | self.fresh
        self.fresh -= {target.value.id for target in targets if _is_item(target)}  # type: ignore[attr-defined]
        return [node, *(self._hook(ast.unparse(name), False) for name in plain)]

    def _hook(self, name: str, given: bool) -> ast.stmt:
        self.found.append(Place(len(self.found), self.function, name, given))
        return ast.parse(f"{name} = {HOOK}({len(self.found) - 1}, {name}, locals())").body[0]


def _is_item(node: ast.expr) -> bool:
    return isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name)


def _is_plain(node: ast.expr) -> bool:
    if isinstance(node, ast.Attribute):
        return isinstance(node.value, ast.Name) and node.value.id == "self"
    return isinstance(node, ast.Name)


@lru_cache(maxsize=64)
def _planted(source: str) -> tuple[str, tuple[Place, ...]]:
    planter = _Planter()
    tree = planter.visit(ast.parse(source))
    return ast.unparse(tree), tuple(planter.found)


def places(source: str) -> tuple[Place, ...]:
    """Where ``source`` gives something a value."""
    return _planted(source)[1]


@dataclass(frozen=True)
class Altered:
    """The reference with values changed at some places: a program, as a text is one.

    Attributes
    ----------
    source : str
    changes : dict
        By a place's index, what becomes of the value: a function of it and of all local names.
    """

    source: str
    changes: Mapping[int, Change]

    def outcome(self, part: Part, case: Case) -> Outcome:
        """What it gives on a case."""
        text, _ = _planted(self.source)

        def hook(index: int, value: Any, local: Mapping[str, Any]) -> Any:
            change = self.changes.get(index)
            return value if change is None else change(value, local)

        names_of(text)[HOOK] = hook
        return outcome_of(text, part, case)


@dataclass(frozen=True)
class Filled:
    """A program without some rows (or columns), whose results have zeros in their place."""

    program: Altered
    index: slice

    def outcome(self, part: Part, case: Case) -> Outcome:
        """What it gives on a case."""
        short, whole = self.program.outcome(part, case), outcome_of(self.program.source, part, case)
        filled = {}
        for name, array in short.measured.items():
            full = np.zeros(np.shape(whole.measured[name]))
            axes = [
                axis
                for axis in range(min(np.ndim(array), full.ndim))
                if np.shape(array)[axis] != full.shape[axis]
            ]
            if len(axes) != 1 or np.ndim(array) != full.ndim:
                filled[name] = array
                continue
            full[(slice(None),) * axes[0] + (self.index,)] = array
            filled[name] = full
        return replace(short, measured=filled)


def traced(source: str, part: Part, case: Case) -> dict[str, Any]:
    """The last value of each name of the part's function, parameters as they came in."""
    text, found = _planted(source)
    seen: dict[str, Any] = {}

    def hook(index: int, value: Any, local: Mapping[str, Any]) -> Any:
        place = found[index]
        if place.function == part.name:
            seen[place.name] = value.copy() if isinstance(value, np.ndarray) else value
        return value

    names_of(text)[HOOK] = hook
    outcome_of(text, part, case)
    return seen
