"""CSV files of pixels: the quick way and the careful one agree, and every bad cell is named."""

import gzip
import tracemalloc

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glassnet.data import csv_header, csv_pixels, load
from glassnet.data.csv_file import read_csv
from glassnet.errors import DataError

HEADER = "label," + ",".join(f"pixel{i}" for i in range(4))
ROWS = ["3,0,10,200,255", "0,1,2,3,4", "9,7,70,0,100"]
PIXELS = [[0, 10, 200, 255], [1, 2, 3, 4], [7, 70, 0, 100]]


def write(folder, *lines, name="train.csv", end="\n", start=b"", last=True):
    path = folder / name
    path.write_bytes(start + (end.join(lines) + (end if last else "")).encode())
    return path


def check(path, labels=(3, 0, 9)):
    data = load(path)
    assert data.images.dtype == np.uint8 and data.name == path.name
    np.testing.assert_array_equal(data.flat, PIXELS)
    if labels is None:
        assert data.labels is None
    else:
        np.testing.assert_array_equal(data.labels, labels)
    return data


@pytest.fixture
def quick_only(monkeypatch):
    """The careful look must not be needed."""

    def careful(*_):
        raise AssertionError("the quick way was left")

    monkeypatch.setattr(csv_pixels, "_read_carefully", careful)


@pytest.mark.usefixtures("quick_only")
class TestTheQuickWay:
    def test_kaggles_train_csv(self, tmp_path):
        assert check(write(tmp_path, HEADER, *ROWS)).image_shape == (2, 2)

    def test_a_test_csv_without_labels(self, tmp_path):
        header, *rows = (line.split(",", 1)[1] for line in (HEADER, *ROWS))
        check(write(tmp_path, header, *rows), labels=None)

    def test_mnist_in_csv_whose_header_counts_rows_and_columns(self, tmp_path):
        check(write(tmp_path, "label,1x1,1x2,2x1,2x2", *ROWS))

    def test_pictures_that_are_not_square(self, tmp_path):
        data = load(write(tmp_path, "label,1x1,1x2,1x3,2x1,2x2,2x3", "1,1,2,3,4,5,6"))
        np.testing.assert_array_equal(data.images, [[[1, 2, 3], [4, 5, 6]]])

    def test_no_header(self, tmp_path):
        check(write(tmp_path, *ROWS))

    def test_no_header_and_no_labels(self, tmp_path):
        check(write(tmp_path, *(row.split(",", 1)[1] for row in ROWS)), labels=None)

    def test_columns_numbered_by_pandas(self, tmp_path):
        check(write(tmp_path, "0,1,2,3", *(row.split(",", 1)[1] for row in ROWS)), labels=None)
        check(write(tmp_path, "label,0,1,2,3", *ROWS))

    def test_labels_in_the_last_column(self, tmp_path):
        rows = (f"{row.split(',', 1)[1]},{row[0]}" for row in ROWS)
        check(write(tmp_path, "pixel0,pixel1,pixel2,pixel3,class", *rows))

    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    @pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
    @pytest.mark.parametrize("last", [True, False])
    def test_line_ends_and_byte_order_marks(self, tmp_path, end, start, last):
        check(write(tmp_path, HEADER, *ROWS, end=end, start=start, last=last))
        check(write(tmp_path, *ROWS, end=end, start=start, last=last))

    @pytest.mark.parametrize("block", [1, 3, 7, 16, 64])
    def test_lines_that_lie_across_blocks(self, tmp_path, monkeypatch, block):
        monkeypatch.setattr(csv_pixels, "_BLOCK", block)
        check(write(tmp_path, HEADER, *ROWS, end="\r\n", last=False))

    @pytest.mark.parametrize("delimiter", [";", "\t"])
    def test_other_delimiters(self, tmp_path, delimiter):
        check(write(tmp_path, *(line.replace(",", delimiter) for line in (HEADER, *ROWS))))

    def test_packed_and_under_another_name(self, tmp_path):
        path = tmp_path / "digits.dat"
        path.write_bytes(gzip.compress("\n".join([HEADER, *ROWS]).encode()))
        check(path)

    def test_memory_stays_under_three_times_the_array_and_the_file(self, tmp_path):
        rng = np.random.default_rng(0)
        table = np.where(rng.random((4000, 785)) < 0.8, 0, rng.integers(0, 256, (4000, 785)))
        table[:, 0] %= 10
        path = tmp_path / "train.csv"
        header = "label," + ",".join(f"pixel{i}" for i in range(784))
        np.savetxt(path, table, fmt="%d", delimiter=",", header=header, comments="")
        tracemalloc.start()
        data = load(path)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        np.testing.assert_array_equal(data.flat, table[:, 1:])
        assert peak < 3 * table.size + path.stat().st_size


