"""Several networks as one: it answers what the mean of their sums says."""

import numpy as np
import pytest

from glassnet import nn
from glassnet.maths import softmax
from glassnet.nn import BatchNorm, Dense, Network, ReLU, Softmax, ensemble, mlp
from glassnet.nn.passes import Pass


def last_sums(network, X):
    return Pass(network.layers, X.astype(network.dtype)).outputs[-2]


@pytest.mark.parametrize("hidden", [(), (7,), (7, 5), (6, 5, 4)], ids=str)
@pytest.mark.parametrize("batch_norm", [False, True])
def test_it_answers_with_the_mean_of_the_sums(hidden, batch_norm, rng):
    members = [
        mlp(6, *hidden, 3, batch_norm=batch_norm, dropout=0.2, dtype="float64", seed=s) for s in range(3)
    ]
    X = rng.normal(size=(20, 6))
    for member in members:
        member.theta += rng.normal(size=member.theta.size)  # biases, gamma and beta too
        member.forward(X, training=True)  # running statistics of its own
    expected = softmax(np.mean([last_sums(member, X) for member in members], axis=0))
    np.testing.assert_allclose(ensemble(members).forward(X), expected, rtol=1e-12)


def test_members_may_differ_in_width(rng):
    members = [mlp(6, 4, 9, 3, seed=0), mlp(6, 8, 2, 3, seed=1)]
    X = rng.normal(size=(20, 6)).astype(np.float32)
    geometric = np.prod([member.forward(X) for member in members], axis=0) ** (1 / 2)
    expected = geometric / geometric.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(ensemble(members).forward(X), expected, rtol=1e-5)


def test_a_regressions_answers_are_averaged(rng):
    members = [mlp(4, 5, 2, loss="mse", output="identity", seed=seed) for seed in range(4)]
    X = rng.normal(size=(9, 4)).astype(np.float32)
    expected = np.mean([member.forward(X) for member in members], axis=0)
    np.testing.assert_allclose(ensemble(members).forward(X), expected, rtol=1e-5, atol=1e-6)


def test_one_member_alone_is_itself(rng):
    member = mlp(4, 5, 3, seed=0)
    np.testing.assert_array_equal(ensemble([member]).theta, member.theta)


def test_what_does_not_fit_is_said():
    with pytest.raises(ValueError, match="one member at least"):
        ensemble([])
    with pytest.raises(ValueError, match="member 3 does not fit the first"):
        ensemble([mlp(4, 5, 3), mlp(4, 6, 3), mlp(4, 5, 3, activation="tanh")])
    with pytest.raises(ValueError, match="no BatchNorm may follow"):
        ensemble([Network([Dense(4, 3), ReLU(), Dense(3, 2), BatchNorm(), Softmax()])])


def test_it_is_found_by_its_old_name_with_a_warning():
    with pytest.warns(
        DeprecationWarning, match=r"glassnet\.nn\.committee is called glassnet\.nn\.ensemble now"
    ):
        from glassnet.nn import committee

    assert committee is ensemble
    with pytest.raises(AttributeError, match="has no attribute 'comittee'"):
        nn.comittee  # noqa: B018
