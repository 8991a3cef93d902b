"""Layers, optimisers, schedules, limits; and what is said of parameters that are wrong."""

import numpy as np
import pytest
import sklearn.neural_network as peers
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils._param_validation import (
    generate_invalid_param_val,
    generate_valid_param,
    make_constraint,
)

import glassnet as gn
from glassnet.data import Distortion
from glassnet.errors import DataError, TrainingError
from glassnet.estimator import MLPClassifier, MLPRegressor
from glassnet.estimator.parameters import check_parameters
from glassnet.optim import Cosine, StepDecay

FEW = {"hidden_layer_sizes": (10,), "max_epochs": 8, "random_state": 0, "learning_rate_init": 0.01}


def test_max_iter_warns_and_max_epochs_does_not(iris):
    with pytest.warns(ConvergenceWarning, match="still falling after 2 epochs"):
        MLPClassifier(max_iter=2).fit(*iris)
    clf = MLPClassifier(max_iter=2, max_epochs=3).fit(*iris)
    assert clf.n_iter_ == 3
    with pytest.warns(ConvergenceWarning, match="lbfgs did not converge in 2 of at most 2"):
        MLPClassifier(max_iter=2, solver="lbfgs").fit(*iris)
    MLPClassifier(max_epochs=2, solver="lbfgs").fit(*iris)


def test_every_layer_of_its_own_kind():
    X, y = np.random.default_rng(0).normal(size=(30, 4)), np.arange(30) % 3
    clf = MLPClassifier((5, 6), activation=["gelu", "logistic"], dropout=[0.0, 0.2], batch_norm=True)
    layers = clf.set_params(max_epochs=2, random_state=0).fit(X, y).network_.layers
    names = ["Dense", "BatchNorm", "GELU", "Dense", "BatchNorm", "Sigmoid", "Dropout", "Dense", "Softmax"]
    assert [type(layer).__name__ for layer in layers] == names
    assert layers[6].rate == 0.2


def test_dropout_is_drawn_from_random_state_and_gone_in_predict(iris):
    models = [MLPClassifier(**{**FEW, "random_state": seed}, dropout=0.3).fit(*iris) for seed in (0, 0, 1)]
    np.testing.assert_array_equal(models[0].coefs_[0], models[1].coefs_[0])
    assert models[0].loss_curve_ != models[2].loss_curve_
    np.testing.assert_array_equal(models[0].predict_proba(iris[0]), models[0].predict_proba(iris[0]))


def test_an_initialiser_of_glassnets(iris):
    first = MLPClassifier((50,), init="he", max_epochs=1, learning_rate_init=1e-9, random_state=0).fit(*iris)
    assert np.abs(first.intercepts_[0]).max() < 1e-6  # they begin at 0, scikit-learn's do not
    assert first.coefs_[0].std() == pytest.approx(np.sqrt(2 / 4), rel=0.15)


@pytest.mark.parametrize("solver", ["adam", "adamw", "sgd", "rmsprop", "adagrad", "lbfgs", gn.Nesterov(0.1)])
def test_every_solver_learns(iris, solver):
    clf = MLPClassifier((10,), solver=solver, learning_rate_init=0.02, max_epochs=40, random_state=0)
    assert clf.fit(*iris).score(*iris) > 0.85


def test_an_optimiser_of_ones_own_is_copied(iris):
    own = gn.Nesterov(0.05)
    one, two = (MLPClassifier(**FEW, solver=own).fit(*iris) for _ in range(2))
    assert own.t == 0
    assert one.loss_curve_ == two.loss_curve_
    by_name = MLPClassifier(**{**FEW, "learning_rate_init": 0.05}, solver="sgd").fit(*iris)
    assert one.loss_curve_ == by_name.loss_curve_


@pytest.mark.parametrize(
    ("rate", "schedule"), [("cosine", Cosine()), (StepDecay(0.5, 0.1), StepDecay(0.5, 0.1))]
)
def test_a_schedule_over_the_whole_training(iris, rate, schedule):
    clf = MLPClassifier(**FEW, learning_rate=rate, batch_size=150).fit(*iris)
    expected = [0.01 * schedule(epoch / 8) for epoch in range(8)]
    np.testing.assert_allclose(clf.history_.learning_rate, expected)


def test_one_cycle_warms_up(iris):
    rates = MLPClassifier(**FEW, learning_rate="one_cycle").fit(*iris).history_.learning_rate
    assert rates[0] < rates[2] > rates[-1]


