"""The text of solutions: the learner's file made of it, a twin's change in it, and running it."""

import ast
import types
import warnings
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from glassnet.learn.worker import calls

__all__ = ["bare", "blank", "changed", "names_of", "run_quietly", "untouched"]


def blank(source: str, names: Sequence[str]) -> str:
    r"""``source`` without the bodies of the functions, and of the methods of the classes, called ``names``.

    >>> print(blank('def f(x):\n    "Twice x."\n    return 2 * x\n', ["f"]))
    def f(x):
        "Twice x."
        raise NotImplementedError("f is still to be written")
    <BLANKLINE>
    """
    lines = source.splitlines(keepends=True)
    for name, function in sorted(_functions(ast.parse(source), names), key=lambda pair: -pair[1].lineno):
        body = function.body
        told = body[0].end_lineno if ast.get_docstring(function) is not None else body[0].lineno - 1
        indent = " " * (function.col_offset + 4)
        rest = f'{indent}raise NotImplementedError("{name} is still to be written")\n'
        lines[told : function.end_lineno] = [rest]
    return "".join(lines)


def _functions(tree: ast.Module, names: Sequence[str]) -> list[tuple[str, ast.FunctionDef]]:
    found: list[tuple[str, ast.FunctionDef]] = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name in names:
            found.append((node.name, node))
        elif isinstance(node, ast.ClassDef) and node.name in names:
            methods = [item for item in node.body if isinstance(item, ast.FunctionDef)]
            found += [(f"{node.name}.{method.name}", method) for method in methods]
    return found


@lru_cache(maxsize=256)
def bare(source: str) -> str:
    r"""``source`` without its docstrings, otherwise letter for letter: what twins change.

    >>> bare('def f(x):\n    "2 * x"\n    return 2 * x\n')
    'def f(x):\n    return 2 * x\n'
    """
    lines = source.splitlines(keepends=True)
    tree = ast.parse(source)
    owners = [
        node for node in ast.walk(tree) if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
    ]
    told = [owner.body[0] for owner in owners if ast.get_docstring(owner) is not None]
    for docstring in sorted(told, key=lambda node: -node.lineno):
        del lines[docstring.lineno - 1 : docstring.end_lineno]
    return "".join(lines).lstrip("\n")


def changed(source: str, changes: Sequence[tuple[str, str]]) -> str | None:
    """``source`` with each piece replaced; None where one does not stand there exactly once.

    >>> changed("a = 1", [("1", "2")])
    'a = 2'
    >>> changed("a = 1", [("1", "2"), ("1", "3")]) is None
    True
    """
    for old, new in changes:
        if source.count(old) != 1:
            return None
        source = source.replace(old, new)
    return source


@lru_cache(maxsize=512)
def names_of(source: str) -> dict[str, Any]:
    """The names that one of our own texts defines."""
    return calls.load(source, "<glassnet exercise>")


def run_quietly(
    source: str, name: str, inputs: dict[str, Any], drive: Callable[..., Any] | None = None
) -> Any:
    """What one of our own texts returns, without NumPy's warnings; the exception when it raises one."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            names = names_of(source)
            if drive is not None:
                return drive(types.SimpleNamespace(**names), inputs)
            return names[name](*inputs.values())
        except Exception as error:
            return error


def untouched(source: str, names: Sequence[str]) -> list[str]:
    r"""Which of the functions (or classes) are still as they were handed out: no statement but a placeholder.

    >>> untouched("def f():\n    ...\ndef g():\n    return 1\n", ["f", "g"])
    ['f']
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    written: dict[str, bool] = {}
    for name, function in _functions(tree, names):
        own = name.partition(".")[0]
        written[own] = written.get(own, False) or not all(
            _is_placeholder(statement) for statement in function.body
        )
    return [name for name in names if written.get(name) is False]


def _is_placeholder(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Raise):
        return "NotImplementedError" in ast.unparse(statement)
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )
