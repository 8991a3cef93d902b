"""How well answers are, weighed against chance: each class counts the same, however rare it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

__all__ = ["Kind", "Marks", "marked"]

Kind = Literal["classes", "questions", "numbers"]

LEAST_LUCK = 0.08
"""Skill that is no news, however many samples there are."""


@dataclass(frozen=True)
class Marks:
    """How good some answers are.

    Attributes
    ----------
    skill : float
        From 0, no better than the same answer for all, to 1, all right; below 0 it is worse than that. For
        classes it is the mean of the classes' recalls (the balanced accuracy), so counted that a guess is 0;
        for several questions the mean over the questions; for numbers the explained share of the spread.
    luck : float
        What it may be by chance alone with so few samples: three standard errors, and at least 0.08.
    error : float
        One standard error of the skill itself.
    accuracy : float or None
        The share that is right; None for numbers.
    commonest : float or None
        The accuracy of one who always names the commonest class.
    """

    skill: float
    luck: float
    error: float = 0.0
    accuracy: float | None = None
    commonest: float | None = None

    @property
    def by_chance(self) -> bool:
        """Whether that could as well be chance."""
        return self.skill <= self.luck

    @property
    def hardly_better(self) -> bool:
        """The same of the better one of two that were tried, and have been lucky twice as often."""
        return self.skill <= 1.25 * self.luck


def marked(answers: NDArray[np.floating], targets: NDArray[np.floating], kind: Kind) -> Marks:
    """Compare answers with targets, both (m, K).

    Parameters
    ----------
    answers, targets : (m, K) arrays
        A column for each class or question, or the numbers themselves.
    kind : {"classes", "questions", "numbers"}

    Examples
    --------
    >>> always_no = np.zeros((1000, 1))
    >>> rare = (np.arange(1000) < 50).astype(float)[:, None]
    >>> marked(always_no, rare, "questions").accuracy, marked(always_no, rare, "questions").skill
    (0.95, 0.0)
    """
    A, Y = np.asarray(answers, np.float64), np.asarray(targets, np.float64)
    if kind == "numbers":
        return _of_numbers(A, Y)
    if kind == "classes":
        return _of_classes(A.argmax(axis=1), Y.argmax(axis=1))
    each = [_of_classes((a > 0.5).astype(int), (y > 0.5).astype(int)) for a, y in zip(A.T, Y.T, strict=True)]
    return Marks(
        float(np.mean([marks.skill for marks in each])),
        max(float(np.mean([marks.luck for marks in each])) / len(each) ** 0.5, LEAST_LUCK),
        float(np.mean([marks.error for marks in each])) / len(each) ** 0.5,
        float(np.mean([marks.accuracy for marks in each])),
        float(np.mean([marks.commonest for marks in each])),
    )


def _of_classes(said: NDArray[np.intp], truth: NDArray[np.intp]) -> Marks:
    counts = np.bincount(truth)
    present = np.flatnonzero(counts)
    K, accuracy, commonest = len(present), float(np.mean(said == truth)), float(counts.max() / len(truth))
    if K < 2:  # one class only: nothing can be told apart
        return Marks(accuracy, 1.0, 1.0, accuracy, commonest)
    n, chance = counts[present], 1 / K
    hits = np.bincount(truth, weights=said == truth)[present]
    luck = max(3 * _deviation(np.full(K, chance), n), LEAST_LUCK)
    error = _deviation((hits + 1) / (n + 2), n)  # all right of a few is no certainty
    return Marks(float((hits / n).mean() - chance) / (1 - chance), luck, error, accuracy, commonest)


def _deviation(recalls: NDArray[np.float64], n: NDArray[np.intp]) -> float:
    """Of the skill, where each class has this recall and so many samples."""
    K = len(n)
    return float(np.sqrt(np.sum(recalls * (1 - recalls) / n)) / K / (1 - 1 / K))


def _of_numbers(A: NDArray[np.float64], Y: NDArray[np.float64]) -> Marks:
    spread = float(np.square(Y - Y.mean(axis=0)).sum())
    missed = float(np.square(Y - A).sum())
    return Marks(1 - missed / spread if spread else 0.0, max(20 / len(Y), LEAST_LUCK), 1 / len(Y) ** 0.5)
