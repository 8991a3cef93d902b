"""The figures of an evaluation, against scikit-learn's and against numbers worked out by hand."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

import glassnet as gn
from glassnet.data import Dataset, Preparation
from glassnet.errors import DataError
from glassnet.evaluation import (
    calibration,
    confusion_matrix,
    evaluate,
    precision_recall_f1,
    r2_score,
    rejection_table,
    score,
)


@pytest.fixture
def digits():
    return gn.load("digits")


@pytest.fixture
def trained(digits):
    rest, test = digits.split(0.3, seed=0)
    network = gn.mlp(64, 16, 10, seed=0)
    gn.fit(network, rest, gn.Adam(0.01), epochs=4)
    return network, test


label_pairs = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40)


@given(label_pairs)
def test_confusion_precision_recall_and_f1_agree_with_scikit_learn(pairs):
    truth, predictions = np.array(pairs).T
    confusion = confusion_matrix(truth, predictions, 4)
    np.testing.assert_array_equal(confusion, metrics.confusion_matrix(truth, predictions, labels=range(4)))
    expected = metrics.precision_recall_fscore_support(truth, predictions, labels=range(4), zero_division=0.0)
    for found, wanted in zip(precision_recall_f1(confusion).values(), expected, strict=True):
        np.testing.assert_allclose(found, wanted)


def test_an_evaluation_agrees_with_scikit_learn(trained):
    network, test = trained
    report = evaluate(network, test)
    A = network.predict_proba(Preparation.default(test).apply(test.images))
    guesses = A.argmax(axis=1)
    np.testing.assert_array_equal(report.probabilities, A)
    np.testing.assert_array_equal(report.predictions, guesses)
    np.testing.assert_array_equal(report.labels, test.labels)
    assert report.accuracy == metrics.accuracy_score(test.labels, guesses)
    assert report.loss == pytest.approx(metrics.log_loss(test.labels, A), rel=1e-5)
    np.testing.assert_array_equal(report.confusion, metrics.confusion_matrix(test.labels, guesses))
    wanted = metrics.f1_score(test.labels, guesses, average="macro")
    assert report.to_dict()["macro_f1"] == pytest.approx(wanted)
    assert report.r2 is None


def test_the_loss_is_the_networks_own(trained):
    network, test = trained
    X = Preparation.default(test).apply(test.images)
    assert evaluate(network, test).loss == pytest.approx(network.evaluate_loss(X, test.labels), rel=1e-5)


def test_chunks_do_not_matter(trained):
    network, test = trained
    whole, parts = evaluate(network, test), evaluate(network, test, chunk=7)
    np.testing.assert_allclose(parts.probabilities, whole.probabilities, rtol=1e-4, atol=1e-7)
    assert parts.loss == pytest.approx(whole.loss, rel=1e-5)


def test_score_is_the_evaluation_in_short(trained):
    network, test = trained
    report = evaluate(network, test)
    assert score(network, test, Preparation.default(test)) == (report.loss, report.accuracy)


def test_a_model_brings_its_preparation_and_names(trained):
    network, test = trained
    names = [f"digit {k}" for k in range(10)]
    model = gn.Model(network, Preparation("unit", 0.0, 1 / 99), names, (8, 8))
    report = evaluate(model, test)
    assert report.class_names == tuple(names)
    assert report.loss == evaluate(network, test, Preparation("unit", 0.0, 1 / 99)).loss
    assert report.loss != evaluate(network, test).loss


def test_per_class_is_a_table_by_name(trained):
    network, test = trained
    report = evaluate(network, test)
    table = report.per_class
    assert list(table.columns) == ["precision", "recall", "f1", "support"]
    assert list(table.index) == list(test.class_names) and table.index.name == "class"
    wanted = metrics.recall_score(test.labels, report.predictions, average=None)
    np.testing.assert_allclose(table["recall"], wanted)
    assert table["support"].sum() == len(test)


def test_classes_that_the_data_lack_are_counted_as_zero():
    data = Dataset(np.eye(4, dtype=np.float32), [0, 1, 0, 1], ["a", "b"])
    report = evaluate(gn.mlp(4, 3, seed=0), data)
    assert report.confusion.shape == (3, 3)
    assert report.class_names == ("a", "b", "2")
    assert report.confusion[2].sum() == 0 and report.per_class.loc["2", "recall"] == 0


def test_to_dict_can_be_written_as_json(trained):
    network, test = trained
    figures = evaluate(network, test).to_dict()
    again = json.loads(json.dumps(figures, allow_nan=False))
    assert again == figures
    assert figures["samples"] == len(test)
    assert len(figures["calibration"]) == 15 and len(figures["per_class"]) == 10
    assert np.sum(figures["confusion"]) == len(test)
    assert all(len(str(value)) < 5000 for value in figures.values())  # no entry per sample


def test_its_short_form(trained):
    assert repr(evaluate(*trained)).startswith("<Evaluation of 539 samples: accuracy 0.")


# --- calibration and rejection ---------------------------------------------------------------------------


def test_calibration_by_hand():
    # two samples in the bin (0.6, 0.667], one right; two in the last one, both right
    found = calibration(np.array([0.62, 0.64, 0.96, 1.0]), np.array([True, False, True, True]))
    assert len(found.count) == 15 and len(found.edges) == 16
    assert list(np.flatnonzero(found.count)) == [9, 14]
    np.testing.assert_allclose(found.confidence[[9, 14]], [0.63, 0.98])
    np.testing.assert_allclose(found.accuracy[[9, 14]], [0.5, 1.0])
    assert np.isnan(found.accuracy[0])
    assert found.error == pytest.approx(0.5 * 0.13 + 0.5 * 0.02)


def test_who_is_right_as_often_as_sure_is_calibrated(rng):
    confidence = rng.uniform(0.5, 1.0, 200_000)
    assert calibration(confidence, rng.random(200_000) < confidence).error < 0.01
    assert calibration(confidence, rng.random(200_000) < confidence - 0.2).error == pytest.approx(
        0.2, abs=0.01
    )


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=50))
def test_every_sample_lies_in_one_bin_that_holds_its_confidence(samples):
    confidence, right = np.array([c for c, _ in samples]), np.array([r for _, r in samples])
    found = calibration(confidence, right)
    assert found.count.sum() == len(samples)
    filled = found.count > 0
    assert (found.confidence[filled] >= found.edges[:-1][filled] - 1e-9).all()
    assert (found.confidence[filled] <= found.edges[1:][filled] + 1e-9).all()
    assert 0 <= found.error <= 1
    np.testing.assert_allclose(np.nansum(found.accuracy * found.count), right.sum())


def test_rejection_by_hand():
    table = rejection_table(
        np.array([0.4, 0.6, 0.8, 0.9]), np.array([False, True, False, True]), [0.0, 0.6, 0.85, 0.95]
    )
    np.testing.assert_array_equal(table["count"], [4, 3, 1, 0])
    np.testing.assert_array_equal(table["coverage"], [1.0, 0.75, 0.25, 0.0])
    np.testing.assert_allclose(table["accuracy"], [0.5, 2 / 3, 1.0, np.nan])


def test_rejection_of_an_evaluation_is_a_table(trained):
    report = evaluate(*trained)
    table = report.rejection([0.0, 0.9])
    assert list(table.columns) == ["threshold", "coverage", "accuracy", "count"]
    assert table["accuracy"][0] == report.accuracy and table["coverage"][0] == 1.0
    assert table["accuracy"][1] > report.accuracy


# --- other kinds of target -------------------------------------------------------------------------------


def test_a_regression_has_a_loss_and_r2(rng):
    x = rng.normal(size=(80, 3)).astype(np.float32)
    y = np.stack([x.sum(axis=1), x[:, 0] ** 2], axis=1)
    network = gn.mlp(3, 16, 2, loss="mse", seed=0)
    gn.fit(network, Dataset(x, y), gn.Adam(0.02), epochs=100)
    report = evaluate(network, Dataset(x, y))
    A = network.forward(x)
    assert report.loss == pytest.approx(metrics.mean_squared_error(y, A), rel=1e-5)
    assert report.r2 == pytest.approx(metrics.r2_score(y, A), rel=1e-5)
    assert report.r2 > 0.9
    assert (report.accuracy, report.confusion, report.calibration, report.calibration_error) == (None,) * 4
    assert report.per_class is None and report.rejection() is None
    assert report.to_dict() == {"samples": 80, "loss": report.loss, "r2": report.r2}


def test_counts_are_judged_as_counts(rng):
    x = rng.normal(size=(200, 2)).astype(np.float32)
    y = rng.poisson(np.exp(x @ [0.5, -1.0])).astype(float)
    network = gn.mlp(2, 1, loss="poisson", seed=0)
    gn.fit(network, Dataset(x, y), gn.Adam(0.05), epochs=60)
    report = evaluate(network, Dataset(x, y))
    counts = np.exp(network.forward(x))[:, 0]
    assert report.loss == pytest.approx(metrics.mean_poisson_deviance(y, counts) / 2, rel=1e-5)
    assert report.r2 == pytest.approx(metrics.r2_score(y, counts), rel=1e-5)
    assert report.r2 > 0.3
    np.testing.assert_allclose(network.layers[0].W[:, 0], [0.5, -1.0], atol=0.15)


@pytest.mark.parametrize(
    ("Y", "A"),
    [([[1.0], [1.0]], [[1.0], [1.0]]), ([[1.0], [1.0]], [[1.0], [2.0]]), ([[0.0], [3.0]], [[1.0], [1.0]])],
)
def test_r2_in_the_corners_is_scikit_learns(Y, A):
    assert r2_score(np.array(Y), np.array(A)) == pytest.approx(metrics.r2_score(Y, A))


def test_one_output_for_two_classes_becomes_two_columns(rng):
    labels = np.arange(60) % 2
    data = Dataset((rng.normal(size=(60, 2)) + labels[:, None]).astype(np.float32), labels, ["no", "yes"])
    network = gn.mlp(2, 1, loss="log_loss", seed=0)
    gn.fit(network, data, gn.Adam(0.1), epochs=20)
    report = evaluate(network, data)
    A = network.forward(data.images)
    np.testing.assert_array_equal(report.probabilities, np.hstack([1 - A, A]))
    assert report.accuracy == metrics.accuracy_score(labels, A[:, 0] > 0.5)
    assert report.confusion.shape == (2, 2) and report.class_names == ("no", "yes")
    assert report.loss == pytest.approx(metrics.log_loss(labels, A[:, 0].astype(float)), rel=1e-5)


def test_several_questions_at_once_have_the_share_of_right_answers(rng):
    x = rng.normal(size=(50, 3)).astype(np.float32)
    Y = (x > 0).astype(np.float32)
    network = gn.mlp(3, 3, loss="log_loss", seed=0)
    gn.fit(network, Dataset(x, Y), gn.Adam(0.1), epochs=60)
    report = evaluate(network, Dataset(x, Y))
    assert report.accuracy == pytest.approx(np.mean((network.forward(x) > 0.5) == (Y > 0.5)))
    assert report.accuracy > 0.9
    assert report.confusion is None and report.per_class is None and report.r2 is None


def test_outputs_that_are_no_probabilities_have_no_calibration(digits):
    network = gn.mlp(64, 10, loss="mse", seed=0)
    report = evaluate(network, digits)
    assert report.accuracy is not None and report.confusion is not None
    assert report.calibration is None and "calibration" not in report.to_dict()


# --- wrong use -------------------------------------------------------------------------------------------


def test_data_that_do_not_fit(digits):
    with pytest.raises(DataError, match="labels are needed"):
        evaluate(gn.mlp(64, 10), Dataset(digits.images, pixel_max=16))
    with pytest.raises(DataError, match="a sample has 64 numbers, the network reads 784"):
        evaluate(gn.mlp(784, 10), digits)
    with pytest.raises(DataError, match="labels must be 0 to 4"):
        evaluate(gn.mlp(64, 5), digits)
