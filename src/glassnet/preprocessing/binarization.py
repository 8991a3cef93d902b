"""Ink parted from paper: what is dark enough, each stroke measured by its own darkness."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["MIN_MISSING_LIGHT", "least_share", "noise_level", "separate"]

MIN_MISSING_LIGHT = 0.06  # of the paper's light: what takes less is paper
MIN_GREY_LEVELS = 2.5  # grey levels below the paper: less is the counting of levels
MIN_NOISE_MULTIPLE = 4.5  # ink lies so many times the paper's noise below the paper
MIN_SHARE_OF_OWN_STROKE = 0.42  # of its stroke's full darkness: where the edge of a stroke is
MIN_SHARE_OF_MAIN_INK = (
    0.33  # of the main ink's darkness: what is fainter shines through from the back, or is dirt
)

Share = NDArray[np.float32]


def noise_level(share: Share) -> float:
    """How much the paper itself varies, as a standard deviation of the missing light.

    Whichever is more: from pixel to pixel, or on the brighter side of the commonest level. Ink changes
    neither, even where it covers half of the picture.
    """
    step = max(1, int(np.sqrt(share.size / 40_000)))
    sample = share[::step, ::step]
    rough = np.median(np.abs(np.diff(share[::step], axis=1))) / np.sqrt(2)
    paper = np.sort(sample[sample < max(0.2, float(np.percentile(sample, 30)))])
    usual = _mode(paper)
    below = usual - paper[paper < usual]
    return 1.4826 * float(max(rough, np.median(below) if below.size else 0.0))


def _mode(values: Share) -> float:
    """The commonest of sorted values: the middle of the narrowest half, again and again."""
    while len(values) > 2:
        half = (len(values) + 1) // 2
        start = int(np.argmin(values[half - 1 :] - values[: len(values) - half + 1]))
        if half == len(values):
            break
        values = values[start : start + half]
    return float(values.mean()) if values.size else 0.0


def separate(share: Share, least: Share) -> NDArray[np.bool_]:
    """Which pixels are ink.

    Everything clearly darker than the paper's noise is a candidate. Each connected candidate is then cut at
    a share of its own full darkness, so that a faint pencil and a marker on one page both keep their true
    width; what is much fainter than the main ink is left out.

    Parameters
    ----------
    share : (h, w) float array
        From :func:`glassnet.preprocessing.light.darkness`.
    least : (h, w) float array
        From :func:`least_share`.
    """
    from scipy import ndimage

    labels, count = ndimage.label(share > least, structure=np.ones((3, 3)))
    if not count:
        return np.zeros(share.shape, np.bool_)
    peaks = np.zeros(count + 1)
    peaks[1:] = _peaks(share, labels, count)
    sizes = np.bincount(labels.ravel(), minlength=count + 1)[1:]
    some = sizes >= max(4, 0.05 * sizes.max(), 0.0002 * share.size)
    main = float(peaks[1:][some].max()) if some.any() else float(peaks.max())
    peaks[peaks < MIN_SHARE_OF_MAIN_INK * main] = np.inf
    peaks[0] = np.inf
    ink: NDArray[np.bool_] = share > np.maximum(
        (MIN_SHARE_OF_OWN_STROKE * peaks).astype(np.float32)[labels], least
    )
    return ink


def least_share(noise: float, paper: Share) -> Share:
    """What share of the light ink takes at least: more where there is less light, and so more noise."""
    dimmer = np.clip(np.median(paper) / paper, 1, 4)
    level = MIN_GREY_LEVELS / paper  # where it is dark, one grey level is much
    least: Share = np.maximum(
        np.maximum(MIN_NOISE_MULTIPLE * noise * dimmer, level), MIN_MISSING_LIGHT
    ).astype(np.float32)
    return least


def _peaks(share: Share, labels: NDArray[np.int32], count: int) -> NDArray[np.float64]:
    """The full darkness of each component: the mean of the darker part of its pixels."""
    flat, where = share.ravel(), np.flatnonzero(labels)
    ids, values = labels.ravel()[where], flat[where].astype(np.float64)
    for _ in range(2):
        sums = np.bincount(ids, values, count + 1)
        sizes = np.bincount(ids, minlength=count + 1)
        means = sums / np.maximum(sizes, 1)
        keep = values >= means[ids] - 1e-9
        ids, values = ids[keep], values[keep]
    return np.asarray(means[1:])
