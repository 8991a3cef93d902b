"""The figures that a run ends with."""

import platform
import time
from collections.abc import Mapping
from typing import Any

import numpy as np

from glassnet.evaluation import evaluate, score
from glassnet.evaluation.robustness import robustness
from glassnet.model import Model
from glassnet.recipe.parts import Parts
from glassnet.recipe.schema import Recipe

__all__ = ["machine", "measure", "summary"]


def measure(
    recipe: Recipe, parts: Parts, model: Model, ended: Mapping[str, Any], seconds: float, began: float
) -> dict[str, Any]:
    """What stands in a run's ``evaluation.json``.

    Parameters
    ----------
    recipe : Recipe
    parts : Parts
    model : Model
        Trained.
    ended : mapping
        How the training ended: its epochs and the like.
    seconds : float
        It took so long.
    began : float
        When the whole run began, by ``time.perf_counter``.
    """
    loss, accuracy = score(model.network, parts.train, model.preparation)
    figures: dict[str, Any] = {
        "recipe": recipe.name,
        "source": recipe.data.source,
        **ended,
        "train": {"samples": len(parts.train), "loss": loss, "accuracy": accuracy},
    }
    for name, part in (("validation", parts.validation), ("test", parts.test)):
        if part is not None:
            figures[name] = evaluate(model, part).to_dict()
    judged = parts.judged_on()
    card = None if judged is None else robustness(model, judged[1])
    if judged is not None and card is not None:  # images with classes
        figures[judged[0]]["robustness"] = card.to_dict()
    figures["seconds"] = {"training": seconds, "all": time.perf_counter() - began}
    return figures


def summary(figures: dict[str, Any]) -> dict[str, Any]:
    """The figures that a model carries with it: the size, loss and accuracy of each part, and the time."""
    summary: dict[str, Any] = {"epochs": figures["epochs"], "seconds": figures["seconds"]}
    for name in ("train", "validation", "test"):
        if name in figures:
            keys = ("samples", "loss", "accuracy", "r2")
            summary[name] = {key: figures[name][key] for key in keys if figures[name].get(key) is not None}
    return summary


def machine(more: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the run was made with."""
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "processor": platform.machine(),
        "system": platform.system(),
        **(more or {}),
    }
