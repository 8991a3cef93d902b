"""Constant factors and offsets: 1/N once too often, a lost sign, a 2 that came from nowhere."""

import itertools
from collections.abc import Iterator

import numpy as np

from glassnet.learn.judging.clues import Clue, Pair, Pairs

__all__ = ["by_rows_or_columns", "factor", "offset"]

CONSTANTS = {
    "2": 2.0, "1/2": 0.5, "3": 3.0, "4": 4.0, "1/4": 0.25, "10": 10.0, "1/10": 0.1, "100": 100.0, "1/100": 0.01,
    "255": 255.0, "1/255": 1 / 255, "256/255": 256 / 255, "255/256": 255 / 256, "16": 16.0, "1/16": 1 / 16,
    "ln 2": np.log(2), "1/ln 2": 1 / np.log(2), "ln 10": np.log(10), "1/ln 10": 1 / np.log(10),
    "√2": np.sqrt(2), "1/√2": np.sqrt(0.5), "√3": np.sqrt(3), "1/√3": 1 / np.sqrt(3), "√6": np.sqrt(6),
}  # fmt: skip
SAME = 5e-6  # 256/255 and 255/254 are two factors, and float32 knows seven digits
POWERS = {"{}": 1.0, "1/{}": -1.0, "√{}": 0.5, "1/√{}": -0.5, "{}²": 2.0, "1/{}²": -2.0}


def factor(pairs: Pairs) -> Clue | None:
    """Every number is the same multiple of what it should be, and the multiple has a name."""
    if not pairs.fit:
        return None
    found = [_ratio(pair, pairs.tolerance) for pair in pairs.pairs]
    known = [(pair, ratio) for pair, ratio in zip(pairs.pairs, found, strict=True) if ratio is not None]
    if any(ratio is None and np.any(pair.expected) for pair, ratio in zip(pairs.pairs, found, strict=True)):
        return None
    if len(known) < min(2, len(pairs.pairs)) or all(abs(ratio - 1) < 1e-4 for _, ratio in known):
        return None
    for name, values in _named_factors([pair for pair, _ in known]):
        if all(
            abs(ratio - value) <= SAME * abs(value) for (_, ratio), value in zip(known, values, strict=True)
        ):
            return _factor_clue(pairs, name)
    ratios = [ratio for _, ratio in known]
    if max(ratios) - min(ratios) <= SAME * abs(ratios[0]) and len(ratios) > 1 and abs(ratios[0]) > 1e-9:
        return _factor_clue(pairs, f"{ratios[0]:.6g}")
    if len(known) < 2 or any(np.size(pair.expected) < 2 for pair, _ in known):
        return None
    told = " and ".join(f"{ratio:.4g}{_with(pair)}" for pair, ratio in known[:2])
    return Clue(
        "factor that changes",
        f"{pairs.output} is wrong by a factor",
        f"Within one call all numbers of your {pairs.output} are the same multiple of the right ones: {told}.",
        "What number is multiplied or divided by once too often, or once too little?",
        strong=False,
    )


def _with(pair: Pair) -> str:
    return f" with N = {pair.sizes.N}" if pair.sizes else ""


def _ratio(pair: Pair, tolerance: float) -> float | None:
    """The c of got = c · expected; None where there is none."""
    expected, own = np.asarray(pair.expected, dtype=float), pair.own
    if not (np.all(np.isfinite(own)) and np.all(np.isfinite(expected))) or not np.any(expected):
        return None
    ratio = float(np.vdot(expected, own) / np.vdot(expected, expected))
    scale = float(np.max(np.abs(expected))) * abs(ratio)
    return ratio if ratio and np.all(np.abs(own - ratio * expected) <= 10 * tolerance * scale) else None


