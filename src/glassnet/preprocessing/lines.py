"""Ruled and squared paper: straight thin lines right across, taken out without what crosses them."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["remove_lines"]

TILTS = np.tan(np.deg2rad(np.linspace(-5, 5, 41)))
MIN_INKED_SHARE = 0.55  # of the way across: what is inked less is no ruled line
MAX_THICKNESS_TO_LONGER_SIDE = 0.025  # of the picture's longer side
MIN_SIDE_PIXELS = 60  # pixels of the shorter side: in less, a line is as thick as a stroke
MAX_ROUNDS = (
    4  # seen at an angle, lines are not quite parallel: those of one tilt are taken out in each round
)
MIN_LENGTH_TO_WRITING_ALONE = 3.0  # a single line must be so many times as long as the writing on it is high
MIN_LENGTH_TO_WRITING_TOGETHER = 1.2  # several lines must be so many times as long
MAX_WOBBLE_PIXELS = 2  # pixels by which a line strays
MIN_SHARE_ON_LINE = 0.8  # of a piece's pixels lie on a line: it is a rest of it

Mask = NDArray[np.bool_]


def remove_lines(ink: Mask) -> Mask:
    """Which pixels belong to ruled lines, their soft edges included.

    Lines are looked for as rows, and as columns, in which ink reaches from one side to the other once the
    picture is brought level; where there are some, one side is enough for others. Where a stroke crosses,
    its ink goes on above or below the line, and stays.

    Examples
    --------
    >>> page = np.zeros((80, 200), bool)
    >>> page[10:70, 100:106] = page[20:22] = page[60:62] = True
    >>> lines = remove_lines(page)
    >>> bool(lines[20, :97].all()), bool(lines[20:22, 100:106].any())
    (True, False)
    """
    if min(ink.shape) < MIN_SIDE_PIXELS:
        return np.zeros_like(ink)
    lines, zone = np.zeros_like(ink), np.zeros_like(ink)
    lengths: list[int] = []
    for axis, ends in ((0, 2), (1, 2), (0, 1), (1, 1)):
        if ends == 1 and not lengths:
            break  # where some lines reach both sides, others may be too faint at one
        for _ in range(MAX_ROUNDS):
            left = ink & ~lines
            found, level = _level_lines(left.T if axis else left, ends)
            if not level:
                break
            lengths += [ink.shape[1 - axis]] * len(level)
            lines |= found.T if axis else found
            for rows, columns in level:
                zone[(columns, rows) if axis else (rows, columns)] = True
    if not lengths or not _ruled(lengths, ink & ~lines):
        return np.zeros_like(ink)
    return lines | _rests(ink & ~lines, zone)


Places = tuple[NDArray[np.intp], NDArray[np.intp]]


def _level_lines(ink: Mask, ends: int) -> tuple[Mask, list[Places]]:
    """The lines of one tilt without what crosses them, and for each line all of its places."""
    height, width = ink.shape
    taken, zones = np.zeros_like(ink), []
    reaches = ink[:, : _edge(width)].any() or ink[:, -_edge(width) :].any()
    y, x = np.nonzero(ink)
    if len(y) < MIN_INKED_SHARE * width or not reaches:
        return taken, []
    shift = np.rint(np.arange(width) * _tilt(y, x, width)).astype(np.intp)
    rows = np.arange(height)[:, None] + shift  # row of the picture for each place of the level one
    inside = (rows >= 0) & (rows < height)
    rows = np.clip(rows, 0, height - 1)
    level = ink[rows, np.arange(width)] & inside
    for first, last in _across(level, inside, ends):
        if last - first + 1 > max(4, MAX_THICKNESS_TO_LONGER_SIDE * max(ink.shape)):
            continue
        band = slice(max(first - MAX_WOBBLE_PIXELS, 0), last + 1 + MAX_WOBBLE_PIXELS)
        places, columns = np.nonzero(inside[band] & ~_crossed(level, first, last))
        taken[rows[band][places, columns], columns] = True
        places, columns = np.nonzero(inside[band])
        zones.append((rows[band][places, columns], columns))
    return taken, zones


def _edge(width: int) -> int:
    """How near to the picture's edge a ruled line comes on both sides: it goes on beyond."""
    return max(3, width // 25)


def _tilt(y: NDArray[np.intp], x: NDArray[np.intp], width: int) -> float:
    """The slope at which ink gathers most in few rows."""
    some = slice(None, None, max(1, len(y) // 20_000))
    gathered = [
        np.square(np.bincount(np.rint(y[some] - x[some] * t).astype(np.intp) + width)).sum() for t in TILTS
    ]
    return float(TILTS[int(np.argmax(gathered))])


def _across(level: Mask, inside: Mask, ends: int) -> list[tuple[int, int]]:
    """First and last row of what is inked nearly all the way, allowing for a wobble of one pixel.

    So many ends must lie at the picture's sides.
    """
    wide = level.copy()
    wide[1:] |= level[:-1]
    wide[:-1] |= level[1:]
    there = np.maximum(inside.sum(axis=1), 0.25 * level.shape[1])
    covered = (wide & inside).sum(axis=1) >= MIN_INKED_SHARE * there
    edge = _edge(level.shape[1])
    sides = [(wide | ~inside)[:, side].any(axis=1) for side in (slice(edge), slice(-edge, None))]
    covered &= np.sum(sides, axis=0) >= ends
    turns = np.flatnonzero(np.diff(np.pad(covered.astype(np.int8), 1)))
    # the wobble made every run two rows too thick
    return [
        (int(first) + (last - first > 2), int(last) - 1 - (last - first > 2))
        for first, last in zip(turns[::2], turns[1::2], strict=True)
    ]


def _crossed(level: Mask, first: int, last: int) -> Mask:
    """The columns in which ink goes on above or below a line."""
    none = np.zeros(level.shape[1], np.bool_)

    def row(at: int) -> Mask:
        return level[at] if 0 <= at < len(level) else none

    above = row(first - MAX_WOBBLE_PIXELS - 1) & row(first - MAX_WOBBLE_PIXELS - 2)
    below = row(last + MAX_WOBBLE_PIXELS + 1) & row(last + MAX_WOBBLE_PIXELS + 2)
    return np.asarray(above | below)


def _ruled(lengths: list[int], rest: Mask) -> bool:
    """Whether lines are the paper's: long beside the writing, not a bar of a large digit."""
    from scipy import ndimage

    labels, parts = ndimage.label(rest, np.ones((3, 3)))
    if not parts:
        return len(lengths) > 1
    sizes = np.bincount(labels.ravel())[1:]
    places = [place for place, size in zip(ndimage.find_objects(labels), sizes, strict=True) if size > 8]
    tallest = max((place[0].stop - place[0].start for place in places), default=0)
    return bool(
        min(lengths)
        >= (MIN_LENGTH_TO_WRITING_ALONE if len(lengths) == 1 else MIN_LENGTH_TO_WRITING_TOGETHER) * tallest
    )


def _rests(ink: Mask, zone: Mask) -> Mask:
    """Pieces of ink that lie on lines."""
    from scipy import ndimage

    labels, count = ndimage.label(ink, np.ones((3, 3)))
    sizes = np.bincount(labels.ravel(), minlength=count + 1)
    on_lines = np.bincount(labels[zone], minlength=count + 1)
    rest = on_lines >= MIN_SHARE_ON_LINE * np.maximum(sizes, 1)
    rest[0] = False
    return np.asarray(rest[labels])
