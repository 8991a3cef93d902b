"""Network: its one vector, its passes, its errors."""

import copy
import json
import pickle

import numpy as np
import pytest

from glassnet import nn


def some_network(**how):
    how = {"activation": "tanh", "batch_norm": True, "dropout": 0.25, "seed": 3, **how}
    return nn.mlp(6, 5, 4, 3, **how)


def test_layers_hold_views_into_one_vector():
    net = some_network()
    assert sum(v.size for v in net.parameters.values()) == net.theta.size == net.n_parameters
    for i, layer in enumerate(net.layers):
        for name in layer.shapes():
            assert np.shares_memory(getattr(layer, name), net.theta)
            assert np.shares_memory(getattr(layer, f"d{name}"), net.grad)
            assert net.parameters[f"{i}.{name}"] is getattr(layer, name)
        for name in layer.state_shapes():
            assert np.shares_memory(getattr(layer, name), net.state)
            assert net.statistics[f"{i}.{name}"] is getattr(layer, name)


def test_the_weights_are_one_slice_and_nothing_else_is_in_it():
    net = some_network()
    net.theta[...] = 0
    net.theta[net.decayed] = 1
    for name, value in net.parameters.items():
        assert (value == name.endswith(".W")).all(), name


def test_gradients_are_written_in_place_every_time(rng):
    net = some_network()
    X, y = rng.normal(size=(7, 6)), rng.integers(3, size=7)
    _, gradients = net.loss_and_gradients(X, y)
    for name in gradients:
        assert np.shares_memory(gradients[name], net.grad)
    state = net.rng.bit_generator.state
    _, gradients = net.loss_and_gradients(X, y)
    first = net.grad.copy()
    net.grad[...] = np.nan  # an idle number would stay NaN
    net.rng.bit_generator.state = state
    net.loss_and_gradients(X, y)
    np.testing.assert_array_equal(net.grad, first)


def test_kept_arrays_do_not_leak_from_batch_to_batch(rng):
    net = nn.mlp(6, 5, 3, activation="gelu")
    X, y = rng.normal(size=(9, 6)), rng.integers(3, size=9)
    alone = nn.mlp(6, 5, 3, activation="gelu").loss_and_gradients(X[:4], y[:4])
    net.loss_and_gradients(X, y)
    for layer in net.layers:
        for array in layer.buffers.values():
            array[...] = np.nan
    loss, gradients = net.loss_and_gradients(X[:4], y[:4])  # a short last batch
    assert loss == alone[0]
    for name in gradients:
        np.testing.assert_array_equal(gradients[name], alone[1][name])


def test_inference_gives_new_arrays_that_stay(rng):
    net = some_network()
    X = rng.normal(size=(5, 6)).astype(np.float32)
    X.flags.writeable = False
    A = net.forward(X)
    before = A.copy()
    net.forward(X + 1)
    net.loss_and_gradients(X, rng.integers(3, size=5))
    np.testing.assert_array_equal(A, before)


def test_predict_proba_in_chunks_is_forward(rng):
    net = some_network()
    X = rng.normal(size=(11, 6))
    np.testing.assert_allclose(net.predict_proba(X, chunk=4), net.forward(X), rtol=1e-6)
    np.testing.assert_array_equal(net.predict_proba(X), net.forward(X))


def test_same_seed_same_bits_other_seed_other_bits():
    assert np.array_equal(some_network().theta, some_network().theta)
    assert not np.array_equal(some_network().theta, some_network(seed=4).theta)


def test_dropout_scales_up_in_training_and_rests_at_inference(rng):
    net = nn.Network([nn.Dense(4, 2000), nn.Dropout(0.5), nn.Dense(2000, 2), nn.Softmax()])
    X = rng.normal(size=(3, 4)).astype(np.float32)
    Z = net.layers[0].forward(X, training=False)
    assert net.layers[1].forward(Z, training=False) is Z
    dropped = net.layers[1].forward(Z, training=True)
    silent = dropped == 0
    assert 0.45 < silent.mean() < 0.55
    np.testing.assert_allclose(dropped[~silent], 2 * Z[~silent], rtol=1e-6)


def test_dropout_of_rate_nought_and_unwanted_gradients(rng):
    layer = nn.Dropout(0.0)
    X = rng.normal(size=(2, 3))
    assert layer.forward(X, training=True) is X
    assert layer.backward(X) is X
    assert nn.ReLU().backward(X, input_gradient=False) is None


