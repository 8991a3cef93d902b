"""Accuracy."""

from pathlib import Path

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin

ANSWER = "answer[n] = the k with the largest A[n, k]"
SHARE = "accuracy = (how many n have answer[n] = y[n]) / N"


def _answers(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    """Probabilities of a network that is right on about two samples in three."""
    N, _, K, _ = sizes
    y = rng.integers(0, K, N)
    y[0], y[-1] = K - 1, 0
    Z = rng.normal(0, 0.6, (N, K))
    meant = np.where(rng.random(N) < 0.7, y, (y + 1) % K)
    if N > 1:
        meant[0], meant[-1] = y[0], (y[-1] + 1) % K
    Z[np.arange(N), meant] += 2.5 + rng.uniform(0, 0.5, N)
    E = np.exp(Z)
    return {"A": (E / E.sum(axis=1, keepdims=True)).round(4), "y": y}


def _special(rng: np.random.Generator) -> list[Case]:
    inputs = _answers(rng, Sizes(60, 0, 10, 0))
    all_right = {"A": inputs["A"], "y": inputs["A"].argmax(axis=1)}
    all_wrong = {"A": inputs["A"], "y": (inputs["A"].argmax(axis=1) + 1) % 10}
    least = {"A": inputs["A"], "y": inputs["A"].argmin(axis=1)}
    unsure = np.array([[0.24, 0.26, 0.2, 0.3], [0.1, 0.3, 0.28, 0.32], [0.4, 0.35, 0.15, 0.1]])
    return [
        Case(inputs, about="sixty samples and ten classes"),
        Case(all_right, about="every answer right"),
        Case(all_wrong, about="every answer wrong"),
        Case(least, about="every label the least probable class"),
        Case({"A": unsure, "y": np.array([3, 1, 0])}, about="no probability above a half"),
    ]


SIZES = (Sizes(3, 0, 4, 0), Sizes(5, 0, 2, 0), Sizes(1, 0, 3, 0), Sizes(7, 0, 5, 0), Sizes(9, 0, 3, 0))

EXERCISE = Exercise(
    name="accuracy",
    title="Accuracy",
    folder=Path(__file__).parent,
    parts=(
        Part("accuracy", _answers, ("share",), sizes=SIZES, special=_special, columns=("A",), columns_if_said=True,
             dims={"N": "the number of samples", "K": "the number of classes"}),
    ),
    twins=(
        Twin(
            "count", "np.sum(right) / len(y)", "np.sum(right) * 1.0",
            title="right answers are counted, not shared",
            says="Your accuracy is a number of samples; it should be a share of them, from 0 to 1.",
            breaks=SHARE,
            asks="Divided by what does a count become a share?",
        ),
        Twin(
            "percent", "np.sum(right) / len(y)", "np.sum(right) / len(y) * 100",
            title="the share is in percent",
            says="Your accuracy runs from 0 to 100; here it should run from 0 to 1.",
            breaks=SHARE,
            asks="Which number stands for all right?",
        ),
        Twin(
            "error_rate", "right = answer == y", "right = answer != y",
            title="this is the share of wrong answers",
            says="Your number is the error rate: 1 minus the accuracy.",
            breaks=SHARE,
            asks="Should a perfect network get 0 or 1?",
        ),
        Twin(
            "flattened", "np.argmax(A, axis=1)", "np.argmax(A)",
            title="one answer serves all samples",
            says="np.argmax without an axis finds one place in the whole array: each label is compared with that.",
            breaks=ANSWER,
            asks="How many numbers does your answer have?",
        ),
        Twin(
            "divided_by_classes", "/ len(y)", "/ A.shape[1]",
            title="the count is divided by the number of classes",
            says="Your count of right answers is divided by K, not by N.",
            breaks=SHARE,
            asks="A share of what is it?",
        ),
        Twin(
            "smallest", "np.argmax(A, axis=1)", "np.argmin(A, axis=1)",
            title="the least probable class is the answer",
            says="Your answer is the class with the smallest probability.",
            breaks=ANSWER,
            asks="Which of the K probabilities speaks for an answer?",
        ),
        Twin(
            "counted_from_one", "np.argmax(A, axis=1)", "np.argmax(A, axis=1) + 1",
            title="answers are counted from 1",
            says="Your answers are one too large: the first class is 0.",
            breaks=ANSWER,
            asks="Which class stands in the first column?",
        ),
        Twin(
            "above_a_half", "answer == y", "A[np.arange(len(y)), y] > 0.5",
            title="only probabilities above a half count",
            says="Your answers count as right only where the label's probability is above 0.5; with several classes the largest may "
            "be smaller.",
            breaks=ANSWER,
            asks="With ten classes, how large does the largest probability have to be?",
        ),
        Twin(
            "mean_probability", "np.sum(right) / len(y)", "np.sum(A[np.arange(len(y)), y]) / len(y)",
            title="the labels' probabilities are averaged",
            says="Your number is the mean probability of the labels: an answer is right or wrong, not a little right.",
            breaks=SHARE,
            asks="What does a sample contribute whose label has 0.6 and every other class less?",
        ),
        Twin(
            "whole_number", "np.sum(right) / len(y)", "np.sum(right) // len(y)",
            title="the share is a whole number, 0 or 1",
            says="Your accuracy is 0 unless every answer is right: it is a whole number.",
            breaks=SHARE,
            asks="What should come out if three of four are right?",
        ),
        Twin(
            "largest_value", "np.argmax(A, axis=1)", "np.max(A, axis=1)",
            title="probabilities are compared with labels",
            says="Your answer is the largest probability itself, not its place; it hardly ever equals a label.",
            breaks=ANSWER,
            asks="What is the difference between np.max and np.argmax?",
        ),
    ),
    hints=(
        "Two steps: one answer for each row, then how many answers equal the label.",
        "np.argmax along the right axis gives the answers. A comparison with == gives True and False, which count as 1 and 0.",
        "np.mean(np.argmax(A, axis=1) == y).",
    ),
    why="The mean of True and False is the share of True: accuracy is the mean of being right.",
)  # fmt: skip
