"""A Dataset keeps pixels as bytes, and refuses what does not fit together."""

import pickle

import numpy as np
import pytest

from glassnet.data import Dataset
from glassnet.errors import DataError


def images(m=6, h=4, w=5):
    return np.arange(m * h * w, dtype=np.uint8).reshape(m, h, w)


def test_pixels_are_neither_copied_nor_converted():
    pixels = images()
    data = Dataset(pixels, [0, 1, 2, 0, 1, 2])
    assert np.shares_memory(data.flat, pixels) and data.flat.dtype == np.uint8
    assert data.image_shape == (4, 5) and data.n_features == 20 and data.pixel_max == 255
    assert len(data) == 6 and data.n_classes == 3 and data.class_names == ("0", "1", "2")
    np.testing.assert_array_equal(data.class_counts, [2, 2, 2])


def test_the_arrays_cannot_be_changed_through_the_dataset_but_stay_the_callers():
    pixels = images()
    data = Dataset(pixels, np.array([0, 1, 2, 0, 1, 2]))
    with pytest.raises(ValueError, match="read-only"):
        data.images[0] = 0
    with pytest.raises(ValueError, match="read-only"):
        data.labels[0] = 1
    pixels[0] = 1  # the caller's own array is not frozen


def test_rows_of_bytes_are_square_pictures_where_possible():
    assert Dataset(np.zeros((2, 784), np.uint8)).image_shape == (28, 28)
    assert Dataset(np.zeros((2, 780), np.uint8)).image_shape is None
    assert Dataset(np.zeros((2, 784))).image_shape is None  # features


def test_one_channel_is_no_colour():
    assert Dataset(np.zeros((2, 3, 4, 1), np.uint8)).image_shape == (3, 4)


@pytest.mark.parametrize("dtype", [np.int64, np.uint16, np.int8])
def test_whole_numbers_become_bytes(dtype):
    data = Dataset(np.array([[0, 1], [2, 127]], dtype))
    assert data.images.dtype == np.uint8
    np.testing.assert_array_equal(data.images, [[0, 1], [2, 127]])


def test_booleans_are_pictures_of_black_and_white():
    data = Dataset(np.array([[True, False]]))
    assert data.images.dtype == np.uint8 and data.pixel_max == 1


def test_features_keep_their_precision():
    for dtype, kept in ((np.float16, np.float32), (np.float32, np.float32), (np.float64, np.float64)):
        data = Dataset(np.ones((2, 3), dtype))
        assert data.images.dtype == kept and data.pixel_max is None


@pytest.mark.parametrize("value", [256, -1])
def test_a_pixel_out_of_range_is_named(value):
    pixels = np.zeros((3, 2, 2), int)
    pixels[1, 0, 1] = value
    with pytest.raises(DataError, match=rf"mine: sample 1 has the pixel {value} at \(0, 1\).*0 to 255"):
        Dataset(pixels, name="mine")


def test_a_pixel_above_its_stated_maximum_is_named():
    with pytest.raises(DataError, match=r"the pixel 17.*0 to 16"):
        Dataset(np.full((1, 2, 2), 17, np.uint8), pixel_max=16)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_feature_that_is_no_number_is_named(value):
    with pytest.raises(DataError, match=r"sample 1 has the value (nan|inf) at \(0,\)"):
        Dataset([[1.0, 2.0], [value, 3.0]])


@pytest.mark.parametrize("shape", [(3,), (0, 2, 2), (2, 0), (2, 4, 4, 3)])
def test_a_shape_that_is_no_data_is_named(shape):
    with pytest.raises(DataError, match="the images have the shape"):
        Dataset(np.zeros(shape, np.uint8))


def test_images_of_another_kind_are_refused():
    with pytest.raises(DataError, match="the images are <U1"):
        Dataset([["a", "b"]])


def test_labels_of_another_length_are_refused():
    with pytest.raises(DataError, match=r"6 images, but labels of the shape \(5,\)"):
        Dataset(images(), [0, 1, 2, 0, 1])


@pytest.mark.parametrize(
    ("labels", "names", "message"),
    [
        ([0, 1, -1, 0, 1, 0], None, r"sample 2 has the label -1. Expected a class, counted from 0 to 1"),
        ([-1] * 6, None, r"sample 0 has the label -1. Expected a class, counted from 0\."),
        ([0, 1, 2, 0, 1, 0], ["a", "b"], r"sample 2 has the label 2. Expected a class, counted from 0 to 1"),
        ([0, 1, 2, 10**9, 1, 0], None, "sample 3 has the label 1000000000"),
        (list("abcabc"), ["a", "b"], "sample 2 has the label 'c'. Expected one of a, b"),
    ],
)
def test_a_label_out_of_range_is_named(labels, names, message):
    with pytest.raises(DataError, match=message):
        Dataset(images(), labels, names)


