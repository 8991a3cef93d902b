"""One door for every source, and a clear word for what does not fit through."""

import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from glassnet.data import SOURCES, load, load_pair
from glassnet.errors import DataError


@pytest.mark.parametrize("name", ["digits", "iris"])
def test_the_bundled_sets_have_no_test_part(name):
    data, test = load_pair(name)
    assert data.name == name and test is None and name in SOURCES


def test_every_source_is_described():
    assert set(SOURCES) == {"digits", "iris", "mnist"}
    assert all(len(line) > 20 for line in SOURCES.values())


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("digit", "digit: there is no such file or folder. Did you mean 'digits'"),
        ("MNIST", "Did you mean 'mnist'"),
        (
            "a/train.csv",
            "a/train.csv: there is no such file or folder. Expected a path or one of digits, iris",
        ),
    ],
)
def test_a_source_that_is_not_there(source, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError) as caught:
        load(source)
    assert message in str(caught.value)


def test_a_single_picture_is_no_data_set(tmp_path):
    Image.new("L", (4, 4)).save(tmp_path / "a.png")
    with pytest.raises(DataError, match="a single picture"):
        load(tmp_path / "a.png")


def test_an_unknown_format_is_named(tmp_path):
    (tmp_path / "a.dat").write_bytes(b"DATA\0\1\2")
    with pytest.raises(DataError, match="neither text nor a format that is known here"):
        load(tmp_path / "a.dat")


def test_a_home_directory_and_a_string_are_understood(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    np.savez(tmp_path / "a.npz", images=np.zeros((2, 3, 3), np.uint8))
    assert len(load("~/a.npz")) == 2


def test_a_name_too_long_for_a_file(tmp_path):
    with pytest.raises(DataError, match="cannot be read"):
        load("x" * 5000)


def test_importing_the_room_imports_numpy_alone():
    code = (
        "import sys, glassnet.data; "
        "heavy = {'pandas', 'sklearn', 'pooch', 'PIL', 'scipy', 'requests', 'matplotlib'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
