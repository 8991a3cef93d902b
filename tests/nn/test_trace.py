"""Trace: what it shows is what the network computed."""

import dataclasses

import numpy as np
import pytest

from glassnet import nn

CASES = {
    "plain": {},
    "deep": {"sizes": (6, 5, 4, 5, 3)},
    "all kinds": {"activation": "leaky_relu", "batch_norm": True, "dropout": 0.3},
    "one output": {"loss": "log_loss", "sizes": (6, 5, 1)},
    "mse": {"loss": "mse", "output": "softmax", "l2": 0.1},
    "max-norm": {"max_norm": 0.3},
}


def build(sizes=(6, 5, 3), **how):
    return nn.mlp(*sizes, dtype="float64", seed=1, **how)


@pytest.fixture
def batch(rng):
    return rng.normal(size=(4, 6)), np.array([0, 1, 1, 0])


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("training", [False, True])
def test_it_records_the_pass_and_the_step(case, training, batch):
    net = build(**CASES[case])
    X, y = batch
    theta, state, dice = net.theta.copy(), net.state.copy(), net.rng.bit_generator.state
    trace = net.trace(X, y, learning_rate=0.2, training=training)
    np.testing.assert_array_equal(net.theta, theta)
    np.testing.assert_array_equal(net.state, state)
    assert net.rng.bit_generator.state == dice

    assert [layer.name for layer in trace.layers][-1] == "output"
    assert len(trace.layers) == sum(isinstance(layer, nn.Dense) for layer in net.layers)
    for layer in trace.layers:
        np.testing.assert_allclose(layer.Z, layer.X @ layer.W + layer.b)
        l2 = CASES[case].get("l2", 0)
        np.testing.assert_allclose(layer.dW, layer.X.T @ layer.dZ + l2 * layer.W, atol=1e-12)
        np.testing.assert_allclose(layer.db, layer.dZ.sum(axis=0), atol=1e-12)
        if "max_norm" not in CASES[case]:
            np.testing.assert_allclose(layer.W_updated, layer.W - 0.2 * layer.dW)
        np.testing.assert_allclose(layer.b_updated, layer.b - 0.2 * layer.db)
    for before, after in zip(trace.layers, trace.layers[1:], strict=False):
        np.testing.assert_array_equal(before.A, after.X)
        np.testing.assert_array_equal(before.dA, after.dX)
    np.testing.assert_array_equal(trace.A, trace.layers[-1].A)

    if training:  # the same numbers as the training loop's own pass
        loss, gradients = net.loss_and_gradients(X, y)
        assert trace.loss_before == pytest.approx(loss)
        for i, step in enumerate(trace.steps):
            for name, gradient in step.gradients.items():
                np.testing.assert_allclose(gradient, gradients[f"{i}.{name}"], atol=1e-12)
    else:
        np.testing.assert_array_equal(trace.A, net.forward(X))
        if "l2" not in CASES[case]:
            assert trace.loss_before == pytest.approx(net.evaluate_loss(X, y))


def test_loss_after_is_that_of_the_stepped_network(batch):
    net = build()
    X, y = batch
    trace = net.trace(X, y, learning_rate=0.2)
    net.loss_and_gradients(X, y)
    net.theta -= 0.2 * net.grad
    assert trace.loss_after == pytest.approx(net.evaluate_loss(X, y))
    np.testing.assert_allclose(trace.A_after, net.forward(X))
    assert trace.loss_after < trace.loss_before


def test_it_is_frozen(batch):
    trace = build(batch_norm=True).trace(*batch)
    with pytest.raises(dataclasses.FrozenInstanceError):
        trace.loss_before = 0
    arrays = [trace.X, trace.y, trace.Y, trace.A, trace.A_after]
    for step in trace.steps:
        arrays += [step.input, step.output, *step.parameters.values(), *step.gradients.values()]
        arrays += [a for a in (step.d_output, step.d_input) if a is not None]
        arrays += step.updated.values()
        with pytest.raises(TypeError):
            step.parameters["W"] = 0
    assert all(not a.flags.writeable for a in arrays)


def test_what_was_not_needed_is_none(batch):
    trace = build().trace(*batch)
    assert trace.layers[0].dX is None
    assert trace.layers[-1].dA is None  # softmax and cross-entropy were derived as one
    assert trace.layers[-1].activation == "Softmax"
    assert build(loss="mse", output="softmax").trace(*batch).layers[-1].dA is not None


def test_a_network_without_activations():
    net = nn.Network([nn.Dense(6, 3), nn.Dense(3, 2)], loss="mse")
    trace = net.trace(np.ones((1, 6)), np.zeros((1, 2)))
    assert [layer.activation for layer in trace.layers] == ["Identity", "Identity"]
