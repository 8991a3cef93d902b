"""Estimators in files, without pickle: a Glassnet model with what scikit-learn wants to know beside it."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from glassnet import optim
from glassnet.data import Preparation
from glassnet.errors import ModelFileError, TrainingError
from glassnet.estimator.stopping import Patience
from glassnet.model import Model
from glassnet.optim import Optimizer, Schedule
from glassnet.train import History

if TYPE_CHECKING:
    from glassnet.estimator.base import Perceptron

__all__ = ["load", "model_of"]

NOTES = (
    "loss_",
    "loss_curve_",
    "best_loss_",
    "validation_scores_",
    "best_validation_score_",
    "n_iter_",
    "t_",
)


def model_of(estimator: Perceptron, *, whole: bool = False) -> Model:
    """An estimator's network as a model; ``whole``: with all that :func:`load` needs.

    Raises
    ------
    TrainingError
        If a parameter cannot be written as text.
    """
    classes = getattr(estimator, "classes_", None)
    names = None if classes is None or getattr(estimator, "_multilabel", False) else classes
    shape = estimator.get_params(deep=False)["image_shape"]
    facts = {"estimator": _facts(estimator)} if whole else {}
    return Model(estimator.network_, Preparation(), names, shape, facts)


def load(kind: type[Any], path: str | os.PathLike[str]) -> Any:
    """An estimator of this kind from the file that it wrote.

    Raises
    ------
    ModelFileError
        If the file holds none, or one of another kind.
    """
    model = Model.load(path)
    facts = model.metadata.get("estimator")
    if not isinstance(facts, dict) or facts.get("kind") != kind.__name__:
        found = "a model" if not isinstance(facts, dict) else f"a {facts.get('kind')}"
        raise ModelFileError(f"{path} holds {found}, but no {kind.__name__}.")
    try:
        estimator = kind(**{name: _object(value) for name, value in facts["parameters"].items()})
        vars(estimator).update({name: facts["notes"][name] for name in NOTES if name in facts["notes"]})
        estimator.history_ = History(facts["history"])
        estimator.n_features_in_ = model.network.n_inputs
        if facts["features"] is not None:
            estimator.feature_names_in_ = np.array(facts["features"], dtype=object)
        if estimator.numeric:
            estimator._columns = model.network.n_outputs
        if facts["classes"] is not None:
            estimator.classes_ = np.array(facts["classes"]["values"], dtype=facts["classes"]["dtype"])
            estimator._multilabel = facts["classes"]["multilabel"]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ModelFileError(f"{path}: what it says of the {kind.__name__} is damaged ({error!r}).") from None
    estimator.network_, estimator._optimizer = model.network, None
    estimator._patience = Patience(bool(estimator.early_stopping))
    return estimator


def _facts(estimator: Perceptron) -> dict[str, Any]:
    classes: NDArray[Any] | None = getattr(estimator, "classes_", None)
    features = getattr(estimator, "feature_names_in_", None)
    notes = {name: getattr(estimator, name) for name in NOTES if hasattr(estimator, name)}
    return {
        "kind": type(estimator).__name__,
        "parameters": {name: _plain(name, value) for name, value in estimator.get_params(deep=False).items()},
        "notes": {name: _plain(name, value) for name, value in notes.items()},
        "history": estimator.history_.records if hasattr(estimator, "history_") else [],
        "features": None if features is None else list(features),
        "classes": None
        if classes is None
        else {
            "values": classes.tolist(),
            "dtype": classes.dtype.str,
            "multilabel": getattr(estimator, "_multilabel", False),
        },
    }


def _plain(name: str, value: Any) -> Any:
    """A parameter as JSON can hold it; a random state that is an object is left out."""
    if isinstance(value, Optimizer | Schedule):
        return {"object": value.config()}
    if isinstance(value, np.random.RandomState):
        return None
    if isinstance(value, dict):  # keys of class_weight are no strings
        return {"pairs": [[_plain(name, key), _plain(name, entry)] for key, entry in value.items()]}
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    if isinstance(value, tuple | list):
        return [_plain(name, entry) for entry in value]
    if value == float("inf"):
        return {"infinite": True}
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError):
        raise TrainingError(f"{name}={value!r} cannot be written to a file. Pickle the estimator.") from None
    return value


def _object(value: Any) -> Any:
    """What :func:`_plain` made text of."""
    if isinstance(value, list):
        return tuple(_object(entry) for entry in value)
    if not isinstance(value, dict):
        return value
    if "infinite" in value:
        return float("inf")
    if "pairs" in value:
        return dict(_object(value["pairs"]))
    facts = dict(value["object"])
    kind = getattr(optim, facts.pop("kind"))
    return kind(**{name: _object({"object": v}) if isinstance(v, dict) else v for name, v in facts.items()})
