"""A small trained network to draw, its history and its figures."""

import numpy as np
import pytest

import glassnet as gn
from glassnet.evaluation import evaluate


@pytest.fixture(scope="session")
def digits():
    return gn.load("digits").limit(400, seed=0)


@pytest.fixture(scope="session")
def iris():
    return gn.load("iris")


@pytest.fixture(scope="session")
def trained(digits):
    """Network, history with a validation part, evaluation on all digits."""
    network = gn.mlp(64, 12, 10, seed=0)
    training, validation = digits.split(0.25, seed=0)
    history = gn.fit(
        network, training, validation=validation, optimizer=gn.Adam(0.01), epochs=6, batch_size=32, seed=0
    )
    return network, history, evaluate(network, digits)


@pytest.fixture(scope="session")
def iris_evaluation(iris):
    network = gn.mlp(4, 6, 3, seed=1)
    gn.fit(network, iris, optimizer=gn.Adam(0.02), epochs=15, batch_size=16, seed=0)
    return evaluate(network, iris)


@pytest.fixture(scope="session")
def regression():
    """History and evaluation of a network without classes."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(80, 3)).astype(np.float32)
    data = gn.Dataset(X, (X @ [1.0, -2.0, 0.5]).astype(np.float32))
    network = gn.mlp(3, 8, 1, loss="mse", seed=0)
    return gn.fit(network, data, optimizer=gn.Adam(0.01), epochs=3, seed=0), evaluate(network, data), data


def text_of(fig):
    """All that is written on a figure."""
    from matplotlib.text import Text

    return "\n".join(text.get_text() for text in fig.findobj(Text) if text.get_visible())


@pytest.fixture
def text():
    return text_of
