"""How much each sample counts."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.utils.class_weight import compute_sample_weight

import glassnet as gn
from glassnet.data import Dataset
from glassnet.errors import TrainingError
from glassnet.train import fit
from glassnet.train.sample_weights import balanced, sample_weights

CLASSES = np.array([0, 0, 0, 1, 1, 2, 2, 2, 2, 2])


def test_nothing_asked_nothing_weighted():
    assert sample_weights(10, CLASSES) is None


def test_balanced_is_what_scikit_learn_means_by_it():
    found = sample_weights(10, CLASSES, class_weight="balanced")
    np.testing.assert_allclose(found, compute_sample_weight("balanced", CLASSES))


def test_balanced_leaves_out_classes_without_samples():
    classes = np.array([0, 0, 2])
    found = sample_weights(3, classes, ["a", "b", "c"], class_weight="balanced")
    np.testing.assert_allclose(found, compute_sample_weight("balanced", classes))


def test_a_dictionary_goes_by_number_or_by_name():
    by_number = sample_weights(10, CLASSES, ["a", "b", "c"], class_weight={1: 3.0, 2: 0.5})
    by_name = sample_weights(10, CLASSES, ["a", "b", "c"], class_weight={"b": 3.0, "c": 0.5})
    np.testing.assert_array_equal(by_number, [1, 1, 1, 3, 3, 0.5, 0.5, 0.5, 0.5, 0.5])
    np.testing.assert_array_equal(by_name, by_number)


def test_class_and_sample_weights_multiply():
    given = np.arange(10.0)
    found = sample_weights(10, CLASSES, sample_weight=given, class_weight={0: 2.0})
    np.testing.assert_array_equal(found, given * np.where(CLASSES == 0, 2.0, 1.0))
    np.testing.assert_array_equal(given, np.arange(10.0))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"sample_weight": np.ones(9)}, r"shape \(9,\), not one number for each of 10"),
        ({"sample_weight": np.where(CLASSES == 1, -1.0, 1.0)}, "Sample 3 has the weight -1.0"),
        ({"sample_weight": np.where(CLASSES == 2, np.nan, 1.0)}, "Sample 5 has the weight nan"),
        ({"sample_weight": np.zeros(10)}, "All weights are 0"),
        ({"class_weight": {7: 1.0}}, "names class 7; there are 0 to 2"),
        ({"class_weight": {"x": 1.0}}, "names class 'x'"),
        ({"class_weight": "even"}, "not 'even'"),
    ],
)
def test_weights_that_cannot_be(options, message):
    with pytest.raises(TrainingError, match=message):
        sample_weights(10, CLASSES, **options)


def test_a_regression_has_no_classes_to_weigh():
    with pytest.raises(TrainingError, match="needs labels that are classes"):
        sample_weights(10, None, class_weight="balanced")


# --- a weight of 3 is three samples ----------------------------------------------------------------------

COUNTS = np.array([0, 1, 9, 2, 1, 3, 1, 1, 4, 1, 2, 1])


def targets(task):
    """Outputs, loss, labels of twelve samples."""
    rng = np.random.default_rng(5)
    match task:
        case "classes":
            return 3, "cross_entropy", np.array([0, 1, 2, 0, 0, 0, 1, 0, 0, 2, 0, 0])
        case "binary":
            return 1, "log_loss", np.array([0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0])
        case "multi-label":
            return 2, "log_loss", rng.integers(0, 2, (12, 2)).astype(float)
        case "regression":
            return 2, "mse", rng.normal(size=(12, 2))
        case "counts":
            return 1, "poisson", rng.poisson(2.0, 12).astype(float)
    raise AssertionError(task)


@pytest.mark.parametrize(
    ("task", "class_weight"),
    [
        ("classes", "balanced"),
        ("classes", {0: 0.5}),
        ("classes", None),
        ("binary", "balanced"),
        ("binary", {1: 3.0}),
        ("binary", None),
        ("multi-label", None),
        ("regression", None),
        ("counts", None),
    ],
)
def test_weights_are_repeated_rows(task, class_weight):
    K, loss, y = targets(task)
    X = np.random.default_rng(6).normal(size=(12, 3))
    options = {"epochs": 20, "batch_size": None, "class_weight": class_weight}
    weighted, repeated = (gn.mlp(3, 4, K, loss=loss, dtype="float64", l2=0.01, seed=1) for _ in range(2))
    history = fit(weighted, Dataset(X, y), gn.GradientDescent(0.2), sample_weight=COUNTS, **options)
    rows = np.repeat(np.arange(12), COUNTS)
    expected = fit(repeated, Dataset(X[rows], y[rows]), gn.GradientDescent(0.2), **options)
    np.testing.assert_allclose(weighted.theta, repeated.theta, rtol=1e-10)
    np.testing.assert_allclose(history.loss, expected.loss, rtol=1e-10)


def test_balanced_by_weight_predicts_one_half_as_logistic_regression_does():
    """Nothing can be told apart here: what is answered is what the classes weigh."""
    X, y = np.zeros((10, 1)), np.arange(10) % 2
    weight = np.where(y == 1, 9.0, 1.0)
    network = gn.mlp(1, 1, loss="log_loss", seed=0)
    options = {"epochs": 200, "batch_size": None, "class_weight": "balanced"}
    fit(network, Dataset(X, y), gn.GradientDescent(1.0), sample_weight=weight, **options)
    peer = LogisticRegression(class_weight="balanced").fit(X, y, sample_weight=weight)
    assert network.forward(X)[0, 0] == pytest.approx(0.5, abs=1e-3)
    assert peer.predict_proba(X)[0, 1] == pytest.approx(0.5, abs=1e-3)


def test_a_class_that_weighs_nothing_is_not_there():
    factors = balanced(np.array([0, 0, 1, 2]), np.array([1.0, 1.0, 4.0, 0.0]))
    np.testing.assert_allclose(factors, [1.5, 1.5, 0.75, 0.0])
