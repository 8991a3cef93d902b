"""L2: a price on large weights."""

from pathlib import Path

import numpy as np

from glassnet.learn.exercise import Exercise, Inputs, Part, Sizes, Twin

LOSS = "J = loss + λ/2 · sum of all W[d, k]²"
WEIGHTS = "dJ/dW = dW + λ W"
BIASES = "dJ/db = db"


def _layer(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    """The last layer of a classifier: its loss and derivatives."""
    N, D, K, _ = sizes
    X = rng.uniform(0.1, 1, (N, D))
    W = rng.normal(0, np.sqrt(2 / D), (D, K)).round(2) + 0.001
    b = rng.normal(0, 0.4, K).round(2) + 0.002
    y = rng.integers(0, K, N)
    E = np.exp(X @ W + b)
    A = E / E.sum(axis=1, keepdims=True)
    dZ = (A - np.eye(K)[y]) / N
    return {
        "loss": round(float(-np.log(A[np.arange(N), y]).mean()), 4),
        "dW": (X.T @ dZ).round(3) + 0.0002,
        "db": dZ.sum(axis=0).round(3) + 0.0003,
        "W": W,
        "b": b,
        "strength": round(float(rng.uniform(0.15, 0.35)), 2),
    }


EXERCISE = Exercise(
    name="l2",
    title="L2: a price on large weights",
    folder=Path(__file__).parent,
    parts=(Part("l2", _layer, ("J", "dJ_dW", "dJ_db"), square=False),),
    twins=(
        Twin(
            "penalty_without_half", "strength / 2 * np.sum(squares)", "strength * np.sum(squares)",
            title="the half is missing in the penalty",
            says="Your penalty is λ times the sum of squares; with the gradient λ W it has to be half of that.",
            breaks=LOSS,
            asks="What is the derivative of w² by w, and what makes it w?",
            seen="https://github.com/jingtinghuang/CS231n-Spring-2017/issues/3",
        ),
        Twin(
            "gradient_twice", "dW + strength * W", "dW + 2 * strength * W",
            title="the gradient has 2 λ W",
            says="Your dJ/dW adds 2 λ W: that belongs to a penalty without the half.",
            breaks=WEIGHTS,
            asks="What is the derivative of λ/2 · w²?",
            seen="https://github.com/ageron/handson-ml3/issues/118",
        ),
        Twin(
            "other_convention", "strength / 2 * np.sum(squares)", "strength * np.sum(squares)",
            title="λ is twice as large as asked for",
            says="Your penalty λ · sum of W² and your gradient 2 λ W belong together; the formulas here have half of both.",
            breaks=f"{LOSS}\n  {WEIGHTS}",
            asks="Which factor stands before the sum in the formula?",
            also=(("dW + strength * W", "dW + 2 * strength * W"),),
        ),
        Twin(
            "gradient_half", "dW + strength * W", "dW + strength / 2 * W",
            title="the gradient has half of λ W",
            says="Your dJ/dW adds λ/2 · W: the half disappears when the square is derived.",
            breaks=WEIGHTS,
            asks="What is the derivative of λ/2 · w²?",
        ),
        Twin(
            "no_gradient", "dW + strength * W", "dW * 1.0",
            title="the penalty is missing in the gradient",
            says="Your dJ/dW is dW as it came: the penalty is in the loss, but it changes no weight.",
            breaks=WEIGHTS,
            asks="What does gradient descent use to change W: the loss or its derivative?",
        ),
        Twin(
            "no_penalty", "loss + penalty", "loss * 1.0",
            title="the penalty is missing in the loss",
            says="Your J is the loss as it came, without the penalty.",
            breaks=LOSS,
            asks="What is added to the loss?",
        ),
        Twin(
            "penalty_alone", "loss + penalty", "penalty",
            title="J is the penalty alone",
            says="Your J is the penalty; the loss of the samples is not in it.",
            breaks=LOSS,
            asks="What is the penalty added to?",
        ),
        Twin(
            "gradient_alone", "dW + strength * W", "strength * W",
            title="dJ/dW is the penalty's share alone",
            says="Your dJ/dW is λ W; what the samples say, dW, is not in it.",
            breaks=WEIGHTS,
            asks="What is λ W added to?",
        ),
        Twin(
            "biases_too", "db * 1.0", "db + strength * b",
            title="the biases' gradient pays, too",
            says="Your dJ/db adds λ b; biases pay no penalty here.",
            breaks=BIASES,
            asks="What do the biases have to do with the sum in the penalty?",
            seen="https://github.com/rasmusbergpalm/DeepLearnToolbox/issues/32",
        ),
        Twin(
            "biases_everywhere", "np.sum(squares)", "(np.sum(squares) + np.sum(b**2))",
            title="the biases are penalised",
            says="Your penalty counts the biases' squares as well, and your dJ/db adds λ b.",
            breaks=f"{LOSS}\n  {BIASES}",
            asks="Over which numbers does the sum run?",
            seen="https://github.com/ikhlestov/vision_networks/issues/21",
            also=(("db * 1.0", "db + strength * b"),),
        ),
        Twin(
            "biases_in_loss", "np.sum(squares)", "(np.sum(squares) + np.sum(b**2))",
            title="the biases are in the penalty",
            says="Your penalty counts the biases' squares as well.",
            breaks=LOSS,
            asks="Over which numbers does the sum run?",
            seen="https://github.com/Burton2000/CS231n-2017/issues/9",
        ),
        Twin(
            "absolute", "squares = W**2", "squares = np.abs(W)",
            title="absolute values are summed instead of squares",
            says="Your penalty sums |W|: that is L1, up to the half.",
            breaks=LOSS,
            asks="What does the 2 in L2 mean?",
        ),
        Twin(
            "length", "np.sum(squares)", "np.sqrt(np.sum(squares))",
            title="the root of the sum is taken",
            says="Your penalty is λ/2 times the length of W, not times its square (np.linalg.norm takes a root).",
            breaks=LOSS,
            asks="Is there a root in the formula?",
        ),
        Twin(
            "mean", "np.sum(squares)", "np.mean(squares)",
            title="the mean of the squares is taken",
            says="Your penalty averages the squares: with more weights, each would cost less.",
            breaks=LOSS,
            asks="Sum or mean?",
        ),
        Twin(
            "square_of_sum", "np.sum(squares)", "np.sum(W) ** 2",
            title="the sum is squared, not the weights",
            says="Your penalty squares the sum of all weights: positive and negative ones cancel.",
            breaks=LOSS,
            asks="Which comes first, the square or the sum?",
        ),
        Twin(
            "sign_in_gradient", "dW + strength * W", "dW - strength * W",
            title="the penalty's gradient has the wrong sign",
            says="Your dJ/dW takes λ W away: weights would be made larger.",
            breaks=WEIGHTS,
            asks="Into which direction should a step move a large positive weight?",
        ),
    ),
    hints=(
        "Three results: the loss gets the penalty, dW gets the penalty's derivative, db stays.",
        "The penalty is λ/2 times the sum of the squares of W. Its derivative by one weight is λ times that weight.",
        "J = loss + strength / 2 * np.sum(W**2); dJ_dW = dW + strength * W; dJ_db = db.",
    ),
    why="A step by α (dW + λ W) first shrinks W to (1 − α λ) W: that is why L2 is also called weight decay.",
)  # fmt: skip
