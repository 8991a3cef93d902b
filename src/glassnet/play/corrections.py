"""The drawings that a tab corrected: its own training data, each of which can be taken back."""

import io
import zipfile
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from glassnet.play.errors import RequestError
from glassnet.play.registered_model import RegisteredModel

__all__ = ["Correction", "Corrections"]


@dataclass(frozen=True)
class Correction:
    """A drawing, and what it was."""

    pixels: NDArray[np.uint8]
    image: NDArray[np.uint8]
    label: int
    name: str


@dataclass
class Corrections:
    """The corrections of one model, oldest first.

    Attributes
    ----------
    first : RegisteredModel
        The model as it was before all of them.
    drawings : list of Correction
    models : list of RegisteredModel
        After each correction.
    """

    first: RegisteredModel
    drawings: list[Correction] = field(default_factory=list)
    models: list[RegisteredModel] = field(default_factory=list)

    @property
    def newest(self) -> RegisteredModel:
        """The model as it is now."""
        return self.models[-1] if self.models else self.first

    def undo(self) -> RegisteredModel:
        """Take the last correction back; gives the model that goes with it.

        Raises
        ------
        RequestError
            When there is none.
        """
        if not self.models:
            raise RequestError(409, "There is nothing to take back.")
        self.drawings.pop()
        return self.models.pop()

    def archive(self) -> bytes:
        """All drawings as PNG files, named as ``glassnet teach`` reads them."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for number, correction in enumerate(self.drawings, start=1):
                picture = io.BytesIO()
                Image.fromarray(255 - correction.image).save(picture, "PNG")
                archive.writestr(f"{correction.name}_{number:03}.png", picture.getvalue())
        return buffer.getvalue()
