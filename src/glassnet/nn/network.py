"""A stack of layers and a loss."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from glassnet.maths.penalties import add_elastic_net_vjp, clip_column_norms, elastic_net
from glassnet.maths.types import Array
from glassnet.nn.checks import check_batch, check_inputs, check_layers, check_settings
from glassnet.nn.conversion import read_sklearn, read_state_dict
from glassnet.nn.dense import Dense
from glassnet.nn.layer import Layer, layer_from_config
from glassnet.nn.loss import loss_named
from glassnet.nn.parameters import Parameters
from glassnet.nn.passes import Pass
from glassnet.nn.trace import Trace, record

__all__ = ["Network"]


class Network:
    """A feed-forward network whose every number can be looked at.

    Many threads may predict, trace and find evidence with one network at once; only one may train it.

    Parameters
    ----------
    layers : sequence of Layer
        From input to output; the first one must be a :class:`Dense`, which says how many inputs there are.
    loss : {"cross_entropy", "log_loss", "mse", "half_squared_error", "poisson"}
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
    preparation : object or None
        How its inputs are made of pixels, where whoever trained it noted that; not saved with it.

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
        check_layers(self.layers)
        check_settings(self.dtype, loss, l1, l2, max_norm, label_smoothing)
        self.loss = loss_named(loss)
        self.n_inputs: int = self.layers[0].n_inputs
        self.n_outputs = self.n_inputs
        for layer in self.layers:
            self.n_outputs = layer.connect(self.n_outputs)
        self._take(Parameters(self.layers, self.dtype))
        self.rng = np.random.default_rng(seed)
        self.preparation: Any = None
        for layer in self.layers:
            layer.start(self.rng)

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
        return Pass(self.layers, check_inputs(X, self.n_inputs, self.dtype), training=training).A

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
        batch = self.forward_pass(X, y, sample_weight, l2, training=True)
        self.backward_pass(batch, l2)
        return batch.loss, batch.A

    def evaluate_loss(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> float:
        """The mean loss at inference, without penalties and label smoothing."""
        return self.outputs_and_loss(*self._checked(X, y, sample_weight))[1]

    def outputs_and_loss(
        self, X: Array, y: np.ndarray, sample_weight: Array | None = None
    ) -> tuple[Array, float]:
        """The same for trusted arguments: (A, loss).

        The loss comes from the logits where it can: a probability rounded to 0 or 1 does not tell it.
        """
        batch = Pass(self.layers, X)
        return batch.A, batch.measure(self.loss, self.loss.targets(y, batch.A), sample_weight)

    def forward_pass(
        self,
        X: Array,
        y: np.ndarray,
        sample_weight: Array | None = None,
        l2: float | None = None,
        *,
        training: bool = False,
        remember: bool = False,
    ) -> Pass:
        """Every layer's output, and the loss with its penalties; arguments are trusted.

        What ``training`` and ``remember`` mean, :class:`Pass` says.
        """
        batch = Pass(self.layers, X, training=training, remember=remember)
        batch.measure(self.loss, self.loss.targets(y, batch.A, self.label_smoothing), sample_weight)
        batch.loss += elastic_net(self.theta[self.decayed], self.l1, self.l2 if l2 is None else l2)
        return batch

    def backward_pass(self, batch: Pass, l2: float | None = None, *, input_gradient: bool = False) -> None:
        """Fill :attr:`grad` and the pass's ``derivatives``, with that by X if it is asked for."""
        batch.backward(input_gradient)
        W, dW = self.theta[self.decayed], self.grad[self.decayed]
        add_elastic_net_vjp(W, self.l1, self.l2 if l2 is None else l2, dW)

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
        twin = self.copy()
        before = twin.forward_pass(X, y, weight, training=training, remember=True)
        twin.backward_pass(before)

        def step() -> Pass:
            twin.theta -= learning_rate * twin.grad
            twin.project()
            twin.rng.bit_generator.state = self.rng.bit_generator.state  # the same units are dropped again
            return twin.forward_pass(X, y, weight, training=training)

        return record(before, step, y, learning_rate)

    def copy(self) -> Network:
        """An independent network with the same numbers, dropout's next mask included."""
        twin = _rebuild(self.config(), self.theta, self.state, self.rng, self.preparation)
        twin.grad[...] = self.grad
        return twin

    def __reduce__(self) -> tuple[Callable[..., Network], tuple[Any, ...]]:
        # views do not survive pickling or deepcopy by themselves
        return _rebuild, (self.config(), self.theta, self.state, self.rng, self.preparation)

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

    @classmethod
    def from_sklearn(cls, fitted: Any, dtype: DTypeLike | None = None) -> Network:
        """The network inside a fitted MLPClassifier or MLPRegressor, scikit-learn's or Glassnet's.

        :func:`glassnet.nn.conversion.read_sklearn` says more of the parameters. It is an independent one,
        with the same answers; of ``loss="poisson"`` with their logarithms.
        """
        own = getattr(fitted, "network_", None)
        return own.copy() if isinstance(own, Network) else read_sklearn(fitted, dtype).into(cls)

    @classmethod
    def from_state_dict(
        cls,
        arrays: Mapping[str, ArrayLike],
        activation: str | Sequence[str] = "relu",
        *,
        output: str | None = None,
        loss: str = "cross_entropy",
        epsilon: float = 1e-5,
        dtype: DTypeLike | None = None,
    ) -> Network:
        """The network whose arrays a PyTorch ``Sequential`` of Linear and BatchNorm1d gives.

        :func:`glassnet.nn.conversion.read_state_dict` says what the parameters are.
        """
        read = read_state_dict(arrays, activation, output=output, loss=loss, epsilon=epsilon, dtype=dtype)
        return read.into(cls)

    def __repr__(self) -> str:
        return f"Network([{', '.join(map(repr, self.layers))}], loss={self.loss.name!r})"

    def _checked(
        self, X: ArrayLike, y: ArrayLike, weight: ArrayLike | None
    ) -> tuple[Array, np.ndarray, Array | None]:
        X = check_inputs(X, self.n_inputs, self.dtype)
        return X, *check_batch(X, y, weight, self.loss.name, self.n_outputs)


def _rebuild(
    config: dict[str, Any], theta: Array, state: Array, rng: np.random.Generator, preparation: Any = None
) -> Network:
    network = Network.from_config(config)
    network.preparation = preparation
    network.theta[...] = theta
    network.state[...] = state
    network.rng.bit_generator.state = rng.bit_generator.state
    return network
