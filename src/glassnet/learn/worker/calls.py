"""Loading a learner's file and calling what it defines; whatever goes wrong comes back as a description."""

import ast
import collections
import contextlib
import inspect
import random
import sys
import types
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

__all__ = ["LEARNER", "describe", "execute", "inventory", "load", "perform"]

LEARNER = "<learner>"  # the file's name in tracebacks: only its lines are told
MOST_FRAMES = 12
MOST_WARNINGS = 5


def load(source: str, filename: str = LEARNER) -> dict[str, Any]:
    """The names that a file defines, run as a module that is not ``__main__``."""
    module = types.ModuleType("exercise")
    sys.modules["exercise"] = module  # dataclasses look their module up
    try:
        exec(compile(source, filename, "exec", dont_inherit=True), module.__dict__)
    finally:
        sys.modules.pop("exercise", None)
    return module.__dict__


def inventory(names: dict[str, Any]) -> dict[str, Any]:
    """What a loaded file defines itself: each function's and class's parameters and line, and ``SAMPLES``."""
    defined = {}
    for name, value in list(names.items()):
        if name.startswith("__") or getattr(value, "__module__", None) != "exercise" or not callable(value):
            continue
        with contextlib.suppress(Exception):
            code = getattr(value, "__code__", None)
            defined[name] = {
                "parameters": list(inspect.signature(value).parameters),
                "line": code.co_firstlineno if code else None,
            }
    samples = names.get("SAMPLES")
    return {"defined": defined, "samples": samples if isinstance(samples, str) else None}


def perform(names: dict[str, Any], call: dict[str, Any], source: str) -> dict[str, Any]:
    """Make one call and describe what came of it.

    ``call`` holds ``function``, ``inputs`` (name and value, in order), ``seed`` and perhaps ``drive``,
    the source of a function of ``(learner, inputs)`` that makes several calls, and ``driver``, its name.
    """
    inputs = call["inputs"]
    before = {name: value.tobytes() for name, value in inputs.items() if isinstance(value, np.ndarray)}
    np.random.seed(call["seed"])  # noqa: NPY002  (the learner may draw from it; the marker wants to know)
    random.seed(call["seed"])
    answer: dict[str, Any] = {}
    with _recorded() as seen:
        try:
            answer["value"] = execute(names, call)
        except BaseException as error:
            answer["error"] = describe(error, source)
    answer["warnings"] = _told(seen)
    answer["changed"] = {name: inputs[name] for name, old in before.items() if inputs[name].tobytes() != old}
    return answer


def execute(names: dict[str, Any], call: dict[str, Any]) -> Any:
    """What the call returns."""
    if call.get("drive"):
        space: dict[str, Any] = {"np": np}
        exec(call["drive"], space)
        return space[call["driver"]](types.SimpleNamespace(**names), call["inputs"])
    function: Callable[..., Any] = names[call["function"]]
    return function(*call["inputs"].values())


@contextlib.contextmanager
def _recorded() -> Iterator[list[warnings.WarningMessage]]:
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        yield seen


def _told(seen: list[warnings.WarningMessage]) -> list[dict[str, Any]]:
    own = [warning for warning in seen if warning.filename == LEARNER]
    told = {(warning.lineno, str(warning.message)) for warning in own}
    return [{"line": line, "message": message[:200]} for line, message in sorted(told)[:MOST_WARNINGS]]


def describe(error: BaseException, source: str) -> dict[str, Any]:
    """What went wrong, and on which of the learner's lines; nobody else's lines are told."""
    kinds = [kind.__name__ for kind in type(error).__mro__[:-2]]
    description: dict[str, Any] = {"type": kinds[0], "kinds": kinds, "message": _message(error)}
    if isinstance(error, SyntaxError) and error.filename == LEARNER:
        told = {"line": error.lineno, "offset": error.offset, "message": error.msg, "syntax": True}
        description |= told
        return description
    first: list[dict[str, Any]] = []
    last: collections.deque[dict[str, Any]] = collections.deque(maxlen=MOST_FRAMES)
    innermost = None
    traceback = error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == LEARNER:
            frame = {"line": traceback.tb_lineno, "function": traceback.tb_frame.f_code.co_name}
            (last if first else first).append(frame)
            innermost = traceback
        traceback = traceback.tb_next
    description["frames"] = [*first, *last]
    if innermost is not None:
        description["line"] = innermost.tb_lineno
        with contextlib.suppress(Exception):
            description |= _operands(innermost, source)
    return description


def _message(error: BaseException) -> str:
    try:
        return str(error)[:500]
    except BaseException:
        return ""


def _operands(traceback: types.TracebackType, source: str) -> dict[str, Any]:
    """The expression that failed, and the shapes of what stands in it."""
    positions = list(traceback.tb_frame.f_code.co_positions())[traceback.tb_lasti // 2]
    line, end_line, column, end_column = positions
    if None in positions or line != end_line:
        return {}
    text = source.splitlines()[line - 1].encode()[column:end_column].decode().strip()  # type: ignore[operator]
    told: dict[str, Any] = {"expression": text}
    node = ast.parse(text, mode="eval").body
    scope = {**traceback.tb_frame.f_globals, **traceback.tb_frame.f_locals}
    parts: list[ast.expr] = []
    if isinstance(node, ast.BinOp):
        parts = [node.left, node.right]
        told["operator"] = type(node.op).__name__
    elif isinstance(node, ast.Call):
        parts = [*node.args, *([node.func.value] if isinstance(node.func, ast.Attribute) else [])]
    shapes = {ast.unparse(part): _shape(part, scope) for part in parts}
    told["shapes"] = [[name, list(shape)] for name, shape in shapes.items() if shape is not None]
    return told


def _shape(node: ast.expr, scope: dict[str, Any]) -> tuple[int, ...] | None:
    """The shape of a name, or of a name's transpose; None for whatever would have to be computed."""
    if isinstance(node, ast.Name) and isinstance(scope.get(node.id), np.ndarray):
        return tuple(scope[node.id].shape)
    if isinstance(node, ast.Attribute) and node.attr == "T":
        shape = _shape(node.value, scope)
        return None if shape is None else shape[::-1]
    return None
