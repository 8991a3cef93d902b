"""Evidence: exact where it says so, called by its name where it is not."""

import numpy as np
import pytest

from glassnet import nn
from glassnet.nn.attribution import EXACT, GRADIENT_TIMES_INPUT, find_evidence

PIECEWISE_LINEAR = {
    "one layer": {"sizes": (12, 4)},
    "relu": {"sizes": (12, 30, 4)},
    "deep": {"sizes": (12, 20, 20, 20, 20, 20, 4)},
    "leaky": {"sizes": (12, 30, 20, 4), "activation": "leaky_relu"},
    "identity": {"sizes": (12, 30, 4), "activation": "identity"},
    "dropout": {"sizes": (12, 30, 20, 4), "dropout": 0.5},
    "batch norm": {"sizes": (12, 30, 20, 4), "batch_norm": True, "activation": "leaky_relu"},
    "regression": {"sizes": (12, 30, 2), "loss": "mse"},
    "one output": {"sizes": (12, 30, 1), "loss": "log_loss"},
}


def trained_a_little(sizes, rng, **how):
    """A network whose biases and statistics are no longer those of the start."""
    net = nn.mlp(*sizes, seed=3, **how)
    X = rng.normal(1, 2, size=(64, sizes[0])).astype("float32")
    y = rng.integers(2, size=64) if how.get("loss") != "mse" else rng.normal(size=(64, sizes[-1]))
    for _ in range(5):
        net.step_gradients(X, y)
        net.theta -= 0.02 * net.grad
    return net


def logits_of(net, x):
    trace = net.trace(x[np.newaxis], np.zeros((1, net.n_outputs), "float32"))
    return trace.layers[-1].Z[0]


@pytest.mark.parametrize("case", PIECEWISE_LINEAR)
def test_contributions_and_bias_sum_to_the_logit(case, rng):
    net = trained_a_little(rng=rng, **PIECEWISE_LINEAR[case])
    x = rng.normal(1, 2, size=12).astype("float32")
    found = find_evidence(net, x)
    assert found.exact and found.method == EXACT
    np.testing.assert_allclose(found.logits, logits_of(net, x), atol=1e-4)
    np.testing.assert_allclose(found.contributions.sum(axis=1) + found.bias, found.logits, atol=1e-9)
    np.testing.assert_allclose(found.contributions, found.weights * x, atol=1e-12)
    assert np.abs(found.bias).max() > 0  # it is the map's own, and it is not nothing


def test_the_map_holds_around_the_input(rng):
    """Where no unit switches, the same weights and bias give the logits of another input."""
    net = trained_a_little((12, 30, 4), rng)
    x = rng.normal(1, 2, size=12).astype("float32")
    found = find_evidence(net, x)
    near = x + rng.normal(size=12).astype("float32") * 1e-4
    np.testing.assert_allclose(found.weights @ near + found.bias, find_evidence(net, near).logits, atol=1e-9)


def test_by_hand():
    net = nn.Network([nn.Dense(2, 2), nn.ReLU(), nn.Dense(2, 2), nn.Softmax()])
    first, _, last, _ = net.layers
    first.W[...] = [[1, -1], [2, -2]]
    first.b[...] = [0.5, 0.5]
    last.W[...] = [[3, 0], [100, 100]]
    last.b[...] = [1, 0]
    found = find_evidence(net, [1, 1])  # Z = 3.5 and -2.5: the second unit is silent
    np.testing.assert_allclose(found.contributions, [[3, 6], [0, 0]])
    np.testing.assert_allclose(found.bias, [2.5, 0])
    np.testing.assert_array_equal(found.ranking, [0, 1])
    contributions, bias = found.difference(0, 1)
    np.testing.assert_allclose(contributions, [3, 6])
    assert bias == 2.5


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "gelu", "elu", "softmax"])
def test_other_activations_give_gradient_times_input(activation, rng):
    net = trained_a_little((6, 9, 4), rng, activation=activation)
    x = rng.normal(size=6).astype("float32")
    found = find_evidence(net, x)
    assert not found.exact and found.method == GRADIENT_TIMES_INPUT
    step = 1e-6
    for i in range(6):
        up, down = x.astype("float64"), x.astype("float64")
        up[i] += step
        down[i] -= step
        twin = nn.Network.from_config({**net.config(), "dtype": "float64"})
        twin.theta[...] = net.theta
        slope = (find_evidence(twin, up).logits - find_evidence(twin, down).logits) / (2 * step)
        np.testing.assert_allclose(found.weights[:, i], slope, atol=1e-6)
    np.testing.assert_allclose(found.contributions.sum(axis=1) + found.bias, found.logits)


def test_nothing_of_it_can_be_changed_and_the_input_stays_the_callers(rng):
    x = rng.normal(size=6).astype("float32")
    found = find_evidence(nn.mlp(6, 5, 3), x)
    assert x.flags.writeable
    for array in (found.x, found.logits, found.weights, found.contributions, found.bias):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_a_batch_is_refused():
    with pytest.raises(ValueError, match=r"one input of shape \(6,\) is needed, not \(2, 6\)"):
        find_evidence(nn.mlp(6, 3), np.zeros((2, 6)))
