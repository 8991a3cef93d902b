"""Log loss, the mean over a batch."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin

LINE = "L = 1/N · sum over n of  −(y[n] · log a[n]  +  (1 − y[n]) · log(1 − a[n]))"
SAFE = "log 0 is minus infinity: the smallest number that goes into a logarithm is 1e-12."


def _answers(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    """Probabilities of a network that has learned a little, and what is true."""
    y = rng.integers(0, 2, sizes.N).astype(float)
    if sizes.N > 1:
        y[:2] = rng.permutation([0.0, 1.0])
    z = np.clip(rng.normal(0, 1, sizes.N) + 0.6 * (2 * y - 1), -2, 2)
    return {"a": np.round(1 / (1 + np.exp(-z)), 3), "y": y}


def _ends(rng: np.random.Generator) -> list[Case]:
    y = np.array([1.0, 0.0, 1.0, 0.0])
    return [
        Case({"a": np.array([1.0, 0.25, 0.5, 0.125]), "y": y}, about="an a of exactly 1 that is right"),
        Case({"a": np.array([0.75, 0.0, 0.5, 0.125]), "y": y}, about="an a of exactly 0 that is right"),
        Case({"a": np.array([0.75, 1.0, 0.0, 0.25]), "y": y}, about="an a of exactly 1 or 0 that is wrong"),
    ]


def _any_large(inputs: Inputs, outputs: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Whatever small number stands for 0, from 1e-5 to the smallest of all."""
    true = np.where(inputs["y"] == 1, inputs["a"], 1 - inputs["a"])
    low, high = (np.mean(-np.log(np.maximum(true, least))) for least in (1.1e-5, 5e-324))
    return {"L": (low, high)}


def _on_the_way(inputs: Inputs) -> Mapping[str, Any]:
    true = np.where(inputs["y"] == 1, inputs["a"], 1 - inputs["a"])
    return {
        "the losses of the samples": -np.log(true),
        "the probabilities of what is true": true,
        "their mean": np.mean(true),
    }


