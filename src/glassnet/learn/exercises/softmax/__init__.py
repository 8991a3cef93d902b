"""Softmax that does not overflow."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin

LINE = "A[n, k] = exp(Z[n, k]) / sum over j of exp(Z[n, j])"
STABLE = (
    "A[n, k] = exp(Z[n, k] − m[n]) / sum over j of exp(Z[n, j] − m[n])        m[n] = max over j of Z[n, j]"
)
PLAIN = (("shifted = Z - largest", "shifted = Z"),)


def _scores(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    Z = rng.normal(0, 1.5, (sizes.N, sizes.K)).round(1)
    Z += np.arange(sizes.K) * 0.03  # no two alike
    return {"Z": (Z + rng.uniform(-1, 1, (sizes.N, 1)).round(1) - 0.7).round(2)}


def _special(rng: np.random.Generator) -> list[Case]:
    Z = np.round(8 * _scores(rng, Sizes(3, 4, 5, 2))["Z"]) / 8  # float32 holds them exactly, also around 1000
    wide = np.array([[900.0, 0.5, 1.0], [0.2, 1.1, 0.4]])
    return [
        Case({"Z": Z + 1000}, about="sums around 1000"),
        Case({"Z": Z - 1000}, about="sums around −1000"),
        Case(
            {"Z": wide},
            about="one sample with sums around 1000, another around 0",
            remark="One number is taken away from all samples. It is stable unless samples differ by hundreds; with the "
            "largest of each row it always is.",
        ),
    ]


def _quantities(inputs: Inputs) -> Mapping[str, Any]:
    Z = inputs["Z"]
    shifted = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(shifted)
    return {
        "exp(Z)": np.exp(Z),
        "Z − m": shifted,
        "exp(Z − m)": E,
        "the logarithm of the probabilities": shifted - np.log(E.sum(axis=1, keepdims=True)),
        "the sigmoid of each number": 1 / (1 + np.exp(-Z)),
    }


EXERCISE = Exercise(
    name="softmax",
    title="Softmax that does not overflow",
    folder=Path(__file__).parent,
    station="A",
    parts=(
        Part(
            "softmax",
            _scores,
            ("A",),
            special=_special,
            columns=("Z", "A"),
            columns_if_said=True,
            quantities=_quantities,
            dims={"N": "the number of samples", "K": "the number of classes"},
        ),
    ),
    twins=(
        Twin(
            "overflow", "shifted = Z - largest", "shifted = Z",
            title="large sums overflow",
            says="Your probabilities are right for small sums; around 1000, exp is too large (or too small) for the machine and "
            "the division gives nan.",
            breaks=STABLE,
            asks="What may be taken away from all sums of a sample without changing its probabilities?",
            seen="https://github.com/numenta/nupic-legacy/pull/3818",
        ),
        Twin(
            "over_the_batch", "np.sum(E, axis=1, keepdims=True)", "np.sum(E, axis=0, keepdims=True)",
            title="the probabilities are normalised over the batch",
            says="Each column of your A adds up to 1 instead of each row: the samples share a probability, not the classes.",
            breaks=LINE,
            asks="Which numbers have to add up to 1: those of a sample, or those of a class?",
            seen="https://github.com/ethanfetaya/NRI/issues/25",
            also=(("np.max(Z, axis=1, keepdims=True)", "np.max(Z, axis=0, keepdims=True)"),),
        ),
        Twin(
            "over_the_batch_sum_only", "np.sum(E, axis=1, keepdims=True)", "np.sum(E, axis=0, keepdims=True)",
            title="the sum runs over the batch",
            says="Each column of your A adds up to 1 instead of each row: the sum is taken over the samples.",
            breaks=LINE,
            asks="Which numbers have to add up to 1: those of a sample, or those of a class?",
        ),
        Twin(
            "over_the_batch_overflow", "np.sum(E, axis=1, keepdims=True)", "np.sum(E, axis=0, keepdims=True)",
            title="normalised over the batch, and large sums overflow",
            says="Each column of your A adds up to 1 instead of each row, and sums around 1000 give nan.",
            breaks=LINE,
            asks="Which numbers have to add up to 1: those of a sample, or those of a class?",
            seen="https://stackguides.com/questions/45817372/python-command-np-sumx-axis-0-and-softmax-function",
            also=PLAIN,
        ),
        Twin(
            "over_everything", "np.sum(E, axis=1, keepdims=True)", "np.sum(E)",
            title="the whole array adds up to 1",
            says="All numbers of your A together add up to 1; each row should.",
            breaks=LINE,
            asks="How many numbers does one sample's sum have, and how many has yours?",
            seen="https://stackoverflow.com/questions/34968722/how-to-implement-the-softmax-function-in-python/38250088",
            also=(("np.max(Z, axis=1, keepdims=True)", "np.max(Z)"),),
        ),
        Twin(
            "over_everything_rows_shifted", "np.sum(E, axis=1, keepdims=True)", "np.sum(E)",
            title="the sum runs over the whole array",
            says="All numbers of your A together add up to 1; each row should.",
            breaks=LINE,
            asks="How many numbers does one sample's sum have, and how many has yours?",
        ),
        Twin(
            "over_everything_overflow", "np.sum(E, axis=1, keepdims=True)", "np.sum(E)",
            title="the whole array adds up to 1, and large sums overflow",
            says="All numbers of your A together add up to 1; each row should. Sums around 1000 give nan.",
            breaks=LINE,
            asks="How many numbers does one sample's sum have, and how many has yours?",
            also=PLAIN,
        ),
        Twin(
            "not_normalised", "E / total", "E",
            title="nothing is divided by the sum",
            says="Your A holds exponentials that do not add up to 1.",
            breaks=LINE,
            asks="What do the numbers of one row add up to?",
        ),
        Twin(
            "no_exponential", "np.exp(shifted)", "shifted",
            title="there is no exponential",
            says="Your A is each number divided by its row's sum, without an exponential: negative numbers are possible.",
            breaks=STABLE,
            asks="Which function makes every number positive?",
        ),
        Twin(
            "plain_shares", "np.exp(shifted)", "shifted",
            title="each sum is divided by its row's total",
            says="Your A is Z divided by the sum of its row, without an exponential: negative numbers are possible.",
            breaks=LINE,
            asks="Which function makes every number positive?",
            also=PLAIN,
        ),
        Twin(
            "negative_exponent", "np.exp(shifted)", "np.exp(-shifted)",
            title="the exponent has the wrong sign",
            says="Your smallest sum gets the largest probability: the exponent's sign is turned.",
            breaks=STABLE,
            asks="Which class should be the most probable: the one with the largest or the smallest sum?",
        ),
        Twin(
            "divided_by_largest", "E / total", "E / np.max(E, axis=1, keepdims=True)",
            title="each row is divided by its largest number",
            says="The largest number of each row of your A is 1, and the row adds up to more.",
            breaks=LINE,
            asks="What has to be 1: the largest number of a row, or the sum of a row?",
            also=PLAIN,
        ),
        Twin(
            "mean", "np.sum(E, axis=1, keepdims=True)", "np.mean(E, axis=1, keepdims=True)",
            title="the divisor is the mean instead of the sum",
            says="Your A is K times too large: each row is divided by its mean.",
            breaks=LINE,
            asks="What do the numbers of one row add up to?",
        ),
        Twin(
            "sigmoid", "E / total", "1 / (1 + np.exp(-Z))",
            title="this is the sigmoid of each number",
            says="Your A is 1 / (1 + exp(−Z)): each class is judged for itself, and a row need not add up to 1.",
            breaks=LINE,
            asks="Does the probability of one class depend on the sums of the others?",
        ),
        Twin(
            "log_softmax", "E / total", "shifted - np.log(total)",
            title="these are logarithms of the probabilities",
            says="Your A holds the logarithms of the right probabilities.",
            breaks=LINE,
            asks="Can a probability be negative?",
        ),
        Twin(
            "scaled_by_largest", "shifted = Z - largest", "shifted = Z / largest",
            title="the largest sum is divided by, not taken away",
            says="Your sums are divided by the largest one before the exponential; that changes the probabilities.",
            breaks=STABLE,
            asks="Which operation on all sums of a row leaves the probabilities as they are?",
        ),
        Twin(
            "largest_after_exponential", "E = np.exp(shifted)", "E = np.exp(Z) - np.exp(largest)",
            title="the largest is taken away after the exponential",
            says="The largest exponential is subtracted from the exponentials: negative numbers come out, and the largest class has 0.",
            breaks=STABLE,
            asks="From what is m[n] taken away in the formula?",
        ),
        Twin(
            "largest_of_exponentials", "np.sum(E, axis=1, keepdims=True)", "np.sum(Z, axis=1, keepdims=True)",
            title="the divisor is the sum of Z",
            says="Your exponentials are divided by the sum of Z, not by the sum of the exponentials.",
            breaks=LINE,
            asks="What is summed in the denominator?",
        ),
        Twin(
            "softmax_twice", "A = E / total", "A = np.exp(E / total) / np.sum(np.exp(E / total), axis=1, keepdims=True)",
            title="softmax is applied twice",
            says="Your A is the softmax of the softmax: the probabilities are too much alike.",
            breaks=LINE,
            asks="How often does the exponential happen on the way?",
        ),
        Twin(
            "axes_lost", "np.sum(E, axis=1, keepdims=True)", "np.sum(E, axis=1)",
            title="the sums of the rows are divided by as columns",
            says="The sums of the rows lie along the wrong axis: an array (N, K) cannot be divided by (N,), and where N = K "
            "each column is divided by a row's sum.",
            breaks=STABLE,
            asks="Which shape does the sum of each row need so that it divides its own row?",
            seen="https://xue-jishu.com/python-deeplearning-softmax-with-numpy",
        ),
    ),
    hints=(
        "What do the numbers of one row have to add up to? Along which axis does that sum run?",
        "Take each row's largest number away, then exp, then divide by each row's sum. keepdims=True keeps an axis of "
        "length 1, so that (N, 1) fits (N, K).",
        "Z.max(axis=1, keepdims=True) is each row's largest number. Subtract it, take np.exp, and divide by the sum with the "
        "same axis and keepdims.",
    ),
    why="exp(z − m) = exp(z) / exp(m), so the same factor stands above and below, and no exponent is larger than 0.",
)  # fmt: skip
