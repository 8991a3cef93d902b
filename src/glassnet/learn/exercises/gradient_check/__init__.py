"""Checking a gradient numerically: it has to catch wrong ones that are planted."""

from pathlib import Path
from typing import Any

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin

CENTRAL = "gradient[i] = (f(θ with θ[i] + h) − f(θ with θ[i] − h)) / (2h)"
ERROR = "error = ‖gradient − numerical‖ / (‖gradient‖ + ‖numerical‖)        right if error < 1e-5"
LOSS = "mean over n of sum over k of exp(2 X θ)[n, k]"
PLANTED = (
    "0 right · 1 +1 % · 2 −1 % · 3 wrong sign · 4 twice · 5 first number wrong · 6 last number wrong · 7 reversed · "
    "8 all 0 · 9 tiny, right · 10 tiny, +1 % · 11 huge, right · 12 +0.05 %"
)


def _loss(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    """A loss whose curve bends a lot: exp of a layer's sums."""
    N, D, K, _ = sizes
    X = rng.uniform(0.3, 0.9, (N, D)).round(2)
    theta = (rng.uniform(-0.4, 0.5, (D, K)) + 0.1 * np.arange(D)[:, None] - 0.1 * np.arange(K)).round(2)
    return {"f": LOSS, "X": X, "theta": theta, "h": 1e-4}


def _vector(rng: np.random.Generator) -> list[Case]:
    inputs = _loss(rng, Sizes(3, 4, 1, 1))
    return [Case({**inputs, "theta": inputs["theta"][:, 0].copy()}, about="a θ with a single axis")]


def _gradient(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    X, theta = (value for name, value in _loss(rng, sizes).items() if name in ("X", "theta"))
    return {"gradient": 2 * X.T @ np.exp(2 * X @ theta) / len(X), "checked": PLANTED}


def measure_slopes(learner: "Any", inputs: "Any") -> "Any":
    """The learner's numerical gradient."""
    X, theta = inputs["X"], inputs["theta"]

    def f(theta: "Any") -> float:
        return float(np.sum(np.exp(2 * X @ np.reshape(theta, shape))) / len(X))

    shape = theta.shape
    return learner.numerical_gradient(f, theta, inputs["h"])


def ask_about_planted(learner: "Any", inputs: "Any") -> "Any":
    """The learner's answers to the right gradient and to wrong ones."""
    right = inputs["gradient"]
    measured = right * (1 + 1e-9 * np.cos(np.arange(right.size)).reshape(right.shape))
    first, last = np.ones(right.shape), np.ones(right.shape)
    first.flat[0] = last.flat[-1] = 3.0
    planted = (
        right, 1.01 * right, 0.99 * right, -right, 2 * right, first * right, last * right,
        right.ravel()[::-1].reshape(right.shape), 0 * right, 1e-5 * right, 1.01e-5 * right, 1e5 * right, 1.0005 * right,
    )  # fmt: skip
    scales = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1e-5, 1e-5, 1e5, 1]
    return [learner.is_right(gradient.copy(), scale * measured) for gradient, scale in zip(planted, scales)]  # noqa: B905


EXERCISE = Exercise(
    name="gradient_check",
    title="Checking a gradient numerically",
    folder=Path(__file__).parent,
    station="dW",
    seconds=6.0,
    parts=(
        Part("numerical_gradient", _loss, ("gradient",), drive=measure_slopes, special=_vector, square=False),
        Part(
            "is_right", _gradient, ("answers",), drive=ask_about_planted, square=False,
            sizes=(Sizes(2, 3, 2, 1), Sizes(4, 2, 3, 1), Sizes(5, 4, 2, 1)),
        ),
    ),
    twins=(
        Twin(
            "forward", "(f(up) - f(down)) / (2 * h)", "(f(up) - f(theta)) / h",
            title="the difference is one-sided, upwards",
            says="Your gradient is (f(θ + h) − f(θ)) / h: its error shrinks with h, that of the central difference with h².",
            breaks=CENTRAL,
            asks="At which two points does the central difference look?",
        ),
        Twin(
            "backward", "(f(up) - f(down)) / (2 * h)", "(f(theta) - f(down)) / h",
            title="the difference is one-sided, downwards",
            says="Your gradient is (f(θ) − f(θ − h)) / h: its error shrinks with h, that of the central difference with h².",
            breaks=CENTRAL,
            asks="At which two points does the central difference look?",
        ),
        Twin(
            "divided_by_h", "(2 * h)", "h",
            title="the difference is divided by h instead of 2h",
            says="Your gradient is twice as large as it should be: the two points are 2h apart.",
            breaks=CENTRAL,
            asks="How far are the two points from one another?",
        ),
        Twin(
            "half_multiplied", "(2 * h)", "2 * h",
            title="brackets are missing around 2h",
            says="Your difference is divided by 2 and then multiplied by h: the gradient is h² times the right one.",
            breaks=CENTRAL,
            asks="In which order does Python compute d / 2 * h?",
        ),
        Twin(
            "not_divided", "(f(up) - f(down)) / (2 * h)", "(f(up) - f(down))",
            title="the difference is not divided",
            says="Your gradient is the change of the loss itself: it depends on h.",
            breaks=CENTRAL,
            asks="What has the change to be divided by so that it is a slope?",
        ),
        Twin(
            "one_step_apart", "(f(up) - f(down)) / (2 * h)", "(f(up) - f(theta)) / (2 * h)",
            title="a one-sided difference is divided by 2h",
            says="Your gradient is (f(θ + h) − f(θ)) / 2h, about half of what it should be.",
            breaks=CENTRAL,
            asks="How far are your two points from one another?",
        ),
        Twin(
            "sign", "f(up) - f(down)", "f(down) - f(up)",
            title="the sign is turned",
            says="Your gradient is minus the right one: the upper point is taken away from the lower.",
            breaks=CENTRAL,
            asks="Which of the two losses is larger where the slope is positive?",
        ),
        Twin(
            "added", "f(up) - f(down)", "f(up) + f(down)",
            title="the two losses are added",
            says="Your gradient is (f(θ + h) + f(θ − h)) / 2h: that is the loss over h.",
            breaks=CENTRAL,
            asks="What tells how much the loss changes between the two points?",
        ),
        Twin(
            "all_at_once", "up[index] += h", "up += h",
            title="all parameters move at once",
            says="Every number of your gradient is the slope with all parameters moving together: the sum of the gradient.",
            breaks=f"{CENTRAL}\n  One parameter moves at a time; all others stay.",
            asks="Which parameters may move while the slope of one is measured?",
            also=(("down[index] -= h", "down -= h"),),
        ),
        Twin(
            "rows_at_once", "up[index] += h", "up[index[0]] += h",
            title="a whole row of parameters moves at once",
            says="Every number of your gradient is the slope with a whole row of θ moving together.",
            breaks=f"{CENTRAL}\n  One parameter moves at a time; all others stay.",
            asks="What does θ[i] mean when θ has two axes?",
            also=(("down[index] -= h", "down[index[0]] -= h"),),
        ),
        Twin(
            "not_restored", "up = theta.copy()", "up = theta",
            title="a parameter is not put back before the next one",
            says="Your gradient is measured while the parameters before it are still moved by h: writing into θ changes it for "
            "all that follows.",
            breaks=f"{CENTRAL}\n  One parameter moves at a time; all others stay.",
            asks="What does θ hold when the second parameter's turn comes?",
            also=(("down = theta.copy()", "down = theta.copy()\n        down[index] -= h"),),
        ),
        Twin(
            "same_array", "up = theta.copy()", "up = theta",
            title="both points are one and the same array",
            says="Your gradient is 0: when f is called, the two points hold the same numbers.",
            breaks=CENTRAL,
            asks="Does b = a make a copy of an array?",
            also=(("down = theta.copy()", "down = theta"),),
        ),
        Twin(
            "first_entry", "    return gradient\n", "        return gradient\n",
            title="only the first parameter has a slope",
            says="Your gradient is 0 but for the first number.",
            breaks=CENTRAL,
            asks="For which parameters does the loop run, and when does the function return?",
        ),
        Twin(
            "values", "(f(up) - f(down)) / (2 * h)", "f(up)",
            title="losses stand where slopes should be",
            says="Your gradient holds f(θ + h), the loss itself.",
            breaks=CENTRAL,
            asks="How much does the loss change when the parameter moves?",
        ),
        Twin(
            "absolute_error", "error = difference / size", "error = difference",
            title="the error is not relative",
            says="A tiny gradient may be wrong by 1 % and yours finds it right: the difference is not compared with the size of "
            "the numbers.",
            breaks=ERROR,
            asks="Is a difference of 0.000001 small, when the gradient is 0.00001?",
        ),
        Twin(
            "loose", "bool(error < 1e-5)", "bool(error < 1e-2)",
            title="errors of 1 % are let through",
            says="Gradients that are wrong by 1 % are found right by yours: the limit is too large.",
            breaks=ERROR,
            asks="How large is the relative error of a gradient that is 1 % too large?",
        ),
        Twin(
            "severe", "bool(error < 1e-5)", "bool(error < 1e-15)",
            title="even right gradients are found wrong",
            says="Yours finds every gradient wrong, the right one too: no measured slope is as exact as that.",
            breaks=ERROR,
            asks="How exact can a slope be that is measured with numbers of 16 digits?",
        ),
        Twin(
            "inverted", "bool(error < 1e-5)", "bool(error > 1e-5)",
            title="right and wrong are interchanged",
            says="Yours says True to wrong gradients and False to right ones.",
            breaks=ERROR,
            asks="On which side of the limit is the error of a right gradient?",
        ),
        Twin(
            "error_returned", "bool(error < 1e-5)", "error",
            title="the error is returned, not the answer",
            says="Yours returns the relative error, a number; asked for is whether the gradient is right.",
            breaks=ERROR,
            asks="What has to be compared with 1e-5?",
        ),
        Twin(
            "signed", "np.linalg.norm(gradient - numerical)", "np.max(gradient - numerical)",
            title="gradients that are too small are let through",
            says="Yours looks at the difference with its sign, so whatever is smaller than it should be is found right.",
            breaks=ERROR,
            asks="What is the largest of some differences that are all negative?",
        ),
        Twin(
            "of_sums", "np.linalg.norm(gradient - numerical)", "abs(np.sum(gradient - numerical))",
            title="differences upwards and downwards cancel",
            says="Yours compares the sums: numbers that have changed places are found right.",
            breaks=ERROR,
            asks="Which sum has two differences of +1 and −1, and which norm?",
        ),
        Twin(
            "of_lengths", "np.linalg.norm(gradient - numerical)",
            "abs(np.linalg.norm(gradient) - np.linalg.norm(numerical))",
            title="only the lengths are compared",
            says="Yours compares the norms of the two: a gradient with the wrong sign is as long as the right one, and found right.",
            breaks=ERROR,
            asks="Which comes first, the difference or the norm?",
        ),
        Twin(
            "of_absolutes", "np.linalg.norm(gradient - numerical)",
            "np.linalg.norm(np.abs(gradient) - np.abs(numerical))",
            title="signs are not compared",
            says="Yours compares absolute values: a gradient with the wrong sign is found right.",
            breaks=ERROR,
            asks="Which comes first, the difference or the absolute value?",
            also=(("np.linalg.norm(gradient) +", "np.linalg.norm(gradient) * 1.0 +"),),
        ),
        Twin(
            "direction_only", "np.linalg.norm(gradient - numerical)",
            "np.linalg.norm(gradient / np.linalg.norm(gradient) - numerical / np.linalg.norm(numerical))",
            title="only the direction is compared",
            says="Yours finds a gradient right that is too large or too small by a factor: only its direction counts.",
            breaks=ERROR,
            asks="What becomes of a factor 2 when both are divided by their own length?",
            also=(("error = difference / size", "error = difference"),),
        ),
        Twin(
            "first_only", "np.linalg.norm(gradient - numerical)", "abs(gradient - numerical).flat[0]",
            title="only the first number is compared",
            says="Yours looks at the first number alone: an error in another place is found right.",
            breaks=ERROR,
            asks="Which numbers of the two gradients take part in your comparison?",
        ),
        Twin(
            "best_entry", "np.linalg.norm(gradient - numerical)", "np.min(np.abs(gradient - numerical))",
            title="one right number is enough",
            says="Yours looks at the smallest difference: a gradient with one wrong number among right ones is found right.",
            breaks=ERROR,
            asks="Must one number be right, or all?",
        ),
        Twin(
            "always", "bool(error < 1e-5)", "True",
            title="every gradient is found right",
            says="Yours says True to every gradient.",
            breaks=ERROR,
            asks="On what does your answer depend?",
        ),
        Twin(
            "one_number", "    return gradient\n", "    return (f(theta + h) - f(theta - h)) / (2 * h)\n",
            title="one number comes out for all parameters",
            says="Your gradient is a single number: the slope with all parameters moving together.",
            breaks=CENTRAL,
            asks="How many numbers does the gradient of f have, and how many parameters may move for each?",
        ),
        Twin(
            "hardly_loose", "bool(error < 1e-5)", "bool(error < 1e-3)",
            title="errors of 0.05 % are let through",
            says="A gradient that is wrong by 0.05 % is found right by yours: the limit is too large.",
            breaks=ERROR,
            asks="Which limit does the text above name?",
        ),
        Twin(
            "signed_mean", "np.linalg.norm(gradient - numerical)", "np.mean(gradient - numerical)",
            title="the mean of the differences is compared",
            says="Yours looks at a mean of differences with their signs: what is too small, or has changed places, is found right.",
            breaks=ERROR,
            asks="Which mean have two differences of +1 and −1, and which norm?",
        ),
    ),
    hints=(
        "To measure the slope by one parameter, which two points do you need? And what must be the same at both?",
        "np.ndindex(theta.shape) runs over all places of an array of any shape; theta.copy() is an array of its own. "
        "np.linalg.norm is the root of the sum of squares.",
        "For each index: copy θ twice, add h in one copy and subtract it in the other, and divide the difference of the two "
        "losses by 2h. Then compute the relative error with h = 1e-5 and compare it with 1e-5.",
    ),
    why="What is measured knows nothing of your derivation, so that both are hardly wrong in the same way; relative, the limit "
    "fits gradients of any size.",
)  # fmt: skip
