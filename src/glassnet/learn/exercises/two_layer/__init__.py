"""A whole network of two layers."""

from pathlib import Path

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin

HIDDEN = "Z1 = X W1 + b1      A1 = max(0, Z1)"
OUTPUT = "Z2 = A1 W2 + b2     A2 = softmax of each row"
ERROR = "dZ2 = (A2 − Y) / N"
LAST = "dW2 = A1ᵀ dZ2       db2 = sum over n of dZ2[n]"
BETWEEN = "dA1 = dZ2 W2ᵀ       dZ1 = dA1 · relu'(Z1)"
FIRST = "dW1 = Xᵀ dZ1        db1 = sum over n of dZ1[n]"


def _network(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    """A small network in doubt; of its hidden sums some are below 0 and some above, far from the kink."""
    N, D, K, H = sizes
    X = rng.uniform(0.1, 1, (N, D)).round(2) + 0.001
    Y = np.eye(K)[rng.integers(0, K, N)]
    W2 = rng.normal(0, np.sqrt(2 / H), (H, K)).round(2) + 0.001
    b2 = rng.normal(0, 0.3, K).round(2) + 0.002
    for _ in range(200):
        W1 = rng.normal(0, np.sqrt(3 / D), (D, H)).round(2) + 0.001
        b1 = rng.normal(0, 0.4, H).round(2) + 0.002
        Z1 = X @ W1 + b1
        if np.abs(Z1).min() > 0.01 and 0.3 < (Z1 > 0).mean() < 0.8 and (Z1 > 0).any(axis=1).all():
            break
    return {"X": X, "Y": Y, "W1": W1, "b1": b1, "W2": W2, "b2": b2}


def _large(rng: np.random.Generator) -> list[Case]:
    inputs = _network(rng, Sizes(3, 4, 5, 6))
    inputs["b2"] = inputs["b2"] + 1000
    return [Case(inputs, about="sums Z2 around 1000")]


EXERCISE = Exercise(
    name="two_layer",
    title="A whole network of two layers",
    folder=Path(__file__).parent,
    station="dW",
    seconds=6.0,
    parts=(
        Part(
            "two_layer",
            _network,
            ("dW1", "db1", "dW2", "db2"),
            sizes=(Sizes(2, 3, 4, 5), Sizes(5, 3, 2, 4), Sizes(1, 4, 3, 6), Sizes(7, 2, 5, 3), Sizes(4, 6, 3, 5)),
            special=_large,
            columns=("X", "Y", "W1", "b1", "W2", "b2", "dW1", "db1", "dW2", "db2"),
        ),
    ),
    twins=(
        Twin(
            "no_mean", "dZ2 = (A2 - Y) / N", "dZ2 = (A2 - Y) * 1.0",
            title="the 1/N is missing everywhere",
            says="All four derivatives are N times too large: they are those of the sum of the losses, not of their mean.",
            breaks=ERROR,
            asks="What is the loss of a batch: the sum or the mean?",
        ),
        Twin(
            "mean_twice", "A1.T @ dZ2", "A1.T @ dZ2 / N",
            title="the 1/N comes twice",
            says="All four derivatives are divided by N in dZ2, and once more.",
            breaks=f"{ERROR}\n  {LAST}\n  {FIRST}",
            asks="How often does the formula divide by N on the way to dW1?",
            also=(("np.sum(dZ2, axis=0)", "np.sum(dZ2, axis=0) / N"), ("X.T @ dZ1", "X.T @ dZ1 / N"),
                  ("np.sum(dZ1, axis=0)", "np.sum(dZ1, axis=0) / N")),
        ),
        Twin(
            "mean_of_last_only", "X.T @ dZ1", "X.T @ dZ1 * N",
            title="the first layer's 1/N is missing",
            says="Your dW1 and db1 are N times too large; those of the second layer are right.",
            breaks=FIRST,
            asks="Where does the 1/N come in, and which derivatives depend on it?",
            also=(("np.sum(dZ1, axis=0)", "np.sum(dZ1, axis=0) * N"),),
        ),
        Twin(
            "biases_not_averaged", "np.sum(dZ2, axis=0)", "np.sum(dZ2, axis=0) * N",
            title="the biases' 1/N is missing",
            says="Your db1 and db2 are N times too large; the weights' derivatives are right.",
            breaks=ERROR,
            asks="Is the mean taken for the weights only?",
            also=(("np.sum(dZ1, axis=0)", "np.sum(dZ1, axis=0) * N"),),
        ),
        Twin(
            "turned_error", "A2 - Y", "Y - A2",
            title="the error has the wrong sign",
            says="All four derivatives have the opposite sign: the loss would grow.",
            breaks=ERROR,
            asks="Should the derivative by the right class's sum be positive or negative?",
        ),
        Twin(
            "no_relu_backward", "dA1 * (Z1 > 0)", "dA1 * 1.0",
            title="relu' is missing on the way back",
            says="Your dZ1 is dA1 as it came: units that were stopped forward are not stopped backward.",
            breaks=BETWEEN,
            asks="What does the loss know of a unit whose A1 is 0?",
        ),
        Twin(
            "relu_of_error", "dA1 * (Z1 > 0)", "dA1 * (dA1 > 0)",
            title="relu' is taken from dA1",
            says="Your dZ1 keeps what is positive in dA1; what counts is where Z1 was positive.",
            breaks=BETWEEN,
            asks="Which array stands in the brackets of relu'?",
        ),
        Twin(
            "relu_value", "dA1 * (Z1 > 0)", "dA1 * np.maximum(0, Z1)",
            title="relu stands in the place of its slope",
            says="Your dZ1 is dA1 times relu(Z1); relu' is 0 or 1.",
            breaks=BETWEEN,
            asks="What is the slope of relu at z = 2?",
        ),
        Twin(
            "leaky_backward", "(Z1 > 0)", "np.where(Z1 > 0, 1, 0.01)",
            title="the slope is that of the leaky ReLU",
            says="Your dZ1 lets a hundredth through where Z1 is negative; forward, nothing was let through there.",
            breaks=BETWEEN,
            asks="Which function did the hidden layer use?",
        ),
        Twin(
            "sigmoid_slope", "dA1 * (Z1 > 0)", "dA1 * A1 * (1 - A1)",
            title="the slope is that of the sigmoid",
            says="Your dZ1 has A1 (1 − A1), the sigmoid's slope; the hidden layer has ReLU.",
            breaks=BETWEEN,
            asks="Which function did the hidden layer use?",
        ),
        Twin(
            "tanh_slope", "dA1 * (Z1 > 0)", "dA1 * (1 - A1**2)",
            title="the slope is that of tanh",
            says="Your dZ1 has 1 − A1², the slope of tanh; the hidden layer has ReLU.",
            breaks=BETWEEN,
            asks="Which function did the hidden layer use?",
        ),
        Twin(
            "no_relu", "A1 = np.maximum(0, Z1)", "A1 = Z1",
            title="relu is missing on the way forward",
            says="Your hidden layer hands on Z1 itself; negative sums are not stopped.",
            breaks=HIDDEN,
            asks="What makes two layers more than one?",
        ),
        Twin(
            "relu_at_the_end", "Z2 = A1 @ W2 + b2", "Z2 = np.maximum(0, A1 @ W2 + b2)",
            title="relu is applied to the output layer",
            says="Your Z2 has no negative numbers: relu stands before softmax.",
            breaks=OUTPUT,
            asks="Which layer has ReLU?",
        ),
        Twin(
            "weights_from_z", "A1.T @ dZ2", "Z1.T @ dZ2",
            title="dW2 is computed from Z1",
            says="Your dW2 is Z1ᵀ dZ2: W2 met A1, the numbers after relu.",
            breaks=LAST,
            asks="By what was W2 multiplied on the way forward?",
        ),
        Twin(
            "softmax_over_batch", "A2 = E / np.sum(E, axis=1, keepdims=True)", "A2 = E / np.sum(E, axis=0)",
            title="softmax is normalised over the batch",
            says="Your A2 adds up to 1 for each class instead of each sample.",
            breaks=OUTPUT,
            asks="Which numbers have to add up to 1: those of a sample, or those of a class?",
            seen="https://wiki.kunaldawn.com/content/stackoverflow.com_en_all_2023-11/questions/76450489/"
            "mnist-nn-from-scratch-output-converge-on-one-number",
        ),
        Twin(
            "overflow", "np.exp(Z2 - largest)", "np.exp(Z2)",
            title="large sums overflow in softmax",
            says="Your derivatives are right for small sums; with sums around 1000 exp is too large for the machine and nan comes out.",
            breaks=OUTPUT,
            asks="What may be taken away from all sums of a sample without changing its probabilities?",
        ),
        Twin(
            "db1_over_everything", "np.sum(dZ1, axis=0)", "np.sum(dZ1)",
            title="db1 is one number, the sum of everything",
            says="Your db1 is a single number: the sum over all samples and all hidden units.",
            breaks=FIRST,
            asks="How many numbers does b1 have?",
        ),
        Twin(
            "no_hidden_bias", "X @ W1 + b1", "X @ W1",
            title="b1 is not added",
            says="Your Z1 lacks b1.",
            breaks=HIDDEN,
            asks="What is added to the products before relu?",
        ),
        Twin(
            "no_output_bias", "A1 @ W2 + b2", "A1 @ W2",
            title="b2 is not added",
            says="Your Z2 lacks b2.",
            breaks=OUTPUT,
            asks="What is added to the products before softmax?",
        ),
        Twin(
            "softmax_slope", "dZ2 = (A2 - Y) / N", "dZ2 = (A2 - Y) * A2 * (1 - A2) / N",
            title="a slope is multiplied onto A2 − Y",
            says="Your dZ2 is (A2 − Y) A2 (1 − A2): with softmax and cross-entropy the slope is in A2 − Y already.",
            breaks=ERROR,
            asks="What is left when the derivatives of cross-entropy and softmax are multiplied?",
        ),
    ),
    hints=(
        "First the four lines forward, each with its own name; then backward, in the reverse order. Every derivative has the "
        "shape of what it is the derivative by.",
        "Begin with dZ2 = (A2 − Y) / N. A layer's dW is its input, transposed, times its dZ; dA1 is dZ2 times W2 transposed; "
        "relu' asks where Z1 was positive.",
        "dW2 = A1.T @ dZ2, db2 = dZ2.sum(axis=0), dZ1 = (dZ2 @ W2.T) * (Z1 > 0), dW1 = X.T @ dZ1, db1 = dZ1.sum(axis=0).",
    ),
    why="Each layer asks the same question: how does the loss change with what came in? The answer is the next layer's beginning.",
)  # fmt: skip
