"""The activations: each is a function of the page, its product, and what it says about itself."""

from __future__ import annotations

from typing import Any

from glassnet.maths import activations as f
from glassnet.maths.softmax import softmax, softmax_vjp
from glassnet.nn.activation import Activation
from glassnet.nn.layer import Graph

__all__ = [
    "ELU", "GELU", "Identity", "LeakyReLU", "ReLU", "SiLU", "Sigmoid", "Softmax", "Softplus", "Tanh",
]  # fmt: skip


class ReLU(Activation):
    """A = max(0, Z)."""

    name = "relu"
    function, vjp = staticmethod(f.relu), staticmethod(f.relu_vjp)
    formula, derivative = "max(0, {z})", "1 where {z} > 0, else 0"
    onnx_operator = "Relu"
    js, js_slope = "Math.max(z, 0)", "z > 0 ? 1 : 0"
    kinked = piecewise_linear = silences = True


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

    name = "leaky_relu"
    function, vjp = staticmethod(f.leaky_relu), staticmethod(f.leaky_relu_vjp)
    formula = "{z} where {z} > 0, else {self.slope:g} {z}"
    derivative = "1 where {z} > 0, else {self.slope:g}"
    onnx_operator = "LeakyRelu"
    js, js_slope = "z > 0 ? z : l.slope * z", "z > 0 ? 1 : l.slope"
    kinked = piecewise_linear = True

    def __init__(self, slope: float = 0.01) -> None:
        if not 0 <= slope <= 1:
            raise ValueError(f"slope must be in [0, 1], not {slope!r}")
        self.slope = slope

    def arguments(self) -> dict[str, float]:
        return {"slope": self.slope}

    def onnx_attributes(self) -> dict[str, Any]:
        return {"alpha": self.slope}


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

    name = "elu"
    function, vjp = staticmethod(f.elu), staticmethod(f.elu_vjp)
    formula = "{z} where {z} > 0, else {self.alpha:g} (e^{z} − 1)"
    derivative = "1 where {z} > 0, else {a} + {self.alpha:g}"
    onnx_operator = "Elu"
    js = "z > 0 ? z : l.alpha * Math.expm1(z)"
    kinked = True

    def __init__(self, alpha: float = 1.0) -> None:
        if not alpha > 0:
            raise ValueError(f"alpha must be above 0, not {alpha!r}")
        self.alpha = alpha

    def arguments(self) -> dict[str, float]:
        return {"alpha": self.alpha}

    def onnx_attributes(self) -> dict[str, Any]:
        return {"alpha": self.alpha}


class GELU(Activation):
    """A = Z Phi(Z), or its well-known form with tanh.

    Parameters
    ----------
    approximate : bool
        Use the tanh form, which is a little faster and differs by less than 5e-4.
    """

    name = "gelu"
    variants = {"gelu_tanh": {"approximate": True}}  # noqa: RUF012  # nobody changes it
    formula, derivative = "{z} Φ({z})", "Φ({z}) + {z} φ({z})"
    onnx_operator = "Gelu"
    js = (
        "0.5 * z * (1 + (l.approximate ? Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3)) "
        ": erf(z / Math.SQRT2)))"
    )

    def __init__(self, approximate: bool = False) -> None:
        self.approximate = bool(approximate)
        self.function, self.vjp = (f.gelu_tanh, f.gelu_tanh_vjp) if approximate else (f.gelu, f.gelu_vjp)

    def config(self) -> dict[str, Any]:
        return {**super().config(), "approximate": self.approximate}

    def onnx_attributes(self) -> dict[str, Any]:
        return {"approximate": "tanh" if self.approximate else "none"}


class SiLU(Activation):
    """A = Z sigmoid(Z)."""

    name = "silu"
    function, vjp = staticmethod(f.silu), staticmethod(f.silu_vjp)
    formula, derivative = "{z} σ({z})", "σ({z}) (1 + {z} (1 − σ({z})))"
    js = "z * sigmoid(z)"

    def onnx(self, graph: Graph, x: str, k: int) -> str:
        return graph.add("Mul", [x, graph.add("Sigmoid", [x], f"{k}.A gate")], f"{k}.A")


class Sigmoid(Activation):
    """A = 1 / (1 + e^-Z)."""

    name, sklearn_name = "sigmoid", "logistic"
    function, vjp = staticmethod(f.sigmoid), staticmethod(f.sigmoid_vjp)
    formula, derivative = "1 / (1 + e^−{z})", "{a} (1 − {a})"
    onnx_operator = "Sigmoid"
    js = "sigmoid(z)"
    probabilities = True
    limits = (0.0, 1.0)
    init, glorot = "xavier", 2.0


class Tanh(Activation):
    """A = tanh(Z)."""

    name = "tanh"
    function, vjp = staticmethod(f.tanh), staticmethod(f.tanh_vjp)
    formula, derivative = "tanh {z}", "1 − {a}²"
    onnx_operator = "Tanh"
    js = "Math.tanh(z)"
    limits = (-1.0, 1.0)
    init = "xavier"


class Softplus(Activation):
    """A = log(1 + e^Z)."""

    name = "softplus"
    function, vjp = staticmethod(f.softplus), staticmethod(f.softplus_vjp)
    formula, derivative = "log(1 + e^{z})", "σ({z})"
    onnx_operator = "Softplus"
    js = "Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))"


class Softmax(Activation):
    """A = e^Z / sum over the layer's units of e^Z."""

    name = "softmax"
    function, vjp = staticmethod(softmax), staticmethod(softmax_vjp)
    formula, derivative = "e^{z} / Σ e^{z}", "diag({a}) − {a}ᵀ {a}"
    backward_formula = "{a} ⊙ (d{a} − Σ d{a} {a})"
    onnx_operator = "Softmax"
    elementwise = False
    probabilities = True
    limits = (0.0, 1.0)
    init = "xavier"

    def onnx_attributes(self) -> dict[str, Any]:
        return {"axis": 1}

    def javascript(self) -> tuple[str, str]:
        return "softmax(X)", ""


class Identity(Activation):
    """A = Z."""

    name = "identity"
    function, vjp = staticmethod(f.identity), staticmethod(f.identity_vjp)
    formula, derivative = "{z}", "1"
    onnx_operator = "Identity"
    js, js_slope = "z", "1"
    piecewise_linear = True
    init = "lecun"
