"""Estimators in files without pickle, and as models of Glassnet."""

import numpy as np
import pytest

import glassnet as gn
from glassnet.errors import ModelFileError, TrainingError
from glassnet.estimator import MLPClassifier, MLPRegressor
from glassnet.model import Model
from glassnet.nn import Network
from glassnet.optim import Cosine, WarmUp

NOTES = (
    "loss_",
    "loss_curve_",
    "best_loss_",
    "validation_scores_",
    "best_validation_score_",
    "n_iter_",
    "t_",
)


def and_back(estimator, path):
    estimator.save(path)
    return type(estimator).load(path)


@pytest.mark.parametrize("data", ["iris", "two_classes", "questions"])
def test_a_classifier_comes_back(data, request, tmp_path):
    X, y = request.getfixturevalue(data)
    own = MLPClassifier([6], max_epochs=5, early_stopping=True, batch_norm=True, random_state=0).fit(X, y)
    twin = and_back(own, tmp_path / "clf.safetensors")
    assert twin.classes_.tolist() == own.classes_.tolist()
    assert twin.classes_.dtype == own.classes_.dtype
    np.testing.assert_array_equal(twin.predict_proba(X), own.predict_proba(X))
    np.testing.assert_array_equal(twin.predict(X), own.predict(X))
    assert {name: getattr(twin, name) for name in NOTES} == {name: getattr(own, name) for name in NOTES}
    assert twin.history_.records == own.history_.records
    assert twin.n_features_in_ == 4
    assert twin.get_params() == {**own.get_params(), "hidden_layer_sizes": (6,)}


def test_a_regressor_comes_back_and_learns_on(numbers, tmp_path):
    X, Y = numbers
    own = MLPRegressor(hidden_layer_sizes=(6,), max_epochs=5, random_state=0, warm_start=True).fit(X, Y)
    twin = and_back(own, tmp_path / "reg.safetensors")
    np.testing.assert_array_equal(twin.predict(X), own.predict(X))
    assert twin.fit(X, Y).loss_curve_ == own.fit(X, Y).loss_curve_


def test_names_of_features_and_the_iterations_of_lbfgs(iris, tmp_path):
    import pandas as pd

    frame = pd.DataFrame(iris[0], columns=["a", "b", "c", "d"])
    own = MLPClassifier((5,), solver="lbfgs", max_epochs=9, random_state=0).fit(frame, iris[1])
    twin = and_back(own, tmp_path / "clf.safetensors")
    assert twin.feature_names_in_.tolist() == ["a", "b", "c", "d"]
    assert len(twin.history_) == own.n_iter_
    assert twin.history_.records == own.history_.records
    np.testing.assert_array_equal(twin.predict(frame), own.predict(frame))


def test_parameters_that_are_no_plain_text(iris, tmp_path):
    parameters = {
        "solver": gn.RMSProp(0.01, rho=0.8),
        "learning_rate": WarmUp(0.1, then=Cosine(0.05)),
        "n_iter_no_change": np.inf,
        "class_weight": {0: 2.0, np.int64(2): 0.5},
        "alpha": np.float64(0.01),
        "hidden_layer_sizes": np.array([4, 3]),
        "random_state": np.random.RandomState(0),
        "max_epochs": 2,
    }
    twin = and_back(MLPClassifier(**parameters).fit(*iris), tmp_path / "clf.safetensors")
    assert twin.solver.config() == parameters["solver"].config()
    assert twin.learning_rate == parameters["learning_rate"]
    assert twin.n_iter_no_change == np.inf
    assert twin.class_weight == {0: 2.0, 2: 0.5}
    assert twin.alpha == 0.01
    assert twin.hidden_layer_sizes == (4, 3)
    assert twin.random_state is None
    twin.fit(*iris)


def test_a_parameter_that_no_file_can_hold(iris, tmp_path):
    clf = MLPClassifier((3,), max_epochs=1).fit(*iris)
    with pytest.raises(TrainingError, match=r"verbose=<object .* cannot be written to a file"):
        clf.set_params(verbose=object()).save(tmp_path / "clf.safetensors")
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_a_model_and_so_is_the_estimator(two_classes, tmp_path):
    X, y = two_classes
    clf = MLPClassifier((5,), solver="lbfgs", max_epochs=50, random_state=0).fit(X, y)
    clf.save(tmp_path / "clf.safetensors")
    for model in (Model.load(tmp_path / "clf.safetensors"), clf.to_model()):
        assert model.class_names == ("versicolor", "virginica")
        np.testing.assert_allclose(model.predict_proba(X), clf.predict_proba(X), rtol=1e-12)
    report = gn.evaluate(clf.to_model(), gn.Dataset(X, y.tolist(), class_names=clf.classes_.tolist()))
    assert report.accuracy == clf.score(X, y)


def test_questions_have_no_class_names_in_a_model(questions):
    clf = MLPClassifier((5,), max_epochs=2).fit(*questions)
    assert clf.to_model().class_names is None
    np.testing.assert_array_equal(clf.to_model().predict(questions[0]), clf.predict(questions[0]))


def test_the_glass(iris):
    X, y = iris
    clf = MLPClassifier((5,), max_epochs=2, random_state=0).fit(X, y)
    trace = clf.network_.trace(X[:3], y[:3])
    np.testing.assert_allclose(trace.layers[-1].A, clf.predict_proba(X[:3]))
    assert Network.from_sklearn(clf).config() == clf.network_.config()


@pytest.mark.parametrize("kind", [MLPClassifier, MLPRegressor])
def test_not_fitted(kind, tmp_path):
    with pytest.raises(ValueError, match="not fitted"):
        kind().save(tmp_path / "file")
    with pytest.raises(ValueError, match="not fitted"):
        kind().to_model()


def test_files_that_hold_something_else(iris, tmp_path):
    path = tmp_path / "clf.safetensors"
    MLPClassifier((3,), max_epochs=1).fit(*iris).save(path)
    with pytest.raises(ModelFileError, match="holds a MLPClassifier, but no MLPRegressor"):
        MLPRegressor.load(path)
    MLPClassifier((3,), max_epochs=1).fit(*iris).to_model().save(path)
    with pytest.raises(ModelFileError, match="holds a model, but no MLPClassifier"):
        MLPClassifier.load(path)
    with pytest.raises(ModelFileError, match="no such file"):
        MLPClassifier.load(tmp_path / "nothing")


@pytest.mark.parametrize(
    "damage",
    [
        {"parameters": {"colour": "red"}},
        {"parameters": {"solver": {"object": {"kind": "Magic"}}}},
        {"classes": {"values": [0, 1, 2]}},
        {"notes": None},
        {"history": [3]},
    ],
    ids=["unknown parameter", "unknown optimiser", "classes without type", "no notes", "no history"],
)
def test_damaged_files(iris, tmp_path, damage):
    model = MLPClassifier((3,), max_epochs=1).fit(*iris).to_model()
    MLPClassifier((3,), max_epochs=1).fit(*iris).save(tmp_path / "whole")
    facts = Model.load(tmp_path / "whole").metadata["estimator"]
    model.metadata["estimator"] = {**facts, **damage}
    model.save(tmp_path / "damaged")
    with pytest.raises(ModelFileError, match="what it says of the MLPClassifier is damaged"):
        MLPClassifier.load(tmp_path / "damaged")
