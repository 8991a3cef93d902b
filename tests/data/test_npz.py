"""NumPy archives, Keras's among them."""

import zipfile

import numpy as np
import pytest

from glassnet.data import load, load_pair
from glassnet.data.npz import read_npz
from glassnet.errors import DataError

IMAGES = np.arange(4 * 3 * 3, dtype=np.uint8).reshape(4, 3, 3)
LABELS = np.array([0, 1, 2, 1], np.uint8)


def test_kerass_mnist_npz_gives_both_parts(tmp_path):
    np.savez(tmp_path / "mnist.npz", x_train=IMAGES, y_train=LABELS, x_test=IMAGES[:2], y_test=LABELS[:2])
    training, test = load_pair(tmp_path / "mnist.npz")
    np.testing.assert_array_equal(training.images, IMAGES)
    np.testing.assert_array_equal(training.labels, LABELS)
    np.testing.assert_array_equal(test.images, IMAGES[:2])
    assert test.class_names == training.class_names == ("0", "1", "2")
    assert len(load(tmp_path / "mnist.npz")) == 4


@pytest.mark.parametrize(
    "keys", [("images", "labels"), ("X", "y"), ("x", "y"), ("data", "target"), ("arr_0", "arr_1")]
)
def test_other_names_and_class_names(tmp_path, keys):
    names = np.array(["ant", "bee", "cat"])
    np.savez_compressed(tmp_path / "a.npz", **{keys[0]: IMAGES, keys[1]: LABELS}, class_names=names)
    data, none = load_pair(tmp_path / "a.npz")
    assert data.class_names == ("ant", "bee", "cat") and none is None
    np.testing.assert_array_equal(data.labels, LABELS)


def test_labels_as_a_column_and_no_labels(tmp_path):
    np.savez(tmp_path / "a.npz", images=IMAGES, labels=LABELS[:, None])
    np.testing.assert_array_equal(load(tmp_path / "a.npz").labels, LABELS)
    np.savez(tmp_path / "a.npz", images=IMAGES)
    assert load(tmp_path / "a.npz").labels is None


def test_a_test_label_that_training_does_not_know(tmp_path):
    np.savez(tmp_path / "a.npz", x_train=IMAGES, y_train=LABELS, x_test=IMAGES, y_test=LABELS + 1)
    with pytest.raises(
        DataError,
        match="a.npz, array 'x_test' with 'y_test': .*sample 2 has the label 3".replace(".", r"\.", 1),
    ):
        load_pair(tmp_path / "a.npz")


def test_labels_and_images_of_different_length(tmp_path):
    np.savez(tmp_path / "a.npz", images=IMAGES, labels=LABELS[:3])
    with pytest.raises(DataError, match=r"a\.npz, array 'images' with 'labels': .*4 images, but labels"):
        load(tmp_path / "a.npz")


def test_unknown_keys_are_listed(tmp_path):
    np.savez(tmp_path / "a.npz", pictures=IMAGES)
    with pytest.raises(DataError, match=r"holds the arrays pictures. Expected x_train and y_train"):
        load(tmp_path / "a.npz")


def test_pickled_objects_are_not_opened(tmp_path):
    np.savez(tmp_path / "a.npz", images=np.array([{"a": 1}], object))
    with pytest.raises(DataError, match=r"not an \.npz archive of plain arrays"):
        load(tmp_path / "a.npz")


def test_an_archive_cut_short(tmp_path):
    path = tmp_path / "a.npz"
    np.savez_compressed(path, images=IMAGES, labels=LABELS)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(DataError, match=r"a\.npz: not an \.npz archive of plain arrays, or damaged"):
        load(path)


def test_an_archive_damaged_inside(tmp_path):
    path = tmp_path / "a.npz"
    np.savez_compressed(path, images=np.random.default_rng(0).integers(0, 256, (50, 9, 9), np.uint8))
    content = bytearray(path.read_bytes())
    content[1000:1050] = bytes(50)
    path.write_bytes(content)
    with pytest.raises(DataError, match="or damaged"):
        load(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"a\.npz: there is no such file"):
        read_npz(tmp_path / "a.npz")


def test_a_zip_file_of_one_csv_file_is_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "train.csv.zip", "w") as archive:
        archive.writestr("train.csv", "label,pixel0\n3,7\n")
        archive.writestr("__MACOSX/._train.csv", b"\0\5\x16\7")
    data = load(tmp_path / "train.csv.zip")
    assert data.labels.tolist() == [3] and data.images.tolist() == [[[7]]] and data.name == "train.csv"


def test_a_bad_file_in_a_zip_file_is_named(tmp_path):
    with zipfile.ZipFile(tmp_path / "digits.zip", "w") as archive:
        archive.writestr("train.csv", "label,pixel0")
    with pytest.raises(DataError, match=r"digits\.zip \(train\.csv\): holds no samples"):
        load(tmp_path / "digits.zip")


def test_a_zip_file_of_several_files_lists_them(tmp_path):
    with zipfile.ZipFile(tmp_path / "digits.zip", "w") as archive:
        for name in ("train.csv", "test.csv", "sample_submission.csv"):
            archive.writestr(name, "label,pixel0\n3,7\n")
    with pytest.raises(
        DataError, match=r"zip archive with 3 files: train\.csv, test\.csv, sample_sub.*unpack it"
    ):
        load(tmp_path / "digits.zip")
