"""Estimators in files, without pickle: a Glassnet model with what scikit-learn wants to know beside it."""

from __future__ import annotations

import math
import os
from dataclasses import fields
from typing import Any, Self

import numpy as np
from sklearn.utils.validation import check_is_fitted

from glassnet.data import Preparation
from glassnet.errors import ModelFileError
from glassnet.estimator.fitted_attributes import FittedAttributes
from glassnet.estimator.json_values import count_of, number_of, numbers_of, text_of, value_of
from glassnet.model import Model
from glassnet.train import Epoch, History

__all__ = ["Saveable"]

NOTES = {
    "loss_": number_of,
    "loss_curve_": numbers_of,
    "best_loss_": number_of,
    "validation_scores_": numbers_of,
    "best_validation_score_": number_of,
    "n_iter_": count_of,
    "t_": count_of,
}
"""What a training leaves behind, and how each is read."""


class Saveable(FittedAttributes):
    """An estimator that a file can hold."""

    def _class_names(self) -> Any:
        """What a model calls its classes."""
        return None

    def _facts(self) -> dict[str, Any]:
        """What there is to know beside the network, as JSON can hold it."""
        return {
            "kind": type(self).__name__,
            "parameters": {k: text_of(k, v) for k, v in self.get_params(deep=False).items()},
            "notes": {k: text_of(k, getattr(self, k)) for k in NOTES if hasattr(self, k)},
            "history": [_finite(record) for record in self.history_.records],
            "features": list(self.feature_names_in_) if hasattr(self, "feature_names_in_") else None,
        }

    def _restore(self, model: Model, facts: dict[str, Any]) -> None:
        """Take the network, and what :meth:`_facts` gave; any error means that the facts are damaged."""
        for name, note in facts["notes"].items():
            setattr(self, name, NOTES[name](note))
        self.history_ = History([_record(record) for record in facts["history"]])
        self.network_ = model.network
        self.network_.preparation = model.preparation
        self.n_features_in_ = model.network.n_inputs
        features = facts["features"]
        if features is not None:
            if len(features) != self.n_features_in_ or not all(isinstance(name, str) for name in features):
                raise ValueError(f"features are {features!r}")
            self.feature_names_in_ = np.array(features, dtype=object)

    def to_model(self) -> Model:
        """The network as a :class:`glassnet.Model`, for pictures, reports, export and the command line.

        Returns
        -------
        Model
            It shares its numbers with the estimator.
        """
        check_is_fitted(self)
        preparation = self.network_.preparation or Preparation()
        shape = getattr(self, "image_shape", None)
        return Model(self.network_, preparation, self._class_names(), shape)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write everything but the optimiser's memory to one safetensors file, which holds no code.

        Parameters
        ----------
        path : path
            The file is a Glassnet model as well: ``glassnet.Model.load(path)``.

        Raises
        ------
        TrainingError
            If a parameter or a class cannot be written as text.
        """
        model = self.to_model()
        model.metadata["estimator"] = self._facts()
        model.save(path)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Read an estimator that :meth:`save` wrote.

        Parameters
        ----------
        path : path

        Returns
        -------
        MLPClassifier or MLPRegressor

        Raises
        ------
        ModelFileError
            If it is no such file, or it is damaged.
        """
        model, kind = Model.load(path), cls.__name__
        facts = model.metadata.get("estimator")
        if not isinstance(facts, dict) or facts.get("kind") != kind:
            found = "a model" if not isinstance(facts, dict) else f"a {facts.get('kind')}"
            raise ModelFileError(f"{path} holds {found}, but no {kind}.")
        try:
            estimator = cls(**{name: value_of(text) for name, text in facts["parameters"].items()})
            estimator._restore(model, facts)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ModelFileError(f"{path}: what it says of the {kind} is damaged ({error!r}).") from None
        return estimator


def _finite(record: dict[str, Any]) -> dict[str, Any]:
    """A record of a history as JSON can hold it: None for what is no number."""
    return {k: None if isinstance(v, float) and not math.isfinite(v) else v for k, v in record.items()}


def _record(record: dict[str, Any]) -> dict[str, Any]:
    missing = {field.name for field in fields(Epoch)} - record.keys()
    if missing:
        raise KeyError(*missing)
    return {name: number_of(value) for name, value in record.items()}
