"""The same weights in scikit-learn's MLPClassifier give the same probabilities, loss and gradients."""

import warnings

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from glassnet import nn

ACTIVATIONS = {"relu": "relu", "tanh": "tanh", "logistic": "sigmoid", "identity": "identity"}


@pytest.mark.parametrize("alpha", [0.0, 0.5], ids=["no penalty", "L2"])
@pytest.mark.parametrize("hidden", [(7,), (6, 5, 4)], ids=["one hidden", "three hidden"])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_probabilities_loss_and_gradients(activation, hidden, alpha, rng):
    N, K = 30, 3
    X, y = rng.normal(size=(N, 5)), np.r_[np.arange(K), rng.integers(K, size=N - K)]
    peer = MLPClassifier(hidden, activation=activation, alpha=alpha, max_iter=1, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        peer.fit(X, y)
    # scikit-learn's penalty is alpha / 2 |W|^2, divided by the number of samples
    net = nn.mlp(5, *hidden, K, activation=ACTIVATIONS[activation], l2=alpha / N, dtype="float64")
    dense = [layer for layer in net.layers if isinstance(layer, nn.Dense)]
    for layer, W, b in zip(dense, peer.coefs_, peer.intercepts_, strict=True):
        layer.W[...] = W
        layer.b[...] = b
    np.testing.assert_allclose(net.forward(X), peer.predict_proba(X), atol=1e-6)

    loss, _ = net.loss_and_gradients(X, y)
    expected_loss, dWs, dbs = peers_gradients(peer, X, y)
    assert loss == pytest.approx(expected_loss, abs=1e-6)
    for layer, dW, db in zip(dense, dWs, dbs, strict=True):
        np.testing.assert_allclose(layer.dW, dW, atol=1e-6)
        np.testing.assert_allclose(layer.db, db, atol=1e-6)


def peers_gradients(peer, X, y):
    """Through the function that scikit-learn hands to L-BFGS."""
    units = [X.shape[1], *[len(b) for b in peer.intercepts_]]
    activations = [X] + [None] * (len(units) - 1)
    deltas = [None] * (len(units) - 1)
    dWs = [np.empty_like(W) for W in peer.coefs_]
    dbs = [np.empty_like(b) for b in peer.intercepts_]
    Y = np.eye(units[-1])[y]
    return peer._backprop(X, Y, None, activations, deltas, dWs, dbs)
