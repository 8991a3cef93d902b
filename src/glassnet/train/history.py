"""The record of a training: one line per epoch."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from dataclasses import fields
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from glassnet.errors import DataError
from glassnet.extras import require
from glassnet.files import atomic_path
from glassnet.train.events import Epoch, Finished

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["History"]

COLUMNS = tuple(field.name for field in fields(Epoch))
WHOLE = ("epoch", "epochs")
OPTIONAL = ("accuracy", "validation_loss", "validation_accuracy", "learning_rate")
"""What a record may lack, as None: an optimiser that searches for each step has no learning rate."""


class History:
    """What every epoch gave.

    Parameters
    ----------
    records : list of dict, optional
        One for each epoch, with the fields of :class:`~glassnet.train.events.Epoch`, and what
        :func:`~glassnet.train.watch_layers` adds: ``"gradient_norm/0.W"``, ``"dead/1"``, ...

    Attributes
    ----------
    records : list of dict
    finished : Finished or None
        Why the training ended; None while it runs, and for a history read from a file.

    Examples
    --------
    >>> history = History()
    >>> history.append(Epoch(1, 2, 0.9, 0.7, 0.5, 0.8, 0.1, 1.0, 5e4))
    >>> history.append(Epoch(2, 2, 0.4, 0.9, 0.6, 0.8, 0.1, 2.0, 5e4))
    >>> history.loss, history.best_epoch
    (array([0.9, 0.4]), 1)
    """

    def __init__(self, records: list[dict[str, Any]] | None = None) -> None:
        self.records = [dict(record) for record in records or []]
        self.finished: Finished | None = None

    def append(self, epoch: Epoch) -> None:
        """Take in one epoch."""
        self.records.append({name: getattr(epoch, name) for name in COLUMNS})  # a tenth of asdict

    def column(self, name: str) -> NDArray[np.float64]:
        """One field of all epochs; NaN where there is none."""
        if name not in self.columns:
            raise DataError(f"A history has no column {name!r}; it has {', '.join(self.columns)}.")
        values = [record.get(name) for record in self.records]
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)

    @property
    def columns(self) -> tuple[str, ...]:
        """All names of columns: those of every history, then those of the layers."""
        return tuple(dict.fromkeys(chain(COLUMNS, *self.records)))

    @property
    def epochs(self) -> NDArray[np.int64]:
        """The numbers of the epochs, from 1."""
        return self.column("epoch").astype(np.int64)

    @property
    def loss(self) -> NDArray[np.float64]:
        """Training loss, the mean over each epoch's mini-batches."""
        return self.column("loss")

    @property
    def accuracy(self) -> NDArray[np.float64]:
        """Training accuracy, the mean over each epoch's mini-batches."""
        return self.column("accuracy")

    @property
    def validation_loss(self) -> NDArray[np.float64]:
        """Loss on the validation set after each epoch."""
        return self.column("validation_loss")

    @property
    def validation_accuracy(self) -> NDArray[np.float64]:
        """Accuracy on the validation set after each epoch."""
        return self.column("validation_accuracy")

    @property
    def learning_rate(self) -> NDArray[np.float64]:
        """Learning rate of each epoch's last step."""
        return self.column("learning_rate")

    @property
    def seconds(self) -> NDArray[np.float64]:
        """Time spent on training until the end of each epoch."""
        return self.column("seconds")

    @property
    def best_epoch(self) -> int | None:
        """The epoch that a listener chose, else that of the lowest validation loss, if there is any."""
        if self.finished is not None and self.finished.best_epoch is not None:
            return self.finished.best_epoch
        losses = self.validation_loss
        return None if np.isnan(losses).all() else int(self.epochs[np.nanargmin(losses)])

    def to_frame(self) -> pd.DataFrame:
        """A pandas table, one row per epoch, indexed by its number."""
        require("data", "A table of a history (to_frame)")
        import pandas as pd

        return pd.DataFrame(self.records, columns=list(self.columns)).set_index("epoch")

    def to_csv(self, path: str | os.PathLike[str]) -> None:
        """Write a CSV file, from which :meth:`from_csv` gives back the very same numbers."""
        with atomic_path(path) as temporary, temporary.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, self.columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(self.records)

    @classmethod
    def mean(cls, histories: Sequence[History]) -> History:
        """The mean of several, epoch by epoch, as far as the shortest goes.

        Examples
        --------
        >>> two = [History(), History()]
        >>> two[0].append(Epoch(1, 1, 0.9, 0.7, None, None, 0.1, 1.0, 5e4))
        >>> two[1].append(Epoch(1, 1, 0.5, 0.9, None, None, 0.1, 2.0, 6e4))
        >>> History.mean(two)
        History(1 epochs, loss 0.7000, accuracy 0.8000)
        """
        return cls([_mean(records) for records in zip(*(each.records for each in histories), strict=False)])

    @classmethod
    def from_csv(cls, path: str | os.PathLike[str]) -> History:
        """Read what :meth:`to_csv` wrote.

        Raises
        ------
        DataError
            If the file is missing or is no history.
        """
        try:
            with Path(path).open(newline="", encoding="utf-8") as file:
                rows = list(csv.reader(file))
        except OSError as error:
            raise DataError(f"{path}: cannot read the history: {error.strerror}.") from None
        except (UnicodeDecodeError, csv.Error):
            raise DataError(f"{path} is no history: it is not a text file in CSV format.") from None
        names = tuple(rows[0]) if rows else ()
        if names[: len(COLUMNS)] != COLUMNS or not all("/" in name for name in names[len(COLUMNS) :]):
            raise DataError(f"{path} is no history: its first line should be {','.join(COLUMNS)}.")
        return cls([_parse(names, row, f"{path}, line {line}") for line, row in enumerate(rows[1:], start=2)])

    def __len__(self) -> int:
        return len(self.records)

    def __repr__(self) -> str:
        if not self.records:
            return "History(no epoch yet)"
        last = {
            k: v for k, v in self.records[-1].items() if k.endswith(("loss", "accuracy")) and v is not None
        }
        figures = ", ".join(f"{name.replace('_', ' ')} {value:.4f}" for name, value in last.items())
        return f"History({len(self)} epochs, {figures})"


def _mean(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The mean of each column; what is whole, and what one of them does not have, is the first one's."""
    mean = dict(records[0])
    for name in mean:
        values: list[Any] = [record.get(name) for record in records]
        if name not in WHOLE and None not in values:
            mean[name] = sum(values) / len(values)
    return mean


def _parse(names: tuple[str, ...], row: list[str], where: str) -> dict[str, Any]:
    if len(row) != len(names):
        raise DataError(f"{where}: {len(row)} cells instead of {len(names)}.")
    record: dict[str, Any] = {}
    for name, text in zip(names, row, strict=True):
        try:
            if text == "" and (name in OPTIONAL or "/" in name):
                record[name] = None
            else:
                record[name] = int(text) if name in WHOLE else float(text)
        except ValueError:
            raise DataError(f"{where}, column {name}: {text!r} is not a number.") from None
    return record
