"""What the doctor looks at: a training's history, its network, its data; and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.data import Dataset, Preparation
from glassnet.evaluation import score
from glassnet.model import task_of
from glassnet.nn import Network, Trace
from glassnet.recipe import OpenedRun, Recipe, Run, untrained
from glassnet.train import History

__all__ = ["Case"]

SAMPLE = 512
"""Training samples that are sent through the network once more."""
JUDGED = 2000
"""Training samples on which its answers are counted."""
GOOD = 0.8
"""Share of what guessing misses that a training must get right to count as one that went well. Every seed's
recipe gets there; a network that is stuck, or hardly moved, does not."""
RARE = 0.1
"""Share of an even share of the samples. With less, a class weighs so little in the loss that it may be left
out: of ten classes the rare one then decides one answer in a hundred."""
NEIGHBOURS = 1000
"""Samples whose nearest neighbours are looked for: a matrix of a million distances."""


@dataclass(frozen=True, eq=False)
class Case:
    """A training to be looked at; facts are computed when a check asks for them.

    Attributes
    ----------
    network : Network
        After the training; as it was before, where the training could not be finished.
    train : Dataset
        What it learned from.
    validation, test : Dataset or None
    history : History or None
        With ``monitor=True`` it says more.
    preparation : Preparation
        By default as ``fit`` does by default.
    start : Network or None
        As it was before the training.
    recipe : Recipe or None
    diverged : mapping
        Of a training that could not go on: its error, epoch, step, learning rate and last losses.
    finished : bool
        Whether the network holds what was learned.
    """

    network: Network
    train: Dataset
    validation: Dataset | None = None
    test: Dataset | None = None
    history: History | None = None
    preparation: Preparation | None = None
    start: Network | None = None
    recipe: Recipe | None = None
    diverged: Mapping[str, Any] = field(default_factory=dict)
    finished: bool = True

    @classmethod
    def of(cls, run: OpenedRun | Run) -> Case:
        """The case of a finished run."""
        parts, model = run.parts, run.model
        return cls(
            model.network,
            parts.train,
            parts.validation,
            parts.test,
            run.history,
            model.preparation,
            untrained(run.recipe, parts).network,
            run.recipe,
        )

    # --- the curve -----------------------------------------------------------------------------------

    @cached_property
    def losses(self) -> NDArray[np.float64]:
        """The training loss of each epoch."""
        return np.empty(0) if self.history is None else self.history.loss

    def columns(self, kind: str) -> dict[str, NDArray[np.float64]]:
        """The history's columns of a kind, such as "gradient_norm", by what they are of: "0.W"."""
        history = self.history
        names = [] if history is None else [n for n in history.columns if n.startswith(kind + "/")]
        return {name.partition("/")[2]: history.column(name) for name in names if history is not None}

    @cached_property
    def guessing(self) -> float:
        """The loss of one who always gives the same answer: the shares of the classes, or the mean target."""
        Y = self._targets(self.train)
        A = np.broadcast_to(Y.mean(axis=0), Y.shape)
        return float(self.network.loss.value(A, Y))

    # --- how well it answers -------------------------------------------------------------------------

    @cached_property
    def trained(self) -> bool:
        """Whether there is a trained network whose answers can be judged."""
        return self.finished and not self.diverged and bool(np.isfinite(self.network.theta).all())

    @cached_property
    def failed(self) -> bool:
        """Whether it did not even learn to answer four of five training samples that guessing misses."""
        return not self.trained or self.training_skill < GOOD

    @cached_property
    def judged(self) -> Dataset:
        """Training samples on which the answers are counted."""
        return _some(self.train, JUDGED)

    @cached_property
    def training_score(self) -> tuple[float, float | None]:
        """Loss and accuracy on training samples, after the training."""
        return score(self.network, self.judged, self.prepared)

    @cached_property
    def start_loss(self) -> float | None:
        """Loss on the same samples before the training."""
        return None if self.start is None else score(self.start, self.judged, self.prepared)[0]

    @cached_property
    def held_out(self) -> tuple[str, Dataset] | None:
        """The part that tells whether anything carries over, and its name."""
        for name, part in (("validation", self.validation), ("test", self.test)):
            if part is not None:
                return name, part
        return None

    @property
    def held_out_parts(self) -> list[Dataset]:
        """Validation and test part, where there are any."""
        return [part for part in (self.validation, self.test) if part is not None]

    @cached_property
    def held_out_score(self) -> tuple[float, float | None] | None:
        """Loss and accuracy on that part, without the classes that are missing or rare in training."""
        if self.held_out is None:
            return None
        part = self.held_out[1]
        classes = self.classes(part)
        if classes is not None and self.rare.size:
            common = ~np.isin(classes, self.rare)
            part = part.take(common) if common.any() else part
        return score(self.network, part, self.prepared)

    @cached_property
    def counts(self) -> NDArray[np.intp]:
        """Training samples of each class."""
        classes = self.classes(self.train)
        assert classes is not None  # asked for classes only
        return np.bincount(classes, minlength=max(self.network.n_outputs, 2))

    @cached_property
    def rare(self) -> NDArray[np.intp]:
        """Classes with less than a tenth of an even share of the training samples, or none at all."""
        return np.flatnonzero(self.counts < RARE * len(self.train) / len(self.counts))

    @cached_property
    def chance(self) -> float:
        """The accuracy of one who always names the commonest class."""
        classes = self.classes(self.train)
        return 0.0 if classes is None else float(np.bincount(classes).max() / len(classes))

    def skill(self, scored: tuple[float, float | None]) -> float:
        """From 0, no better than one who always gives the same answer, to 1, all right."""
        loss, accuracy = scored
        if self.has_classes and accuracy is not None:
            return (accuracy - self.chance) / max(1 - self.chance, 1e-9)
        return 1 - loss / max(self.guessing, 1e-12)

    @cached_property
    def training_skill(self) -> float:
        """Of the network on what it learned from."""
        return self.skill(self.training_score)

    def luck(self, m: int) -> float:
        """What m answers at random may be better than chance: three standard errors, and at least 0.05."""
        return max(3 * float(np.sqrt(self.chance * (1 - self.chance) / m)), 0.05)

    # --- the data ------------------------------------------------------------------------------------

    @cached_property
    def prepared(self) -> Preparation:
        """How inputs were prepared."""
        return self.preparation or Preparation.default(self.train)

    @cached_property
    def has_classes(self) -> bool:
        """Whether the targets are classes."""
        return self.classes(self.train) is not None

    def classes(self, data: Dataset) -> NDArray[Any] | None:
        """Each sample's class."""
        assert data.labels is not None  # it was trained on, or validated with
        return task_of(self.network, data.labels).classes(data.labels)

    def inputs(self, data: Dataset, n: int) -> NDArray[np.float64]:
        """At most n samples as the network reads them."""
        return self.prepared.apply(_some(data, n).images, "float64")

    def class_name(self, k: int) -> str:
        """What a class is called."""
        names = self.train.class_names or ()
        return names[k] if k < len(names) else str(k)

    @cached_property
    def neighbours_agree(self) -> float:
        """How many training samples have the class of the most similar other one."""
        return self._agreement(self.train, itself=True)

    @cached_property
    def held_out_neighbours_agree(self) -> float:
        """How many held-out samples have the class of the most similar training sample."""
        assert self.held_out is not None
        return self._agreement(self.held_out[1], itself=False)

    def _agreement(self, data: Dataset, itself: bool) -> float:
        known, asked = _some(self.train, NEIGHBOURS), _some(data, NEIGHBOURS)
        A, B = (self.prepared.apply(part.images, "float64") for part in (asked, known))
        if self.train.image_shape is None:  # features in different units
            spread = B.std(axis=0)
            A, B = (part / np.where(spread > 0, spread, 1) for part in (A, B))
        distances = np.square(A).sum(axis=1)[:, None] - 2 * A @ B.T + np.square(B).sum(axis=1)
        if itself:
            np.fill_diagonal(distances, np.inf)
        mine, theirs = self.classes(asked), self.classes(known)
        assert mine is not None and theirs is not None  # asked for classes only
        return float(np.mean(mine == theirs[distances.argmin(axis=1)]))

    # --- the layers ----------------------------------------------------------------------------------

    @cached_property
    def sample(self) -> NDArray[Any]:
        """The inputs of the traces, as the network reads them."""
        return self.prepared.apply(_some(self.train, SAMPLE).images, self.network.dtype)

    @cached_property
    def start_trace(self) -> Trace | None:
        """One pass and step on these, before the training."""
        return None if self.start is None else self._trace(self.start)

    @cached_property
    def trace(self) -> Trace:
        """The same after it."""
        return self._trace(self.network)

    @np.errstate(all="ignore")  # what is infinite is what is looked for
    def _trace(self, network: Network) -> Trace:
        return network.trace(self.sample, _some(self.train, SAMPLE).labels, learning_rate=0.1)  # type: ignore[arg-type]

    def _targets(self, data: Dataset) -> NDArray[Any]:
        assert data.labels is not None
        like = np.empty((len(data), self.network.n_outputs), np.float64)
        return self.network.loss.targets(data.labels, like)


def _some(data: Dataset, n: int) -> Dataset:
    """At most n samples from everywhere, always the same."""
    if len(data) <= n:
        return data
    return data.take(np.linspace(0, len(data) - 1, n).round().astype(np.intp))
