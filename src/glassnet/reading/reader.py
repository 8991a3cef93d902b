"""``read``: from a picture to its digits."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from glassnet.errors import DataError
from glassnet.model import Model
from glassnet.preprocessing import Piece, Sheet, open_grey, pieces, prepare
from glassnet.preprocessing.light import shrink
from glassnet.pretraining import pretrained
from glassnet.reading.doubts import MAX_GRAIN_CONTRAST, doubts_about
from glassnet.reading.records import Digit, Reading, Reason, Rejected
from glassnet.reading.score import DEFAULT_THRESHOLD, likeness, probabilities, unlikeness

__all__ = ["read"]

FRAME_TO_SIZE, MAX_INKLIKE_SHARE = (
    0.3,
    0.2,
)  # of its size; share of what lies around a digit that may look like its ink
MAX_EDGE_TO_INK_AREA = 0.03  # of the ink's area: less is the picture's own border, or dirt
MIN_SIDE_WITH_SHADOWS = 48  # pixels: on a smaller picture a shadow's border cannot be told from a stroke
MIN_SCORE_WHEN_SURE = (
    0.8  # what must be reached where nothing is read at first, and the picture is taken otherwise
)


def read(source: Any, model: Model | None = None, *, threshold: float | None = None) -> Reading:
    """Read the digits on a picture.

    Parameters
    ----------
    source : path, bytes, array or Pillow picture
        A photograph, a scan or a drawing: see :func:`glassnet.preprocessing.open_grey`.
    model : Model, optional
        The one that ships with the package by default.
    threshold : float, optional
        From 0 to 1: what looks less like a digit is rejected. By default the model's own.

    Returns
    -------
    Reading

    Raises
    ------
    ImageError
        If the picture cannot be opened.
    DataError
        If the model does not read digits, or the threshold is not from 0 to 1.

    Examples
    --------
    >>> page = np.full((100, 100), 230, np.uint8)
    >>> read(page).reason
    'There is no ink.'
    >>> page[20:80, 48:53] = 40
    >>> read(page).text
    '1'
    """
    grey = open_grey(source)
    model = model or pretrained()
    if threshold is None:
        threshold = float(model.metadata.get("reading_threshold", DEFAULT_THRESHOLD))
    if not 0 <= threshold <= 1:
        raise DataError(f"threshold must be a number from 0 to 1, not {threshold!r}.")
    first = _read(prepare(grey), model, threshold)
    edges = float(first.sheet.edges.sum()) > MAX_EDGE_TO_INK_AREA * float(first.sheet.ink.sum())
    if not first.rejected and not edges:
        return first
    return _taken_otherwise(grey, first, model, threshold)


def _taken_otherwise(grey: NDArray[np.uint8], first: Reading, model: Model, threshold: float) -> Reading:
    """The best of other ways to look at a picture: with sharp shadows, with the other polarity."""
    dark, sharp = first.sheet.dark, min(grey.shape) >= MIN_SIDE_WITH_SHADOWS
    careful = max(threshold, MIN_SCORE_WHEN_SURE)
    ways = [first]
    if sharp:
        sheet = prepare(grey, dark=dark, sharp=True)
        ways.append(_read(sheet, model, threshold if first.digits else careful))
    if not any(map(_is_clear, ways)):
        lights = (False, True) if sharp else (False,)
        others = [_read(prepare(grey, dark=not dark, sharp=light), model, careful) for light in lights]
        ways += [way for way in others if way.digits and not way.rejected and _stand_free(way)]
    best = max(ways, key=_quality)
    return best if best.digits else first


def _is_clear(reading: Reading) -> bool:
    """Whether a way of looking at a picture leaves no wish for another one."""
    sure = all(digit.score >= MIN_SCORE_WHEN_SURE for digit in reading.digits)
    return bool(reading.digits) and sure and not reading.rejected


def _stand_free(reading: Reading) -> bool:
    """Whether there is paper around the digits: the hole of a letter has the page's colour around it too."""
    sheet = reading.sheet
    work = shrink(sheet.turned, sheet.factor)
    for digit in reading.digits:
        left, top, right, bottom = (side // sheet.factor for side in digit.box)
        ink = work[top:bottom, left:right][sheet.ink[top:bottom, left:right]]
        wide = max(2, round(FRAME_TO_SIZE * max(right - left, bottom - top)))
        frame = slice(max(top - wide, 0), bottom + wide), slice(max(left - wide, 0), right + wide)
        others = work[frame][~sheet.ink[frame]]
        if not (ink.size and others.size):
            return False
        level = 0.85 * float(np.median(ink)) + 0.15 * float(np.percentile(others, 90))
        if float((others < level).mean()) > MAX_INKLIKE_SHARE:
            return False
    return True


def _quality(reading: Reading) -> float:
    """How well a way of looking at a picture explains what is on it; large pieces count for more."""
    good = sum(digit.score * (digit.box[3] - digit.box[1]) for digit in reading.digits)
    bad = sum(rejected.box[3] - rejected.box[1] for rejected in reading.rejected)
    return float((good - 2 * bad) / reading.picture.shape[0] - 3 * reading.sheet.edges.mean())


def _read(sheet: Sheet, model: Model, threshold: float) -> Reading:
    found = pieces(sheet, unlikeness(model))
    if not found:
        clear = bool((sheet.share[sheet.ink] > 2 * MAX_GRAIN_CONTRAST).any())
        little = Reason.TOO_LITTLE_INK.sentence if clear else "There is no ink."
        return Reading("", (), (), sheet, little)
    outputs = probabilities(model, np.stack([piece.image for piece in found]))
    scores = likeness(outputs)
    doubts = doubts_about(found, outputs, scores, sheet, threshold)
    digits: list[tuple[Piece, Digit]] = []
    rejected = []
    for piece, row, score, doubt in zip(found, outputs, scores, doubts, strict=True):
        if doubt is not None:
            rejected.append(Rejected(piece.box, doubt, float(score), piece.image, piece.ink, row))
        else:
            digits.append((piece, _digit(piece, row, float(score), model)))
    reason = "" if digits else _why(rejected)
    return Reading(_text(digits), tuple(digit for _, digit in digits), tuple(rejected), sheet, reason)


def _digit(piece: Piece, row: NDArray[np.float64], score: float, model: Model) -> Digit:
    order = np.argsort(row)
    label, second = int(order[-1]), int(order[-2])
    assert model.class_names is not None  # probabilities() has looked
    names = model.class_names[label], model.class_names[second]
    runner_up = second, float(row[second])
    return Digit(label, float(row[label]), piece.box, piece.image, piece.ink, runner_up, row, score, *names)


def _why(rejected: list[Rejected]) -> str:
    """Why there is no digit on a picture that has ink."""
    first, *others = {entry.reason for entry in rejected}
    return first.sentence if not others else "No piece of ink looks like a digit."


def _text(digits: list[tuple[Piece, Digit]]) -> str:
    """Lines of digits, with a space for each wide gap."""
    text, line = "", None
    for piece, digit in digits:
        if line is not None and piece.line != line:
            text += "\n"
        elif text and piece.space:
            text += " "
        text += digit.name
        line = piece.line
    return text
