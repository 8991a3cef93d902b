"""Networks read from other people's arrays answer as those people's networks do."""

import warnings
from types import SimpleNamespace

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier, MLPRegressor

from glassnet import nn
from glassnet.nn import Network


def fitted(kind, X, y, **parameters):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return kind(max_iter=5, random_state=0, **parameters).fit(X, y)


# --- scikit-learn ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("activation", ["relu", "tanh", "logistic", "identity"])
@pytest.mark.parametrize("classes", [2, 4], ids=["two classes", "four classes"])
def test_a_classifiers_probabilities(classes, activation, rng):
    X, y = rng.normal(size=(40, 5)), np.arange(40) % classes
    peer = fitted(MLPClassifier, X, y, hidden_layer_sizes=(7, 6), activation=activation)
    network = Network.from_sklearn(peer)
    assert network.dtype == np.float64
    assert network.loss.name == ("log_loss" if classes == 2 else "cross_entropy")
    A = network.forward(X)
    if classes == 2:
        A = np.hstack([1 - A, A])
    np.testing.assert_allclose(A, peer.predict_proba(X), atol=1e-12)


@pytest.mark.parametrize("columns", [1, 3])
def test_a_regressors_answers(columns, rng):
    X = rng.normal(size=(40, 5))
    peer = fitted(MLPRegressor, X, X[:, :columns].squeeze() ** 2, hidden_layer_sizes=(8,))
    network = Network.from_sklearn(peer, dtype="float32")
    assert network.dtype == np.float32
    np.testing.assert_allclose(network.forward(X).squeeze(), peer.predict(X), atol=1e-5)


def test_no_hidden_layer(rng):
    X, y = rng.normal(size=(30, 4)), np.arange(30) % 3
    peer = fitted(MLPClassifier, X, y, hidden_layer_sizes=())
    np.testing.assert_allclose(Network.from_sklearn(peer).forward(X), peer.predict_proba(X), atol=1e-12)


def test_the_network_is_independent_of_the_estimator(rng):
    X, y = rng.normal(size=(30, 4)), np.arange(30) % 3
    peer = fitted(MLPClassifier, X, y, hidden_layer_sizes=(5,))
    before = peer.coefs_[0].copy()
    Network.from_sklearn(peer).theta[...] = 0
    np.testing.assert_array_equal(peer.coefs_[0], before)


def test_an_estimator_of_glassnets_own_gives_a_copy_of_its_network():
    own = nn.mlp(3, 4, 2, batch_norm=True, dropout=0.5)
    network = Network.from_sklearn(SimpleNamespace(network_=own))
    assert network is not own
    assert network.config() == own.config()
    np.testing.assert_array_equal(network.theta, own.theta)


def test_who_is_not_fitted_is_told_so():
    with pytest.raises(ValueError, match="MLPClassifier has no coefs_, intercepts_, out_activation_; give"):
        Network.from_sklearn(MLPClassifier())


def test_counts_come_as_their_logarithms(rng):
    X = rng.normal(size=(30, 4))
    peer = fitted(MLPRegressor, X, np.abs(X[:, 0]), hidden_layer_sizes=(5,), loss="poisson")
    network = Network.from_sklearn(peer)
    assert network.loss.name == "poisson"
    np.testing.assert_allclose(np.exp(network.forward(X)[:, 0]), peer.predict(X))


def test_an_output_that_there_is_not(rng):
    X = rng.normal(size=(30, 4))
    peer = fitted(MLPRegressor, X, X[:, 0], hidden_layer_sizes=(5,))
    peer.out_activation_ = "probit"
    with pytest.raises(ValueError, match="the output is 'probit'; a network can end in softmax, logistic"):
        Network.from_sklearn(peer)


# --- PyTorch: what its layers compute, by hand --------------------------------------------------------------


def linear(state, name, X):
    return X @ state[f"{name}.weight"].T + state.get(f"{name}.bias", 0)


def norm(state, name, X, epsilon=1e-5):
    X = (X - state[f"{name}.running_mean"]) / np.sqrt(state[f"{name}.running_var"] + epsilon)
    return X * state.get(f"{name}.weight", 1) + state.get(f"{name}.bias", 0)


def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def relu(Z):
    return np.maximum(Z, 0)


def linear_arrays(rng, name, n_inputs, n_outputs, dtype=np.float64):
    return {
        f"{name}.weight": rng.normal(size=(n_outputs, n_inputs)).astype(dtype),
        f"{name}.bias": rng.normal(size=n_outputs).astype(dtype),
    }


def norm_arrays(rng, name, n):
    return {
        f"{name}.weight": rng.normal(size=n),
        f"{name}.bias": rng.normal(size=n),
        f"{name}.running_mean": rng.normal(size=n),
        f"{name}.running_var": rng.uniform(0.5, 2, size=n),
        f"{name}.num_batches_tracked": np.array(7),
    }


def test_three_linear_layers_in_any_order_of_the_file(rng):
    state = {**linear_arrays(rng, 10, 5, 3), **linear_arrays(rng, 0, 4, 6), **linear_arrays(rng, 2, 6, 5)}
    X = rng.normal(size=(9, 4))
    expected = softmax(linear(state, 10, relu(linear(state, 2, relu(linear(state, 0, X))))))
    np.testing.assert_allclose(Network.from_state_dict(state).forward(X), expected, atol=1e-12)


