"""Folders of pictures, one for each class."""

import numpy as np
import pytest
from PIL import Image

from glassnet.data import load, load_all, load_pair
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


def test_a_file_that_only_calls_itself_a_picture_is_said_to_be_what_it_is(folder):
    (folder / "2" / "3.png").write_text("version https://git-lfs.github.com/spec/v1\n")
    with pytest.raises(ImageError, match=r"3\.png: a pointer of Git LFS"):
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


# ---------------------------------------------------------------- layouts that people use


def fill(folder, classes=("0", "1", "10"), level=0):
    for k, name in enumerate(classes):
        for i in range(2):
            paint(folder / name / f"img_{i}.png", level + 10 * k + i)


def check(data, classes=("0", "1", "10"), level=0):
    assert data.class_names == ("0", "1", "10")
    expected = [level + 10 * k + i for k in range(len(classes)) for i in range(2)]
    np.testing.assert_array_equal(data.images[:, 0, 0], expected)
    names = [data.class_names[label] for label in data.labels]
    assert names == [name for name in classes for _ in range(2)]


PARTS = [
    ("train", "test"),
    ("training", "testing"),
    ("Train", "Test"),
    ("TRAIN", "TEST"),
    ("trainingSet", "testSet"),
    ("train_images", "test_images"),
    ("mnist_train", "mnist_test"),
    ("MNIST - JPG - training", "MNIST - JPG - testing"),
    ("train", "val"),
    ("training", "validation"),
    ("train", "valid"),
    ("train-data", "dev"),
]


@pytest.mark.parametrize("names", PARTS, ids=" and ".join)
@pytest.mark.parametrize(
    "layout",
    ["{part}/{name}", "{name}/{part}", "mnist/{part}/{name}", "{part}/{part}/{name}", "a/b/{part}/{name}"],
)
def test_parts_are_no_classes_in_any_layout(tmp_path, names, layout):
    for level, part in enumerate(names):
        for k, name in enumerate(("0", "1", "10")):
            for i in range(2):
                place = layout.format(part=part, name=name)
                paint(tmp_path / place / f"img_{i}.png", 100 * level + 10 * k + i)
    training, other = load_pair(tmp_path)
    check(training)
    check(other, level=100)
    assert not training.notes


def test_three_parts(tmp_path):
    for level, part in enumerate(("train", "val", "test")):
        fill(tmp_path / part, level=50 * level)
    for level, part in enumerate(load_all(tmp_path)):
        check(part, level=50 * level)


def test_a_part_may_lack_classes(tmp_path):
    fill(tmp_path / "train")
    fill(tmp_path / "test", ("10",), 90)
    check(load_pair(tmp_path)[1], ("10",), 90)


def test_one_part_alone_is_trained_with(tmp_path):
    fill(tmp_path / "digits" / "train")
    training, test = load_pair(tmp_path / "digits")
    check(training)
    assert test is None
    (tmp_path / "digits" / "train").rename(tmp_path / "digits" / "test")
    with pytest.raises(DataError, match="holds test, but no part to train with"):
        load(tmp_path / "digits")


def test_a_test_part_without_labels_is_not_used_and_said(tmp_path):
    fill(tmp_path / "train")
    paint(tmp_path / "test" / "a.png", 1)
    training, test = load_pair(tmp_path)
    check(training)
    assert test is None and "'test' have no labels" in training.notes[0]


def test_classes_that_are_called_like_parts_are_classes_beside_others(tmp_path):
    for name in ("car", "ship", "train"):
        paint(tmp_path / name / "a.png", 1)
    assert load(tmp_path).class_names == ("car", "ship", "train")


@pytest.mark.parametrize(
    ("folders", "message"),
    [
        (("train/0", "test/0", "7"), "holds 'train', a part of the data, beside '7'|holds 'test', a part"),
        (("train/0", "training/0", "test/0"), "both 'train' and 'training' could be the training part"),
        (("0/train", "0/rest", "1/train"), r"a folder lies within \('rest'\)"),
        (("0/test", "1/test"), "no part to train with"),
        (("train/0/deep", "test/0"), "train/0: a folder lies within"),
    ],
)
def test_mixed_layouts_are_named(tmp_path, folders, message):
    for folder in folders:
        paint(tmp_path / folder / "a.png", 1)
    with pytest.raises(DataError, match=message):
        load(tmp_path)


