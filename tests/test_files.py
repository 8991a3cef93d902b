"""Files are written in one piece or not at all."""

import errno
import os
import subprocess
import sys
import time

import pytest

from glassnet.errors import OutputError
from glassnet.files import atomic_path, sweep_parts


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


WRITER = """
import os, signal, sys
from glassnet.files import atomic_path
with atomic_path(sys.argv[1]) as temporary:
    temporary.write_text("half of the n")
    print("written", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def writer(tmp_path):
    """A process in the middle of writing model.safetensors."""
    command = [sys.executable, "-c", WRITER, str(tmp_path / "model.safetensors")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "written\n"
        yield process
        process.kill()


def write(target):
    with atomic_path(target) as temporary:
        temporary.write_text("all of it")


def test_what_a_killed_process_left_is_swept_by_the_next_who_writes_the_same_file(tmp_path, writer):
    writer.kill()
    writer.wait()
    assert len(list(tmp_path.iterdir())) == 1
    for other in ("history.csv", "model.txt", "model", "old.model.safetensors", "model.safetensors.json"):
        write(tmp_path / other)
        assert list(tmp_path.glob(".model.*.part.safetensors"))
        (tmp_path / other).unlink()
    write(tmp_path / "model.safetensors")
    assert [path.name for path in tmp_path.iterdir()] == ["model.safetensors"]


def test_what_a_running_process_writes_is_left_to_it(tmp_path, writer):
    write(tmp_path / "model.safetensors")
    sweep_parts(tmp_path / "model.safetensors")
    assert len(list(tmp_path.iterdir())) == 2
    writer.communicate("go on\n")
    assert writer.returncode == 0
    assert [path.read_text() for path in tmp_path.iterdir()] == ["half of the n"]


@pytest.mark.parametrize("owner", ["", "00000000-1-"])
@pytest.mark.parametrize(("hours", "left"), [(25, 0), (1, 1)])
def test_parts_of_other_machines_and_of_other_versions_go_after_a_day(tmp_path, owner, hours, left):
    part = tmp_path / f".a [1].{owner}0123abcd.part.txt"
    part.write_text("half")
    os.utime(part, (time.time() - hours * 3600,) * 2)
    sweep_parts(tmp_path / "a [1].txt")
    assert len(list(tmp_path.iterdir())) == left


def test_names_that_only_resemble_parts_stay(tmp_path):
    for name in (".a.part.txt", ".a.notes.part.txt", "a.0123abcd.part.txt", ".ab.0123abcd.part.txt"):
        (tmp_path / name).write_text("mine")
        os.utime(tmp_path / name, (0, 0))
    sweep_parts(tmp_path / "a.txt")
    assert len(list(tmp_path.iterdir())) == 4


def test_a_folder_that_is_not_there_has_no_parts(tmp_path):
    sweep_parts(tmp_path / "nothing" / "a.txt")


FULL = OSError(errno.ENOSPC, "No space left on device")
DENIED = PermissionError(errno.EACCES, "Permission denied")


@pytest.mark.parametrize("error", [FULL, DENIED])
@pytest.mark.parametrize("where", ["pathlib.Path.write_text", "os.fsync", "os.replace", "pathlib.Path.mkdir"])
def test_what_cannot_be_written_is_named_by_its_own_name(tmp_path, monkeypatch, where, error):
    def fail(*arguments, **options):
        raise error

    target = tmp_path / "a.txt"
    target.write_text("old")
    monkeypatch.setattr(where, fail)
    with pytest.raises(OutputError) as told:
        write(target)
    monkeypatch.undo()
    assert str(told.value).startswith(f"{target} cannot be written: {error.strerror.lower()}.")
    assert "hoose another place" in str(told.value) and ".part" not in str(told.value)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.txt", "old")]


def test_errors_of_other_files_keep_their_names(tmp_path):
    def read_another(target):
        with atomic_path(target):
            (tmp_path / "another.txt").read_text()

    with pytest.raises(FileNotFoundError, match=r"another\.txt"):
        read_another(tmp_path / "a.txt")


def test_a_file_where_a_folder_should_be(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match=r"file.a\.txt cannot be written: (file exists|not a directory)"):
        write(tmp_path / "file" / "a.txt")


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are POSIX's")
def test_a_disk_that_is_really_full(tmp_path):
    """A process that may write 10,000 bytes into a file stands for a full disk."""
    code = (
        "import resource, sys; from pathlib import Path; from glassnet.files import atomic_path\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))\n"
        "with atomic_path('large.bin') as temporary: temporary.write_bytes(bytes(20_000))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1 and "OutputError: large.bin cannot be written: file too large." in done.stderr
    assert list(tmp_path.iterdir()) == []