def test_batch_norm_learns_the_statistics_of_its_input(rng):
    net = nn.Network([nn.Dense(3, 4), nn.BatchNorm(momentum=0.5), nn.Softmax()], dtype="float64")
    X = rng.normal(2, 3, size=(500, 3))
    Z = net.layers[0].forward(X, training=False)
    for _ in range(60):
        A = net.layers[1].forward(Z, training=True)
    np.testing.assert_allclose(A.mean(axis=0), 0, atol=1e-9)
    np.testing.assert_allclose(A.var(axis=0), 1, rtol=1e-3)
    np.testing.assert_allclose(net.layers[1].running_mean, Z.mean(axis=0))
    np.testing.assert_allclose(net.layers[1].running_variance, Z.var(axis=0, ddof=1))
    np.testing.assert_allclose(net.layers[1].forward(Z[:1], training=False), A[:1], rtol=1e-2, atol=1e-2)


@pytest.mark.parametrize("loss", ["cross_entropy", "log_loss", "mse"])  # e^A of such logits is infinite
@pytest.mark.parametrize("N", [1, 3])
def test_extreme_logits_single_samples_and_equal_inputs_are_safe(loss, N):
    net = nn.mlp(4, 5, 3, batch_norm=True, loss=loss)
    for X in (np.zeros((N, 4)), np.full((N, 4), 1e4), np.full((N, 4), -1e4)):
        net.layers[-2].W[...] = 1e4
        value, gradients = net.loss_and_gradients(X, np.zeros(N, int))
        assert np.isfinite(value)
        assert all(np.isfinite(g).all() for g in gradients.values())


def test_sample_weights_are_repetitions(rng):
    net = some_network(dropout=0.0, batch_norm=False, dtype="float64")
    X, y = rng.normal(size=(4, 6)), np.array([0, 1, 2, 0])
    loss, _ = net.loss_and_gradients(X, y, [1, 2, 0, 1])
    weighted = net.grad.copy()
    repeated = [0, 1, 1, 3]
    assert loss == pytest.approx(net.loss_and_gradients(X[repeated], y[repeated])[0])
    np.testing.assert_allclose(weighted, net.grad, atol=1e-12)


def test_penalties_count_in_training_and_not_in_evaluation(rng):
    X, y = rng.normal(size=(4, 6)), np.array([0, 1, 2, 0])
    plain = some_network(dropout=0.0, batch_norm=False, dtype="float64")
    heavy = some_network(dropout=0.0, batch_norm=False, dtype="float64", l1=0.1, l2=0.2, label_smoothing=0.0)
    W = heavy.theta[heavy.decayed]
    expected = plain.loss_and_gradients(X, y)[0] + 0.1 * np.abs(W).sum() + 0.1 * (W**2).sum()
    assert heavy.loss_and_gradients(X, y)[0] == pytest.approx(expected)
    assert heavy.evaluate_loss(X, y) == pytest.approx(plain.evaluate_loss(X, y))


def test_max_norm_binds_after_project():
    net = nn.mlp(6, 5, 3, max_norm=0.5)
    net.project()
    for name in ("0.W", "2.W"):
        assert np.linalg.norm(net.parameters[name], axis=0).max() <= 0.5 + 1e-6
    before = some_network()
    before.project()
    np.testing.assert_array_equal(before.theta, some_network().theta)


@pytest.mark.parametrize(
    "duplicate", [copy.deepcopy, lambda n: pickle.loads(pickle.dumps(n)), nn.Network.copy]
)
def test_copies_are_whole_and_independent(duplicate, rng):
    net = some_network()
    X, y = rng.normal(size=(9, 6)), rng.integers(3, size=9)
    net.loss_and_gradients(X, y)
    twin = duplicate(net)
    np.testing.assert_array_equal(twin.forward(X), net.forward(X))
    assert np.shares_memory(twin.layers[0].W, twin.theta)
    assert twin.loss_and_gradients(X, y)[0] == net.loss_and_gradients(X, y)[0]  # dropout's dice too
    twin.theta += 1
    assert not np.array_equal(twin.theta, net.theta)


def test_config_survives_json():
    net = nn.Network(
        [
            nn.Dense(4, 3, init="orthogonal"), nn.LeakyReLU(0.2), nn.Dense(3, 3), nn.ELU(0.5),
            nn.BatchNorm(0.8), nn.GELU(approximate=True), nn.Dropout(0.1), nn.Dense(3, 2), nn.Softmax(),
        ],
        l1=0.1, max_norm=3.0, label_smoothing=0.1, dtype="float64", seed=5,
    )  # fmt: skip
    config = json.loads(json.dumps(net.config()))
    twin = nn.Network.from_config(config, seed=5)
    assert repr(twin) == repr(net)
    assert twin.config() == net.config()
    np.testing.assert_array_equal(twin.theta, net.theta)


