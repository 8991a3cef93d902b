"""Numerical derivatives against ``backward()``, in float64."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from glassnet.maths.types import Array
from glassnet.nn.activation import ACTIVATIONS, Activation
from glassnet.nn.build import mlp
from glassnet.nn.loss import LOSSES
from glassnet.nn.network import Network
from glassnet.nn.passes import Pass

__all__ = ["TOLERANCE", "Check", "cases", "check_all", "gradcheck", "numerical_gradient", "relative_error"]

TOLERANCE = 1e-6
"""Largest relative error of a right derivative: rounding alone leaves about 1e-9."""

STEP = 1e-5
KINK_MARGIN = 1e-3
"""No unit with a kink may be nearer to it than this: 100 steps."""


class Check(NamedTuple):
    """One row of the table: what was checked, for which array, and how far off it was."""

    group: str
    case: str
    array: str
    error: float

    @property
    def passed(self) -> bool:
        """Whether the error is below the tolerance."""
        return self.error < TOLERANCE


def numerical_gradient(f: Callable[[], float], x: Array, step: float = STEP) -> Array:
    """Central differences (f(x + h) - f(x - h)) / 2h for each number of x, which is changed and put back.

    >>> x = np.array([3.0])
    >>> numerical_gradient(lambda: float(x[0] ** 2), x).round(6)
    array([6.])
    """
    gradient = np.empty_like(x)
    for i in np.ndindex(x.shape):
        old = x[i]
        x[i] = old + step
        above = f()
        x[i] = old - step
        below = f()
        x[i] = old
        gradient[i] = (above - below) / (2 * step)
    return gradient


def relative_error(a: Array, b: Array) -> float:
    """|a - b| / max(|a| + |b|, 1/1000) with Euclidean lengths: below that there is little but rounding.

    >>> relative_error(np.array([1.0, 1.0]), np.array([1.0, 1.0]))
    0.0
    """
    size = float(np.linalg.norm(a) + np.linalg.norm(b))
    return float(np.linalg.norm(a - b)) / max(size, 1e-3)


def gradcheck(
    network: Network,
    X: Array,
    y: np.ndarray,
    sample_weight: Array | None = None,
    training: bool = True,
) -> dict[str, float]:
    """Relative error of each parameter's derivative, and of the input's.

    Parameters
    ----------
    network : Network
        In float64; it is left as it is. Dropout drops the same units in every pass.
    X, y, sample_weight
        As in :meth:`Network.loss_and_gradients`. X must keep every kinked unit away from its kink.
    training : bool
        Whether dropout is active and batch statistics are used.

    Returns
    -------
    dict of str to float
        By parameter's name, and ``"X"``.

    Raises
    ------
    ValueError
        If the network is not float64, or a unit stands at a kink, where there is no derivative.
    """
    if network.dtype != np.float64:
        raise ValueError("float32 rounds too coarsely to check derivatives: use dtype='float64'")
    net = network.copy()
    X = np.array(X, dtype=np.float64)
    rng_state = net.rng.bit_generator.state

    def forward(remember: bool = False) -> Pass:
        net.rng.bit_generator.state = rng_state
        return net.forward_pass(X, y, sample_weight, training=training, remember=remember)

    batch = forward(remember=True)
    kink = smallest_kink_distance(net, batch)
    if kink < KINK_MARGIN:
        raise ValueError(f"a unit is {kink:.1e} from its kink; choose other values of X")
    net.backward_pass(batch, input_gradient=True)
    dX = batch.derivatives[0]
    assert dX is not None  # it was asked for
    exact = {name: dW.copy() for name, dW in {**net.gradients, "X": dX}.items()}
    at = {**net.parameters, "X": X}
    numerical = {name: numerical_gradient(lambda: forward().loss, at[name]) for name in exact}
    return {name: relative_error(exact[name], numerical[name]) for name in exact}


def smallest_kink_distance(network: Network, batch: Pass) -> float:
    """How near any unit with a kink comes to it: ReLU and its kin at Z = 0, the L1 penalty at W = 0."""
    distances = [
        float(np.abs(Z).min())
        for layer, Z in zip(batch.layers, batch.outputs, strict=False)
        if isinstance(layer, Activation) and layer.kinked and Z.size
    ]
    if network.l1:
        distances.append(float(np.abs(network.theta[network.decayed]).min()))
    return min(distances, default=np.inf)


TARGETS = {"classes": "labels", "yes or no": "multilabel", "numbers": "numbers", "counts": "counts"}
"""What a loss is checked with, by what its outputs answer."""


@dataclass(frozen=True)
class Case:
    """A small network and what to feed it."""

    group: str
    name: str
    build: Callable[[int], Network]
    targets: str = "labels"
    weighted: bool = False
    training: bool = True


def cases() -> Iterator[Case]:
    """Yield every layer, activation, loss and penalty of the package, one small network each."""

    def of(group: str, name: str, *, sizes: tuple[int, ...] = (5, 4, 3), targets: str = "labels",
           weighted: bool = False, training: bool = True, **how: object) -> Case:  # fmt: skip
        def build(seed: int) -> Network:
            options = {"activation": "tanh", "init": "lecun", **how}
            return mlp(*sizes, dtype="float64", seed=seed, **options)  # type: ignore[arg-type]

        return Case(group, name, build, targets, weighted, training)

    yield of("layer", "Dense alone", sizes=(5, 3))
    yield of("layer", "Dense, three hidden", sizes=(5, 4, 6, 4, 3))
    yield of("layer", "Dropout", dropout=0.4)
    yield of("layer", "BatchNorm, training", batch_norm=True)
    yield of("layer", "BatchNorm, inference", batch_norm=True, training=False)
    for name in ACTIVATIONS:
        yield of("activation", name, activation=name)
    for name, loss in LOSSES.items():
        yield of("loss", f"{name}, {loss.answers}", loss=name, targets=TARGETS[loss.answers])
    yield of("loss", "cross_entropy, sigmoid", output="sigmoid")
    yield of("loss", "cross_entropy, smoothing", label_smoothing=0.1)
    yield of("loss", "log_loss, one output", loss="log_loss", sizes=(5, 4, 1), targets="binary")
    yield of("loss", "log_loss, softmax", loss="log_loss", output="softmax")
    yield of("loss", "mse, softmax", loss="mse", output="softmax")
    yield of("loss", "mse, sigmoid", loss="mse", output="sigmoid")
    for name in LOSSES:
        yield of("weights", f"{name}, sample weights", loss=name, weighted=True)
    yield of("penalty", "l1", l1=0.01)
    yield of("penalty", "l2", l2=0.1)
    yield of("penalty", "l1 and l2", l1=0.01, l2=0.1)


def check_all(seed: int = 0) -> Iterator[Check]:
    """Check every case; a row for each of its arrays.

    Parameters
    ----------
    seed : int
        Draws weights and inputs.
    """
    rng = np.random.default_rng(seed)
    for case in cases():
        network, X = draw_away_from_kinks(case, rng)
        y = _draw_targets(case.targets, rng, len(X), network.n_outputs)
        weight = rng.uniform(0.5, 2, len(X)) if case.weighted else None
        for array, error in gradcheck(network, X, y, weight, case.training).items():
            yield Check(case.group, case.name, array, error)


def draw_away_from_kinks(case: Case, rng: np.random.Generator) -> tuple[Network, Array]:
    while True:
        network = case.build(int(rng.integers(1 << 30)))
        network.state[...] = rng.uniform(0.5, 2, network.state.shape)
        biases = network.theta[network.decayed.stop :]
        biases[...] = rng.normal(0.3, 0.5, biases.shape)
        X = rng.normal(size=(6, network.n_inputs))
        twin = network.copy()
        if smallest_kink_distance(twin, Pass(twin.layers, X, training=case.training)) > KINK_MARGIN:
            return network, X


def _draw_targets(kind: str, rng: np.random.Generator, N: int, K: int) -> np.ndarray:
    if kind == "labels":
        return rng.integers(K, size=N)
    if kind == "numbers":
        return rng.normal(size=(N, K))
    if kind == "counts":
        return rng.poisson(2.0, size=(N, K)).astype(np.float64)
    return rng.integers(2, size=N if kind == "binary" else (N, K))
