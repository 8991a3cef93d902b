"""Folders of pictures, one for each class."""

import numpy as np
import pytest
from PIL import Image

from glassnet.data import load, load_pair
from glassnet.errors import DataError, ImageError


def paint(path, level, size=(5, 4)):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L", size, level).save(path)


@pytest.fixture
def folder(tmp_path):
    for name, level in (("2", 20), ("10", 100), ("1", 10)):
        for i in range(2):
            paint(tmp_path / "digits" / name / f"{i}.png", level + i)
    return tmp_path / "digits"


def test_folders_are_classes_in_natural_order(folder):
    data = load(folder)
    assert data.class_names == ("1", "2", "10") and data.name == "digits" and data.image_shape == (4, 5)
    np.testing.assert_array_equal(data.labels, [0, 0, 1, 1, 2, 2])
    np.testing.assert_array_equal(data.images[:, 0, 0], [10, 11, 20, 21, 100, 101])
    assert data.names == ("1/0.png", "1/1.png", "2/0.png", "2/1.png", "10/0.png", "10/1.png")


def test_names_of_any_kind_are_kept(tmp_path):
    for name in ("zero", "één", "b 2", "b 10"):
        paint(tmp_path / name / "a.png", 1)
    assert load(tmp_path).class_names == ("b 2", "b 10", "zero", "één")


def test_clutter_of_file_managers_is_no_class(folder):
    (folder / ".DS_Store").write_bytes(b"x")
    (folder / "1" / "Thumbs.db").write_bytes(b"x")
    assert len(load(folder)) == 6


def test_train_and_test(folder, tmp_path):
    both = tmp_path / "both"
    both.mkdir()
    folder.rename(both / "train")
    paint(both / "test" / "10" / "a.png", 7)
    training, test = load_pair(both)
    assert len(training) == 6 and test.class_names == training.class_names
    np.testing.assert_array_equal(test.labels, [2])
    paint(both / "test" / "3" / "a.png", 7)
    with pytest.raises(DataError, match=r"3: no such class in training. Expected one of 1, 2, 10"):
        load_pair(both)


def test_pictures_alone_have_no_labels(tmp_path):
    paint(tmp_path / "b.png", 2)
    paint(tmp_path / "a.png", 1)
    data = load(tmp_path)
    assert data.labels is None and data.names == ("a.png", "b.png")


def test_pictures_of_mixed_sizes_are_named(folder):
    paint(folder / "2" / "large.png", 1, size=(6, 4))
    with pytest.raises(DataError, match=r"large\.png: 6×4 pixels, but .*0\.png has 5×4"):
        load(folder)


def test_an_unreadable_picture_is_named(folder):
    (folder / "2" / "notes.txt").write_text("no picture")
    with pytest.raises(ImageError, match=r"notes\.txt: not a picture"):
        load(folder)


def test_a_picture_cut_short_is_named(folder, rng):
    path = folder / "2" / "cut.png"
    Image.fromarray(rng.integers(0, 256, (4, 5), np.uint8)).save(path)
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(ImageError, match=r"cut\.png: "):
        load(folder)


def test_an_empty_class_is_named(folder):
    (folder / "7").mkdir()
    with pytest.raises(
        DataError, match="7: empty. Expected the pictures of the class '7'".replace(".", r"\.")
    ):
        load(folder)


def test_folders_within_classes_are_named(folder):
    paint(folder / "7" / "deep" / "a.png", 1)
    with pytest.raises(DataError, match="7: a folder lies within"):
        load(folder)


def test_pictures_beside_classes_are_named(folder):
    paint(folder / "stray.png", 1)
    with pytest.raises(DataError, match=r"the folder '1' and the file 'stray\.png' side by side"):
        load(folder)


def test_an_empty_folder_is_named(tmp_path):
    with pytest.raises(DataError, match="the folder is empty"):
        load(tmp_path)
    for part in ("train", "test"):
        (tmp_path / part).mkdir()
    with pytest.raises(DataError, match="train: holds no classes"):
        load(tmp_path)
