"""Small data for the estimators."""

import numpy as np
import pytest
from sklearn.datasets import load_iris, make_regression
from sklearn.preprocessing import scale


@pytest.fixture
def iris():
    """Scaled features and numbered classes."""
    X, y = load_iris(return_X_y=True)
    return scale(X), y


@pytest.fixture
def two_classes(iris):
    """Iris's last two, by name."""
    X, y = iris
    return X[50:], np.array(["versicolor", "virginica"])[y[50:] - 1]


@pytest.fixture
def questions(iris):
    """Two yes-or-no questions about each flower."""
    X, _ = iris
    return X, np.column_stack([X[:, 0] > 0, X[:, 2] + X[:, 3] > 0]).astype(int)


@pytest.fixture
def numbers():
    """A regression of three targets."""
    X, Y = make_regression(120, 6, n_targets=3, noise=1.0, random_state=0)
    return X, scale(Y)
