"""Every loss that is shown is the same number, also where a probability has long been rounded to 0 or 1."""

import numpy as np
import pytest
from scipy.special import log_softmax, xlogy

import glassnet as gn
from glassnet.data import Dataset, Preparation
from glassnet.evaluation import evaluate, score
from glassnet.nn import LOSSES
from glassnet.train import train

M, D = 60, 4


def targets(task, rng):
    """Network's outputs, its loss, labels."""
    match task:
        case "classes":
            return 3, "cross_entropy", rng.integers(0, 3, M)
        case "classes, each yes or no":
            return 3, "log_loss", rng.integers(0, 3, M)
        case "classes as numbers":
            return 3, "mse", rng.integers(0, 3, M)
        case "binary":
            return 1, "log_loss", rng.integers(0, 2, M)
        case "multi-label":
            return 3, "log_loss", rng.integers(0, 2, (M, 3)).astype(float)
        case "regression":
            return 2, "mse", rng.normal(size=(M, 2))
        case "regression, half":
            return 2, "half_squared_error", rng.normal(size=(M, 2))
        case "regression as scikit-learn has it":
            return 2, "half_squared_error", rng.normal(size=(M, 2))
        case "counts":
            return 2, "poisson", rng.poisson(3.0, (M, 2)).astype(float)
    raise AssertionError(task)


TASKS = [
    "classes",
    "classes, each yes or no",
    "classes as numbers",
    "binary",
    "multi-label",
    "regression",
    "regression, half",
    "counts",
]


def reference(network, X, y):
    """The textbook's formula on the last sums, in float64."""
    W, b = (getattr(network.layers[0], name).astype(np.float64) for name in "Wb")
    Z = X.astype(np.float64) @ W + b
    Y = np.eye(Z.shape[1])[y] if y.ndim == 1 and Z.shape[1] > 1 else y.reshape(Z.shape)
    match network.loss.name:
        case "cross_entropy":
            each = -(Y * log_softmax(Z, axis=1))
        case "log_loss":
            each = np.logaddexp(0, Z) - Y * Z
        case "mse":
            each = (Z - Y) ** 2 / Z.shape[1]
        case "half_squared_error":
            each = (Z - Y) ** 2 / 2
        case "half_squared_error":
            each = (Z - Y) ** 2 / 2
        case "poisson":
            each = np.exp(Z) - Y * Z + xlogy(Y, Y) - Y
    return float(each.sum(axis=1).mean())


def with_torch(torch, network, X, y):
    functional = torch.nn.functional
    W, b = (torch.from_numpy(getattr(network.layers[0], name).astype(np.float64)) for name in "Wb")
    Z = torch.from_numpy(X.astype(np.float64)) @ W + b
    K = Z.shape[1]
    Y = torch.from_numpy(np.eye(K)[y] if y.ndim == 1 and K > 1 else y.reshape(Z.shape).astype(np.float64))
    match network.loss.name:
        case "cross_entropy":
            found = functional.cross_entropy(Z, Y)
        case "log_loss":
            found = K * functional.binary_cross_entropy_with_logits(Z, Y)
        case "mse":
            found = functional.mse_loss(Z, Y)
        case "half_squared_error":
            found = K / 2 * functional.mse_loss(Z, Y)
        case "half_squared_error":
            found = K / 2 * functional.mse_loss(Z, Y)
        case "poisson":
            least = torch.xlogy(Y, Y) - Y
            found = K * (functional.poisson_nll_loss(Z, Y, eps=0) + least.mean())
    return float(found)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("scale", [1.0, 60.0], ids=["moderate", "saturated"])
@pytest.mark.parametrize("task", TASKS)
def test_every_loss_that_is_shown_is_the_same(task, scale, dtype, rng):
    K, loss, y = targets(task, rng)
    X = rng.normal(size=(M, D))
    if loss == "poisson":
        scale = scale**0.25  # e to the power of it must stay a number
    data = Dataset(X, y)
    network = gn.mlp(
        D,
        K,
        loss=loss,
        output="identity" if "squared" in loss or loss == "mse" else None,
        dtype=dtype,
        seed=1,
    )
    network.theta *= scale
    expected = reference(network, X, y)

    close = {"rel": 1e-5 if dtype == "float32" else 1e-12}
    assert evaluate(network, data).loss == pytest.approx(expected, **close)
    assert evaluate(network, data, chunk=7).loss == pytest.approx(expected, **close)
    assert score(network, data, Preparation.default(data))[0] == pytest.approx(expected, **close)
    assert network.evaluate_loss(X, y) == pytest.approx(expected, **close)

    training = train(network, data, gn.GradientDescent(1e-3), epochs=1, batch_size=None, validation=data)
    list(training)
    (record,) = training.history.records
    assert record["loss"] == pytest.approx(expected, **close)  # before the step
    assert record["validation_loss"] == pytest.approx(reference(network, X, y), **close)  # after it
    assert record["validation_loss"] == pytest.approx(evaluate(network, data).loss, rel=1e-6)


def test_pytorch_says_so_too(rng):
    torch = pytest.importorskip("torch", reason="PyTorch is a peer that only `pip install .[bench]` brings")
    for task in TASKS:
        K, loss, y = targets(task, rng)
        X = rng.normal(size=(M, D))
        network = gn.mlp(D, K, loss=loss, dtype="float64", seed=1)
        network.theta *= 3.0
        assert with_torch(torch, network, X, y) == pytest.approx(reference(network, X, y), rel=1e-9)


def test_a_wrong_answer_that_is_sure_costs_what_its_logit_says():
    network = gn.mlp(1, 1, loss="log_loss")
    network.layers[0].W[...], network.layers[0].b[...] = 18.0, 0.0
    one = Dataset(np.ones((1, 1), np.float32), [0], ["no", "yes"])
    assert network.forward(one.images)[0, 0] == 1  # rounded
    assert evaluate(network, one).loss == pytest.approx(18.0)


def test_no_loss_is_missing_here():
    rng = np.random.default_rng(0)
    ours = {name for name, loss in LOSSES.items() if type(loss).__module__.startswith("glassnet.")}
    assert {targets(task, rng)[1] for task in TASKS} == ours
