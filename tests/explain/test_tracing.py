"""One example through a model: the engine's own numbers."""

import numpy as np
import pytest

from glassnet import DataError, Model, load, mlp
from glassnet.data import Preparation
from glassnet.explain import evidence_of, loss_curve, trace_one, view_unit
from glassnet.explain.tracing import prepared
from glassnet.finetuning import learn
from glassnet.optim import Adam
from glassnet.train import fit


@pytest.fixture(scope="module")
def digits():
    return load("digits").split(0.3, seed=0)


@pytest.fixture(scope="module")
def model(digits):
    train, _ = digits
    network = mlp(64, 24, 16, 10, seed=0)
    fit(network, train, Adam(0.005), epochs=15)
    return Model(network, Preparation.default(train), train.class_names, (8, 8))


def test_a_trace_is_the_networks_own(model, digits):
    pixels = digits[1].flat[0]
    trace = trace_one(model, pixels, 4, 0.2)
    X = model.preparation.apply(pixels[np.newaxis])
    own = model.network.trace(X, [4], 0.2)
    assert trace.loss_after == own.loss_after and np.array_equal(trace.A, own.A)
    assert trace_one(model, pixels).y[0] == model.predict(pixels[np.newaxis])[0]


def test_one_output_tells_two_classes_apart():
    model = Model(mlp(3, 1, loss="log_loss", seed=0), Preparation(), ["no", "yes"])
    assert trace_one(model, [1, 2, 3], 1).Y.tolist() == [[1.0]]
    with pytest.raises(DataError, match="no class 2"):
        trace_one(model, [1, 2, 3], 2)


@pytest.mark.parametrize(
    ("pixels", "said"), [([1.0] * 63, "reads 64 numbers"), ([np.inf] * 64, "finite"), ([], "not 0")]
)
def test_what_does_not_fit_is_said(model, pixels, said):
    with pytest.raises(DataError, match=said):
        prepared(model, pixels)


def test_a_regression_is_refused():
    with pytest.raises(DataError, match="numbers, not classes"):
        trace_one(Model(mlp(3, 1, loss="mse"), Preparation()), [1, 2, 3])


def test_a_units_parts_add_up(model, digits):
    trace = trace_one(model, digits[1].flat[3])
    for layer, here in enumerate(trace.layers):
        view = view_unit(trace, layer, 3)
        assert here.Z[0, 3] == view.Z and here.A[0, 3] == view.A
        assert view.contributions.sum() + view.b == pytest.approx(view.Z, abs=1e-4)
        sizes = [abs(c.contribution) for c in view.inputs]
        assert sizes == sorted(sizes, reverse=True) and len(sizes) <= 12
        for c in view.inputs:
            assert c.contribution == pytest.approx(c.value * c.weight)
        for c in view.outputs:
            assert c.weight == trace.layers[layer + 1].W[3, c.unit] and c.value == here.A[0, 3]
    assert view_unit(trace, 2, 0).outputs == ()


def test_a_silent_unit_shows_whom_it_would_speak_to(model, digits):
    trace = trace_one(model, digits[1].flat[3])
    silent = int(np.flatnonzero(trace.layers[0].A[0] == 0)[0])
    view = view_unit(trace, 0, silent, most=3)
    assert [c.contribution for c in view.outputs] == [0, 0, 0]
    assert abs(view.outputs[0].weight) == np.abs(trace.layers[1].W[silent]).max()


@pytest.mark.parametrize(
    ("layer", "unit", "said"), [(3, 0, "no layer 4"), (0, 24, "no unit 24"), (-1, 0, "no layer")]
)
def test_units_that_are_not_there(model, layer, unit, said):
    with pytest.raises(DataError, match=said):
        view_unit(trace_one(model, [0.0] * 64), layer, unit)


def test_the_curve_and_the_evidence_are_the_engines(model, digits):
    pixels = digits[1].flat[5]
    curve = loss_curve(model, pixels, 2, [0.01, 0.5])
    assert curve.tolist() == [trace_one(model, pixels, 2, rate).loss_after for rate in (0.01, 0.5)]
    found = evidence_of(model, pixels)
    assert found.exact and np.allclose(found.contributions.sum(axis=1) + found.bias, found.logits)


def test_a_lesson_teaches_a_copy_and_measures_what_it_forgot(model, digits):
    train, check = digits
    wrong = np.flatnonzero(model.predict(check.images) != check.labels)[:1]
    images, labels = check.images[wrong], check.labels[wrong]
    theta = model.network.theta.copy()
    lesson = learn(model, images, labels, train, check)
    assert np.array_equal(model.network.theta, theta)
    assert lesson.after[0, labels[0]] > 0.5 > lesson.before[0, labels[0]]
    assert lesson.known == len(check) and lesson.known_after > lesson.known_before - 0.05
    assert np.array_equal(lesson.after, lesson.model.predict_proba(images).astype(float))


def test_a_lesson_without_other_samples_learns_too_and_says_that_nothing_was_measured(model, digits):
    images, labels = digits[1].images[:1], (digits[1].labels[:1] + 1) % 10
    lesson = learn(model, images, labels, None, None)
    assert lesson.after[0, labels[0]] > 0.5
    assert (lesson.known_before, lesson.known_after, lesson.known) == (None, None, 0)
    with pytest.raises(DataError, match="pictures of"):
        learn(model, np.zeros((1, 28, 28), np.uint8), labels, None, None)
