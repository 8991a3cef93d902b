"""A model that meets pixels in another range than it learned scales them where it can be sure."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import glassnet as gn
from glassnet.data import Dataset, Preparation
from glassnet.data.pixel_range import PixelRange
from glassnet.errors import DataError
from glassnet.evaluation import evaluate
from glassnet.evaluation.robustness import robustness
from glassnet.reading.scaling import pixel_max, resized
from glassnet.train import train

DIGITS = gn.load("digits")
INK = DIGITS.images / 16.0

FORMS = {
    "bytes": lambda x: np.rint(x * 255).astype(np.uint8),
    "whole floats": lambda x: np.rint(x * 255),
    "fractions": lambda x: x.astype(np.float32),
    "double fractions": lambda x: x,
    "half fractions": lambda x: x.astype(np.float16),
    "signed": lambda x: 2 * x.astype(np.float32) - 1,
    "0 to 16": lambda x: np.rint(x * 16).astype(np.int64),
    "flat bytes": lambda x: np.rint(x * 255).astype(np.uint8).reshape(len(x), -1),
    "flat fractions": lambda x: x.reshape(len(x), -1),
}
LEARNED = ["bytes", "fractions", "signed", "0 to 16", "flat fractions"]
WRONG = {
    "16 bits": lambda x: np.rint(x * 65535).astype(np.uint16),
    "standardised": lambda x: ((x - x.mean()) / x.std()).astype(np.float32),
    "percent of 1000": lambda x: x * 1000,
    "below 0": lambda x: -np.rint(x * 255),
}


def data(form, part):
    chosen = slice(0, 1200) if part == "train" else slice(1200, None)
    return Dataset(FORMS[form](INK[chosen]), DIGITS.labels[chosen])


@pytest.fixture(scope="module")
def models():
    """One for each form and preparation; each reads its own test pictures well."""
    made = {}
    for form in LEARNED:
        for kind in ("auto", "standard", "none"):
            train = data(form, "train")
            preparation = Preparation.default(train) if kind == "auto" else Preparation.fit(train, kind)
            network = gn.mlp(64, 32, 10, seed=0)
            gn.fit(network, train, gn.Adam(0.01), epochs=12, batch_size=64, preparation=preparation)
            made[form, kind] = gn.Model(network, preparation, DIGITS.class_names, train.image_shape or (8, 8))
    return made


@pytest.fixture(
    params=[(form, kind) for form in LEARNED for kind in ("auto", "standard", "none")], ids="-".join
)
def model(request, models, tmp_path):
    found = models[request.param]
    found.save(tmp_path / "model.safetensors")
    return request.param[0], gn.Model.load(tmp_path / "model.safetensors")


@pytest.mark.parametrize("form", FORMS)
def test_pixels_in_another_range_are_read_as_in_its_own(model, form):
    learned, model = model
    own, test = data(learned, "test"), data(form, "test")
    expected = evaluate(model, own)
    assert expected.accuracy > 0.8
    found = evaluate(model, test)
    assert abs(found.accuracy - expected.accuracy) < 0.005
    assert np.mean(model.predict(test.images) == model.predict(own.images)) > 0.995
    np.testing.assert_allclose(model.predict_proba(test.images), found.probabilities, atol=1e-6)


@pytest.mark.parametrize("form", WRONG)
def test_what_cannot_be_scaled_for_certain_is_refused_with_both_ranges(model, form):
    _, model = model
    images = WRONG[form](INK[1200:])
    with pytest.raises(
        DataError, match=rf"go from {images.min():g} to {images.max():g}, but .* learned pixels from"
    ):
        model.predict(images)


@pytest.mark.parametrize("form", ["bytes", "fractions", "signed"])
def test_inverted_ink_is_refused(models, form):
    images = np.pad(INK, ((0, 0), (4, 4), (4, 4)))  # with a clean rim, as MNIST's
    train = Dataset(FORMS[form](images[:500]), DIGITS.labels[:500])
    model = gn.Model(gn.mlp(256, 10, seed=0), Preparation.default(train), DIGITS.class_names, (16, 16))
    for name in ("bytes", "fractions", "signed"):
        for shape in ((-1, 16, 16), (-1, 256)):
            model.predict(FORMS[name](images[500:]).reshape(shape))
            with pytest.raises(DataError, match=r"dark on light .* light on dark .* Invert the pixels"):
                model.predict(FORMS[name](1 - images[500:]).reshape(shape))


def test_what_a_bundled_set_says_of_itself_is_enough(models):
    for form in ("bytes", "fractions", "signed"):
        few = DIGITS.take(np.arange(1200, 1203))  # too few to tell from faint bytes
        found = evaluate(models[form, "auto"], few)
        own = Dataset(FORMS[form](INK[1200:1203]), DIGITS.labels[1200:1203])
        np.testing.assert_allclose(
            found.probabilities, evaluate(models[form, "auto"], own).probabilities, atol=0.02
        )


def test_bytes_are_not_taken_for_something_else_where_they_are_dark(models):
    faint = data("bytes", "test").images // 3
    model = models["bytes", "auto"]
    expected = model.network.predict_proba(faint.reshape(len(faint), -1).astype(np.float32) / 255)
    np.testing.assert_allclose(model.predict_proba(faint), expected, atol=1e-6)


def test_0_to_15_and_0_to_16_are_not_told_apart_and_so_refused(models):
    with pytest.raises(DataError, match="go from 0 to 15, but the model learned pixels from 0 to 255"):
        models["bytes", "auto"].predict(np.minimum(DIGITS.images, 15))


@pytest.mark.parametrize(
    "picture",
    [
        np.zeros((8, 8)),
        np.eye(8) * 0.4,
        np.full((8, 8), 0.01),
        np.pad([[1.0]], ((3, 4), (3, 4))),
        np.full((8, 8), 7),
    ],
    ids=["empty", "noise", "nearly empty", "one dot", "grey"],
)
def test_a_picture_that_is_nearly_empty_is_taken_as_it_is(models, picture):
    model = models["bytes", "auto"]
    expected = model.network.predict_proba((picture.reshape(1, -1) / 255).astype(np.float32))
    np.testing.assert_allclose(model.predict_proba(picture[None].astype(np.float32)), expected, atol=1e-6)
    np.testing.assert_allclose(
        model.predict_proba(np.rint(picture[None] * 0.5).astype(np.uint8)),
        model.predict_proba(np.rint(picture * 0.5)[None]),
        atol=1e-6,
    )


@given(
    st.integers(0, 1796), st.sampled_from(["bytes", "fractions", "signed"]), st.sampled_from(sorted(FORMS))
)
def test_single_digits_are_read_as_in_their_own_range_or_refused(sample, learned, form):
    pixels = PixelRange.of(FORMS[learned](INK[:300]))
    picture = FORMS[form](INK[sample : sample + 1])
    try:
        met = pixels.met(picture.reshape(1, 8, 8))
    except DataError:
        assert form == "0 to 16"
        return
    scaled = (picture.reshape(8, 8).astype(float) - met.low) / (met.high - met.low)
    np.testing.assert_allclose(scaled, INK[sample], atol=0.003)


# ---------------------------------------------------------------- features are left alone


@pytest.mark.parametrize("kind", ["none", "unit", "standard"])
def test_features_are_never_scaled_by_a_guess(kind, rng):
    iris = gn.load("iris")
    tables = [
        iris.images,
        iris.images / 255,
        iris.images * 1000,
        rng.random((50, 16)),
        -rng.random((9, 25)),
        np.eye(16),
    ]
    for learned in tables:
        preparation = Preparation.fit(Dataset(learned), kind)
        assert preparation.pixels is None
        for met in tables:
            assert preparation.adapted_to(met) is preparation


def test_few_whole_numbers_are_no_pictures():
    table = np.array([[1, 5, 3, 2], [0, 1, 7, 2]])
    preparation = Preparation.default(Dataset(table))
    assert preparation.adapted_to(table / 255) is preparation


# ---------------------------------------------------------------- files of older versions, and bad ones


@pytest.mark.parametrize("form", ["bytes", "0 to 16"])
@pytest.mark.parametrize("kind", ["unit", "standard"])
def test_a_file_that_does_not_name_its_range_is_understood(form, kind):
    train = DIGITS.take(slice(1200)) if form == "0 to 16" else data(form, "train")
    config = Preparation.fit(train, kind).config()
    del config["pixels"]
    preparation = Preparation.from_config(config, pictures=True)
    assert (preparation.pixels.low, preparation.pixels.high) == (0, 255 if form == "bytes" else 16)
    fractions = INK[1200:]
    expected = preparation.apply(data("bytes", "test").images if form == "bytes" else DIGITS.images[1200:])
    np.testing.assert_allclose(
        preparation.adapted_to(fractions).apply(fractions), expected, rtol=0.01, atol=0.02
    )


@pytest.mark.parametrize(
    "pixels", [{}, {"low": 0}, {"low": 1, "high": 0}, {"low": 0, "high": float("inf")}, 7, "x", [0, 1]]
)
def test_a_range_that_is_none_is_refused(pixels):
    config = {**Preparation("none").config(), "pixels": pixels}
    with pytest.raises(DataError, match="cannot be read"):
        Preparation.from_config(config)


# ---------------------------------------------------------------- training and networks without a model


@pytest.mark.parametrize("form", FORMS)
def test_a_validation_set_in_another_range_is_scaled(form):
    figures = []
    for validation in ("bytes", form):
        network = gn.mlp(64, 16, 10, seed=0)
        history = gn.fit(
            network, data("bytes", "train"), gn.Adam(0.01), epochs=3, validation=data(validation, "test")
        )
        figures.append(history.validation_accuracy)
        assert abs(evaluate(network, data(form, "test")).accuracy - history.validation_accuracy[-1]) < 0.01
    np.testing.assert_allclose(*figures, atol=0.01)


def test_a_validation_set_in_an_unknown_range_is_refused_before_the_training():
    odd = Dataset(WRONG["percent of 1000"](INK[:50]), DIGITS.labels[:50], name="odd")
    with pytest.raises(DataError, match="odd: the pixels go from 0 to 1000"):
        train(gn.mlp(64, 10, seed=0), data("bytes", "train"), gn.Adam(0.01), epochs=1, validation=odd)


def test_a_network_remembers_how_it_was_trained_and_is_evaluated_so():
    train, test = data("bytes", "train"), data("bytes", "test")
    network = gn.mlp(64, 32, 10, seed=0)
    preparation = Preparation.fit(train, "standard")
    gn.fit(network, train, gn.Adam(0.01), epochs=5, preparation=preparation)
    assert evaluate(network, test).loss == evaluate(network, test, preparation).loss
    assert evaluate(network.copy(), data("fractions", "test")).accuracy == evaluate(network, test).accuracy


def test_robustness_is_measured_in_the_range_that_was_learned(models):
    of = [
        robustness(models["fractions", "auto"], data(form, "test"), limit=100)
        for form in ("bytes", "0 to 16")
    ]
    own = robustness(models["bytes", "auto"], data("bytes", "test"), limit=100)
    for card in of:
        assert card.conditions[0].accuracy > 0.85
        assert [c.name for c in card.conditions] == [c.name for c in own.conditions]
        assert card.conditions[-1].accuracy < 0.5  # inverted: measured, not refused


def test_it_is_said_that_pixels_are_scaled(models, caplog):
    evaluate(models["bytes", "auto"], data("bytes", "test"))
    assert not caplog.records
    evaluate(models["bytes", "auto"], data("fractions", "test"))
    assert [record.getMessage() for record in caplog.records] == [
        "data: its pixels go from 0 to 1; they are scaled to 0 to 255, as learned."
    ]


@pytest.mark.parametrize("kind", ["unit", "standard", "none"])
def test_photographs_are_brought_to_the_range_that_was_learned(kind):
    preparation = Preparation.fit(DIGITS, kind)
    model = gn.Model(gn.mlp(64, 10, seed=0), preparation, DIGITS.class_names, (8, 8))
    photographed = np.zeros((1, 28, 28), np.uint8)
    photographed[0, 6:22, 10:18] = 255
    assert pixel_max(model) == 16 and resized(photographed, model).max() == 16