def _named_factors(pairs: list[Pair]) -> Iterator[tuple[str, list[float]]]:
    """Names for factors with their value in each case, the simplest first."""
    count = len(pairs)
    simple = {"−1": [-1.0] * count}
    sizes = {}
    for letter in "NDKH":
        if all(pair.sizes is not None and getattr(pair.sizes, letter) for pair in pairs):
            sizes[letter] = [float(getattr(pair.sizes, letter)) for pair in pairs]
    alike = [letter for letter in sizes if list(sizes.values()).count(sizes[letter]) > 1]
    sizes = {
        letter: values for letter, values in sizes.items() if letter not in alike
    }  # N or D: nobody knows
    sizes |= _scalars(pairs)
    for letter, values in sizes.items():
        simple |= {form.format(letter): [value**power for value in values] for form, power in POWERS.items()}
    constants = {name: [value] * count for name, value in CONSTANTS.items()}
    yield from simple.items()
    yield from constants.items()
    yield from (
        (f"−{name}", [-value for value in values]) for name, values in {**simple, **constants}.items()
    )
    short = {form.format(letter): [value**power for value in values]
             for letter, values in sizes.items() for form, power in list(POWERS.items())[:4]}  # fmt: skip
    for (one, first), (two, second) in itertools.combinations({**short, **constants}.items(), 2):
        yield f"{one} · {two}", [a * b for a, b in zip(first, second, strict=True)]


def _scalars(pairs: list[Pair]) -> dict[str, list[float]]:
    """The inputs that are numbers (a rate, a beta), and one minus those below one."""
    found: dict[str, list[float]] = {}
    for name in pairs[0].inputs:
        values = [pair.inputs.get(name) for pair in pairs]
        if all(isinstance(value, (int, float)) and value not in (0, 1) for value in values):
            found[name] = [float(value) for value in values]  # type: ignore[arg-type]
            if all(0 < value < 1 for value in found[name]):
                found[f"(1 − {name})"] = [1 - value for value in found[name]]
    return found


def _factor_clue(pairs: Pairs, name: str) -> Clue:
    output = pairs.output
    if name == "−1":
        return Clue(
            "factor", f"{output} has the wrong sign", f"Every number of your {output} has the opposite sign.",
            "Which difference is taken the wrong way round, or which minus is missing?", factor=name,
        )  # fmt: skip
    meant = "".join(f" ({letter}: {words})" for letter, words in pairs.dims.items() if letter in name)
    return Clue(
        "factor",
        f"{output} is {name} times what it should be",
        f"Every number of your {output} is the right one times {name}{meant}.",
        "Where in your lines is that factor multiplied or divided by, and where does the mathematics have it?",
        factor=name,
    )


def offset(pairs: Pairs) -> Clue | None:
    """The same number is added everywhere."""
    if not pairs.fit:
        return None
    differences = [pair.own - np.asarray(pair.expected, dtype=float) for pair in pairs.pairs]
    if sum(difference.size for difference in differences) < 4:
        return None
    number = float(np.median(differences[0]))
    if not np.isfinite(number) or not pairs.holds(lambda expected: expected + number):
        return None
    word = f"{abs(number):.4g} too {'large' if number > 0 else 'small'}"
    return Clue(
        "offset", f"{pairs.output} is {word} everywhere", f"Every number of your {pairs.output} is {word}.",
        "What is added or taken away once too often, or forgotten?",
    )  # fmt: skip


def by_rows_or_columns(pairs: Pairs) -> Clue | None:
    """Each row, or each column, is right up to a factor of its own."""
    matrices = [pair for pair in pairs.pairs if pair.expected.ndim == 2 and min(pair.expected.shape) > 1]
    if not matrices or not pairs.fit:
        return None
    for axis, word in ((1, "row"), (0, "column")):
        if all(_each_scaled(pair, axis, pairs.tolerance) for pair in matrices):
            return Clue(
                f"factor of each {word}",
                f"each {word} of {pairs.output} is right up to a factor",
                f"Within each {word} of your {pairs.output} all numbers are the same multiple of the right ones; "
                f"the multiple differs from {word} to {word}.",
                f"What do you multiply or divide each {word} by, and what should it be?",
                strong=False,
            )
    return None


def _each_scaled(pair: Pair, axis: int, tolerance: float) -> bool:
    expected, own = np.asarray(pair.expected, dtype=float), pair.own
    if not (np.all(np.isfinite(own)) and np.all(np.isfinite(expected))) or not np.all(
        np.any(expected, axis=axis)
    ):
        return False
    ratio = np.sum(own * expected, axis=axis, keepdims=True) / np.sum(expected**2, axis=axis, keepdims=True)
    scale = np.max(np.abs(expected), axis=axis, keepdims=True) * np.abs(ratio)
    return bool(np.all(ratio != 0) and np.all(np.abs(own - ratio * expected) <= 10 * tolerance * scale))
