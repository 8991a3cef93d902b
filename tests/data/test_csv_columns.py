"""Which column of a CSV file is the label, and which only counts rows."""

import contextlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glassnet.data import Dataset, load
from glassnet.data.columns import counts_rows, holds_classes
from glassnet.errors import DataError

DIGITS = load("digits")


@pytest.fixture(scope="module")
def digits():
    return DIGITS.limit(300, seed=0)


def write(folder, rows, header=None, delimiter=",", quote="", start=b"", end="\n", name="a.csv"):
    lines = ([header] if header else []) + [list(map(str, row)) for row in rows]
    text = "".join(delimiter.join(f"{quote}{cell}{quote}" for cell in line) + end for line in lines)
    path = folder / name
    path.write_bytes(start + text.encode())
    return path


def arranged(data, place, names=None):
    """The label at some place among the pixels."""
    labels = data.labels if names is None else np.array(names)[data.labels]
    return [
        [*row[:place], label, *row[place:]] for row, label in zip(data.flat.tolist(), labels, strict=True)
    ]


def check(path, data, label=None, names=None):
    found = load(path, label=label)
    np.testing.assert_array_equal(found.images, data.images)
    np.testing.assert_array_equal(found.labels, data.labels)
    if names is not None:
        assert found.class_names == tuple(names)
    return found


FORMS = [
    {},
    {"delimiter": ";"},
    {"delimiter": "\t"},
    {"quote": '"'},
    {"start": b"\xef\xbb\xbf"},
    {"end": "\r\n"},
    {"delimiter": ";", "quote": '"', "end": "\r\n", "start": b"\xef\xbb\xbf"},
]


@pytest.mark.parametrize("form", FORMS, ids=str)
@pytest.mark.parametrize("place", [0, 64], ids=["first", "last"])
def test_without_names_the_numbers_tell_the_label(tmp_path, digits, place, form):
    check(write(tmp_path, arranged(digits, place), **form), digits)


@pytest.mark.parametrize("name", ["label", "class", "Target", "DIGIT", "y", "labels"])
@pytest.mark.parametrize("place", [0, 30, 64], ids=["first", "middle", "last"])
def test_a_named_label_may_stand_anywhere(tmp_path, digits, place, name):
    header = [f"pixel{i}" for i in range(64)]
    header.insert(place, name)
    check(write(tmp_path, arranged(digits, place), header), digits)
    check(write(tmp_path, arranged(digits, place), header, quote='"'), digits)


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("place", [0, 64])
def test_labels_may_be_words(tmp_path, digits, place, header):
    words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    names = [f"pixel{i}" for i in range(64)]
    names.insert(place, "digit")
    found = load(write(tmp_path, arranged(digits, place, words), names if header else None))
    np.testing.assert_array_equal(found.images, digits.images)
    assert [found.class_names[label] for label in found.labels] == [words[label] for label in digits.labels]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("size", [8, 28])
def test_squares_without_labels_stay_without(tmp_path, rng, size, end):
    images = rng.integers(0, 256, (20, size * size))
    found = load(write(tmp_path, images.tolist(), end=end))
    assert found.labels is None and found.image_shape == (size, size)
    np.testing.assert_array_equal(found.flat, images)


@given(st.data())
def test_labels_are_told_rightly_or_asked_for(tmp_path_factory, data):
    """Never a quiet wrong answer: of any few digits, of any classes, in any order."""
    whole = DIGITS
    classes = data.draw(st.sets(st.integers(0, 9), min_size=1))
    among = np.flatnonzero(np.isin(whole.labels, list(classes)))
    some = whole.take(among[data.draw(st.lists(st.integers(0, len(among) - 1), min_size=1, max_size=60))])
    if data.draw(st.booleans()):
        some = some.take(np.argsort(some.labels, kind="stable"))
    path = write(tmp_path_factory.mktemp("csv"), arranged(some, data.draw(st.sampled_from([0, 64]))))
    with contextlib.suppress(DataError):
        found = load(path)
        np.testing.assert_array_equal(found.labels, some.labels)
        np.testing.assert_array_equal(found.images, some.images)


