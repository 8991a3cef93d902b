"""Gradient descent with momentum."""

from pathlib import Path
from typing import Any

import numpy as np

from glassnet.learn.exercise import Exercise, Inputs, Part, Sizes, Twin

VELOCITY = "V' = β V + dW"
STEP = "W' = W − α V'"


def _steps(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    D, K = sizes.D, sizes.K
    gradients = [rng.normal(0.3, 0.6, (D, K)).round(2) + 0.003 for _ in range(3)]
    return {
        "W": rng.normal(0, np.sqrt(1 / D), (D, K)).round(2) + 0.001,
        "dW_1": gradients[0],
        "dW_2": gradients[1],
        "dW_3": gradients[2],
        "learning_rate": 0.3,
        "beta": 0.8,
    }


def _three_steps(learner: "Any", inputs: "dict[str, Any]") -> "Any":
    W, V = inputs["W"].copy(), np.zeros_like(inputs["W"])
    seen = []
    for name in ("dW_1", "dW_2", "dW_3"):
        made = learner.momentum(W, inputs[name].copy(), V, inputs["learning_rate"], inputs["beta"])
        if isinstance(made, np.ndarray):
            W = made  # and V is changed in place, or forgotten
        elif made is not None:
            if len(made) != 2:
                return made
            W, V = np.array(made[0]), np.array(made[1])
        seen.append(np.array(W))
    return tuple(seen)


EXERCISE = Exercise(
    name="momentum",
    title="Momentum",
    folder=Path(__file__).parent,
    parts=(
        Part(
            "momentum",
            _steps,
            ("W after one step", "W after two steps", "W after three steps"),
            drive=_three_steps,
            square=False,
        ),
    ),
    twins=(
        Twin(
            "averaged", "kept + dW", "kept + (1 - beta) * dW",
            title="dW is multiplied by 1 − β",
            says="Your velocity is an average of the gradients: (1 − β) dW is added. That form is in use as well, and takes "
            "steps that are 1 − β times as long; the formula here adds the whole dW.",
            breaks=VELOCITY,
            asks="By what is dW multiplied in the formula?",
        ),
        Twin(
            "old_velocity", "learning_rate * new_V", "learning_rate * V",
            title="W moves by the old velocity",
            says="Your W moves by the velocity that came in: the newest gradient is a step late, and the first step moves nothing.",
            breaks=STEP,
            asks="Which velocity moves W: the one before or the one after dW was added?",
        ),
        Twin(
            "forgotten", "kept = beta * V", "kept = 0 * V",
            title="the velocity is forgotten",
            says="Your steps are those of plain gradient descent: what earlier gradients did leaves no trace.",
            breaks=VELOCITY,
            asks="What remains of the old velocity in the formula?",
        ),
        Twin(
            "never_slower", "beta * V", "V",
            title="the velocity loses nothing",
            says="Your velocity is the sum of all gradients so far: β does not shrink the old one.",
            breaks=VELOCITY,
            asks="What would a ball without any friction do?",
        ),
        Twin(
            "uphill", "W - step", "W + step",
            title="W moves uphill",
            says="Your step is added: the loss grows.",
            breaks=STEP,
            asks="Into which direction does a gradient point: up or down?",
        ),
        Twin(
            "rate_twice", "kept + dW", "kept + learning_rate * dW",
            title="the learning rate is applied twice",
            says="Your dW is multiplied by α in the velocity, and again in the step.",
            breaks=f"{VELOCITY}        {STEP}",
            asks="In which of the two formulas does α stand?",
        ),
        Twin(
            "no_rate", "learning_rate * new_V", "new_V",
            title="the learning rate is missing",
            says="Your W moves by the whole velocity, without α.",
            breaks=STEP,
            asks="What makes a step short enough?",
        ),
        Twin(
            "order_of_results", "return new_W, new_V", "return new_V, new_W",
            title="the two results come in another order",
            says="You return the velocity first; the new W is asked for first, then the new V.",
            breaks="return new_W, new_V",
            asks="Which one comes first in the docstring?",
        ),
        Twin(
            "swapped_share", "kept = beta * V", "kept = (1 - beta) * V",
            title="β and 1 − β are interchanged",
            says="Your velocity keeps 1 − β of the old one instead of β: it forgets too fast.",
            breaks=VELOCITY,
            asks="With β = 0.9, which part of the velocity should remain?",
        ),
        Twin(
            "swapped_average", "kept + dW", "(1 - beta) * V + beta * dW",
            title="an average with β and 1 − β interchanged",
            says="Your velocity is (1 − β) V + β dW; the formula keeps β V and adds the whole dW.",
            breaks=VELOCITY,
            asks="Which of the two does β multiply?",
        ),
        Twin(
            "shrinks_all", "kept + dW", "beta * (V + dW)",
            title="β shrinks the new gradient, too",
            says="Your velocity is β (V + dW): the gradient loses a part before it has worked once.",
            breaks=VELOCITY,
            asks="What exactly stands to the right of β?",
        ),
        Twin(
            "look_ahead", "learning_rate * new_V", "learning_rate * (beta * new_V + dW)",
            title="this is Nesterov's form",
            says="Your W moves by α (β V' + dW): that is Nesterov's momentum, which looks a step ahead.",
            breaks=STEP,
            asks="What does the second formula multiply by α?",
        ),
    ),
    hints=(
        "Two lines: first the velocity, then the weights. Which of the two uses the other's new value?",
        "The new velocity is β times the old one plus the gradient; the weights lose α times the new velocity.",
        "new_V = beta * V + dW, then new_W = W − learning_rate * new_V; return both.",
    ),
    why="A direction in which gradients agree adds up to 1 / (1 − β) times the step; where they alternate they cancel.",
)  # fmt: skip