def test_a_file_instead_of_arrays_is_said():
    with pytest.raises(ValueError, match=r"as state_dict\(\) gives it, not a str"):
        Network.from_state_dict("model.pt")


def test_an_activation_for_each_layer_an_output_and_a_loss(rng):
    state = {
        **linear_arrays(rng, "net.0", 4, 6, np.float32),
        **linear_arrays(rng, "net.2", 6, 5, np.float32),
        **linear_arrays(rng, "net.4", 5, 1, np.float32),
    }
    X = rng.normal(size=(9, 4)).astype(np.float32)
    hidden = linear(state, "net.2", np.tanh(linear(state, "net.0", X)))
    expected = 1 / (1 + np.exp(-linear(state, "net.4", hidden)))
    network = Network.from_state_dict(state, ["tanh", "identity"], loss="log_loss")
    assert network.dtype == np.float32
    np.testing.assert_allclose(network.forward(X), expected, atol=1e-6)
    bare = Network.from_state_dict(state, ["tanh", "identity"], loss="log_loss", output="identity")
    np.testing.assert_allclose(bare.forward(X), linear(state, "net.4", hidden), atol=1e-5)


def test_batch_norm_before_the_activation_and_after_it(rng):
    X = rng.normal(size=(9, 4))
    first = {**linear_arrays(rng, 0, 4, 6), **norm_arrays(rng, 1, 6), **linear_arrays(rng, 4, 6, 3)}
    expected = softmax(linear(first, 4, relu(norm(first, 1, linear(first, 0, X)))))
    np.testing.assert_allclose(Network.from_state_dict(first).forward(X), expected, atol=1e-12)

    after = {**linear_arrays(rng, 0, 4, 6), **norm_arrays(rng, 2, 6), **linear_arrays(rng, 3, 6, 3)}
    expected = softmax(linear(after, 3, norm(after, 2, relu(linear(after, 0, X)))))
    np.testing.assert_allclose(Network.from_state_dict(after).forward(X), expected, atol=1e-12)


def test_batch_norm_without_its_own_parameters_at_the_end_and_with_another_epsilon(rng):
    X = rng.normal(size=(9, 4))
    state = {**linear_arrays(rng, 0, 4, 3), **norm_arrays(rng, 1, 3)}
    del state["1.weight"], state["1.bias"]
    expected = norm(state, 1, linear(state, 0, X), epsilon=0.1)
    network = Network.from_state_dict(state, loss="mse", epsilon=0.1)
    np.testing.assert_allclose(network.forward(X), expected, atol=1e-12)


def test_named_layers_keep_their_order_and_may_lack_a_bias(rng):
    X = rng.normal(size=(9, 4))
    state = {**linear_arrays(rng, "input", 4, 6), **linear_arrays(rng, "end", 6, 3)}
    del state["input.bias"]
    expected = softmax(linear(state, "end", np.tanh(linear(state, "input", X))))
    np.testing.assert_allclose(Network.from_state_dict(state, "tanh").forward(X), expected, atol=1e-12)


def test_half_precision_becomes_float32_and_a_type_may_be_asked_for(rng):
    state = linear_arrays(rng, 0, 4, 3, np.float16)
    assert Network.from_state_dict(state).dtype == np.float32
    assert Network.from_state_dict(state, dtype="float64").dtype == np.float64


def test_neighbours_without_a_free_number(rng):
    state = {**linear_arrays(rng, 0, 4, 6), **linear_arrays(rng, 1, 6, 3)}
    with pytest.raises(ValueError, match="no number is free before '1', so a Sequential has no activation"):
        Network.from_state_dict(state)
    X = rng.normal(size=(9, 4))
    expected = softmax(linear(state, 1, linear(state, 0, X)))
    np.testing.assert_allclose(Network.from_state_dict(state, ["identity"]).forward(X), expected, atol=1e-12)


@pytest.mark.parametrize(
    ("state", "arguments", "message"),
    [
        ({}, {}, "must begin with those of a Linear"),
        ({"0.running_mean": np.zeros(3)}, {}, "must begin with those of a Linear"),
        ({"0.weight": np.zeros((3, 4, 5, 5))}, {}, r"'0' holds weight \(3, 4, 5, 5\); only Linear and"),
        ({"0.bias": np.zeros(3)}, {}, r"'0' holds bias \(3,\); only"),
        ({"0.weight": np.zeros((3, 4)), "0.gain": np.zeros(3)}, {}, r"gain \(3,\); only"),
        ({"0.weight": np.zeros((3, 4)), "0.bias": np.zeros(1)}, {}, r"b must be \(3,\), not \(1,\)"),
        ({"0.weight": np.zeros((3, 4)), "2.weight": np.zeros((2, 5))}, {}, "5 inputs, but 3 arrive"),
        ({"0.weight": np.zeros((3, 4))}, {"activation": ["relu"]}, "0 hidden layers, but 1 activations"),
        ({"0.weight": np.zeros((3, 4))}, {"loss": "hinge"}, "no loss is called 'hinge'"),
    ],
)
def test_what_cannot_be_read_is_said(state, arguments, message):
    with pytest.raises(ValueError, match=message):
        Network.from_state_dict(state, **arguments)
