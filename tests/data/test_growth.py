"""Time and memory of every reader grow with the bytes that it reads, not with their square."""

import bz2
import contextlib
import gzip
import io
import lzma
import time
import tracemalloc
import zipfile

import numpy as np
import pytest

from glassnet.data import load, load_pair, packed
from glassnet.errors import DataError


def pixel_header(n):
    side = int(n**0.5)
    return (
        ",".join(["label", *(f"pixel{i}" for i in range(side**2))]) + "\n1" + ",0" * side**2 + "\n"
    ).encode()


def row_and_column_header(n):
    side = int(n**0.5)
    names = [f"{row}x{column}" for row in range(side) for column in range(side)]
    return (",".join(["label", *names]) + "\n1" + ",0" * side**2 + "\n").encode()


def features(n):
    return (",".join(["label", *(f"x{i}" for i in range(n))]) + "\n1" + ",0.5" * n + "\n").encode()


def npz(n):
    file = io.BytesIO()
    np.savez(file, images=np.zeros((n, 8, 8), np.uint8), labels=np.zeros(n, int))
    return file.getvalue()


FILES = {
    "the names of pixels": (pixel_header, 4_000),
    "the names of rows and columns": (row_and_column_header, 4_000),
    "the names of features": (features, 4_000),
    "names that are no pixels": (lambda n: b"label" + b",a" * n + b"\n1" + b",0" * n, 5_000),
    "numbers without an end": (lambda n: b"1," * n, 10_000),
    "a label too many": (lambda n: b"label," * n + b"pixel0", 5_000),
    "columns out of order": (lambda n: ",".join(f"pixel{n - i}" for i in range(n)).encode(), 5_000),
    "many rows": (lambda n: b"label,pixel0,pixel1,pixel2,pixel3\n" + b"1,2,3,4,5\n" * n, 20_000),
    "many rows in quotes": (lambda n: b"label,pixel0\n" + b'"1","2"\n' * n, 5_000),
    "many rows of features": (lambda n: b"id,a,label\n" + b"1,0.5,0\n" * n, 5_000),
    "many empty lines": (lambda n: b"label,pixel0\n1,2\n" + b"\n" * n, 30_000),
    "a long last line": (lambda n: b"label,pixel0\n1,2\n" + b"1," * n, 100_000),
    "a long cell": (lambda n: b"label,pixel0\n1," + b"9" * n, 1_000_000),
    "numbers, packed": (lambda n: gzip.compress(b"1,2,3,4,5\n" * n), 20_000),
    "an IDX file": (lambda n: b"\0\0\x08\3" + np.array([n, 8, 8], ">u4").tobytes() + bytes(64 * n), 20_000),
    "an .npz file": (npz, 20_000),
    "ARFF": (lambda n: b"@relation a\n@attribute pixel0 real\n@data\n" + b"1\n" * n, 5_000),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_four_times_the_file_takes_about_four_times_the_time_and_memory(tmp_path, name):
    content, n = FILES[name]
    seconds, peaks = [], []
    for factor in (1, 4):
        path = tmp_path / f"{factor}"
        path.write_bytes(content(factor * n))
        read(path)  # what is imported at the first time is not the file's
        took = []
        for _ in range(2):
            began = time.process_time()
            read(path)
            took.append(time.process_time() - began)
        seconds.append(min(took))
        tracemalloc.start()
        read(path)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert seconds[1] < 9 * seconds[0] + 0.01  # 16 times where it is quadratic
    assert peaks[1] < 5 * peaks[0] + (2 << 20)
    assert peaks[1] < 100 * (tmp_path / "4").stat().st_size + (8 << 20)


def read(path):
    with contextlib.suppress(DataError):
        load(path)


@pytest.fixture
def small_limit(monkeypatch):
    monkeypatch.setattr(packed, "MIN_UNPACKED_LIMIT_BYTES", 1 << 20)


ONES = b"1,2,3,4,5\n" * 110_000


@pytest.mark.usefixtures("small_limit")
@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_file_does_not_unpack_without_end(tmp_path, pack):
    path = tmp_path / "a.csv"
    path.write_bytes(pack(ONES))
    with pytest.raises(
        DataError, match=f"a.csv: {path.stat().st_size:,} bytes that unpack to more than 1 MB"
    ):
        load(path)


@pytest.mark.usefixtures("small_limit")
def test_nor_do_the_arrays_and_the_files_of_an_archive(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("train.csv", ONES)
    np.savez_compressed(tmp_path / "a.npz", images=np.zeros((2000, 28, 28), np.uint8))
    for name in ("a.zip", "a.npz"):
        with pytest.raises(DataError, match="unpack to more than 1 MB"):
            load_pair(tmp_path / name)


def test_a_line_without_end_is_refused_at_once(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"1" * 50_000_000, 1))
    with pytest.raises(DataError, match="line 1: longer than 16 MB"):
        load(path)
    path.write_bytes(gzip.compress(b"label,pixel0\n" + b"1" * 50_000_000, 1))
    with pytest.raises(DataError, match="line 2: longer than 16 MB"):
        load(path)
