"""The first and the last event of a run; those of its training stand between them."""

from dataclasses import dataclass
from typing import Any

from glassnet.model import Model
from glassnet.recipe.parts import Parts
from glassnet.recipe.run_folder import RunFolder
from glassnet.recipe.schema import Recipe
from glassnet.train import History

__all__ = ["Run", "Started"]


@dataclass(frozen=True)
class Started:
    """The first event: everything is ready, and the training begins or goes on.

    Attributes
    ----------
    recipe : Recipe
        As it stands in the run folder.
    folder : RunFolder
        Of this training.
    whole : RunFolder
        The same; of a member of an ensemble, the ensemble's.
    parts : Parts
    model : Model
        Not trained yet.
    resumed_at : int
        Steps that were done before; 0 for a new run.
    steps : int
        Steps in an epoch.
    seconds : float
        Time that was spent on training before.
    """

    recipe: Recipe
    folder: RunFolder
    whole: RunFolder
    parts: Parts
    model: Model
    resumed_at: int
    steps: int
    seconds: float


@dataclass(frozen=True)
class Run:
    """The last event: the run is whole, and this is what came of it.

    Attributes
    ----------
    recipe : Recipe
    folder : RunFolder
    model : Model
    parts : Parts
    history : History
    figures : dict
        As in ``evaluation.json``.
    """

    recipe: Recipe
    folder: RunFolder
    model: Model
    parts: Parts
    history: History
    figures: dict[str, Any]
