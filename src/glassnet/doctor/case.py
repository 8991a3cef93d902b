"""What the doctor looks at: a training's history, its network, its data; and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.data import Dataset, Preparation
from glassnet.doctor.marks import Kind, Marks, marked
from glassnet.doctor.reference import Reference
from glassnet.evaluation import score
from glassnet.model import Task, outputs, task_of
from glassnet.model.task import BINARY, CLASSES, COUNTS, MULTI_LABEL
from glassnet.nn import Network, Trace
from glassnet.recipe import OpenedRun, Recipe, Run, untrained
from glassnet.train import History

__all__ = ["Case"]

SAMPLE = 512
"""Training samples that are sent through the network once more."""
JUDGED = 2000
"""Training samples on which its answers are counted."""
COMPARED = 600
"""Samples of which the reference is made: a matrix of 360,000 distances."""
RARE = 0.15
"""Share of an even share of the samples. With less, a class weighs so little in the loss that it may be left
out: of two classes the rare one then decides one answer in thirteen, of ten one in sixty-seven."""

KINDS: dict[str, Kind] = {CLASSES.name: "classes", BINARY.name: "questions", MULTI_LABEL.name: "questions"}

NEAR_CHANCE = 0.2
"""Skill below which a network has learned next to nothing."""
WELL = 0.95
"""Skill from which on nothing is missing that is worth a search."""
GOOD = 0.8
"""Share of the skill within reach that a training must have to count as one that went well."""
SHORT = 0.05
"""Skill that is missing to what is within reach, from which on something is wrong."""


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
        With it, batch size, momentum and the like are known, too.
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
        Y = self.targets(self.train)
        mean = Y.mean(axis=0)
        if self.task is COUNTS:
            mean = np.log(np.maximum(mean, 1e-30))
        return float(self.network.loss.value(np.broadcast_to(mean, Y.shape), Y))

    @cached_property
    def steps(self) -> int | None:
        """Steps of the whole training, where the recipe is known."""
        if self.recipe is None or not self.losses.size:
            return None
        size = self.recipe.training.batch_size
        return len(self.losses) * (1 if size == "full" else -(-len(self.train) // int(size)))

    # --- how well it answers -------------------------------------------------------------------------

    @cached_property
    def trained(self) -> bool:
        """Whether there is a trained network whose answers can be judged."""
        return self.finished and not self.diverged and bool(np.isfinite(self.network.theta).all())

    @cached_property
    def judged(self) -> Dataset:
        """Training samples on which the answers are counted."""
        return _some(self.train, JUDGED)

    @cached_property
    def training_loss(self) -> float:
        """Loss on training samples after the training."""
        return score(self.network, self.judged, self.prepared)[0]

    @cached_property
    def start_loss(self) -> float | None:
        """The same before the training."""
        return None if self.start is None else score(self.start, self.judged, self.prepared)[0]

    @cached_property
    def learned(self) -> Marks:
        """How well it answers on what it learned from."""
        return self.marks(self.judged)

    @property
    def unseen_parts(self) -> dict[str, Dataset]:
        """Validation and test part, where there are any, by name."""
        parts = {"validation": self.validation, "test": self.test}
        return {name: part for name, part in parts.items() if part is not None}

    @property
    def unseen(self) -> tuple[str, Dataset] | None:
        """The one that tells whether anything carries over, and its name: validation, else test."""
        return next(iter(self.unseen_parts.items()), None)

    @cached_property
    def carried_over(self) -> Marks | None:
        """How well it answers on that part."""
        return None if self.unseen is None else self.marks(self.unseen[1])

    @np.errstate(all="ignore")
    def marks(self, data: Dataset) -> Marks:
        """How well it answers on the samples of classes that are not rare."""
        classes = self.classes(data)
        if classes is not None and self.rare.size and len(self.counts) - self.rare.size >= 2:
            common = ~np.isin(classes, self.rare)
            data = data.take(common) if common.any() else data
        A = outputs(self.network, self.prepared, data.flat)
        return marked(np.exp(A) if self.task is COUNTS else A, self.targets(data), self.kind)

    @cached_property
    def within_reach(self) -> float:
        """The skill that a quick look-up has; where the network is good enough, it is not asked for."""
        if self.trained and self.learned.skill >= WELL:
            return self.learned.skill
        return self.reference.marks.skill

    @cached_property
    def falls_short(self) -> bool:
        """Whether the network knows less of its training samples than a quick look-up does."""
        return self.trained and self.learned.skill < self.within_reach - SHORT

    @cached_property
    def near_chance(self) -> bool:
        """Whether it learned next to nothing, from whatever samples."""
        return self.trained and self.learned.skill < NEAR_CHANCE

    @cached_property
    def lacking(self) -> bool:
        """Whether there is anything to explain: it broke off, learned next to nothing, or too little."""
        broke_off = not self.trained and (self.finished or bool(self.diverged))
        return broke_off or self.near_chance or self.falls_short

    @cached_property
    def failed(self) -> bool:
        """Whether it learned next to nothing, or much less than a quick look-up shows to be within reach."""
        if not self.trained or self.near_chance:
            return True
        return self.learned.skill < GOOD * self.within_reach

    @cached_property
    def reference(self) -> Reference:
        """What quick learners make of the same training samples."""
        some = _some(self.train, COMPARED)
        return Reference.of(some, self.targets(some), self.kind)

    @cached_property
    def reference_on_unseen(self) -> Marks:
        """How well similar training samples tell what those of the unseen part are."""
        assert self.unseen is not None
        some = _some(self.unseen[1], COMPARED)
        return self.reference.on(some, self.targets(some))

    # --- the data ------------------------------------------------------------------------------------

    @cached_property
    def prepared(self) -> Preparation:
        """How inputs were prepared."""
        return self.preparation or Preparation.default(self.train)

    @cached_property
    def task(self) -> Task:
        """What is asked of the network."""
        return task_of(self.network, self.train.labels)

    @cached_property
    def kind(self) -> Kind:
        """What its answers are compared with."""
        return KINDS.get(self.task.name, "numbers")

    @cached_property
    def has_classes(self) -> bool:
        """Whether the targets are classes."""
        return self.task.has_classes

    def classes(self, data: Dataset) -> NDArray[Any] | None:
        """Each sample's class."""
        assert data.labels is not None  # it was trained on, or validated with
        return self.task.classes(data.labels)

    @cached_property
    def counts(self) -> NDArray[np.intp]:
        """Training samples of each class."""
        classes = self.classes(self.train)
        assert classes is not None  # asked for classes only
        return np.bincount(classes, minlength=max(self.network.n_outputs, 2))

    @cached_property
    def rare(self) -> NDArray[np.intp]:
        """Classes with at most 15 % of an even share of the training samples, or none at all."""
        return np.flatnonzero(self.counts <= RARE * len(self.train) / len(self.counts))

    def targets(self, data: Dataset) -> NDArray[Any]:
        """What the network should answer, (m, K)."""
        assert data.labels is not None
        like = np.empty((len(data), self.network.n_outputs), np.float64)
        return self.network.loss.targets(data.labels, like)

    def inputs(self, data: Dataset, n: int) -> NDArray[np.float64]:
        """At most n samples as the network reads them."""
        return self.prepared.apply(_some(data, n).images, "float64")

    def class_name(self, k: int) -> str:
        """What a class is called."""
        names = self.train.class_names or ()
        return names[k] if k < len(names) else str(k)

    def feature_name(self, i: int) -> str:
        """What an input is called."""
        return self.train.feature_names[i] if self.train.feature_names else f"feature {i}"

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


def _some(data: Dataset, n: int) -> Dataset:
    """At most n samples from everywhere, always the same."""
    if len(data) <= n:
        return data
    return data.take(np.linspace(0, len(data) - 1, n).round().astype(np.intp))
