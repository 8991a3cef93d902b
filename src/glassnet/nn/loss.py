"""What a loss is, and all of them by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Literal

import numpy as np

from glassnet.maths import losses as f
from glassnet.maths.names import look_up, register
from glassnet.maths.types import Array, NxK, VectorN
from glassnet.nn.activation import Activation

__all__ = ["LOSSES", "Loss", "check_targets", "loss_named"]

LOSSES: dict[str, Loss] = {}
"""The names by which networks and recipes know them; a class enters itself when it is defined."""


class Loss:
    """What is minimised: one number for a batch, the mean over its samples.

    All that is known of a loss stands in its class, as with an activation; ``nn/losses.py`` holds the
    package's own. An object has nothing of its own, so there is one of each class.
    """

    name: ClassVar[str]
    """By which networks, recipes and files know it."""
    title: ClassVar[str]
    """What people call it."""
    answers: ClassVar[Literal["classes", "yes or no", "numbers", "counts"]]
    """What a row of outputs is: probabilities of classes that sum to 1, a probability for each of several
    questions, numbers, or the logarithms of counts."""
    output: ClassVar[type[Activation]]
    """The activation that a network with this loss ends in, unless it is told otherwise."""
    sklearn_output: ClassVar[str]
    """What scikit-learn calls that."""
    target_range: ClassVar[tuple[float, float]] = (-np.inf, np.inf)
    """What targets lie between."""
    fewest_outputs: ClassVar[int] = 1

    # In letters; {a} stands for one output.
    term: ClassVar[str]
    """What each output adds to a sample's loss."""
    formula: ClassVar[str]
    """The loss of a sample."""
    derivative: ClassVar[str]
    """Of that by A."""
    single_term: ClassVar[str] = ""
    """What is left of the formula where one target is 1 and all others are 0, if it is so short."""

    terms: Callable[[Array, Array], Array]
    vjp: Callable[..., Array]
    logit_terms: Callable[..., Array] | None = None
    """The same from the logits Z, if the loss and its ``output`` make one exact step."""
    fused_vjp: Callable[..., Array] | None = None
    """And its derivative by Z."""

    def __init_subclass__(cls, **rest: Any) -> None:
        super().__init_subclass__(**rest)
        if "output" in vars(cls):
            cls.sklearn_output = vars(cls).get("sklearn_output") or cls.output.sklearn_name or cls.output.name
        if "name" in vars(cls):
            register(LOSSES, cls.name, cls())

    def value(self, A: NxK, Y: NxK, weight: VectorN | None = None) -> float:
        """The mean over the samples."""
        return f.mean_loss(self.terms(A, Y), weight)

    @property
    def fused_with(self) -> type[Activation] | None:
        """The output layer with which ``from_logits`` and ``fused_vjp`` make one exact step."""
        return None if self.logit_terms is None else self.output

    @property
    def from_logits(self) -> Callable[..., float] | None:
        """The mean over the samples from the logits: ``(Z, Y, weight, A)``."""
        terms = self.logit_terms
        if terms is None:
            return None
        return lambda Z, Y, weight=None, A=None: f.mean_loss(terms(Z, Y, A), weight)

    def targets(self, y: np.ndarray, like: NxK, smoothing: float = 0.0) -> NxK:
        """Y (N, K) in the type of A: one column a class for integer labels, else y itself as a matrix."""
        N, K = like.shape
        if y.ndim == 1 and K > 1:
            Y = f.one_hot(y, K, like.dtype)
        else:
            Y = y.reshape(N, K).astype(like.dtype, copy=False)
        return f.smooth_labels(Y, smoothing) if smoothing else Y

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


def loss_named(name: str) -> Loss:
    """The loss of that name (``glassnet.nn.LOSSES``).

    Raises
    ------
    ValueError
        If there is none.
    """
    return look_up("loss", name, LOSSES)


def check_targets(loss: str, y: np.ndarray, N: int, K: int) -> None:
    """Raise a ValueError that says what is wrong unless y suits a loss on outputs (N, K)."""
    if len(y) != N:
        raise ValueError(f"{N} samples, but {len(y)} targets")
    if y.ndim == 1 and K > 1:
        if not np.issubdtype(y.dtype, np.integer):
            raise ValueError(
                f"a network of {K} outputs needs integer labels or targets of shape ({N}, {K}), "
                f"not {y.dtype} of shape {y.shape}"
            )
        wrong = np.flatnonzero((y < 0) | (y >= K))
        if wrong.size:
            raise ValueError(f"labels must be 0 to {K - 1}, but target {wrong[0]} is {y[wrong[0]]}")
    elif y.shape not in {(N,), (N, K)}:
        raise ValueError(f"targets must be of shape ({N}, {K}), not {y.shape}")
    kind = loss_named(loss)
    if kind.fewest_outputs > K:
        raise ValueError(f"{loss} needs an output for each class; with one output use log_loss or mse")
    low, high = kind.target_range
    if (y.ndim == 1 and K > 1) or (low, high) == (-np.inf, np.inf) or np.all((y >= low) & (y <= high)):
        return
    if high == np.inf:
        raise ValueError(f"{loss} needs {kind.answers} of {low:g} or more, not {y.min()}")
    raise ValueError(f"{loss} needs targets between {low:g} and {high:g}, not {y.min()} to {y.max()}")
