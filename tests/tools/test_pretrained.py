"""How the shipped model is made, in small."""

import numpy as np
import pytest
from tools.pretrained import make as making
from tools.pretrained.drawing import blot, drawn, printed, scribble
from tools.pretrained.material import more_digits, no_digits, photographed
from tools.pretrained.shapes import DIGITS, OTHERS

import glassnet as gn


def test_every_stroke_stays_in_its_box():
    ways = [strokes for digit in DIGITS.values() for _, strokes in digit]
    for strokes in [*ways, *OTHERS.values()]:
        points = np.array([point for stroke in strokes for point in stroke.points])
        assert points.min() >= -0.06
        assert points.max() <= 1.06
    assert sorted(DIGITS) == list(range(10))


@pytest.mark.parametrize(
    "make",
    [
        lambda rng: drawn(DIGITS[8][0][1], rng),
        scribble,
        blot,
        lambda rng: printed("7", making_font(), rng),
    ],
)
def test_drawings_are_as_a_network_sees_them_and_repeat(make):
    one, again = (make(np.random.default_rng(4)) for _ in range(2))
    np.testing.assert_array_equal(one, again)
    assert one.shape == (28, 28)
    assert one.dtype == np.uint8
    assert one.max() > 100


def making_font():
    from tools.pretrained.material import FONTS, _font

    return _font(np.random.default_rng(0), *FONTS)


def test_the_shipped_model_knows_the_continental_one():
    """With flag and foot, which MNIST hardly holds."""
    rng = np.random.default_rng(11)
    ones = np.stack([drawn(DIGITS[1][0][1], rng) for _ in range(40)])
    assert (gn.pretrained().predict(ones) == 1).mean() >= 0.95


def test_it_tells_digits_from_the_rest(mnist):
    rng = np.random.default_rng(12)
    model = gn.pretrained()
    threshold = model.metadata["reading_threshold"]
    test = mnist[1].take(np.arange(2000))
    others = no_digits(400, test.images, test.labels, rng)
    assert (model.predict_proba(others).max(axis=1) < threshold).mean() >= 0.9
    assert (model.predict_proba(test.images).max(axis=1) < threshold).mean() <= 0.02
    evaluation = gn.evaluate(model, test)
    assert evaluation.accuracy >= 0.985


def test_it_becomes_as_sure_as_it_is_right(mnist):
    held_out = mnist[1].limit(1500, seed=1)
    model = gn.Model.load(gn.pretraining.SHIPPED)
    answers = model.predict(held_out.images)
    model.network.layers[-2].W *= 0.5  # much too unsure
    making.calibrate(model, held_out)
    right = (model.predict(held_out.images) == held_out.labels).mean()
    assert model.predict_proba(held_out.images).max(axis=1).mean() == pytest.approx(right, abs=1e-3)
    assert (model.predict(held_out.images) == answers).mean() > 0.99  # the biases were left as they were


def test_making_it_in_small(mnist, tmp_path, monkeypatch, capsys):
    train, test = (part.limit(600, seed=0) for part in mnist)
    monkeypatch.setattr(making, "load_mnist", lambda part: train if part == "train" else test)
    small = making.make
    monkeypatch.setattr(making, "make", lambda data: small(data, epochs=2, sizes=(40, 60, 60)))
    monkeypatch.setattr(making, "CARD_SAMPLES", 100)
    monkeypatch.setattr(making.sys, "argv", ["making", str(tmp_path / "model.safetensors")])
    making.main()
    model = gn.Model.load(tmp_path / "model.safetensors")
    assert model.image_shape == (28, 28)
    assert set(model.metadata["figures"]["test"]) == {"accuracy", "calibration_error", "rejected"}
    assert "epoch 2 of 2" in capsys.readouterr().out


def test_material_is_what_it_says(mnist):
    rng = np.random.default_rng(0)
    some = mnist[0].limit(60, seed=0)
    images, which = photographed(some.images, rng)
    assert len(images) == len(which) >= 50
    assert np.abs(images.astype(float) - some.images[which]).mean() / 255 < 0.04
    drawings, labels = more_digits(50, rng)
    assert drawings.shape == (50, 28, 28)
    assert set(labels.tolist()) <= set(range(10))
    data, weight = making.material(some, rng, (20, 30, 40))
    assert data.labels.shape == (len(data), 10)
    np.testing.assert_allclose(data.labels.sum(axis=1), 1, atol=1e-6)
    assert (weight == making.WEIGHT_OF_NON_DIGITS).sum() == 40
    assert (data.labels[-40:] == np.float32(0.1)).all()
