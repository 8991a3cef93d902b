"""First weights: He and Xavier, measured by what their numbers have in common."""

from pathlib import Path
from typing import Any

import numpy as np

from glassnet.learn.exercise import Exercise, Inputs, Part, Sizes, Twin
from glassnet.learn.worker.wire import Rng

HE = "standard deviation of W = sqrt(2 / D), mean 0"
XAVIER = "standard deviation of W = sqrt(2 / (D + K)), mean 0"
SPREAD, MEAN = "standard deviation of W", "mean of W, in standard deviations"
ROWS, COLUMNS = "number of rows of W", "number of columns of W"
ROWS_ALIKE, COLUMNS_ALIKE = "rows that are all the same (1: yes)", "columns that are all the same (1: yes)"
LAYERS = (Sizes(1, 3, 4, 1), Sizes(1, 6, 2, 1), Sizes(1, 2, 5, 1))


def _layer(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    return {"rng": Rng(int(rng.integers(2**32))), "D": 60 * sizes.D, "K": 50 * sizes.K}


def _measured(inputs: Inputs, outputs: dict[str, Any]) -> dict[str, Any]:
    """Of at least 30,000 numbers the standard deviation is certain to about half a per cent."""
    W = np.asarray(outputs["W"], dtype=float)
    if W.ndim != 2 or W.size == 0:
        raise ValueError(f"W has the shape {W.shape}, it should be (D, K)")
    alike = [bool(np.ptp(W, axis=axis).max() < 1e-9) for axis in (0, 1)]
    return {
        ROWS: W.shape[0],
        COLUMNS: W.shape[1],
        ROWS_ALIKE: alike[0],
        COLUMNS_ALIKE: alike[1],
        SPREAD: np.nan if sum(alike) == 1 else W.std(),  # too few numbers to be measured
        MEAN: np.nan if sum(alike) == 1 else _mean(W),
    }


def _mean(W: np.ndarray) -> float:
    if np.ptp(W) < 1e-9:
        return float(np.sign(W.flat[0]) * np.inf) if W.flat[0] else 0.0
    return float(np.round(W.mean() / W.std(), 1)) + 0.0


def _part(name: str) -> Part:
    return Part(
        name, _layer, ("W",), sizes=LAYERS, square=False, columns=("W",), measure=_measured,
        tolerance={SPREAD: 0.03},
    )  # fmt: skip


EXERCISE = Exercise(
    name="initializers",
    title="First weights: He and Xavier",
    folder=Path(__file__).parent,
    station="W",
    parts=(_part("he"), _part("xavier")),
    twins=(
        Twin(
            "he_one", "np.sqrt(2 / D)", "np.sqrt(1 / D)",
            title="He: the 2 is missing",
            says="The standard deviation of your W is sqrt(1 / D): that fits layers without ReLU.",
            breaks=HE,
            asks="How much of what goes in does ReLU stop?",
        ),
        Twin(
            "he_by_outputs", "np.sqrt(2 / D)", "np.sqrt(2 / K)",
            title="He: the outputs are counted instead of the inputs",
            says="The standard deviation of your W is sqrt(2 / K).",
            breaks=HE,
            asks="How many products does one unit's sum have: D or K?",
            seen="https://github.com/mnielsen/neural-networks-and-deep-learning/issues/30",
        ),
        Twin(
            "he_no_root", "np.sqrt(2 / D)", "2 / D",
            title="He: the root is missing",
            says="The standard deviation of your W is 2 / D: that is the variance that it should have.",
            breaks=HE,
            asks="Does NumPy's normal take the variance or the standard deviation?",
        ),
        Twin(
            "he_root_of_two", "np.sqrt(2 / D)", "np.sqrt(2) / D",
            title="He: the root ends before D",
            says="The standard deviation of your W is sqrt(2) / D: D stands outside the root.",
            breaks=HE,
            asks="What stands beneath the root in the formula?",
        ),
        Twin(
            "he_xavier", "np.sqrt(2 / D)", "np.sqrt(2 / (D + K))",
            title="He: these are Xavier's numbers",
            says="The standard deviation of your W is sqrt(2 / (D + K)): this is Xavier.",
            breaks=HE,
            asks="Does the number of outputs occur in He's formula?",
        ),
        Twin(
            "he_upside_down", "np.sqrt(2 / D)", "np.sqrt(D / 2)",
            title="He: the fraction is upside down",
            says="The standard deviation of your W is sqrt(D / 2): it grows with the layer.",
            breaks=HE,
            asks="Should the weights of a unit with more inputs be larger or smaller?",
        ),
        Twin(
            "he_multiplied", "np.sqrt(2 / D)", "np.sqrt(2 * D)",
            title="He: 2 is multiplied by D instead of divided",
            says="The standard deviation of your W is sqrt(2 · D): it grows with the layer.",
            breaks=HE,
            asks="Should the weights of a unit with more inputs be larger or smaller?",
        ),
        Twin(
            "he_standard", "rng.normal(0, spread, (D, K))", "rng.normal(0, 1, (D, K))",
            title="He: the standard deviation is 1",
            says="The standard deviation of your W is 1, whatever the layer's size is.",
            breaks=HE,
            asks="Where does your code use the number of inputs?",
        ),
        Twin(
            "he_small", "rng.normal(0, spread, (D, K))", "rng.normal(0, 0.01, (D, K))",
            title="He: the standard deviation is always 0.01",
            says="The standard deviation of your W is 0.01, whatever the layer's size is.",
            breaks=HE,
            asks="What becomes of numbers that pass ten layers of such small weights?",
        ),
        Twin(
            "he_narrow_uniform", "rng.normal(0, spread, (D, K))", "rng.uniform(-spread, spread, (D, K))",
            title="He: the uniform distribution is too narrow",
            says="Your W has only 1/√3 of the right standard deviation, as uniform numbers from −s to s have.",
            breaks=HE,
            asks="Which standard deviation have uniform numbers from −1 to 1?",
        ),
        Twin(
            "he_positive", "rng.normal(0, spread, (D, K))", "rng.uniform(0, spread, (D, K))",
            title="He: no weight is negative",
            says="Your weights are uniform numbers from 0 to sqrt(2 / D): their mean is not 0.",
            breaks=HE,
            asks="On which side of 0 should half of the weights lie?",
        ),
        Twin(
            "he_spread_as_mean", "rng.normal(0, spread, (D, K))", "rng.normal(spread, 1, (D, K))",
            title="He: the standard deviation stands where the mean belongs",
            says="Your W has the standard deviation 1 and the mean sqrt(2 / D).",
            breaks=HE,
            asks="In which order does rng.normal take mean, standard deviation and size?",
        ),
        Twin(
            "he_zeros", "rng.normal(0, spread, (D, K))", "np.zeros((D, K))",
            title="He: all weights are 0",
            says="Your W is 0 everywhere: all units compute the same, and learn the same.",
            breaks=HE,
            asks="What tells two units of the layer apart at the start?",
        ),
        Twin(
            "he_alike", "rng.normal(0, spread, (D, K))", "rng.normal(0, spread, (D, 1)) * np.ones((1, K))",
            title="He: all units have the same weights",
            says="The columns of your W are all the same: the units compute the same, and learn the same.",
            breaks=HE,
            asks="What tells two units of the layer apart at the start?",
        ),
        Twin(
            "he_halves_alike", "rng.normal(0, spread, (D, K))", "np.ones((D, 1)) * rng.normal(0, spread, (1, K))",
            title="He: all inputs have the same weights",
            says="The rows of your W are all the same: a unit cannot tell its inputs apart.",
            breaks=HE,
            asks="How many random numbers does a matrix of D rows and K columns need?",
        ),
        Twin(
            "xavier_inputs_only", "np.sqrt(2 / (D + K))", "np.sqrt(1 / D)",
            title="Xavier: the outputs are not counted",
            says="The standard deviation of your W is sqrt(1 / D). Some courses call that Xavier, too; this formula counts the "
            "outputs as well.",
            breaks=XAVIER,
            asks="Which two sizes stand beneath the root in the formula?",
        ),
        Twin(
            "xavier_he", "np.sqrt(2 / (D + K))", "np.sqrt(2 / D)",
            title="Xavier: these are He's numbers",
            says="The standard deviation of your W is sqrt(2 / D): this is He.",
            breaks=XAVIER,
            asks="Which two sizes stand beneath the root in the formula?",
        ),
        Twin(
            "xavier_one", "np.sqrt(2 / (D + K))", "np.sqrt(1 / (D + K))",
            title="Xavier: the 2 is missing",
            says="The standard deviation of your W is sqrt(1 / (D + K)).",
            breaks=XAVIER,
            asks="What is the mean of D and K, and what is 1 divided by it?",
        ),
        Twin(
            "xavier_three", "np.sqrt(2 / (D + K))", "np.sqrt(3 / (D + K))",
            title="Xavier: 3 stands where 2 should be",
            says="The standard deviation of your W is sqrt(3 / (D + K)).",
            breaks=XAVIER,
            asks="Which number stands above the line in the formula?",
            seen="https://github.com/tflearn/tflearn/issues/870",
        ),
        Twin(
            "xavier_six", "np.sqrt(2 / (D + K))", "np.sqrt(6 / (D + K))",
            title="Xavier: a uniform distribution's limit is used as standard deviation",
            says="The standard deviation of your W is sqrt(6 / (D + K)): that is where uniform numbers end, not how far normal "
            "ones spread.",
            breaks=XAVIER,
            asks="What does your formula tell: the largest number, or the standard deviation?",
        ),
        Twin(
            "xavier_no_root", "np.sqrt(2 / (D + K))", "2 / (D + K)",
            title="Xavier: the root is missing",
            says="The standard deviation of your W is 2 / (D + K): that is the variance that it should have.",
            breaks=XAVIER,
            asks="Does NumPy's normal take the variance or the standard deviation?",
        ),
        Twin(
            "xavier_brackets", "np.sqrt(2 / (D + K))", "np.sqrt(2 / D + K)",
            title="Xavier: brackets are missing",
            says="The standard deviation of your W is sqrt(2 / D + K): the division ends before the plus sign.",
            breaks=XAVIER,
            asks="What is divided first in 2 / 3 + 4?",
        ),
        Twin(
            "xavier_narrow_uniform", "rng.normal(0, deviation, (D, K))", "rng.uniform(-deviation, deviation, (D, K))",
            title="Xavier: the uniform distribution is too narrow",
            says="Your W has only 1/√3 of the right standard deviation, as uniform numbers from −s to s have.",
            breaks=XAVIER,
            asks="Which standard deviation have uniform numbers from −1 to 1?",
        ),
        Twin(
            "xavier_outputs_only", "np.sqrt(2 / (D + K))", "np.sqrt(1 / K)",
            title="Xavier: the inputs are not counted",
            says="The standard deviation of your W is sqrt(1 / K).",
            breaks=XAVIER,
            asks="Which two sizes stand beneath the root in the formula?",
        ),
    ),
    hints=(
        "Which standard deviation does each formula ask for? And which argument of rng.normal is it?",
        "rng.normal(mean, standard deviation, shape) draws a whole matrix. The shape is (D, K).",
        "np.sqrt(2 / D) for He, np.sqrt(2 / (D + K)) for Xavier; the mean is 0.",
    ),
    why="A sum of D products has D times the variance of one, so weights with the variance 1/D keep it; ReLU stops half, which "
    "the 2 makes up for. Xavier's is between what the way forward (D) and the way back (K) ask for.",
)  # fmt: skip
