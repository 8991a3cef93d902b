"""The formula of each layer and its derivative, in letters, for people to read."""

import ast
from typing import Any

from glassnet.nn import Activation, Layer, StepTrace
from glassnet.nn.layer import KINDS, layer_from_config

__all__ = ["backward_formula", "derivative", "formula", "is_idle", "layer_of", "letters", "own_letter"]


def layer_of(step: StepTrace) -> Layer:
    """A layer like the one that a step of a trace went through, from its description, ``ELU(alpha=1.0)``."""
    call = ast.parse(step.description, mode="eval").body
    assert isinstance(call, ast.Call)  # every layer's repr is its constructor call
    arguments: dict[str, Any] = {word.arg: ast.literal_eval(word.value) for word in call.keywords if word.arg}
    return layer_from_config({"kind": step.kind, **arguments})


def formula(layer: Layer, z: str = "Z") -> str:
    """The right-hand side of a layer's formula.

    Parameters
    ----------
    layer : Layer
    z : str
        The letter of its input.

    Examples
    --------
    >>> from glassnet.nn import Dense, Dropout, LeakyReLU, ReLU
    >>> formula(ReLU()), formula(LeakyReLU(slope=0.01))
    ('max(0, Z)', 'Z where Z > 0, else 0.01 Z')
    >>> formula(Dense(2, 3), "X"), formula(Dropout(0.25), "A")
    ('X W + b', 'A ⊙ mask / 0.75')
    """
    return layer.formula.format(z=z, self=layer)


def derivative(layer: Activation, z: str = "Z", a: str = "A") -> str:
    """The derivative of an activation's output by its input.

    >>> from glassnet.nn import ReLU, Sigmoid
    >>> derivative(Sigmoid()), derivative(ReLU(), z="N")
    ('A (1 − A)', '1 where N > 0, else 0')
    """
    return layer.derivative.format(z=z, a=a, self=layer)


def backward_formula(layer: Layer, z: str, a: str) -> str:
    """The right-hand side of the formula for a layer's dZ.

    >>> from glassnet.nn import Softmax, Tanh
    >>> backward_formula(Tanh(), "Z", "A"), backward_formula(Softmax(), "Z", "A")
    ('dA ⊙ (1 − A²)', 'A ⊙ (dA − Σ dA A)')
    """
    return layer.backward_formula.format(z=z, a=a, self=layer)


def letters(steps: tuple[StepTrace, ...]) -> list[tuple[str, str]]:
    """For each layer object of a group, the letters of what it takes and what it gives."""
    pairs, given = [], "X"
    for step in steps:
        taken, given = given, KINDS[step.kind].letter
        pairs.append((taken, given))
    return pairs


def own_letter(parameter: str) -> str:
    """The letter of one of a layer's own parameters.

    >>> own_letter("gamma"), own_letter("W")
    ('γ', 'W')
    """
    return {"gamma": "γ", "beta": "β"}.get(parameter, parameter)


def is_idle(step: StepTrace) -> bool:
    """Whether a layer handed on what it got: dropout does at inference."""
    if not KINDS[step.kind].training_only or not (step.output == step.input).all():
        return False
    return step.d_output is None or step.d_input is None or bool((step.d_output == step.d_input).all())
