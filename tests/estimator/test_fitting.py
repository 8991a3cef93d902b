"""What scikit-learn's own has not: validation set, callbacks, epochs one by one, pictures, schedules, ..."""

import warnings

import numpy as np
import pytest
from scipy import sparse
from sklearn.base import clone
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import train_test_split

import glassnet as gn
from glassnet.data import Distortion
from glassnet.errors import DataError, TrainingError
from glassnet.estimator import MLPClassifier, MLPRegressor
from glassnet.optim import Cosine, StepDecay
from glassnet.train import Epoch

FEW = {"hidden_layer_sizes": (10,), "max_epochs": 8, "random_state": 0, "learning_rate_init": 0.01}


def test_designs_own_example():
    X, y = gn.load("digits").flat / 16, gn.load("digits").labels
    clf = gn.MLPClassifier(hidden_layer_sizes=(128,), max_epochs=20, random_state=0).fit(X, y)
    assert clf.n_iter_ == 20
    assert clf.score(X, y) > 0.95


def test_max_iter_warns_and_max_epochs_does_not(iris):
    with pytest.warns(ConvergenceWarning, match="still falling after 2 epochs"):
        MLPClassifier(max_iter=2).fit(*iris)
    clf = MLPClassifier(max_iter=2, max_epochs=3).fit(*iris)
    assert clf.n_iter_ == 3
    with pytest.warns(ConvergenceWarning, match="lbfgs did not converge in 2 of at most 2"):
        MLPClassifier(max_iter=2, solver="lbfgs").fit(*iris)
    MLPClassifier(max_epochs=2, solver="lbfgs").fit(*iris)


# --- a validation set of one's own ------------------------------------------------------------------------


def test_a_validation_set_is_judged_and_does_not_change_the_training(iris):
    X, X_val, y, y_val = train_test_split(*iris, random_state=0, stratify=iris[1])
    plain = MLPClassifier(**FEW).fit(X, y)
    judged = MLPClassifier(**FEW).fit(X, y, validation_data=(X_val, y_val))
    assert plain.validation_scores_ is None
    assert judged.loss_curve_ == plain.loss_curve_
    assert len(judged.validation_scores_) == 8
    assert judged.validation_scores_[-1] == judged.score(X_val, y_val)
    assert judged.history_.validation_accuracy.tolist() == judged.validation_scores_
    loss = judged.network_.evaluate_loss(X_val, y_val)
    assert judged.history_.validation_loss[-1] == pytest.approx(loss)
    by_name = MLPClassifier(**FEW).fit(X, y, X_val=X_val, y_val=y_val)
    assert by_name.validation_scores_ == judged.validation_scores_


def test_with_early_stopping_it_decides_and_the_best_weights_stay(iris):
    X, X_val, y, y_val = train_test_split(*iris, random_state=0, stratify=iris[1])
    clf = MLPClassifier(
        (10,), early_stopping=True, n_iter_no_change=3, learning_rate_init=0.3, random_state=1
    )
    clf.fit(X, y, validation_data=(X_val, y_val))
    assert clf.n_iter_ < 200
    assert clf.history_.finished.reason == "early stopping"
    assert clf.t_ == clf.n_iter_ * len(X)  # nothing was taken away from the training set
    assert clf.score(X_val, y_val) == clf.best_validation_score_ == max(clf.validation_scores_)
    assert clf.validation_scores_[-1] < clf.best_validation_score_
    assert clf.best_loss_ is None


def test_its_weights_count(iris):
    X, y = iris
    weight = np.where(y == 2, 0.0, 1.0)
    clf = MLPClassifier(**FEW).fit(X, y, validation_data=(X, y, weight))
    assert clf.validation_scores_[-1] == pytest.approx(clf.score(X, y, weight))


@pytest.mark.parametrize("early_stopping", [True, False])
def test_a_regressor_is_judged_by_r2(numbers, early_stopping):
    X, Y = numbers
    reg = MLPRegressor(**FEW, early_stopping=early_stopping).fit(X, Y, validation_data=(X, Y))
    if not early_stopping:
        assert reg.validation_scores_[-1] == pytest.approx(reg.score(X, Y))
    assert max(reg.validation_scores_) == pytest.approx(
        reg.score(X, Y) if early_stopping else reg.validation_scores_[-1]
    )


