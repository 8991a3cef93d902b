"""The robustness card: what is done to the images, and what is counted."""

import json

import numpy as np
import pytest

import glassnet as gn
from glassnet.data import Preparation
from glassnet.errors import DataError
from glassnet.evaluation.robustness import _changes, robustness

NAMES = (
    "as is", "shifted 1 px", "shifted 2 px", "shifted 4 px", "turned 10°", "turned 20°", "smaller, ×0.8",
    "larger, ×1.2", "thicker", "thinner", "blurred", "noisy", "faded", "inverted",
)  # fmt: skip


@pytest.fixture(scope="module")
def model():
    data = gn.load("digits")
    network = gn.mlp(64, 32, 10, seed=0)
    gn.fit(network, data, gn.Adam(0.01), epochs=10, batch_size=32)
    return gn.Model(network, Preparation.default(data), data.class_names, (8, 8))


@pytest.fixture
def squares():
    """Five grey images of 28×28 pixels with a filled square of 8 pixels in the middle."""
    X = np.zeros((5, 28, 28), np.float32)
    X[:, 10:18, 10:18] = 0.8
    return X


def done(X, name, seed=0):
    changes = dict(_changes(X.shape[1:]))
    return changes[name](X, np.random.default_rng(seed))


def test_the_images_as_they_are_come_first_and_count_as_evaluate_counts(model):
    data = gn.load("digits")
    card = robustness(model, data, limit=500)
    assert card.samples == 500
    assert card.conditions[0].name == "as is"
    expected = gn.evaluate(model, data.limit(500, seed=0)).accuracy
    assert card.conditions[0].accuracy == pytest.approx(expected)
    assert robustness(model, data, limit=10**6).conditions[0].accuracy == gn.evaluate(model, data).accuracy


def test_what_is_done_to_28_by_28_images_has_these_names():
    assert tuple(name for name, _ in _changes((28, 28))) == NAMES


def test_on_smaller_images_distances_are_smaller(model):
    names = [condition.name for condition in robustness(model, gn.load("digits"), limit=50).conditions]
    assert names[1:4] == ["shifted 0.29 px", "shifted 0.57 px", "shifted 1.1 px"]
    assert len(names) == len(NAMES)


@pytest.mark.parametrize("pixels", [1, 2, 4])
def test_a_shift_moves_each_image_up_down_left_or_right(squares, pixels):
    X = np.repeat(squares, 40, axis=0)
    moved = done(X, f"shifted {pixels} px")
    ways = [np.roll(X[0], pixels * sign, axis) for axis in (0, 1) for sign in (-1, 1)]
    found = [[np.allclose(image, way, atol=1e-6) for way in ways] for image in moved]
    assert (np.sum(found, axis=1) == 1).all() and (np.sum(found, axis=0) > 20).all()


def test_a_turn_goes_either_way(squares):
    X = np.repeat(squares, 20, axis=0)
    X[:, 10:18, 18:24] = 0.8
    turned = done(X, "turned 20°")
    y, x = np.mgrid[:28, :28] - 13.5
    slopes = (turned * x * y).sum(axis=(1, 2)) / turned.sum(axis=(1, 2))
    assert 20 < np.sum(slopes > 1) < 80 and np.sum(slopes < -1) == 100 - np.sum(slopes > 1)


def test_scaling_thickening_and_thinning_change_the_area(squares):
    area = 64 * 0.8
    for name, factor in {
        "smaller, ×0.8": 0.64,
        "larger, ×1.2": 1.44,
        "thicker": 81 / 64,
        "thinner": 49 / 64,
    }.items():
        assert done(squares, name).sum(axis=(1, 2)) == pytest.approx(area * factor, rel=0.06), name
    small = done(squares, "smaller, ×0.8")[0]
    middle = (np.mgrid[:28, :28] * small).sum(axis=(1, 2)) / small.sum()
    assert middle == pytest.approx([13.5, 13.5], abs=0.1)


def test_blur_noise_fading_and_inversion(squares):
    blurred = done(squares, "blurred")
    assert blurred.sum() == pytest.approx(squares.sum(), rel=1e-3) and blurred[0, 9, 13] > 0.1
    noise = done(squares, "noisy") - squares
    assert noise.std() == pytest.approx(0.2, rel=0.05) and abs(noise.mean()) < 0.02
    np.testing.assert_allclose(done(squares, "faded"), 0.4 * squares)
    np.testing.assert_allclose(done(squares, "inverted"), 1 - squares)


def test_examples_are_in_the_datas_pixels_and_show_one_image(model):
    card = robustness(model, gn.load("digits"), limit=200)
    assert card.pixel_max == 16
    for condition in card.conditions:
        assert condition.example.shape == (8, 8)
        assert condition.example.min() >= 0 and condition.example.max() <= 16
        assert condition.right == (condition.answer == card.label)
    assert card.conditions[0].right
    plain, inverted = card.conditions[0].example, card.conditions[-1].example
    np.testing.assert_allclose(inverted, 16 - plain, atol=1e-4)


def test_the_same_seed_gives_the_same_card(model):
    cards = [robustness(model, gn.load("digits"), limit=300, seed=seed).to_dict() for seed in (1, 1, 2)]
    assert cards[0] == cards[1] != cards[2]
    assert json.loads(json.dumps(cards[0])) == cards[0]
    assert set(cards[0]) == {"samples", "conditions"}
    assert set(cards[0]["conditions"][0]) == {"name", "accuracy"}


def test_what_hurts_most(model):
    card = robustness(model, gn.load("digits"), limit=300)
    assert card.worst.accuracy == min(condition.accuracy for condition in card.conditions) < 0.3


def test_the_data_are_not_changed(model):
    data = gn.load("digits")
    before = data.images.copy()
    robustness(model, data, limit=100)
    np.testing.assert_array_equal(data.images, before)


def test_there_is_none_for_what_is_no_image_or_has_no_classes():
    iris = gn.load("iris")
    network = gn.mlp(4, 3, seed=0)
    assert robustness(gn.Model(network, Preparation.default(iris), iris.class_names), iris) is None
    pictures = gn.Dataset(np.zeros((3, 8, 8), np.uint8), np.array([0.1, 0.2, 0.3]))
    network = gn.mlp(64, 1, loss="mse", seed=0)
    assert robustness(gn.Model(network, Preparation.default(pictures), None, (8, 8)), pictures) is None


def test_errors(model):
    with pytest.raises(DataError, match="limit = 0"):
        robustness(model, gn.load("digits"), limit=0)
    with pytest.raises(DataError, match="a sample has 4 numbers"):
        robustness(model, gn.load("iris"))


def test_where_nothing_is_read_rightly_the_first_image_is_shown(model):
    data = gn.load("digits")
    wrong = gn.Dataset(data.images[:40], (data.labels[:40] + 5) % 10, pixel_max=16)
    card = robustness(model, wrong)
    np.testing.assert_allclose(card.conditions[0].example, data.images[0])
    assert not card.conditions[0].right
