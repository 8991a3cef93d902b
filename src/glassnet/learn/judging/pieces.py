"""Right in some places and something else in others; cut off above or below; a straight line of the right numbers."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from glassnet.learn.judging.clues import Clue, Pair, Pairs

__all__ = ["clipped", "only_some", "piecewise", "straight_line", "threshold"]

Place = Callable[[Pair], np.ndarray | None]
FORMS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "exp({}) − 1": np.expm1,
    "exp({})": np.exp,
    "the square of {}": np.square,
    "the sigmoid of {}": lambda x: 1 / (1 + np.exp(-x)),
    "tanh({})": np.tanh,
}
SUMMARIES: dict[str, Callable[..., float]] = {"sum": np.sum, "mean": np.mean, "largest number": np.max}
FEWEST = 4  # numbers that a claim about a part of an output has to rest on


def piecewise(pairs: Pairs) -> Clue | None:
    """Where an input is positive one thing, elsewhere another: both of them known."""
    if not pairs.fit:
        return None
    for name in _inputs_of_this_shape(pairs):
        there = _described(pairs, [np.asarray(pair.inputs[name]) > 0 for pair in pairs.pairs])
        elsewhere = _described(pairs, [np.asarray(pair.inputs[name]) < 0 for pair in pairs.pairs])
        if there is None or elsewhere is None or there == elsewhere:
            continue
        output = pairs.output
        return Clue(
            "piecewise", f"where {name} is {'negative' if there == 'right' else 'positive'}, {output} is "
            f"{elsewhere if there == 'right' else there}",
            f"Where {name} is positive your {output} is {there}; where it is negative, {elsewhere}.",
            f"What should {output} be where {name} is {'negative' if there == 'right' else 'positive'}?",
        )  # fmt: skip
    return None


def _inputs_of_this_shape(pairs: Pairs) -> list[str]:
    return [
        name
        for name, value in pairs.pairs[0].inputs.items()
        if isinstance(value, np.ndarray) and value.dtype.kind in "if"
        and all(np.shape(pair.inputs[name]) == pair.expected.shape for pair in pairs.pairs)
    ]  # fmt: skip


def _described(pairs: Pairs, masks: Sequence[np.ndarray]) -> str | None:
    """What was given at some places, in words; None where it is nothing known."""
    own = _picked([pair.own for pair in pairs.pairs], masks)
    right = _picked([pair.expected for pair in pairs.pairs], masks)
    if own.size < FEWEST or not np.all(np.isfinite(own)):
        return None
    if pairs.same(own, right):
        return "right"
    if np.ptp(own) <= 1e-9:
        return f"{own[0] + 0.0:.4g}"
    known = {"the right one": right}
    for name in pairs.others[0] if pairs.others else ():
        arrays = [np.asarray(other[name]) for other in pairs.others if name in other]
        if len(arrays) == len(masks) and all(a.shape == m.shape for a, m in zip(arrays, masks, strict=True)):
            known[name] = _picked(arrays, masks)
    for name, values in known.items():
        for form, function in FORMS.items():
            with np.errstate(all="ignore"):
                if pairs.same(own, function(values)):
                    return form.format(name)
        if not np.all(np.isfinite(values)):
            continue
        norm = float(values @ values)
        ratio = float(own @ values) / norm if norm else 0.0
        if ratio and pairs.same(own, ratio * values):
            if abs(ratio - 1) < 1e-4:
                return name
            return f"minus {name}" if abs(ratio + 1) < 1e-4 else f"{ratio:.4g} times {name}"
    return None


def _picked(arrays: Sequence[np.ndarray], masks: Sequence[np.ndarray]) -> np.ndarray:
    return np.concatenate([np.asarray(a, dtype=float)[m] for a, m in zip(arrays, masks, strict=True)])


def only_some(pairs: Pairs) -> Clue | None:
    """Right in some places and wrong in others, and the places have something in common."""
    if not pairs.fit:
        return None
    masks = [_equal(pair, pairs.tolerance) for pair in pairs.pairs]
    wrong = [(pair, mask) for pair, mask in zip(pairs.pairs, masks, strict=True) if not np.all(mask)]
    for words, place in _places(pairs):
        inside = [where for pair, _ in wrong if (where := place(pair)) is not None]
        if len(inside) < len(wrong) or not sum(map(np.sum, inside)):
            continue
        pieces = list(zip(wrong, inside, strict=True))
        if all(np.all(mask[where]) for (_, mask), where in pieces) and _mostly_wrong(pieces):
            return Clue(
                "only where", f"{pairs.output} is right only {words}",
                f"Your {pairs.output} is right {words}, and wrong elsewhere.",
                "What does your code do with the other places?", strong=False,
            )  # fmt: skip
    return _only_some_cases(pairs, [bool(np.all(mask)) for mask in masks])


def _mostly_wrong(pieces: Sequence[tuple[tuple[Pair, np.ndarray], np.ndarray]]) -> bool:
    outside = np.concatenate([mask[~where] for (_, mask), where in pieces])
    return outside.size >= 2 and float(np.mean(outside)) < 0.3


def _equal(pair: Pair, tolerance: float) -> np.ndarray:
    expected = np.asarray(pair.expected, dtype=float)
    scale = max(float(np.max(np.abs(expected), initial=0.0)), 1e-2)
    with np.errstate(all="ignore"):
        return np.asarray(np.abs(pair.own - expected) <= tolerance * (np.abs(expected) + 0.1 * scale))


def _places(pairs: Pairs) -> Iterator[tuple[str, Place]]:
    for name in _inputs_of_this_shape(pairs):
        yield f"where {name} is positive", lambda pair, name=name: pair.inputs[name] > 0  # type: ignore[misc]
        yield f"where {name} is not positive", lambda pair, name=name: pair.inputs[name] <= 0  # type: ignore[misc]
    rows = "row" if any(pair.expected.ndim == 2 for pair in pairs.pairs) else "number"
    for axis, thing in ((0, rows), (1, "column")):
        for index, word in ((0, "first"), (-1, "last")):
            yield f"in its {word} {thing}", _along(axis, index, True)
            yield f"in all but its {word} {thing}", _along(axis, index, False)


def _along(axis: int, index: int, only: bool) -> Place:
    def place(pair: Pair) -> np.ndarray | None:
        if pair.expected.ndim <= axis or pair.expected.size == 0:
            return None
        where = np.full(pair.expected.shape, not only)
        np.moveaxis(where, axis, 0)[index] = only
        return where

    return place


def _only_some_cases(pairs: Pairs, right: list[bool]) -> Clue | None:
    if not any(right) or all(right):
        return None
    ordinary = [(pair, fine) for pair, fine in zip(pairs.pairs, right, strict=True) if not pair.about]
    if all(fine for _, fine in ordinary):
        about = next(pair.about for pair, fine in zip(pairs.pairs, right, strict=True) if not fine)
        words = f"except with {about}"
    elif all(fine == (pair.sizes is not None and pair.sizes.N == 1) for pair, fine in ordinary):
        words = "only for a batch of one sample"
    elif all(fine == (pair.sizes is None or pair.sizes.N > 1) for pair, fine in ordinary):
        words = "except for a batch of one sample"
    else:
        return None
    return Clue(
        "only some inputs", f"{pairs.output} is right {words}",
        f"Your {pairs.output} is right {words}.", "What is different about that input?", strong=False,
    )  # fmt: skip


def clipped(pairs: Pairs) -> Clue | None:
    """The right numbers, cut off above or below some number."""
    if not pairs.fit or not all(np.all(np.isfinite(pair.own)) for pair in pairs.pairs):
        return None
    own = np.concatenate([pair.own.ravel() for pair in pairs.pairs])
    right = np.concatenate([np.asarray(pair.expected, dtype=float).ravel() for pair in pairs.pairs])
    if own.size < FEWEST or not np.all(np.isfinite(right)):
        return None
    low, high = float(own.min()), float(own.max())
    if high <= low or not pairs.same(own, np.clip(right, low, high)):
        return None
    cut_low, cut_high = bool(np.sum(right < low - 1e-6) > 1), bool(np.sum(right > high + 1e-6) > 1)
    if not (cut_low or cut_high) or np.sum((right > low) & (right < high)) < 2:
        return None
    ends = [f"below {low:.4g}"] * cut_low + [f"above {high:.4g}"] * cut_high
    return Clue(
        "clipped", f"{pairs.output} is cut off {' and '.join(ends)}",
        f"Your {pairs.output} is the right one, cut off {' and '.join(ends)}.",
        "Does the formula have limits, and are they yours?",
    )  # fmt: skip


def threshold(pairs: Pairs) -> Clue | None:
    """The right numbers where they are large enough, 0 elsewhere."""
    if not pairs.fit:
        return None
    own = np.concatenate([pair.own.ravel() for pair in pairs.pairs])
    right = np.concatenate([np.asarray(pair.expected, dtype=float).ravel() for pair in pairs.pairs])
    lost = (own == 0) & (np.abs(right) > 1e-9)
    if own.size < FEWEST or not np.any(lost) or not pairs.same(np.where(lost, right, own), right):
        return None
    kept = ~lost & (np.abs(right) > 1e-9)
    if np.sum(kept) < 2 or float(np.max(np.abs(right[lost]))) > float(np.min(np.abs(right[kept]))):
        return None
    return Clue(
        "threshold", f"small numbers of {pairs.output} become 0",
        f"Your {pairs.output} is right for large numbers; up to {np.max(np.abs(right[lost])):.3g} it is 0.",
        "At which number does the formula change, and at which does your code?",
    )  # fmt: skip


def straight_line(pairs: Pairs) -> Clue | None:
    """Everywhere the same multiple of the right number, plus the same number."""
    if not pairs.fit:
        return None
    fits = [_line(pair) for pair in pairs.pairs if np.ptp(np.asarray(pair.expected, dtype=float)) > 1e-9]
    if len(fits) < 2 or any(fit is None for fit in fits):
        return None
    slopes, starts = np.array([fit for fit in fits if fit is not None]).T
    if np.max(np.abs(starts)) < 1e-9:
        return None
    if np.ptp(slopes) > 1e-4 * np.max(np.abs(slopes)) or abs(slopes[0]) < 1e-6:
        return None
    steady = np.ptp(starts) <= 1e-4 * max(np.max(np.abs(starts)), 1e-3)
    start = f"{starts[0]:.4g}" if steady else _named_start(pairs, starts)
    times = "" if abs(slopes[0] - 1) < 1e-4 else f"{slopes[0]:.4g} times "
    return Clue(
        "straight line", f"{pairs.output} is {times}the right one plus {start}",
        f"Every number of your {pairs.output} is {times}the right one plus {start}.",
        "What is multiplied and what is added on the way, and does the formula have that?",
    )  # fmt: skip


def _named_start(pairs: Pairs, starts: np.ndarray) -> str:
    used = [pair for pair in pairs.pairs if np.ptp(np.asarray(pair.expected, dtype=float)) > 1e-9]
    for word, function in SUMMARIES.items():
        for name, value in used[0].inputs.items():
            if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
                made = np.asarray([float(function(pair.inputs[name])) for pair in used])
                if np.allclose(made, starts, rtol=1e-4, atol=1e-8):
                    return f"the {word} of {name}"
    return "a number that differs from input to input"


def _line(pair: Pair) -> tuple[float, float] | None:
    own, right = pair.own.ravel(), np.asarray(pair.expected, dtype=float).ravel()
    if own.size < 3 or not (np.all(np.isfinite(own)) and np.all(np.isfinite(right))):
        return None
    design = np.stack([right, np.ones_like(right)], axis=1)
    (slope, start), *_ = np.linalg.lstsq(design, own, rcond=None)
    worst = float(np.max(np.abs(own - design @ (slope, start))))
    distinct = np.unique(np.round(right, 9)).size
    if distinct < 2 or worst > 1e-5 * max(float(np.max(np.abs(own))), 1e-6):
        return None
    return float(slope), float(start)
