"""The sigmoid, forward and backward."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin

FORWARD = "A = 1 / (1 + exp(−Z))"
STABLE = "a = 1 / (1 + e) where z >= 0        a = e / (1 + e) where z < 0        e = exp(−|z|)"
BACKWARD = "dZ = dA · A · (1 − A)        A = sigmoid(Z)"
VALUE = "np.where(Z >= 0, upper, lower)"


def _sums(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    N, D, K, _ = sizes
    Z = rng.uniform(0, 1, (N, D)) @ rng.normal(0, 1.5, (D, K)) + rng.normal(0, 0.5, K)
    Z = np.where(np.abs(Z) < 0.1, 0.35, Z).round(2)
    Z[0, 0], Z[-1, -1] = -1.37, 1.62  # both sides occur
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
    Z = np.round(8 * Z) / 8
    return [
        Case({"dA": dA, "Z": Z + 1000}, about="sums around 1000"),
        Case({"dA": dA, "Z": Z - 1000}, about="sums around −1000"),
    ]


def _on_the_way(inputs: Inputs) -> Mapping[str, Any]:
    Z = inputs["Z"]
    return {"exp(−Z)": np.exp(-Z), "1 + exp(−Z)": 1 + np.exp(-Z), "exp(Z)": np.exp(Z)}


def _on_the_way_back(inputs: Inputs) -> Mapping[str, Any]:
    A = 1 / (1 + np.exp(-inputs["Z"]))
    return {"A": A, "1 − A": 1 - A}


EXERCISE = Exercise(
    name="sigmoid",
    title="Sigmoid and its derivative",
    folder=Path(__file__).parent,
    station="A",
    parts=(
        Part("sigmoid", _sums, ("A",), special=_large, square=False, quantities=_on_the_way),
        Part(
            "sigmoid_backward", _derivatives, ("dZ",), special=_large_backward, square=False, frozen=("Z",),
            quantities=_on_the_way_back,
        ),
    ),
    twins=(
        Twin(
            "overflow", VALUE, "np.exp(Z) / (1 + np.exp(Z))",
            title="large sums overflow",
            says="Your A is right for small sums; around 1000, exp is too large for the machine and the division gives nan.",
            breaks=STABLE,
            asks="Which sign should the exponent have so that exp cannot become large?",
        ),
        Twin(
            "wrong_exponent", "np.where(Z >= 0,", "np.where(Z < 0,",
            title="the curve falls instead of rising",
            says="Your A is 1 minus the right one: a large Z gives a small A.",
            breaks=FORWARD,
            asks="Towards which number should A go when Z becomes large?",
        ),
        Twin(
            "without_one", VALUE, "1 / np.exp(-Z)",
            title="the 1 in the denominator is missing",
            says="Your A is 1 / exp(−Z), which is exp(Z) and has no upper end.",
            breaks=FORWARD,
            asks="What is A when Z is 0?",
        ),
        Twin(
            "minus_in_denominator", VALUE, "1 / (1 - np.exp(-Z))",
            title="there is a minus in the denominator",
            says="Your A is 1 / (1 − exp(−Z)): it can be negative, and at 0 there is none.",
            breaks=FORWARD,
            asks="What is A when Z is 0?",
        ),
        Twin(
            "brackets", VALUE, "1 / 1 + np.exp(-Z)",
            title="brackets are missing in the denominator",
            says="Your A is 1 + exp(−Z): the division ends before the plus sign.",
            breaks=FORWARD,
            asks="What is divided first in 1 / 1 + 3?",
        ),
        Twin(
            "tanh", VALUE, "np.tanh(Z)",
            title="this is tanh",
            says="Your A is tanh(Z), which goes from −1 to 1.",
            breaks=FORWARD,
            asks="Between which two numbers does the sigmoid lie?",
        ),
        Twin(
            "from_minus_one", VALUE, "2 * np.where(Z >= 0, upper, lower) - 1",
            title="the curve goes from −1 to 1",
            says="Your A is twice the right one minus 1, so that it goes from −1 to 1.",
            breaks=FORWARD,
            asks="Between which two numbers does the sigmoid lie?",
        ),
        Twin(
            "step", VALUE, "(Z >= 0) * 1.0",
            title="the result is only 0 or 1",
            says="Your A is 1 where Z is positive and 0 elsewhere.",
            breaks=FORWARD,
            asks="What does the formula give for 0.5?",
        ),
        Twin(
            "hard", VALUE, "np.clip(0.2 * Z + 0.5, 0, 1)",
            title="this is the hard sigmoid, made of straight lines",
            says="Your A is 0.2 · Z + 0.5, cut off at 0 and at 1.",
            breaks=FORWARD,
            asks="Is the formula's curve made of straight lines?",
        ),
        Twin(
            "kept_from_the_ends", VALUE, "np.clip(np.where(Z >= 0, upper, lower), 0.0001, 0.9999)",
            title="A is kept away from 0 and 1",
            says="Your A never comes nearer to 0 or 1 than 0.0001: large sums cannot be told apart from less large ones.",
            breaks=FORWARD,
            asks="Which step of the network is it that cannot take a 0 or a 1, and should the limit not stand there?",
            seen="https://devhide.com/sigmoid-function-returns-1-for-large-positive-inputs-52423163",
        ),
        Twin(
            "half_curve", VALUE, "upper",
            title="the left half is a mirror image of the right",
            says="Where Z is negative your A is that of −Z: it is never below one half.",
            breaks=STABLE,
            asks="What should A be for −2: more or less than one half?",
        ),
        Twin(
            "lower_without_division", "E / (1 + E)", "E",
            title="on the left, nothing is divided by 1 + e",
            says="Where Z is negative your A is exp(Z), without a denominator.",
            breaks=STABLE,
            asks="Do the two halves of your curve meet at 0?",
        ),
        Twin(
            "shares", VALUE, "np.exp(Z - Z.max(axis=1, keepdims=True)) / np.sum(np.exp(Z - Z.max(axis=1, keepdims=True)), "
            "axis=1, keepdims=True)",
            title="this is softmax: each row adds up to 1",
            says="Your A is the softmax of each row: a number depends on its neighbours, and each row adds up to 1.",
            breaks=FORWARD,
            asks="Does one number of A depend on the other numbers of its row?",
        ),
        Twin(
            "slope_of_Z", "A = sigmoid(Z)", "A = Z",
            title="the slope is computed from Z instead of A",
            says="Your dZ is dA · Z · (1 − Z): the formula's A is the sigmoid of Z, not Z.",
            breaks=BACKWARD,
            asks="Which array is called A in the formula?",
        ),
        Twin(
            "sigmoid_twice", "A = sigmoid(Z)", "A = sigmoid(sigmoid(Z))",
            title="the slope is taken at A instead of at Z",
            says="Your dZ is the slope of the sigmoid at A: the sigmoid has been applied twice on the way.",
            breaks=BACKWARD,
            asks="How often does the sigmoid have to be applied to Z before A · (1 − A)?",
            seen="https://stackoverflow.com/questions/47044541/how-to-avoid-an-overflow-in-numpy-exp/47044738",
        ),
        Twin(
            "no_dA", "dA * A * rest", "A * rest",
            title="dA does not take part",
            says="Your dZ is the sigmoid's slope alone: the derivative that comes in is not in it.",
            breaks=BACKWARD,
            asks="What does the chain rule multiply the slope by?",
        ),
        Twin(
            "only_A", "dA * A * rest", "dA * A",
            title="the factor 1 − A is missing",
            says="Your dZ is dA · A.",
            breaks=BACKWARD,
            asks="How steep is the curve where A is nearly 1?",
        ),
        Twin(
            "only_rest", "dA * A * rest", "dA * rest",
            title="the factor A is missing",
            says="Your dZ is dA · (1 − A).",
            breaks=BACKWARD,
            asks="How steep is the curve where A is nearly 0?",
            seen="https://devhide.com/neural-networks-trying-to-understand-cost-function-with-respect-to-gradient-45988293",
        ),
        Twin(
            "plus", "rest = 1 - A", "rest = 1 + A",
            title="a plus stands where 1 − A should be",
            says="Your dZ is dA · A · (1 + A).",
            breaks=BACKWARD,
            asks="How steep is the curve where A is nearly 1?",
        ),
        Twin(
            "sign", "rest = 1 - A", "rest = A - 1",
            title="the slope has the wrong sign",
            says="Your dZ is minus the right one: the slope of a rising curve is positive.",
            breaks=BACKWARD,
            asks="Is the sigmoid ever falling?",
        ),
        Twin(
            "tanh_slope", "dA * A * rest", "dA * (1 - A * A)",
            title="this is the slope formula of tanh",
            says="Your dZ is dA · (1 − A²), which belongs to tanh.",
            breaks=BACKWARD,
            asks="Which curve has the slope 1 − a²?",
        ),
        Twin(
            "slope_of_dA", "A = sigmoid(Z)", "A = sigmoid(dA)",
            title="the slope is taken at dA instead of at Z",
            says="Your slope is that of the sigmoid at dA: Z has no effect on it.",
            breaks=BACKWARD,
            asks="At which point of the curve was the unit on the way forward?",
        ),
        Twin(
            "dA_passes", "dA * A * rest", "dA * 1.0",
            title="dA goes through unchanged",
            says="Your dZ is dA: the sigmoid's slope is not in it.",
            breaks=BACKWARD,
            asks="How much does A change when Z changes a little?",
        ),
        Twin(
            "backward_overflow", "dA * A * rest", "dA * np.exp(-Z) / (1 + np.exp(-Z)) ** 2",
            title="the derivative overflows for large negative sums",
            says="Your dZ is right for small sums; around −1000, exp is too large for the machine and the division gives nan.",
            breaks=BACKWARD,
            asks="Which quantity, that cannot become large, tells the slope as well?",
        ),
    ),
    hints=(
        "Forward: which exponent is safe for a positive z, and which for a negative one? Backward: how steep is the curve "
        "where its height is a?",
        "np.where(condition, this, that) chooses number by number. exp(−|z|) lies between 0 and 1. Backward, call your own "
        "sigmoid first.",
        "Let E be np.exp(-np.abs(Z)); then 1 / (1 + E) is right for z >= 0, and E / (1 + E) for z < 0. dZ is a product of "
        "three: dA, A, and 1 − A.",
    ),
    why="exp(z) / (1 + exp(z)) and 1 / (1 + exp(−z)) are the same curve; each half takes the one whose exponent is not "
    "positive. Its slope is a · (1 − a), at most one quarter.",
)  # fmt: skip
