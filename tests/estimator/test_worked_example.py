"""One step by hand, with weights of one's own: the numbers are worked out in scikit-learn's test_mlp.py."""

import numpy as np
import pytest
import sklearn.neural_network as peers

from glassnet.errors import DataError
from glassnet.estimator import MLPClassifier, MLPRegressor

COEFS = [np.array([[0.1, 0.2], [0.3, 0.1], [0.5, 0.0]]), np.array([[0.1], [0.2]])]
INTERCEPTS = [np.array([0.1, 0.1]), np.array([1.0])]
X, Y = np.array([[0.6, 0.8, 0.7]]), np.array([0])


HOW = {"solver": "sgd", "learning_rate_init": 0.1, "alpha": 0.1, "momentum": 0}


@pytest.fixture
def classifier():
    return MLPClassifier(2, "logistic", **HOW).partial_fit(X, Y, classes=[0, 1])


def test_the_step_and_the_answer_after_it(classifier):
    classifier.coefs_, classifier.intercepts_ = COEFS, INTERCEPTS
    classifier.partial_fit(X, Y)
    by_hand = [
        [[0.098, 0.195756], [0.2956664, 0.096008], [0.4939998, -0.002244]],
        [[0.04706], [0.154089]],
        [0.098333, 0.09626],
        [0.9235],
    ]
    for ours, theirs in zip(classifier.coefs_ + classifier.intercepts_, by_hand, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1.5e-3)
    assert classifier.predict_proba(X)[0, 1] == pytest.approx(0.739, abs=1.5e-3)


def test_to_the_last_digit_as_scikit_learn(classifier):
    peer = peers.MLPClassifier(2, "logistic", **HOW).partial_fit(X, Y, classes=[0, 1])
    for estimator in (classifier, peer):
        for name, arrays in (("coefs_", COEFS), ("intercepts_", INTERCEPTS)):
            for i, array in enumerate(arrays):
                getattr(estimator, name)[i][...] = array
        estimator.partial_fit(X, Y)
    for ours, theirs in zip(
        classifier.coefs_ + classifier.intercepts_, peer.coefs_ + peer.intercepts_, strict=True
    ):
        np.testing.assert_allclose(ours, theirs, rtol=1e-14)


def test_one_array_may_be_put_in_anothers_place(classifier):
    classifier.coefs_[-1] = [[3.0], [4.0]]
    classifier.intercepts_[0:2] = INTERCEPTS
    np.testing.assert_array_equal(classifier.network_.layers[2].W, [[3.0], [4.0]])
    np.testing.assert_array_equal(classifier.network_.layers[0].b, INTERCEPTS[0])
    assert len(classifier.coefs_ + classifier.intercepts_) == 4


def test_weights_of_one_network_answer_in_another(iris):
    one = MLPClassifier((5,), max_epochs=3, random_state=0).fit(*iris)
    two = MLPClassifier((5,), max_epochs=1, random_state=1).fit(*iris)
    two.coefs_, two.intercepts_ = one.coefs_, one.intercepts_
    np.testing.assert_array_equal(two.predict_proba(iris[0]), one.predict_proba(iris[0]))
    one.coefs_[0] = np.zeros((4, 5))
    assert two.coefs_[0].all()


@pytest.mark.parametrize(
    "wrong", [COEFS[:1], [*COEFS, COEFS[0]], [COEFS[0].T, COEFS[1]], [1.0, 2.0], [np.zeros((1, 2)), COEFS[1]]]
)
def test_arrays_of_another_shape_are_refused_before_anything_changes(classifier, wrong):
    before = classifier.network_.theta.copy()
    with pytest.raises(DataError, match=r"have the shapes \[\(3, 2\), \(2, 1\)\], not"):
        classifier.coefs_ = wrong
    np.testing.assert_array_equal(classifier.network_.theta, before)


@pytest.mark.parametrize("kind", [MLPClassifier, MLPRegressor])
def test_before_a_fit_there_are_none(kind):
    for name in ("coefs_", "intercepts_"):
        assert not hasattr(kind(), name)
        with pytest.raises(AttributeError):
            setattr(kind(), name, COEFS)
