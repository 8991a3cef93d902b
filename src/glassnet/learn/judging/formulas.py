"""The learner's numbers as a formula of the arrays that the function knows: ``dZ @ dW.T``, ``W.sum(axis=0)``."""

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from glassnet.learn.judging.alterations import STEPS
from glassnet.learn.judging.clues import Clue, Pair, Pairs
from glassnet.learn.judging.compare import same_shape
from glassnet.learn.judging.factors import factor

__all__ = ["formula"]

Function = Callable[..., Any]
UNARY: dict[str, Function] = {
    "{}": lambda v: v,
    "{}.T": np.transpose,
    "{} > 0": lambda v: (v > 0) * 1.0,
    "{} ** 2": np.square,
    "1 - {}": lambda v: 1 - v,
    "1 - {} ** 2": lambda v: 1 - v**2,
    "np.exp({})": np.exp,
    "np.log({})": np.log,
    "np.tanh({})": np.tanh,
    "sigmoid({})": lambda v: 1 / (1 + np.exp(-v)),
    "sigmoid'({})": lambda v: 1 / (2 + np.exp(v) + np.exp(-v)),
    "tanh'({})": lambda v: 1 - np.tanh(v) ** 2,
    "{}.max(axis=0)": lambda v: v.max(axis=0),
    "{}.max(axis=1)": lambda v: v.max(axis=1),
    "{}.mean(axis=0)": lambda v: v.mean(axis=0),
    "{}.mean(axis=1)": lambda v: v.mean(axis=1),
    "{}.sum(axis=0)": lambda v: v.sum(axis=0),
    "{}.sum(axis=1)": lambda v: v.sum(axis=1),
    "{}.sum(axis=1, keepdims=True)": lambda v: v.sum(axis=1, keepdims=True),
}
BINARY: dict[str, Function] = {
    "{} @ {}": np.matmul,
    "{} * {}": np.multiply,
    "{} + {}": np.add,
    "{} - {}": np.subtract,
    "{} / {}": np.divide,
}
AFTER: dict[str, Function] = {
    "{}": lambda v: v,
    "np.maximum(0, {})": lambda v: np.maximum(0, v),
    "({}).sum(axis=0)": lambda v: v.sum(axis=0),
    "({}).sum(axis=1)": lambda v: v.sum(axis=1),
    "({}).sum()": np.sum,
}
OF_CALLS = re.compile(r"\(.*\)")
MOST_NAMES = 9
FEWEST = 8  # different numbers: zeros and ones agree with many a formula


def formula(pairs: Pairs, known: Sequence[Mapping[str, Any]]) -> tuple[Clue | None, bool]:
    """A formula of one operation, perhaps times a constant factor, that gives the numbers; and whether everywhere.

    It gives them on every ordinary case; where there is one that also does on the special ones, that one.

    Parameters
    ----------
    pairs : Pairs
    known : sequence of mapping
        For each pair, the arrays by name.
    """
    names = [name for name in known[0] if all(_usable(arrays.get(name)) for arrays in known)][:MOST_NAMES]
    first = next((index for index, pair in enumerate(pairs.pairs) if pair.got.size > 1), None)
    if first is None or not np.any(np.isfinite(pairs.pairs[first].got)) or _distinct(pairs) < FEWEST:
        return None, False
    half: Clue | None = None
    wrong = any(not pair.about and not pairs.same(pair.got, pair.expected) for pair in pairs.pairs)
    with np.errstate(all="ignore"):
        for text, value, recipe in _candidates({name: known[first][name] for name in names}):
            if not _proportional(pairs.pairs[first].got, value):
                continue
            clue, everywhere = _confirmed(pairs, known, text, recipe)
            if clue is not None and everywhere:
                return clue, True
            half = half or (clue if wrong else None)
    return half, False


def _distinct(pairs: Pairs) -> int:
    numbers = np.concatenate([np.asarray(pair.got, dtype=float).ravel() for pair in pairs.pairs])
    return int(np.unique(np.round(numbers[np.isfinite(numbers)], 9)).size)