def test_labels_of_another_kind_are_refused():
    with pytest.raises(DataError, match="the labels are complex128"):
        Dataset(images(), np.zeros(6, complex))


def test_labels_that_are_names_become_classes():
    data = Dataset(images(), ["cat", "ant", "bee", "ant", "bee", "cat"])
    assert data.class_names == ("ant", "bee", "cat")
    np.testing.assert_array_equal(data.labels, [2, 0, 1, 0, 1, 2])
    assert Dataset(images(), list("190190")).class_names == ("0", "1", "9")
    assert Dataset(images(), ["10", "9", "2"] * 2).class_names == ("2", "9", "10")


def test_targets_of_a_regression_stay_floats():
    data = Dataset(images(), np.linspace(0, 1, 6))
    assert data.labels.dtype == np.float64 and data.n_classes == 0 and not data.has_classes
    assert Dataset(images(), np.eye(6, 3, dtype=int)).labels.dtype == np.float64
    with pytest.raises(DataError, match="no classes"):
        _ = data.class_counts
    with pytest.raises(DataError, match="sample 1 has the target nan"):
        Dataset(images(), [0.0, np.nan, 1, 1, 1, 1])


def test_names_must_be_as_many_as_what_they_name():
    with pytest.raises(DataError, match="20 features, but 1 names"):
        Dataset(images(), feature_names=["a"])
    with pytest.raises(DataError, match="6 samples, but 1 names"):
        Dataset(images(), names=["a"])


def test_taking_keeps_everything_that_belongs_to_a_sample():
    data = Dataset(images(), list("abcabc"), name="x", names=[f"{i}.png" for i in range(6)])
    some = data.take([5, 0])
    np.testing.assert_array_equal(some.images, data.images[[5, 0]])
    assert some.names == ("5.png", "0.png") and some.class_names == ("a", "b", "c") and some.name == "x"
    assert data.take(data.labels == 1).names == ("1.png", "4.png")
    assert np.shares_memory(data.take(slice(2, 4)).images, data.images)


def test_splits_are_stratified_seeded_and_complete():
    labels = np.repeat([0, 1, 2], [60, 30, 10])
    data = Dataset(np.arange(100, dtype=np.uint8).reshape(100, 1), labels)
    rest, part = data.split(0.2, seed=1)
    np.testing.assert_array_equal(part.class_counts, [12, 6, 2])
    np.testing.assert_array_equal(np.sort(np.concatenate([rest.flat, part.flat]).ravel()), np.arange(100))
    np.testing.assert_array_equal(part.images, data.split(20, seed=1)[1].images)
    assert not np.array_equal(part.images, data.split(20, seed=2)[1].images)


def test_three_way_splits_refer_to_the_whole():
    data = Dataset(np.arange(100, dtype=np.uint8).reshape(100, 1), np.arange(100) % 4)
    training, validation, test = data.split3(0.2, 0.1, seed=0)
    assert [len(part) for part in (training, validation, test)] == [70, 20, 10]
    together = np.concatenate([training.flat, validation.flat, test.flat]).ravel()
    np.testing.assert_array_equal(np.sort(together), np.arange(100))
    with pytest.raises(DataError, match="leave none of 100 samples for training"):
        data.split3(50, 50)


def test_the_seed_project_004_and_its_limits():
    data = Dataset(np.zeros((500, 4), np.uint8), np.arange(500) % 10)
    assert len(data.limit(150)) == 150 and np.shares_memory(data.limit(150).images, data.images)
    np.testing.assert_array_equal(data.limit(50, seed=3).class_counts, np.full(10, 5))
    assert data.limit(1000) is data
    with pytest.raises(DataError, match="limit = 0"):
        data.limit(0)


@pytest.mark.parametrize("part", [0, 1.0, 0.0, -0.5, 1.5, 6, 7, 0.001])
def test_a_split_with_an_empty_part_is_refused(part):
    with pytest.raises(DataError, match="two parts"):
        Dataset(images(), [0] * 6).split(part)


def test_unlabelled_samples_split_at_random():
    rest, part = Dataset(images()).split(2)
    assert (len(rest), len(part)) == (4, 2)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (Dataset(images(), [0, 1] * 3, name="a"), "<Dataset 'a': 6 images of 4×5 pixels, 2 classes>"),
        (Dataset(images()), "<Dataset 'data': 6 images of 4×5 pixels, no labels>"),
        (
            Dataset([[1.0], [2.0]], [0.5, 1.5]),
            "<Dataset 'data': 2 samples of 1 features, targets to regress>",
        ),
    ],
)
def test_it_says_what_it_is(data, text):
    assert repr(data) == text


def test_it_cannot_be_reassigned_and_can_be_pickled():
    data = Dataset(images(), [0, 1] * 3)
    with pytest.raises(AttributeError):
        data.labels = None
    again = pickle.loads(pickle.dumps(data))
    np.testing.assert_array_equal(again.images, data.images)
