"""Tanh, forward and backward."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin

FORWARD = "A = tanh(Z) = (exp(Z) − exp(−Z)) / (exp(Z) + exp(−Z))"
BACKWARD = "dZ = dA · (1 − A²)        A = tanh(Z)"
VALUE = "np.tanh(Z)"


def _sums(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    N, D, K, _ = sizes
    Z = rng.uniform(0, 1, (N, D)) @ rng.normal(0, 1.2, (D, K)) + rng.normal(0, 0.4, K)
    Z = np.where(np.abs(Z) < 0.1, 0.35, Z).round(2)
    Z[0, 0], Z[-1, -1] = -1.37, 0.62  # both sides occur
    return {"Z": Z}


def _derivatives(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    Z = _sums(rng, sizes)["Z"]
    dZ_next = rng.normal(0, 0.5, (sizes.N, sizes.H)) / sizes.N
    dA = dZ_next @ rng.normal(0, 1.5, (sizes.H, sizes.K))
    return {"dA": np.where(np.abs(dA) < 0.02, 0.3, dA).round(3), "Z": Z}


def _large(rng: np.random.Generator) -> list[Case]:
    Z = np.round(8 * _sums(rng, Sizes(3, 4, 5, 2))["Z"]) / 8
    return [
        Case({"Z": Z + 1000}, about="sums around 1000"),
        Case({"Z": Z - 1000}, about="sums around −1000"),
    ]


def _large_backward(rng: np.random.Generator) -> list[Case]:
    dA, Z = _derivatives(rng, Sizes(3, 4, 5, 2)).values()
    return [Case({"dA": dA, "Z": np.round(8 * Z) / 8 + 1000}, about="sums around 1000")]


def _on_the_way(inputs: Inputs) -> Mapping[str, Any]:
    Z = inputs["Z"]
    return {"exp(Z)": np.exp(Z), "exp(−Z)": np.exp(-Z), "exp(Z) + exp(−Z)": np.exp(Z) + np.exp(-Z)}


def _on_the_way_back(inputs: Inputs) -> Mapping[str, Any]:
    A = np.tanh(inputs["Z"])
    return {"A": A, "A²": A**2}


EXERCISE = Exercise(
    name="tanh",
    title="Tanh and its derivative",
    folder=Path(__file__).parent,
    station="A",
    parts=(
        Part("tanh", _sums, ("A",), special=_large, square=False, quantities=_on_the_way),
        Part(
            "tanh_backward", _derivatives, ("dZ",), special=_large_backward, square=False, frozen=("Z",),
            quantities=_on_the_way_back,
        ),
    ),
    twins=(
        Twin(
            "overflow", VALUE, "(np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z))",
            title="large sums overflow",
            says="Your A is right for small sums; around ±1000, exp is too large for the machine and the division gives nan.",
            breaks=FORWARD,
            asks="Has NumPy this function ready, or can the fraction be written so that no exponent is positive?",
        ),
        Twin(
            "overflow_above", VALUE, "(np.exp(2 * Z) - 1) / (np.exp(2 * Z) + 1)",
            title="large positive sums overflow",
            says="Your A is right for small and for negative sums; around 1000, exp is too large for the machine and the "
            "division gives nan.",
            breaks=FORWARD,
            asks="Which sign should the exponent have where Z is positive?",
        ),
        Twin(
            "overflow_below", VALUE, "(1 - np.exp(-2 * Z)) / (1 + np.exp(-2 * Z))",
            title="large negative sums overflow",
            says="Your A is right for small and for positive sums; around −1000, exp is too large for the machine and the "
            "division gives nan.",
            breaks=FORWARD,
            asks="Which sign should the exponent have where Z is negative?",
        ),
        Twin(
            "sigmoid", VALUE, "0.5 * (1 + np.tanh(0.5 * Z))",
            title="this is the sigmoid",
            says="Your A is 1 / (1 + exp(−Z)), which goes from 0 to 1.",
            breaks=FORWARD,
            asks="Between which two numbers does tanh lie?",
        ),
        Twin(
            "half_as_steep", VALUE, "np.tanh(0.5 * Z)",
            title="the curve is half as steep as it should be",
            says="Your A is tanh(Z / 2), which is 2 · sigmoid(Z) − 1.",
            breaks=FORWARD,
            asks="tanh(z) can be written as 2 · sigmoid(…) − 1: of which number?",
        ),
        Twin(
            "sigmoid_of_twice", VALUE, "0.5 * (1 + np.tanh(Z))",
            title="the curve goes from 0 to 1",
            says="Your A is the sigmoid of 2 · Z: the curve has been squeezed into the range from 0 to 1.",
            breaks=FORWARD,
            asks="What should tanh(0) be?",
        ),
        Twin(
            "upside_down", VALUE, "np.tanh(-Z)",
            title="the sign is turned",
            says="Your A is minus the right one.",
            breaks=FORWARD,
            asks="Which of the two exponentials is taken away from the other?",
        ),
        Twin(
            "reciprocal", VALUE, "1 / np.tanh(Z)",
            title="the fraction is upside down",
            says="Your A is 1 / tanh(Z): above and below are interchanged.",
            breaks=FORWARD,
            asks="Which stands above, the difference or the sum?",
        ),
        Twin(
            "sinh", VALUE, "np.sinh(Z)",
            title="this is sinh: the denominator is missing",
            says="Your A is (exp(Z) − exp(−Z)) / 2, which has no upper end.",
            breaks=FORWARD,
            asks="What does the difference have to be divided by?",
        ),
        Twin(
            "not_divided", VALUE, "np.exp(Z) - np.exp(-Z)",
            title="nothing is divided",
            says="Your A is exp(Z) − exp(−Z), the part above the line only.",
            breaks=FORWARD,
            asks="What does the difference have to be divided by?",
        ),
        Twin(
            "brackets", VALUE, "np.exp(Z) - np.exp(-Z) / np.exp(Z) + np.exp(-Z)",
            title="brackets are missing in the fraction",
            says="Your A is exp(Z) − exp(−Z) / exp(Z) + exp(−Z), in the order in which Python computes that.",
            breaks=FORWARD,
            asks="What is divided first in 5 − 1 / 5 + 1?",
        ),
        Twin(
            "tangent", VALUE, "np.tan(Z)",
            title="this is the tangent of the circle",
            says="Your A is tan(Z): the function of angles.",
            breaks=FORWARD,
            asks="What is the h in tanh?",
        ),
        Twin(
            "arctangent", VALUE, "np.arctan(Z)",
            title="this is the arctangent",
            says="Your A is arctan(Z), which looks alike but is another curve.",
            breaks=FORWARD,
            asks="Between which two numbers does tanh lie?",
        ),
        Twin(
            "slope_of_Z", "A = tanh(Z)", "A = Z",
            title="the slope is computed from Z instead of A",
            says="Your dZ is dA · (1 − Z²): the formula's A is the tanh of Z, not Z.",
            breaks=BACKWARD,
            asks="Which array is called A in the formula?",
            seen="https://github.com/lazyprogrammer/facial-expression-recognition/issues/2",
        ),
        Twin(
            "tanh_twice", "A = tanh(Z)", "A = tanh(tanh(Z))",
            title="the slope is taken at A instead of at Z",
            says="Your dZ is the slope of tanh at A: tanh has been applied twice on the way.",
            breaks=BACKWARD,
            asks="How often does tanh have to be applied to Z before 1 − A²?",
            seen="https://github.com/davidrmiller/neural2d/issues/40",
        ),
        Twin(
            "not_squared", "A**2", "A",
            title="A is not squared",
            says="Your dZ is dA · (1 − A).",
            breaks=BACKWARD,
            asks="How steep is the curve at −3, where A is nearly −1?",
        ),
        Twin(
            "squared_outside", "1 - A**2", "(1 - A) ** 2",
            title="the difference is squared instead of A",
            says="Your dZ is dA · (1 − A)².",
            breaks=BACKWARD,
            asks="What does the square stand on in the formula?",
        ),
        Twin(
            "plus", "1 - A**2", "1 + A**2",
            title="a plus stands where 1 − A² should be",
            says="Your dZ is dA · (1 + A²).",
            breaks=BACKWARD,
            asks="How steep is the curve where A is nearly 1?",
            seen="https://github.com/nicodjimenez/lstm/issues/41",
        ),
        Twin(
            "sign", "1 - A**2", "A**2 - 1",
            title="the slope has the wrong sign",
            says="Your dZ is minus the right one: the slope of a rising curve is positive.",
            breaks=BACKWARD,
            asks="Is tanh ever falling?",
        ),
        Twin(
            "sigmoid_slope", "1 - A**2", "A * (1 - A)",
            title="this is the slope formula of the sigmoid",
            says="Your dZ is dA · A · (1 − A), which belongs to the sigmoid.",
            breaks=BACKWARD,
            asks="Which curve has the slope a · (1 − a)?",
        ),
        Twin(
            "square_alone", "1 - A**2", "A**2",
            title="the 1 − is missing",
            says="Your dZ is dA · A².",
            breaks=BACKWARD,
            asks="How steep is the curve at 0?",
        ),
        Twin(
            "no_dA", "dA * slope", "slope",
            title="dA does not take part",
            says="Your dZ is the slope of tanh alone: the derivative that comes in is not in it.",
            breaks=BACKWARD,
            asks="What does the chain rule multiply the slope by?",
        ),
        Twin(
            "dA_passes", "dA * slope", "dA * 1.0",
            title="dA goes through unchanged",
            says="Your dZ is dA: the slope of tanh is not in it.",
            breaks=BACKWARD,
            asks="How much does A change when Z changes a little?",
        ),
        Twin(
            "times_value", "dA * slope", "dA * A",
            title="dA is multiplied by the value instead of the slope",
            says="Your dZ is dA · tanh(Z).",
            breaks=BACKWARD,
            asks="How steep is the curve at 0?",
        ),
        Twin(
            "slope_of_dA", "A = tanh(Z)", "A = tanh(dA)",
            title="the slope is taken at dA instead of at Z",
            says="Your slope is that of tanh at dA: Z has no effect on it.",
            breaks=BACKWARD,
            asks="At which point of the curve was the unit on the way forward?",
            seen="https://github.com/yizt/numpy_neural_network/issues/6",
        ),
        Twin(
            "root", "1 - A**2", "np.sqrt(1 - A**2)",
            title="the slope's root is taken",
            says="Your dZ is dA · sqrt(1 − A²), which is dA / cosh(Z): the slope is 1 / cosh(Z)².",
            breaks=BACKWARD,
            asks="What is the derivative of tanh, written with cosh?",
        ),
    ),
    hints=(
        "Forward: NumPy has this function. Backward: how steep is the curve where its height is a?",
        "np.tanh is right for large numbers too. Backward, compute A from Z first; ** 2 squares.",
        "A is np.tanh(Z). For dZ, multiply dA by 1 minus the square of A, number by number.",
    ),
    why="The slope of tanh is 1 − a²: steepest, 1, where a is 0, and nearly 0 where a is near −1 or 1.",
)  # fmt: skip