@pytest.mark.parametrize(
    "lines",
    [
        [HEADER, '"3","0","10","200","255"', *ROWS[1:]],
        [HEADER, "3, 0, 10, 200, 255", *ROWS[1:]],
        [HEADER, "3,0.0,10.0,200.,255", *ROWS[1:]],
        [HEADER, "0003,0000,+10,000200,0255", *ROWS[1:]],
        [HEADER.replace("label", '"label"'), *ROWS],
        [HEADER, *ROWS, "", ""],
    ],
    ids=["quotes", "spaces", "fractions", "zeros", "quoted header", "empty lines at the end"],
)
def test_what_the_careful_look_understands(tmp_path, lines):
    check(write(tmp_path, *lines))


def test_the_careful_look_without_header_and_without_labels(tmp_path):
    check(write(tmp_path, *(row.split(",", 1)[1] for row in ROWS), ""), labels=None)
    check(write(tmp_path, *ROWS, ""))


def test_the_line_ends_of_old(tmp_path):
    check(write(tmp_path, HEADER, *ROWS, end="\r"))


@given(st.data())
def test_both_ways_agree_with_pandas(tmp_path_factory, data):
    rows, side = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 3))
    cell = st.sampled_from([0, 1, 9, 10, 99, 100, 255]) | st.integers(0, 255)
    table = data.draw(
        st.lists(st.lists(cell, min_size=side**2, max_size=side**2), min_size=rows, max_size=rows)
    )
    labels = data.draw(st.lists(st.integers(0, 9), min_size=rows, max_size=rows))
    frame = pd.DataFrame(table, columns=[f"pixel{i}" for i in range(side**2)], dtype="uint8")
    frame.insert(0, "label", labels)
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    frame.to_csv(path, index=False, lineterminator=data.draw(st.sampled_from(["\n", "\r\n"])))
    quick = load(path)
    names = list(frame.columns)
    layout = csv_header.read_header(path, names, [], ",")
    pixels, aside = csv_pixels._read_carefully(path, layout)
    careful_labels = aside[0]
    peer = pd.read_csv(path, dtype="uint8").to_numpy()
    np.testing.assert_array_equal(quick.flat, peer[:, 1:])
    np.testing.assert_array_equal(quick.labels, peer[:, 0])
    np.testing.assert_array_equal(pixels, peer[:, 1:])
    np.testing.assert_array_equal(careful_labels, peer[:, 0])


