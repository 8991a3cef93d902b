"""One neuron: weighted sum, bias, sigmoid."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from glassnet.learn.exercise import Exercise, Inputs, Part, Sizes, Twin

SUM = "z = sum over d of x[d] · w[d]  +  b"
SIGMOID = "a = 1 / (1 + exp(−z))"


def _one(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    D = sizes.D
    x = rng.uniform(0.15, 0.95, D).round(2)
    w = (rng.uniform(0.2, 0.9, D) * np.where(np.arange(D) % 2, -1, 1) * rng.choice([-1, 1])).round(2)
    b = float(np.round(rng.choice([-1, 1]) * rng.uniform(0.2, 0.8), 2))
    turned = np.sign(x @ w + b) * (1 if sizes.N in (2, 7) else -1) or 1.0  # sums of both signs occur
    return {"x": x, "w": turned * w, "b": float(turned * b)}


def _quantities(inputs: Inputs) -> Mapping[str, Any]:
    x, w, b = inputs.values()
    return {
        "z": x @ w + b,
        "the weighted sum": x @ w,
        "the sigmoid of the weighted sum": 1 / (1 + np.exp(-x @ w)),
    }


EXERCISE = Exercise(
    name="neuron",
    title="One neuron",
    folder=Path(__file__).parent,
    station="A",
    parts=(Part("neuron", _one, ("a",), quantities=_quantities, dims={"D": "the number of inputs"}),),
    twins=(
        Twin(
            "no_bias", "total + b", "total",
            title="the bias does not take part",
            says="Your a is the right one of a neuron whose bias is 0: b has no effect on it.",
            breaks=SUM,
            asks="In which of your lines does b occur?",
        ),
        Twin(
            "no_sigmoid", "1 / (1 + np.exp(-z))", "z",
            title="the sum is returned, without the sigmoid",
            says="Your a is z, the weighted sum with its bias; it is not bent into the range from 0 to 1.",
            breaks=SIGMOID,
            asks="Between which two numbers does a have to lie, and does yours?",
        ),
        Twin(
            "wrong_exponent", "np.exp(-z)", "np.exp(z)",
            title="the exponent has the wrong sign",
            says="Your a is 1 minus the right one: a large z gives a small a.",
            breaks=SIGMOID,
            asks="Towards which number should a go when z becomes large?",
        ),
        Twin(
            "bias_subtracted", "total + b", "total - b",
            title="the bias is taken away instead of added",
            says="Your a is that of a neuron with the bias −b.",
            breaks=SUM,
            asks="Does a larger b make the answer larger or smaller?",
        ),
        Twin(
            "bias_multiplied", "total + b", "total * b",
            title="the bias multiplies the sum",
            says="Your z is the weighted sum times b.",
            breaks=SUM,
            asks="What should z be when all inputs are 0?",
        ),
        Twin(
            "bias_in_every_product", "x * w", "x * w + b",
            title="the bias is added once for each input",
            says="Your z holds b once for each of the D inputs.",
            breaks=SUM,
            asks="Is b inside the sum over d in the formula, or outside?",
            also=(("total + b", "total"),),
        ),
        Twin(
            "bias_after_sigmoid", "a = 1 / (1 + np.exp(-z))", "a = 1 / (1 + np.exp(-total)) + b",
            title="the bias is added after the sigmoid",
            says="Your a is the sigmoid of the weighted sum, and b is added to that: it need not lie between 0 and 1.",
            breaks=f"{SUM}\n  {SIGMOID}",
            asks="Which number goes into the sigmoid: the sum with the bias, or without?",
        ),
        Twin(
            "not_weighted", "x * w", "x",
            title="the weights do not take part",
            says="Your z is the sum of the inputs and b: w has no effect on it.",
            breaks=SUM,
            asks="What does each input have to be multiplied by?",
        ),
        Twin(
            "inputs_ignored", "x * w", "w",
            title="the inputs do not take part",
            says="Your z is the sum of the weights and b: x has no effect on it.",
            breaks=SUM,
            asks="What does each weight have to be multiplied by?",
        ),
        Twin(
            "weights_added", "x * w", "x + w",
            title="weights are added to the inputs",
            says="Your z sums x[d] + w[d] where it should sum x[d] · w[d].",
            breaks=SUM,
            asks="What happens to an input whose weight is 0?",
        ),
        Twin(
            "not_summed", "np.sum(products)", "products",
            title="nothing is summed: one number for each input",
            says="Your a has a number for each input: the products are not added up.",
            breaks=SUM,
            asks="How many answers does one neuron give?",
        ),
        Twin(
            "mean", "np.sum(products)", "np.mean(products)",
            title="the mean of the products is taken, not their sum",
            says="Your z holds the mean of x[d] · w[d], which is the sum divided by D.",
            breaks=SUM,
            asks="Does the formula divide by the number of inputs?",
        ),
        Twin(
            "sum_of_sigmoids", "np.sum(products)", "products",
            title="the sigmoid comes before the sum",
            says="Your a is a sum of sigmoids, one for each input.",
            breaks=f"{SUM}\n  {SIGMOID}",
            asks="Which comes first, the sum or the sigmoid?",
            also=(("1 / (1 + np.exp(-z))", "np.sum(1 / (1 + np.exp(-z)))"),),
        ),
        Twin(
            "brackets", "1 / (1 + np.exp(-z))", "1 / 1 + np.exp(-z)",
            title="brackets are missing in the denominator",
            says="Your a is 1 + exp(−z): the division ends before the plus sign.",
            breaks=SIGMOID,
            asks="What is divided first in 1 / 1 + 3?",
        ),
        Twin(
            "minus_in_denominator", "(1 + np.exp(-z))", "(1 - np.exp(-z))",
            title="there is a minus in the denominator",
            says="Your a is 1 / (1 − exp(−z)), which can be negative.",
            breaks=SIGMOID,
            asks="What is a when z is 0?",
        ),
        Twin(
            "step", "1 / (1 + np.exp(-z))", "(z > 0) * 1.0",
            title="the answer is only 0 or 1",
            says="Your a is 1 where z is positive and 0 elsewhere: a step, without anything between.",
            breaks=SIGMOID,
            asks="What is the formula's a for a z of 0.5?",
        ),
        Twin(
            "tanh", "1 / (1 + np.exp(-z))", "np.tanh(z)",
            title="this is tanh instead of the sigmoid",
            says="Your a is tanh(z), which goes from −1 to 1.",
            breaks=SIGMOID,
            asks="Between which two numbers does the formula's a lie?",
        ),
        Twin(
            "relu", "1 / (1 + np.exp(-z))", "np.maximum(0, z)",
            title="this is ReLU instead of the sigmoid",
            says="Your a is z where z is positive and 0 elsewhere.",
            breaks=SIGMOID,
            asks="Between which two numbers does the formula's a lie?",
        ),
    ),
    hints=(
        "Three steps: multiply each input by its weight and add the products up, add the bias, bend the sum.",
        "np.sum(x * w) or x @ w gives the weighted sum as one number. np.exp is the exponential.",
        "z is np.sum(x * w) + b. For a, put −z into np.exp, add 1, and divide 1 by all of that.",
    ),
    why="The sum says how much speaks for and against; the bias moves the point of balance; the sigmoid makes a "
    "probability of it.",
)  # fmt: skip
