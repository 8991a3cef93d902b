"""One batch's way through a network's layers: forward, the loss, and back."""

from __future__ import annotations

from collections.abc import Sequence

from glassnet.maths.types import Array, NxD, NxK, VectorN
from glassnet.nn.layer import Layer
from glassnet.nn.loss import Loss

__all__ = ["Pass"]


class Pass:
    """A batch that goes through the layers when this is made, and back when asked.

    Training, the trace, the gradient check and the search for evidence all look at this one record.

    Parameters
    ----------
    layers : sequence of Layer
    X : (N, n_inputs) array
    training : bool
        Whether dropout is active, and batch statistics are used and taken note of. The outputs are then
        the layers' own buffers, valid until the next batch.
    remember : bool
        Whether the layers keep what the way back needs, as they always do in training. Where they need
        not, nothing in them changes: many threads may send batches through the same layers at once.

    Attributes
    ----------
    outputs : list of array
        X, the first layer's output, ..., the last one's.
    A : (N, n_outputs) array
        The answer: the last of them.
    Y : (N, n_outputs) array
        The targets that :meth:`measure` was given.
    loss : float
        What it found.
    loss_name : str
    derivatives : list of array or None
        The loss's derivative by each of ``outputs``, once :meth:`backward` was called; None where nobody
        needed it: for X, and for the output of a softmax or sigmoid that was derived as one with the loss.

    Examples
    --------
    >>> import numpy as np
    >>> from glassnet.nn import mlp
    >>> net = mlp(4, 3, 2, seed=0)
    >>> [A.shape for A in Pass(net.layers, np.ones((1, 4), np.float32)).outputs]
    [(1, 4), (1, 3), (1, 3), (1, 2), (1, 2)]
    """

    Y: NxK
    loss: float
    derivatives: list[Array | None]

    def __init__(
        self, layers: Sequence[Layer], X: NxD, *, training: bool = False, remember: bool = False
    ) -> None:
        self.layers = layers
        self.outputs = [X]
        for layer in layers:
            self.outputs.append(layer.forward(self.outputs[-1], training, remember))
        self.A = self.outputs[-1]

    @property
    def loss_name(self) -> str:
        """Which loss was measured."""
        return self._loss.name

    def measure(self, loss: Loss, Y: NxK, weight: VectorN | None = None) -> float:
        """The mean loss of the answer; from the logits Z, where the output layer and the loss are one."""
        self._loss, self.Y, self._weight = loss, Y, weight
        if self._fused and loss.from_logits is not None:
            self.loss = loss.from_logits(self.outputs[-2], Y, weight, self.A)
        else:
            self.loss = loss.value(self.A, Y, weight)
        return self.loss

    @property
    def _fused(self) -> bool:
        return self._loss.fused_with is not None and isinstance(self.layers[-1], self._loss.fused_with)

    def backward(self, input_gradient: bool = False) -> None:
        """Fill the layers' derivatives by their parameters, and ``derivatives``.

        ``input_gradient`` asks for that of X too.
        """
        loss, layers = self._loss, list(enumerate(self.layers))
        dA: Array | None
        if self._fused and loss.fused_vjp is not None:
            dA = loss.fused_vjp(self.A, self.Y, self._weight)
            layers.pop()
            derivatives: list[Array | None] = [None, dA]
        else:
            dA = loss.vjp(self.A, self.Y, self._weight)
            derivatives = [dA]
        for i, layer in reversed(layers):
            assert dA is not None  # only the first layer hands nothing back
            dA = layer.backward(dA, input_gradient=i > 0 or input_gradient)
            derivatives.append(dA)
        self.derivatives = derivatives[::-1]
