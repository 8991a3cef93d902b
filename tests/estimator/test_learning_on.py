"""partial_fit, warm_start and fits that follow one another."""

import numpy as np
import pytest

from glassnet.errors import DataError, TrainingError
from glassnet.estimator import MLPClassifier, MLPRegressor

FEW = {"hidden_layer_sizes": (10,), "max_epochs": 8, "random_state": 0, "learning_rate_init": 0.01}


def test_balanced_cannot_be_partial(iris):
    with pytest.raises(TrainingError, match="needs all samples at once"):
        MLPClassifier(class_weight="balanced").partial_fit(*iris, classes=[0, 1, 2])


def test_partial_fit_goes_on_with_the_optimisers_memory(iris):
    X, y = iris
    whole = MLPClassifier(**{**FEW, "max_epochs": 3}, shuffle=False).fit(X, y)
    parts = MLPClassifier(**FEW, shuffle=False)
    for _ in range(3):
        parts.partial_fit(X, y, classes=[2, 1, 0])
    np.testing.assert_array_equal(parts.coefs_[0], whole.coefs_[0])
    assert parts.loss_curve_ == whole.loss_curve_
    assert parts.n_iter_ == 1
    assert parts.t_ == 450


def test_partial_fit_of_questions_and_numbers(questions, numbers):
    X, Y = questions
    clf = MLPClassifier(**FEW).partial_fit(X, Y).partial_fit(X, Y)
    assert clf.predict(X).shape == Y.shape
    reg = MLPRegressor(**FEW).partial_fit(*numbers).partial_fit(*numbers)
    assert reg.predict(numbers[0]).shape == numbers[1].shape
    with pytest.raises(DataError, match="y has 1 columns; 3 are predicted"):
        reg.partial_fit(numbers[0], numbers[1][:, 0])


def test_what_partial_fit_refuses(iris):
    X, y = iris
    with pytest.raises(DataError, match="classes must be passed on the first call"):
        MLPClassifier().partial_fit(X, y)
    with pytest.raises(TrainingError, match="does not support early_stopping"):
        MLPClassifier(early_stopping=True).partial_fit(X, y, classes=[0, 1, 2])
    with pytest.raises(TrainingError, match="cannot follow a schedule"):
        MLPClassifier(learning_rate="cosine").partial_fit(X, y, classes=[0, 1, 2])
    clf = MLPClassifier(**FEW).partial_fit(X[:50], y[:50], classes=[0, 1, 2])
    with pytest.raises(DataError, match="not those of the first call"):
        clf.partial_fit(X, y, classes=[0, 1])
    with pytest.raises(DataError, match=r"y has the class .*7.*; known are"):
        clf.partial_fit(X, y + 7)
    with pytest.raises(DataError, match="same form as before"):
        clf.partial_fit(X, np.eye(3, dtype=int)[y])
    asks = MLPClassifier(**FEW).partial_fit(X, np.eye(3, dtype=int)[y])
    with pytest.raises(DataError, match="y has 2 columns; 3 are known"):
        asks.partial_fit(X, np.eye(3, dtype=int)[y][:, :2])
    with pytest.raises(DataError, match="columns of 0 and 1"):
        MLPClassifier().fit(X, np.eye(3, dtype=int)[y] * 2 - 1)


def test_warm_start_needs_the_same_layers(iris):
    clf = MLPClassifier(**FEW, warm_start=True).fit(*iris)
    before = clf.loss_curve_[-1]
    clf.fit(*iris)
    assert len(clf.loss_curve_) == 16
    assert clf.loss_curve_[8] == pytest.approx(before, rel=0.1)
    with pytest.raises(TrainingError, match="other layers or another loss than the parameters"):
        clf.set_params(hidden_layer_sizes=(11,)).fit(*iris)
    clf.set_params(warm_start=False).fit(*iris)
    assert clf.coefs_[0].shape == (4, 11)
    assert len(clf.loss_curve_) == 8


def test_a_single_class_is_always_the_answer(iris):
    clf = MLPClassifier(**FEW).fit(iris[0], np.full(150, "only"))
    assert set(clf.predict(iris[0])) == {"only"}
    np.testing.assert_array_equal(clf.predict_proba(iris[0]), 1)


def test_the_first_part_need_not_hold_all_classes(iris):
    X, y = iris
    clf = MLPClassifier((10,), learning_rate_init=0.05, random_state=0)
    for _ in range(10):
        for part in (slice(0, 50), slice(50, 100), slice(100, 150)):
            clf.partial_fit(X[part], y[part], classes=[0, 1, 2])
    assert clf.classes_.tolist() == [0, 1, 2]
    assert clf.score(X, y) > 0.6


def test_another_fit_forgets_number_type_columns_and_classes(iris, numbers):
    X, y = iris
    clf = MLPClassifier(**FEW, dtype="float32").fit(X, y)
    clf.set_params(dtype="float64").fit(X[:100], y[:100])
    assert clf.coefs_[0].dtype == np.float64
    assert clf.classes_.tolist() == [0, 1]
    reg = MLPRegressor(**FEW).fit(*numbers).fit(numbers[0], numbers[1][:, 0])
    assert reg.predict(numbers[0]).shape == (120,)


def test_warm_start_may_turn_to_early_stopping(iris):
    clf = MLPClassifier(**FEW, warm_start=True).fit(*iris).set_params(early_stopping=True).fit(*iris)
    assert len(clf.loss_curve_) == 16
    assert len(clf.validation_scores_) == 8
    assert clf.best_loss_ is None


def test_warm_start_takes_what_may_change_and_refuses_another_loss(iris):
    clf = MLPClassifier(**FEW, warm_start=True).fit(*iris).set_params(max_norm=0.2).fit(*iris)
    assert np.linalg.norm(clf.coefs_[0], axis=0).max() <= 0.2 + 1e-12
    with pytest.raises(TrainingError, match="other layers or another loss"):
        clf.set_params(loss="squared_error").fit(*iris)
