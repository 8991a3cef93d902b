"""Transposed, an axis lost or kept, rows in another order: the numbers are there, and stand elsewhere."""

from collections.abc import Callable
from functools import partial

import numpy as np

from glassnet.learn.judging.clues import Clue, Pair, Pairs

__all__ = ["axis_kept", "axis_lost", "fixed_size", "moved", "transposed", "wrong_shape"]

Reorder = Callable[[np.ndarray], np.ndarray]
REDUCTIONS: dict[str, Callable[..., np.ndarray]] = {"sum": np.sum, "mean": np.mean, "largest": np.max}
WORDS = {"sum": "summed", "mean": "averaged", "largest": "reduced to its largest number"}


def transposed(pairs: Pairs) -> Clue | None:
    """Rows and columns have changed places."""
    if not any(pair.expected.ndim == 2 and min(pair.expected.shape) > 1 for pair in pairs.pairs):
        return None
    if not pairs.holds(np.transpose):
        return None
    return Clue(
        "transposed",
        f"{pairs.output} is transposed",
        f"Your {pairs.output} holds the right numbers, with rows and columns interchanged.",
        f"What does one row of {pairs.output} stand for, and what one column?",
    )


def axis_lost(pairs: Pairs) -> Clue | None:
    """What was given is the expected array with one axis summed away."""
    for name, reduce in REDUCTIONS.items():
        for axis in (0, 1, None):
            if all(pair.got.size >= pair.expected.size for pair in pairs.pairs):
                continue
            if pairs.holds(partial(reduce, axis=axis)):
                over = {0: "over the rows", 1: "over the columns", None: "over everything"}[axis]
                return Clue(
                    "axis lost",
                    f"{pairs.output} has lost an axis",
                    f"Your {pairs.output} is what is expected, {WORDS[name]} {over}.",
                    f"How many axes does {pairs.output} have, and what does each of them count?",
                )
    return None


def axis_kept(pairs: Pairs) -> Clue | None:
    """What was given still has an axis that should have been summed away."""
    if all(pair.got.size <= pair.expected.size for pair in pairs.pairs):
        return None
    for name, reduce in REDUCTIONS.items():
        for axis in (0, 1, None):
            if all(_reduced(pairs, pair, reduce, axis) for pair in pairs.pairs):
                over = {0: "over the rows", 1: "over the columns", None: "over everything"}[axis]
                return Clue(
                    "axis kept",
                    f"{pairs.output} has an axis too many",
                    f"Your {pairs.output} would be right if it were {WORDS[name]} {over}.",
                    f"What is {pairs.output} summed over, and which numbers are left then?",
                )
    return None


def _reduced(pairs: Pairs, pair: Pair, reduce: Callable[..., np.ndarray], axis: int | None) -> bool:
    if axis is not None and pair.got.ndim <= axis:
        return False
    with np.errstate(all="ignore"):
        return pairs.same(reduce(np.asarray(pair.got, dtype=float), axis=axis), pair.expected)


def moved(pairs: Pairs) -> Clue | None:
    """The right rows (or columns, or steps), shifted or in the reverse order."""
    if not any(pair.expected.size > 2 for pair in pairs.pairs):
        return None
    ways: dict[str, list[Reorder]] = {
        "is shifted by one row": [partial(np.roll, shift=shift, axis=0) for shift in (1, -1)],
        "is shifted by one column": [partial(np.roll, shift=shift, axis=1) for shift in (1, -1)],
        "has its rows in the reverse order": [partial(np.flip, axis=0)],
        "has its columns in the reverse order": [partial(np.flip, axis=1)],
    }
    for word, relations in ways.items():
        if any(pairs.holds(relation) for relation in relations):
            if all(pair.expected.ndim == 1 for pair in pairs.pairs):
                word = word.replace("row", "place").replace("has its places", "is")
            return Clue(
                "shifted" if "shifted" in word else "reversed",
                f"{pairs.output} {word}",
                f"Your {pairs.output} holds the right numbers and {word}.",
                "Which index does your first number belong to?",
            )
    return None


def fixed_size(pairs: Pairs) -> Clue | None:
    """An axis has the same length whatever comes in."""
    if any(pair.got.ndim != pair.expected.ndim or pair.got.ndim == 0 for pair in pairs.pairs):
        return None
    for axis in range(pairs.pairs[0].got.ndim):
        given = {pair.got.shape[axis] for pair in pairs.pairs}
        wanted = {pair.expected.shape[axis] for pair in pairs.pairs}
        if len(given) == 1 and len(wanted) > 1 and len(pairs.pairs) > 2:
            size = given.pop()
            thing = {0: "rows" if pairs.pairs[0].got.ndim > 1 else "numbers"}.get(axis, "columns")
            return Clue(
                "fixed size",
                f"{pairs.output} always has {size} {thing}",
                f"Your {pairs.output} has {size} {thing}, whatever comes in.",
                f"Which of the arguments tells how many {thing} there have to be?",
            )
    return None


def wrong_shape(pairs: Pairs) -> Clue | None:
    """Nothing but the shape can be said."""
    pair = next((pair for pair in pairs.pairs if not pair.fits), None)
    if pair is None:
        return None
    given, wanted = tuple(pair.got.shape), tuple(pair.expected.shape)
    sizes = f" (N = {pair.sizes.N}, D = {pair.sizes.D}, K = {pair.sizes.K})" if pair.sizes else ""
    told = "is one number" if given == () else f"has the shape {given}"
    wish = "one number" if wanted == () else f"the shape {wanted}"
    return Clue(
        "shape",
        f"{pairs.output} has the wrong shape",
        f"Your {pairs.output} {told}; it should be {wish}{sizes}.".replace("be the shape", "have the shape"),
        f"What does each axis of {pairs.output} count?",
        strong=False,
    )
