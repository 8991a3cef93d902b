"""Digits that do not stand upright, as those of EMNIST: told by the mean picture of each class."""

import numpy as np
from numpy.typing import NDArray

from glassnet.data.dataset import Dataset

__all__ = ["upright"]

# The means of MNIST's ten digits on 7×7 squares, from 0 to 9.
_MEANS = """
0000000002672001665600461260055264003885100000000 0000000000341000064000008100002810000351000000000
0001000014761001236200025610037863003643200000000 0000000014751001256100048610011262003675100011000
0000000001122001526200385820014661000143000001000 0000000002453001563200166410012352002664100011000
0001100002530000451100175630018773000363000000000 0000000001220003778200122710001650000262000023100
0000000002662001556300049610015741001674100011000 0000000001330001657200266810003550000153000012100
"""
_SIDE = 7
MIN_SAMPLES = 50
MIN_CLASSES = 4
MIN_SAMPLES_OF_A_CLASS = 3
MAX_SAMPLES = 5000
MIN_CORRELATION = 0.7
MIN_ADVANTAGE = 0.25


def upright(data: Dataset) -> str | None:
    """How pictures of digits have to be turned to stand upright, as NumPy says it; None if they need not.

    It is said only where it is certain: of handwritten digits whose classes are called 0 to 9.

    Parameters
    ----------
    data : Dataset

    Returns
    -------
    str or None
        Such as "images.transpose(0, 2, 1)".
    """
    means = _class_means(data)
    if means is None:
        return None
    known = np.array([list(map(int, row)) for row in _MEANS.split()], np.float64).reshape(-1, _SIDE, _SIDE)
    likeness = {
        (transposed, turns): _correlation(_turned(means, transposed, turns), known)
        for transposed in (False, True)
        for turns in range(4)
    }
    best = max(likeness, key=likeness.__getitem__)
    if likeness[best] < MIN_CORRELATION or likeness[best] - likeness[False, 0] < MIN_ADVANTAGE:
        return None
    images = "images.transpose(0, 2, 1)" if best[0] else "images"
    return f"numpy.rot90({images}, {best[1]}, axes=(1, 2))" if best[1] else images


def _class_means(data: Dataset) -> NDArray[np.float64] | None:
    """The mean picture of each digit on 7×7 squares; NaN where there are too few of one."""
    shape, names, labels = data.image_shape, data.class_names, data.labels
    if not data.has_classes or labels is None or names is None or shape is None:
        return None
    if shape[0] != shape[1] or shape[0] < _SIDE or not all(n.isdecimal() and int(n) < 10 for n in names):
        return None
    if len(data) < MIN_SAMPLES:
        return None
    chosen = slice(None, None, max(1, len(data) // MAX_SAMPLES))
    images = data.images[chosen].reshape(-1, *shape)
    digits = np.array([int(name) for name in names])[labels[chosen]]
    means = np.full((10, _SIDE, _SIDE), np.nan)
    for digit in range(10):
        of_it = images[digits == digit]
        if len(of_it) >= MIN_SAMPLES_OF_A_CLASS:
            means[digit] = _pooled(of_it.mean(axis=0, dtype=np.float64))
    return means if np.isfinite(means[:, 0, 0]).sum() >= MIN_CLASSES else None


def _pooled(picture: NDArray[np.float64]) -> NDArray[np.float64]:
    edges = np.round(np.linspace(0, len(picture), _SIDE + 1)).astype(int)
    sums = np.add.reduceat(np.add.reduceat(picture, edges[:-1], axis=0), edges[:-1], axis=1)
    pooled: NDArray[np.float64] = sums / np.outer(np.diff(edges), np.diff(edges))
    return pooled


def _turned(pictures: NDArray[np.float64], transposed: bool, turns: int) -> NDArray[np.float64]:
    return np.rot90(pictures.transpose(0, 2, 1) if transposed else pictures, turns, axes=(1, 2))


def _correlation(means: NDArray[np.float64], known: NDArray[np.float64]) -> float:
    """How alike two sets of class means are, beyond what all classes have in common: 1 at best."""
    there = np.isfinite(means[:, 0, 0])
    one, other = (each[there] - each[there].mean(axis=0) for each in (means, known))
    size = float(np.sqrt((one**2).sum() * (other**2).sum()))
    return float((one * other).sum()) / size if size else 0.0
