"""What a model sees on a drawing, and reads in it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glassnet.errors import DataError
from glassnet.inspection.finding import FAINT, Box, find_pieces
from glassnet.inspection.scaling import fitted
from glassnet.model import Model

__all__ = ["Refused", "SeenDigit", "Sight", "see"]

Pictures = tuple[tuple[str, NDArray[np.uint8]], ...]
SURE_ENOUGH = 0.5


@dataclass(frozen=True)
class SeenDigit:
    """A digit on a drawing.

    Attributes
    ----------
    label : int
    probabilities : (K,) array
    box : (left, top, right, bottom)
        In pixels of the drawing.
    pixels : (height, width) uint8 array
        What the model read: ink bright, in the model's own size and range.
    image : (28, 28) uint8 array
        The same as MNIST has it.
    steps : tuple of (name, picture)
        From the drawing to there.
    """

    label: int
    probabilities: NDArray[np.float64]
    box: Box
    pixels: NDArray[np.uint8]
    image: NDArray[np.uint8]
    steps: Pictures


@dataclass(frozen=True)
class Refused:
    """Ink that is no digit, and why."""

    box: Box
    reason: str
    guess: SeenDigit | None = None


@dataclass(frozen=True)
class Sight:
    """Everything on a drawing.

    Attributes
    ----------
    text : str
        The digits, in reading order.
    digits : tuple of SeenDigit
    refused : tuple of Refused
    reason : str
        Why nothing was read, or "".
    """

    text: str
    digits: tuple[SeenDigit, ...]
    refused: tuple[Refused, ...]
    reason: str


def see(picture: NDArray[np.uint8], model: Model) -> Sight:
    """Read a drawing, dark on light.

    Raises
    ------
    DataError
        If the model does not read pictures of classes.
    """
    if model.class_names is None:
        raise DataError("This model predicts numbers, not classes, so it cannot read drawings.")
    pieces = find_pieces(picture)
    if not pieces:
        blank = int(picture.min(initial=255)) > 255 - FAINT
        return Sight("", (), (), "There is no ink." if blank else "There is too little ink for a digit.")
    pixels = fitted(np.stack([piece.image for piece in pieces]), model)
    outputs = model.predict_proba(pixels).astype(np.float64)
    digits, refused = [], []
    for piece, seen, row in zip(pieces, pixels, outputs, strict=True):
        digit = SeenDigit(int(row.argmax()), row, piece.box, seen, piece.image, piece.steps)
        if row.max() < SURE_ENOUGH:
            refused.append(Refused(piece.box, "It looks like no digit: no class reaches one half.", digit))
        else:
            digits.append(digit)
    text = "".join(model.class_names[digit.label] for digit in digits)
    return Sight(text, tuple(digits), tuple(refused), "" if digits else "No digit was found.")
