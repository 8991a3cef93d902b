"""What scikit-learn's own has not: validation set, callbacks, epochs one by one, weights, pictures."""

import warnings

import numpy as np
import pytest
from scipy import sparse
from sklearn.base import clone
from sklearn.model_selection import train_test_split

import glassnet as gn
from glassnet.data import Distortion
from glassnet.errors import DataError, TrainingError
from glassnet.estimator import MLPClassifier, MLPRegressor
from glassnet.plots import learning_curves
from glassnet.train import Epoch, History

FEW = {"hidden_layer_sizes": (10,), "max_epochs": 8, "random_state": 0, "learning_rate_init": 0.01}


def test_designs_own_example():
    X, y = gn.load("digits").flat / 16, gn.load("digits").labels
    clf = gn.MLPClassifier(hidden_layer_sizes=(128,), max_epochs=20, random_state=0).fit(X, y)
    assert clf.n_iter_ == 20
    assert clf.score(X, y) > 0.95


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


def test_callbacks_see_each_epoch_and_may_end_it(iris):
    seen = []

    def note(estimator, epoch):
        seen.append((epoch.epoch, epoch.loss, estimator.n_iter_))

    clf = MLPClassifier(**FEW).fit(*iris, callbacks=[note, lambda estimator, epoch: epoch.epoch == 3])
    assert MLPClassifier(**FEW).fit(*iris, callbacks=lambda estimator, epoch: True).n_iter_ == 1
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


def test_weights_that_leave_nothing(iris):
    X, y = iris
    with pytest.raises(TrainingError, match="Every sample weight times that of its class is zero"):
        MLPClassifier(class_weight={0: 0, 1: 1, 2: 1}).fit(X, y, (y == 0).astype(float))
    with pytest.raises(TrainingError, match="Every sample weight is zero"):
        MLPClassifier().fit(X, y, validation_data=(X, y, np.zeros(150)))
    said = set()
    for weighed in (np.arange(2), np.arange(145)):
        weight = np.isin(np.arange(150), weighed).astype(float)
        for seed in range(8):
            clf = MLPClassifier(
                (3,), early_stopping=True, validation_fraction=0.03, random_state=seed, max_epochs=2
            )
            try:
                assert np.isfinite(clf.fit(X, y, weight).validation_scores_).all()
            except TrainingError as error:
                said.add(str(error))
    assert said == {
        "Every sample weight in the validation set that was set apart is zero, so there is nothing to go by."
    }


def test_class_weight_of_questions(questions):
    clf = MLPClassifier(**FEW, class_weight="balanced").fit(*questions)
    assert clf.loss_curve_ != MLPClassifier(**FEW).fit(*questions).loss_curve_


@pytest.mark.parametrize("task", ["binary", "classes", "questions"])
@pytest.mark.parametrize("class_weight", ["balanced", None])
def test_weights_are_repeated_rows(task, class_weight):
    rng = np.random.default_rng(3)
    X, counts = rng.normal(size=(40, 3)), rng.integers(0, 5, 40)
    y = {"binary": X[:, 0] > 0.8, "classes": (X[:, 0] > 0.8) + 2 * (X[:, 1] > 1), "questions": X[:, :2] > 0.7}
    rows, y = np.repeat(np.arange(40), counts), y[task].astype(int)
    how = {"solver": "lbfgs", "random_state": 0, "max_epochs": 20, "class_weight": class_weight}
    weighted = MLPClassifier((4,), **how).fit(X, y, counts)
    repeated = MLPClassifier((4,), **how).fit(X[rows], y[rows])
    np.testing.assert_allclose(weighted.predict_proba(X), repeated.predict_proba(X), rtol=1e-6)


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


def test_the_logarithm_of_nothing_is_no_warning(iris):
    clf = MLPClassifier((10,), solver="lbfgs", alpha=0.0, max_epochs=100, random_state=0, dtype="float32")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        logarithms = clf.fit(*iris).predict_log_proba(iris[0] * 1000)
    assert logarithms.min() == -np.inf


