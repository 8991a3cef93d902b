"""Strokes become pictures, pictures digits, digits what a model reads."""

import numpy as np
import pytest
from PIL import Image

import glassnet as gn
from glassnet import DataError, ImageError, Model, load, mlp
from glassnet.data import Preparation
from glassnet.explain.seeing import see
from glassnet.play.rasterize import Stroke, rasterize
from glassnet.preprocessing.open import open_picture
from glassnet.reading import Reason
from glassnet.reading.scaling import pixel_max, resized


def model_of(shape, classes=10, **how):
    pixels = shape[0] * shape[1]
    unit = Preparation("unit", 0.0, 1 / how.pop("full", 255))
    return Model(mlp(pixels, classes, seed=0), unit, [str(k) for k in range(classes)], shape)


def test_a_stroke_is_as_wide_as_it_says_with_soft_edges():
    picture = rasterize([Stroke([(10, 30), (50, 30)], 8.5)], 60, 60)
    ink = (255 - picture[:, 30].astype(float)) / 255
    assert ink.sum() == pytest.approx(8.5, abs=0.8) and 0 < ink.max() <= 1
    assert picture[30, 3] == 255 and picture[30, 7] == 0  # the end is round
    assert picture[20, 30] == 255


def test_a_dot_is_a_dot_and_an_empty_stroke_nothing():
    assert (rasterize([Stroke([(20, 20)], 10)], 40, 40) < 128).sum() == pytest.approx(np.pi * 25, rel=0.1)
    assert (rasterize([Stroke([], 10)], 40, 40) == 255).all()


def test_the_eraser_takes_ink_and_paper_away_and_order_counts():
    line = Stroke([(5, 20), (35, 20)], 6)
    rubber = Stroke([(20, 5), (20, 35)], 10, erase=True)
    assert rasterize([line, rubber], 40, 40)[20, 20] == 255
    assert rasterize([rubber, line], 40, 40)[20, 20] == 0


def test_a_picture_lies_under_the_strokes_fitted_and_centred():
    paper = np.zeros((10, 20), np.uint8)
    paper[:, :4] = 200  # the usual level is 0: it also lies around
    picture = rasterize([Stroke([(20, 20)], 6, erase=True)], 40, 40, paper)
    assert picture[5, 20] == 0 and picture[15, 3] == 200 and picture[20, 20] == 255 and picture[35, 20] == 0


def test_a_drawing_without_extent_is_an_error():
    with pytest.raises(ImageError, match="holds nothing"):
        rasterize([], 0, 10)


def test_large_pictures_are_made_smaller(tmp_path):
    Image.new("L", (3200, 100), 200).save(tmp_path / "wide.png")
    Image.new("L", (32, 10), 200).save(tmp_path / "small.png")
    assert open_picture(tmp_path / "wide.png").shape == (50, 1600)
    assert open_picture(tmp_path / "small.png").shape == (10, 32)


def test_light_and_polarity_do_not_matter():
    model = gn.pretrained()
    clean = rasterize([Stroke([(60, 30), (60, 90)], 8)], 120, 120)
    shade = np.linspace(0.45, 0.9, 120)
    photo = (shade * (60 + clean * 0.7)).astype(np.uint8)
    for picture in (clean, photo, 255 - clean, 255 - photo):
        (digit,) = see(picture, model).digits
        assert digit.label == 1
        assert [name for name, _ in digit.steps] == [
            "cut out", "stroke as wide as MNIST's", "20 long", "28×28, centred by mass",
        ]  # fmt: skip


def test_around_a_photograph_lies_its_own_level():
    photo = np.full((50, 100), 140, np.uint8)
    assert (rasterize([], 100, 100, photo) == 140).all()


def test_pixels_reach_from_zero_to_what_the_model_was_trained_with():
    assert pixel_max(model_of((8, 8), full=16)) == 16
    assert pixel_max(model_of((28, 28))) == 255
    features = Preparation("standard", np.zeros(4), np.ones(4))
    assert pixel_max(Model(mlp(4, 3), features)) == 1


def test_a_digit_is_brought_to_a_models_size_and_back_to_where_it_was():
    image = np.zeros((1, 28, 28), np.uint8)
    image[0, 4:24, 11:17] = 255
    assert resized(image, model_of((28, 28))) is image
    (small,) = resized(image, model_of((8, 8), full=16))
    assert small.shape == (8, 8) and small.max() == 16
    assert (small[:, [0, 1, 6, 7]] == 0).all() and (small[:, 3:5] >= 8).all()
    assert not resized(np.zeros((1, 28, 28), np.uint8), model_of((8, 8))).any()
    with pytest.raises(DataError, match="measurements"):
        resized(image, Model(mlp(4, 3), Preparation(), ["a", "b", "c"]))


def test_a_sight_holds_what_is_sure_and_refuses_the_rest():
    model = model_of((28, 28))
    model.network.theta[...] = 0
    picture = rasterize([Stroke([(50, 20), (50, 80)], 9)], 100, 100)
    sight = see(picture, model)
    assert sight.text == "" and sight.digits == () and sight.reason == "The ink does not look like a digit."
    (refused,) = sight.refused
    assert refused.reason == Reason.NOT_LIKE_A_DIGIT.sentence
    assert refused.guess.probabilities.max() == pytest.approx(0.1)
    model.network.layers[0].b[3] = 9
    sight = see(picture, model)
    assert sight.text == "3" and sight.refused == () and sight.digits[0].pixels.shape == (28, 28)
    assert see(np.full((9, 9), 255, np.uint8), model).reason == "There is no ink."
    dot = rasterize([Stroke([(50, 50)], 2)], 100, 100)
    assert see(dot, model).reason == "There is too little ink for a digit."
    with pytest.raises(DataError, match="numbers, not classes"):
        see(picture, Model(mlp(4, 1, loss="mse"), Preparation()))


def test_the_bundled_digits_survive_being_drawn_large(small_model):
    """Enlarged to a drawing and brought back, they are read as before."""
    data = load("digits").take(slice(0, 60))
    right = 0
    for image, label in zip(data.images, data.labels, strict=True):
        large = Image.fromarray((255 - image * 15).astype(np.uint8)).resize(
            (200, 200), Image.Resampling.BICUBIC
        )
        paper = np.full((300, 300), 255, np.uint8)
        paper[50:250, 50:250] = np.asarray(large)
        sight = see(paper, small_model)
        right += sight.text == str(label)
    assert right >= 48


@pytest.fixture(scope="module")
def small_model():
    from glassnet.optim import Adam
    from glassnet.train import fit

    data = load("digits")
    network = mlp(64, 64, 10, seed=0)
    fit(network, data, Adam(0.005), epochs=15)
    return Model(network, Preparation.default(data), data.class_names, (8, 8))
