"""What one call gave, as named arrays; or why it gave none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from glassnet.learn.exercise import Case, Inputs, Part
from glassnet.learn.judging.compare import numbers
from glassnet.learn.source import run_quietly
from glassnet.learn.worker import wire

__all__ = ["Outcome", "Program", "fresh", "outcome_of", "read", "turned"]


@dataclass(frozen=True)
class Outcome:
    """The result of one call.

    Attributes
    ----------
    values : dict
        The outputs by name: empty when there are none.
    measured : dict
        What is compared: the same, or what ``Part.measure`` made of them.
    error : dict or None
        What was raised, as ``worker.calls.describe`` tells it.
    problem : str
        Why what was returned cannot be read: "nothing", "count", "kind", or empty.
    detail : str
        What was returned instead.
    extra : bool
        More was returned than asked for.
    changed : dict
        The inputs that were changed in place, with what they hold now.
    warnings : list of dict
        NumPy's, with line and message.
    """

    values: dict[str, np.ndarray] = field(default_factory=dict)
    measured: dict[str, np.ndarray] = field(default_factory=dict)
    error: Mapping[str, Any] | None = None
    problem: str = ""
    detail: str = ""
    extra: bool = False
    changed: Mapping[str, np.ndarray] = field(default_factory=dict)
    warnings: tuple[Mapping[str, Any], ...] = ()

    @property
    def stopped(self) -> bool:
        """There are no numbers to compare."""
        return not self.measured


def fresh(inputs: Inputs) -> Inputs:
    """Copies of the inputs, generators of random numbers made anew."""
    made: Inputs = {}
    for name, value in inputs.items():
        if isinstance(value, wire.Rng):
            made[name] = np.random.default_rng(value.seed)
        else:
            made[name] = value.copy() if isinstance(value, (np.ndarray, list, dict)) else value
    return made


def turned(part: Part, inputs: Inputs) -> Inputs:
    """The inputs with samples in columns."""
    return {name: _turn(value) if name in part.columns else value for name, value in inputs.items()}


def _turn(value: Any) -> Any:
    if not isinstance(value, np.ndarray) or value.ndim not in (1, 2):
        return value
    return np.ascontiguousarray(value.T) if value.ndim == 2 else value[:, None].copy()


class Program(Protocol):
    """What can be run in a learner's stead, apart from a text."""

    def outcome(self, part: Part, case: Case) -> Outcome:
        """What it gives on a case."""


def outcome_of(source: str | Program, part: Part, case: Case) -> Outcome:
    """What one of our own texts or programs gives on a case."""
    if not isinstance(source, str):
        return source.outcome(part, case)
    inputs = fresh(case.inputs)
    value = run_quietly(source, part.name, inputs, part.drive)
    if isinstance(value, Exception):
        return Outcome(error={"type": type(value).__name__})
    changed = {name: array for name, array in inputs.items() if name in part.in_place.values()}
    return read(part, case, value, changed)


def read(
    part: Part, case: Case, value: Any, changed: Mapping[str, np.ndarray], columns: bool = False
) -> Outcome:
    """What a call returned, as an outcome.

    Parameters
    ----------
    part : Part
    case : Case
    value : object
        What came back.
    changed : dict
        The inputs that were changed.
    columns : bool
        The call was made with samples in columns.
    """
    if value is None and part.in_place and set(part.in_place) == set(part.outputs):
        places = {output: part.in_place[output] for output in part.outputs}
        value = tuple(changed.get(name, case.inputs[name]) for name in places.values())
        value = value if len(part.outputs) > 1 else value[0]
    if value is None:
        return Outcome(problem="nothing", changed=changed)
    found, extra = _by_name(part.outputs, value)
    if found is None:
        return Outcome(problem="count", detail=_what(value), changed=changed)
    values: dict[str, np.ndarray] = {}
    for name, item in found.items():
        array = numbers(item)
        if array is None:
            return Outcome(problem="kind", detail=f"{name} is {_what(item)}", changed=changed)
        values[name] = array.T if columns and name in part.columns and array.ndim == 2 else array
    if part.measure is None:
        return Outcome(values, values, changed=changed, extra=extra)
    try:
        with np.errstate(all="ignore"):
            made = part.measure(fresh(case.inputs), values)
    except (ValueError, IndexError, TypeError, KeyError) as error:
        return Outcome(values, problem="shape", detail=str(error), changed=changed)
    return Outcome(
        values, {name: np.asarray(item) for name, item in made.items()}, changed=changed, extra=extra
    )


def _by_name(names: tuple[str, ...], value: Any) -> tuple[dict[str, Any] | None, bool]:
    """The outputs by name, and whether there was more; None when there are too few."""
    if isinstance(value, dict):
        lower = {key.lower(): item for key, item in value.items()}
        if all(name.lower() in lower for name in names):
            return {name: lower[name.lower()] for name in names}, len(value) > len(names)
        if len(names) > 1 or len(value) != 1:
            return None, False
        value = next(iter(value.values()))
    if len(names) == 1:
        if isinstance(value, tuple) and value and (len(value) == 1 or isinstance(value[0], np.ndarray)):
            return {names[0]: value[0]}, len(value) > 1
        return {names[0]: value}, False
    if isinstance(value, np.ndarray):
        value = list(value) if value.shape == (len(names),) else None
    if not isinstance(value, (tuple, list)) or len(value) < len(names):
        return None, False
    return dict(zip(names, value, strict=False)), len(value) > len(names)


def _what(value: Any) -> str:
    """A value in words: its kind, its length or shape.

    >>> _what((1, 2)), _what(np.zeros((2, 3))), _what("a")
    ('2 values', 'an array of shape (2, 3)', "the text 'a'")
    """
    if isinstance(value, wire.Unknown):
        return f"of type {value}"
    if isinstance(value, str):
        return f"the text {value[:40]!r}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, (tuple, list)):
        return f"{len(value)} value{'s' if len(value) != 1 else ''}"
    if isinstance(value, dict):
        return "a dict with the keys " + ", ".join(map(repr, value)) if value else "an empty dict"
    return "None" if value is None else f"the {type(value).__name__} {value}"
