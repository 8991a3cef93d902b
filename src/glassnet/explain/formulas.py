"""The formula of each layer and its derivative, in letters, for people to read."""

import ast

from glassnet.nn import Activation, StepTrace
from glassnet.nn.kinds import layer_from_config

__all__ = ["LETTERS", "activation_of", "arguments_of", "derivative", "formula", "is_idle", "letters"]

# What a layer gives; an activation gives A.
LETTERS = {"Dense": "Z", "BatchNorm": "N", "Dropout": "D"}

# Of the activation's input z; a stands for its output.
FUNCTIONS = {
    "ReLU": ("max(0, {z})", "1 where {z} > 0, else 0"),
    "LeakyReLU": ("{z} where {z} > 0, else {slope:g} {z}", "1 where {z} > 0, else {slope:g}"),
    "ELU": ("{z} where {z} > 0, else {alpha:g} (e^{z} − 1)", "1 where {z} > 0, else {a} + {alpha:g}"),
    "GELU": ("{z} Φ({z})", "Φ({z}) + {z} φ({z})"),
    "SiLU": ("{z} σ({z})", "σ({z}) (1 + {z} (1 − σ({z})))"),
    "Sigmoid": ("1 / (1 + e^−{z})", "{a} (1 − {a})"),
    "Tanh": ("tanh {z}", "1 − {a}²"),
    "Softplus": ("log(1 + e^{z})", "σ({z})"),
    "Softmax": ("e^{z} / Σ e^{z}", "diag({a}) − {a}ᵀ {a}"),
    "Identity": ("{z}", "1"),
}


def arguments_of(step: StepTrace) -> dict[str, float]:
    """The constructor's arguments, read from the description ``LeakyReLU(slope=0.01)``."""
    call = ast.parse(step.description, mode="eval").body
    assert isinstance(call, ast.Call)  # every layer's repr is its constructor call
    return {word.arg: ast.literal_eval(word.value) for word in call.keywords if word.arg}


def activation_of(step: StepTrace) -> Activation | None:
    """The activation layer that a step of a trace went through; None for another kind of layer."""
    if step.kind not in FUNCTIONS:
        return None
    layer = layer_from_config({"kind": step.kind, **arguments_of(step)})
    assert isinstance(layer, Activation)
    return layer


def formula(kind: str, z: str = "Z", **arguments: float) -> str:
    """The right-hand side of a layer's formula.

    Parameters
    ----------
    kind : str
        The layer's class.
    z : str
        The letter of its input.
    **arguments
        The layer's own.

    Examples
    --------
    >>> formula("ReLU"), formula("LeakyReLU", slope=0.01)
    ('max(0, Z)', 'Z where Z > 0, else 0.01 Z')
    >>> formula("Dense", "X"), formula("Dropout", "A", rate=0.25)
    ('X W + b', 'A ⊙ mask / 0.75')
    """
    if kind == "Dense":
        return f"{z} W + b"
    if kind == "BatchNorm":
        return f"γ ({z} − μ) / √(σ² + ε) + β"
    if kind == "Dropout":
        return f"{z} ⊙ mask / {1 - arguments['rate']:g}"
    return FUNCTIONS[kind][0].format(z=z, **arguments)


def derivative(kind: str, z: str = "Z", a: str = "A", **arguments: float) -> str:
    """The derivative of an activation's output by its input.

    >>> derivative("Sigmoid"), derivative("ReLU", z="N")
    ('A (1 − A)', '1 where N > 0, else 0')
    """
    return FUNCTIONS[kind][1].format(z=z, a=a, **arguments)


def letters(steps: tuple[StepTrace, ...]) -> list[tuple[str, str]]:
    """For each layer object of a group, the letters of what it takes and what it gives."""
    pairs, given = [], "X"
    for step in steps:
        taken, given = given, LETTERS.get(step.kind, "A")
        pairs.append((taken, given))
    return pairs


def is_idle(step: StepTrace) -> bool:
    """Whether a layer handed on what it got: dropout does at inference."""
    if step.kind != "Dropout" or not (step.output == step.input).all():
        return False
    return step.d_output is None or step.d_input is None or bool((step.d_output == step.d_input).all())