D, S = nn.Dense, nn.Softmax
WRONG = {
    "begins with a Dense": lambda: nn.Network([S()]),
    "begins with a Dense layer, which": lambda: nn.Network([]),
    "3 inputs, but 4 arrive": lambda: nn.Network([D(5, 4), D(3, 2)]),
    "stands twice": lambda: nn.Network([D(2, 2), *[nn.ReLU()] * 2]),
    "float32 or float64": lambda: nn.mlp(2, 2, dtype="int32"),
    "no loss is called 'hinge'": lambda: nn.mlp(2, 2, loss="hinge"),
    "penalties must be 0 or more": lambda: nn.mlp(2, 2, l2=-1),
    "max_norm must be above 0": lambda: nn.mlp(2, 2, max_norm=0),
    "label_smoothing must be in": lambda: nn.mlp(2, 2, label_smoothing=1),
    "label_smoothing goes with cross_entropy": lambda: nn.mlp(2, 2, label_smoothing=0.1, loss="mse"),
    "at least an input and an output": lambda: nn.mlp(4),
    "1 input and 1 output at least": lambda: nn.mlp(4, 0, 2),
    "no activation is called 'rellu'": lambda: nn.mlp(4, 2, 2, activation="rellu"),
    "no initialiser is called": lambda: nn.mlp(4, 2, 2, init="xavierr"),
    "slope must be": lambda: nn.LeakyReLU(2),
    "alpha must be": lambda: nn.ELU(0),
    "rate must be": lambda: nn.Dropout(1),
    "momentum must be": lambda: nn.BatchNorm(1),
    "epsilon must be": lambda: nn.BatchNorm(epsilon=0),
    "no layer is called 'Conv'": lambda: nn.Network.from_config({"layers": [{"kind": "Conv"}]}),
    "has no parameter size": lambda: nn.Network.from_config({"layers": [{"kind": "ReLU", "size": 1}]}),
}


@pytest.mark.parametrize("message", WRONG)
def test_a_wrong_network_is_refused(message):
    with pytest.raises(ValueError, match=message):
        WRONG[message]()


X4 = np.zeros((4, 6), np.float32)
WRONG_BATCHES = {
    r"shape \(N, 6\), not \(4, 5\)": (X4[:, :5], [0, 1, 2, 0], None, {}),
    r"shape \(N, 6\), not \(6,\)": (X4[0], [0], None, {}),
    "4 samples, but 3 targets": (X4, [0, 1, 2], None, {}),
    "labels must be 0 to 2, but target 1 is 3": (X4, [0, 3, 2, 1], None, {}),
    "labels must be 0 to 2, but target 0 is -1": (X4, [-1, 0, 2, 1], None, {}),
    "needs integer labels": (X4, [0.5, 0, 2, 1], None, {}),
    r"of shape \(4, 3\)": (X4, np.zeros((4, 2)), None, {}),
    "targets between 0 and 1": (X4, np.full((4, 3), 2.0), None, {}),
    "4 numbers, none below 0": (X4, [0, 1, 2, 0], [1, 1], {}),
    "none below 0": (X4, [0, 1, 2, 0], [1, 1, 1, -1], {}),
}


@pytest.mark.parametrize("message", WRONG_BATCHES)
def test_a_wrong_batch_is_refused(message):
    X, y, weight, how = WRONG_BATCHES[message]
    with pytest.raises(ValueError, match=message):
        some_network(**how).loss_and_gradients(X, y, weight)


def test_cross_entropy_needs_an_output_for_each_class():
    with pytest.raises(ValueError, match="an output for each class"):
        nn.mlp(6, 1, output="sigmoid").loss_and_gradients(X4, [0, 1, 0, 1])


def test_abstract_layer_says_so():
    layer = nn.Layer()
    layer.start(np.random.default_rng(0))
    for call in (lambda: layer.forward(X4, True), lambda: layer.backward(X4)):
        with pytest.raises(TypeError, match="has no"):
            call()


def test_counts_must_not_be_negative():
    net = nn.mlp(3, 2, loss="poisson")
    net.loss_and_gradients(np.zeros((2, 3)), np.array([[0, 1.5], [2, 3]]))
    with pytest.raises(ValueError, match="poisson needs counts of 0 or more, not -1"):
        net.loss_and_gradients(np.zeros((2, 3)), np.array([[0, 1.0], [2, -1.0]]))


@pytest.mark.parametrize(("activation", "init"), [("relu", "he"), ("silu", "he"), ("tanh", "xavier")])
def test_first_weights_that_go_with_the_activation(activation, init):
    net = nn.mlp(4, 3, 2, activation=activation, loss="mse", init="auto", seed=0)
    assert [layer.init for layer in net.layers if isinstance(layer, nn.Dense)] == [init, "lecun"]
