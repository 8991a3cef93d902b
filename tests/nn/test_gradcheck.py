"""Derivatives of whole networks, and that the check finds wrong ones."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import glassnet.nn.gradcheck as gc
from glassnet import nn
from glassnet.nn.gradcheck import KINK_MARGIN, TOLERANCE, check_all, gradcheck
from glassnet.nn.passes import Pass


def test_every_case_of_the_table():
    rows = list(check_all(seed=0))
    assert all(row.passed for row in rows), max(rows, key=lambda row: row.error)
    named = {row.case for row in rows}
    assert set(nn.ACTIVATIONS) <= named
    assert {row.group for row in rows} == {"layer", "activation", "loss", "weights", "penalty"}


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.integers(1, 6), min_size=2, max_size=5),
    st.integers(1, 6),
    st.sampled_from(sorted(nn.ACTIVATIONS)),
    st.booleans(),
    st.sampled_from([0.0, 0.3]),
    st.sampled_from([{}, {"l2": 0.1}, {"loss": "mse"}, {"loss": "log_loss"}]),
    st.integers(0, 2**32 - 1),
)
def test_any_shape(sizes, N, activation, batch_norm, dropout, how, seed):
    rng = np.random.default_rng(seed)
    sizes[-1] += 1
    net = nn.mlp(
        *sizes, activation=activation, batch_norm=batch_norm, dropout=dropout, init="lecun",
        dtype="float64", seed=rng, **how,
    )  # fmt: skip
    net.theta[net.decayed.stop :] = rng.normal(size=net.theta.size - net.decayed.stop)
    X = rng.normal(size=(N, sizes[0]))
    # a kink has no derivative; a unit nearly constant over the batch is too steep for the step
    assume(gc.smallest_kink_distance(net, Pass(net.copy().layers, X, training=True)) > KINK_MARGIN)
    assume(all(Z.std(axis=0).min() > 0.3 for Z in inputs_of_batch_norm(net, X)))
    errors = gradcheck(net, X, rng.integers(sizes[-1], size=N))
    assert max(errors.values()) < TOLERANCE, errors


def inputs_of_batch_norm(net, X):
    outputs = Pass(net.copy().layers, X, training=True).outputs
    return [Z for layer, Z in zip(net.layers, outputs, strict=False) if isinstance(layer, nn.BatchNorm)]


@pytest.mark.parametrize(
    "wrong", [lambda d: -d, lambda d: 2 * d, lambda d: 1.01 * d], ids=["-1", "2", "1.01"]
)
@pytest.mark.parametrize("layer", [nn.Tanh, nn.Dense, nn.BatchNorm])
def test_a_wrong_backward_is_found(layer, wrong, monkeypatch, rng):
    right = layer.backward

    def backward(self, dA, input_gradient=True):
        dX = right(self, dA, input_gradient)
        return None if dX is None else wrong(dX)

    monkeypatch.setattr(layer, "backward", backward)
    net = nn.mlp(4, 5, 3, activation="tanh", batch_norm=True, dtype="float64")
    errors = gradcheck(net, rng.normal(size=(6, 4)), rng.integers(3, size=6))
    assert max(errors.values()) > 1e-3


def test_it_refuses_what_it_cannot_check(rng):
    X = rng.normal(size=(3, 4))
    with pytest.raises(ValueError, match="float64"):
        gradcheck(nn.mlp(4, 3, 2), X, np.array([0, 1, 0]))
    with pytest.raises(ValueError, match="kink"):
        gradcheck(nn.mlp(4, 3, 2, dtype="float64"), np.zeros((3, 4)), np.array([0, 1, 0]))


def test_the_network_is_left_as_it_was(rng):
    net = nn.mlp(4, 3, 2, activation="tanh", batch_norm=True, dropout=0.2, dtype="float64")
    theta, state, dice = net.theta.copy(), net.state.copy(), net.rng.bit_generator.state
    gradcheck(net, rng.normal(size=(5, 4)), rng.integers(2, size=5))
    np.testing.assert_array_equal(net.theta, theta)
    np.testing.assert_array_equal(net.state, state)
    assert net.rng.bit_generator.state == dice


def test_the_table_draws_again_when_a_unit_stands_at_its_kink(monkeypatch):
    distances = iter([0.0, 1.0])
    monkeypatch.setattr(gc, "smallest_kink_distance", lambda net, batch: next(distances))
    case = next(gc.cases())
    network, X = gc.draw_away_from_kinks(case, np.random.default_rng(0))
    assert X.shape == (6, network.n_inputs)
    assert next(distances, None) is None
