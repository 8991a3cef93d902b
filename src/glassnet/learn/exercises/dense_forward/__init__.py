"""A dense layer, forward."""

from pathlib import Path

import numpy as np

from glassnet.learn.exercise import Exercise, Inputs, Part, Sizes, Twin

LINE = "Z = X W + b        X (N, D)   W (D, K)   b (K,)   ->   Z (N, K)"
SUM = "Z[n, k] = sum over d of X[n, d] · W[d, k]  +  b[k]"


def _layer(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    N, D, K, _ = sizes
    X = np.tanh(rng.normal(size=(N, D))).round(2) + 0.001  # what a layer before may have given
    W = rng.normal(0, np.sqrt(2 / D), (D, K)).round(2)
    b = rng.uniform(0.2, 0.9, K).round(2) * rng.choice([-1, 1], K)
    return {"X": X.round(2), "W": W, "b": b}


EXERCISE = Exercise(
    name="dense_forward",
    title="A layer, forward",
    folder=Path(__file__).parent,
    station="Z",
    parts=(Part("dense_forward", _layer, ("Z",), columns=("X", "W", "b", "Z")),),
    twins=(
        Twin(
            "no_bias", "product + b", "product",
            title="the bias is not added",
            says="Your Z is the product of X and W alone: the bias is not in it.",
            breaks=LINE,
            asks="Which of the three arguments has no effect on your result?",
        ),
        Twin(
            "bias_subtracted", "product + b", "product - b",
            title="the bias is subtracted",
            says="Your Z has the bias taken away where it should be added.",
            breaks=LINE,
            asks="Which sign does b have in the formula?",
        ),
        Twin(
            "bias_for_every_input", "product + b", "product + X.shape[1] * b",
            title="the bias is added once for every input",
            says="Your Z holds the bias D times: once for each input instead of once for each output.",
            breaks=SUM,
            asks="Does b[k] stand inside the sum over d, or behind it?",
            seen="",
        ),
        Twin(
            "bias_in_weights", "X @ W", "X @ (W + b)",
            title="the bias is added to the weights, before the product",
            says="Your Z is X times (W + b): the bias is multiplied by the inputs as if it were part of each weight.",
            breaks=LINE,
            asks="What happens first, the product or the addition, and where are your brackets?",
            also=(("product + b", "product"),),
        ),
        Twin(
            "bias_summed", "product + b", "product + b.sum()",
            title="all biases are added to every output",
            says="Every number of your Z has the sum of all biases added, not the bias of its own output.",
            breaks=SUM,
            asks="How many of the biases belong to one output?",
        ),
        Twin(
            "bias_multiplied", "product + b", "product * b",
            title="the bias is multiplied instead of added",
            says="Your Z is the product of X and W times the bias.",
            breaks=LINE,
            asks="What does a bias of 0 do in the formula, and what in yours?",
        ),
        Twin(
            "first_bias_only", "product + b", "product + b[0]",
            title="every output gets the first bias",
            says="Every column of your Z has the first bias added, not its own.",
            breaks=SUM,
            asks="Which index does the bias have?",
        ),
        Twin(
            "weights_transposed", "X @ W", "X @ W.T",
            title="W is transposed",
            says="Your code multiplies X by the transpose of W, which fits only where W is square.",
            breaks=LINE,
            asks="Write the shape beneath each factor: which two numbers have to be equal?",
        ),
        Twin(
            "inputs_transposed", "X @ W", "X.T @ W",
            title="X is transposed",
            says="Your code multiplies the transpose of X by W, which fits only where there are as many samples as inputs.",
            breaks=LINE,
            asks="Write the shape beneath each factor: which two numbers have to be equal?",
        ),
        Twin(
            "number_by_number", "X @ W", "X * W",
            title="X and W are multiplied number by number",
            says="Your code multiplies X and W number by number; the sum over the inputs is missing.",
            breaks=SUM,
            asks="Which operator of NumPy multiplies matrices, and which one numbers that stand at the same place?",
        ),
        Twin(
            "last_input_missing", "X @ W", "X[:, :-1] @ W[:-1]",
            title="the last input does not take part",
            says="Your Z is a sum over all inputs but the last.",
            breaks=SUM,
            asks="Where does your loop, or your slice, end?",
        ),
        Twin(
            "first_input_missing", "X @ W", "X[:, 1:] @ W[1:]",
            title="the first input does not take part",
            says="Your Z is a sum over all inputs but the first.",
            breaks=SUM,
            asks="At which index does your loop, or your slice, begin?",
        ),
        Twin(
            "last_input_only", "X @ W", "X[:, -1:] @ W[-1:]",
            title="only the last input counts",
            says="Your Z holds the last input's share alone: the shares of the others are overwritten, not added up.",
            breaks=SUM,
            asks="What happens to Z[n, k] each time round the loop over d?",
        ),
        Twin(
            "averaged", "X @ W", "X @ W / X.shape[1]",
            title="the sum over the inputs is an average",
            says="Your product is divided by the number of inputs: an average of the shares, not their sum.",
            breaks=SUM,
            asks="Is there a division in the formula?",
        ),
        Twin(
            "activated", "product + b", "np.maximum(product + b, 0)",
            title="an activation is applied already",
            says="Your Z has no negative numbers: wherever the right one is negative, yours is 0.",
            breaks=LINE,
            asks="What is the difference between Z and A?",
        ),
    ),
    hints=(
        "Write the shape beneath each array: (N, D), (D, K), (K,). Which product of two of them has the shape (N, K)?",
        "The operator @ multiplies matrices: the last axis of the left one is summed with the first of the right one.",
        "X @ W has the shape (N, K). Adding an array of shape (K,) adds it to every row.",
    ),
    why="Each row of X meets each column of W in one sum over the D inputs; NumPy repeats b for every row.",
)  # fmt: skip
