"""What the pictures of a run are drawn from, each computed once and only when it is wanted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from glassnet.errors import DataError
from glassnet.nn import Evidence, Trace
from glassnet.recipe import OpenedRun, RunFolder, open_model
from glassnet.train import History

if TYPE_CHECKING:
    from glassnet.evaluation.robustness import Robustness

__all__ = ["View", "open_view"]

BATCH = 1000
"""Samples of the batch whose activations are looked at."""


@dataclass(frozen=True)
class View:
    """A run, and the example that is followed through it.

    Attributes
    ----------
    run : OpenedRun
    sample : int
        Of the part by which the run is judged, counted from 0.
    learning_rate : float
        Of the one step that is shown.
    others : mapping of str to History
        Histories of further runs, by their names.
    """

    run: OpenedRun
    sample: int = 0
    learning_rate: float = 0.1
    others: Mapping[str, History] = field(default_factory=dict)

    @property
    def class_names(self) -> tuple[str, ...] | None:
        """What the outputs are called."""
        return self.run.model.class_names

    @property
    def words(self) -> dict[str, Any]:
        """What inputs and outputs are called, as most pictures take it."""
        return {
            "class_names": self.class_names,
            "image_shape": self.run.model.image_shape,
            "feature_names": None if self.run.unknown_data else self.run.data.feature_names,
        }

    @cached_property
    def trace(self) -> Trace:
        """The one example's way through the network and back."""
        return self.run.trace(self.sample, self.learning_rate)

    @cached_property
    def batch(self) -> Trace:
        """The same for the first thousand samples together."""
        return self.run.trace(list(range(min(BATCH, len(self.run.data)))), self.learning_rate)

    @cached_property
    def evidence(self) -> Evidence:
        """What spoke for and against the answer to the one example."""
        return self.run.evidence(self.sample)

    @cached_property
    def robustness(self) -> "Robustness":
        """Accuracy on distorted images."""
        from glassnet.evaluation.robustness import robustness

        card = robustness(self.run.model, self.run.data)
        assert card is not None  # asked for images alone
        return card

    @cached_property
    def worst(self) -> list[tuple[int, int, int]]:
        """The most confused pairs: (how often, true class, answer), most often first."""
        confusion = self.run.evaluation.confusion
        if confusion is None:
            return []
        wrong = confusion.copy()
        np.fill_diagonal(wrong, 0)
        order = np.argsort(-wrong, axis=None, kind="stable")
        pairs = [tuple(int(i) for i in np.unravel_index(place, wrong.shape)) for place in order]
        return [(int(wrong[pair]), *pair) for pair in pairs if wrong[pair]]  # type: ignore[misc]

    def name(self, k: int) -> str:
        """What class k is called."""
        return str(k) if self.class_names is None else self.class_names[k]


def open_view(
    run: Path,
    sample: int = 1,
    learning_rate: float = 0.1,
    others: Sequence[Path] = (),
    data_dir: Path | None = None,
) -> View:
    """Open a run folder or a model file for its pictures, and the histories of runs to compare it with.

    Parameters
    ----------
    run : Path
    sample : int
        The example to follow, counted from 1.
    learning_rate : float
        Of the one step that is shown.
    others : sequence of Path
        Further run folders.
    data_dir : Path, optional
        The folder with the files of MNIST, where it is not the recipe's.

    Raises
    ------
    GlassnetError
        If there is no such run or sample.
    """
    opened = open_model(run, data_dir)
    if not opened.unknown_data and sample > len(opened.data):
        raise DataError(
            f"There is no sample {sample}: the {opened.judged_on} part has {len(opened.data):,}, "
            "counted from 1."
        )
    histories = {path.name: History.from_csv(RunFolder(path).history) for path in others}
    return View(opened, sample - 1, learning_rate, histories)