def test_questions_are_judged_by_rows_that_are_right_altogether(questions):
    clf = MLPClassifier(**FEW).fit(*questions, validation_data=questions)
    assert clf.validation_scores_[-1] == clf.score(*questions)


def test_a_validation_set_that_is_too_small(two_classes):
    X, _ = two_classes
    with pytest.raises(TrainingError, match="too small: raise validation_fraction"):
        MLPRegressor(early_stopping=True).fit(X[:5], np.arange(5.0))


# --- epoch by epoch ---------------------------------------------------------------------------------------


def test_callbacks_see_each_epoch_and_may_end_it(iris):
    seen = []

    def note(estimator, epoch):
        seen.append((epoch.epoch, epoch.loss, estimator.n_iter_))

    clf = MLPClassifier(**FEW).fit(*iris, callbacks=[note, lambda estimator, epoch: epoch.epoch == 3])
    assert [entry[0] for entry in seen] == [entry[2] for entry in seen] == [1, 2, 3]
    assert [entry[1] for entry in seen] == clf.loss_curve_


def test_one_may_iterate_predict_in_between_and_leave(iris):
    scores = []
    clf = MLPClassifier(**FEW)
    for epoch in clf.iter_fit(*iris):
        assert isinstance(epoch, Epoch)
        scores.append(clf.score(*iris))
        if epoch.epoch == 4:
            break
    assert clf.n_iter_ == 4
    assert scores[-1] > scores[0]
    np.testing.assert_array_equal(
        clf.coefs_[0], MLPClassifier(**{**FEW, "max_epochs": 4}).fit(*iris).coefs_[0]
    )


def test_left_early_the_best_weights_are_there_all_the_same(iris):
    clf = MLPClassifier(**{**FEW, "learning_rate_init": 0.5}, early_stopping=True)
    epochs = clf.iter_fit(*iris, validation_data=iris)
    for _ in epochs:
        if clf.validation_scores_[-1] < clf.best_validation_score_:
            break
    epochs.close()
    assert clf.score(*iris) == clf.best_validation_score_


def test_ctrl_c_ends_it_with_a_warning(iris):
    def interrupt(estimator, epoch):
        if epoch.epoch == 2:
            raise KeyboardInterrupt

    with pytest.warns(UserWarning, match="interrupted by user"):
        clf = MLPClassifier(**FEW).fit(*iris, callbacks=[interrupt])
    assert clf.n_iter_ == 2
    clf.predict(iris[0])


def test_verbose_tells_each_epoch(iris, capsys):
    MLPClassifier(**{**FEW, "max_epochs": 2}, verbose=True).fit(*iris, validation_data=iris)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("Iteration 1, loss = ")
    assert "validation score = 0." in lines[0]


# --- layers, optimisers, schedules ------------------------------------------------------------------------


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
    own = gn.Adam(0.05)
    one, two = (MLPClassifier(**FEW, solver=own).fit(*iris) for _ in range(2))
    assert own.t == 0
    assert one.loss_curve_ == two.loss_curve_
    assert one.loss_curve_ == MLPClassifier(**{**FEW, "learning_rate_init": 0.05}).fit(*iris).loss_curve_


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


# --- weights ----------------------------------------------------------------------------------------------


def test_a_weight_of_zero_leaves_out_and_of_two_counts_twice(iris):
    X, y = iris
    weight = np.ones(150)
    weight[::3], weight[1::3] = 0, 2
    repeated = np.repeat(np.arange(150), weight.astype(int))
    parameters = {**FEW, "shuffle": False, "batch_size": 150}
    one = MLPClassifier(**parameters).fit(X, y, sample_weight=weight)
    two = MLPClassifier(**{**parameters, "batch_size": len(repeated)}).fit(X[repeated], y[repeated])
    np.testing.assert_allclose(one.predict_proba(X), two.predict_proba(X), rtol=1e-6)


def test_a_batch_without_weight_moves_nothing(iris):
    X, y = iris
    weight = (np.arange(150) < 50).astype(float)
    clf = MLPClassifier(**FEW, solver="sgd", momentum=0.0, shuffle=False, batch_size=50)
    first = MLPClassifier(**FEW, solver="sgd", momentum=0.0, shuffle=False)
    first.partial_fit(X[:50], y[:50], classes=[0, 1, 2])
    one = clf.set_params(max_epochs=1).fit(X, y, weight)
    np.testing.assert_allclose(one.coefs_[0], first.coefs_[0], rtol=1e-12)