PIXEL = "Expected a pixel: a whole number from 0 to 255"
LABEL = "Expected a label: a whole number from 0 to 999"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("1,2,3,x,4", rf"line 3, column 4 \('pixel2'\): found 'x'. {PIXEL}"),
        ("1,2,3,256,4", rf"line 3, column 4 \('pixel2'\): found '256'. {PIXEL}"),
        ("1,2,3,-1,4", rf"line 3, column 4 \('pixel2'\): found '-1'. {PIXEL}"),
        ("1,2,3,65536,4", rf"line 3, column 4 \('pixel2'\): found '65536'. {PIXEL}"),
        ("1,2,3,18446744073709551616,4", rf"found '18446744073709551616'. {PIXEL}"),
        ("1,2,3,0.5,4", rf"column 4 \('pixel2'\): found '0.5'. {PIXEL}"),
        ("1,2,3,1_0,4", rf"column 4 \('pixel2'\): found '1_0'. {PIXEL}"),
        ("1,2,3,1e2,4", rf"column 4 \('pixel2'\): found '1e2'. {PIXEL}"),
        ("1,2,3,٣,4", rf"column 4 \('pixel2'\): found '٣'. {PIXEL}"),
        ("1,2,3,nan,4", rf"column 4 \('pixel2'\): found 'nan'. {PIXEL}"),
        ("1,2,3,,4", rf"line 3, column 4 \('pixel2'\): the cell is empty. {PIXEL}"),
        ("-1,2,3,4,5", rf"line 3, column 1 \('label'\): found '-1'. {LABEL}"),
        ("1000,2,3,4,5", rf"line 3, column 1 \('label'\): found '1000'. {LABEL}"),
        ("seven,2,3,4,5", rf"line 3, column 1 \('label'\): found 'seven'. {LABEL}"),
        (",2,3,4,5", rf"line 3, column 1 \('label'\): the cell is empty. {LABEL}"),
        ("1,2,3,4", "line 3: 4 columns where 5 were expected: a cell is missing"),
        ("1,2,3,4,5,6", "line 3: 6 columns where 5 were expected: there are too many"),
        ("1,2,3,4,5,", "line 3: 6 columns where 5 were expected: there are too many"),
        ("", "line 3: 0 columns where 5 were expected"),
        ('1,2,3,"4,5', "line 5: not CSV"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_bad_line_is_named(tmp_path, row, message, end):
    path = write(tmp_path, HEADER, ROWS[0], row, *ROWS[1:], end=end)
    with pytest.raises(DataError, match=message) as caught:
        load(path)
    assert str(path) in str(caught.value)
    assert list(tmp_path.iterdir()) == [path]


def test_ragged_lines_that_even_out_are_found(tmp_path):
    path = write(tmp_path, HEADER, "1,2,3,4", "1,2,3,4,5,6")
    with pytest.raises(DataError, match="line 2: 4 columns where 5"):
        load(path)


def test_the_first_line_may_be_the_ragged_one(tmp_path):
    with pytest.raises(DataError, match="line 2: 6 columns where 5"):
        load(write(tmp_path, HEADER, "1,2,3,4,5,6", *ROWS))


def test_a_line_cut_short_at_the_end_of_the_file(tmp_path):
    with pytest.raises(DataError, match=r"line 5: 3 columns where 5 were expected.*cut short"):
        load(write(tmp_path, HEADER, *ROWS, "1,2,3", last=False))


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (
            "label,pixel0,pixel1,pixel3,pixel4",
            r"line 1, column 4: 'pixel3' follows 'pixel1'. A column is missing",
        ),
        ("label,pixel1,pixel0,pixel2,pixel3", "'pixel0' follows 'pixel1'"),
        ("label,pixel0,pixel1,pixel2", "3 pixels, from 'pixel0' to 'pixel2', are no square picture"),
        ("label,pixel2,pixel3,pixel4,pixel5", "A column is missing at the beginning"),
        ("label,1x1,1x2,2x2", "line 1, column 4: found '2x2' where 2x1 was expected"),
        ("label,1x1,1x2,1x3,2x1,2x2", "line 1, the end: found nothing where 2x3 was expected"),
        ("label,2x1,2x2", "column 2: found '2x1' where 1x1 was expected"),
        ("label,1x1,1x1,1x2", "column 3: found '1x1' where 1x2 was expected"),
        ("label,id,pixel0,pixel1,pixel2,pixel3", r"line 1, column 2: 'id' is neither a pixel"),
        ("id,pixel0,pixel1,pixel2,pixel3", "column 1: 'id' is neither a pixel"),
        ("label,pixel0,pixel1,pixel2,pixel3,y", "column 6: 'y' is neither"),
        ("label,pixel0,pixel1,pixel2,pixel3,", "column 6: '' is neither a pixel"),
        ("label,1x1,pixel1,1x3,1x4", "column 2: '1x1' follows 'the beginning'"),
        ("5,0,0,0,0,0", "6 columns without names.*Is a column missing"),
    ],
)
def test_a_missing_column_is_named(tmp_path, header, message):
    cells = header.count(",") + 1
    path = write(tmp_path, header, ",".join(["1"] * cells))
    with pytest.raises(DataError, match=message) as caught:
        load(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"\n" + HEADER.encode(), "the first line is empty"),
        (HEADER.encode() + b"\n", "holds no samples, only the names"),
        (gzip.compress("\n".join([HEADER, *ROWS * 500]).encode())[:-30], "gzip file is cut short"),
        ("\n".join([HEADER, *ROWS]).encode("utf-16"), "neither text nor"),
        (f"{HEADER}\n1,2,3,\xff,5\n".encode("latin-1"), "line 2, column 4: not UTF-8 text"),
    ],
)
def test_a_file_without_content_that_can_be_read(tmp_path, content, message):
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(DataError, match=message) as caught:
        load(tmp_path / "a.csv")
    assert str(tmp_path / "a.csv") in str(caught.value)


def test_a_gzip_file_cut_after_its_first_kilobytes(tmp_path, rng):
    rows = [",".join(map(str, row)) for row in rng.integers(0, 10, (20_000, 5))]
    packed = gzip.compress("\n".join([HEADER, *rows]).encode())
    (tmp_path / "a.csv.gz").write_bytes(packed[: len(packed) // 2])
    with pytest.raises(DataError, match="the gzip file is cut short or damaged"):
        load(tmp_path / "a.csv.gz")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match="there is no such file"):
        read_csv(tmp_path / "a.csv")
