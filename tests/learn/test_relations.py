"""What is said of numbers that no known program made: true where it holds, silent where it does not."""

import numpy as np
import pytest

from glassnet.learn.exercise import SIZE_WORDS, Sizes
from glassnet.learn.judging import factors, formulas, pieces, shapes, values
from glassnet.learn.judging.clues import Pair, Pairs

SIZES = (Sizes(2, 3, 4, 5), Sizes(5, 3, 2, 4), Sizes(1, 4, 3, 2), Sizes(4, 6, 3, 5))


def pairs_of(function, expected=None, inputs=None):
    """Pairs of random arrays (N, K) and what ``function(expected, sizes)`` makes of them."""
    rng = np.random.default_rng(0)
    made = []
    for sizes in SIZES:
        right = rng.normal(size=(sizes.N, sizes.K)) if expected is None else expected(rng, sizes)
        given = {"G": rng.normal(size=right.shape)} if inputs is None else inputs(rng, right)
        arguments = (right, sizes, given) if function.__code__.co_argcount == 3 else (right, sizes)
        made.append(Pair(given, sizes, right, np.asarray(function(*arguments))))
    return Pairs("A", made, 1e-5, SIZE_WORDS, [dict(pair.inputs) for pair in made])


HOLDS = [
    (factors.factor, lambda e, s: -e, "wrong sign"),
    (factors.factor, lambda e, s: 2 * e, "2 times"),
    (factors.factor, lambda e, s: e / s.N, "1/N times"),
    (factors.factor, lambda e, s: e * s.N, "N times"),
    (factors.factor, lambda e, s: e / s.N**2, "1/N² times"),
    (factors.factor, lambda e, s: e / np.sqrt(s.D), "1/√D times"),
    (factors.factor, lambda e, s: -e / s.K, "−1/K times"),
    (factors.factor, lambda e, s: 2 * e / s.N, "1/N · 2 times"),
    (factors.factor, lambda e, s: 0.37 * e, "0.37 times"),
    (factors.factor, lambda e, s: e * s.N / s.D, "N · 1/D times"),
    (factors.offset, lambda e, s: e + 1, "1 too large"),
    (factors.offset, lambda e, s: e - 0.25, "0.25 too small"),
    (factors.by_rows_or_columns, lambda e, s: e * np.arange(1, s.N + 1)[:, None], "each row"),
    (factors.by_rows_or_columns, lambda e, s: e * np.arange(1, s.K + 1), "each column"),
    (shapes.transposed, lambda e, s: e.T, "transposed"),
    (shapes.axis_lost, lambda e, s: e.sum(axis=0), "lost an axis"),
    (shapes.axis_lost, lambda e, s: e.mean(axis=1), "lost an axis"),
    (shapes.axis_lost, lambda e, s: e.sum(), "lost an axis"),
    (shapes.moved, lambda e, s: np.roll(e, 1, axis=1), "shifted by one column"),
    (shapes.moved, lambda e, s: e[::-1], "rows in the reverse order"),
    (shapes.wrong_shape, lambda e, s: e[:, :-1], "wrong shape"),
    (values.whole_numbers, lambda e, s: (10 * e).astype(int) // 10, None),
    (values.whole_numbers, lambda e, s: np.trunc(e).astype(int), "fractions"),
    (values.constant, lambda e, s: np.zeros_like(e), "always 0"),
    (values.function_of, lambda e, s: e**2, "the square of the right one"),
    (values.function_of, lambda e, s: np.exp(e), "the exponential of the right one"),
    (values.something_else, lambda e, s, i: i["G"], "what you return as A is G"),
    (values.not_finite, lambda e, s: np.where(e > 0.5, np.nan, e), "not a number"),
    (values.nearly, lambda e, s: e + 1e-3 * np.sin(50 * e), "nearly right"),
    (pieces.piecewise, lambda e, s, i: np.where(i["G"] > 0, e, 0.1 * i["G"]), "0.1 times G"),
    (pieces.piecewise, lambda e, s, i: np.where(i["G"] > 0, -1, e), "A is -1"),
    (pieces.only_some, lambda e, s: np.vstack([e[:1], e[1:] ** 3 + 2]), "only in its first row"),
    (pieces.only_some, lambda e, s: e if s.N == 1 else np.cos(e), "only for a batch of one"),
    (pieces.clipped, lambda e, s: np.clip(e, -0.5, 0.7), "below -0.5 and above 0.7"),
    (pieces.threshold, lambda e, s: np.where(np.abs(e) > 0.4, e, 0), "small numbers"),
    (pieces.straight_line, lambda e, s: 0.5 * e + 3, "0.5 times the right one plus 3"),
    (shapes.fixed_size, lambda e, s: np.ones((s.N, 10)), "always has 10 columns"),
]  # fmt: skip


@pytest.mark.parametrize(("relation", "function", "words"), HOLDS)
def test_a_relation_is_seen_where_it_holds(relation, function, words):
    clue = relation(pairs_of(function))
    assert (clue is None) == (words is None)
    assert words is None or words in clue.title


@pytest.mark.parametrize("relation", sorted({relation for relation, *_ in HOLDS}, key=lambda f: f.__name__))
def test_no_relation_is_seen_in_unrelated_numbers(relation):
    rng = np.random.default_rng(5)
    assert relation(pairs_of(lambda e, s: rng.normal(size=e.shape))) is None


def test_an_axis_too_many_is_seen():
    rng = np.random.default_rng(0)
    pairs = [Pair({}, s, (got := rng.normal(size=(s.N, s.K))).sum(axis=0), got) for s in SIZES]
    assert "summed over the rows" in shapes.axis_kept(Pairs("db", pairs)).says


def test_factors_that_are_nearly_alike_are_not_confused():
    assert "256/255" in factors.factor(pairs_of(lambda e, s: e * 256 / 255)).title
    assert "256/255" not in factors.factor(pairs_of(lambda e, s: e * 255 / 254)).title


def test_a_factor_in_float32_is_seen():
    assert "1/N" in factors.factor(pairs_of(lambda e, s: (e / s.N).astype(np.float32))).title


FORMULAS = {
    "X @ dZ.T": lambda k: k["X"] @ k["dZ"].T,
    "2 · X.T @ X": lambda k: 2 * k["X"].T @ k["X"],
    "dZ * (1 - X ** 2)": lambda k: k["dZ"] * (1 - k["X"] ** 2),
    "X / X.sum(axis=1, keepdims=True)": lambda k: k["X"] / k["X"].sum(axis=1, keepdims=True),
    "X - dZ": lambda k: k["X"] - k["dZ"],
}


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_found(text):
    rng = np.random.default_rng(0)
    known = [{"X": rng.normal(size=(s.N, s.D)), "dZ": rng.normal(size=(s.N, s.D))} for s in SIZES]
    pairs = [Pair({}, s, np.ones(3), FORMULAS[text](k)) for s, k in zip(SIZES, known, strict=True)]
    clue, everywhere = formulas.formula(Pairs("A", pairs, 1e-5, SIZE_WORDS), known)
    assert everywhere and clue.title == f"your A is {text}"


def test_no_formula_is_found_where_there_is_none():
    rng = np.random.default_rng(0)
    known = [{"X": rng.normal(size=(s.N, s.D)), "dZ": rng.normal(size=(s.N, s.D))} for s in SIZES]
    pairs = [
        Pair({}, s, np.ones(3), np.sin(k["X"] + k["dZ"] ** 3)) for s, k in zip(SIZES, known, strict=True)
    ]
    assert formulas.formula(Pairs("A", pairs, 1e-5, SIZE_WORDS), known) == (None, False)