def test_few_rows_are_enough_where_one_end_is_the_rim_of_a_picture(tmp_path):
    pixels = np.zeros((5, 16), int)
    pixels[:, 5:11] = 200
    for labels in ([5, 0, 4, 1, 9], [7, 7, 7, 7, 7], [0, 0, 7, 4, 6]):
        for place in (0, 16):
            rows = [
                [*row[:place], label, *row[place:]]
                for row, label in zip(pixels.tolist(), labels, strict=True)
            ]
            found = load(write(tmp_path, rows))
            assert found.labels.tolist() == labels
            np.testing.assert_array_equal(found.flat, pixels)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ([0, 1, 2, 1, 0, 2] * 2, [1, 2, 0, 0, 1, 2] * 2),  # both hold classes
        ([0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]),
        ([0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 9]),  # zeros alone, or an empty corner?
        ([3, 1, 4, 1, 5, 9], [2, 7, 1, 8, 2, 8]),
    ],
)
def test_where_both_ends_could_be_the_label_it_is_asked_for(tmp_path, first, last):
    inner = np.full((len(first), 15), 77)
    path = write(tmp_path, np.column_stack([first, inner, last]).tolist())
    with pytest.raises(DataError, match="17 columns without names hold a label and 4×4 pixels") as caught:
        load(path)
    for reading in ("column 1", "the last one", "--label first", "--label last", "label=", "data.label"):
        assert reading in str(caught.value)
    at_first, at_last = load(path, label="first"), load(path, label="last")
    assert at_first.labels.tolist() == first and at_last.labels.tolist() == last
    np.testing.assert_array_equal(at_first.flat, np.column_stack([inner, last]))
    np.testing.assert_array_equal(at_last.flat, np.column_stack([first, inner]))
    with pytest.raises(DataError, match=r"17 columns without names. Expected a label and a square"):
        load(path, label="none")


def test_the_label_may_be_named(tmp_path, digits):
    header = ["number", *(f"pixel{i}" for i in range(64))]
    path = write(tmp_path, arranged(digits, 0), header)
    with pytest.raises(DataError, match=r"'number' is neither a pixel .* --label 'number'"):
        load(path)
    check(path, digits, label="number")
    check(path, digits, label="first")
    with pytest.raises(DataError, match=r"no column 'nummer' that could be the label; did you mean 'number'"):
        load(path, label="nummer")
    header[0] = "label"
    without = load(write(tmp_path, arranged(digits, 0), header), label="none")
    assert without.labels is None and without.image_shape == (8, 8)


def test_a_column_that_pandas_numbered_may_be_the_label(tmp_path, digits):
    check(write(tmp_path, arranged(digits, 64), list(range(65))), digits, label="64")
    check(write(tmp_path, arranged(digits, 64), list(range(65))), digits)


def test_without_names_a_column_is_given_by_its_number(tmp_path, digits):
    check(write(tmp_path, arranged(digits, 30)), digits, label="31")
    with pytest.raises(DataError, match=r"no column '66' .* Its 65 columns have no names"):
        load(write(tmp_path, arranged(digits, 30)), label="66")


# ---------------------------------------------------------------- columns that count rows


@pytest.mark.parametrize("start", [0, 1])
@pytest.mark.parametrize("place", ["first", "last", None])
def test_row_numbers_without_a_name_are_no_pixels(tmp_path, digits, place, start):
    rows = digits.flat.tolist() if place is None else arranged(digits, 0 if place == "first" else 64)
    numbered = [[i, *row] for i, row in enumerate(rows, start=start)]
    found = load(write(tmp_path, numbered))
    np.testing.assert_array_equal(found.images, digits.images)
    np.testing.assert_array_equal(found.labels, None if place is None else digits.labels)
    assert "first column only counts the rows" in found.notes[0]


