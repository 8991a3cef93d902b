"""The derivatives of cross-entropy, log loss and squared error."""

from pathlib import Path
from typing import Any

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin

CROSS = "dA = −Y / A / N"
LOG = "da = ((1 − y) / (1 − a) − y / a) / N"
SQUARE = "da = 2 · (a − y) / N"
ONCE = "L is a mean over the N samples, so each one's share is 1/N."
SAMPLES = {"N": "the number of samples", "K": "the number of classes"}


def _probabilities(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    N, _, K, _ = sizes
    y = rng.integers(0, K, N)
    Z = rng.normal(0, 0.7, (N, K)) + 0.4 * np.eye(K)[y]
    E = np.exp(np.clip(Z, -1, 1))
    return {"A": E / E.sum(axis=1, keepdims=True), "Y": np.eye(K)[y]}


def _zeros(rng: np.random.Generator) -> list[Case]:
    A = np.array([[0.5, 0.25, 0.0, 0.25], [0.0, 0.0, 0.0, 1.0], [0.5, 0.25, 0.125, 0.125]])
    return [Case({"A": A, "Y": np.eye(4)[[1, 3, 0]]}, about="a wrong class of the probability 0")]


def _yes_or_no(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    y = rng.integers(0, 2, sizes.N).astype(float)
    if sizes.N > 1:
        y[:2] = rng.permutation([0.0, 1.0])
    z = np.clip(rng.normal(0, 1, sizes.N) + 0.6 * (2 * y - 1), -1.8, 1.8)
    return {"a": np.round(1 / (1 + np.exp(-z)), 3), "y": y}


def _ends(rng: np.random.Generator) -> list[Case]:
    y = np.array([1.0, 0.0, 1.0, 0.0])
    return [
        Case({"a": np.array([1.0, 0.25, 0.5, 0.125]), "y": y}, about="an a of exactly 1 that is right"),
        Case({"a": np.array([0.75, 0.0, 0.5, 0.125]), "y": y}, about="an a of exactly 0 that is right"),
    ]


def _at_the_ends(inputs: Inputs, outputs: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Sure and right: what protects from 0 / 0 gives anything from the slope at the end to none."""
    a, da = inputs["a"], outputs["da"]
    end = (a == 0) | (a == 1)
    return {"da": (np.where(end, np.minimum(da, 0), da), np.where(end, np.maximum(da, 0), da))}


def _numbers(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    y = rng.normal(0.7, 1.2, sizes.N).round(2)
    off = rng.choice([-1, 1], sizes.N) * rng.uniform(0.3, 1.4, sizes.N)
    if sizes.N > 1:
        off[:2] = np.abs(off[:2]) * np.array([1, -1])
    return {"a": (y + off).round(2), "y": y}


EXERCISE = Exercise(
    name="loss_derivatives",
    title="The losses' derivatives",
    folder=Path(__file__).parent,
    station="dA",
    parts=(
        Part(
            "cross_entropy_derivative", _probabilities, ("dA",), special=_zeros, columns=("A", "Y", "dA"),
            columns_if_said=True, frozen=("A", "Y"), dims=SAMPLES,
        ),
        Part(
            "log_loss_derivative", _yes_or_no, ("da",), special=_ends, between=_at_the_ends, square=False,
            frozen=("a", "y"), dims=SAMPLES,
        ),
        Part("squared_error_derivative", _numbers, ("da",), square=False, frozen=("a", "y"), dims=SAMPLES),
    ),
    twins=(
        Twin(
            "cross_sign", "-Y / safe / len(A)", "Y / safe / len(A)",
            title="the minus sign of cross-entropy is missing",
            says="Your dA is minus the right one. The loss falls when the true class becomes more probable, so its derivative "
            "is negative.",
            breaks=CROSS,
            asks="What is the derivative of −log a?",
        ),
        Twin(
            "cross_not_averaged", "-Y / safe / len(A)", "-Y / safe",
            title="in cross-entropy, 1/N is missing",
            says="Your dA is N times too large: it is the derivative of the sum over the samples.",
            breaks=f"{CROSS}\n  {ONCE}",
            asks="Is the loss a sum over the samples or a mean?",
        ),
        Twin(
            "cross_by_K", "-Y / safe / len(A)", "-Y / safe / A.shape[1]",
            title="in cross-entropy, the division is by K instead of N",
            says="Your dA is divided by the number of classes.",
            breaks=CROSS,
            asks="Which axis of A counts the samples?",
        ),
        Twin(
            "cross_by_all", "-Y / safe / len(A)", "-Y / safe / A.size",
            title="in cross-entropy, the division is by N · K",
            says="Your dA is divided by how many numbers A has, N · K.",
            breaks=CROSS,
            asks="Over what is the loss a mean?",
        ),
        Twin(
            "cross_without_Y", "-Y / safe", "-1 / safe",
            title="every class has a derivative, not the true one alone",
            says="Your dA is −1 / A / N also where Y is 0.",
            breaks=CROSS,
            asks="Which of a row's probabilities does the loss depend on?",
        ),
        Twin(
            "cross_by_Z", "-Y / safe", "(A - Y)",
            title="this is the derivative by Z, not by A",
            says="Your dA is (A − Y) / N: that is dZ, with softmax's derivative in it.",
            breaks=CROSS,
            asks="Does softmax occur in what is asked for here?",
        ),
        Twin(
            "cross_upside_down", "-Y / safe", "-safe / np.maximum(Y, 1e-12)",
            title="Y and A have changed places in the fraction",
            says="Your dA is −A / Y / N, which is enormous where Y is 0.",
            breaks=CROSS,
            asks="Which of the two stands below the line?",
        ),
        Twin(
            "cross_product", "-Y / safe", "-Y * safe",
            title="Y is multiplied by A instead of divided",
            says="Your dA is −Y · A / N.",
            breaks=CROSS,
            asks="What is the derivative of log a?",
        ),
        Twin(
            "cross_loss", "-Y / safe", "-Y * np.log(safe)",
            title="this is the loss, not its derivative",
            says="Your dA is −Y · log A / N: each sample's share of the loss itself.",
            breaks=CROSS,
            asks="What is the derivative of log a?",
        ),
        Twin(
            "cross_zero", "np.maximum(A, 1e-12)", "A * 1.0",
            title="a probability of 0 gives nan",
            says="Your dA is right unless a wrong class has the probability 0: there it is 0 / 0, which is nan.",
            breaks="dA = 0 where Y = 0, also where A = 0",
            asks="What is the smallest number that your code divides by?",
        ),
        Twin(
            "cross_binary", "-Y / safe", "((1 - Y) / np.maximum(1 - A, 1e-12) - Y / safe)",
            title="the wrong classes have the log loss's share",
            says="Where Y is 0 your dA is 1 / (1 − A) / N, as in the log loss; cross-entropy has 0 there.",
            breaks=CROSS,
            asks="Does cross-entropy look at the probability of a wrong class?",
        ),
        Twin(
            "log_sign", "(no - yes)", "(yes - no)",
            title="the sign of the log loss's derivative is turned",
            says="Your da is minus the right one: where the answer is yes, a larger a makes the loss smaller.",
            breaks=LOG,
            asks="Which sign has the derivative where y is 1?",
        ),
        Twin(
            "log_not_averaged", "(no - yes) / len(a)", "(no - yes)",
            title="in the log loss, 1/N is missing",
            says="Your da is N times too large: it is the derivative of the sum over the samples.",
            breaks=f"{LOG}\n  {ONCE}",
            asks="Is the loss a sum over the samples or a mean?",
        ),
        Twin(
            "log_inner", "(no - yes)", "-(yes + no)",
            title="the inner derivative of 1 − a is missing",
            says="Where y is 0 your da has the wrong sign: the derivative of log(1 − a) is −1 / (1 − a).",
            breaks=LOG,
            asks="What is the derivative of 1 − a by a?",
        ),
        Twin(
            "log_plus", "(no - yes)", "(no + yes)",
            title="the two halves of the log loss are added",
            says="Where y is 1 your da has the wrong sign: both halves are positive.",
            breaks=LOG,
            asks="Which sign has the derivative where y is 1?",
        ),
        Twin(
            "log_yes_only", "(no - yes)", "-yes",
            title="the samples with y = 0 have no derivative",
            says="Your da is 0 where y is 0: the second half of the formula is not in it.",
            breaks=LOG,
            asks="Does the loss of a sample with y = 0 depend on a?",
        ),
        Twin(
            "log_by_z", "(no - yes)", "(a - y)",
            title="this is the derivative by z, not by a",
            says="Your da is (a − y) / N: that is dz, with the sigmoid's derivative in it.",
            breaks=LOG,
            asks="Does the sigmoid occur in what is asked for here?",
        ),
        Twin(
            "log_same_denominator", "np.maximum(1 - a, 1e-12)", "np.maximum(a, 1e-12)",
            title="both halves of the log loss are divided by a",
            says="Where y is 0 your da is 1 / a / N instead of 1 / (1 − a) / N.",
            breaks=LOG,
            asks="What is the derivative of log(1 − a)?",
        ),
        Twin(
            "log_ends", "np.maximum(a, 1e-12)", "a",
            title="an a of exactly 0 or 1 gives nan",
            says="Your da is right unless an a is exactly 0 or 1: there it holds 0 / 0, which is nan.",
            breaks=LOG,
            asks="What is the smallest number that your code divides by?",
            also=(("np.maximum(1 - a, 1e-12)", "(1 - a)"),),
        ),
        Twin(
            "square_sign", "a - y", "y - a",
            title="the sign of the squared error's derivative is turned",
            says="Your da is minus the right one: an answer that is too large has to become smaller.",
            breaks=SQUARE,
            asks="Which sign has the derivative where a is larger than y?",
        ),
        Twin(
            "square_without_two", "2 * difference / len(a)", "difference / len(a)",
            title="the 2 of the square is missing",
            says="Your da is half of the right one: the derivative of x² is 2x. Without the 2 it belongs to half the squared error.",
            breaks=SQUARE,
            asks="What is the derivative of x²?",
        ),
        Twin(
            "square_not_averaged", "2 * difference / len(a)", "2 * difference",
            title="in the squared error, 1/N is missing",
            says="Your da is N times too large: it is the derivative of the sum over the samples.",
            breaks=f"{SQUARE}\n  {ONCE}",
            asks="Is the loss a sum over the samples or a mean?",
        ),
        Twin(
            "square_bare", "2 * difference / len(a)", "difference * 1.0",
            title="neither 2 nor 1/N is in it",
            says="Your da is a − y alone, without the factor 2/N.",
            breaks=SQUARE,
            asks="What is the derivative of x², and over what is the loss a mean?",
        ),
        Twin(
            "square_still_squared", "2 * difference / len(a)", "2 * difference**2 / len(a)",
            title="the difference is still squared",
            says="Your da is 2 · (a − y)² / N: never negative.",
            breaks=SQUARE,
            asks="What is the derivative of x²?",
        ),
        Twin(
            "square_summed", "2 * difference / len(a)", "np.sum(2 * difference) / len(a)",
            title="one number comes out for all samples",
            says="Your da is a single number, the sum over the samples.",
            breaks=SQUARE,
            asks="How many answers can change, each for itself?",
        ),
        Twin(
            "square_absolute", "a - y", "np.abs(a - y)",
            title="the sign of the difference is lost",
            says="Your da holds absolute values: an answer that is too small should have a negative one.",
            breaks=SQUARE,
            asks="Which sign has the derivative where a is smaller than y?",
        ),
        Twin(
            "log_brackets", "(no - yes)", "((a - y) / np.maximum(a, 1e-12) * (1 - a))",
            title="brackets are missing around a · (1 − a)",
            says="Your da is (a − y) / a · (1 − a) / N: the division ends before 1 − a.",
            breaks=LOG,
            asks="What is divided first in 1 / 2 * 3?",
        ),
        Twin(
            "log_half_averaged", "(no - yes) / len(a)", "no / len(a) - yes",
            title="only one half of the log loss is divided by N",
            says="Where y is 1 your da is N times too large: the brackets around both halves are missing.",
            breaks=LOG,
            asks="Which part of your line is divided by N?",
        ),
        Twin(
            "square_half", "2 * difference / len(a)", "difference / (2 * len(a))",
            title="the squared error is divided by 2 instead of multiplied",
            says="Your da is (a − y) / 2N, a quarter of the right one.",
            breaks=SQUARE,
            asks="What is the derivative of x²?",
        ),
    ),
    hints=(
        "Take each formula of a loss, for one sample, and differentiate it by the answer. What becomes of 1/N?",
        "log x has the derivative 1/x, log(1 − x) has −1/(1 − x), x² has 2x. Divide by len(A), and by nothing that can be 0.",
        "−Y / A / N with np.maximum(A, 1e-12) below the line; the same idea twice for the log loss; 2 · (a − y) / N.",
    ),
    why="A derivative by an answer says which way, and how strongly, that answer alone moves the loss; of a mean, each sample "
    "has 1/N.",
)  # fmt: skip
