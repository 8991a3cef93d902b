"""Every function of the page against central differences, in float64, on shapes and values of hypothesis."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glassnet import maths as m
from glassnet.maths import activations

PAGE = (*activations.__all__, "softmax", "log_softmax")
ELEMENTWISE = {f: (getattr(m, f), getattr(m, f"{f}_vjp")) for f in PAGE if not f.endswith("_vjp")}
LOSSES = {
    "cross_entropy": (m.cross_entropy, m.cross_entropy_vjp, None),
    "softmax_cross_entropy": (m.softmax_cross_entropy, m.softmax_cross_entropy_vjp, m.softmax),
    "log_loss": (m.log_loss, m.log_loss_vjp, None),
    "sigmoid_log_loss": (m.sigmoid_log_loss, m.sigmoid_log_loss_vjp, m.sigmoid),
    "mean_squared_error": (m.mean_squared_error, m.mean_squared_error_vjp, None),
    "half_squared_error": (
        lambda A, Y, weight: m.mean_loss(m.half_squared_error_terms(A, Y), weight),
        m.half_squared_error_vjp,
        None,
    ),
    "poisson": (m.poisson, m.poisson_vjp, None),
}
ARRAYS_NK = st.tuples(st.integers(1, 7), st.integers(1, 6), st.integers(0, 2**32 - 1))


def draw(shape_and_seed):
    N, K, seed = shape_and_seed
    rng = np.random.default_rng(seed)
    Z = rng.normal(scale=2, size=(N, K))
    Z += np.sign(Z) * 1e-3  # no value nearer to a kink than 100 steps
    return rng, Z


def along(f, X, direction, step=1e-5):
    """Central difference of a scalar function along a direction."""
    return (f(X + step * direction) - f(X - step * direction)) / (2 * step)


def agrees(exact, numerical):
    return abs(exact - numerical) <= 1e-6 * (abs(exact) + abs(numerical)) + 1e-9


@pytest.mark.parametrize("name", ELEMENTWISE)
@given(ARRAYS_NK)
def test_activation(name, drawn):
    f, vjp = ELEMENTWISE[name]
    rng, Z = draw(drawn)
    dA, direction = rng.normal(size=(2, *Z.shape))
    exact = np.vdot(vjp(dA, Z, f(Z)), direction)
    assert agrees(exact, along(lambda X: np.vdot(f(X), dA), Z, direction))


@pytest.mark.parametrize(
    "wrong", [lambda d: -d, lambda d: 2 * d, lambda d: 1.01 * d], ids=["-1", "2", "1.01"]
)
@pytest.mark.parametrize("name", ELEMENTWISE)
def test_the_check_itself_finds_a_wrong_derivative(name, wrong):
    f, vjp = ELEMENTWISE[name]
    rng, Z = draw((5, 4, 1))
    dA, direction = rng.normal(size=(2, *Z.shape))
    exact = np.vdot(wrong(vjp(dA, Z, f(Z))), direction)
    assert not agrees(exact, along(lambda X: np.vdot(f(X), dA), Z, direction))


@pytest.mark.parametrize("weighted", [False, True], ids=["mean", "weighted"])
@pytest.mark.parametrize("name", LOSSES)
@given(ARRAYS_NK)
def test_loss(name, weighted, drawn):
    loss, vjp, activation = LOSSES[name]
    rng, Z = draw(drawn)
    Y = m.softmax(rng.normal(size=Z.shape))
    weight = rng.uniform(0.1, 3, len(Z)) if weighted else None
    probabilities = not activation and name not in ("mean_squared_error", "half_squared_error", "poisson")
    X = 0.01 + 0.98 * m.sigmoid(Z) if probabilities else Z
    direction = rng.normal(size=Z.shape) * (X * (1 - X) if probabilities else 1)  # not past 0 or 1
    exact = np.vdot(vjp(activation(X) if activation else X, Y, weight), direction)
    assert agrees(exact, along(lambda V: loss(V, Y, weight), X, direction))


def test_a_derivative_that_is_not_averaged_fails():
    _, Z = draw((5, 4, 1))
    Y = m.one_hot(np.array([0, 1, 2, 3, 0]), 4, np.float64)
    direction = np.ones_like(Z) * [1, 2, 3, 4]
    not_averaged = 5 * np.vdot(m.softmax_cross_entropy_vjp(m.softmax(Z), Y), direction)
    assert not agrees(not_averaged, along(lambda V: m.softmax_cross_entropy(V, Y), Z, direction))


@given(st.tuples(st.integers(1, 6), st.integers(1, 5), st.integers(0, 2**32 - 1)), st.integers(1, 5))
def test_affine(drawn, D):
    rng, dZ = draw(drawn)
    N, K = dZ.shape
    X, W, b = rng.normal(size=(N, D)), rng.normal(size=(D, K)), rng.normal(size=K)
    dX, dW, db = m.affine_vjp(dZ, X, W)
    for exact, function, at in (
        (dX, lambda V: np.vdot(m.affine(V, W, b), dZ), X),
        (dW, lambda V: np.vdot(m.affine(X, V, b), dZ), W),
        (db, lambda V: np.vdot(m.affine(X, W, V), dZ), b),
    ):
        direction = rng.normal(size=at.shape)
        assert agrees(np.vdot(exact, direction), along(function, at, direction))
    np.testing.assert_array_equal(m.affine_vjp_parameters(dZ, X)[0], dW)


@given(st.tuples(st.integers(2, 7), st.integers(1, 5), st.integers(0, 2**32 - 1)))
def test_batch_norm(drawn):
    rng, X = draw(drawn)
    gamma, beta = rng.normal(size=(2, X.shape[1]))
    dZ, direction = rng.normal(size=(2, *X.shape))

    def forward(V, g=gamma, c=beta):
        normed, s = m.normalize(V, V.mean(axis=0), V.var(axis=0), 1e-2)
        return m.batch_norm(normed, g, c), normed, s

    _, normed, s = forward(X)
    dX, dgamma, dbeta = m.batch_norm_vjp(dZ, normed, s, gamma)
    assert agrees(np.vdot(dX, direction), along(lambda V: np.vdot(forward(V)[0], dZ), X, direction))
    v = rng.normal(size=gamma.shape)
    assert agrees(np.vdot(dgamma, v), along(lambda g: np.vdot(forward(X, g)[0], dZ), gamma, v))
    assert agrees(np.vdot(dbeta, v), along(lambda c: np.vdot(forward(X, gamma, c)[0], dZ), beta, v))


@given(ARRAYS_NK)
def test_penalties(drawn):
    rng, W = draw(drawn)
    direction = rng.normal(size=W.shape)
    for f, vjp in ((m.l1, m.l1_vjp), (m.l2, m.l2_vjp)):
        assert agrees(np.vdot(vjp(W, 0.3), direction), along(lambda V, f=f: f(V, 0.3), W, direction))


@given(ARRAYS_NK)
def test_fused_pairs_agree_with_the_activation_s_own_product(drawn):
    rng, Z = draw(drawn)
    Y = m.softmax(rng.normal(size=Z.shape))
    A = m.softmax(Z)
    long_way = m.softmax_vjp(m.cross_entropy_vjp(A, Y), Z, A)
    np.testing.assert_allclose(m.softmax_cross_entropy_vjp(A, Y), long_way, rtol=1e-9, atol=1e-12)
    A = m.sigmoid(Z)
    long_way = m.sigmoid_vjp(m.log_loss_vjp(A, Y), Z, A)
    np.testing.assert_allclose(m.sigmoid_log_loss_vjp(A, Y), long_way, rtol=1e-6, atol=1e-12)
