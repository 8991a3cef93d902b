"""Stratified parts and mini-batches, for any sizes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glassnet.data import batches
from glassnet.data.splits import stratified_part
from glassnet.errors import DataError


@given(st.integers(1, 300), st.integers(1, 400), st.integers(0, 99))
def test_batches_hold_each_index_once(m, batch_size, seed):
    dealt = list(batches(m, batch_size, np.random.default_rng(seed)))
    np.testing.assert_array_equal(np.sort(np.concatenate(dealt)), np.arange(m))
    assert all(len(batch) == batch_size for batch in dealt[:-1]) and 1 <= len(dealt[-1]) <= batch_size


def test_batches_are_shuffled_and_seeded():
    first, again, other = (list(batches(100, 30, np.random.default_rng(seed))) for seed in (0, 0, 1))
    assert all(map(np.array_equal, first, again))
    assert not np.array_equal(first[0], other[0])
    assert not np.array_equal(first[0], np.arange(30))


def test_the_permutation_is_drawn_at_once():
    rng = np.random.default_rng(0)
    dealt = batches(10, 5, rng)
    rng.random(7)  # whatever is drawn later
    expected = np.random.default_rng(0).permutation(10)
    np.testing.assert_array_equal(np.concatenate(list(dealt)), expected)


def test_an_empty_batch_is_refused():
    with pytest.raises(DataError, match="batch_size is 0"):
        batches(10, 0, np.random.default_rng(0))


@given(st.lists(st.integers(0, 5), min_size=2, max_size=200), st.data(), st.integers(0, 99))
def test_every_class_gives_its_share_to_within_one(labels, data, seed):
    labels = np.array(labels)
    m = len(labels)
    count = data.draw(st.integers(1, m - 1))
    chosen = stratified_part(labels, m, count, np.random.default_rng(seed))
    assert chosen.sum() == count
    taken = np.bincount(labels[chosen], minlength=6)
    assert (np.abs(taken - np.bincount(labels, minlength=6) * count / m) < 1).all()
