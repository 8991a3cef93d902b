"""Leaky ReLU, forward and backward."""

from pathlib import Path
from typing import Any

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin

FORWARD = "A = z where z > 0, slope · z elsewhere"
BACKWARD = "dZ = dA · leaky'(Z)        leaky'(z) = 1 where z > 0, slope where z < 0"


def _away_from_zero(array: np.ndarray) -> np.ndarray:
    return np.where(np.abs(array) < 0.05, 0.3, array).round(2)


def _sums(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    N, D, K, _ = sizes
    Z = _away_from_zero(rng.uniform(0, 1, (N, D)) @ rng.normal(0, 1.5, (D, K)) + rng.normal(0, 0.3, K))
    Z[0, 0], Z[-1, -1] = -1.37, 1.62  # both sides occur
    return {"Z": Z, "slope": float(np.round(rng.uniform(0.15, 0.35), 2))}


def _derivatives(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    Z, slope = _sums(rng, sizes).values()
    dZ_next = rng.normal(0, 0.5, (sizes.N, sizes.H)) / sizes.N
    dA = _away_from_zero(dZ_next @ rng.normal(0, 1.5, (sizes.H, sizes.K)))
    dA[0, 0], dA[-1, -1] = 0.42, -0.58
    if Z.size > 4:
        Z[0, 1], dA[0, 1] = 0.71, 0.26
        Z[0, -1], dA[0, -1] = -0.94, -0.33
    return {"dA": dA, "Z": Z, "slope": slope}


def _forward_special(rng: np.random.Generator) -> list[Case]:
    inputs = _sums(rng, Sizes(3, 4, 5, 2))
    inputs["Z"][1, 1:3] = 0.0
    return [
        Case(inputs, about="a Z that is exactly 0"),
        Case({**inputs, "Z": 1000 * inputs["Z"]}, about="large numbers"),
        Case({**inputs, "slope": 0.0078125}, about="a slope below 0.01"),
    ]


def _corner(rng: np.random.Generator) -> list[Case]:
    inputs = _derivatives(rng, Sizes(3, 4, 5, 2))
    inputs["Z"][1, 1:3] = 0.0
    return [Case(inputs, about="a Z that is exactly 0")]


def _any_slope(inputs: Inputs, outputs: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    dA, at_corner = inputs["dA"], inputs["Z"] == 0
    ends = np.where(at_corner, inputs["slope"] * dA, outputs["dZ"]), np.where(at_corner, dA, outputs["dZ"])
    return {"dZ": (np.minimum(*ends), np.maximum(*ends))}


EXERCISE = Exercise(
    name="leaky_relu",
    title="Leaky ReLU and its derivative",
    folder=Path(__file__).parent,
    station="A",
    parts=(
        Part("leaky_relu", _sums, ("A",), special=_forward_special, square=False),
        Part(
            "leaky_relu_backward", _derivatives, ("dZ",), special=_corner, square=False, between=_any_slope, frozen=("Z",)
        ),
    ),
    twins=(
        Twin(
            "plain_relu", "Z > 0, Z, slope * Z", "Z > 0, Z, 0.0",
            title="negative numbers are stopped",
            says="Where Z is negative your A is 0: this is the plain ReLU.",
            breaks=FORWARD,
            asks="What should become of −2 when the slope is 0.1?",
            seen="https://github.com/tflearn/tflearn/pull/784",
        ),
        Twin(
            "slope_fixed", "slope * Z)", "0.01 * Z)",
            title="the slope is always 0.01",
            says="Where Z is negative your A is 0.01 · Z, whatever slope comes in.",
            breaks=FORWARD,
            asks="Where does your code use the argument slope?",
        ),
        Twin(
            "slope_itself", "Z > 0, Z, slope * Z", "Z > 0, Z, slope",
            title="negative numbers become the slope itself",
            says="Where Z is negative your A is slope, the same number everywhere.",
            breaks=FORWARD,
            asks="Should −1 and −2 give the same number?",
        ),
        Twin(
            "sign_turned", "slope * Z)", "-slope * Z)",
            title="negative numbers come out positive",
            says="Where Z is negative your A is −slope · Z, a positive number.",
            breaks=FORWARD,
            asks="On which side of 0 should −2 come out?",
        ),
        Twin(
            "halves_changed", "Z > 0, Z, slope * Z", "Z > 0, slope * Z, Z",
            title="the positive numbers are made small, not the negative",
            says="Your A is slope · Z where Z is positive, and Z where it is negative.",
            breaks=FORWARD,
            asks="Which half does the curve let through unchanged?",
        ),
        Twin(
            "leaks_upwards", "Z > 0, Z, slope * Z", "Z > 0, slope * Z, 0.0",
            title="the slope is on the positive side",
            says="Your A is slope · Z where Z is positive, and 0 where it is negative.",
            breaks=FORWARD,
            asks="Which half does the curve let through unchanged, and which one a little?",
            seen="https://github.com/BrainJS/brain.js/issues/560",
        ),
        Twin(
            "slope_everywhere", "np.where(Z > 0, Z, slope * Z)", "slope * Z",
            title="everything is multiplied by the slope",
            says="Your A is slope · Z everywhere, also where Z is positive.",
            breaks=FORWARD,
            asks="What should become of 2.5?",
        ),
        Twin(
            "shifted_down", "slope * Z)", "Z - slope)",
            title="the slope is subtracted instead of multiplied by",
            says="Where Z is negative your A is Z − slope.",
            breaks=FORWARD,
            asks="How far from 0 should −2 come out when the slope is 0.1?",
        ),
        Twin(
            "divided", "slope * Z)", "Z / slope)",
            title="negative numbers are divided by the slope",
            says="Where Z is negative your A is Z / slope: steeper than before, not flatter.",
            breaks=FORWARD,
            asks="Should −2 come nearer to 0, or go away from it?",
        ),
        Twin(
            "elu", "slope * Z)", "slope * (np.exp(Z) - 1))",
            title="this is the ELU",
            says="Where Z is negative your A is slope · (exp(Z) − 1): that is the ELU, which bends.",
            breaks=FORWARD,
            asks="Is the left half of the curve straight in the formula?",
        ),
        Twin(
            "unchanged", "np.where(Z > 0, Z, slope * Z)", "Z.copy()",
            title="Z comes out as it went in",
            says="Your A is Z: negative numbers are not made smaller.",
            breaks=FORWARD,
            asks="What happens to the negative numbers, and is that what you return?",
        ),
        Twin(
            "threshold_one", "np.where(Z > 0, Z,", "np.where(Z > 1, Z,",
            title="the curve changes at 1 instead of 0",
            says="Your A is slope · Z wherever Z is not above 1.",
            breaks=FORWARD,
            asks="Where does the curve bend?",
        ),
        Twin(
            "backward_plain", "1.0, slope)", "1.0, 0.0)",
            title="the derivative stops where Z is negative",
            says="Where Z is negative your dZ is 0: this is the plain ReLU's derivative.",
            breaks=BACKWARD,
            asks="How much does A change when a negative Z changes a little?",
            seen="https://github.com/MachineLearningLifeScience/stochman/issues/10",
        ),
        Twin(
            "backward_slope_fixed", "1.0, slope)", "1.0, 0.01)",
            title="the derivative's slope is always 0.01",
            says="Where Z is negative your dZ is 0.01 · dA, whatever slope comes in.",
            breaks=BACKWARD,
            asks="Where does your code use the argument slope?",
        ),
        Twin(
            "backward_halves", "1.0, slope)", "slope, 1.0)",
            title="the slopes of the two halves are interchanged",
            says="Your dZ is slope · dA where Z is positive, and dA where it is negative.",
            breaks=BACKWARD,
            asks="On which side of 0 is the curve steep?",
        ),
        Twin(
            "no_dA", "dA * steepness", "steepness * 1.0",
            title="dA does not take part",
            says="Your dZ is the curve's slope alone, 1 or slope: the derivative that comes in is not in it.",
            breaks=BACKWARD,
            asks="What does the chain rule multiply the slope by?",
        ),
        Twin(
            "gate_of_dA", "steepness = np.where(Z > 0", "steepness = np.where(dA > 0",
            title="the slope is chosen by dA's sign, not by Z's",
            says="Your dZ is dA where dA is positive and slope · dA elsewhere: Z has no effect on it.",
            breaks=BACKWARD,
            asks="Which array tells on which side of the corner a unit was?",
        ),
        Twin(
            "times_value", "dA * steepness", "dA * Z * steepness",
            title="dA is multiplied by the curve's value, not its slope",
            says="Your dZ is dA times leaky_relu(Z).",
            breaks=BACKWARD,
            asks="How steep is the curve at 2.5?",
        ),
        Twin(
            "no_slope", "dA * steepness", "dA * 1.0",
            title="dA goes through unchanged",
            says="Your dZ is dA, also where Z is negative.",
            breaks=BACKWARD,
            asks="How much does A change when a negative Z changes a little?",
        ),
        Twin(
            "slope_on_both", "dA * steepness", "dA * slope",
            title="everything is multiplied by the slope on the way back",
            says="Your dZ is slope · dA, also where Z is positive.",
            breaks=BACKWARD,
            asks="How steep is the curve at 2.5?",
        ),
        Twin(
            "slope_without_dA", "dA * steepness", "np.where(Z > 0, dA, slope)",
            title="where Z is negative, dA is lost",
            says="Where Z is negative your dZ is slope itself, without dA.",
            breaks=BACKWARD,
            asks="Does dA take part on both sides of the corner?",
        ),
        Twin(
            "backward_negative", "1.0, slope)", "1.0, -slope)",
            title="the slope of the negative half has the wrong sign",
            says="Where Z is negative your dZ is −slope · dA.",
            breaks=BACKWARD,
            asks="Does the curve rise or fall to the left of 0?",
        ),
        Twin(
            "added_on_both", "np.where(Z > 0, Z, slope * Z)", "np.maximum(0, Z) + slope * Z",
            title="the slope is added on the positive side, too",
            says="Where Z is positive your A is (1 + slope) · Z.",
            breaks=FORWARD,
            asks="What should become of 2.5?",
        ),
    ),
    hints=(
        "Forward: with a slope of 0.1, what becomes of −2, and what of 3? Backward: how steep is the curve at −2 and at 3?",
        "np.where(condition, this, that) chooses number by number. The condition is the same in both functions: it looks at Z.",
        "A is np.where(Z > 0, Z, …) with slope · Z in the last place. For dZ, multiply dA by np.where(Z > 0, 1, …).",
    ),
    why="Both halves are straight lines, so the derivative is the line's own slope: 1 on the right, slope on the left, "
    "and never 0.",
)  # fmt: skip
