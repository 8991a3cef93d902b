"""Evidence: what each number of an input says for and against each answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike, NDArray

from glassnet.maths.types import Array, VectorD, VectorK
from glassnet.nn.activation import Activation
from glassnet.nn.network import Network
from glassnet.nn.passes import Pass

__all__ = ["EXACT", "GRADIENT_TIMES_INPUT", "Evidence", "find_evidence"]

EXACT = "exact contributions"
GRADIENT_TIMES_INPUT = "gradient × input"

KxD = Annotated[Array, "K D"]


@dataclass(frozen=True)
class Evidence:
    """One input's contributions to each logit: ``logits = contributions.sum(axis=1) + bias``.

    A network of piecewise-linear activations is, for one input, nothing but an affine map: the units that
    are silent are crossed out, and what is left multiplies to one matrix. Then the sum is exact, and
    ``bias`` is that map's own constant. For other activations the contributions are gradient × input,
    and ``bias`` is what they leave unexplained.

    Attributes
    ----------
    x : (n,) array
        The input, as the network sees it.
    logits : (K,) array
        What goes into softmax or sigmoid; the outputs of a network that ends without either.
    weights : (K, n) array
        The effective weight of each input number: the logits' derivatives.
    contributions : (K, n) array
        ``weights * x``.
    bias : (K,) array
    exact : bool
        Whether the network is piecewise linear.
    """

    x: VectorD
    logits: VectorK
    weights: KxD
    contributions: KxD
    bias: VectorK
    exact: bool

    @property
    def method(self) -> str:
        """What the contributions are called."""
        return EXACT if self.exact else GRADIENT_TIMES_INPUT

    @property
    def ranking(self) -> NDArray[np.intp]:
        """The outputs by their logits: winner, runner-up, ..."""
        return np.argsort(-self.logits, kind="stable")

    def difference(self, one: int, other: int) -> tuple[VectorD, float]:
        """What speaks for one output rather than another: contributions (n,), and the biases' difference."""
        return self.contributions[one] - self.contributions[other], float(self.bias[one] - self.bias[other])


def find_evidence(network: Network, x: ArrayLike) -> Evidence:
    """Contributions of one input to every logit, at inference.

    Parameters
    ----------
    network : Network
    x : (n_inputs,) array
        One input, prepared as in training.

    Returns
    -------
    Evidence
        In float64, arrays read-only.

    Raises
    ------
    ValueError
        If x is not of that shape.

    Examples
    --------
    >>> from glassnet.nn import mlp
    >>> net = mlp(4, 8, 3, seed=0)
    >>> found = find_evidence(net, [0.5, 0, 1, 0])
    >>> found.exact, found.contributions.shape
    (True, (3, 4))
    >>> bool(np.allclose(found.contributions.sum(axis=1) + found.bias, found.logits))
    True
    """
    x = np.array(x, dtype=network.dtype)
    if x.shape != (network.n_inputs,):
        raise ValueError(f"one input of shape ({network.n_inputs},) is needed, not {x.shape}")
    last = network.layers[-1]
    layers = network.layers[:-1] if isinstance(last, Activation) and last.probabilities else network.layers
    X: Array = x[np.newaxis].astype(np.float64)  # NumPy then computes all that follows in float64
    outputs = Pass(layers, X).outputs
    logits = outputs[-1][0]
    exact = all(layer.piecewise_linear for layer in layers)

    # Backwards: G[k] holds the derivative of logit k by the layer's output, bias[k] what was constant so far.
    G: Array = np.eye(len(logits))
    bias: Array = np.zeros(len(logits))
    for layer, taken, given in reversed(list(zip(layers, outputs, outputs[1:], strict=False))):
        by_output, G = G, layer.inference_vjp(G, taken, given)
        bias += by_output @ given[0] - G @ taken[0]
    contributions = G * x
    if not exact:
        bias = logits - contributions.sum(axis=1)
    for array in (x, logits, G, contributions, bias):
        array.flags.writeable = False
    return Evidence(x, logits, G, contributions, bias, exact)
