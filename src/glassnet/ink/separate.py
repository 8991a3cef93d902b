"""Ink parted from paper: what is dark enough, each stroke measured by its own darkness."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["FAINTEST", "noise_level", "separate"]

FAINTEST = 0.06  # of the paper's light: what takes less is paper
NOISES = 4.5  # ink lies so many times the paper's noise below the paper
OWN = 0.42  # of its stroke's full darkness: where the edge of a stroke is
MAIN = 0.33  # of the main ink's darkness: what is fainter shines through from the back, or is dirt

Share = NDArray[np.float32]


def noise_level(share: Share) -> float:
    """How much the paper itself varies: robust standard deviation of the missing light."""
    step = max(1, int(np.sqrt(share.size / 40_000)))
    sample = share[::step, ::step]
    return 1.4826 * float(np.median(np.abs(sample - np.median(sample))))


def separate(share: Share, noise: float) -> NDArray[np.bool_]:
    """Which pixels are ink.

    Everything clearly darker than the paper's noise is a candidate. Each connected candidate is then cut at
    a share of its own full darkness, so that a faint pencil and a marker on one page both keep their true
    width; what is much fainter than the main ink is left out.

    Parameters
    ----------
    share : (h, w) float array
        From :func:`glassnet.ink.light.darkness`.
    noise : float
        From :func:`noise_level`.
    """
    from scipy import ndimage

    least = max(NOISES * noise, FAINTEST)
    labels, count = ndimage.label(share > least, structure=np.ones((3, 3)))
    if not count:
        return np.zeros(share.shape, np.bool_)
    peaks = np.zeros(count + 1)
    peaks[1:] = _peaks(share, labels, count)
    sizes = np.bincount(labels.ravel(), minlength=count + 1)[1:]
    some = sizes >= max(4, 0.05 * sizes.max(), 0.0002 * share.size)
    main = float(peaks[1:][some].max()) if some.any() else float(peaks.max())
    peaks[peaks < MAIN * main] = np.inf
    peaks[0] = np.inf
    ink: NDArray[np.bool_] = share > np.maximum(OWN * peaks, least).astype(np.float32)[labels]
    return ink


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
