"""A whole lesson: one's own digits before and after, what was forgotten, and whether it was worth it."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from glassnet.data import Dataset
from glassnet.finetuning.own_digits import OwnDigits
from glassnet.finetuning.tune import learn, unseen
from glassnet.model import Model

__all__ = ["MAX_FORGOTTEN_SHARE", "Report", "teach"]

MAX_FORGOTTEN_SHARE = 0.003  # of the known digits may be forgotten


@dataclass(frozen=True, eq=False)
class Report:
    """What a lesson did.

    Attributes
    ----------
    model : Model
        The taught one; it remembers in its metadata what it was taught.
    before : (m, K) array
        Its answers to one's own digits before the lesson.
    unseen : (m, K) array
        Answers to them by copies that were not taught the digit in question.
    after : (m, K) array
        The taught model's answers.
    known_before, known_after : float or None
        Accuracy on known digits.
    known : int
        How many these are.
    labels : (m,) integers
    """

    model: Model
    before: NDArray[np.float64]
    unseen: NDArray[np.float64]
    after: NDArray[np.float64]
    known_before: float | None
    known_after: float | None
    known: int
    labels: NDArray[np.int64]

    def right(self, answers: NDArray[np.float64]) -> int:
        """How many of one's own digits these answers name."""
        return int((answers.argmax(axis=1) == self.labels).sum())

    @property
    def worse(self) -> str:
        """Why the taught model is no better than the one before, or ""."""
        if self.right(self.unseen) < self.right(self.before):
            return "digits of yours that it was not taught are read worse than before"
        if self.right(self.after) < self.right(self.before):
            return "your digits are read worse than before"
        if self.known_before is not None and self.known_after is not None:
            lost = self.known_before - self.known_after
            if lost > MAX_FORGOTTEN_SHARE:
                return f"it forgot {100 * lost:.1f} points of what it knew"
        return ""


def teach(model: Model, own: OwnDigits, rehearsal: Dataset | None, check: Dataset | None) -> Report:
    """Teach a copy of a model one's own digits.

    Parameters
    ----------
    model : Model
    own : OwnDigits
        From :func:`own_digits`.
    rehearsal, check : Dataset, optional
        Known digits to learn again meanwhile, and others to see what is forgotten.
    """
    answers = unseen(model, own.images, own.labels, rehearsal)
    lesson = learn(model, own.images, own.labels, rehearsal, check)
    names = model.class_names or ()
    counts = {names[k]: int(n) for k, n in enumerate(np.bincount(own.labels)) if n}
    entry = {"date": date.today().isoformat(), "digits": counts}
    before = model.metadata.get("taught", [])
    lesson.model.metadata = {**model.metadata, "taught": [*before, entry]}
    return Report(
        lesson.model, lesson.before, answers, lesson.after,
        lesson.known_before, lesson.known_after, lesson.known, own.labels,
    )  # fmt: skip
