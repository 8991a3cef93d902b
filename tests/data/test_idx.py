"""IDX files, packed or not; each way of being damaged has its message."""

import gzip
import struct

import numpy as np
import pytest

from glassnet.data import load, load_pair
from glassnet.data.idx import read_idx
from glassnet.errors import DataError


def idx_bytes(array, code=0x08):
    return struct.pack(f">BBBB{array.ndim}I", 0, 0, code, array.ndim, *array.shape) + array.tobytes()


def write_pair(folder, part="train", m=5, images_as=gzip.compress, labels_as=gzip.compress, end=".gz"):
    rng = np.random.default_rng(m)
    images, labels = rng.integers(0, 256, (m, 4, 3), dtype=np.uint8), np.arange(m, dtype=np.uint8) % 3
    (folder / f"{part}-images-idx3-ubyte{end}").write_bytes(images_as(idx_bytes(images)))
    (folder / f"{part}-labels-idx1-ubyte{end}").write_bytes(labels_as(idx_bytes(labels)))
    return images, labels


@pytest.mark.parametrize(
    ("pack", "end"), [(gzip.compress, ".gz"), (bytes, ""), (bytes, ".gz"), (gzip.compress, "")]
)
def test_packed_or_not_whatever_the_name_says(tmp_path, pack, end):
    images, labels = write_pair(tmp_path, images_as=pack, labels_as=pack, end=end)
    data = load(tmp_path / f"train-images-idx3-ubyte{end}")
    np.testing.assert_array_equal(data.images, images)
    np.testing.assert_array_equal(data.labels, labels)
    assert data.image_shape == (4, 3) and data.n_classes == 3


def test_the_labels_may_be_packed_otherwise_than_the_images(tmp_path):
    write_pair(tmp_path)
    images = tmp_path / "train-images-idx3-ubyte.gz"
    images.with_suffix("").write_bytes(gzip.decompress(images.read_bytes()))
    images.unlink()
    assert load(tmp_path / "train-images-idx3-ubyte").labels is not None


def test_a_file_is_known_by_its_content(tmp_path):
    images, _ = write_pair(tmp_path)
    (tmp_path / "train-images-idx3-ubyte.gz").rename(tmp_path / "whatever.csv")
    data = load(tmp_path / "whatever.csv")
    np.testing.assert_array_equal(data.images, images)
    assert data.labels is None


def test_a_folder_gives_both_parts_with_the_same_classes(tmp_path):
    write_pair(tmp_path, "train", m=6)
    write_pair(tmp_path, "t10k", m=2)
    training, test = load_pair(tmp_path)
    assert (len(training), len(test)) == (6, 2)
    assert training.class_names == test.class_names == ("0", "1", "2")
    assert len(load(tmp_path)) == 6


@pytest.mark.parametrize("part", ["train", "t10k"])
def test_a_folder_with_one_part_gives_that(tmp_path, part):
    write_pair(tmp_path, part)
    data, none = load_pair(tmp_path)
    assert len(data) == 5 and none is None


def test_a_folder_with_two_training_sets_is_a_question(tmp_path):
    write_pair(tmp_path, "letters-train")
    write_pair(tmp_path, "digits-train")
    with pytest.raises(DataError, match=r"both digits-train-images.*could be the train images"):
        load(tmp_path)


def test_a_gzip_file_of_several_members_is_read_to_its_end(tmp_path):
    content = idx_bytes(np.arange(100, dtype=np.uint8))
    (tmp_path / "a.gz").write_bytes(gzip.compress(content[:50]) + gzip.compress(content[50:]))
    np.testing.assert_array_equal(read_idx(tmp_path / "a.gz"), np.arange(100))


def test_other_types_of_numbers(tmp_path):
    for code, dtype in ((0x09, "i1"), (0x0B, ">i2"), (0x0C, ">i4"), (0x0D, ">f4"), (0x0E, ">f8")):
        values = np.array([[1, -2], [3, 4]], dtype)
        (tmp_path / "a").write_bytes(idx_bytes(values, code))
        np.testing.assert_array_equal(read_idx(tmp_path / "a"), values)


