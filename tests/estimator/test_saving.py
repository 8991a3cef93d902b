"""Estimators in files without pickle, and as models of Glassnet."""

import copy
import pickle

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


def damaged(facts, place, value):
    """A copy of the facts with another value at a place, or without it."""
    if not place:
        return value
    name, *rest = place
    if value is MISSING and not rest:
        return {key: entry for key, entry in facts.items() if key != name}
    return {**facts, name: damaged(facts.get(name), rest, value)}


MISSING = object()
CLASSIFIER_DAMAGE = [
    ("parameters.colour", "red"),
    ("parameters.solver", {"object": {"kind": "Magic"}}),
    ("parameters.solver", {"object": {"kind": "clip_by_norm"}}),
    ("parameters.solver", {"object": None}),
    ("parameters.solver", "newton"),
    ("parameters.alpha", None),
    ("parameters.alpha", {"number": "much"}),
    ("parameters.class_weight", {"pairs": [1]}),
    ("parameters", None),
    ("parameters", MISSING),
    ("classes", None),
    ("classes", MISSING),
    ("classes", [0, 1, 2]),
    ("classes.values", None),
    ("classes.values", []),
    ("classes.values", [0, 1]),
    ("classes.values", [0, 1, 2, 3]),
    ("classes.values", ["a", "b", "c"]),
    ("classes.dtype", MISSING),
    ("classes.dtype", "|V8"),
    ("classes.dtype", "<U1000000000"),
    ("classes.dtype", 5),
    ("classes.multilabel", None),
    ("classes.multilabel", "no"),
    ("notes", None),
    ("notes", [1]),
    ("notes._optimizer", 1),
    ("notes.predict", 1),
    ("notes.n_iter_", -1),
    ("notes.n_iter_", 1.5),
    ("notes.t_", None),
    ("notes.loss_", "small"),
    ("notes.loss_", True),
    ("notes.loss_curve_", 5),
    ("notes.loss_curve_", ["falls"]),
    ("notes.validation_scores_", {}),
    ("history", [3]),
    ("history", None),
    ("history", [{"epoch": 1}]),
    ("history", MISSING),
    ("features", ["a", "b"]),
    ("features", [1, 2, 3, 4]),
    ("features", 4),
    ("features", MISSING),
]


@pytest.mark.parametrize(("place", "value"), CLASSIFIER_DAMAGE)
def test_damaged_files(iris, tmp_path, place, value):
    model = MLPClassifier((3,), max_epochs=1).fit(*iris).to_model()
    MLPClassifier((3,), max_epochs=1).fit(*iris).save(tmp_path / "whole")
    facts = Model.load(tmp_path / "whole").metadata["estimator"]
    model.metadata["estimator"] = damaged(facts, place.split("."), value)
    model.save(tmp_path / "damaged")
    with pytest.raises(ModelFileError, match="what it says of the MLPClassifier is damaged"):
        MLPClassifier.load(tmp_path / "damaged")


@pytest.mark.parametrize("place", ["parameters", "notes", "history", "features"])
def test_damaged_files_of_regressors(numbers, tmp_path, place):
    reg = MLPRegressor(hidden_layer_sizes=(3,), max_epochs=1).fit(*numbers)
    reg.save(tmp_path / "whole")
    model = Model.load(tmp_path / "whole")
    model.metadata["estimator"] = damaged(model.metadata["estimator"], [place], "?")
    model.save(tmp_path / "damaged")
    with pytest.raises(ModelFileError, match="what it says of the MLPRegressor is damaged"):
        MLPRegressor.load(tmp_path / "damaged")


@pytest.mark.parametrize("loss", ["squared_error", "poisson"])
def test_a_regressor_keeps_its_loss_in_copies_and_files(numbers, tmp_path, loss):
    X, Y = numbers[0], np.abs(numbers[1])
    own = MLPRegressor(loss, (6,), max_epochs=2, random_state=0, warm_start=True).fit(X, Y)
    expected = "poisson" if loss == "poisson" else "half_squared_error"
    twins = [and_back(own, tmp_path / "file"), copy.deepcopy(own), pickle.loads(pickle.dumps(own))]
    for network in (Network.from_sklearn(own), own.network_.copy(), *(twin.network_ for twin in twins)):
        assert network.loss.name == expected
        assert network.evaluate_loss(X, Y) == own.network_.evaluate_loss(X, Y)
    curve = own.fit(X, Y).loss_curve_
    assert all(twin.fit(X, Y).loss_curve_ == curve for twin in twins)


def test_classes_of_every_type_come_back(iris, tmp_path):
    X, y = iris
    kinds = {
        "bool": np.array([False, True, True])[y],
        "uint8": y.astype(np.uint8),
        "negative": y - 7,
        "float": y / 1.0,
        "words": np.array(["setosa", "versicolor", "virginica"])[y],
        "objects": np.array(["é", "ß", "漢字"], dtype=object)[y],
        "one": np.zeros(len(y), int),
    }
    for labels in kinds.values():
        own = MLPClassifier((3,), max_epochs=1, random_state=0).fit(X, labels)
        twin = and_back(own, tmp_path / "clf.safetensors")
        assert twin.classes_.dtype == own.classes_.dtype
        np.testing.assert_array_equal(twin.predict(X), own.predict(X))
    dates = np.array(["2026-01-01", "2026-01-02", "2026-01-03"], "M8[D]")[y]
    with pytest.raises(TrainingError, match=r"classes_=.* cannot be written to a file"):
        MLPClassifier((3,), max_epochs=1).fit(X, dates).save(tmp_path / "dates")
