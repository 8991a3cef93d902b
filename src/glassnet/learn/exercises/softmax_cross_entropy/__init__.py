"""Softmax and cross-entropy together, backward."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin

LINE = "dZ = (A − Y) / N"
ONCE = "L is a mean over the N samples, so each one's share is 1/N."


def _answers(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    """Probabilities of a network that has learned a little, and the true classes."""
    N, _, K, _ = sizes
    y = rng.integers(0, K, N)
    Z = rng.normal(0, 0.7, (N, K)) + 0.4 * np.eye(K)[y]
    E = np.exp(np.clip(Z, -1.5, 1.5))
    return {"A": E / E.sum(axis=1, keepdims=True), "Y": np.eye(K)[y]}


def _zeros(rng: np.random.Generator) -> list[Case]:
    A = np.array([[0.5, 0.25, 0.0, 0.25], [0.0, 0.0, 0.0, 1.0], [0.5, 0.25, 0.125, 0.125]])
    return [Case({"A": A, "Y": np.eye(4)[[2, 3, 0]]}, about="probabilities of exactly 0")]


def _on_the_way(inputs: Inputs) -> Mapping[str, Any]:
    A, Y = inputs.values()
    return {
        "A − Y": A - Y,
        "−Y / A, the derivative by A": -Y / A,
        "the derivative by A, −Y / A / N": -Y / A / len(A),
    }


EXERCISE = Exercise(
    name="softmax_cross_entropy",
    title="dZ of softmax and cross-entropy",
    folder=Path(__file__).parent,
    station="dZ",
    parts=(
        Part(
            "softmax_cross_entropy_backward", _answers, ("dZ",), special=_zeros, columns=("A", "Y", "dZ"),
            columns_if_said=True, quantities=_on_the_way, frozen=("A", "Y"),
            dims={"N": "the number of samples", "K": "the number of classes"},
        ),
    ),
    twins=(
        Twin(
            "not_averaged", "difference / N", "difference * 1.0",
            title="1/N is missing",
            says="Your dZ is N times too large: it is A − Y, the derivative of the sum of the losses.",
            breaks=f"{LINE}\n  {ONCE}",
            asks="Is the loss a sum over the samples or a mean?",
            seen="https://github.com/victorlempitsky/Mate/issues/2",
        ),
        Twin(
            "sign", "A - Y", "Y - A",
            title="the sign is turned: Y − A",
            says="Your dZ is minus the right one. With it, a step against the gradient makes the loss larger.",
            breaks=LINE,
            asks="What happens to the loss when Z of the true class becomes larger, and which sign has its derivative then?",
        ),
        Twin(
            "sign_and_sum", "A - Y", "Y - A",
            title="Y − A, and 1/N is missing",
            says="Your dZ is −N times the right one: it is Y − A, not divided by the number of samples.",
            breaks=f"{LINE}\n  {ONCE}",
            asks="What happens to the loss when Z of the true class becomes larger, and which sign has its derivative then?",
            also=(("difference / N", "difference * 1.0"),),
        ),
        Twin(
            "by_K", "difference / N", "difference / A.shape[1]",
            title="the division is by K instead of N",
            says="Your dZ is A − Y divided by the number of classes.",
            breaks=LINE,
            asks="Which axis of A counts the samples?",
        ),
        Twin(
            "by_all", "difference / N", "difference / A.size",
            title="the division is by N · K",
            says="Your dZ is A − Y divided by how many numbers A has, N · K.",
            breaks=LINE,
            asks="Over what is the loss a mean?",
        ),
        Twin(
            "twice_averaged", "difference / N", "difference / N / N",
            title="the division by N happens twice",
            says="Your dZ is the right one divided by N once more.",
            breaks=LINE,
            asks="How often does your code divide by the number of samples?",
        ),
        Twin(
            "two", "difference / N", "2 * difference / N",
            title="there is a factor 2",
            says="Your dZ is twice the right one: 2 · (A − Y) belongs to the squared error.",
            breaks=LINE,
            asks="Which loss has the derivative 2 · (A − Y)?",
        ),
        Twin(
            "two_N", "difference / N", "difference / (2 * N)",
            title="the division is by 2N",
            says="Your dZ is half of the right one.",
            breaks=LINE,
            asks="Is there a 2 in the formula?",
        ),
        Twin(
            "times_sigmoid_slope", "A - Y", "(A - Y) * A * (1 - A)",
            title="A · (1 − A) is multiplied in besides",
            says="Your dZ is the right one times A · (1 − A): A − Y contains the activation's derivative already.",
            breaks="dZ = (A − Y) / N        (softmax's derivative is in it)",
            asks="Is A − Y the derivative by A, or already the one by Z?",
            seen="https://github.com/rasbt/python-machine-learning-book-2nd-edition/issues/54",
        ),
        Twin(
            "by_A", "A - Y", "-Y / np.maximum(A, 1e-12)",
            title="this is the derivative by A, not by Z",
            says="Your dZ is −Y / A / N: softmax's own derivative is not in it.",
            breaks="dZ = dA times softmax's derivative = (A − Y) / N        dA = −Y / A / N",
            asks="Through which function does the way from A to Z lead?",
        ),
        Twin(
            "diagonal_only", "A - Y", "-Y * (1 - A)",
            title="only the true class has a derivative",
            says="Your dZ is −Y · (1 − A) / N: softmax is taken for A · (1 − A), so the other classes get nothing.",
            breaks="dA[k]/dZ[j] = A[k] · ((1 if j = k else 0) − A[j]), for j ≠ k, too",
            asks="Does the probability of the true class change when another class's Z grows?",
            seen="https://github.com/zhuozhiyongde/Fundamentals-of-Artificial-Intelligence-2024Spring-PKU/issues/1",
        ),
        Twin(
            "true_class_lost", "A - Y", "A * (1 - Y)",
            title="the true class has no derivative",
            says="Your dZ is A / N at the wrong classes and 0 at the true one.",
            breaks=LINE,
            asks="What is taken away at the place of the true class: 1, or everything?",
        ),
        Twin(
            "Y_left_out", "A - Y", "A * 1.0",
            title="Y does not take part",
            says="Your dZ is A / N: the true classes have no effect on it.",
            breaks=LINE,
            asks="What should a row of dZ add up to?",
        ),
        Twin(
            "one_everywhere", "A - Y", "A - 1",
            title="1 is taken away at every class",
            says="Your dZ is (A − 1) / N everywhere, not at the true class alone.",
            breaks=LINE,
            asks="At how many places of a row is 1 taken away?",
        ),
        Twin(
            "squared", "A - Y", "(A - Y) ** 2",
            title="the difference is squared",
            says="Your dZ is (A − Y)² / N: never negative, not even at the true class.",
            breaks=LINE,
            asks="Should Z of the true class grow or shrink, and what sign does that take?",
        ),
        Twin(
            "absolute", "A - Y", "np.abs(A - Y)",
            title="the sign of the difference is lost",
            says="Your dZ holds absolute values: at the true class it should be negative.",
            breaks=LINE,
            asks="Should Z of the true class grow or shrink, and what sign does that take?",
        ),
        Twin(
            "summed", "difference / N", "np.sum(difference, axis=0) / N",
            title="dZ is summed over the samples",
            says="Your dZ is one row: the mean of A − Y over the samples. That is db of the layer, not dZ.",
            breaks=LINE,
            asks="How many rows has Z?",
        ),
        Twin(
            "decided", "A - Y", "(A == A.max(axis=1, keepdims=True)) - Y",
            title="A is rounded to the winning class",
            says="Your dZ takes 1 for the most probable class and 0 for the others in A's place: where the answer is right, "
            "nothing is left to learn.",
            breaks=LINE,
            asks="Does a right answer of 0.6 leave something to be learned?",
        ),
        Twin(
            "times_A", "A - Y", "A * (A - Y)",
            title="the difference is multiplied by A",
            says="Your dZ is A · (A − Y) / N.",
            breaks=LINE,
            asks="What should a row of dZ add up to, and does yours?",
        ),
    ),
    hints=(
        "What does each row of dZ add up to? Which of its numbers is negative?",
        "Take Y away from A, and remember that the loss is a mean over the batch.",
        "Divide A − Y by the number of rows, len(A).",
    ),
    why="By the chain rule, −1/A of the true class meets softmax's A · ((1 if same else 0) − A): the A's cancel, and A − Y "
    "is left.",
)  # fmt: skip
