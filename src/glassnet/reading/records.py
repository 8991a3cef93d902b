"""What was read on a picture."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.preprocessing import Sheet

__all__ = ["Box", "Digit", "Reading", "Reason", "Rejected"]

Box = tuple[int, int, int, int]


class Reason(StrEnum):
    """Why ink is no digit."""

    TOO_LITTLE_INK = "too little ink"
    TOO_MUCH_INK = "too much ink"
    NOT_LIKE_A_DIGIT = "not like a digit"

    @property
    def sentence(self) -> str:
        """The same, said of a whole picture."""
        if self is Reason.NOT_LIKE_A_DIGIT:
            return "The ink does not look like a digit."
        return f"There is {self} for a digit."


@dataclass(frozen=True, eq=False)
class Digit:
    """A digit on a picture.

    Attributes
    ----------
    label : int
        The number of the class, from 0: for a model of the ten digits the digit.
    confidence : float
        The network's probability of the label.
    box : (left, top, right, bottom)
        In pixels of the picture; right and bottom are the first pixels outside.
    image : (28, 28) uint8 array
        What the network saw: as MNIST, ink bright on 0.
    ink : (h, w) float array
        The same before it was brought to 28×28: from 0, paper, to 1.
    runner_up : (label, probability)
        The second best answer.
    probabilities : (K,) array
    score : float
        How much it looks like a digit at all; what lies below the threshold is rejected.
    name, runner_up_name : str
        The two labels as the model calls them.
    """

    label: int
    confidence: float
    box: Box
    image: NDArray[np.uint8]
    ink: NDArray[np.float32]
    runner_up: tuple[int, float]
    probabilities: NDArray[np.float64]
    score: float
    name: str
    runner_up_name: str

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it, without the pixels."""
        return {
            "label": self.label,
            "name": self.name,
            "confidence": round(self.confidence, 6),
            "box": list(self.box),
            "runner_up": [self.runner_up[0], round(self.runner_up[1], 6)],
            "score": round(self.score, 6),
        }


@dataclass(frozen=True, eq=False)
class Rejected:
    """Ink that is no digit.

    Attributes
    ----------
    box : (left, top, right, bottom)
    reason : Reason
    score : float
    image : (28, 28) uint8 array
    ink : (h, w) float array
        The same before it was brought to 28×28.
    probabilities : (K,) array
    """

    box: Box
    reason: Reason
    score: float
    image: NDArray[np.uint8]
    ink: NDArray[np.float32]
    probabilities: NDArray[np.float64]

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it, without the pixels."""
        return {"box": list(self.box), "reason": str(self.reason), "score": round(self.score, 6)}


@dataclass(frozen=True, eq=False)
class Reading:
    """Everything that was read on a picture.

    Attributes
    ----------
    text : str
        The digits in reading order: a line of text for each line, a space for each wide gap.
    digits : tuple of Digit
    rejected : tuple of Rejected
    sheet : Sheet
        The picture, and how its ink was found.
    reason : str
        Why nothing was read, or "".
    """

    text: str
    digits: tuple[Digit, ...]
    rejected: tuple[Rejected, ...]
    sheet: Sheet
    reason: str = ""

    @property
    def picture(self) -> NDArray[np.uint8]:
        """The picture in grey, upright, (h, w)."""
        return self.sheet.grey

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it, without the pixels."""
        return {
            "text": self.text,
            "digits": [digit.to_dict() for digit in self.digits],
            "rejected": [rejected.to_dict() for rejected in self.rejected],
            "reason": self.reason,
        }

    def __repr__(self) -> str:
        what = repr(self.text) if self.digits else self.reason
        return f"<Reading {what}: {len(self.digits)} digits, {len(self.rejected)} rejected>"
