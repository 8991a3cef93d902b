"""A network of any depth."""

from pathlib import Path
from typing import Any

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin

FORWARD = "Z[l] = A[l] W[l] + b[l]        A[l + 1] = max(0, Z[l])"
OUTPUT = "in the last layer: softmax of each row"
ERROR = "last layer:     dZ = (A[L] − Y) / N"
LAYER = "each layer:     dW[l] = A[l]ᵀ dZ       db[l] = sum over n of dZ[n]"
BELOW = "one below:      dZ = (dZ W[l]ᵀ) · relu'(Z[l − 1])"


def _network(rng: np.random.Generator, N: int, widths: list[int]) -> Inputs:
    """A network in doubt, in whose hidden layers some sums are stopped and some are not, far from the kink."""
    X = rng.uniform(0.1, 1, (N, widths[0])).round(2) + 0.001
    W, b, A = [], [], X
    for layer in range(1, len(widths)):
        D, H = widths[layer - 1], widths[layer]
        for _ in range(200):
            new_W = rng.normal(0.05, np.sqrt(2 / D), (D, H)).round(2) + 0.001
            new_b = rng.normal(0, 0.3, H).round(2) + 0.002
            Z = A @ new_W + new_b
            if layer == len(widths) - 1 or (
                np.abs(Z).min() > 0.01 and 0.4 < (Z > 0).mean() < 0.9 and (Z > 0).any(axis=1).all()
            ):
                break
        A = np.maximum(0, Z)
        W.append(new_W)
        b.append(new_b)
    Y = np.eye(widths[-1])[rng.integers(0, widths[-1], N)]
    inputs: Inputs = {"X": X, "Y": Y}
    inputs |= {f"W{layer}": array for layer, array in enumerate(W)}
    inputs |= {f"b{layer}": array for layer, array in enumerate(b)}
    return inputs