def test_class_weight(iris):
    X, y = iris
    few = np.r_[0:50, 50:55, 100:150]
    by_class = MLPClassifier(**FEW, class_weight="balanced").fit(X[few], y[few])
    weight = 105 / (3 * np.array([50, 5, 50]))[y[few]]
    by_sample = MLPClassifier(**FEW).fit(X[few], y[few], sample_weight=weight)
    np.testing.assert_allclose(by_class.loss_curve_, by_sample.loss_curve_)
    both = MLPClassifier(**FEW, class_weight={1: 10.0}).fit(X[few], y[few], np.where(y[few] == 1, 1.0, 2.0))
    alone = MLPClassifier(**FEW).fit(X[few], y[few], np.where(y[few] == 1, 10.0, 2.0))
    np.testing.assert_allclose(both.loss_curve_, alone.loss_curve_)


def test_class_weight_of_questions(questions):
    clf = MLPClassifier(**FEW, class_weight="balanced").fit(*questions)
    assert clf.loss_curve_ != MLPClassifier(**FEW).fit(*questions).loss_curve_


def test_balanced_cannot_be_partial(iris):
    with pytest.raises(TrainingError, match="needs all samples at once"):
        MLPClassifier(class_weight="balanced").partial_fit(*iris, classes=[0, 1, 2])


# --- sparse rows, pictures --------------------------------------------------------------------------------


@pytest.mark.parametrize("solver", ["adam", "lbfgs"])
def test_sparse_rows_teach_the_same(iris, solver):
    X = np.where(iris[0] > 0, iris[0], 0)
    dense = MLPClassifier(**FEW, solver=solver, batch_size=40).fit(X, iris[1], validation_data=(X, iris[1]))
    loose = sparse.csc_array(X)
    thin = MLPClassifier(**FEW, solver=solver, batch_size=40).fit(
        loose, iris[1], validation_data=(loose, iris[1])
    )
    np.testing.assert_allclose(thin.loss_curve_, dense.loss_curve_, rtol=1e-9)
    np.testing.assert_allclose(thin.predict_proba(loose), dense.predict_proba(X), rtol=1e-6)


def test_pictures_are_distorted_anew_for_each_epoch():
    digits = gn.load("digits")
    X, y = digits.flat[:300] / 16, digits.labels[:300]
    shifts = Distortion(shift=1.5, rotation=10)
    batches = {}
    for size in (100, 300):
        clf = MLPClassifier((30,), max_epochs=3, random_state=0, batch_size=size)
        clf.fit(X, y, augment=shifts)
        again = clone(clf).fit(X, y, augment=shifts)
        assert clf.loss_curve_ == again.loss_curve_
        assert clf.loss_curve_ != clone(clf).fit(X, y).loss_curve_
        batches[size] = clf
    # what is not distorted at all is as it was, to the steps of 8 bits
    calm = clone(batches[100]).fit(X, y, augment=Distortion())
    np.testing.assert_allclose(calm.loss_curve_, clone(calm).fit(X, y).loss_curve_, rtol=0.01)


def test_pictures_that_are_not_square_and_questions_about_them():
    X, Y = np.random.default_rng(0).random((20, 12)), np.arange(40).reshape(20, 2) % 2
    clf = MLPClassifier(**FEW, image_shape=(3, 4)).fit(X, Y, augment=Distortion(shift=1))
    assert clf.to_model().image_shape == (3, 4)
    with pytest.raises(TrainingError, match="12 numbers as image_shape 3×3 has them"):
        MLPClassifier(**FEW).fit(X, Y, augment=Distortion(shift=1))
    with pytest.raises(TrainingError, match="rows of pixels, 0 for paper"):
        MLPClassifier(**FEW, image_shape=(3, 4)).fit(X - 0.5, Y, augment=Distortion(shift=1))


