"""Plain sentences for code that does not come to an end: what happened, on which line, and what that means."""

import difflib
import re
import signal
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from glassnet.learn.process import Report

__all__ = ["ended", "lines_of", "sentence"]

SHAPES = re.compile(
    r"could not be broadcast|mismatch in its core dimension|not aligned|shape mismatch|could not broadcast"
)
ELEMENTWISE = {"Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "Pow": "**"}
MODULES = {
    "np": "numpy as np",
    "numpy": "numpy",
    "math": "math",
    "random": "random",
    "plt": "matplotlib.pyplot as plt",
}


def sentence(error: Mapping[str, Any], source: str) -> tuple[str, str]:
    """A title and a sentence for an error as ``worker.calls.describe`` tells it."""
    kinds, message, line = error.get("kinds", [error["type"]]), error.get("message", ""), error.get("line")
    at = f"Line {line}" if line else "Your code"
    if error.get("syntax"):
        return f"Python cannot read line {line}", f"{at} is not Python: {_syntax(message)}."
    for kind in kinds:
        if kind in SENTENCES:
            return SENTENCES[kind](at, message, error, source)
    return f"it stops with {error['type']}", f"{at} stops with {error['type']}: {message}."


def _syntax(message: str) -> str:
    known = {
        "expected ':'": "a colon is missing at its end",
        "invalid syntax": "something is missing or too many here, or in the line above",
        "unindent does not match any outer indentation level": "it is not indented as any of the lines above it",
        "unexpected indent": "it is indented further than the line above, and nothing there opens a block",
    }
    return known.get(message, message[:1].lower() + message[1:])


def _name(at: str, message: str, error: Mapping[str, Any], source: str) -> tuple[str, str]:
    match = re.search(r"name '(\w+)'|variable '(\w+)'", message)
    name = next((group for group in match.groups() if group), "?") if match else "?"
    if error["type"] == "UnboundLocalError":
        return (
            f"{name} has no value yet",
            f"{at} uses {name} before anything was assigned to it in this function.",
        )
    if name in MODULES:
        return (
            f"{name} is not imported",
            f"{at} uses {name}; the line `import {MODULES[name]}` is missing above.",
        )
    near = difflib.get_close_matches(name, set(re.findall(r"\w+", source)) - {name}, n=1, cutoff=0.7)
    hint = f" Is {near[0]} meant?" if near else ""
    return f"{name} is not defined", f"{at} uses the name {name}, and nothing defines it.{hint}"


def _attribute(at: str, message: str, error: Mapping[str, Any], source: str) -> tuple[str, str]:
    match = re.search(r"module 'numpy[\w.]*' has no attribute '(\w+)'", message)
    if match:
        near = difflib.get_close_matches(match[1], dir(np), n=1, cutoff=0.6)
        hint = f" Is np.{near[0]} meant?" if near else ""
        return (
            f"NumPy has no {match[1]}",
            f"{at} asks for np.{match[1]}, and NumPy has nothing of that name.{hint}",
        )
    match = re.search(r"'([\w.]+)' object has no attribute '(\w+)'", message)
    if match and match[1] == "types.SimpleNamespace":
        return f"there is no {match[2]}", f"The file has to define {match[2]}."
    if match and match[1] == "NoneType":
        return (
            "something is None",
            f"{at} takes .{match[2]} of None: whatever made that value returned nothing.",
        )
    if match:
        return f"no .{match[2]} there", f"{at} takes .{match[2]} of a {match[1]}, which has none."
    return "an attribute that does not exist", f"{at}: {message}."


def _value(at: str, message: str, error: Mapping[str, Any], source: str) -> tuple[str, str]:
    if "truth value of an array" in message:
        return "an array where one True or False is needed", (
            f"{at} asks whether a whole array is true (with if, and, or, max, min); that can only be asked of one "
            "number. NumPy has functions that do it number by number."
        )
    if not SHAPES.search(message):
        return f"it stops with {error['type']}", f"{at} stops: {message}."
    what = f": `{error['expression']}`" if error.get("expression") else ""
    shapes = [(name, tuple(shape)) for name, shape in error.get("shapes", [])]
    told = " and ".join(f"{name} is {shape}" for name, shape in shapes)
    if not told:
        return "the shapes do not fit", f"{at}{what}. The shapes do not fit ({message})."
    rule = "Sizes that are combined number by number have to be equal, or 1."
    if error.get("operator") == "MatMult" or "matmul" in message or "aligned" in message:
        rule = "In a product of matrices the last axis of the left one has to be as long as the first of the right one."
    return "the shapes do not fit", f"{at}{what}. There {told}. {rule}"


def _type(at: str, message: str, error: Mapping[str, Any], source: str) -> tuple[str, str]:
    if "NoneType" in message:
        return (
            "something is None",
            f"{at} computes with None ({message}): whatever made that value returned nothing.",
        )
    if "Cannot cast ufunc" in message:
        kinds = re.findall(r"dtype\('(\w+)'\)", message)
        told = (
            f"{kinds[0]} into an array of {kinds[1]}"
            if len(kinds) > 1
            else "numbers of one type into another's array"
        )
        return "fractions do not fit into whole numbers", f"{at} writes {told}, which cannot hold them."
    if "converted to Python scalar" in message or "only length-1 arrays" in message:
        return "an array where one number is needed", (
            f"{at} gives a whole array to a function that takes one number. NumPy's functions take arrays."
        )
    if "object is not callable" in message:
        return (
            "something is called that is no function",
            f"{at} calls something that is no function ({message}).",
        )
    if "not subscriptable" in message:
        return (
            "an index where there is nothing to index",
            f"{at} takes an index of something without any ({message}).",
        )
    return "types that do not go together", f"{at} stops: {message}."


def _import(at: str, message: str, error: Mapping[str, Any], source: str) -> tuple[str, str]:
    match = re.search(r"No module named '([\w.]+)'", message)
    if match:
        return (
            f"{match[1]} is not there",
            f"{at} imports {match[1]}, which cannot be found. NumPy alone is needed here.",
        )
    return "an import fails", f"{at}: {message}."


def _index(at: str, message: str, error: Mapping[str, Any], source: str) -> tuple[str, str]:
    match = re.search(r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)", message)
    if match:
        return "an index is too large", (
            f"{at} takes number {match[1]} of an axis that has {match[3]} (0 to {int(match[3]) - 1})."
        )
    return "an index does not fit", f"{at}: {message}."


SENTENCES = {
    "NameError": _name,
    "AttributeError": _attribute,
    "TypeError": _type,
    "ImportError": _import,
    "IndexError": _index,
    "NotImplementedError": lambda at, message, *_: (
        "a piece is still to be written", f"{at}: {message or 'it raises NotImplementedError'}."
    ),
    "NotAllowed": lambda at, message, *_: ("more than an exercise may do", f"{at} {message}."),
    "SystemExit": lambda at, *_: ("the program is ended", f"{at} ends the program; a function gives its result with return."),
    "KeyboardInterrupt": lambda at, *_: ("the program is interrupted", f"{at} raises KeyboardInterrupt."),
    "EOFError": lambda at, *_: (
        "it waits for the keyboard", f"{at} waits for input(); everything comes in as an argument."
    ),
    "RecursionError": lambda at, *_: (
        "it calls itself without end", f"{at} calls a function that calls itself again and again, without an end."
    ),
    "MemoryError": lambda at, message, *_: (
        "it asks for more memory than there is", f"{at} asks for more memory than there is ({message or 'an array or list grows too large'})."
    ),
    "ZeroDivisionError": lambda at, *_: ("a division by zero", f"{at} divides by zero."),
    "KeyError": lambda at, message, *_: ("a key is missing", f"{at} asks for the key {message}, which is not there."),
    "AssertionError": lambda at, message, *_: ("an assertion fails", f"{at} asserts what does not hold. {message}".strip()),
    "ValueError": _value,
}  # fmt: skip


def lines_of(error: Mapping[str, Any], source: str) -> tuple[str, ...]:
    """The learner's own lines on the way to an error, the last one where it happened."""
    lines = source.splitlines()
    if error.get("syntax"):
        number = error.get("line") or 0
        if not 0 < number <= len(lines):
            return ()
        caret = " " * (max(error.get("offset") or 1, 1) - 1) + "^"
        return (f"line {number}:  {lines[number - 1]}", " " * len(f"line {number}:  ") + caret)
    told = []
    for frame in error.get("frames", []):
        text = lines[frame["line"] - 1].strip() if 0 < frame["line"] <= len(lines) else ""
        place = "" if frame["function"] == "<module>" else f", in {frame['function']}"
        told.append(f"line {frame['line']}{place}:  {text}")
    return tuple(_without_repetition(told))


def _without_repetition(lines: Sequence[str]) -> list[str]:
    kept = [line for index, line in enumerate(lines) if index == 0 or line != lines[index - 1]]
    return kept if len(kept) == len(lines) else [*kept, "(again and again)"]


def ended(report: Report, seconds: float) -> tuple[str, str]:
    """A title and a sentence for a process that was ended, or ended itself."""
    at = f" It was at line {report.line} then." if report.line else ""
    if report.timed_out:
        return "it does not come to an end", (
            f"After {seconds:g} seconds it was still running, and was stopped.{at} A loop whose condition stays true?"
        )
    code = report.exit_code
    if code is not None and code < 0:
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = f"number {-code}"
        return "the process was ended", f"Python itself was ended by the signal {name}.{at}"
    return (
        "the process was ended",
        f"Your code ended Python itself before it gave a result.{at} A function returns instead.",
    )
