"""RMSProp."""

from pathlib import Path

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin

AVERAGE = "S' = β S + (1 − β) dW²"
STEP = "W' = W − α dW / (√S' + ε)"


def _step(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    D, K = sizes.D, sizes.K
    dW = (rng.uniform(0.3, 1.2, (D, K)) * rng.choice([-1.0, 1.0], (D, K))).round(2) + 0.003
    dW[0, 0], dW[-1, -1] = -0.72, 0.56
    return {
        "W": rng.normal(0, np.sqrt(1 / D), (D, K)).round(2) + 0.001,
        "dW": dW,
        "S": (rng.uniform(0.4, 1.1, (D, K)) ** 2).round(3) + 0.0004,
        "learning_rate": 0.05,
        "beta": 0.8,
        "epsilon": 1e-8,
    }


def _still(rng: np.random.Generator) -> list[Case]:
    inputs = _step(rng, Sizes(3, 4, 5, 2))
    inputs["dW"][1, 1:3] = 0.0
    inputs["S"][1, 1:3] = 0.0
    return [Case(inputs, about="a weight whose gradient was always 0")]


EXERCISE = Exercise(
    name="rmsprop",
    title="RMSProp",
    folder=Path(__file__).parent,
    parts=(
        Part("rmsprop", _step, ("new_W", "new_S"), special=_still, square=False,
             in_place={"new_W": "W", "new_S": "S"}),
    ),
    twins=(
        Twin(
            "no_square", "dW**2", "dW",
            title="the gradient is not squared in S",
            says="Your S is an average of dW itself: it can become negative, and its root is nan.",
            breaks=AVERAGE,
            asks="What is averaged, the gradient or its square?",
        ),
        Twin(
            "absolute", "dW**2", "np.abs(dW)",
            title="the absolute value stands for the square",
            says="Your S averages |dW| instead of dW².",
            breaks=AVERAGE,
            asks="The root of the average of what is the gradient's usual size?",
        ),
        Twin(
            "no_root", "np.sqrt(new_S) + epsilon", "new_S + epsilon",
            title="the root of S is missing",
            says="Your step is divided by S', not by its root.",
            breaks=STEP,
            asks="In which units is S', and in which is dW?",
        ),
        Twin(
            "old_average", "np.sqrt(new_S) + epsilon", "np.sqrt(S) + epsilon",
            title="the step is divided by the old average",
            says="Your step is divided by the root of the S that came in, not of the new one.",
            breaks=STEP,
            asks="Which S does the second formula use: the one before or after this gradient?",
        ),
        Twin(
            "no_epsilon", "np.sqrt(new_S) + epsilon", "np.sqrt(new_S)",
            title="nothing guards against division by 0",
            says="Your W becomes nan where a weight's gradients were all 0; elsewhere it is right.",
            breaks=STEP,
            asks="What are the two sides of the fraction where dW has always been 0?",
        ),
        Twin(
            "sum_of_squares", "beta * S + (1 - beta) * square", "S + square",
            title="the squares are added up, without β",
            says="Your S is the sum of all squares so far: it only ever grows, and steps shrink for good. That is AdaGrad.",
            breaks=AVERAGE,
            asks="What becomes of a large gradient from long ago?",
        ),
        Twin(
            "whole_square", "(1 - beta) * square", "square",
            title="the square is added whole",
            says="Your S adds the whole dW² instead of 1 − β of it: it is no average and becomes too large.",
            breaks=AVERAGE,
            asks="What do the two factors of an average add up to?",
        ),
        Twin(
            "swapped_shares", "beta * S + (1 - beta) * square", "(1 - beta) * S + beta * square",
            title="β and 1 − β are interchanged",
            says="Your S keeps 1 − β of the old average and takes β of the new square.",
            breaks=AVERAGE,
            asks="With β = 0.9, is the memory long or short?",
        ),
        Twin(
            "uphill", "W - step", "W + step",
            title="W moves uphill",
            says="Your step is added: the loss grows.",
            breaks=STEP,
            asks="Into which direction does a gradient point: up or down?",
        ),
        Twin(
            "no_gradient", "learning_rate * dW / length", "learning_rate / length",
            title="the gradient is missing in the step",
            says="Your step is α divided by the root, whatever the gradient's size and sign are.",
            breaks=STEP,
            asks="What stands above the line of the fraction?",
        ),
        Twin(
            "multiplied", "learning_rate * dW / length", "learning_rate * dW * length",
            title="the step is multiplied by the root",
            says="Your step is multiplied by √S': large gradients become larger still.",
            breaks=STEP,
            asks="Should a weight with large gradients take longer or shorter steps?",
        ),
        Twin(
            "no_rate", "learning_rate * dW / length", "dW / length",
            title="the learning rate is missing",
            says="Your W moves by dW / √S', which is about 1, without α.",
            breaks=STEP,
            asks="How long is a step if each number is divided by its own usual size?",
        ),
        Twin(
            "overall", "beta * S + (1 - beta) * square", "beta * S + (1 - beta) * np.mean(square)",
            title="one average square serves all weights",
            says="Your S takes the mean of all squares, so that every weight gets the same share.",
            breaks=AVERAGE,
            asks="For what does each weight have its own S?",
        ),
    ),
    hints=(
        "Two lines: the average of the squares, then the step. All of it number by number.",
        "The new S is β times the old one and 1 − β times the square. The step is α times the gradient, divided by the root of "
        "the new S (plus ε).",
        "new_S = beta * S + (1 − beta) * dW**2; new_W = W − learning_rate * dW / (np.sqrt(new_S) + epsilon).",
    ),
    why="dW / √S' is about ±1 for every weight, however large its gradients are, so α is the length of a step.",
)  # fmt: skip