def _three_layers(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    return _network(rng, sizes.N, [sizes.D, sizes.H, sizes.H + 1, sizes.K])


def _other_depths(rng: np.random.Generator) -> list[Case]:
    large = _network(rng, 3, [4, 6, 5, 3])
    large["b2"] = large["b2"] + 1000
    short = _network(rng, 4, [3, 5, 4]) | {"W2": np.zeros((0, 0)), "b2": np.zeros(0)}
    two = {name: short[name] for name in large}
    return [
        Case(two, about="two layers"),
        Case(large, about="sums around 1000 in the last layer"),
    ]


def _first_and_last(learner: "Any", inputs: "dict[str, Any]") -> "Any":
    """Lists go in and come out; what is compared are the arrays of three layers."""
    depth = 3 if inputs["W2"].size else 2
    W = [inputs[f"W{layer}"] for layer in range(depth)]
    b = [inputs[f"b{layer}"] for layer in range(depth)]
    made = learner.deep(inputs["X"], inputs["Y"], W, b)
    if isinstance(made, dict) and set(made) == {"dW", "db"}:
        made = made["dW"], made["db"]
    if not isinstance(made, (tuple, list)) or len(made) != 2:
        return made
    dW, db = made
    if len(dW) != depth or len(db) != depth:
        return dW
    return dW[0], db[0], dW[-2], db[-2], dW[-1], db[-1]


EXERCISE = Exercise(
    name="deep",
    title="A network of any depth",
    folder=Path(__file__).parent,
    station="dW",
    seconds=6.0,
    parts=(
        Part(
            "deep",
            _three_layers,
            ("dW[0]", "db[0]", "dW[-2]", "db[-2]", "dW[-1]", "db[-1]"),
            sizes=(Sizes(2, 3, 4, 4), Sizes(5, 3, 2, 4), Sizes(1, 4, 3, 6), Sizes(6, 5, 3, 4)),
            special=_other_depths,
            drive=_first_and_last,
            square=False,
        ),
    ),
    twins=(
        Twin(
            "no_mean", "(A[-1] - Y) / N", "(A[-1] - Y) * 1.0",
            title="the 1/N is missing everywhere",
            says="All your derivatives are N times too large: they are those of the sum of the losses, not of their mean.",
            breaks=ERROR,
            asks="What is the loss of a batch: the sum or the mean?",
        ),
        Twin(
            "mean_in_each_layer", "dA * (A[layer] > 0)", "dA * (A[layer] > 0) / N",
            title="each layer divides by N again",
            says="Your last layer is right; going back, every layer divides by N once more.",
            breaks=f"{ERROR}\n  {BELOW}",
            asks="In which of the lines does N stand?",
        ),
        Twin(
            "mean_twice", "A[layer].T @ dZ", "A[layer].T @ dZ / N",
            title="all dW and db are divided by N twice",
            says="All your derivatives are divided by N in dZ, and once more.",
            breaks=f"{ERROR}\n  {LAYER}",
            asks="How often does the formula divide by N?",
            also=(("np.sum(dZ, axis=0)", "np.sum(dZ, axis=0) / N"),),
        ),
        Twin(
            "turned_error", "A[-1] - Y", "Y - A[-1]",
            title="the error has the wrong sign",
            says="All your derivatives have the opposite sign: the loss would grow.",
            breaks=ERROR,
            asks="Should the derivative by the right class's sum be positive or negative?",
        ),
        Twin(
            "no_relu_backward", "dA * (A[layer] > 0)", "dA * 1.0",
            title="relu' is missing on the way back",
            says="Your last layer is right; below it, units that were stopped forward are not stopped backward.",
            breaks=BELOW,
            asks="What does the loss know of a unit whose A is 0?",
        ),
        Twin(
            "relu_of_error", "dA * (A[layer] > 0)", "dA * (dA > 0)",
            title="relu' is taken from the error",
            says="Your dZ keeps what is positive in the error itself; what counts is where Z was positive.",
            breaks=BELOW,
            asks="Which array stands in the brackets of relu'?",
        ),
        Twin(
            "relu_value", "dA * (A[layer] > 0)", "dA * A[layer]",
            title="relu stands in the place of its slope",
            says="Your dZ is multiplied by A; relu' is 0 or 1.",
            breaks=BELOW,
            asks="What is the slope of relu at z = 2?",
        ),
        Twin(
            "sigmoid_slope", "dA * (A[layer] > 0)", "dA * A[layer] * (1 - A[layer])",
            title="the slope is that of the sigmoid",
            says="Your dZ has A (1 − A), the sigmoid's slope; the hidden layers have ReLU.",
            breaks=BELOW,
            asks="Which function did the hidden layers use?",
        ),
        Twin(
            "tanh_slope", "dA * (A[layer] > 0)", "dA * (1 - A[layer] ** 2)",
            title="the slope is that of tanh",
            says="Your dZ has 1 − A², the slope of tanh; the hidden layers have ReLU.",
            breaks=BELOW,
            asks="Which function did the hidden layers use?",
        ),
        Twin(
            "no_relu", "np.maximum(0, Z)", "Z",
            title="relu is missing on the way forward",
            says="Your hidden layers hand on Z itself; negative sums are not stopped.",
            breaks=FORWARD,
            asks="What makes many layers more than one?",
        ),
        Twin(
            "relu_at_the_end", "Z = A[-1] @ W[-1] + b[-1]", "Z = np.maximum(0, A[-1] @ W[-1] + b[-1])",
            title="relu is applied to the last layer, too",
            says="Your last Z has no negative numbers: relu stands before softmax.",
            breaks=OUTPUT,
            asks="Which layers have ReLU?",
        ),
        Twin(
            "overflow", "np.exp(Z - largest)", "np.exp(Z)",
            title="large sums overflow in softmax",
            says="Your derivatives are right for small sums; around 1000 exp is too large for the machine and nan comes out.",
            breaks=OUTPUT,
            asks="What may be taken away from all sums of a sample without changing its probabilities?",
        ),
        Twin(
            "updated_first", "dZ @ W[layer].T", "dZ @ (W[layer] - 0.1 * dW[0]).T",
            title="W is updated before it is used again",
            says="Your last layer is right; below it, the error comes back through weights that have made a step of 0.1 dW already.",
            breaks=BELOW,
            asks="Which W did the picture meet on the way forward?",
        ),
        Twin(
            "reversed_lists", "return dW, db", "return dW[::-1], db[::-1]",
            title="the lists come in the reverse order",
            says="Your lists begin with the last layer; they should be in the order of W and b.",
            breaks="dW, db: in the order of W and b",
            asks="Which layer is met first on the way back?",
        ),
        Twin(
            "no_bias", "A[layer] @ W[layer] + b[layer]", "A[layer] @ W[layer]",
            title="the hidden layers' b is not added",
            says="Your hidden layers lack b.",
            breaks=FORWARD,
            asks="What is added to the products before relu?",
        ),
        Twin(
            "softmax_slope", "(A[-1] - Y) / N", "(A[-1] - Y) * A[-1] * (1 - A[-1]) / N",
            title="a slope is multiplied onto A − Y",
            says="Your first dZ is (A − Y) A (1 − A): with softmax and cross-entropy the slope is in A − Y already.",
            breaks=ERROR,
            asks="What is left when the derivatives of cross-entropy and softmax are multiplied?",
        ),
        Twin(
            "db_over_everything", "np.sum(dZ, axis=0)", "np.sum(dZ) + 0 * dZ[0]",
            title="db is the same number for all units",
            says="Your db holds the sum of all of dZ, for each unit the same (in the last layer that is always 0).",
            breaks=LAYER,
            asks="Over which axis does db sum?",
        ),
    ),
    hints=(
        "Forward with a loop that keeps every A in a list; backward with a loop from the last layer to the first.",
        "The last layer's dZ is (A − Y) / N. In each layer, first dW and db from dZ and the layer's own input, then dZ for the layer "
        "below.",
        "for l in reversed(range(L)): dW[l] = A[l].T @ dZ; db[l] = dZ.sum(axis=0); dZ = (dZ @ W[l].T) * (A[l] > 0).",
    ),
    why="Every layer does the same with what comes from above, so that one loop serves any depth.",
)  # fmt: skip
