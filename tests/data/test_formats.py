"""What is no data set is named, with what to do; what SciPy and the standard library read is read."""

import bz2
import gzip
import io
import json
import lzma
import pickle
import sqlite3
import tarfile
import zipfile

import numpy as np
import pytest
from scipy.io import savemat

from glassnet.data import load, load_pair
from glassnet.errors import DataError
from glassnet.model import write_tensors

HTML = b"\n<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>"


def tar(mode):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:
        archive.addfile(tarfile.TarInfo("train.csv"), io.BytesIO())
    return file.getvalue()


def zipped(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return file.getvalue()


ARRAYS = (np.zeros((2, 4)), np.zeros(2))
FOREIGN = {
    "mnist.pkl": (pickle.dumps(ARRAYS), "a pickle; .*runs whatever code .*savez_compressed"),
    "mnist.pkl.gz": (gzip.compress(pickle.dumps(ARRAYS)), "a pickle; .*not opened here"),
    "data.pickle": (pickle.dumps(ARRAYS, protocol=2), "a pickle"),
    "old.pkl": (pickle.dumps(ARRAYS, protocol=0), "a pickle"),
    "data.pt": (zipped("archive/data.pkl", "archive/data/0"), "a file of PyTorch's"),
    "data.parquet": (b"PAR1\x15\4", r"a Parquet table. .*read_parquet\(path\).to_csv"),
    "data.feather": (b"ARROW1\0\0", "a Feather .*read_feather"),
    "data.h5": (b"\x89HDF\r\n\x1a\n\0", "an HDF5 file. .*h5py"),
    "data.mat": (b"MATLAB 7.3 MAT-file, Platform", "MATLAB 7.3 .*-v7"),
    "data.xlsx": (zipped("[Content_Types].xml", "xl/workbook.xml"), "an Excel workbook. .*CSV UTF-8"),
    "data.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook"),
    "data.json": (json.dumps([{"label": 3}]).encode(), "JSON. .*read_json"),
    "data.jsonl": (b'{"label": 3}\n{"label": 4}\n', "JSON"),
    "train.csv": (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS .*git lfs pull"),
    "train.csv.gz": (HTML, "a web page, not data: .*Open the address in a browser"),
    "train-images-idx3-ubyte.gz": (HTML.lower(), "a web page"),
    "packed.csv.gz": (gzip.compress(HTML), "a web page"),
    "error.csv": (b'<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', "an XML document"),
    "data.svm": (b"5 153:3 154:18 155:18\n0 128:51\n", "LIBSVM .*load_svmlight_file"),
    "data.sqlite": (b"SQLite format 3\0", "an SQLite database"),
    "data.pdf": (b"%PDF-1.7\n", "a PDF document"),
    "data.rar": (b"Rar!\x1a\7", "a RAR archive. Unpack it"),
    "data.7z": (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive. Unpack it"),
    "data.csv.zst": (b"\x28\xb5\x2f\xfd\4", "Zstandard. Unpack it"),
    "data.tar": (tar("w"), "a tar archive. Unpack it"),
    "data.tar.gz": (tar("w:gz"), "a tar archive. Unpack it"),
    "data.RData": (gzip.compress(b"RDX3\nX\n"), "an R data file. .*write.csv"),
    "digit.txt": (b"data:image/png;base64,iVBORw0KGgo=", "a data URL"),
    "broken.zip": (b"PK\3\4 and nothing else", "not an .npz archive of plain arrays, or damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", FOREIGN)
def test_a_foreign_format_is_named_with_what_to_do(tmp_path, name):
    content, message = FOREIGN[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=f"(?s){message}") as caught:
        load(tmp_path / name)
    assert str(tmp_path / name) in str(caught.value) and len(str(caught.value)) < 450 + len(str(tmp_path))


def test_a_real_database_and_a_models_file_are_named(tmp_path):
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute("create table a (b)")
    connection.close()
    with pytest.raises(DataError, match="an SQLite database"):
        load(tmp_path / "a.db")
    write_tensors(tmp_path / "model.safetensors", {"a": np.zeros(3)}, {"glassnet": "{}"})
    with pytest.raises(DataError, match=r"a model's file \(safetensors\), not data"):
        load(tmp_path / "model.safetensors")


def test_a_pickle_is_never_opened(tmp_path):
    class Trap:
        def __reduce__(self):
            return pytest.fail, ("the pickle was opened",)

    for name, pack in (("a.pkl", bytes), ("a.csv", gzip.compress), ("a.npz", bytes)):
        (tmp_path / name).write_bytes(pack(pickle.dumps(Trap())))
        with pytest.raises(DataError, match="a pickle"):
            load(tmp_path / name)
    trap = np.empty(1, object)
    trap[0] = Trap()
    np.save(tmp_path / "a.npy", trap, allow_pickle=True)
    np.savez(tmp_path / "b.npz", images=trap)
    for name in ("a.npy", "b.npz"):
        with pytest.raises(DataError, match="Python objects"):
            load(tmp_path / name)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("data:image/png;base64," + 4000 * "iVBOR", "a data URL, not a file. Save the picture"),
        ("https://example.org/train.csv", "an address on the web. Download"),
        (3000 * "x", "cannot be read"),
    ],
)
def test_what_is_no_path_is_said_and_not_quoted_whole(source, message):
    with pytest.raises(DataError, match=message) as caught:
        load(source)
    assert len(str(caught.value)) < 200


# ---------------------------------------------------------------- what is read


@pytest.fixture(scope="module")
def digits():
    return load("digits").limit(200, seed=0)


def check(data, digits):
    np.testing.assert_array_equal(data.flat, digits.flat)
    np.testing.assert_array_equal(data.labels, digits.labels)
    assert data.has_classes


def csv_bytes(digits):
    header = "label," + ",".join(f"pixel{i}" for i in range(64))
    rows = (",".join(map(str, [y, *x])) for x, y in zip(digits.flat.tolist(), digits.labels, strict=True))
    return "\n".join([header, *rows]).encode()


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
@pytest.mark.parametrize("name", ["train.csv", "train.csv.gz", "train"])
def test_packed_files_are_known_by_what_they_hold(tmp_path, digits, pack, name):
    (tmp_path / name).write_bytes(pack(csv_bytes(digits)))
    check(load(tmp_path / name), digits)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_packed_files_that_are_cut_short_are_named(tmp_path, digits, pack):
    content = pack(csv_bytes(digits))
    for length in (len(content) // 2, len(content) - 3):
        (tmp_path / "a.csv").write_bytes(content[:length])
        with pytest.raises(DataError, match=r"a\.csv: the (gzip|bzip2|xz) file is cut short or damaged"):
            load(tmp_path / "a.csv")


@pytest.mark.parametrize(
    ("images", "labels"),
    [("X", "y"), ("data", "label"), ("fea", "gnd"), ("trainImages", "trainLabels"), ("x_train", "y_train")],
)
@pytest.mark.parametrize("columns", [False, True])
def test_matlabs_files(tmp_path, digits, images, labels, columns):
    X, y = digits.flat, digits.labels[:, None]
    savemat(
        tmp_path / "a.mat",
        {images: X.T if columns else X, labels: y.T if columns else y},
        do_compression=True,
    )
    data = load(tmp_path / "a.mat")
    check(data, digits)
    assert bool(data.notes) == columns


def test_matlabs_files_that_cannot_be_read(tmp_path, digits):
    savemat(tmp_path / "a.mat", {"pictures": digits.flat})
    with pytest.raises(DataError, match=r"holds the arrays pictures. Expected x_train"):
        load(tmp_path / "a.mat")
    savemat(tmp_path / "a.mat", {"data": {"images": digits.flat}})
    with pytest.raises(DataError, match="structures or cells"):
        load(tmp_path / "a.mat")
    content = (tmp_path / "a.mat").read_bytes()
    (tmp_path / "a.mat").write_bytes(content[: len(content) // 2])
    with pytest.raises(DataError, match="the MATLAB file cannot be read"):
        load(tmp_path / "a.mat")


@pytest.mark.parametrize(
    "last", ["class {0,1,2,3,4,5,6,7,8,9}", "'the digit' {0,1,2,3,4,5,6,7,8,9}", "label numeric"]
)
def test_arff(tmp_path, digits, last):
    rows = [",".join(map(str, [*x, y])) for x, y in zip(digits.flat.tolist(), digits.labels, strict=True)]
    head = ["% a comment", "@RELATION digits", "", *(f"@ATTRIBUTE pixel{i} real" for i in range(1, 65))]
    (tmp_path / "a.arff").write_text(
        "\n".join([*head, f"@attribute {last}", "", "@DATA", "% rows", *rows, ""])
    )
    check(load(tmp_path / "a.arff"), digits)


def test_arff_of_flowers_and_what_cannot_be_read_of_it(tmp_path):
    head = "@relation 'iris'\n@attribute 'petal width' real\n"
    head += "@attribute class {'Iris setosa', \"Iris-virginica\"}\n"
    path = tmp_path / "iris.arff"
    path.write_text(head + "@data\n0.2,'Iris setosa'\n1.8,Iris-virginica\n")
    data = load(path)
    assert data.class_names == ("Iris setosa", "Iris-virginica") and data.feature_names == ("petal width",)
    path.write_text(head + "@data\n?,'Iris setosa'\n")
    with pytest.raises(DataError, match=r"iris\.arff \(behind @data\), line 2, column 1 .*found '\?'"):
        load(path)
    path.write_text(head + "@data\n{0 0.2}\n")
    with pytest.raises(DataError, match="a sparse ARFF file"):
        load(path)
    path.write_text(head)
    with pytest.raises(DataError, match="ends before its data"):
        load(path)


@pytest.mark.parametrize(("images", "labels"), [("images.npy", "labels.npy"), ("X_train.npy", "y_train.npy")])
def test_npy_files_find_their_labels(tmp_path, digits, images, labels):
    np.save(tmp_path / images, digits.images)
    assert load(tmp_path / images).labels is None
    np.save(tmp_path / labels, digits.labels)
    check(load(tmp_path / images), digits)


def test_a_zip_file_of_one_idx_or_csv_file_is_read(tmp_path, digits):
    idx = b"\0\0\x08\3" + np.array(digits.images.shape, ">u4").tobytes() + digits.images.tobytes()
    for name, content in (("train.csv", csv_bytes(digits)), ("digits-idx3-ubyte", idx)):
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.writestr(f"folder/{name}", gzip.compress(content))
        data = load_pair(tmp_path / "a.zip")[0]
        assert data.name == name
        np.testing.assert_array_equal(data.flat, digits.flat)