def test_lbfgs_goes_without_epochs_and_chance(iris):
    clf = MLPClassifier(solver="lbfgs")
    with pytest.raises(TrainingError, match="no epochs, so no callbacks"):
        clf.fit(*iris, callbacks=[print])
    with pytest.raises(TrainingError, match="stand still: no augment"):
        clf.fit(*iris, augment=Distortion(shift=1))
    with pytest.raises(TrainingError, match="lbfgs does not; use another solver"):
        clf.partial_fit(*iris, classes=[0, 1, 2])
    assert list(MLPClassifier(solver="lbfgs", max_epochs=3).iter_fit(*iris)) == []


def test_lbfgs_on_numbers_beyond_all_measure(iris):
    with pytest.raises(TrainingError, match="The loss became"):
        MLPRegressor(solver="lbfgs").fit(iris[0], iris[1] * 1e200)


# --- learning on ------------------------------------------------------------------------------------------


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
    with pytest.raises(DataError, match="y has 1 columns; 3 are foretold"):
        reg.partial_fit(numbers[0], numbers[1][:, 0])


def test_what_partial_fit_refuses(iris):
    X, y = iris
    with pytest.raises(DataError, match="classes must be passed on the first call"):
        MLPClassifier().partial_fit(X, y)
    with pytest.raises(TrainingError, match="does not support early_stopping"):
        MLPClassifier(early_stopping=True).partial_fit(X, y, classes=[0, 1, 2])
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
    with pytest.raises(TrainingError, match="other layers than the parameters now say"):
        clf.set_params(hidden_layer_sizes=(11,)).fit(*iris)
    clf.set_params(warm_start=False).fit(*iris)
    assert clf.coefs_[0].shape == (4, 11)
    assert len(clf.loss_curve_) == 8


def test_a_single_class_is_always_the_answer(iris):
    clf = MLPClassifier(**FEW).fit(iris[0], np.full(150, "only"))
    assert set(clf.predict(iris[0])) == {"only"}
    np.testing.assert_array_equal(clf.predict_proba(iris[0]), 1)


def test_the_logarithm_of_nothing_is_no_warning(iris):
    clf = MLPClassifier((10,), solver="lbfgs", alpha=0.0, max_epochs=100, random_state=0, dtype="float32")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        logarithms = clf.fit(*iris).predict_log_proba(iris[0] * 1000)
    assert logarithms.min() == -np.inf


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"solver": "lbgfs"}, "solver must be one of 'adam', 'adamw', .* or a glassnet.optim.Optimizer, not"),
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
        ({"dropout": 1.5}, r"rate must be in \[0, 1\)"),
        ({"dropout": 0.5, "solver": "lbfgs"}, "a loss that stands still: no dropout"),
        ({"init": "luck"}, "luck"),
        ({"label_smoothing": 0.1, "loss": "squared_error"}, "label_smoothing goes with cross_entropy"),
        ({"activation": 3}, "activation"),
    ],
)
def test_wrong_parameters_are_named(iris, parameters, message):
    with pytest.raises(TrainingError, match=message):
        MLPClassifier(**parameters).fit(*iris)


def test_patience_without_end(iris):
    clf = MLPClassifier((3,), n_iter_no_change=np.inf, tol=10.0, max_epochs=30).fit(*iris)
    assert clf.n_iter_ == 30


def test_a_batch_larger_than_the_data_is_clipped_with_a_warning(iris):
    with pytest.warns(UserWarning, match="batch_size is 1000, but there are 150 samples") as caught:
        clf = MLPClassifier(**FEW, batch_size=1000).fit(*iris)
    assert caught[0].filename == __file__
    assert clf.loss_curve_ == MLPClassifier(**FEW).fit(*iris).loss_curve_


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


def test_class_weights_do_not_weigh_the_validation(iris):
    X, y = iris
    clf = MLPClassifier(**FEW, class_weight={0: 100.0}).fit(X, y, validation_data=(X, y))
    assert clf.validation_scores_[-1] == clf.score(X, y)


def test_a_validation_set_of_another_form(iris):
    for wrong in (iris[:1], (*iris, None, None)):
        with pytest.raises(TrainingError, match=r"validation_data must be \(X, y\) or"):
            MLPClassifier().fit(*iris, validation_data=wrong)


def test_warm_start_may_turn_to_early_stopping(iris):
    clf = MLPClassifier(**FEW, warm_start=True).fit(*iris).set_params(early_stopping=True).fit(*iris)
    assert len(clf.loss_curve_) == 16
    assert len(clf.validation_scores_) == 8
    assert clf.best_loss_ is None