@pytest.mark.parametrize("name", ["id", "Id", "ImageId", "image_id", "", "Unnamed: 0", "index", "sample_id"])
@pytest.mark.parametrize("place", [0, 1])
def test_row_numbers_among_pixels_are_left_out_and_said(tmp_path, digits, name, place, caplog):
    header = ["label", *(f"pixel{i}" for i in range(64))]
    header.insert(place, name)
    rows = arranged(digits, 0)
    for i, row in enumerate(rows, start=5000):
        row.insert(place, i)
    found = check(write(tmp_path, rows, header), digits)
    assert len(found.notes) == 1 and repr(name) in found.notes[0]
    assert [record.message for record in caplog.records] == [f"a.csv: {found.notes[0]}"]


IRIS = load("iris")


def iris_table(order=None):
    order = np.arange(150) if order is None else order
    names = np.array(IRIS.class_names)[IRIS.labels]
    return [[*IRIS.flat[i].tolist(), names[i]] for i in order], np.asarray(order)


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("Id", np.arange(1, 151)),
        ("", np.arange(150)),
        ("Unnamed: 0", np.random.default_rng(0).permutation(150)),
        ("index", np.random.default_rng(1).permutation(150) + 1),
        ("row", np.arange(0, 300, 2)),
        ("id", np.random.default_rng(2).permutation(10_000)[:150]),
        ("flower_id", [f"f{i:03}" for i in range(150)]),
        ("anything", np.arange(150)),
        ("whatever", np.arange(1, 151)),
    ],
)
def test_what_counts_rows_is_no_feature(tmp_path, name, numbers):
    rows, _ = iris_table()
    header = [name, *IRIS.feature_names, "species"]
    found = load(write(tmp_path, [[n, *row] for n, row in zip(numbers, rows, strict=True)], header))
    assert found.feature_names == IRIS.feature_names and found.class_names == IRIS.class_names
    np.testing.assert_array_equal(found.images, IRIS.images)
    assert "only counts the rows" in found.notes[0] and (repr(name) in found.notes[0] or not name)


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("age", np.random.default_rng(0).integers(20, 60, 150)),
        ("index", np.random.default_rng(0).integers(0, 9, 150)),  # of refraction, say
        ("id", np.random.default_rng(0).integers(0, 9, 150)),
        ("rank", np.random.default_rng(1).permutation(150)),
        ("year", np.arange(1850, 2000)),
        ("id", np.arange(150) / 2),
    ],
)
def test_what_measures_something_stays_a_feature(tmp_path, name, numbers):
    rows, _ = iris_table()
    header = [name, *IRIS.feature_names, "species"]
    found = load(write(tmp_path, [[n, *row] for n, row in zip(numbers, rows, strict=True)], header))
    assert found.feature_names == (name, *IRIS.feature_names) and not found.notes
    np.testing.assert_array_equal(found.flat[:, 0], numbers)


def test_a_decimal_point_makes_a_measurement_of_a_count(tmp_path):
    rows, _ = iris_table()
    header = ["seconds", *IRIS.feature_names, "species"]
    path = write(tmp_path, [[f"{n}.0", *row] for n, row in enumerate(rows)], header)
    assert load(path).feature_names[0] == "seconds"


def test_of_targets_and_of_a_single_feature_nothing_is_left_out(tmp_path):
    rows = [[i, f"{i * i / 7:.3f}"] for i in range(50)]
    assert load(write(tmp_path, rows, ["x", "y"])).feature_names == ("x",)
    assert load(write(tmp_path, [[i, i % 2] for i in range(50)], ["x", "label"])).feature_names == ("x",)


@given(st.lists(st.integers(0, 9), min_size=20, max_size=60))
def test_labels_never_count_rows(labels):
    assert not counts_rows(np.array(labels))
    assert not counts_rows(np.array(labels), "id")