def test_an_array_that_is_larger_than_the_first_guess(tmp_path, monkeypatch):
    monkeypatch.setattr("glassnet.data.idx._FIRST", 64)
    values = np.arange(1000, dtype=np.uint8)
    (tmp_path / "a").write_bytes(idx_bytes(values))
    np.testing.assert_array_equal(read_idx(tmp_path / "a"), values)


GOOD = idx_bytes(np.zeros((5, 4, 3), np.uint8))
PACKED = gzip.compress(idx_bytes(np.random.default_rng(0).integers(0, 256, (30, 10, 10), np.uint8)))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (gzip.compress(b""), "the file is empty"),
        (GOOD[:-1], r"head promises 5 × 4 × 3 values \(60 bytes\), but only 59 bytes follow"),
        (gzip.compress(GOOD[:-1]), "but only 59 bytes follow"),
        (GOOD + b"x", "but more bytes follow"),
        (GOOD[:9], "cut short within its head"),
        (
            b"\0\0\7\3" + GOOD[4:],
            "wrong magic number 0x00000703. An IDX file of images starts with 0x00000803",
        ),
        (b"PNG?" + GOOD[4:], "wrong magic number 0x504e473f"),
        (PACKED[:-20], "the gzip file is cut short or damaged"),
        (PACKED[:15], "the gzip file is cut short or damaged"),
        (PACKED[:100] + b"\xff" * 50 + PACKED[150:], "the gzip file is cut short or damaged"),
        (struct.pack(">BBBB3I", 0, 0, 8, 3, 2**31, 2**31, 2**31), "only 0 bytes follow"),
        (idx_bytes(np.zeros((2, 4, 3, 3), np.uint8)), "holds 4 dimensions of uint8. Expected grey images"),
        (idx_bytes(np.zeros((2, 4, 3), "i1"), 0x09), "holds 3 dimensions of int8"),
        (idx_bytes(np.zeros(7, np.uint8)), "holds 7 labels, not images"),
    ],
)
def test_every_damage_is_named(tmp_path, content, message):
    path = tmp_path / "train-images-idx3-ubyte"
    path.write_bytes(content)
    with pytest.raises(DataError, match=message) as caught:
        load(path)
    assert str(path) in str(caught.value)
    assert list(tmp_path.iterdir()) == [path]


def test_labels_and_images_of_different_length(tmp_path):
    write_pair(tmp_path, m=5)
    (tmp_path / "train-labels-idx1-ubyte.gz").write_bytes(idx_bytes(np.zeros(4, np.uint8)))
    with pytest.raises(
        DataError, match=r"train-labels-idx1-ubyte.gz: 4 labels, but 5 images in .*train-images"
    ):
        load(tmp_path)


def test_labels_that_are_empty(tmp_path):
    write_pair(tmp_path)
    (tmp_path / "train-labels-idx1-ubyte.gz").write_bytes(b"")
    with pytest.raises(DataError, match=r"labels-idx1-ubyte\.gz: the file is empty"):
        load(tmp_path)


def test_labels_that_are_no_labels(tmp_path):
    images, _ = write_pair(tmp_path)
    (tmp_path / "train-labels-idx1-ubyte.gz").write_bytes(idx_bytes(images))
    with pytest.raises(
        DataError, match=r"labels-idx1-ubyte.gz: holds 3 dimensions of uint8. Expected labels"
    ):
        load(tmp_path)


def test_a_label_that_training_does_not_know(tmp_path):
    write_pair(tmp_path, "train", m=2)  # classes 0 and 1
    write_pair(tmp_path, "test", m=3)  # and 2
    with pytest.raises(DataError, match=r"test-labels-idx1-ubyte.gz: .*sample 2 has the label 2"):
        load_pair(tmp_path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"a: there is no such file"):
        read_idx(tmp_path / "a")
