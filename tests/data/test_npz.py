"""NumPy archives, Keras's among them."""

import contextlib
import tracemalloc
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glassnet.data import load, load_pair
from glassnet.data.npz import read_npz
from glassnet.data.sources import load_all
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


def forged(path, head, content=b"", name="images.npy", file_size=None):
    """An archive whose member says of itself what it likes."""
    text = head.encode().ljust(117) + b"\n"
    member = b"\x93NUMPY\1\0" + len(text).to_bytes(2, "little") + text + content
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, member)
        if file_size is not None:
            archive.infolist()[0].file_size = file_size
    return path


@pytest.mark.parametrize(
    "shape",
    [
        "(10**12,)",
        "(1000000000000,)",
        "(99999, 99999, 99999)",
        "(-1, 8, 8)",
        "(-2, -4)",
        "(3, 8)",
        "(0, 8)",
        "8",
        "(8.0,)",
    ],
)
def test_a_forged_shape_is_refused_before_anything_is_allocated(tmp_path, shape):
    path = forged(
        tmp_path / "a.npz", f"{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}, }}", bytes(8)
    )
    tracemalloc.start()
    with pytest.raises(DataError, match=r"a\.npz: not an \.npz archive of plain arrays: 'images\.npy'"):
        load(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 << 20


@pytest.mark.parametrize(
    "descr", ["'|O'", "[('a', '|O')]", "[('a', '<f4'), ('b', '<f4')]", "'|V8'", "'<x9'", "None"]
)
def test_forged_types_are_refused(tmp_path, descr):
    path = forged(
        tmp_path / "a.npz", f"{{'descr': {descr}, 'fortran_order': False, 'shape': (1, 1), }}", bytes(8)
    )
    with pytest.raises(DataError, match=r"a\.npz"):
        load(path)


def test_a_member_that_says_it_is_large_is_refused(tmp_path):
    head = "{'descr': '|u1', 'fortran_order': False, 'shape': (4000000, 1000), }"
    path = forged(tmp_path / "a.npz", head, bytes(8), file_size=4_000_000_128)
    with pytest.raises(DataError, match="unpack to more than 64 MB"):
        load(path)
    head = "{'descr': '|u1', 'fortran_order': False, 'shape': (4000, 1000), }"
    with pytest.raises(DataError, match=r"cut short|damaged"):
        load(forged(tmp_path / "a.npz", head, bytes(8), file_size=4_000_128))


@given(st.data())
def test_a_damaged_archive_is_an_error_of_ours_or_is_read(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("npz") / "a.npz"
    np.savez_compressed(path, images=IMAGES, labels=LABELS)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(2, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(4, len(content)))])
    with contextlib.suppress(DataError):
        load(path)


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("dtype", ["u1", "<i2", ">i4", "<i8", "?"])
def test_whole_numbers_of_every_kind_are_read(tmp_path, order, dtype):
    images = (IMAGES % 2).astype(dtype) if dtype == "?" else np.asarray(IMAGES, dtype, order=order)
    np.savez(tmp_path / "a.npz", images=images, labels=LABELS)
    np.testing.assert_array_equal(load(tmp_path / "a.npz").images, images)


def test_pixels_of_16_bits_are_named(tmp_path):
    np.savez(tmp_path / "a.npz", images=IMAGES.astype(np.uint16) * 257)
    with pytest.raises(DataError, match="up to 8,995: divide pixels of 16 bits by 257"):
        load(tmp_path / "a.npz")


@pytest.mark.parametrize("dtype", [int, float, bool, np.float32])
def test_rows_with_a_single_1_are_classes(tmp_path, dtype):
    np.savez(tmp_path / "a.npz", images=IMAGES, labels=np.eye(5)[LABELS].astype(dtype))
    data = load(tmp_path / "a.npz")
    np.testing.assert_array_equal(data.labels, LABELS)
    assert data.n_classes == 5 and "rows with a single 1" in data.notes[0]


def test_rows_with_several_1s_are_targets(tmp_path):
    targets = np.array([[1, 1, 0], [0, 1, 0], [0, 0, 0], [1, 0, 1]])
    np.savez(tmp_path / "a.npz", images=IMAGES, labels=targets)
    data = load(tmp_path / "a.npz")
    np.testing.assert_array_equal(data.labels, targets)
    assert not data.has_classes and not data.notes


def test_labels_of_pictures_may_be_whole_floats(tmp_path):
    np.savez(tmp_path / "a.npz", images=IMAGES, labels=LABELS.astype(float))
    data = load(tmp_path / "a.npz")
    np.testing.assert_array_equal(data.labels, LABELS)
    assert data.has_classes and "without fractions" in data.notes[0]


@pytest.mark.parametrize(
    ("images", "labels"),
    [(IMAGES, [0.5, 1, 2, 1]), (IMAGES, [-1.0, 0, 1, 0]), (IMAGES.reshape(4, 9) / 7, LABELS.astype(float))],
)
def test_other_floats_are_targets(tmp_path, images, labels):
    np.savez(tmp_path / "a.npz", images=images, labels=np.asarray(labels, float))
    assert not load(tmp_path / "a.npz").has_classes


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_labels_that_are_no_numbers_are_named(tmp_path, bad):
    np.savez(tmp_path / "a.npz", images=IMAGES, labels=np.array([0, 1, bad, 1]))
    with pytest.raises(DataError, match=rf"sample 2 has the target {bad}. Expected finite numbers"):
        load(tmp_path / "a.npz")


@pytest.mark.parametrize(
    "keys",
    [
        ("X_train", "y_train", "X_test", "y_test"),
        ("train_images", "train_labels", "test_images", "test_labels"),
        ("trainX", "trainY", "testX", "testY"),
        ("training_data", "training_labels", "testing_data", "testing_labels"),
    ],
)
def test_parts_under_other_names(tmp_path, keys):
    np.savez(tmp_path / "a.npz", **dict(zip(keys, (IMAGES, LABELS, IMAGES[:2], LABELS[:2]), strict=True)))
    training, test = load_pair(tmp_path / "a.npz")
    assert len(training) == 4 and len(test) == 2
    np.testing.assert_array_equal(training.labels, LABELS)


def test_a_validation_part_is_the_second_where_there_is_no_test_part(tmp_path):
    parts = {"x_train": IMAGES, "y_train": LABELS, "x_val": IMAGES[:2], "y_val": LABELS[:2]}
    np.savez(tmp_path / "a.npz", **parts)
    assert len(load_pair(tmp_path / "a.npz")[1]) == 2
    np.savez(tmp_path / "a.npz", **parts, x_test=IMAGES[:1], y_test=LABELS[:1])
    loaded = load_all(tmp_path / "a.npz")
    assert [len(part) for part in loaded] == [4, 2, 1]


def test_pytorchs_order_of_channels(tmp_path):
    np.savez(tmp_path / "a.npz", images=IMAGES[:, None], labels=LABELS)
    np.testing.assert_array_equal(load(tmp_path / "a.npz").images, IMAGES)
