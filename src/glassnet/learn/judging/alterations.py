"""A line too many: what comes out when something is squared, averaged, cut off, added on the way.

One slip of the reference is looked for in ``mutants``; here a value of it is changed by one more step: an input,
something on the way, or the result.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from glassnet.learn.judging.hooks import Altered, Filled, Place, places

__all__ = ["Alteration", "alterations", "cuts"]

Step = Callable[[Any], Any]


def _rows(function: Callable[..., Any], axis: int | None = 1) -> Step:
    return lambda v: function(v, axis=axis, keepdims=True)


def _kept(index: slice, axis: int = 0) -> Step:
    """Everything but the rows (or columns) of ``index`` becomes 0."""

    def step(v: np.ndarray) -> np.ndarray:
        kept = np.zeros_like(v)
        place = (slice(None),) * axis + (index,)
        kept[place] = v[place]
        return kept

    return step


def _column(v: np.ndarray) -> np.ndarray:
    if v.ndim != 1:
        raise ValueError("no vector")
    return v[:, None]


def _shifted(by: int, axis: int) -> Step:
    def step(v: np.ndarray) -> np.ndarray:
        moved = np.roll(v, by, axis=axis)
        edge = slice(0, by) if by > 0 else slice(by, None)
        moved[(slice(None),) * axis + (edge,)] = 0
        return moved

    return step


def _padded(axis: int, front: bool) -> Step:
    def step(v: np.ndarray) -> np.ndarray:
        width = [(0, 0)] * v.ndim
        width[axis] = (1, 0) if front else (0, 1)
        return np.pad(v, width)

    return step


# What a value becomes: words after its name, the line, the step. The plain ones first.
STEPS: tuple[tuple[str, str, Step], ...] = (
    ("is doubled", "{0} = 2 * {0}", lambda v: 2 * v),
    ("is halved", "{0} = {0} / 2", lambda v: v / 2),
    ("has the wrong sign", "{0} = -{0}", lambda v: -v),
    ("is squared", "{0} = {0} ** 2", lambda v: v**2),
    ("becomes its absolute value", "{0} = np.abs({0})", np.abs),
    ("loses its negative numbers", "{0} = np.maximum({0}, 0)", lambda v: np.maximum(v, 0)),
    ("loses its positive numbers", "{0} = np.minimum({0}, 0)", lambda v: np.minimum(v, 0)),
    ("becomes True and False", "{0} = {0} > 0", lambda v: (v > 0) * 1.0),
    ("becomes its sign", "{0} = np.sign({0})", np.sign),
    ("is taken from 1", "{0} = 1 - {0}", lambda v: 1 - v),
    ("is 1 too large", "{0} = {0} + 1", lambda v: v + 1),
    ("is 1 too small", "{0} = {0} - 1", lambda v: v - 1),
    ("is inverted", "{0} = 1 / {0}", lambda v: 1 / v),
    ("goes through tanh", "{0} = np.tanh({0})", np.tanh),
    ("goes through the sigmoid", "{0} = 1 / (1 + np.exp(-{0}))", lambda v: 1 / (1 + np.exp(-v))),
    ("goes through softplus", "{0} = np.log(1 + np.exp({0}))", lambda v: np.logaddexp(0, v)),
    ("goes through leaky ReLU", "{0} = np.maximum(0.01 * {0}, {0})", lambda v: np.maximum(0.01 * v, v)),
    ("goes through ELU", "{0} = np.where({0} > 0, {0}, np.exp({0}) - 1)", lambda v: np.where(v > 0, v, np.expm1(v))),
    ("goes through exp", "{0} = np.exp({0})", np.exp),
    ("goes through the logarithm", "{0} = np.log({0})", np.log),
    ("goes through the square root", "{0} = np.sqrt({0})", np.sqrt),
    ("goes through softmax", "{0} = softmax({0})", lambda v: np.exp(v) / np.exp(v).sum(axis=-1, keepdims=True)),
    ("is replaced by x(1 − x) of itself", "{0} = {0} * (1 - {0})", lambda v: v * (1 - v)),
    ("is replaced by 1 − x² of itself", "{0} = 1 - {0} ** 2", lambda v: 1 - v**2),
    ("is divided by its sum", "{0} = {0} / {0}.sum()", lambda v: v / v.sum()),
    ("is divided by the sum of each row", "{0} = {0} / {0}.sum(axis=1, keepdims=True)", lambda v: v / _rows(np.sum)(v)),
    ("is divided by the sum of each column", "{0} = {0} / {0}.sum(axis=0)", lambda v: v / v.sum(axis=0)),
    ("is divided by its largest number", "{0} = {0} / {0}.max()", lambda v: v / v.max()),
    ("is divided by the largest of each row", "{0} = {0} / {0}.max(axis=1, keepdims=True)", lambda v: v / _rows(np.max)(v)),
    ("is divided by the largest of each column", "{0} = {0} / {0}.max(axis=0)", lambda v: v / v.max(axis=0)),
    ("is divided by its length", "{0} = {0} / np.linalg.norm({0})", lambda v: v / np.sqrt(np.sum(v**2))),
    ("is divided by the length of each row", "{0} = {0} / np.linalg.norm({0}, axis=1, keepdims=True)", lambda v: v / np.sqrt(_rows(np.sum)(v**2))),
    ("is divided by its standard deviation", "{0} = {0} / {0}.std()", lambda v: v / v.std()),
    ("is divided by the deviation of each row", "{0} = {0} / {0}.std(axis=1, keepdims=True)", lambda v: v / _rows(np.std)(v)),
    ("loses its mean", "{0} = {0} - {0}.mean()", lambda v: v - v.mean()),
    ("loses the mean of each row", "{0} = {0} - {0}.mean(axis=1, keepdims=True)", lambda v: v - _rows(np.mean)(v)),
    ("loses the mean of each column", "{0} = {0} - {0}.mean(axis=0)", lambda v: v - v.mean(axis=0)),
    ("loses its largest number", "{0} = {0} - {0}.max()", lambda v: v - v.max()),
    ("is standardised", "{0} = ({0} - {0}.mean()) / {0}.std()", lambda v: (v - v.mean()) / v.std()),
    ("is standardised by rows", "{0} = ({0} - mean of each row) / deviation of each row", lambda v: (v - _rows(np.mean)(v)) / _rows(np.std)(v)),
    ("is standardised by columns", "{0} = ({0} - {0}.mean(axis=0)) / {0}.std(axis=0)", lambda v: (v - v.mean(axis=0)) / v.std(axis=0)),
    ("is stretched to between 0 and 1", "{0} = ({0} - {0}.min()) / ({0}.max() - {0}.min())", lambda v: (v - 1.0 * v.min()) / (1.0 * v.max() - v.min())),
    ("is stretched to between 0 and 1 by rows", "{0} = ({0} - smallest of each row) / (largest - smallest)", lambda v: (v - 1.0 * _rows(np.min)(v)) / (1.0 * _rows(np.max)(v) - _rows(np.min)(v))),
    ("is stretched to between 0 and 1 by columns", "{0} = ({0} - smallest of each column) / (largest - smallest)", lambda v: (v - 1.0 * v.min(axis=0)) / (1.0 * v.max(axis=0) - v.min(axis=0))),
    ("is divided by its number of rows", "{0} = {0} / len({0})", lambda v: v / len(v)),
    ("is multiplied by its number of rows", "{0} = {0} * len({0})", lambda v: v * len(v)),
    ("is divided by its number of columns", "{0} = {0} / {0}.shape[1]", lambda v: v / v.shape[1]),
    ("is divided by how many numbers it has", "{0} = {0} / {0}.size", lambda v: v / v.size),
    ("is multiplied by 10", "{0} = 10 * {0}", lambda v: 10 * v),
    ("is divided by 10", "{0} = 0.1 * {0}", lambda v: 0.1 * v),
    ("is divided by 100", "{0} = 0.01 * {0}", lambda v: 0.01 * v),
    ("is 0.5 too small", "{0} = {0} - 0.5", lambda v: v - 0.5),
    ("gets 0.01 added", "{0} = {0} + 0.01", lambda v: v + 0.01),
    ("gets 0.001 added", "{0} = {0} + 0.001", lambda v: v + 0.001),
    ("gets 0.1 added", "{0} = {0} + 0.1", lambda v: v + 0.1),
    ("is clipped to between 0 and 1", "{0} = np.clip({0}, 0, 1)", lambda v: np.clip(v, 0, 1)),
    ("is clipped to between −1 and 1", "{0} = np.clip({0}, -1, 1)", lambda v: np.clip(v, -1, 1)),
    ("is rounded", "{0} = np.round({0})", np.round),
    ("is rounded to 1 place", "{0} = np.round({0}, 1)", lambda v: np.round(v, 1)),
    ("is rounded to 2 places", "{0} = np.round({0}, 2)", lambda v: np.round(v, 2)),
    ("is rounded to 3 places", "{0} = np.round({0}, 3)", lambda v: np.round(v, 3)),
    ("is rounded to 4 places", "{0} = np.round({0}, 4)", lambda v: np.round(v, 4)),
    ("loses its fractions", "{0} = {0}.astype(int)", lambda v: np.trunc(v)),
    ("becomes bytes", "{0} = {0}.astype(np.uint8)", lambda v: np.asarray(v).astype(np.int64).astype(np.uint8)),
    ("is transposed", "{0} = {0}.T", np.transpose),
    ("is in the reverse order", "{0} = {0}[::-1]", lambda v: v[::-1]),
    ("has its columns in the reverse order", "{0} = {0}[:, ::-1]", lambda v: v[:, ::-1]),
    ("is sorted", "{0} = np.sort({0})", np.sort),
    ("is added up step by step", "{0} = np.cumsum({0}, axis=0)", lambda v: np.cumsum(v, axis=0)),
    ("is added up along each row", "{0} = np.cumsum({0}, axis=1)", lambda v: np.cumsum(v, axis=1)),
    ("is added up along each row, from the right", "{0} = np.cumsum({0}[:, ::-1], axis=1)[:, ::-1]", lambda v: np.cumsum(v[:, ::-1], axis=1)[:, ::-1]),
    ("keeps what earlier rows had", "{0} = np.maximum.accumulate({0})", lambda v: np.maximum.accumulate(v, axis=0)),
    ("is 1 at the largest of each row and 0 elsewhere", "{0} = {0} == {0}.max(axis=1, keepdims=True)", lambda v: (v == _rows(np.max)(v)) * 1.0),
    ("is summed up", "{0} = {0}.sum()", np.sum),
    ("is averaged", "{0} = {0}.mean()", np.mean),
    ("is reduced to its largest number", "{0} = {0}.max()", np.max),
    ("is summed over its rows", "{0} = {0}.sum(axis=0)", lambda v: v.sum(axis=0)),
    ("is averaged over its rows", "{0} = {0}.mean(axis=0)", lambda v: v.mean(axis=0)),
    ("is reduced to the largest over its rows", "{0} = {0}.max(axis=0)", lambda v: v.max(axis=0)),
    ("is summed along each row", "{0} = {0}.sum(axis=1)", lambda v: v.sum(axis=1)),
    ("is averaged along each row", "{0} = {0}.mean(axis=1)", lambda v: v.mean(axis=1)),
    ("is reduced to the largest of each row", "{0} = {0}.max(axis=1)", lambda v: v.max(axis=1)),
    ("is averaged along each row", "{0} = {0}.mean(axis=1, keepdims=True)", _rows(np.mean)),
    ("is summed along each row", "{0} = {0}.sum(axis=1, keepdims=True)", _rows(np.sum)),
    ("is only the place of the largest of each row", "{0} = {0}.argmax(axis=1)", lambda v: v.argmax(axis=1)),
    ("keeps only its positive numbers", "{0} = {0}[{0} > 0]", lambda v: v[v > 0]),
    ("keeps only its numbers from 0 on", "{0} = {0}[{0} >= 0]", lambda v: v[v >= 0]),
    ("is one long row", "{0} = {0}.ravel()", np.ravel),
    ("is a column", "{0} = {0}[:, None]", _column),
    ("is its first row alone", "{0} = {0}[0]", lambda v: v[0]),
    ("is its last row alone", "{0} = {0}[-1]", lambda v: v[-1]),
    ("is its first column alone", "{0} = {0}[:, 0]", lambda v: v[:, 0]),
    ("lacks its last row", "{0} = {0}[:-1]", lambda v: v[:-1]),
    ("lacks its first row", "{0} = {0}[1:]", lambda v: v[1:]),
    ("lacks its last column", "{0} = {0}[:, :-1]", lambda v: v[:, :-1]),
    ("lacks its first column", "{0} = {0}[:, 1:]", lambda v: v[:, 1:]),
    ("has a column of zeros too many at its end", "{0} = np.pad({0}, ((0, 0), (0, 1)))", _padded(1, False)),
    ("has a column of zeros too many at its beginning", "{0} = np.pad({0}, ((0, 0), (1, 0)))", _padded(1, True)),
    ("has only its first row filled", "{0}[1:] = 0", _kept(slice(0, 1))),
    ("has only its last row filled", "{0}[:-1] = 0", _kept(slice(-1, None))),
    ("has zeros in its last row", "{0}[-1] = 0", _kept(slice(0, -1))),
    ("has zeros in its first row", "{0}[0] = 0", _kept(slice(1, None))),
    ("has only its first column filled", "{0}[:, 1:] = 0", _kept(slice(0, 1), 1)),
    ("has only its last column filled", "{0}[:, :-1] = 0", _kept(slice(-1, None), 1)),
    ("has zeros in its last column", "{0}[:, -1] = 0", _kept(slice(0, -1), 1)),
    ("has zeros in its first column", "{0}[:, 0] = 0", _kept(slice(1, None), 1)),
    ("stands one column too far to the left", "{0}[:, :-1] = {0}[:, 1:]", _shifted(-1, 1)),
    ("stands one column too far to the right", "{0}[:, 1:] = {0}[:, :-1]", _shifted(1, 1)),
    ("stands one place too early", "{0}[:-1] = {0}[1:]", _shifted(-1, 0)),
    ("stands one place too late", "{0}[1:] = {0}[:-1]", _shifted(1, 0)),
    ("holds 0 in place of what is not finite", "{0} = np.nan_to_num({0})", lambda v: np.nan_to_num(v)),
)  # fmt: skip

# What a value becomes together with another one, {1}.
PAIRS: tuple[tuple[str, str, Callable[[Any, Any], Any]], ...] = (
    ("has {1} added", "{0} = {0} + {1}", lambda v, u: v + u),
    ("has {1} taken away", "{0} = {0} - {1}", lambda v, u: v - u),
    ("is taken from {1}", "{0} = {1} - {0}", lambda v, u: u - v),
    ("is multiplied by {1}", "{0} = {0} * {1}", lambda v, u: v * u),
    ("is divided by {1}", "{0} = {0} / {1}", lambda v, u: v / u),
    ("is multiplied by where {1} is positive", "{0} = {0} * ({1} > 0)", lambda v, u: v * (u > 0)),
    ("is multiplied by 1 − {1}²", "{0} = {0} * (1 - {1} ** 2)", lambda v, u: v * (1 - u**2)),
    ("is multiplied by {1}(1 − {1})", "{0} = {0} * {1} * (1 - {1})", lambda v, u: v * u * (1 - u)),
    ("is multiplied by the square of {1}", "{0} = {0} * {1} ** 2", lambda v, u: v * u**2),
    ("is divided by the square root of {1}", "{0} = {0} / np.sqrt({1})", lambda v, u: v / np.sqrt(u)),
    ("has a tenth of {1} taken away", "{0} = {0} - 0.1 * {1}", lambda v, u: v - 0.1 * u),
    ("has a tenth of {1} added", "{0} = {0} + 0.1 * {1}", lambda v, u: v + 0.1 * u),
    ("has a hundredth of {1} added", "{0} = {0} + 0.01 * {1}", lambda v, u: v + 0.01 * u),
    ("is multiplied by the number of rows of {1}", "{0} = {0} * len({1})", lambda v, u: v * len(u)),
    ("is divided by the number of rows of {1}", "{0} = {0} / len({1})", lambda v, u: v / len(u)),
    (
        "is multiplied by the number of columns of {1}",
        "{0} = {0} * {1}.shape[1]",
        lambda v, u: v * u.shape[1],
    ),
    ("is divided by the number of columns of {1}", "{0} = {0} / {1}.shape[1]", lambda v, u: v / u.shape[1]),
    ("is the step from {1}", "{0} = {1} - 0.1 * {0}", lambda v, u: u - 0.1 * v),
    ("is the step from {1}", "{0} = {1} - 0.01 * {0}", lambda v, u: u - 0.01 * v),
    ("has the transpose of {1} added", "{0} = {0} + {1}.T", lambda v, u: v + u.T),
)
UPDATES = (("{0} -= 0.1 * {1}", 0.1), ("{0} -= 0.01 * {1}", 0.01), ("{0} -= {1}", 1.0))
CUTS = (
    ("the last {} does not take part", slice(None, -1)),
    ("the first {} does not take part", slice(1, None)),
    ("only the last {} takes part", slice(-1, None)),
    ("only the first {} takes part", slice(0, 1)),
    ("only every second {} takes part", slice(None, None, 2)),
)
SINGULAR = {"N": "sample", "D": "input", "K": "output", "H": "hidden unit"}


@dataclass(frozen=True)
class Alteration:
    """The reference with one more step.

    Attributes
    ----------
    program : Altered or Filled
    words : str
        What happens, as a clause: "W is squared".
    line : str
        The step as a line, or empty.
    """

    program: Altered | Filled
    words: str
    line: str = ""


def alterations(source: str, function: str, outputs: Sequence[str]) -> Iterator[Alteration]:
    """The reference with one more step behind each of the lines of a function (all functions of a class).

    First those of the results, which say most directly what the numbers are, then those of the arguments.
    """
    found = [place for place in places(source) if not function or place.function == function]
    results = [place for place in found[::-1] if place.name in outputs]
    given = [place for place in found if place.given]
    rest = [place for place in found[::-1] if place not in results and place not in given]
    for group in (results, given, rest):
        for words, line, step in STEPS:
            for place in group:
                yield _one(source, place, words, line, step)
    found = [*results, *given, *rest]
    names = list(dict.fromkeys(place.name for place in found))
    for words, line, both in PAIRS:
        for place in found:
            for other in names:
                if other != place.name:
                    yield _two(source, place, other, words, line, both)
    for place in found:
        for other in names:
            if other != place.name and not place.given:
                for line, rate in UPDATES:
                    yield _update(source, place, other, line, rate)


def _one(source: str, place: Place, words: str, line: str, step: Step) -> Alteration:
    program = Altered(source, {place.index: lambda value, _: step(_array(value))})
    return Alteration(program, f"{place.name} {words}", line.format(place.name))


def _two(
    source: str, place: Place, other: str, words: str, line: str, step: Callable[[Any, Any], Any]
) -> Alteration:
    program = Altered(source, {place.index: lambda value, local: step(_array(value), _array(local[other]))})
    return Alteration(program, f"{place.name} {words.format('', other)}", line.format(place.name, other))


def _update(source: str, place: Place, other: str, line: str, rate: float) -> Alteration:
    """Another array is changed in place by what has just been computed, before it is used again."""

    def change(value: Any, local: Any) -> Any:
        if np.shape(local[other]) != np.shape(value) or np.ndim(value) == 0:
            raise ValueError("other shapes")
        local[other][...] = local[other] - rate * value
        return value

    words = f"{other} is updated by {place.name} before it is used again"
    return Alteration(Altered(source, {place.index: change}), words, line.format(other, place.name))


def _array(value: Any) -> Any:
    return (
        np.asarray(value, dtype=float) if isinstance(value, (int, float, np.ndarray, np.generic)) else value
    )


def cuts(
    source: str, function: str, axes: dict[str, dict[str, int]], dims: dict[str, str]
) -> Iterator[Alteration]:
    """The reference without some samples (inputs, outputs): what a loop that ends too early computes.

    Parameters
    ----------
    source, function : str
    axes : dict
        For each letter of the sizes, the inputs that have it, and along which axis.
    dims : dict
        What the letters mean.
    """
    for letter, inputs in axes.items():
        thing = dims.get(letter, SINGULAR[letter]).removeprefix("the number of ").removesuffix("s")
        thing = {"classe": "class"}.get(thing, thing)
        for words, index in CUTS:
            changes = {
                place.index: _cut(inputs[place.name], index)
                for place in places(source)
                if place.given and place.function == function and place.name in inputs
            }
            if changes:
                altered = Altered(source, changes)
                yield Alteration(altered, words.format(thing))
                yield Alteration(Filled(altered, index), words.format(thing))


def _cut(axis: int, index: slice) -> Callable[[Any, Any], Any]:
    return lambda value, _: value[(slice(None),) * axis + (index,)]
