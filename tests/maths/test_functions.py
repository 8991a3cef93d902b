"""Values against peers, arrays left alone, results where they were asked for, extremes."""

import importlib
import math
import pkgutil

import numpy as np
import pytest
import scipy.special
import sklearn.metrics

from glassnet import maths as m
from glassnet.maths import activations

PEERS = {
    "relu": (m.relu, lambda Z: np.where(Z > 0, Z, 0)),
    "leaky_relu": (m.leaky_relu, lambda Z: np.where(Z > 0, Z, 0.01 * Z)),
    "elu": (m.elu, lambda Z: np.where(Z > 0, Z, np.expm1(np.minimum(Z, 0)))),
    "gelu": (m.gelu, lambda Z: Z * scipy.special.ndtr(Z)),
    "gelu_tanh": (
        m.gelu_tanh,
        lambda Z: 0.5 * Z * (1 + np.tanh(math.sqrt(2 / math.pi) * (Z + 0.044715 * Z**3))),
    ),
    "silu": (m.silu, lambda Z: Z * scipy.special.expit(Z)),
    "sigmoid": (m.sigmoid, scipy.special.expit),
    "tanh": (m.tanh, np.tanh),
    "softplus": (m.softplus, lambda Z: scipy.special.log1p(np.exp(-np.abs(Z))) + np.maximum(Z, 0)),
    "softmax": (m.softmax, lambda Z: scipy.special.softmax(Z, axis=1)),
    "log_softmax": (m.log_softmax, lambda Z: scipy.special.log_softmax(Z, axis=1)),
    "identity": (m.identity, lambda Z: Z),
}
VJPS = {name: getattr(m, f"{name}_vjp") for name in PEERS}


def test_every_activation_has_a_peer():
    page = (*activations.__all__, "softmax", "log_softmax")
    assert set(PEERS) == {name for name in page if not name.endswith("_vjp")}


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-12), (np.float32, 2e-6)])
@pytest.mark.parametrize("name", PEERS)
def test_activation_against_a_peer(name, dtype, tolerance, rng):
    f, peer = PEERS[name]
    Z = rng.normal(scale=3, size=(40, 11)).astype(dtype)
    A = f(Z)
    assert A.dtype == dtype
    np.testing.assert_allclose(A, peer(Z.astype(np.float64)), rtol=tolerance * 5, atol=tolerance)


