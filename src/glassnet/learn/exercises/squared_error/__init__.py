"""Mean squared error."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin

LINE = "L = 1/N · sum over n of  (a[n] − y[n])²"


def _answers(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    y = rng.normal(0.7, 1.2, sizes.N).round(2)
    off = rng.choice([-1, 1], sizes.N) * rng.uniform(0.2, 1.4, sizes.N)
    if sizes.N > 1:
        off[:2] = np.abs(off[:2]) * np.array([1, -1])  # differences that cancel in part
    return {"a": (y + off).round(2), "y": y}


def _special(rng: np.random.Generator) -> list[Case]:
    y = rng.normal(0, 1, 4).round(2)
    return [
        Case({"a": y.copy(), "y": y}, about="answers that are all right"),
        Case({"a": 1000 + np.arange(4.0), "y": 1001 - 0.5 * np.arange(4.0)}, about="large numbers"),
    ]


def _on_the_way(inputs: Inputs) -> Mapping[str, Any]:
    difference = inputs["a"] - inputs["y"]
    return {
        "the differences": difference,
        "their squares": difference**2,
        "the sum of the squares": np.sum(difference**2),
    }


EXERCISE = Exercise(
    name="squared_error",
    title="Squared error",
    folder=Path(__file__).parent,
    station="loss",
    parts=(
        Part(
            "squared_error", _answers, ("L",), special=_special, quantities=_on_the_way, square=False,
            dims={"N": "the number of samples"},
        ),
    ),
    twins=(
        Twin(
            "absolute", "difference**2", "np.abs(difference)",
            title="the differences are not squared",
            says="Your L is the mean of the absolute differences.",
            breaks=LINE,
            asks="What does a difference of 3 cost, when one of 1 costs 1?",
        ),
        Twin(
            "plain_difference", "difference**2", "difference",
            title="the differences are neither squared nor made positive",
            says="Your L is the mean of the differences: errors upwards and downwards cancel.",
            breaks=LINE,
            asks="What is the loss when one answer is 1 too high and another 1 too low?",
        ),
        Twin(
            "sum", "np.mean(squares)", "np.sum(squares)",
            title="the squares are summed over the samples",
            says="Your L is N times too large: it is the sum over the samples, not their mean.",
            breaks=LINE,
            asks="What should happen to the loss when every sample comes twice?",
        ),
        Twin(
            "half", "np.mean(squares)", "np.mean(squares) / 2",
            title="the loss is halved",
            says="Your L is half of the right one. Some books halve it so that the derivative has no 2; this formula does not.",
            breaks=LINE,
            asks="Which factor stands before the sum in the formula?",
        ),
        Twin(
            "half_sum", "np.mean(squares)", "np.sum(squares) / 2",
            title="half of the sum is taken instead of the mean",
            says="Your L is half of the sum of the squares: it grows with the batch.",
            breaks=LINE,
            asks="Which factor stands before the sum in the formula?",
        ),
        Twin(
            "root", "np.mean(squares)", "np.sqrt(np.mean(squares))",
            title="the root of the mean is taken",
            says="Your L is the square root of the right one.",
            breaks=LINE,
            asks="Is there a root in the formula?",
        ),
        Twin(
            "norm", "np.mean(squares)", "np.sqrt(np.sum(squares))",
            title="this is the length of the difference",
            says="Your L is the square root of the sum of the squares.",
            breaks=LINE,
            asks="Is there a root in the formula, and where is 1/N?",
        ),
        Twin(
            "square_of_mean", "np.mean(squares)", "np.mean(difference) ** 2",
            title="the mean is squared, not the differences",
            says="Your L is the square of the mean difference: errors upwards and downwards cancel.",
            breaks=LINE,
            asks="Which comes first, the square of each difference or the mean over them?",
        ),
        Twin(
            "square_of_sum", "np.mean(squares)", "np.sum(difference) ** 2 / len(y)",
            title="the sum is squared, not the differences",
            says="Your L is the square of the summed differences, divided by N: errors upwards and downwards cancel.",
            breaks=LINE,
            asks="Which comes first, the square of each difference or the sum over them?",
        ),
        Twin(
            "sum_instead_of_difference", "a - y", "a + y",
            title="the two are added instead of subtracted",
            says="Your L squares a + y.",
            breaks=LINE,
            asks="What should the loss be when a and y are equal?",
        ),
        Twin(
            "difference_of_squares", "difference**2", "a**2 - y**2",
            title="a and y are squared before the subtraction",
            says="Your L is the mean of a² − y², which can be negative.",
            breaks=LINE,
            asks="What does the square stand on in the formula?",
        ),
        Twin(
            "not_averaged", "np.mean(squares)", "squares",
            title="there is one loss for each sample",
            says="Your L has a number for each sample: they are not averaged.",
            breaks=LINE,
            asks="How many numbers is the loss of a batch?",
        ),
        Twin(
            "doubled", "difference**2", "difference * 2",
            title="the differences are doubled instead of squared",
            says="Your L is twice the mean difference: that is * 2, not ** 2.",
            breaks=LINE,
            asks="What is the difference between * and ** in Python?",
        ),
        Twin(
            "sign", "np.mean(squares)", "-np.mean(squares)",
            title="the loss is negative",
            says="Your L is minus the right one.",
            breaks=LINE,
            asks="Should a worse answer have a larger or a smaller loss?",
        ),
        Twin(
            "relative", "a - y", "(a - y) / y",
            title="the differences are divided by y",
            says="Your L squares the error as a share of y.",
            breaks=LINE,
            asks="What does the formula divide by?",
        ),
        Twin(
            "one_less", "np.mean(squares)", "np.sum(squares) / (len(y) - 1)",
            title="the sum is divided by N − 1",
            says="Your L is divided by N − 1, as a sample's variance is; with one sample there is none.",
            breaks=LINE,
            asks="By how many samples does the formula divide?",
        ),
        Twin(
            "worst", "np.mean(squares)", "np.max(squares)",
            title="only the worst sample counts",
            says="Your L is the largest of the squares.",
            breaks=LINE,
            asks="Over which samples does the formula take the mean?",
        ),
        Twin(
            "first_sample", "np.mean(squares)", "squares[0]",
            title="only the first sample counts",
            says="Your L is the loss of the first sample alone.",
            breaks=LINE,
            asks="Over which samples does the mean run, and when does your function return?",
        ),
        Twin(
            "every_pair", "a - y", "a[:, None] - y",
            title="every answer is compared with every y",
            says="Your L is the mean over all pairs of an answer and a y: one of the two stands as a column.",
            breaks=LINE,
            asks="How many differences should N samples have?",
        ),
        Twin(
            "only_y_squared", "difference**2", "a - y**2",
            title="y alone is squared",
            says="Your L is the mean of a − y²: brackets around the difference are missing.",
            breaks=LINE,
            asks="What does the square stand on in the formula?",
        ),
    ),
    hints=(
        "Three steps: how far off is each answer, what is that squared, and what is the mean?",
        "Subtraction and ** 2 work number by number; np.mean gives one number of many.",
        "Square a − y, and take the mean.",
    ),
    why="A square is never negative, so errors cannot cancel, and a large error costs much more than two of half its size.",
)  # fmt: skip