EXERCISE = Exercise(
    name="log_loss",
    title="Log loss",
    folder=Path(__file__).parent,
    station="loss",
    parts=(
        Part(
            "log_loss", _answers, ("L",), special=_ends, between=_any_large, quantities=_on_the_way, square=False,
            tolerance=1e-4, dims={"N": "the number of samples"},
        ),
    ),
    twins=(
        Twin(
            "sign", "-(yes + no)", "(yes + no)",
            title="the minus sign is missing",
            says="Your L is minus the right one: logarithms of probabilities are negative, and a loss should be positive.",
            breaks=LINE,
            asks="Which sign has log 0.5, and which sign should a loss have?",
        ),
        Twin(
            "sum", "np.mean(losses)", "np.sum(losses)",
            title="the losses are summed over the samples",
            says="Your L is N times too large: it is the sum over the samples, not their mean.",
            breaks=LINE,
            asks="What should happen to the loss when every sample comes twice?",
        ),
        Twin(
            "not_averaged", "np.mean(losses)", "losses",
            title="there is one loss for each sample",
            says="Your L has a number for each sample: they are not averaged.",
            breaks=LINE,
            asks="How many numbers is the loss of a batch?",
        ),
        Twin(
            "halved", "np.mean(losses)", "np.mean(losses) / 2",
            title="the loss is halved",
            says="Your L is half of the right one.",
            breaks=LINE,
            asks="Is there a 2 in the formula?",
        ),
        Twin(
            "yes_only", "-(yes + no)", "-yes",
            title="the samples with y = 0 cost nothing",
            says="Your L counts the samples with y = 1 only: the second half of the formula is not in it.",
            breaks=LINE,
            asks="What should it cost to say 0.9 where the answer is no?",
        ),
        Twin(
            "no_only", "-(yes + no)", "-no",
            title="the samples with y = 1 cost nothing",
            says="Your L counts the samples with y = 0 only: the first half of the formula is not in it.",
            breaks=LINE,
            asks="What should it cost to say 0.1 where the answer is yes?",
        ),
        Twin(
            "difference", "-(yes + no)", "-(yes - no)",
            title="the two halves are subtracted",
            says="Your L takes the second half away from the first: the samples with y = 0 count as a gain.",
            breaks=LINE,
            asks="Which sign stands between the two halves, and does your minus reach both?",
        ),
        Twin(
            "halves_interchanged", "yes = y *", "yes = (1 - y) *",
            title="y and 1 − y have changed places",
            says="Your L takes log a where y is 0, and log(1 − a) where y is 1: the right answers are the expensive ones.",
            breaks=LINE,
            asks="What should it cost to say 0.9 where the answer is yes?",
            also=(("no = (1 - y) *", "no = y *"),),
        ),
        Twin(
            "same_logarithm", "np.maximum(1 - a, 1e-12)", "np.maximum(a, 1e-12)",
            title="both halves take log a",
            says="Your L takes log a also where y is 0.",
            breaks=LINE,
            asks="What is the probability of no, when a is that of yes?",
        ),
        Twin(
            "one_minus_logarithm", "np.log(np.maximum(1 - a, 1e-12))", "(1 - np.log(np.maximum(a, 1e-12)))",
            title="1 minus log a stands where log(1 − a) should be",
            says="Where y is 0 your L takes 1 − log a: the brackets are around the logarithm, not around 1 − a.",
            breaks=LINE,
            asks="Of what is the logarithm taken in the second half?",
        ),
        Twin(
            "y_in_both", "(1 - y) *", "y *",
            title="y stands where 1 − y should be",
            says="Your L multiplies both halves by y: the samples with y = 0 cost nothing.",
            breaks=LINE,
            asks="Which samples should the second half be for?",
        ),
        Twin(
            "unmasked_no", "(1 - y) *", "1.0 *",
            title="log(1 − a) counts for every sample",
            says="Your L adds −log(1 − a) for every sample, also where y is 1.",
            breaks=LINE,
            asks="Which samples should the second half be for?",
        ),
        Twin(
            "log2", "y * np.log(np.maximum(a,", "y * np.log2(np.maximum(a,",
            title="the logarithms have the base 2",
            says="Your L is computed with logarithms to the base 2.",
            breaks=LINE,
            asks="Whose derivative is 1 / x, that of log or that of log2?",
            also=(("(1 - y) * np.log(", "(1 - y) * np.log2("),),
        ),
        Twin(
            "log10", "y * np.log(np.maximum(a,", "y * np.log10(np.maximum(a,",
            title="the logarithms have the base 10",
            says="Your L is computed with logarithms to the base 10.",
            breaks=LINE,
            asks="Whose derivative is 1 / x, that of log or that of log10?",
            also=(("(1 - y) * np.log(", "(1 - y) * np.log10("),),
        ),
        Twin(
            "ends", "np.maximum(a, 1e-12)", "a",
            title="an a of exactly 0 or 1 gives nan",
            says="Your L is right unless an a is 0 or 1: then a logarithm is minus infinity, and 0 times that is nan.",
            breaks=SAFE,
            asks="What is the smallest number that goes into each of your logarithms?",
            also=(("np.maximum(1 - a, 1e-12)", "1 - a"),),
        ),
        Twin(
            "upper_end", "np.maximum(1 - a, 1e-12)", "1 - a",
            title="an a of exactly 1 gives nan",
            says="Your L is right unless an a is 1: the logarithm of a is protected, that of 1 − a is not.",
            breaks=SAFE,
            asks="What is the smallest number that goes into each of your two logarithms?",
            seen="https://forums.fast.ai/t/cross-entropy-error-log-1-1-inf/1441",
        ),
        Twin(
            "lower_end", "np.maximum(a, 1e-12)", "a",
            title="an a of exactly 0 gives nan",
            says="Your L is right unless an a is 0: the logarithm of 1 − a is protected, that of a is not.",
            breaks=SAFE,
            asks="What is the smallest number that goes into each of your two logarithms?",
        ),
        Twin(
            "no_logarithm", "yes = y * np.log(np.maximum(a, 1e-12))", "yes = y * a",
            title="there is no logarithm",
            says="Your L is minus the mean probability of what is true, without a logarithm.",
            breaks=LINE,
            asks="What should it cost to be sure and right?",
            also=(("no = (1 - y) * np.log(np.maximum(1 - a, 1e-12))", "no = (1 - y) * (1 - a)"),),
        ),
        Twin(
            "interchanged", "yes = y * np.log(np.maximum(a, 1e-12))", "yes = a * np.log(np.maximum(y, 1e-12))",
            title="a and y have changed places",
            says="Your L takes the logarithm of y and weighs it by a.",
            breaks=LINE,
            asks="Which of the two holds zeros and ones, and of which one is the logarithm taken?",
            also=(("no = (1 - y) * np.log(np.maximum(1 - a, 1e-12))", "no = (1 - a) * np.log(np.maximum(1 - y, 1e-12))"),),
        ),
        Twin(
            "squares", "-(yes + no)", "(a - y) ** 2",
            title="this is the squared error",
            says="Your L is the mean of the squared differences.",
            breaks=LINE,
            asks="Where are the logarithms?",
        ),
        Twin(
            "first_sample", "np.mean(losses)", "losses[0]",
            title="only the first sample counts",
            says="Your L is the loss of the first sample alone.",
            breaks=LINE,
            asks="Over which samples does the mean run, and when does your function return?",
        ),
        Twin(
            "product", "-(yes + no)", "-(yes * no)",
            title="the two halves are multiplied",
            says="Your L is 0: one of the two halves of each sample is 0, and so is their product.",
            breaks=LINE,
            asks="What stands between the two halves in the formula?",
        ),
        Twin(
            "half_averaged", "np.mean(losses)", "-np.mean(yes) + np.sum(no)",
            title="−1/N belongs to the first half alone",
            says="Your L is minus the mean of the first half, plus the sum of the second: brackets around both are missing.",
            breaks=LINE,
            asks="What do the minus and 1/N stand before in the formula?",
        ),
    ),
    hints=(
        "What does a sample with y = 1 cost, and what one with y = 0? Which of the two halves of the formula is 0 then?",
        "y * np.log(…) is the half for y = 1, (1 - y) * np.log(1 - …) the one for y = 0. Keep zeros out of both logarithms "
        "with np.maximum or np.clip.",
        "Keep a between 1e-12 and 1 − 1e-12, compute both halves, add them, turn the sign, and take the mean.",
    ),
    why="One of y and 1 − y is 0, so each sample costs minus the logarithm of the probability that was given to the truth.",
)  # fmt: skip