@given(st.integers(2, 400), st.integers(0, 1), st.sampled_from(["id", "index", "row", ""]))
def test_row_numbers_always_count_rows(m, first, name):
    numbers = np.arange(first, first + m)
    assert counts_rows(numbers, name)
    assert counts_rows(np.random.default_rng(m).permutation(numbers), name)
    assert not (m > 100 and holds_classes(numbers))


# ---------------------------------------------------------------- labels in several columns, or alone


@pytest.mark.parametrize("side", ["front", "back"])
@pytest.mark.parametrize("header", [True, False])
def test_one_hot_labels_are_classes(tmp_path, digits, side, header):
    hot = np.eye(10, dtype=int)[digits.labels]
    parts = [hot, digits.flat] if side == "front" else [digits.flat, hot]
    names = [[f"label_{k}" for k in range(10)], [f"pixel{i}" for i in range(64)]]
    names = names[0] + names[1] if side == "front" else names[1] + names[0]
    found = check(write(tmp_path, np.column_stack(parts).tolist(), names if header else None), digits)
    assert found.n_classes == 10 and "one for each class" in found.notes[0]


def test_one_hot_labels_of_features_keep_their_names(tmp_path):
    hot = np.eye(3, dtype=int)[IRIS.labels]
    header = [*IRIS.feature_names, *(f"species_{name}" for name in IRIS.class_names)]
    found = load(
        write(tmp_path, [[*x, *y] for x, y in zip(IRIS.flat.tolist(), hot.tolist(), strict=True)], header)
    )
    assert found.class_names == IRIS.class_names and found.feature_names == IRIS.feature_names
    np.testing.assert_array_equal(found.labels, IRIS.labels)


def test_flowers_without_a_header(tmp_path):
    rows, _ = iris_table()
    found = load(write(tmp_path, rows))
    np.testing.assert_array_equal(found.images, IRIS.images)
    assert found.class_names == IRIS.class_names
    numbers = [[*row, label] for row, label in zip(IRIS.flat.tolist(), IRIS.labels.tolist(), strict=True)]
    with pytest.raises(DataError, match="--label first, last or none"):
        load(write(tmp_path, numbers))
    np.testing.assert_array_equal(load(write(tmp_path, numbers), label="last").labels, IRIS.labels)


@pytest.mark.parametrize("header", ["ImageId,Label", "id,label", "Id,Class"])
def test_a_submission_is_no_data_set(tmp_path, header):
    path = write(tmp_path, [[i, 0] for i in range(1, 50)], header.split(","))
    with pytest.raises(
        DataError, match=r"nothing to learn from. A file of row numbers and labels \(a submission\)"
    ):
        load(path)


@pytest.mark.parametrize("place", [0, 64])
@pytest.mark.parametrize("words", [None, list("abcdefghij")])
def test_pixels_may_be_fractions(tmp_path, digits, place, words):
    header = ["id", *(f"pixel{i}" for i in range(64))]
    header.insert(place + 1, "label")
    rows = [
        [i, *row] for i, row in enumerate(arranged(Dataset(digits.flat / 16, digits.labels), place, words))
    ]
    found = load(write(tmp_path, rows, header))
    np.testing.assert_array_equal(found.images, digits.images / 16)
    assert [found.class_names[k] for k in found.labels] == [(words or "0123456789")[k] for k in digits.labels]
    header[0] = "weight"
    with pytest.raises(DataError, match="'weight' is neither a pixel nor the label"):
        load(write(tmp_path, [[0.5, *row[1:]] for row in rows], header))


def test_a_long_header_is_not_quoted_whole(tmp_path):
    path = tmp_path / "a.csv"
    for text in ("x" * 6000, ",".join(["1.5"] * 2000), "label," + "p" * 6000, "label,pixel0," + "9" * 6000):
        path.write_text(f"{text}\n1,2,3\n")
        with pytest.raises(DataError) as caught:
            load(path)
        assert len(str(caught.value)) < 500 + len(str(path))