CLUTTER = [
    ".DS_Store",
    "Thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    "__MACOSX",
    "._img_0.png",
    ".ipynb_checkpoints",
    ".git",
    "Icon\r",
    "@eaDir",
    "README.md",
    "LICENSE",
]


@pytest.mark.parametrize("name", CLUTTER)
@pytest.mark.parametrize("place", ["", "train", "train/0", "test/10"])
def test_what_systems_leave_is_passed_over_and_counted(tmp_path, name, place, caplog):
    for level, part in enumerate(("train", "test")):
        fill(tmp_path / part, level=100 * level)
    if name in ("__MACOSX", ".ipynb_checkpoints", ".git", "@eaDir"):
        paint(tmp_path / place / name / "0" / "img_0.png", 1)
    else:
        (tmp_path / place / name).write_bytes(b"x")
    training, test = load_pair(tmp_path)
    check(training)
    check(test, level=100)
    assert training.notes == (f"passed over what is no data: 1 × {name}.",)
    assert len(caplog.records) == 1


@pytest.mark.parametrize("layout", ["beside", "in a folder", "without a suffix", "with the folder"])
@pytest.mark.parametrize("header", ["file,label", "label,filename", "id,text,label", "image;digit"])
def test_pictures_that_a_table_names(tmp_path, layout, header):
    place = tmp_path if layout == "beside" else tmp_path / "images"
    delimiter = ";" if ";" in header else ","
    lines = [header]
    for i in range(4):
        paint(place / f"{i:03}.png", i)
        name = f"{i:03}" if layout == "without a suffix" else f"{i:03}.png"
        name = f"images/{name}" if layout == "with the folder" else name
        cells = {"file": name, "filename": name, "id": name, "image": name, "text": "x"}
        lines.append(
            delimiter.join(cells.get(column, "7" if i % 2 else "3") for column in header.split(delimiter))
        )
    (tmp_path / "labels.csv").write_text("\n".join(lines) + "\n")
    data = load(tmp_path)
    np.testing.assert_array_equal(data.images[:, 0, 0], range(4))
    assert data.class_names == ("3", "7") and data.labels.tolist() == [0, 1, 0, 1]


def test_tables_of_pictures_that_do_not_fit(tmp_path):
    for i in range(3):
        paint(tmp_path / f"{i}.png", i)
    table = tmp_path / "labels.csv"
    table.write_text("file,label\n0.png,a\n1.png,b\n")
    assert "1 pictures are not named in labels.csv" in load(tmp_path).notes[0]
    table.write_text("file,label\n0.png,a\n9.png,b\n")
    with pytest.raises(DataError, match=r"labels\.csv, line 3: there is no picture '9\.png' beside it"):
        load(tmp_path)
    table.write_text("file,a,b\n0.png,1,2\n")
    with pytest.raises(DataError, match=r"its columns are file, a, b\. Expected one"):
        load(tmp_path)
    table.write_text("file,label\n")
    with pytest.raises(DataError, match="holds no samples"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("train", "test"),
    [("train.csv", "test.csv"), ("mnist_train.csv", "mnist_test.csv"), ("Train.CSV", "Test.CSV")],
)
def test_a_folder_of_tables(tmp_path, train, test):
    (tmp_path / train).write_text("label,pixel0\n3,1\n7,2\n")
    (tmp_path / test).write_text("label,pixel0\n7,3\n")
    training, other = load_pair(tmp_path)
    assert training.class_names == other.class_names and other.labels.tolist() == [7]
    (tmp_path / test).write_text("pixel0\n3\n")
    (tmp_path / "sample_submission.csv").write_text("ImageId,Label\n1,0\n")
    training, other = load_pair(tmp_path)
    assert other is None and len(training) == 2 and len(training.notes) == 2
    (tmp_path / "other.csv").write_text("x")
    with pytest.raises(DataError, match="Give the path of one of them"):
        load(tmp_path)
