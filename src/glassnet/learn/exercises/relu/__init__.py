"""ReLU, forward and backward."""

from pathlib import Path
from typing import Any

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin

FORWARD = "A = max(0, Z)"
BACKWARD = "dZ = dA · relu'(Z)        relu'(z) = 1 where z > 0, 0 where z < 0"


def _away_from_zero(array: np.ndarray) -> np.ndarray:
    return np.where(np.abs(array) < 0.05, 0.3, array).round(2)


def _sums(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    N, D, K, _ = sizes
    Z = _away_from_zero(rng.uniform(0, 1, (N, D)) @ rng.normal(0, 1.5, (D, K)) + rng.normal(0, 0.3, K))
    Z[0, 0], Z[-1, -1] = -1.37, 1.62  # both sides occur
    return {"Z": Z}


def _derivatives(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    Z = _sums(rng, sizes)["Z"]
    dZ_next = rng.normal(0, 0.5, (sizes.N, sizes.H)) / sizes.N
    dA = _away_from_zero(dZ_next @ rng.normal(0, 1.5, (sizes.H, sizes.K)))
    dA[0, 0], dA[-1, -1] = 0.42, -0.58
    if Z.size > 4:
        Z[0, 1], dA[0, 1] = 0.71, 0.26
        Z[0, -1], dA[0, -1] = -0.94, -0.33
    return {"dA": dA, "Z": Z}


def _corner(rng: np.random.Generator) -> list[Case]:
    inputs = _derivatives(rng, Sizes(3, 4, 5, 2))
    inputs["Z"][1, 1:3] = 0.0
    return [Case(inputs, about="a Z that is exactly 0")]


def _zero(rng: np.random.Generator) -> list[Case]:
    Z = _sums(rng, Sizes(3, 4, 5, 2))["Z"]
    Z[1, 1:3] = 0.0
    return [Case({"Z": Z}, about="a Z that is exactly 0"), Case({"Z": 1000 * Z}, about="large numbers")]


def _any_slope(inputs: Inputs, outputs: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    dA, at_corner = inputs["dA"], inputs["Z"] == 0
    ends = np.where(at_corner, 0.0, outputs["dZ"]), np.where(at_corner, dA, outputs["dZ"])
    return {"dZ": (np.minimum(*ends), np.maximum(*ends))}


EXERCISE = Exercise(
    name="relu",
    title="ReLU and its derivative",
    folder=Path(__file__).parent,
    station="A",
    parts=(
        Part("relu", _sums, ("A",), special=_zero, square=False),
        Part("relu_backward", _derivatives, ("dZ",), special=_corner, between=_any_slope, frozen=("Z",)),
    ),
    twins=(
        Twin(
            "minimum", "np.maximum(0, Z)", "np.minimum(0, Z)",
            title="the smaller of the two is taken",
            says="Your A keeps the negative numbers and stops the positive ones.",
            breaks=FORWARD,
            asks="Which numbers should be let through?",
        ),
        Twin(
            "absolute", "np.maximum(0, Z)", "np.abs(Z)",
            title="negative numbers are turned round",
            says="Your A holds absolute values: a negative number becomes positive instead of 0.",
            breaks=FORWARD,
            asks="What should become of −2?",
        ),
        Twin(
            "leaky", "np.maximum(0, Z)", "np.maximum(0.01 * Z, Z)",
            title="negative numbers are let through a little",
            says="Where Z is negative your A is 0.01 · Z: this is the leaky ReLU.",
            breaks=FORWARD,
            asks="What does the formula give for −2, exactly?",
        ),
        Twin(
            "leaky_tenth", "np.maximum(0, Z)", "np.maximum(0.1 * Z, Z)",
            title="negative numbers are let through by a tenth",
            says="Where Z is negative your A is 0.1 · Z: this is a leaky ReLU.",
            breaks=FORWARD,
            asks="What does the formula give for −2, exactly?",
        ),
        Twin(
            "step", "np.maximum(0, Z)", "(Z > 0) * 1.0",
            title="the result is only 0 or 1",
            says="Your A is 1 where Z is positive and 0 elsewhere: that is ReLU's slope, not its value.",
            breaks=FORWARD,
            asks="What should become of 2.5?",
        ),
        Twin(
            "maximum_of_all", "np.maximum(0, Z)", "np.max(Z)",
            title="one number comes out, the largest",
            says="Your A is a single number, the largest of the whole array.",
            breaks=FORWARD,
            asks="What is the difference between np.max and np.maximum?",
        ),
        Twin(
            "unchanged", "np.maximum(0, Z)", "Z.copy()",
            title="Z comes out as it went in",
            says="Your A is Z: nothing is stopped.",
            breaks=FORWARD,
            asks="What happens to the negative numbers, and is that what you return?",
        ),
        Twin(
            "negative_one", "np.maximum(0, Z)", "np.where(Z > 0, Z, -1.0)",
            title="negative numbers become −1",
            says="Your A is −1 where Z is not positive.",
            breaks=FORWARD,
            asks="Which number does the formula give there?",
        ),
        Twin(
            "above_one", "np.maximum(0, Z)", "np.maximum(1, Z)",
            title="the threshold is 1 instead of 0",
            says="Your A is never below 1.",
            breaks=FORWARD,
            asks="Where does the curve of ReLU bend?",
        ),
        Twin(
            "capped", "np.maximum(0, Z)", "np.clip(Z, 0, 1)",
            title="large numbers are cut off at 1",
            says="Your A is never above 1.",
            breaks=FORWARD,
            asks="What should become of 2.5?",
        ),
        Twin(
            "softplus", "np.maximum(0, Z)", "np.logaddexp(0, Z)",
            title="this is softplus",
            says="Your A is log(1 + exp(Z)): softplus, the smooth cousin of ReLU.",
            breaks=FORWARD,
            asks="What does the formula give for −2, exactly?",
        ),
        Twin(
            "gate_of_dA", "slope = Z > 0", "slope = dA > 0",
            title="dA is stopped by its own sign, not by that of Z",
            says="Your dZ is dA where dA is positive and 0 elsewhere: Z has no effect on it.",
            breaks=BACKWARD,
            asks="Which array tells whether a unit let its number through?",
        ),
        Twin(
            "no_gate", "dA * slope", "dA * 1.0",
            title="nothing is stopped on the way back",
            says="Your dZ is dA, also where Z is negative.",
            breaks=BACKWARD,
            asks="How much does A change when a negative Z changes a little?",
            seen="https://github.com/iamtrask/Grokking-Deep-Learning/issues/56",
        ),
        Twin(
            "slope_only", "dA * slope", "slope * 1.0",
            title="dA does not take part",
            says="Your dZ is ReLU's slope alone, 0 or 1: the derivative that comes in is not in it.",
            breaks=BACKWARD,
            asks="What does the chain rule multiply the slope by?",
            seen="https://github.com/haifengl/smile/issues/528",
        ),
        Twin(
            "times_value", "dA * slope", "dA * np.maximum(0, Z)",
            title="dA is multiplied by ReLU's value instead of its slope",
            says="Your dZ is dA times relu(Z).",
            breaks=BACKWARD,
            asks="What is the slope of ReLU at 2.5?",
            seen="https://community.deeplearning.ai/t/wrong-values-for-dw1/85937",
        ),
        Twin(
            "times_Z", "dA * slope", "dA * Z",
            title="dA is multiplied by Z",
            says="Your dZ is dA times Z.",
            breaks=BACKWARD,
            asks="What is the slope of ReLU at 2.5, and what at −2?",
        ),
        Twin(
            "product_of_matrices", "dA * slope", "dA @ slope",
            title="dA and the slope are multiplied as matrices",
            says="Your code takes the product of two matrices, dA and the slope, which fits only where N = K.",
            breaks=BACKWARD,
            asks="Which operator multiplies numbers that stand at the same place?",
            seen="https://community.deeplearning.ai/t/graded-function-backward-propagation/110003",
        ),
        Twin(
            "sigmoid_slope", "slope = Z > 0", "slope = np.exp(-Z) / (1 + np.exp(-Z)) ** 2",
            title="the slope is that of the sigmoid",
            says="Your dZ is dA times the slope of the sigmoid at Z, not of ReLU.",
            breaks=BACKWARD,
            asks="Which activation was used on the way forward, and how steep is it at 2.5?",
            seen="https://github.com/jeffheaton/encog-dotnet-core/issues/124",
        ),
        Twin(
            "gate_inverted", "slope = Z > 0", "slope = Z < 0",
            title="the wrong half is stopped",
            says="Your dZ lets through where Z is negative and stops where it is positive.",
            breaks=BACKWARD,
            asks="Which units let their number through on the way forward?",
        ),
        Twin(
            "backward_leaky", "slope = Z > 0", "slope = np.where(Z > 0, 1, 0.01)",
            title="the slope of negative numbers is 0.01",
            says="Where Z is negative your dZ is 0.01 · dA: this is the leaky ReLU's derivative.",
            breaks=BACKWARD,
            asks="How steep is ReLU to the left of 0?",
        ),
        Twin(
            "threshold_one", "slope = Z > 0", "slope = Z > 1",
            title="the slope changes at 1 instead of 0",
            says="Your dZ is stopped wherever Z is not above 1.",
            breaks=BACKWARD,
            asks="Where does the curve of ReLU bend?",
        ),
    ),
    hints=(
        "Forward: what becomes of −2, and what of 3? Backward: how much does A change when Z changes a little, at −2 and at 3?",
        "np.maximum compares two arrays number by number (np.max gives the largest of one). A comparison such as Z > 0 gives "
        "an array of True and False, which count as 1 and 0.",
        "A is np.maximum(0, Z). For dZ, multiply dA by the comparison.",
    ),
    why="A positive Z reaches A unchanged, so its slope is 1; a negative one has no effect on A, so its slope is 0.",
)  # fmt: skip
