"""A training that diverges ends with the error that fit documents, also where a validation set decides."""

import numpy as np
import pytest

import glassnet as gn
from glassnet.errors import TrainingError
from glassnet.estimator import MLPClassifier, MLPRegressor

SOLVERS = ["sgd", "adam", "adamw", "rmsprop", "adagrad", gn.Nesterov(1e300)]
ANSWERS = {
    "one number": (MLPRegressor, {}, lambda X: X[:, 0]),
    "numbers": (MLPRegressor, {}, lambda X: X[:, :2]),
    "counts": (MLPRegressor, {"loss": "poisson"}, lambda X: np.floor(np.abs(X[:, 0]))),
    "classes": (MLPClassifier, {}, lambda X: (X[:, 0] > 0).astype(int) + (X[:, 1] > 0)),
    "two classes": (MLPClassifier, {}, lambda X: X[:, 0] > 0),
    "questions": (MLPClassifier, {}, lambda X: (X[:, :2] > 0).astype(int)),
}


@pytest.mark.parametrize("validation", ["set apart", "given", "given and only judged", "none"])
@pytest.mark.parametrize("solver", SOLVERS, ids=str)
@pytest.mark.parametrize("answers", ANSWERS)
def test_the_documented_error(answers, solver, validation, rng):
    kind, more, answer = ANSWERS[answers]
    X = rng.normal(size=(60, 3))
    y = answer(X)
    estimator = kind(
        hidden_layer_sizes=(8, 8), activation="identity", solver=solver, learning_rate_init=1e300, **more,
        max_epochs=20, random_state=0, early_stopping=validation in ("set apart", "given"),
    )  # fmt: skip
    given = {"validation_data": (X, y)} if validation.startswith("given") else {}
    with pytest.raises(TrainingError, match=r"became (inf|nan|infinite or NaN).* epoch \d+.*learning rate"):
        estimator.fit(X, y, **given)


@pytest.mark.parametrize("answers", ["one number", "numbers", "counts"])
def test_lbfgs_on_a_validation_set_beyond_all_measure(answers, rng):
    kind, more, answer = ANSWERS[answers]
    X = rng.normal(size=(60, 3))
    y = answer(X)
    estimator = kind(hidden_layer_sizes=(), solver="lbfgs", max_epochs=5, random_state=0, **more)
    with pytest.raises(TrainingError, match=r"The loss on the validation set became (inf|nan)"):
        estimator.fit(X, y, validation_data=(X * 1e200, y))


def test_the_best_weights_are_there_after_it(iris):
    clf = MLPClassifier((8,), solver="sgd", learning_rate_init=0.1, early_stopping=True, random_state=0)
    epochs = clf.iter_fit(*iris, validation_data=iris)
    for _ in range(5):
        next(epochs)
    best = clf.best_validation_score_
    clf._optimizer.learning_rate = 1e300
    with pytest.raises(TrainingError):
        list(epochs)
    assert clf.score(*iris) == best
