"""Reading pictures with the model that ships with the package."""

import csv
import os

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tools.pretrained.drawing import drawn
from tools.pretrained.shapes import DIGITS, OTHERS

import glassnet as gn
from glassnet.errors import DataError, ImageError
from glassnet.reading import pictures_among, read, read_pictures


def row_of(images, gap=12, scale=4, light=215, inverted=False):
    """Digits side by side on a page."""
    size = 28 * scale
    page = np.full((size + 60, len(images) * (size + gap) + 60 + max(-gap, 0)), float(light))
    for k, image in enumerate(images):
        large = np.asarray(Image.fromarray(image).resize((size, size), Image.Resampling.BICUBIC)) / 255
        left = 30 + k * (size + gap)
        page[30 : 30 + size, left : left + size] *= 1 - 0.8 * large
    page = page.astype(np.uint8)
    return 255 - page if inverted else page


@pytest.fixture(scope="module")
def handwriting():
    """A picture of each digit, drawn from strokes."""
    rng = np.random.default_rng(5)
    return [drawn(DIGITS[digit][0][1], rng) for digit in range(10)]


@pytest.mark.parametrize("inverted", [False, True])
def test_digits_are_read_in_order(handwriting, inverted):
    found = read(row_of(handwriting, inverted=inverted))
    assert found.text == "0123456789"
    assert [digit.label for digit in found.digits] == list(range(10))
    lefts = [digit.box[0] for digit in found.digits]
    assert lefts == sorted(lefts)
    assert not found.rejected
    assert found.reason == ""


def test_a_digit_says_how_sure_it_is_and_what_comes_second(handwriting):
    (digit,) = read(row_of([handwriting[7]])).digits
    assert digit.name == "7"
    assert digit.confidence == digit.probabilities.max() == digit.score
    assert digit.runner_up == (int(digit.probabilities.argsort()[-2]), np.sort(digit.probabilities)[-2])
    assert digit.image.shape == (28, 28)
    assert digit.to_dict()["label"] == 7


@settings(deadline=None, max_examples=30)
@given(
    light=st.integers(20, 255),
    fall=st.floats(0, 0.7),
    noise=st.floats(0, 10),
    seed=st.integers(0, 10_000),
)
def test_an_empty_page_is_never_a_digit(light, fall, noise, seed):
    rng = np.random.default_rng(seed)
    paper = light * (1 - fall * np.linspace(0, 1, 150)) * np.ones((110, 1))
    found = read(np.clip(paper + rng.normal(0, noise, paper.shape), 0, 255).astype(np.uint8))
    assert found.text == ""
    assert found.reason


def test_what_is_no_digit_is_rejected_with_the_reason():
    rng = np.random.default_rng(3)
    names = list(OTHERS)
    read_as_digits = [name for name in names if read(row_of([drawn(OTHERS[name], rng)])).digits]
    assert len(read_as_digits) <= 0.12 * len(names), read_as_digits
    found = read(row_of([drawn(OTHERS["star outline"], rng)]))
    assert found.reason == "The ink does not look like a digit."
    assert found.rejected[0].reason == "not like a digit"
    assert "rejected" in found.to_dict()
    assert "does not look" in repr(found)


def test_a_blot_is_too_much_ink():
    page = np.full((200, 200), 230, np.uint8)
    page[60:140, 50:150] = 20
    assert read(page).reason in ("There is too much ink for a digit.", "The ink does not look like a digit.")


def test_the_threshold_can_be_set(handwriting):
    pages = [row_of([image]) for image in handwriting]
    page = min(pages, key=lambda page: read(page).digits[0].score)  # some score 1 to the last bit
    assert read(page, threshold=1.0).text == ""
    star = row_of([drawn(OTHERS["star"], np.random.default_rng(0))])
    assert read(star, threshold=0.0).digits


@pytest.mark.parametrize("threshold", [-1, 2, float("nan")])
def test_a_threshold_out_of_range_is_refused(handwriting, threshold):
    with pytest.raises(DataError, match="from 0 to 1"):
        read(row_of([handwriting[3]]), threshold=threshold)


def test_classes_are_told_by_their_names(handwriting):
    shipped = gn.pretrained()
    named = gn.Model(shipped.network, shipped.preparation, list("abcdefghij"), (28, 28), shipped.metadata)
    (digit,) = read(row_of([handwriting[7]]), named).digits
    assert (digit.name, digit.label) == ("h", 7)
    assert digit.runner_up_name == "abcdefghij"[digit.runner_up[0]]
    assert digit.to_dict()["name"] == "h"


def test_two_lines_are_two_lines_of_text(handwriting):
    page = np.vstack([row_of(handwriting[1:4]), row_of(handwriting[4:7])])
    assert read(page).text == "123\n456"


def test_touching_digits_are_parted(handwriting):
    texts = [
        read(row_of([handwriting[a], handwriting[b]], gap=-44)).text for a, b in ((4, 7), (5, 3), (0, 5))
    ]
    assert sum(text in ("47", "53", "05") for text in texts) >= 2


def test_a_model_of_small_images_reads_too(handwriting):
    digits = gn.load("digits")
    network = gn.mlp(64, 64, 10, seed=0)
    gn.fit(network, digits, optimizer=gn.Adam(0.005), epochs=25)
    model = gn.Model(network, gn.data.Preparation.default(digits), list("0123456789"), (8, 8))
    assert read(row_of([handwriting[4]]), model, threshold=0.3).text == "4"