def test_adaptive_ends_when_the_rate_is_tiny(iris):
    clf = MLPClassifier((5,), solver="sgd", learning_rate="adaptive", learning_rate_init=3e-5, tol=1.0)
    clf.set_params(n_iter_no_change=1, max_epochs=50, random_state=0).fit(*iris)
    assert clf.history_.finished.reason == "early stopping"
    assert clf.history_.learning_rate[-1] == pytest.approx(3e-5 / 5**3)


def test_max_norm_and_clip_norm(iris):
    clf = MLPClassifier(**FEW, max_norm=0.5).fit(*iris)
    assert np.linalg.norm(clf.coefs_[0], axis=0).max() <= 0.5 + 1e-12
    still = MLPClassifier(**FEW, solver="sgd", momentum=0.0, clip_norm=1e-9).fit(*iris)
    assert still.loss_curve_[-1] == pytest.approx(still.loss_curve_[0], abs=1e-6)


def test_label_smoothing_makes_less_sure(iris):
    sure, careful = (
        MLPClassifier((20,), solver="lbfgs", max_epochs=200, alpha=0.0, random_state=0, label_smoothing=e)
        for e in (0.0, 0.3)
    )
    assert sure.fit(*iris).predict_proba(iris[0]).max() > 0.999
    assert careful.fit(*iris).predict_proba(iris[0]).max() < 0.9


@pytest.mark.parametrize("data", ["iris", "two_classes", "questions"])
def test_classes_by_squared_error(data, request):
    X, y = request.getfixturevalue(data)
    clf = MLPClassifier((10,), loss="squared_error", solver="lbfgs", max_epochs=60, random_state=0).fit(X, y)
    assert clf.score(X, y) > 0.9
    Y = (np.asarray(y)[:, None] == clf.classes_).astype(float) if y.ndim == 1 else y
    P = clf.predict_proba(X)
    P, Y = (P[:, 1:], Y[:, 1:]) if data == "two_classes" else (P, Y)
    penalty = 1e-4 / 2 / len(X) * sum(np.sum(W**2) for W in clf.coefs_)
    assert clf.loss_ == pytest.approx(np.mean(np.sum((P - Y) ** 2, axis=1)) / 2 + penalty)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_number_types(iris, dtype):
    for X in (iris[0], iris[0].astype(np.float32), (iris[0] * 10).astype(int)):
        clf = MLPClassifier(**FEW, dtype=dtype).fit(X, iris[1])
        assert clf.coefs_[0].dtype == clf.predict_proba(X).dtype == dtype


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("validation_data", 5),
        ("validation_data", ([[0.0] * 4],)),
        ("augment", "shift"),
        ("callbacks", 5),
        ("callbacks", [None]),
    ],
)
def test_an_argument_of_a_wrong_kind_is_named_and_what_was_learned_stays(iris, argument, value):
    clf = MLPClassifier(**FEW).fit(*iris)
    before = clf.predict_proba(iris[0])
    with pytest.raises(TrainingError, match=f"{argument} must be"):
        clf.fit(*iris, **{argument: value})
    np.testing.assert_array_equal(clf.predict_proba(iris[0]), before)


def test_lbfgs_goes_without_epochs_and_chance(iris):
    clf = MLPClassifier(solver="lbfgs")
    with pytest.raises(TrainingError, match="no epochs, so no callbacks"):
        clf.fit(*iris, callbacks=[print])
    with pytest.raises(TrainingError, match="stand still: no augment"):
        clf.fit(*iris, augment=Distortion(shift=1))
    assert not hasattr(clf, "partial_fit")
    with pytest.raises(AttributeError, match="has no attribute 'partial_fit'") as raised:
        clf.partial_fit(*iris, classes=[0, 1, 2])
    assert "lbfgs does not; use another solver" in str(raised.value.__cause__)
    assert hasattr(clf.set_params(solver="sgd"), "partial_fit")
    assert list(MLPClassifier(solver="lbfgs", max_epochs=3).iter_fit(*iris)) == []


