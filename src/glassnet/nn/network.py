"""A stack of layers and a loss."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from glassnet.maths.penalties import clip_column_norms, l1, l1_vjp, l2, l2_vjp
from glassnet.maths.types import Array
from glassnet.nn.dense import Dense
from glassnet.nn.from_others import FromOthers
from glassnet.nn.layer import Layer, layer_from_config
from glassnet.nn.loss import check_targets, loss_named
from glassnet.nn.parameters import Parameters
from glassnet.nn.trace import Trace, record

__all__ = ["Network"]


class Network(FromOthers):
    """A feed-forward network whose every number can be looked at.

    Parameters
    ----------
    layers : sequence of Layer
        From input to output; the first one must be a :class:`Dense`, which says how many inputs there are.
    loss : {"cross_entropy", "log_loss", "mse", "poisson"}
        With Softmax and cross_entropy, or Sigmoid and log_loss, at the end, both are derived as one.
    seed : int or numpy.random.Generator
        Draws the first weights, and then dropout's masks.
    dtype : {"float32", "float64"}
        Type of every number.
    l1, l2 : float
        Penalties on the weights (never the biases): ``l1 * sum |W|`` and ``l2 / 2 * sum W^2``, >= 0.
    max_norm : float, optional
        After each update no unit's incoming weights are longer than this, > 0.
    label_smoothing : float
        Share of the target that is spread over all classes, in [0, 1); cross_entropy only.

    Attributes
    ----------
    layers : list of Layer
    theta, grad : (P,) arrays
        All parameters, and the loss's derivatives by them. Layers hold views: ``layer.W``, ``layer.dW``.
    state : (S,) array
        Running statistics of BatchNorm layers.
    parameters, gradients, statistics : dict of str to array
        The same by name: ``"0.W"`` is the first layer's W.
    decayed : slice
        The weights' part of theta.

    Raises
    ------
    ValueError
        If layers do not fit one another or a parameter is out of its range.

    Examples
    --------
    >>> from glassnet.nn import Dense, Network, ReLU, Softmax
    >>> net = Network([Dense(4, 3), ReLU(), Dense(3, 2), Softmax()], loss="cross_entropy", seed=0)
    >>> net.n_parameters
    23
    >>> net.forward(np.zeros((1, 4)))
    array([[0.5, 0.5]], dtype=float32)
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        loss: str = "cross_entropy",
        *,
        seed: int | np.random.Generator = 0,
        dtype: DTypeLike = "float32",
        l1: float = 0.0,
        l2: float = 0.0,
        max_norm: float | None = None,
        label_smoothing: float = 0.0,
    ) -> None:
        self.layers = list(layers)
        self.dtype = np.dtype(dtype)
        self.l1, self.l2, self.max_norm, self.label_smoothing = l1, l2, max_norm, label_smoothing
        self._check(loss)
        self.loss = loss_named(loss)
        self.n_inputs: int = self.layers[0].n_inputs
        self.n_outputs = self.n_inputs
        for layer in self.layers:
            self.n_outputs = layer.connect(self.n_outputs)
        self._take(Parameters(self.layers, self.dtype))
        self.rng = np.random.default_rng(seed)
        for layer in self.layers:
            layer.start(self.rng)

    def _check(self, loss: str) -> None:
        if not self.layers or not isinstance(self.layers[0], Dense):
            raise ValueError("a network begins with a Dense layer, which says how many inputs there are")
        if len({id(layer) for layer in self.layers}) != len(self.layers):
            raise ValueError("the same layer object stands twice in the network; make one for each place")
        if self.dtype not in (np.dtype("float32"), np.dtype("float64")):
            raise ValueError(f"dtype must be float32 or float64, not {self.dtype}")
        if self.l1 < 0 or self.l2 < 0:
            raise ValueError(f"penalties must be 0 or more, not l1={self.l1}, l2={self.l2}")
        if self.max_norm is not None and not self.max_norm > 0:
            raise ValueError(f"max_norm must be above 0, not {self.max_norm}")
        if not 0 <= self.label_smoothing < 1:
            raise ValueError(f"label_smoothing must be in [0, 1), not {self.label_smoothing}")
        if self.label_smoothing and loss != "cross_entropy":
            raise ValueError(f"label_smoothing goes with cross_entropy, not with {loss}")

    def _take(self, parameters: Parameters) -> None:
        self.theta, self.grad, self.state = parameters.theta, parameters.grad, parameters.state
        self.parameters, self.gradients = parameters.values, parameters.gradients
        self.statistics, self.decayed = parameters.statistics, parameters.decayed

    @property
    def n_parameters(self) -> int:
        """How many numbers are learned."""
        return self.theta.size

    # --- forward, loss, backward ---------------------------------------------------------------------

    def forward(self, X: ArrayLike, training: bool = False) -> Array:
        """The outputs A (N, n_outputs) for inputs X (N, n_inputs).

        With ``training=True`` dropout is active, batch statistics are used and taken note of, and the
        result is valid until the next batch only.

        Raises
        ------
        ValueError
            If X is not of that shape.
        """
        return self._forward(self._inputs(X), training)[-1]

    def predict_proba(self, X: ArrayLike, chunk: int = 2048) -> Array:
        """:meth:`forward` a chunk at a time, so that memory stays small."""
        X = np.asarray(X)
        if len(X) <= chunk:
            return self.forward(X)
        return np.concatenate([self.forward(X[i : i + chunk]) for i in range(0, len(X), chunk)])

    def loss_and_gradients(
        self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None
    ) -> tuple[float, dict[str, Array]]:
        """One training pass forward and backward.

        Parameters
        ----------
        X : (N, n_inputs) array
        y : (N,) integer labels, or (N, n_outputs) targets
        sample_weight : (N,) array, optional
            The loss becomes the weighted mean.

        Returns
        -------
        loss : float
            Penalties included.
        gradients : dict
            ``{"0.W": ..., "0.b": ...}``: views into :attr:`grad`, valid until the next call.

        Raises
        ------
        ValueError
            If shapes or labels do not fit.
        """
        loss, _ = self.step_gradients(*self._checked(X, y, sample_weight))
        return loss, self.gradients

    def step_gradients(
        self, X: Array, y: np.ndarray, sample_weight: Array | None = None, l2: float | None = None
    ) -> tuple[float, Array]:
        """The same for the training loop: arguments are trusted; gives (loss, A) and fills :attr:`grad`.

        ``l2`` is used for this pass instead of the network's own penalty.
        """
        outputs = self._forward(X, training=True)
        Y = self.loss.targets(y, outputs[-1], self.label_smoothing)
        value = self._loss_value(outputs, Y, sample_weight)
        self._backward(outputs, Y, sample_weight, l2)
        return value + self._penalty(l2), outputs[-1]

    def evaluate_loss(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> float:
        """The mean loss at inference, without penalties and label smoothing."""
        return self.outputs_and_loss(*self._checked(X, y, sample_weight))[1]

    def outputs_and_loss(
        self, X: Array, y: np.ndarray, sample_weight: Array | None = None
    ) -> tuple[Array, float]:
        """The same for trusted arguments: (A, loss).

        The loss comes from the logits where it can: a probability rounded to 0 or 1 does not tell it.
        """
        outputs = self._forward(X, training=False)
        return outputs[-1], self._loss_value(outputs, self.loss.targets(y, outputs[-1]), sample_weight)

    def _forward(self, X: Array, training: bool) -> list[Array]:
        """[X, the first layer's output, ..., A]."""
        outputs = [X]
        for layer in self.layers:
            outputs.append(layer.forward(outputs[-1], training))
        return outputs

    def _loss_value(self, outputs: list[Array], Y: Array, weight: Array | None) -> float:
        if self.fused and self.loss.from_logits is not None:
            return self.loss.from_logits(outputs[-2], Y, weight, outputs[-1])
        return self.loss.value(outputs[-1], Y, weight)

    def _backward(
        self, outputs: list[Array], Y: Array, weight: Array | None, l2: float | None = None
    ) -> list[Array | None]:
        """Fill grad; give the loss's derivative by every layer's output, first to last (None: not needed)."""
        A = outputs[-1]
        layers = list(enumerate(self.layers))
        dA: Array | None
        if self.fused and self.loss.fused_vjp is not None:
            dA = self.loss.fused_vjp(A, Y, weight)
            layers.pop()
            derivatives: list[Array | None] = [None, dA]
        else:
            dA = self.loss.vjp(A, Y, weight)
            derivatives = [dA]
        for i, layer in reversed(layers):
            assert dA is not None  # only the first layer hands nothing back
            dA = layer.backward(dA, input_gradient=i > 0)
            derivatives.append(dA)
        self._penalize(l2)
        return derivatives[::-1]

    @property
    def fused(self) -> bool:
        """Whether the output layer and the loss are derived as one."""
        return self.loss.fused_with is not None and isinstance(self.layers[-1], self.loss.fused_with)

    def _penalty(self, strength: float | None = None) -> float:
        W, strength = self.theta[self.decayed], self.l2 if strength is None else strength
        return (l1(W, self.l1) if self.l1 else 0.0) + (l2(W, strength) if strength else 0.0)

    def _penalize(self, strength: float | None = None) -> None:
        W, dW = self.theta[self.decayed], self.grad[self.decayed]
        strength = self.l2 if strength is None else strength
        if self.l1:
            dW += l1_vjp(W, self.l1)
        if strength:
            dW += l2_vjp(W, strength)

    def project(self) -> None:
        """Bring the weights back within max-norm; the training loop calls it after each update."""
        if self.max_norm is not None:
            for layer in self.layers:
                if isinstance(layer, Dense):
                    clip_column_norms(layer.W, self.max_norm)

    # --- the glass -----------------------------------------------------------------------------------

    def trace(
        self,
        X: ArrayLike,
        y: ArrayLike,
        learning_rate: float = 0.1,
        sample_weight: ArrayLike | None = None,
        training: bool = False,
    ) -> Trace:
        """Every array of one pass forward, backward and one step of gradient descent.

        The network itself stays as it is: the pass runs on a copy.

        Parameters
        ----------
        X, y, sample_weight
            As in :meth:`loss_and_gradients`.
        learning_rate : float
            Of the step.
        training : bool
            Whether dropout is active and batch statistics are used; without it one sees the network as it
            answers.

        Returns
        -------
        Trace
            Frozen, all arrays read-only.
        """
        X, y, weight = self._checked(X, y, sample_weight)
        return record(self.copy(), X, y, weight, learning_rate, training)

    def copy(self) -> Network:
        """An independent network with the same numbers, dropout's next mask included."""
        twin = Network.from_config(self.config())
        twin.theta[...] = self.theta
        twin.grad[...] = self.grad
        twin.state[...] = self.state
        twin.rng.bit_generator.state = self.rng.bit_generator.state
        return twin

    def __reduce__(self) -> tuple[Callable[..., Network], tuple[Any, ...]]:
        # views do not survive pickling or deepcopy by themselves
        return _rebuild, (self.config(), self.theta, self.state, self.rng)

    # --- as data -------------------------------------------------------------------------------------

    def config(self) -> dict[str, Any]:
        """Architecture, loss and penalties as plain data that JSON can hold."""
        return {
            "layers": [layer.config() for layer in self.layers],
            "loss": self.loss.name,
            "dtype": self.dtype.name,
            "l1": self.l1,
            "l2": self.l2,
            "max_norm": self.max_norm,
            "label_smoothing": self.label_smoothing,
        }

    @classmethod
    def from_config(cls, config: dict[str, Any], seed: int | np.random.Generator = 0) -> Network:
        """Build a fresh network from what :meth:`config` gave.

        Raises
        ------
        ValueError
            If the configuration names a layer or a parameter that does not exist.
        """
        rest = {k: v for k, v in config.items() if k != "layers"}
        return cls([layer_from_config(c) for c in config["layers"]], seed=seed, **rest)

    def __repr__(self) -> str:
        return f"Network([{', '.join(map(repr, self.layers))}], loss={self.loss.name!r})"

    def _inputs(self, X: ArrayLike) -> Array:
        X = np.asarray(X, dtype=self.dtype)
        if X.ndim != 2 or X.shape[1] != self.n_inputs:
            raise ValueError(f"X must be of shape (N, {self.n_inputs}), not {X.shape}")
        return X

    def _checked(
        self, X: ArrayLike, y: ArrayLike, weight: ArrayLike | None
    ) -> tuple[Array, np.ndarray, Array | None]:
        X, y = self._inputs(X), np.asarray(y)
        check_targets(self.loss.name, y, len(X), self.n_outputs)
        if weight is None:
            return X, y, None
        weight = np.asarray(weight, dtype=self.dtype)
        if weight.shape != (len(X),) or not np.all(weight >= 0):
            raise ValueError(
                f"sample_weight must be {len(X)} numbers, none below 0; has shape {weight.shape}"
            )
        return X, y, weight


def _rebuild(config: dict[str, Any], theta: Array, state: Array, rng: np.random.Generator) -> Network:
    network = Network.from_config(config)
    network.theta[...] = theta
    network.state[...] = state
    network.rng.bit_generator.state = rng.bit_generator.state
    return network
