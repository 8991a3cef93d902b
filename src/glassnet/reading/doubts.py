"""Why ink is no digit: a piece by itself, what stands around it, or the picture as a whole."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from glassnet.preprocessing import Piece, Sheet
from glassnet.reading.records import Reason

__all__ = ["MAX_GRAIN_CONTRAST", "doubts_about"]

MAX_WIDTH_TO_HEIGHT = 2.2  # times its height: no digit lies like that
MAX_HEIGHT_OF_PICTURE = 0.95  # of the picture's height: a line, where the picture is wide
MIN_SIDE_PIXELS = 6  # pixels: in fewer there is no shape
MAX_GRAIN_HEIGHT_OF_PICTURE, MAX_GRAIN_CONTRAST = (
    0.06,
    0.14,
)  # of the picture's side; so small and so faint is the paper's grain
MIN_CONTRAST_TO_DARKEST = 0.4  # beside the darkest: from the other side of the paper, or printed on it
MAX_THICKNESS_TO_LENGTH = 0.48  # of its longer side: so thick is hardly one in a thousand of MNIST's digits
MAX_INK_SHARE_OF_BOX = 0.85  # of a box that is not a thin upright stroke: no digit is a blot

MAX_WORD_GAP_TO_HEIGHT = 0.5  # of its neighbour's height: they stand in one word
MIN_HEIGHT_TO_TALLEST = 0.5  # of the tallest digit beside it: what is lower is no letter
UPRIGHT_LABELS = (1, 7)  # what is left where a letter (m, n, u, v, w) is cut into its strokes
MAX_LETTER_WIDTH_TO_HEIGHT = 1.1  # of their height: two digits that touch are wider
MIN_SCORE_TO_THRESHOLD = 0.5  # of the threshold, among digits
MIN_SCORE_WHEN_THICK = 0.9  # of a digit that is too thick by itself, among digits
MIN_DIGITS_PER_OTHER = 2  # times as many digits on its line as what is none
MIN_OTHERS_OF_TEXT = (
    5  # so many that are no digits, and more than digits: some of a text or a face always looks like one
)

MIN_SIDE_WITH_SURROUNDINGS = 48  # pixels: on a smaller picture hardly anything stands around a digit
MIN_CONTRAST_TO_NOISE = 9  # times the paper's own variation: ink stands out more clearly
MIN_GREY_TO_CONTRAST = (
    0.4  # of the ink's share of light: so far from the paper is neither paper nor a stroke's soft edge
)
MAX_GREY_TO_INK_AREA = 0.2  # of the digits' ink: more of that is on no written page

Doubts = list[Reason | None]
"""For each piece of ink why it is no digit; None: it is one."""


def doubts_about(
    found: Sequence[Piece],
    outputs: NDArray[np.float64],
    scores: NDArray[np.float64],
    sheet: Sheet,
    threshold: float,
) -> Doubts:
    """For each piece why it is no digit, or None.

    Parameters
    ----------
    found : pieces, in reading order
    outputs, scores : (m, K), (m,) arrays
        The network's probabilities, and how much each piece looks like a digit.
    sheet : Sheet
        The picture that they are on.
    threshold : float
        What scores less is no digit. At 0 all that can be a digit is one.
    """
    contrasts = [_contrast(piece, sheet) for piece in found]
    doubts = [
        _fault(piece, sheet, contrast / max(contrasts), contrast)
        or (Reason.NOT_LIKE_A_DIGIT if score < threshold else None)
        for piece, score, contrast in zip(found, scores, contrasts, strict=True)
    ]
    if threshold == 0:
        return doubts
    perhaps = [
        k
        for k, (doubt, score) in enumerate(zip(doubts, scores, strict=True))
        if (doubt == Reason.NOT_LIKE_A_DIGIT and MIN_SCORE_TO_THRESHOLD * threshold <= score < threshold)
        or (doubt == Reason.TOO_MUCH_INK and score > MIN_SCORE_WHEN_THICK)
    ]
    _doubt_letters(found, doubts, outputs.argmax(axis=1))
    good = [k for k, doubt in enumerate(doubts) if not doubt]
    others = len([doubt for doubt in doubts if doubt not in (None, Reason.TOO_LITTLE_INK)])
    if good and (
        others >= max(MIN_OTHERS_OF_TEXT, len(good) + 1)
        or _strewn(sheet, [found[k] for k in good], max(contrasts[k] for k in good))
    ):
        _doubt_all(doubts, good)
    else:
        _trust_company(found, doubts, perhaps)
    return doubts


def _doubt_letters(found: Sequence[Piece], doubts: Doubts, labels: NDArray[np.intp]) -> None:
    """Doubt what looks like a digit and is a letter: a part of a stroke, or a sign in a word."""
    for group in _cut_strokes(found):
        alone = not any(doubt is None for k, doubt in enumerate(doubts) if k not in group)
        if _others(found, doubts, group) or (alone and _a_letters([found[k] for k in group], labels[group])):
            _doubt_all(doubts, group)
    for group in _words(found):
        others = _others(found, doubts, group)
        if others > 1 and others >= sum(doubts[k] is None for k in group):
            _doubt_all(doubts, group)


def _trust_company(found: Sequence[Piece], doubts: Doubts, perhaps: Sequence[int]) -> None:
    """Take for digits what is hardly like one, or very thick, where it stands among digits of its size."""
    for k in perhaps:
        line = [other for other, piece in enumerate(found) if piece.line == found[k].line]
        heights = [found[other].box[3] - found[other].box[1] for other in line if not doubts[other]]
        others = _others(found, doubts, line)
        if len(heights) < MIN_DIGITS_PER_OTHER * max(others, 1):
            continue
        size = (found[k].box[3] - found[k].box[1]) / float(np.median(heights))
        if MIN_HEIGHT_TO_TALLEST <= size <= 1 / MIN_HEIGHT_TO_TALLEST:
            doubts[k] = None


def _doubt_all(doubts: Doubts, group: Sequence[int]) -> None:
    for k in group:
        doubts[k] = doubts[k] or Reason.NOT_LIKE_A_DIGIT


def _cut_strokes(found: Sequence[Piece]) -> list[list[int]]:
    """Which pieces were cut out of one connected stroke."""
    strokes: dict[int, list[int]] = {}
    for k, piece in enumerate(found):
        if piece.cut_from:
            strokes.setdefault(piece.cut_from, []).append(k)
    return [group for group in strokes.values() if len(group) > 1]


def _words(found: Sequence[Piece]) -> list[list[int]]:
    """Which pieces stand close to one another on one line."""
    words = [[0]]
    for (k, before), (_, after) in pairwise(enumerate(found)):
        tall = max(piece.box[3] - piece.box[1] for piece in (before, after))
        if before.line == after.line and after.box[0] - before.box[2] <= MAX_WORD_GAP_TO_HEIGHT * tall:
            words[-1].append(k + 1)
        else:
            words.append([k + 1])
    return [word for word in words if len(word) > 1]


def _others(found: Sequence[Piece], doubts: Sequence[Reason | None], group: Sequence[int]) -> int:
    """How many of a group are no digits, dirt aside and what is much lower than its digits."""
    heights = {k: found[k].box[3] - found[k].box[1] for k in group}
    tallest = max((heights[k] for k in group if not doubts[k]), default=0)
    return sum(
        doubts[k] not in (None, Reason.TOO_LITTLE_INK) and heights[k] >= MIN_HEIGHT_TO_TALLEST * tallest
        for k in group
    )


def _a_letters(group: Sequence[Piece], labels: NDArray[np.intp]) -> bool:
    """Whether the parts of one stroke are a letter's: narrow together, or upright strokes alone."""
    tallest = max(piece.box[3] - piece.box[1] for piece in group)
    width = max(piece.box[2] for piece in group) - min(piece.box[0] for piece in group)
    return width <= MAX_LETTER_WIDTH_TO_HEIGHT * tallest or bool(np.isin(labels, UPRIGHT_LABELS).all())


