"""What a model sees on a drawing, and reads in it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glassnet.model import Model
from glassnet.preprocessing import piece_steps
from glassnet.reading import Digit, Rejected, read
from glassnet.reading.records import Box
from glassnet.reading.scaling import resized

__all__ = ["Refused", "SeenDigit", "Sight", "see"]

Pictures = tuple[tuple[str, NDArray[np.uint8]], ...]


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
    """Read a drawing or a photograph: what :func:`glassnet.reading.read` finds, with the way there.

    Raises
    ------
    DataError
        If the model does not read pictures of classes.
    """
    found = read(picture, model)
    digits = tuple(_seen(digit, model) for digit in found.digits)
    refused = tuple(Refused(part.box, part.reason.sentence, _seen(part, model)) for part in found.rejected)
    return Sight(found.text, digits, refused, found.reason)


def _seen(part: Digit | Rejected, model: Model) -> SeenDigit:
    (pixels,) = resized(part.image[np.newaxis], model)
    # ink bright on 0, as the pixels are
    steps = tuple((name, 255 - picture) for name, picture in piece_steps(part.ink, part.image))
    label = int(part.probabilities.argmax())
    return SeenDigit(label, part.probabilities, part.box, pixels, part.image, steps)
