"""What was returned is another array, a function of the right one, rounded, not finite, right in places."""

from collections.abc import Callable

import numpy as np

from glassnet.learn.judging.clues import Clue, Pairs

__all__ = ["constant", "function_of", "nearly", "not_finite", "something_else", "whole_numbers"]

FUNCTIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "one minus {}": lambda x: 1 - x,
    "the absolute value of {}": np.abs,
    "the square of {}": np.square,
    "the square root of {}": np.sqrt,
    "the exponential of {}": np.exp,
    "the logarithm of {}": np.log,
    "minus the logarithm of {}": lambda x: -np.log(x),
    "one divided by {}": lambda x: 1 / x,
    "{} without its negative numbers": lambda x: np.maximum(x, 0),
    "{} without its positive numbers": lambda x: np.minimum(x, 0),
    "{} clipped to between 0 and 1": lambda x: np.clip(x, 0, 1),
    "the sign of {}": np.sign,
    "{} minus its mean": lambda x: x - x.mean(),
    "{} divided by its sum": lambda x: x / x.sum(),
    "{} divided by its largest number": lambda x: x / x.max(),
    "{} added up step by step": lambda x: np.cumsum(x, axis=0),
    "{} without its zeros, in one row": lambda x: x[x != 0],
    "{} in one long row": np.ravel,
    "{} sorted": lambda x: np.sort(x, axis=-1),
}

ROUNDINGS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "cut off": np.trunc,
    "rounded": np.round,
    "rounded down": np.floor,
}


def constant(pairs: Pairs) -> Clue | None:
    """One number everywhere, whatever came in."""
    arrays = [pair.got for pair in pairs.pairs]
    first = arrays[0].flat[0] if arrays[0].size else None
    if first is None or sum(array.size for array in arrays) < 2 or not np.isfinite(first):
        return None
    if not all(np.all(array == first) for array in arrays) or len(arrays) < 2:
        return None
    return Clue(
        "constant", f"{pairs.output} is always {first:.4g}",
        f"Your {pairs.output} is {first:.4g} everywhere, whatever comes in.",
        "Which line should fill it, and does the result of that line go anywhere?",
    )  # fmt: skip


def something_else(pairs: Pairs) -> Clue | None:
    """Another array that the function knows: an input, another output, a quantity on the way."""
    names = (
        [name for name in pairs.others[0] if all(name in other for other in pairs.others)]
        if pairs.others
        else []
    )
    for name in names:
        if name == pairs.output:
            continue
        for turn, word in ((False, ""), (True, " transposed")):
            arrays = [np.asarray(other[name]) for other in pairs.others]
            if turn and all(array.ndim != 2 for array in arrays):
                continue
            if all(pairs.same(pair.got, array.T if turn else array)
                   for pair, array in zip(pairs.pairs, arrays, strict=True)):  # fmt: skip
                return Clue(
                    "another array", f"what you return as {pairs.output} is {name}{word}",
                    f"Your {pairs.output} holds exactly the numbers of {name}{word}.",
                    f"Which steps lie between {name} and {pairs.output}?",
                )  # fmt: skip
    return None


def function_of(pairs: Pairs) -> Clue | None:
    """A simple function of the right numbers."""
    if all(np.all(pair.got == pair.got.flat[0]) for pair in pairs.pairs if pair.got.size):
        return None
    for words, function in FUNCTIONS.items():
        if pairs.holds(function):
            told = words.format(f"the right {pairs.output}")
            return Clue(
                "function", f"{pairs.output} is {words.format('the right one')}",
                f"Your {pairs.output} is {told}.", "Which step is done once too often, or is missing?",
            )  # fmt: skip
    return None


def whole_numbers(pairs: Pairs) -> Clue | None:
    """Fractions are cut off or rounded away."""
    if not pairs.fit or all(np.all(pair.expected == np.trunc(pair.expected)) for pair in pairs.pairs):
        return None
    for word, function in ROUNDINGS.items():
        if pairs.holds(function):
            kinds = {pair.got.dtype.name for pair in pairs.pairs}
            dtype = f" (your array is {kinds.pop()})" if len(kinds) == 1 else ""
            return Clue(
                "whole numbers", f"the fractions of {pairs.output} are lost",
                f"Your {pairs.output} is the right one with its fractions {word}{dtype}.",
                "What type do your arrays have, and can that type hold a fraction?",
            )  # fmt: skip
    return None


def not_finite(pairs: Pairs) -> Clue | None:
    """NaN or infinity where there should be numbers; everything else is right."""
    if not pairs.fit:
        return None
    bad = [~np.isfinite(pair.own) & np.isfinite(pair.expected) for pair in pairs.pairs]
    if not any(np.any(mask) for mask in bad):
        return None
    rest = all(
        pairs.same(np.where(mask, pair.expected, pair.own), pair.expected)
        for pair, mask in zip(pairs.pairs, bad, strict=True)
    )
    first, mask = next((pair, mask) for pair, mask in zip(pairs.pairs, bad, strict=True) if np.any(mask))
    value = first.own[mask].flat[0]
    word = "not a number (nan)" if np.isnan(value) else "infinite"
    where = f"with {first.about}" if first.about else "on ordinary inputs"
    everywhere = all(np.all(mask) for mask in bad)
    tail = " Everything else is right." if rest and not everywhere else ""
    return Clue(
        "not finite", f"{pairs.output} is {word} {where}",
        f"Your {pairs.output} is {word} {where}.{tail}",
        "Which step makes a number too large for the machine, divides by zero, or takes the logarithm of zero?",
        strong=rest and not everywhere,
    )  # fmt: skip


def nearly(pairs: Pairs) -> Clue | None:
    """Close, and not equal."""
    if not pairs.fit:
        return None
    worst = 0.0
    for pair in pairs.pairs:
        expected = np.asarray(pair.expected, dtype=float)
        scale = float(np.max(np.abs(expected), initial=0.0))
        if not np.all(np.isfinite(pair.own)) or scale == 0:
            return None
        worst = max(worst, float(np.max(np.abs(pair.own - expected))) / scale)
    if worst > 0.02:
        return None
    return Clue(
        "nearly", f"{pairs.output} is nearly right",
        f"Your {pairs.output} differs from the right one by {100 * worst:.2g} % of its largest number at most.",
        "Is a small number added where it is not needed, or are the numbers rounded on the way?", strong=False,
    )  # fmt: skip
