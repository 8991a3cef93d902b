"""Which samples go where: stratified parts and shuffled mini-batches."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from glassnet.errors import DataError

__all__ = ["batches", "count_of", "stratified_part"]


def batches(m: int, batch_size: int, rng: np.random.Generator) -> Iterator[NDArray[np.intp]]:
    """Shuffle ``m`` samples and deal them out in mini-batches.

    Parameters
    ----------
    m : int
        The number of samples.
    batch_size : int
        Samples in a mini-batch; the last one may be shorter.
    rng : numpy.random.Generator
        Asked for one permutation, at once, not when the first batch is taken.

    Returns
    -------
    iterator of ndarray of int
        The indices of each mini-batch. Together they hold each index once.

    Examples
    --------
    >>> [len(batch) for batch in batches(10, 4, np.random.default_rng(0))]
    [4, 4, 2]
    """
    if batch_size < 1:
        raise DataError(f"batch_size is {batch_size}, but a mini-batch has at least 1 sample.")
    order = rng.permutation(m)
    return (order[start : start + batch_size] for start in range(0, m, batch_size))


def count_of(share: float, m: int, what: str) -> int:
    """How many of ``m`` samples ``share`` means: a fraction (float) or a count (int)."""
    fraction = isinstance(share, (float, np.floating))
    count = round(float(share) * m) if fraction else int(share)
    if (fraction and not 0 < share < 1) or count < 1 or count >= m:
        raise DataError(
            f"{what} = {share} does not divide {m:,} samples into two parts. Give a fraction between 0 and 1 "
            f"or a count from 1 to {m - 1}, so that neither part is empty."
        )
    return count


def stratified_part(
    labels: NDArray[np.intp] | None, m: int, count: int, rng: np.random.Generator
) -> NDArray[np.bool_]:
    """Choose ``count`` of ``m`` samples at random, from each class its share.

    Parameters
    ----------
    labels : ndarray of int, shape (m,), or None
        The classes; with None every sample has the same chance.
    m, count : int
        Samples there are, and samples to choose.
    rng : numpy.random.Generator
        The source of chance.

    Returns
    -------
    ndarray of bool, shape (m,)
        True for the samples that were chosen: exactly ``count`` of them.
    """
    order = rng.permutation(m)
    chosen = np.zeros(m, dtype=np.bool_)
    if labels is None:
        chosen[order[:count]] = True
        return chosen
    order = order[np.argsort(labels[order], kind="stable")]  # class by class, shuffled within each
    sizes = np.bincount(labels)
    starts = np.cumsum(sizes) - sizes
    for start, quota in zip(starts, _quotas(sizes, count), strict=True):
        chosen[order[start : start + quota]] = True
    return chosen


def _quotas(sizes: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Each class's share of ``count``: whole numbers with that sum, largest remainders first."""
    exact = sizes * (count / sizes.sum())
    quotas: NDArray[np.intp] = np.floor(exact).astype(np.intp)
    missing = count - int(quotas.sum())
    largest_remainders = np.argsort(quotas - exact, kind="stable")[:missing]
    quotas[largest_remainders] += 1
    return quotas