@pytest.mark.parametrize("name", PEERS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_inputs_stay_and_out_is_used(name, dtype, rng):
    f, vjp = PEERS[name][0], VJPS[name]
    Z, dA = rng.normal(size=(2, 5, 4)).astype(dtype)
    A = f(Z)
    for array in (Z, dA, A):
        array.flags.writeable = False
    poisoned = np.full_like(Z, np.nan)
    assert f(Z, out=poisoned) is poisoned
    np.testing.assert_array_equal(poisoned, A)
    poisoned = np.full_like(Z, np.nan)
    dZ = vjp(dA, Z, A, out=poisoned)
    assert dZ is poisoned
    np.testing.assert_array_equal(dZ, vjp(dA, Z, A))
    assert dZ.dtype == dtype


@pytest.mark.parametrize("name", PEERS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_extreme_inputs_give_finite_results_and_no_warning(name, dtype):
    f, vjp = PEERS[name][0], VJPS[name]
    for Z in (
        np.array([[1e4, -1e4, 0.0]], dtype),
        np.full((2, 3), -1e4, dtype),
        np.zeros((1, 1), dtype),
    ):
        A = f(Z)
        assert np.isfinite(A).all()
        assert np.isfinite(vjp(np.ones_like(Z), Z, A)).all()


@pytest.mark.parametrize(("dtype", "least"), [(np.float32, -86), (np.float64, -707)])
def test_a_small_probability_keeps_its_digits(dtype, least):
    Z = np.linspace(least, 40, 3001).astype(dtype)
    np.testing.assert_allclose(m.sigmoid(Z), scipy.special.expit(Z), rtol=4 * np.finfo(dtype).eps)
    assert m.sigmoid(np.array([10 * least], dtype)) == 0


def test_losses_against_scikit_learn(rng):
    A = m.softmax(rng.normal(size=(30, 4)))
    y = np.r_[0, 1, 2, 3, rng.integers(4, size=26)]
    Y = m.one_hot(y, 4, np.float64)
    weight = rng.uniform(0.5, 2, 30)
    for w in (None, weight):
        expected = sklearn.metrics.log_loss(y, A, sample_weight=w)
        assert m.cross_entropy(A, Y, w) == pytest.approx(expected)
        assert m.softmax_cross_entropy(np.log(A), Y, w) == pytest.approx(expected)
        assert m.softmax_cross_entropy(np.log(A), Y, w, A=A) == pytest.approx(expected)
        expected = sklearn.metrics.log_loss(Y[:, 0], A[:, 0], sample_weight=w)
        assert m.log_loss(A[:, :1], Y[:, :1], w) == pytest.approx(expected)
        assert m.sigmoid_log_loss(scipy.special.logit(A[:, :1]), Y[:, :1], w) == pytest.approx(expected)
        expected = sklearn.metrics.mean_squared_error(Y, A, sample_weight=w)
        assert m.mean_squared_error(A, Y, w) == pytest.approx(expected)
        for k in range(4):
            expected = sklearn.metrics.mean_poisson_deviance(Y[:, k], A[:, k], sample_weight=w) / 2
            assert m.poisson(np.log(A[:, [k]]), Y[:, [k]], w) == pytest.approx(expected)


def test_losses_of_impossible_answers_are_large_not_infinite():
    Z = np.array([[1e4, -1e4]], np.float32)
    Y = np.array([[0, 1]], np.float32)
    assert m.softmax_cross_entropy(Z, Y) == m.softmax_cross_entropy(Z, Y, A=m.softmax(Z)) == 20000
    assert m.sigmoid_log_loss(Z, Y) == 20000
    for loss in (m.cross_entropy, m.log_loss):
        assert 80 < loss(np.array([[1, 0]], np.float32), Y) < 200


def test_weights_of_zero_take_samples_out(rng):
    A = m.softmax(rng.normal(size=(3, 4)))
    Y = m.one_hot(np.array([0, 1, 2]), 4, np.float64)
    weight = np.array([1.0, 0.0, 1.0])
    assert m.cross_entropy(A, Y, weight) == pytest.approx(m.cross_entropy(A[::2], Y[::2]))
    assert m.cross_entropy(A, Y, np.zeros(3)) == 0


def test_erf_to_the_type_s_accuracy():
    x = np.linspace(-8, 8, 20001)
    assert np.abs(m.erf(x) - scipy.special.erf(x)).max() < 2e-14
    x32 = x.astype(np.float32)
    assert m.erf(x32).dtype == np.float32
    assert np.abs(m.erf(x32) - scipy.special.erf(x32.astype(float))).max() < 3e-7


def test_label_smoothing_keeps_rows_summing_to_one():
    Y = m.smooth_labels(m.one_hot(np.array([0, 2]), 3), 0.3)
    np.testing.assert_allclose(Y, [[0.8, 0.1, 0.1], [0.1, 0.1, 0.8]], rtol=1e-6)


def test_dropout_mask_keeps_the_expectation(rng):
    mask = m.dropout_mask(rng, 0.25, np.empty((400, 500), np.float32))
    assert set(np.unique(mask)) == {np.float32(0), np.float32(1 / 0.75)}
    assert mask.mean() == pytest.approx(1, abs=0.01)


def test_max_norm_shortens_only_long_columns(rng):
    W = rng.normal(size=(6, 5)).astype(np.float32)
    norms = np.linalg.norm(W, axis=0)
    limit = float(np.median(norms))
    short = W[:, norms <= limit].copy()
    m.clip_column_norms(W, limit)
    np.testing.assert_allclose(np.linalg.norm(W, axis=0), np.minimum(norms, limit), rtol=1e-6)
    np.testing.assert_array_equal(W[:, norms <= limit], short)


DEVIATIONS = {
    "he": lambda D, K: 2 / D,
    "he_uniform": lambda D, K: 2 / D,
    "xavier": lambda D, K: 2 / (D + K),
    "xavier_uniform": lambda D, K: 2 / (D + K),
    "lecun": lambda D, K: 1 / D,
    "lecun_uniform": lambda D, K: 1 / D,
    "normal": lambda D, K: 0.01,
    "normal(0.5)": lambda D, K: 0.25,
    "zeros": lambda D, K: 0,
}


@pytest.mark.parametrize("name", DEVIATIONS)
def test_initialiser_has_its_variance(name, rng):
    W = m.initializer(name)(rng, 300, 200, np.float32)
    assert W.shape == (300, 200)
    assert W.dtype == np.float32
    assert W.var() == pytest.approx(DEVIATIONS[name](300, 200), rel=0.02)
    assert W.mean() == pytest.approx(0, abs=0.01)
    if "uniform" in name:
        assert np.abs(W).max() <= math.sqrt(3 * DEVIATIONS[name](300, 200))


@pytest.mark.parametrize(("D", "K"), [(7, 4), (4, 7), (5, 5)])
def test_orthogonal(D, K, rng):
    W = m.initializer("orthogonal")(rng, D, K, np.float64)
    product = W.T @ W if D >= K else W @ W.T
    np.testing.assert_allclose(product, np.eye(min(D, K)), atol=1e-12)


def test_an_unknown_initialiser_is_named():
    with pytest.raises(ValueError, match=r"'hee'.*he, he_uniform"):
        m.initializer("hee")


PAGES = [page.name for page in pkgutil.iter_modules(m.__path__) if page.name not in ("types", "names")]


@pytest.mark.parametrize("page", PAGES)
def test_every_function_of_the_page_is_shown_on_numbers(page):
    module = importlib.import_module(f"glassnet.maths.{page}")
    functions = {name: getattr(module, name) for name in module.__all__ if callable(getattr(module, name))}
    assert functions and set(functions) <= set(dir(m))
    for name, function in functions.items():
        assert function.__doc__ and ">>> " in function.__doc__, f"{name} has no example"
        assert f"{name}(" in function.__doc__.partition(">>> ")[2], f"{name} does not call itself"
