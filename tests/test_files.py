"""Files are written in one piece or not at all."""

import pytest

from glassnet.files import atomic_path


def test_the_file_takes_its_place_and_nothing_else_is_left(tmp_path):
    with atomic_path(tmp_path / "new" / "a.txt") as temporary:
        temporary.write_text("all of it")
        assert not (tmp_path / "new" / "a.txt").exists()
    assert [(path.name, path.read_text()) for path in (tmp_path / "new").iterdir()] == [
        ("a.txt", "all of it")
    ]


def test_the_temporary_file_keeps_the_suffix(tmp_path):
    with atomic_path(tmp_path / "a.npz") as temporary:
        temporary.write_bytes(b"x")
        assert temporary.suffix == ".npz"
        assert temporary.parent == tmp_path


def write_half(target, interruption):
    with atomic_path(target) as temporary:
        temporary.write_text("half of the n")
        raise interruption


@pytest.mark.parametrize("interruption", [RuntimeError, KeyboardInterrupt])
def test_an_interruption_leaves_the_old_file(tmp_path, interruption):
    target = tmp_path / "a.txt"
    target.write_text("old")
    with pytest.raises(interruption):
        write_half(target, interruption)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.txt", "old")]


def test_an_interruption_before_the_first_byte_leaves_nothing(tmp_path):
    with pytest.raises(RuntimeError), atomic_path(tmp_path / "a.txt"):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
