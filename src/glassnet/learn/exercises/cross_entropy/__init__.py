"""Cross-entropy, the mean over a batch."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin

LINE = "L = 1/N · sum over n, k of  −Y[n, k] · log A[n, k]"
SAFE = "log 0 is minus infinity: the smallest number that goes into the logarithm is 1e-12."
LOSSES = "-np.sum(picked, axis=1)"


def _answers(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    """Probabilities of a network that has learned a little, and the true classes."""
    N, _, K, _ = sizes
    y = rng.integers(0, K, N)
    Z = rng.normal(0, 0.7, (N, K)) + 0.4 * np.eye(K)[y]
    E = np.exp(np.clip(Z, -1, 1))
    return {"A": E / E.sum(axis=1, keepdims=True), "Y": np.eye(K)[y]}


def _zeros(rng: np.random.Generator) -> list[Case]:
    Y = np.eye(4)[[1, 3, 0]]
    sure = np.array([[0.0, 1.0, 0.0, 0.0], [0.25, 0.0, 0.25, 0.5], [0.5, 0.25, 0.125, 0.125]])
    lost = np.array([[0.5, 0.25, 0.0, 0.25], [0.25, 0.25, 0.5, 0.0], [0.5, 0.25, 0.125, 0.125]])
    return [
        Case({"A": sure, "Y": Y}, about="a wrong class of the probability 0"),
        Case({"A": lost, "Y": Y}, about="a true class of the probability 0"),
    ]


def _any_large(inputs: Inputs, outputs: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Whatever small number stands for 0, from 1e-5 to the smallest of all."""
    A, Y = inputs["A"], inputs["Y"]
    low, high = (np.mean(np.sum(-Y * np.log(np.maximum(A, least)), axis=1)) for least in (1.1e-5, 5e-324))
    return {"L": (low, high)}


def _on_the_way(inputs: Inputs) -> Mapping[str, Any]:
    A, Y = inputs.values()
    true = np.sum(A * Y, axis=1)
    return {
        "the losses of the samples": -np.log(true),
        "the probabilities of the true classes": true,
        "their mean": np.mean(true),
        "−Y · log A": -Y * np.log(A),
        "exp(L)": np.exp(-np.mean(np.log(true))),
    }


