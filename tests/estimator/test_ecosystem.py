"""At home where scikit-learn's estimators are: pipelines, searches, calibration, routing, processes."""

import pickle

import numpy as np
import pandas as pd
import pytest
import sklearn
from joblib import parallel_config
from sklearn.base import clone, is_classifier, is_regressor
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import TransformedTargetRegressor
from sklearn.ensemble import VotingClassifier
from sklearn.inspection import permutation_importance
from sklearn.model_selection import GridSearchCV, cross_val_score, train_test_split
from sklearn.multioutput import ClassifierChain
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils import estimator_html_repr

from glassnet.estimator import MLPClassifier, MLPRegressor

SMALL = {"hidden_layer_sizes": (8,), "solver": "lbfgs", "max_epochs": 30, "random_state": 0}


def test_pipeline_with_names_of_features_through_set_output(iris):
    frame = pd.DataFrame(iris[0], columns=["a", "b", "c", "d"])
    pipeline = make_pipeline(StandardScaler(), MLPClassifier(**SMALL)).set_output(transform="pandas")
    pipeline.fit(frame, iris[1])
    assert pipeline.score(frame, iris[1]) > 0.95
    assert pipeline[-1].feature_names_in_.tolist() == ["a", "b", "c", "d"]
    assert pipeline.n_features_in_ == 4
    with pytest.raises(ValueError, match="feature names"):
        pipeline[-1].predict(frame[["b", "a", "c", "d"]])


def test_grid_search_over_parameters_old_and_new(iris):
    pipeline = make_pipeline(StandardScaler(), MLPClassifier(**SMALL))
    grid = {"mlpclassifier__hidden_layer_sizes": [(4,), (8,)], "mlpclassifier__batch_norm": [False, True]}
    search = GridSearchCV(pipeline, grid, cv=3).fit(*iris)
    assert search.best_score_ > 0.93
    assert len(search.cv_results_["params"]) == 4


def test_cross_validation(iris, numbers):
    assert cross_val_score(MLPClassifier(**SMALL), *iris, cv=3).mean() > 0.9
    X, Y = numbers
    assert cross_val_score(MLPRegressor(**SMALL), X, Y[:, 0], cv=3).mean() > 0.8


def test_processes(iris):
    alone = cross_val_score(MLPClassifier(**SMALL), *iris, cv=2)
    with parallel_config(backend="loky"):
        together = cross_val_score(MLPClassifier(**SMALL), *iris, cv=2, n_jobs=2)
    np.testing.assert_allclose(together, alone)


def test_calibration(iris):
    calibrated = CalibratedClassifierCV(MLPClassifier(**SMALL), cv=3).fit(*iris)
    np.testing.assert_allclose(calibrated.predict_proba(iris[0]).sum(axis=1), 1)
    assert calibrated.score(*iris) > 0.93


def test_permutation_importance(iris):
    X, y = iris
    found = permutation_importance(MLPClassifier(**SMALL).fit(X, y), X, y, n_repeats=3, random_state=0)
    assert set(np.argsort(found.importances_mean)[-2:]) == {2, 3}  # the petals


def test_in_other_peoples_ensembles(iris, questions, numbers):
    voting = VotingClassifier(
        [("one", MLPClassifier(**SMALL)), ("two", MLPClassifier(**SMALL))], voting="soft"
    )
    assert voting.fit(*iris).score(*iris) > 0.95
    assert ClassifierChain(MLPClassifier(**SMALL)).fit(*questions).predict(questions[0]).shape == (150, 2)
    scaled = TransformedTargetRegressor(MLPRegressor(**SMALL), transformer=StandardScaler())
    assert scaled.fit(numbers[0], numbers[1] * 1000).score(numbers[0], numbers[1] * 1000) > 0.9


@pytest.mark.parametrize("kind", [MLPClassifier, MLPRegressor])
def test_clone_keeps_every_parameter_and_forgets_what_was_learned(kind, iris):
    fitted = kind(**SMALL, dropout=0.0, batch_norm=True).fit(*iris)
    twin = clone(fitted)
    assert twin.get_params() == fitted.get_params()
    assert not hasattr(twin, "coefs_")
    assert (is_classifier(twin), is_regressor(twin)) == (kind is MLPClassifier, kind is MLPRegressor)


def test_pickle_goes_on_where_it_was(iris):
    parameters = {"hidden_layer_sizes": (8,), "random_state": 0, "dropout": 0.2, "batch_norm": True}
    one = MLPClassifier(**parameters).partial_fit(*iris, classes=[0, 1, 2])
    two = pickle.loads(pickle.dumps(one))
    np.testing.assert_array_equal(two.predict_proba(iris[0]), one.predict_proba(iris[0]))
    one.partial_fit(*iris)
    two.partial_fit(*iris)
    np.testing.assert_array_equal(two.coefs_[0], one.coefs_[0])
    assert two.loss_curve_ == one.loss_curve_


def test_a_pickled_regressor_goes_on_with_its_own_loss(numbers):
    one = MLPRegressor(hidden_layer_sizes=(8,), random_state=0).partial_fit(*numbers)
    two = pickle.loads(pickle.dumps(one))
    one.partial_fit(*numbers)
    assert two.partial_fit(*numbers).loss_ == one.loss_


def test_html(iris):
    page = estimator_html_repr(
        make_pipeline(StandardScaler(), MLPClassifier(dropout=0.2, max_epochs=2)).fit(*iris)
    )
    assert "MLPClassifier" in page
    assert "dropout" in page


def test_routing_of_weights_and_of_a_validation_set_through_the_scaler(iris):
    X, X_val, y, y_val = train_test_split(iris[0] * 100 + 7, iris[1], random_state=0)
    weight = np.linspace(1, 2, len(y))
    parameters = {"hidden_layer_sizes": (8,), "max_epochs": 5, "random_state": 0}
    with sklearn.config_context(enable_metadata_routing=True):
        clf = MLPClassifier(**parameters).set_fit_request(sample_weight=True, X_val=True, y_val=True)
        pipeline = make_pipeline(StandardScaler().set_fit_request(sample_weight=False), clf)
        pipeline.set_params(transform_input=["X_val"])
        pipeline.fit(X, y, sample_weight=weight, X_val=X_val, y_val=y_val)
        score = pipeline.score(X_val, y_val)
    scaler = StandardScaler().fit(X)
    by_hand = MLPClassifier(**parameters)
    by_hand.fit(scaler.transform(X), y, weight, validation_data=(scaler.transform(X_val), y_val))
    assert pipeline[-1].loss_curve_ == by_hand.loss_curve_
    assert pipeline[-1].validation_scores_ == by_hand.validation_scores_
    assert score == by_hand.validation_scores_[-1]


def test_labels_that_are_words_and_a_series(two_classes):
    X, y = two_classes
    clf = MLPClassifier(**SMALL).fit(pd.DataFrame(X, columns=list("abcd")), pd.Series(y, dtype="category"))
    assert clf.classes_.tolist() == ["versicolor", "virginica"]
    assert set(clf.predict(pd.DataFrame(X, columns=list("abcd")))) == {"versicolor", "virginica"}
