"""The bundled data sets are scikit-learn's, number for number."""

import importlib.util

import numpy as np
import pytest
import sklearn.datasets

from glassnet.data import load
from glassnet.errors import DataError


@pytest.fixture(params=["read where it lies", "asked of scikit-learn"])
def way(request, monkeypatch):
    """Both ways to the files; the second is for versions that keep them elsewhere."""
    if request.param == "asked of scikit-learn":
        monkeypatch.setattr("glassnet.data.bundled.Path.is_file", lambda _: False)


@pytest.mark.usefixtures("way")
def test_digits():
    data, peer = load("digits"), sklearn.datasets.load_digits()
    np.testing.assert_array_equal(data.images, peer.images)
    np.testing.assert_array_equal(data.labels, peer.target)
    assert data.images.dtype == np.uint8 and data.pixel_max == 16 and data.image_shape == (8, 8)
    assert data.class_names == tuple("0123456789") and data.name == "digits"


@pytest.mark.usefixtures("way")
def test_iris():
    data, peer = load("iris"), sklearn.datasets.load_iris()
    np.testing.assert_array_equal(data.images, peer.data)
    np.testing.assert_array_equal(data.labels, peer.target)
    assert list(data.class_names) == list(peer.target_names)
    assert list(data.feature_names) == list(peer.feature_names)
    assert data.image_shape is None and data.pixel_max is None


def test_without_scikit_learn(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(DataError, match="digits: comes with scikit-learn, which is not installed"):
        load("digits")
