"""CSV files of features, with classes, with targets, or with neither."""

import numpy as np
import pytest

from glassnet.data import load
from glassnet.errors import DataError


def write_table(folder, *lines):
    path = folder / "table.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_classes_that_are_names(tmp_path):
    path = write_table(tmp_path, "sepal,petal,species", "5.1,1.4,setosa", "7.0,4.7,virginica", "5,1e0,setosa")
    data = load(path)
    np.testing.assert_array_equal(data.images, [[5.1, 1.4], [7.0, 4.7], [5, 1]])
    np.testing.assert_array_equal(data.labels, [0, 1, 0])
    assert data.class_names == ("setosa", "virginica") and data.feature_names == ("sepal", "petal")
    assert data.pixel_max is None and data.image_shape is None


def test_classes_that_are_numbers_in_the_first_column(tmp_path):
    data = load(write_table(tmp_path, "target;a;b", "1;2;3", "0;4;5"))
    np.testing.assert_array_equal(data.labels, [1, 0])
    np.testing.assert_array_equal(data.images, [[2, 3], [4, 5]])
    assert data.has_classes


def test_columns_numbered_by_pandas(tmp_path):
    data = load(write_table(tmp_path, "0,1,label", "0.5,2,1", "3,4,0"))
    np.testing.assert_array_equal(data.images, [[0.5, 2], [3, 4]])


def test_targets_of_a_regression(tmp_path):
    data = load(write_table(tmp_path, "x1,x2,y", "1,2,0.5", "3,4,-1.25"))
    np.testing.assert_array_equal(data.labels, [0.5, -1.25])
    assert not data.has_classes


def test_no_labels(tmp_path):
    assert load(write_table(tmp_path, "a,b", "1,2")).labels is None


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["a,b,label", "1,2,0", "1,x,0"], r"line 3, column 2 \('b'\): found 'x'. Expected a number"),
        (["label,a,b", "0,1,2", "0,1,"], r"line 3, column 3 \('b'\): found ''. Expected a number"),
        (["a,b", "1,nan"], r"line 2, column 2 \('b'\): found 'nan'"),
        (["a,b", "1,inf"], r"line 2, column 2 \('b'\): found 'inf'"),
        (["a,b", "1,2", "1"], "line 3: 1 columns where 2 were expected"),
        (["a,label", "1,0", "1,-1"], r"line 3, column 2 \('label'\): found '-1'"),
        (["a,label", "1,0", "1,"], r"line 3, column 2 \('label'\): the cell is empty"),
        (["a,y", "1,0.5", "1,nan"], r"line 3, column 2 \('y'\): found 'nan'"),
        (["a,label,y", "1,2,3"], "the columns label, y could all be the label"),
        (["label", "1"], "at least one feature"),
        (["5.1,3.5", "4.9,3.0"], "Expected a line with the names of the columns"),
        (["a,b"], "holds no samples"),
        (["a,label", "1,100000"], "sample 0 has the label 100000"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path, lines, message):
    path = write_table(tmp_path, *lines)
    with pytest.raises(DataError, match=message) as caught:
        load(path)
    assert str(path) in str(caught.value)