EXERCISE = Exercise(
    name="cross_entropy",
    title="Cross-entropy",
    folder=Path(__file__).parent,
    station="loss",
    parts=(
        Part(
            "cross_entropy", _answers, ("L",), special=_zeros, between=_any_large, columns=("A", "Y"),
            columns_if_said=True, quantities=_on_the_way, tolerance=1e-4,
            dims={"N": "the number of samples", "K": "the number of classes"},
        ),
    ),
    twins=(
        Twin(
            "sign", LOSSES, "np.sum(picked, axis=1)",
            title="the minus sign is missing",
            says="Your L is minus the right one: the logarithm of a probability is negative, and a loss should be positive.",
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
            "mean_over_classes", LOSSES, "-np.mean(picked, axis=1)",
            title="the mean runs over the classes, too",
            says="Your L is divided by N and by K: it is the mean of all N · K numbers.",
            breaks=LINE,
            asks="How many numbers of each row are not 0, and by what does the formula divide?",
        ),
        Twin(
            "over_classes_only", "np.mean(losses)", "np.sum(losses) / Y.shape[1]",
            title="the sum is divided by K instead of N",
            says="Your L is the sum over the samples, divided by the number of classes.",
            breaks=LINE,
            asks="Which axis of A counts the samples?",
        ),
        Twin(
            "two_N", "np.mean(losses)", "np.mean(losses) / 2",
            title="the loss is halved",
            says="Your L is half of the right one.",
            breaks=LINE,
            asks="Is there a 2 in the formula?",
        ),
        Twin(
            "not_averaged", "np.mean(losses)", "losses",
            title="there is one loss for each sample",
            says="Your L has a number for each sample: they are not averaged.",
            breaks=LINE,
            asks="How many numbers is the loss of a batch?",
        ),
        Twin(
            "log2", "np.log(safe)", "np.log2(safe)",
            title="the logarithm has the base 2",
            says="Your L is computed with the logarithm to the base 2.",
            breaks=LINE,
            asks="Whose derivative is 1 / x, that of log or that of log2?",
        ),
        Twin(
            "log10", "np.log(safe)", "np.log10(safe)",
            title="the logarithm has the base 10",
            says="Your L is computed with the logarithm to the base 10.",
            breaks=LINE,
            asks="Whose derivative is 1 / x, that of log or that of log10?",
        ),
        Twin(
            "no_logarithm", "np.log(safe)", "safe",
            title="there is no logarithm",
            says="Your L is minus the mean probability of the true class, without a logarithm.",
            breaks=LINE,
            asks="What should a true class of the probability 1 cost?",
        ),
        Twin(
            "error_rate", "np.log(safe)", "safe - 1",
            title="the loss is 1 minus the probability",
            says="Your L is the mean of 1 minus the true class's probability, without a logarithm.",
            breaks=LINE,
            asks="What should a probability of nearly 0 for the true class cost?",
        ),
        Twin(
            "zero", "np.maximum(A, 1e-12)", "A * 1.0",
            title="a probability of 0 gives nan",
            says="Your L is right unless a probability is 0: then log gives minus infinity, and 0 times that is nan.",
            breaks=SAFE,
            asks="What is the smallest number that goes into your logarithm?",
        ),
        Twin(
            "infinite", LOSSES, "-np.log(np.sum(Y * A, axis=1))",
            title="a true class of probability 0 gives infinity",
            says="Your L is right unless a true class has the probability 0: then it is infinite, and one sample spoils the "
            "batch.",
            breaks=SAFE,
            asks="What is the smallest number that goes into your logarithm?",
        ),
        Twin(
            "log_of_mean", "np.mean(losses)", "-np.log(np.mean(np.sum(Y * safe, axis=1)))",
            title="the logarithm is taken after the mean",
            says="Your L is the logarithm of the mean probability, not the mean of the logarithms.",
            breaks=LINE,
            asks="Which comes first, the logarithm of each sample or the mean over them?",
        ),
        Twin(
            "all_classes", "Y * logs", "logs",
            title="all classes count, not the true one alone",
            says="Your L sums the logarithms of all probabilities: Y has no effect on it.",
            breaks=LINE,
            asks="Which of a row's K probabilities should count?",
        ),
        Twin(
            "interchanged", "picked = Y * logs", "picked = safe * np.log(np.maximum(Y, 1e-12))",
            title="A and Y have changed places",
            says="Your L takes the logarithm of Y and weighs it by A.",
            breaks=LINE,
            asks="Which of the two holds zeros and ones, and of which one is the logarithm taken?",
        ),
        Twin(
            "entropy", "Y * logs", "safe * logs",
            title="this is the entropy of the probabilities",
            says="Your L weighs each logarithm by its own probability: Y has no effect on it.",
            breaks=LINE,
            asks="Where does the true class come in?",
        ),
        Twin(
            "binary_each", "Y * logs", "Y * logs + (1 - Y) * np.log(np.maximum(1 - A, 1e-12))",
            title="the wrong classes count with log(1 − A)",
            says="Your L is the log loss of each class for itself, summed: the wrong classes cost log(1 − A) besides.",
            breaks=LINE,
            asks="What do the classes with a 0 in Y contribute in the formula?",
            seen="https://forums.fast.ai/t/cross-entropy-error-log-1-1-inf/1441",
        ),
        Twin(
            "most_probable", "Y * logs", "(A == A.max(axis=1, keepdims=True)) * logs",
            title="the most probable class counts, not the true one",
            says="Your L takes the largest probability of each row: Y has no effect on it.",
            breaks=LINE,
            asks="Should a sure and wrong answer be cheap?",
        ),
        Twin(
            "first_sample", "np.mean(losses)", "losses[0]",
            title="only the first sample counts",
            says="Your L is the loss of the first sample alone.",
            breaks=LINE,
            asks="Over which samples does the mean run, and when does your function return?",
        ),
        Twin(
            "kept_far_from_zero", "1e-12", "0.1",
            title="probabilities below 0.1 count as 0.1",
            says="Your L takes 0.1 for every probability below 0.1.",
            breaks=SAFE,
            asks="Should 0.01 cost more than 0.05?",
        ),
        Twin(
            "squares", "Y * logs", "-((Y - A) ** 2)",
            title="this is the squared error",
            says="Your L is the mean of the squared differences, summed over the classes.",
            breaks=LINE,
            asks="Where is the logarithm?",
        ),
        Twin(
            "logarithm_of_Y", "Y * logs", "Y * (logs - np.log(Y))",
            title="the logarithm of a 0 gives nan",
            says="Your L is nan: a logarithm of 0 is minus infinity, and 0 times that is nan, as where log Y is taken.",
            breaks=LINE,
            asks="Of which numbers do you take the logarithm, and may they be 0?",
        ),
        Twin(
            "every_pair", "picked = Y * logs", "picked = Y @ logs.T",
            title="every sample is paired with every other",
            says="Your L multiplies each row of Y with every row of log A: it is a matrix product, and all of it is summed.",
            breaks=LINE,
            asks="Which rows of Y and A belong together, and what is the difference between * and @?",
        ),
    ),
    hints=(
        "What does one sample cost whose true class has the probability 0.5? And what do the other classes contribute?",
        "Y is 0 except at the true class, so Y * np.log(…) leaves one number in each row. Keep zeros out of the logarithm "
        "with np.maximum or np.clip.",
        "Take np.log of np.maximum(A, 1e-12), multiply by Y, sum along axis 1, turn the sign, and take the mean.",
    ),
    why="−log p is 0 for a sure and right answer and grows without end as p goes to 0; its mean does not depend on the size "
    "of the batch.",
)  # fmt: skip