def test_a_regression_reads_nothing(handwriting):
    model = gn.Model(
        gn.mlp(784, 1, loss="mse", seed=0), gn.data.Preparation("unit", 0.0, 1 / 255), None, (28, 28)
    )
    with pytest.raises(DataError, match="cannot read digits"):
        read(row_of([handwriting[0]]), model)


def test_the_shipped_model_is_small_and_the_same_at_each_call():
    from glassnet.pretraining import SHIPPED

    assert SHIPPED.stat().st_size <= 2_000_000
    assert gn.pretrained() is gn.pretrained()
    assert 0.2 < gn.pretrained().metadata["reading_threshold"] < 0.95


def test_without_its_file_the_message_says_what_to_do(tmp_path, monkeypatch):
    from glassnet import pretraining

    monkeypatch.setattr(pretraining, "SHIPPED", tmp_path / "digits.safetensors")
    with pytest.raises(gn.ModelFileError, match="Install Glassnet again"):
        pretraining.pretrained.__wrapped__()


def test_mnist_is_read_from_any_page_as_well_as_without(mnist):
    """The issue's measure, on 300 of its 2,000 pictures: larger, inverted, moved, shaded."""
    rng = np.random.default_rng(0)
    right = 0
    chosen = rng.choice(10_000, 300, replace=False)
    for image, label in zip(mnist[1].images[chosen], mnist[1].labels[chosen], strict=True):
        side = round(28 * float(rng.uniform(1, 12)))
        large = np.asarray(Image.fromarray(image).resize((side, side), Image.Resampling.BICUBIC)) / 255
        canvas = np.pad(large, [tuple(rng.integers(0, side // 2 + 1, 2)) for _ in range(2)])
        light = 230 * np.linspace(1, rng.uniform(0.6, 1), canvas.shape[1])
        grey = (light * (1 - rng.uniform(0.6, 0.95) * canvas)).astype(np.uint8)
        right += read(255 - grey if rng.random() < 0.5 else grey).text == str(label)
    assert right >= 0.965 * 300


def test_photographs_scans_and_drawings_by_people(mnist_folder):
    """Development pictures; those that decide are elsewhere."""
    folder = next((f for f in (mnist_folder / "own", mnist_folder.parent / "own") if f.exists()), None)
    if folder is None:
        reason = f"people's own digits are not beside {mnist_folder}"
        if os.environ.get("CI", "").lower() in {"true", "1"}:
            pytest.fail(reason)
        pytest.skip(reason)
    rows = list(csv.DictReader((folder / "labels.csv").read_text(encoding="utf-8").splitlines()))
    single = [row for row in rows if len(row["text"]) == 1]
    none = [row for row in rows if not row["text"]]
    right = sum(read(folder / "images" / row["file"]).text == row["text"] for row in single)
    assert right >= 0.97 * len(single)
    refused = sum(not read(folder / "images" / row["file"]).digits for row in none)
    assert refused >= 0.85 * len(none)


def test_pictures_are_told_from_data(tmp_path):
    (tmp_path / "a.png").touch()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.JPG").touch()
    (tmp_path / "empty").mkdir()
    assert pictures_among([str(tmp_path / "a.png"), str(tmp_path / "in")]) == [
        tmp_path / "a.png",
        tmp_path / "in" / "b.JPG",
    ]
    assert pictures_among(["train.csv"]) is None
    (tmp_path / "train.csv").touch()
    with pytest.raises(DataError, match="Give either pictures or files of data"):
        pictures_among([str(tmp_path / "a.png"), str(tmp_path / "train.csv")])
    with pytest.raises(DataError, match=r"nowhere\.png2: there is no such file"):
        pictures_among([str(tmp_path / "a.png"), "nowhere.png2"])
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").touch()
    (tmp_path / "in" / "._b.JPG").touch()  # some systems leave such beside each file
    assert pictures_among([str(tmp_path / "in")]) == [tmp_path / "in" / "b.JPG"]
    with pytest.raises(DataError, match="texts holds no pictures"):
        pictures_among([str(tmp_path / "a.png"), str(tmp_path / "texts")])
    with pytest.raises(DataError, match="empty"):
        pictures_among([str(tmp_path / "empty")])


def test_one_unreadable_picture_does_not_stop_the_others(tmp_path, handwriting):
    (tmp_path / "a.png").write_text("no picture")
    Image.fromarray(row_of([handwriting[2]])).save(tmp_path / "b.png")
    (_, error), (_, found) = read_pictures([tmp_path / "a.png", tmp_path / "b.png"])
    assert isinstance(error, ImageError)
    assert found.text == "2"


@pytest.mark.parametrize(
    "name", ["astronaut", "camera", "cat", "coffee", "coins", "grass", "moon", "page", "rocket", "text"]
)
def test_photographs_of_things_and_printed_pages_hold_no_digits(name):
    from skimage import data  # pictures that scikit-image brings along

    found = read(getattr(data, name)())
    assert not found.digits and found.reason


def test_a_few_letters_beside_digits_do_no_harm():
    rng = np.random.default_rng(5)
    letters = [drawn(OTHERS[name], rng) for name in ("A", "K")]
    digits = [drawn(DIGITS[label][0][1], rng) for label in (2, 3, 5)]
    assert read(row_of([*letters, *digits])).text.replace(" ", "").endswith("235")