def test_lbfgs_on_numbers_beyond_all_measure(iris):
    with pytest.raises(TrainingError, match="The loss became"):
        MLPRegressor(solver="lbfgs").fit(iris[0], iris[1] * 1e200)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"solver": "lbgfs"}, "solver must be one of .*'adam', 'adamw' or a glassnet.optim.Optimizer, not"),
        ({"alpha": -1.0}, "alpha must be a number of 0 or more, not -1.0"),
        ({"batch_size": 0}, "batch_size must be a whole number of 1 or more or 'auto', not 0"),
        ({"batch_size": True}, "batch_size must be a whole number"),
        ({"learning_rate": 0.1}, "learning_rate must be one of 'constant', .* or a glassnet.optim.Schedule"),
        ({"learning_rate_init": 0}, "learning_rate_init must be a number above 0, not 0"),
        ({"max_iter": 2.5}, "max_iter must be a whole number of 1 or more, not 2.5"),
        ({"max_epochs": "many"}, "max_epochs must be a whole number of 1 or more or None, not 'many'"),
        ({"shuffle": "yes"}, "shuffle must be True or False"),
        ({"verbose": -1}, "verbose must be True, False or a number"),
        ({"momentum": None}, r"momentum must be a number in \[0, 1\), not None"),
        ({"n_iter_no_change": 0}, "n_iter_no_change must be a whole number of 1 or more or inf"),
        ({"max_norm": 0}, "max_norm must be a number above 0 or None"),
        ({"loss": "hinge"}, "loss must be one of 'log_loss', 'squared_error', not 'hinge'"),
        ({"dtype": "float16"}, "dtype must be one of 'auto', 'float32', 'float64'"),
        ({"hidden_layer_sizes": (3, 0)}, r"hidden_layer_sizes must be whole numbers .*, not \(3, 0\)"),
        ({"hidden_layer_sizes": "many"}, "hidden_layer_sizes must be whole numbers"),
        ({"activation": ["relu", "tanh"]}, "activation has 2 entries for 1 hidden layers"),
        ({"activation": "rely"}, "no activation is called 'rely'; there are relu"),
        ({"dropout": 1.5}, r"dropout must be a number in \[0, 1\), or one for each"),
        ({"dropout": "a"}, "dropout must be"),
        ({"dropout": [0.1, "a"]}, "dropout must be"),
        ({"init": None}, "init must be the name of an initialiser"),
        ({"activation": [5]}, "activation must be the name of an activation"),
        ({"dropout": 0.5, "solver": "lbfgs"}, "a loss that stands still: no dropout"),
        ({"init": "luck"}, "luck"),
        (
            {"class_weight": "balance"},
            "class_weight must be None, 'balanced', a dictionary of weights of 0 or",
        ),
        (
            {"class_weight": {0: -1.0}},
            "class_weight must be None, 'balanced', a dictionary of weights of 0 or",
        ),
        ({"class_weight": {0: "much"}}, "class_weight must be"),
        ({"class_weight": [{0: 1.0}, "balanced"]}, "class_weight must be"),
        ({"class_weight": {7: 1.0}}, r"class_weight=\{7: 1.0\} does not fit y: The classes, .* are not in"),
        ({"class_weight": [{0: 1.0}]}, r"class_weight=\[\{0: 1.0\}\] does not fit y"),
        ({"label_smoothing": 0.1, "loss": "squared_error"}, "label_smoothing goes with cross_entropy"),
        ({"activation": 3}, "activation"),
    ],
)
def test_wrong_parameters_are_named(iris, parameters, message):
    with pytest.raises(TrainingError, match=message):
        MLPClassifier(**parameters).fit(*iris)


PEERS = [(MLPClassifier, peers.MLPClassifier), (MLPRegressor, peers.MLPRegressor)]


@pytest.mark.parametrize(
    ("own", "name", "constraint"),
    [
        pytest.param(own, name, make_constraint(constraint), id=f"{own.__name__}-{name}-{i}")
        for own, peer in PEERS
        for name, constraints in peer._parameter_constraints.items()
        for i, constraint in enumerate(constraints)
    ],
)
def test_what_scikit_learn_takes_is_taken_and_what_it_refuses_is_refused(own, name, constraint):
    default = own().get_params()
    check_parameters({**default, name: generate_valid_param(constraint)}, own.losses)
    if name == "activation":
        return  # its names are looked up when the layers are made
    try:
        wrong = generate_invalid_param_val(constraint)
    except NotImplementedError:
        return
    with pytest.raises(TrainingError, match=name):
        check_parameters({**default, name: wrong}, own.losses)


def test_no_share_for_a_validation_set(iris):
    assert MLPClassifier(**FEW, validation_fraction=0.0).fit(*iris).n_iter_ == 8
    with pytest.raises(DataError, match="No validation set can be set apart for early_stopping"):
        MLPClassifier(validation_fraction=0.0, early_stopping=True).fit(*iris)


def test_patience_without_end(iris):
    clf = MLPClassifier((3,), n_iter_no_change=np.inf, tol=10.0, max_epochs=30).fit(*iris)
    assert clf.n_iter_ == 30


def test_a_batch_larger_than_the_data_is_clipped_with_a_warning(iris):
    with pytest.warns(UserWarning, match="batch_size is 1000, but there are 150 samples") as caught:
        clf = MLPClassifier(**FEW, batch_size=1000).fit(*iris)
    assert caught[0].filename == __file__
    assert clf.loss_curve_ == MLPClassifier(**FEW).fit(*iris).loss_curve_
