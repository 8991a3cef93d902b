"""What quick learners make of the same samples: a measure of what can be learned from them at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glassnet.data import Dataset
from glassnet.doctor.marks import Kind, Marks, marked

__all__ = ["NEIGHBOURS", "UNITS", "Reference"]

NEIGHBOURS = 5
UNITS = 256
"""Random hidden units, never trained; only the output layer behind them is solved for, exactly."""
PENALTIES = (1e-4, 1e-3, 1e-2)
"""On the output layer, as shares of the square of the features' greatest singular value."""
SUREST = 0.25
"""Share of the samples: those on which it is surest."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Reference:
    """Two quick learners, each asked about every sample as if it had not seen that one; the better counts.

    Attributes
    ----------
    known : Dataset
        The samples.
    X, Y : (m, n), (m, K) arrays
        Their inputs, so that distances mean something, and their targets.
    kind : {"classes", "questions", "numbers"}
    answers : (m, K) array
        What is said of each sample from the others.
    marks : Marks
        How good that is.
    words : str
        How that is done.
    """

    known: Dataset
    X: Matrix
    Y: Matrix
    kind: Kind
    answers: Matrix
    marks: Marks
    words: str

    @classmethod
    def of(cls, known: Dataset, targets: Matrix, kind: Kind) -> Reference:
        """Let both learn."""
        X = _comparable(known, known)
        tried = [
            (
                _from_neighbours(X, X, targets, itself=True),
                f"looking up {NEIGHBOURS} similar samples",
            ),
            (_from_random_units(X, targets), f"fitting an output layer to {UNITS} random units"),
        ]
        answers, words = max(tried, key=lambda one: marked(one[0], targets, kind).skill)
        return cls(known, X, targets, kind, answers, marked(answers, targets, kind), words)

    def on(self, data: Dataset, targets: Matrix) -> Marks:
        """How well the most similar of these samples tell the targets of others."""
        answers = _from_neighbours(_comparable(data, self.known), self.X, self.Y, itself=False)
        return marked(answers, targets, self.kind)

    @property
    def surest_wrong(self) -> float:
        """The share that is wrong among the quarter of the samples on which it is surest.

        Where classes overlap, that is nearly nothing. Where labels are wrong, it is as large as anywhere.
        """
        A, Y = self.answers, self.Y
        if self.kind == "classes":
            ranked = np.sort(A, axis=1)
            sure, wrong = (ranked[:, -1] - ranked[:, -2])[:, None], (A.argmax(1) != Y.argmax(1))[:, None]
        else:
            sure, wrong = abs(A - 0.5), (A > 0.5) != (Y > 0.5)
        n = max(1, round(SUREST * len(A)))
        surest = np.argsort(-sure, axis=0, kind="stable")[:n]
        return float(np.take_along_axis(wrong, surest, axis=0).mean())


def _comparable(data: Dataset, known: Dataset) -> Matrix:
    """Inputs between which distances mean something: pixels as they are, features each of like size."""
    X, known_X = data.flat.astype(np.float64), known.flat.astype(np.float64)
    deviation = known_X.std(axis=0)
    size = np.where(deviation > 0, deviation, 1) if known.pixel_max is None else known.pixel_max
    comparable: Matrix = (X - known_X.mean(axis=0)) / size
    return comparable


def _from_neighbours(asked: Matrix, known: Matrix, Y: Matrix, itself: bool) -> Matrix:
    distances = np.square(asked).sum(axis=1)[:, None] - 2 * asked @ known.T + np.square(known).sum(axis=1)
    if itself:
        np.fill_diagonal(distances, np.inf)
    k = max(1, min(NEIGHBOURS, len(known) - 1))
    nearest = np.argpartition(distances, k - 1, axis=1)[:, :k]
    answers: Matrix = Y[nearest].mean(axis=1)
    return answers


def _from_random_units(X: Matrix, Y: Matrix) -> Matrix:
    """Each row's answer from all the others, in closed form: the residual divided by 1 - its leverage."""
    rng = np.random.default_rng(0)
    size = float(np.sqrt(np.mean(np.square(X).sum(axis=1)))) or 1.0
    features = np.maximum(X @ rng.normal(0, 1 / size, (X.shape[1], UNITS)) + rng.uniform(-1, 1, UNITS), 0)
    U, s, _ = np.linalg.svd(features - features.mean(axis=0), full_matrices=False)
    mean = Y.mean(axis=0)
    best, least = np.broadcast_to(mean, Y.shape), np.inf
    for penalty in PENALTIES:
        kept = s**2 / (s**2 + penalty * max(s[0], 1e-30) ** 2)
        fitted = mean + (U * kept) @ (U.T @ (Y - mean))
        leverage = np.minimum(np.square(U) @ kept + 1 / len(X), 0.99)
        answers = Y - (Y - fitted) / (1 - leverage)[:, None]
        error = float(np.square((Y - answers) / np.maximum(Y.std(axis=0), 1e-30)).mean())
        if error < least:
            best, least = answers, error
    return best