def _usable(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind in "biuf" and 1 <= value.ndim <= 2


Recipe = tuple[Any, ...]


def _terms(arrays: Mapping[str, np.ndarray]) -> Iterator[tuple[str, np.ndarray, Recipe]]:
    for form, function in UNARY.items():
        for name, array in arrays.items():
            try:
                yield (
                    form.format(name),
                    np.asarray(function(np.asarray(array, dtype=float))),
                    (function, name),
                )
            except (ValueError, IndexError):
                continue


def _stepped(arrays: Mapping[str, np.ndarray]) -> Iterator[tuple[str, np.ndarray, Recipe]]:
    """One array after one step of those that ``alterations`` knows."""
    for (_, line, step), (name, array) in itertools.product(STEPS, arrays.items()):
        try:
            value = np.asarray(step(np.asarray(array, dtype=float)))
        except (ValueError, IndexError, TypeError):
            continue
        yield line.partition(" = ")[2].format(name) or line.format(name), value, (step, name)


def _candidates(arrays: Mapping[str, np.ndarray]) -> Iterator[tuple[str, np.ndarray, Recipe]]:
    terms = list(_terms(arrays))
    yield from terms
    yield from _stepped(arrays)

    def plain(recipe: Recipe) -> bool:
        return recipe[0] in (UNARY["{}"], UNARY["{}.T"])

    for form, operation in BINARY.items():
        pairs = itertools.combinations(terms, 2) if form[3] in "*+" else itertools.permutations(terms, 2)
        for (one, first, how), (two, second, so) in pairs:
            if not (plain(how) or plain(so)) or not _fit(form[3], first.shape, second.shape):
                continue
            value = operation(first, second)
            left, right = (f"({term})" if " " in OF_CALLS.sub("", term) else term for term in (one, two))
            for after, reduce in AFTER.items():
                if "sum" in after and (value.ndim < 2 or form[3] in "+-"):
                    continue
                yield after.format(form.format(left, right)), reduce(value), (operation, how, so, reduce)


def _fit(operator: str, one: tuple[int, ...], two: tuple[int, ...]) -> bool:
    if operator == "@":
        return len(one) > 0 and len(two) > 0 and one[-1] == two[0]
    return all(a == b or 1 in (a, b) for a, b in zip(one[::-1], two[::-1], strict=False))


def _made(recipe: Recipe, arrays: Mapping[str, np.ndarray]) -> np.ndarray:
    if len(recipe) == 2:
        function, name = recipe
        return np.asarray(function(np.asarray(arrays[name], dtype=float)))
    operation, how, so, reduce = recipe
    return np.asarray(reduce(operation(_made(how, arrays), _made(so, arrays))))


def _proportional(got: np.ndarray, value: np.ndarray) -> bool:
    if np.size(value) < 2 or not same_shape(got, value):
        return False
    one, other = np.asarray(got, dtype=float).ravel(), value.ravel()
    norm = float(other @ other)
    if not np.isfinite(norm) or norm == 0:
        return False
    rest = one - (one @ other) / norm * other
    return bool(rest @ rest <= 1e-9 * (one @ one)) and bool(one @ one > 0)


def _confirmed(
    pairs: Pairs, known: Sequence[Mapping[str, Any]], text: str, recipe: Recipe
) -> tuple[Clue | None, bool]:
    made = []
    for pair, arrays in zip(pairs.pairs, known, strict=True):
        try:
            value = _made(recipe, arrays)
        except (ValueError, IndexError):
            return None, False
        made.append(Pair(pair.inputs, pair.sizes, value, pair.got, pair.about))
    for some in (made, [pair for pair in made if not pair.about]):
        if len(some) < 2 or not all(pair.fits for pair in some):
            continue
        if all(pairs.same(pair.got, pair.expected) for pair in some):
            return _clue(pairs.output, text), some is made
        scaled = factor(Pairs(pairs.output, some, pairs.tolerance, pairs.dims))
        if scaled is not None and scaled.strong and scaled.factor:
            return _clue(pairs.output, f"{scaled.factor} · {text}"), some is made
    return None, False


def _clue(output: str, text: str) -> Clue:
    return Clue(
        "formula",
        f"your {output} is {text}",
        f"Your {output} has exactly the numbers of `{text}`.",
        f"Write the formula for {output} beside it: where do the two differ?",
    )