def test_class_weights_do_not_weigh_the_validation(iris):
    X, y = iris
    clf = MLPClassifier(**FEW, class_weight={0: 100.0}).fit(X, y, validation_data=(X, y))
    assert clf.validation_scores_[-1] == clf.score(X, y)


def test_a_validation_set_of_another_form(iris):
    for wrong in (iris[:1], (*iris, None, None)):
        with pytest.raises(TrainingError, match=r"validation_data must be \(X, y\) or"):
            MLPClassifier().fit(*iris, validation_data=wrong)


def test_counts_are_none_below_0(iris):
    with pytest.raises(DataError, match="loss='poisson' needs counts of 0 or more; y has -1"):
        MLPRegressor("poisson").fit(iris[0], iris[1] - 1)


def test_counts_are_judged_as_counts_and_saved(iris, tmp_path):
    reg = MLPRegressor("poisson", **FEW).fit(*iris, validation_data=iris)
    assert reg.validation_scores_[-1] == pytest.approx(reg.score(*iris))
    reg.save(tmp_path / "counts")
    twin = MLPRegressor.load(tmp_path / "counts")
    np.testing.assert_array_equal(twin.predict(iris[0]), reg.predict(iris[0]))
    np.testing.assert_allclose(reg.to_model().predict(iris[0])[:, 0], reg.predict(iris[0]))


def test_lbfgs_learns_all_and_is_judged_once(iris):
    clf = MLPClassifier((10,), solver="lbfgs", early_stopping=True, max_epochs=30, random_state=0).fit(*iris)
    plain = clone(clf).set_params(early_stopping=False).fit(*iris, validation_data=iris)
    assert clf.loss_curve_ == plain.loss_curve_
    assert plain.validation_scores_ == [plain.best_validation_score_] == [plain.score(*iris)]


def test_an_iteration_of_lbfgs_is_a_line_of_its_history(iris, tmp_path):
    clf = MLPClassifier((10,), solver="lbfgs", max_epochs=12, random_state=0).fit(*iris, validation_data=iris)
    history = clf.history_
    assert len(history) == clf.n_iter_ == 12
    assert history.loss.tolist() == clf.loss_curve_
    assert history.validation_accuracy[-1] == clf.best_validation_score_
    assert np.isnan(history.validation_loss[:-1]).all()
    assert np.isnan(history.learning_rate).all()
    assert (np.diff(history.seconds) > 0).all()
    history.to_csv(tmp_path / "history.csv")
    assert History.from_csv(tmp_path / "history.csv").records == history.records
    assert learning_curves(history).axes
    again = clone(clf).fit(*iris)
    assert len(again.set_params(solver="sgd").fit(*iris).history_) == 12  # it is always of the last fit


def test_lbfgs_with_batch_norm_predicts_as_it_learned(iris):
    X, y = iris
    clf = gn.MLPClassifier((8,), solver="lbfgs", batch_norm=True, max_epochs=20, random_state=0).fit(
        5 * X + 9, y
    )
    probabilities = clf.predict_proba(5 * X + 9)
    assert -np.log(probabilities[np.arange(len(y)), y]).mean() == pytest.approx(clf.loss_, abs=0.05)


@pytest.mark.parametrize(
    ("shape", "said"), [((2, 3), "image_shape is 2×3, but a row of X has 4"), (5, "height")]
)
def test_pictures_have_the_shape_that_is_said(iris, shape, said):
    with pytest.raises(TrainingError, match=said):
        gn.MLPClassifier(image_shape=shape, max_epochs=1).fit(*iris)


def test_many_questions_may_come_sparse(questions):
    X, y = questions
    fitted = [
        gn.MLPClassifier((8,), max_epochs=3, random_state=0).fit(X, Y) for Y in (y, sparse.csr_matrix(y))
    ]
    np.testing.assert_array_equal(*(clf.predict_proba(X) for clf in fitted))
