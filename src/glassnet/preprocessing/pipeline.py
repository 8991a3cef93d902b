"""All steps in a row: from grey levels to the pieces in reading order."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from glassnet.preprocessing.normalization import MIN_BOX_INK, cropped, enlarged, shrunk, with_stroke
from glassnet.preprocessing.segmentation import Piece, Unlikeness, pieces
from glassnet.preprocessing.sheet import Sheet, prepare

__all__ = ["find", "piece_steps", "steps"]


class Cut(Protocol):
    """Ink that was cut out, and its 28×28 pixels."""

    @property
    def ink(self) -> NDArray[np.float32]:
        """From 0 to 1."""
        ...

    @property
    def image(self) -> NDArray[np.uint8]:
        """As a network sees it."""
        ...


def find(grey: NDArray[np.uint8], judge: Unlikeness | None = None) -> list[Piece]:
    """The pieces of ink on a picture, in reading order, each brought to 28×28.

    Parameters
    ----------
    grey : (h, w) uint8 array
        From :func:`glassnet.preprocessing.open_grey`.
    judge : callable, optional
        Says of (m, 28, 28) pictures how unlike a digit each is, to choose between ways to split and join.

    Examples
    --------
    >>> page = np.full((60, 90), 230, np.uint8)
    >>> page[10:50, 20:24] = page[10:50, 60:64] = 40
    >>> [piece.box for piece in find(page)]
    [(20, 10, 24, 50), (60, 10, 64, 50)]
    """
    return pieces(prepare(grey), judge)


def steps(sheet: Sheet | NDArray[np.uint8], piece: Cut | None = None) -> list[tuple[str, NDArray[np.uint8]]]:
    """Each step from a picture to 28×28, as named pictures.

    Parameters
    ----------
    sheet : Sheet or (h, w) uint8 array
        A reading's sheet, or a picture in grey.
    piece : a Piece, or what else has ``ink`` and ``image``; optional
        Whose last steps are shown; the largest by default.
    """
    if not isinstance(sheet, Sheet):
        sheet = prepare(sheet)
    lit = np.rint(255 * (1 - np.clip(sheet.share, 0, 1))).astype(np.uint8)
    shown = [("grey levels", sheet.grey)]
    shown.append(("dark on light" if sheet.dark else "light on dark: turned over", sheet.turned))
    shown.append(("light evened out", lit))
    if sheet.lines.any():
        shown.append(("ruled lines taken out", np.where(sheet.lines, np.uint8(255), lit)))
    if sheet.edges.any():
        shown.append(("borders of shadows taken out", np.where(sheet.edges, np.uint8(255), lit)))
    shown.append(("ink", np.where(sheet.ink, np.uint8(0), np.uint8(255))))
    if piece is None:
        piece = max(pieces(sheet), key=lambda piece: piece.ink.size, default=None)
    if piece is None:
        return shown
    return shown + piece_steps(piece.ink, piece.image)


def piece_steps(ink: NDArray[np.float32], image: NDArray[np.uint8]) -> list[tuple[str, NDArray[np.uint8]]]:
    """The last steps, of one piece of ink: from what was cut out to 28×28."""
    stroke = with_stroke(cropped(enlarged(ink), MIN_BOX_INK))
    cut_out = (("cut out", ink), ("stroke as wide as MNIST's", stroke), ("20 long", shrunk(stroke)))
    shown = [(name, np.rint(255 * (1 - np.clip(part, 0, 1))).astype(np.uint8)) for name, part in cut_out]
    return [*shown, ("28×28, centred by mass", 255 - image)]
