"""One training: what makes it, doing it once, and remembering what came of it."""

import hashlib
import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

import glassnet
from glassnet.doctor import Case
from glassnet.errors import TrainingError
from glassnet.nn import Network
from glassnet.recipe import Recipe, untrained
from glassnet.recipe.build import build_training
from glassnet.recipe.parts import Parts
from glassnet.train import History, Step, watch_layers
from glassnet.train.listeners import stop_early

SOURCE = Path(glassnet.__file__).parent
ENGINE = (
    "maths",
    "optim",
    "nn",
    "data",
    "model",
    "evaluation",
    "train",
    "recipe",
)  # what a training depends on
LAST_LOSSES = 100


@dataclass(frozen=True)
class Plan:
    """What makes a training; a fault changes something of it."""

    train: glassnet.Dataset
    validation: glassnet.Dataset
    sections: dict = field(default_factory=dict)
    seed: int = 0
    touch: Callable[[Network], None] | None = None  # what is done to the network before its first step

    @classmethod
    def of(cls, setting, seed):
        return cls(*setting.data(seed), deepcopy(setting.recipe), seed)

    def set(self, **values):
        """The same with other keys of the recipe: network__hidden=[1]."""
        sections = deepcopy(self.sections)
        for key, value in values.items():
            section, _, name = key.partition("__")
            sections.setdefault(section, {})[name] = value
        return replace(self, sections=sections)

    def touched(self, touch):
        return replace(self, touch=touch)

    def with_parts(self, train=None, validation=None):
        return replace(self, train=train or self.train, validation=validation or self.validation)

    def get(self, key):
        section, _, name = key.partition("__")
        return getattr(getattr(self.recipe, section), name)

    @property
    def recipe(self):
        data = {"validation": 0.2} | self.sections.get("data", {})
        return Recipe.model_validate({**self.sections, "data": data, "seed": self.seed})


def trained(plan, cache):
    """The case of a plan: from the cache, or by doing it."""
    recipe = plan.recipe
    parts = Parts(plan.train, plan.validation, None, "")
    model = untrained(recipe, parts)
    if plan.touch:
        plan.touch(model.network)
    start = model.network.copy()
    file = cache / f"{_key(recipe, parts, start)}.npz"
    if not file.exists():
        _train(recipe, parts, model, file)
    with np.load(file) as kept:
        model.network.theta[...], model.network.state[...] = kept["theta"], kept["state"]
        told = json.loads(str(kept["told"]))
    history, diverged = History(told["records"]), told["diverged"]
    network = start if diverged else model.network
    preparation = model.preparation
    return Case(
        network,
        plan.train,
        plan.validation,
        None,
        history,
        preparation,
        start,
        recipe,
        diverged,
        not diverged,
    )


def _train(recipe, parts, model, file):
    training = build_training(recipe, parts, model, None)
    events = watch_layers(training)
    if recipe.training.patience:
        events = stop_early(events, patience=recipe.training.patience)
    losses, diverged = [], {}
    try:
        for event in events:
            losses += [event.loss] if isinstance(event, Step) else []
    except TrainingError as error:
        diverged = {
            "error": str(error),
            "learning_rate": training.learning_rate(training.step),
            "losses": losses[-LAST_LOSSES:],
        }
    told = json.dumps({"records": training.history.records, "diverged": diverged})
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_suffix(".part.npz")
    np.savez(temporary, theta=model.network.theta, state=model.network.state, told=told)
    temporary.replace(file)


def _key(recipe, parts, start):
    digest = hashlib.sha256(engine())
    digest.update(recipe.model_dump_json().encode())
    for part in (parts.train, parts.validation):
        digest.update(np.ascontiguousarray(part.images).tobytes())
        digest.update(np.ascontiguousarray(part.labels).tobytes())
        digest.update(repr((part.class_names, part.pixel_max)).encode())
    digest.update(start.theta.tobytes())
    return digest.hexdigest()[:32]


@lru_cache
def engine():
    """A check sum of the code that trains: another engine, other runs."""
    files = [file for room in ENGINE for file in sorted((SOURCE / room).glob("**/*.py"))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in [*files, Path(__file__)])).digest()


def skill(network, preparation, data):
    """How well a network answers, from 0, by chance, to 1: by each class alike, or explained variance.

    Written here a second time, and otherwise than in the doctor, so that it does not mark its own work.
    """
    A = network.forward(preparation.apply(data.images, network.dtype)).astype(np.float64)
    y = data.labels
    if not np.isfinite(A).all():
        return 0.0
    if y.dtype.kind == "i":
        rates = [np.mean(A[y == k].argmax(axis=1) == k) for k in np.unique(y)]
        return float((np.mean(rates) - 1 / len(rates)) / (1 - 1 / len(rates)))
    Y = y.reshape(A.shape)
    if network.loss.name == "log_loss":
        rates = [
            np.mean((A[:, k] > 0.5)[Y[:, k] == v] == v) for k in range(A.shape[1]) for v in np.unique(Y[:, k])
        ]
        return float(2 * np.mean(rates) - 1)
    return float(1 - np.sum((Y - A) ** 2) / np.sum((Y - Y.mean(axis=0)) ** 2))
