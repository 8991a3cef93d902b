"""What a trained model makes of the samples in files."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from glassnet.data import Dataset, load_pair
from glassnet.errors import DataError
from glassnet.model import Model
from glassnet.recipe.run_folder import newest_run

__all__ = ["Answer", "read_samples"]


@dataclass(frozen=True)
class Answer:
    """What a network makes of one sample.

    Attributes
    ----------
    file, sample : str
        Where the sample stands: the file, and its number in it, counted from 1, or its name.
    answer : str or list of float
        A class's name; numbers for a regression.
    confidence : float or None
        The network's own probability of the answer.
    label : str or None
        The right answer, where the file says it.
    """

    file: str
    sample: str
    answer: str | list[float]
    confidence: float | None
    label: str | None

    def to_dict(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return asdict(self)


def read_samples(files: Iterable[str], run: Path | None = None, label: str | None = None) -> Iterator[Answer]:
    """Let a trained model read every sample of some files; of two parts, the test part.

    Parameters
    ----------
    files : iterable of str
        CSV, IDX or npz files, or names of data sets.
    run : Path, optional
        A run folder or a model file; by default the newest run.
    label : str, optional
        Of a CSV file, the column with the labels.

    Yields
    ------
    Answer
        One for each sample, in the order of the files.
    """
    model = None
    for file in files:
        whole, test = load_pair(file, label=label)  # before a model is looked for: the file comes first
        model = model or Model.load(run or newest_run())
        yield from _answers(file, test or whole, model)


def _answers(file: str, data: Dataset, model: Model) -> Iterator[Answer]:
    if data.n_features != model.network.n_inputs:
        raise DataError(
            f"{file}: a sample has {data.n_features} numbers, but the model reads {model.network.n_inputs}. "
            "Choose another --model, or data like those that it was trained with."
        )
    rows = model.task.numbers(model.outputs(data))
    names = data.names or [str(number) for number in range(1, len(data) + 1)]
    labels = _labels(data)
    for name, row, label in zip(names, rows, labels, strict=True):
        if model.class_names is None:
            yield Answer(file, name, [float(number) for number in row], None, label)
        else:
            best = int(np.argmax(row))
            yield Answer(file, name, model.class_names[best], float(row[best]), label)


def _labels(data: Dataset) -> list[str | None]:
    if data.labels is None:
        return [None] * len(data)
    if data.has_classes and data.class_names:
        return [data.class_names[label] for label in data.labels]
    return [str(label) for label in data.labels]