def _strewn(sheet: Sheet, digits: Sequence[Piece], contrast: float) -> bool:
    """Whether much of a picture is neither paper nor ink: it shows a thing, and no writing.

    Parameters
    ----------
    sheet : Sheet
    digits : pieces
    contrast : float
        What share of the light their ink takes.
    """
    if min(sheet.share.shape) < MIN_SIDE_WITH_SURROUNDINGS:
        return False
    if contrast < MIN_CONTRAST_TO_NOISE * sheet.noise:
        return True
    most = MAX_GREY_TO_INK_AREA * sum(np.count_nonzero(sheet.ink[_place(piece, sheet)]) for piece in digits)
    between = (np.abs(sheet.share) > MIN_GREY_TO_CONTRAST * contrast) & ~sheet.ink & ~sheet.lines
    if np.count_nonzero(between) <= most:
        return False
    from scipy import ndimage

    near = ndimage.binary_dilation(sheet.ink | sheet.lines, iterations=2)  # soft edges of strokes
    return int(np.count_nonzero(between & ~near)) > most


def _place(piece: Piece, sheet: Sheet) -> tuple[slice, slice]:
    """Where a piece stands on the sheet's own pixels."""
    left, top, right, bottom = (side // sheet.factor for side in piece.box)
    return slice(top, max(bottom, top + 1)), slice(left, max(right, left + 1))


def _contrast(piece: Piece, sheet: Sheet) -> float:
    """What share of the light a piece's ink takes."""
    place = _place(piece, sheet)
    share = sheet.share[place][sheet.ink[place]]
    return float(np.percentile(share, 75)) if share.size else 0.01


def _fault(piece: Piece, sheet: Sheet, beside: float, contrast: float) -> Reason | None:
    """Why a piece cannot be a digit whatever the network says, or None.

    Its contrast is given as it is, and beside that of the darkest piece.
    """
    if max(piece.box[2] - piece.box[0], piece.box[3] - piece.box[1]) < MIN_SIDE_PIXELS:
        return Reason.TOO_LITTLE_INK
    small = piece.box[3] - piece.box[1] < MAX_GRAIN_HEIGHT_OF_PICTURE * max(sheet.grey.shape)
    if beside < MIN_CONTRAST_TO_DARKEST or (small and contrast < MAX_GRAIN_CONTRAST):
        return Reason.TOO_LITTLE_INK
    height, width = piece.ink.shape
    left, top, right, bottom = piece.box
    if (
        bottom - top > MAX_HEIGHT_OF_PICTURE * sheet.grey.shape[0]
        and right - left < 0.1 * sheet.grey.shape[1]
    ):
        return Reason.NOT_LIKE_A_DIGIT  # a line, a shadow's edge
    if width > MAX_WIDTH_TO_HEIGHT * height:
        return Reason.NOT_LIKE_A_DIGIT
    coarse = slice(None, None, max(1, height // 40))
    full = piece.ink[coarse, coarse] > 0.5
    if (height < 3 * width and float(full.mean()) > MAX_INK_SHARE_OF_BOX) or _thickness(
        full
    ) > MAX_THICKNESS_TO_LENGTH * max(full.shape):
        return Reason.TOO_MUCH_INK
    return None


def _thickness(ink: NDArray[np.bool_]) -> float:
    """The diameter of the largest circle in the ink, in pixels."""
    from scipy import ndimage

    return 2 * float(ndimage.distance_transform_edt(np.pad(ink, 1)).max()) - 0.5
