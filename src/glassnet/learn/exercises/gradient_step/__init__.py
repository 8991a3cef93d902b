"""One step of gradient descent."""

from pathlib import Path

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin

WEIGHTS = "W ← W − rate · dW"
BIASES = "b ← b − rate · db"
BOTH = f"{WEIGHTS}\n  {BIASES}"


def _layer(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    """The last layer of a network, and the gradients of one batch."""
    N, D, K, _ = sizes
    X = rng.uniform(0.1, 1, (N, D))
    W = rng.normal(0, np.sqrt(1 / D), (D, K))
    b = rng.normal(0, 0.3, K)
    E = np.exp(X @ W + b)
    dZ = (E / E.sum(axis=1, keepdims=True) - np.eye(K)[rng.integers(0, K, N)]) / N
    return {
        "W": W.round(3) + 0.0005, "b": b.round(3) + 0.0005, "dW": (X.T @ dZ).round(4) + 0.00005,
        "db": dZ.sum(axis=0).round(4) + 0.00005, "rate": float(np.round(rng.uniform(0.15, 0.4), 3)),
    }  # fmt: skip


def _special(rng: np.random.Generator) -> list[Case]:
    inputs = _layer(rng, Sizes(4, 3, 2, 2))
    still = {**inputs, "dW": np.zeros((3, 2)), "db": np.zeros(2)}
    return [Case({**inputs, "rate": 2.0}, about="a rate of 2"), Case(still, about="gradients that are all 0")]


EXERCISE = Exercise(
    name="gradient_step",
    title="A step of gradient descent",
    folder=Path(__file__).parent,
    station="W",
    parts=(
        Part(
            "gradient_step", _layer, ("W", "b"), special=_special, in_place={"W": "W", "b": "b"},
            frozen=("dW", "db"),
        ),
    ),
    twins=(
        Twin(
            "uphill", "W - W_step", "W + W_step",
            title="both go with the gradient, not against it",
            says="Your W and b are the old ones plus the rate times their gradients: the loss becomes larger.",
            breaks=BOTH,
            asks="The gradient points to where the loss grows: which way should the step go?",
            also=(("b - b_step", "b + b_step"),),
        ),
        Twin(
            "W_uphill", "W - W_step", "W + W_step",
            title="W goes with its gradient, not against it",
            says="Your W is the old one plus the rate times dW: the loss becomes larger.",
            breaks=WEIGHTS,
            asks="The gradient points to where the loss grows: which way should the step go?",
        ),
        Twin(
            "b_uphill", "b - b_step", "b + b_step",
            title="b goes with its gradient, not against it",
            says="Your b is the old one plus the rate times db: the loss becomes larger.",
            breaks=BIASES,
            asks="The gradient points to where the loss grows: which way should the step go?",
        ),
        Twin(
            "no_rate", "rate * dW", "dW * 1.0",
            title="the learning rate does not take part",
            says="Your steps are the whole gradients: rate has no effect on them.",
            breaks=BOTH,
            asks="In which of your lines does rate occur?",
            also=(("rate * db", "db * 1.0"),),
        ),
        Twin(
            "no_rate_for_W", "rate * dW", "dW * 1.0",
            title="the step of W is taken without the learning rate",
            says="Your W is the old one minus the whole dW.",
            breaks=WEIGHTS,
            asks="In which of your lines does rate occur?",
        ),
        Twin(
            "no_rate_for_b", "rate * db", "db * 1.0",
            title="the step of b is taken without the learning rate",
            says="Your b is the old one minus the whole db.",
            breaks=BIASES,
            asks="In which of your lines does rate occur?",
        ),
        Twin(
            "b_stays", "b - b_step", "b * 1.0",
            title="b stays as it was",
            says="Your b is the old one: only the weights have learned.",
            breaks=BIASES,
            asks="Which parameters has the layer besides its weights?",
        ),
        Twin(
            "W_stays", "W - W_step", "W * 1.0",
            title="W stays as it was",
            says="Your W is the old one: only the biases have learned.",
            breaks=WEIGHTS,
            asks="Which line changes W, and is its result what you return?",
        ),
        Twin(
            "nothing_moves", "W - W_step", "W * 1.0",
            title="both stay as they were",
            says="Your W and b are the old ones.",
            breaks=BOTH,
            asks="Which lines change the parameters, and are their results what you return?",
            also=(("b - b_step", "b * 1.0"),),
        ),
        Twin(
            "steps_returned", "W - W_step", "W_step",
            title="the steps are returned, not the new parameters",
            says="Your W and b are the rate times the gradients.",
            breaks=BOTH,
            asks="From what is the step taken away?",
            also=(("b - b_step", "b_step"),),
        ),
        Twin(
            "minus_steps_returned", "W - W_step", "-W_step",
            title="the steps are returned with a minus, W and b are lost",
            says="Your W and b are minus the rate times the gradients: that is `=-` where `-=` is needed.",
            breaks=BOTH,
            asks="What is the difference between W =- x and W -= x in Python?",
            also=(("b - b_step", "-b_step"),),
        ),
        Twin(
            "divided_by_rate", "rate * dW", "dW / rate",
            title="the gradients are divided by the rate",
            says="Your steps are the gradients divided by the rate: a smaller rate gives a larger step.",
            breaks=BOTH,
            asks="Should a smaller rate make a smaller or a larger step?",
            also=(("rate * db", "db / rate"),),
        ),
        Twin(
            "rate_on_W", "W - W_step", "rate * (W - dW)",
            title="the rate multiplies the parameters, too",
            says="Your W and b are the rate times (old one minus gradient): brackets are around too much.",
            breaks=BOTH,
            asks="Which of the two does the rate belong to?",
            also=(("b - b_step", "rate * (b - db)"),),
        ),
        Twin(
            "rate_subtracted", "rate * dW", "rate",
            title="the rate alone is taken away",
            says="Your W and b are the old ones minus the rate: the gradients have no effect.",
            breaks=BOTH,
            asks="Should every parameter move by the same amount?",
            also=(("rate * db", "rate"),),
        ),
        Twin(
            "interchanged", "W - W_step", "dW - rate * W",
            title="parameter and gradient have changed places",
            says="Your W and b are the gradient minus the rate times the parameter.",
            breaks=BOTH,
            asks="Which of the two is to be changed a little?",
            also=(("b - b_step", "db - rate * b"),),
        ),
        Twin(
            "decay", "rate * dW", "rate * W",
            title="W shrinks by itself instead of following dW",
            says="Your W is the old one minus the rate times W: dW has no effect on it.",
            breaks=WEIGHTS,
            asks="Where does the gradient come in?",
        ),
        Twin(
            "two_steps", "W - W_step", "W - 2 * W_step",
            title="the step is taken twice",
            says="Your W and b have gone twice as far as they should.",
            breaks=BOTH,
            asks="How often is the step taken away on the way?",
            also=(("b - b_step", "b - 2 * b_step"),),
        ),
        Twin(
            "signs_only", "rate * dW", "rate * np.sign(dW)",
            title="only the signs of the gradients count",
            says="Every parameter of yours moves by exactly the rate: how large its gradient is has no effect.",
            breaks=BOTH,
            asks="Should a parameter with a large gradient move further than one with a small one?",
            also=(("rate * db", "rate * np.sign(db)"),),
        ),
        Twin(
            "averaged", "rate * dW", "rate * dW / len(dW)",
            title="the gradients are divided by the number of rows of W",
            says="Your W has gone only 1/D of the way: the step is divided by how many rows W has.",
            breaks=WEIGHTS,
            asks="Where has the mean over the batch been taken, and is there another one here?",
        ),
        Twin(
            "one_step_for_all_b", "rate * db", "rate * np.mean(db)",
            title="all biases make the same step",
            says="Your b moves by the rate times the mean of db.",
            breaks=BIASES,
            asks="How many numbers does db have, and which of them belongs to which bias?",
        ),
        Twin(
            "ratio", "W - W_step", "W * (1 - W_step)",
            title="the step is taken in per cent of the parameter",
            says="Your W is the old one times (1 − rate · dW).",
            breaks=WEIGHTS,
            asks="Can a weight of 0 ever move with your rule?",
        ),
        Twin(
            "db_from_dW", "rate * db", "rate * np.sum(dW, axis=0)",
            title="b's step is made of dW",
            says="Your b moves by the rate times the sum of the rows of dW: db has no effect on it.",
            breaks=BIASES,
            asks="In which of your lines does db occur?",
        ),
        Twin(
            "returned_in_reverse", "return W, b", "return b, W",
            title="W and b are returned in the reverse order",
            says="What you return first is the new b, and second the new W.",
            breaks=BOTH,
            asks="In which order does the docstring name the two results?",
        ),
    ),
    hints=(
        "Which way does the gradient point: to a larger or a smaller loss?",
        "Both lines have the same form: the old value minus rate times its own gradient.",
        "Take rate * dW away from W, and rate * db away from b. Return both.",
    ),
    why="A small step against the gradient lowers the loss by about rate times the gradient's squared length.",
)  # fmt: skip
