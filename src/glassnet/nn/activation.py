"""Activations as layers: each is a function of the page and its product, nothing more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from glassnet.maths import activations as f
from glassnet.maths.softmax import softmax, softmax_vjp
from glassnet.maths.types import Array
from glassnet.nn.layer import Layer

__all__ = [
    "ACTIVATIONS", "ELU", "GELU", "Activation", "Identity", "LeakyReLU", "ReLU", "SiLU", "Sigmoid", "Softmax",
    "Softplus", "Tanh", "activation_layer",
]  # fmt: skip


class Activation(Layer):
    """A = f(Z), the same number of units before and after."""

    function: Callable[..., Array]
    vjp: Callable[..., Array]
    kinked: ClassVar[bool] = False
    """Has no derivative at 0; gradient checks keep away from there."""
    piecewise_linear: ClassVar[bool] = False

    def arguments(self) -> dict[str, float]:
        """Parameters of the function, if it has any."""
        return {}

    def forward(self, X: Array, training: bool) -> Array:
        self.Z = X
        out = self._kept("A", X, X.shape) if training else None
        self.A = self.function(X, **self.arguments(), out=out)
        return self.A

    def backward(self, dA: Array, input_gradient: bool = True) -> Array | None:
        if not input_gradient:
            return None
        dZ = self._kept("dZ", self.Z, self.Z.shape)
        return self.vjp(dA, self.Z, self.A, **self.arguments(), out=dZ)

    def config(self) -> dict[str, Any]:
        return {**super().config(), **self.arguments()}


class ReLU(Activation):
    """A = max(0, Z)."""

    function, vjp = staticmethod(f.relu), staticmethod(f.relu_vjp)
    kinked = piecewise_linear = True


class LeakyReLU(Activation):
    """A = Z where Z > 0, else slope Z.

    Parameters
    ----------
    slope : float
        In [0, 1].

    Raises
    ------
    ValueError
        If the slope is out of its range.
    """

    function, vjp = staticmethod(f.leaky_relu), staticmethod(f.leaky_relu_vjp)
    kinked = piecewise_linear = True

    def __init__(self, slope: float = 0.01) -> None:
        if not 0 <= slope <= 1:
            raise ValueError(f"slope must be in [0, 1], not {slope!r}")
        self.slope = slope

    def arguments(self) -> dict[str, float]:
        return {"slope": self.slope}


class ELU(Activation):
    """A = Z where Z > 0, else alpha (e^Z - 1).

    Parameters
    ----------
    alpha : float
        Above 0.

    Raises
    ------
    ValueError
        If alpha is out of its range.
    """

    function, vjp = staticmethod(f.elu), staticmethod(f.elu_vjp)
    kinked = True

    def __init__(self, alpha: float = 1.0) -> None:
        if not alpha > 0:
            raise ValueError(f"alpha must be above 0, not {alpha!r}")
        self.alpha = alpha

    def arguments(self) -> dict[str, float]:
        return {"alpha": self.alpha}


class GELU(Activation):
    """A = Z Phi(Z), or its well-known form with tanh.

    Parameters
    ----------
    approximate : bool
        Use the tanh form, which is a little faster and differs by less than 5e-4.
    """

    def __init__(self, approximate: bool = False) -> None:
        self.approximate = bool(approximate)
        self.function, self.vjp = (f.gelu_tanh, f.gelu_tanh_vjp) if approximate else (f.gelu, f.gelu_vjp)

    def config(self) -> dict[str, Any]:
        return {**super().config(), "approximate": self.approximate}


class SiLU(Activation):
    """A = Z sigmoid(Z)."""

    function, vjp = staticmethod(f.silu), staticmethod(f.silu_vjp)


class Sigmoid(Activation):
    """A = 1 / (1 + e^-Z)."""

    function, vjp = staticmethod(f.sigmoid), staticmethod(f.sigmoid_vjp)


class Tanh(Activation):
    """A = tanh(Z)."""

    function, vjp = staticmethod(f.tanh), staticmethod(f.tanh_vjp)


class Softplus(Activation):
    """A = log(1 + e^Z)."""

    function, vjp = staticmethod(f.softplus), staticmethod(f.softplus_vjp)


class Softmax(Activation):
    """A = e^Z / sum over the layer's units of e^Z."""

    function, vjp = staticmethod(softmax), staticmethod(softmax_vjp)


class Identity(Activation):
    """A = Z."""

    function, vjp = staticmethod(f.identity), staticmethod(f.identity_vjp)
    piecewise_linear = True


ACTIVATIONS: dict[str, Callable[[], Activation]] = {
    "relu": ReLU,
    "leaky_relu": LeakyReLU,
    "elu": ELU,
    "gelu": GELU,
    "gelu_tanh": lambda: GELU(approximate=True),
    "silu": SiLU,
    "sigmoid": Sigmoid,
    "tanh": Tanh,
    "softplus": Softplus,
    "softmax": Softmax,
    "identity": Identity,
}
"""The names by which ``mlp`` and recipes know them."""


def activation_layer(name: str) -> Activation:
    """A new activation layer by its name (``glassnet.nn.ACTIVATIONS``).

    Raises
    ------
    ValueError
        If there is none of that name.
    """
    if name not in ACTIVATIONS:
        raise ValueError(f"no activation is called {name!r}; there are {', '.join(ACTIVATIONS)}")
    return ACTIVATIONS[name]()
