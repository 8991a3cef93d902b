"""Whatever cannot be written, and whenever: a whole run is left, one that goes on, or none."""

import errno
import os
import subprocess
import sys
from itertools import count

import numpy as np
import pytest

from glassnet import files
from glassnet.errors import OutputError
from glassnet.model import Model
from glassnet.recipe import finish, load_recipe, resume_recipe, run

WHOLE = {"model.safetensors", "recipe.toml", "history.csv", "evaluation.json"}
TINY = ("data.limit=100", "training.batch_size=80", "training.epochs=2", "network.hidden=[4]")


@pytest.fixture
def disk(monkeypatch):
    """A disk that is full from the nth file on; call it with n, and with nothing to free space again."""
    flush = files._flush_to_disk

    def fill(n=None):
        written = 0

        def flush_or_fail(path):
            nonlocal written
            written += 1
            if n is not None and written >= n:
                raise OSError(errno.ENOSPC, "No space left on device")
            flush(path)

        monkeypatch.setattr(files, "_flush_to_disk", flush_or_fail)

    return fill


def names(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "settings",
    [(), ("training.checkpoint_seconds=0",), ("ensemble.size=2",)],
    ids=["plain", "checkpoints", "two"],
)
def test_a_whole_run_or_one_that_goes_on_or_none(tmp_path, disk, settings):
    recipe = load_recipe("default", [*TINY, *settings])
    undisturbed = finish(run(recipe, tmp_path / "undisturbed")).model.network.theta
    for n in count(1):
        folder = tmp_path / str(n)
        disk(n)
        try:
            finish(run(recipe, folder))
            break  # everything had room
        except OutputError as error:
            said = str(error)
        assert "cannot be written: no space left on device." in said and ".part" not in said
        assert str(folder) in said
        if folder.exists():
            assert f"glassnet train --resume {folder}" in said
            assert not (folder / "model.safetensors").exists()
            disk()
            finish(run(resume_recipe(folder), folder, resume=True))
            assert names(folder) >= WHOLE and not [name for name in names(folder) if "checkpoint" in name]
            assert np.array_equal(Model.load(folder).network.theta, undisturbed)
    assert n > len(WHOLE)


@pytest.mark.parametrize("n", range(1, 6))
def test_what_is_replaced_stays_until_the_new_run_can_be_written(tmp_path, disk, n):
    folder = tmp_path / "a"
    finish(run(load_recipe("default", TINY), folder))
    (folder / "notes.txt").write_text("mine")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    disk(n)
    try:
        finish(run(load_recipe("default", [*TINY, "seed=1"]), folder, overwrite=True))
    except OutputError:
        after = {path.name: path.read_bytes() for path in folder.iterdir()}
        assert after == (before if n == 1 else {"notes.txt": b"mine"})
    else:
        assert names(folder) == WHOLE | {"notes.txt"}


def test_a_folder_that_may_not_be_written_is_said_before_the_training(tmp_path, monkeypatch):
    def refuse(*arguments, **options):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("pathlib.Path.mkdir", refuse)
    events = run(load_recipe("default", TINY), tmp_path / "a")
    with pytest.raises(OutputError, match=r"a.recipe\.toml cannot be written: permission denied"):
        next(events)


KILLED = """
import os, sys
from glassnet import files
from glassnet.recipe import finish, load_recipe, run

flush = files._flush_to_disk

def flush_or_die(path):
    if path.name.startswith("." + sys.argv[1]) and (path.parent / sys.argv[2]).exists():
        os.kill(os.getpid(), 9)
    flush(path)

files._flush_to_disk = flush_or_die
finish(run(load_recipe("default", sys.argv[4:]), sys.argv[3]))
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX")
@pytest.mark.parametrize(
    ("file", "after"), [("checkpoint", "checkpoint.safetensors"), ("model", "recipe.toml")]
)
def test_what_kill_9_leaves_is_swept_by_the_run_that_goes_on(tmp_path, file, after):
    folder = tmp_path / "a"
    line = [sys.executable, "-c", KILLED, file, after, str(folder), *TINY, "training.checkpoint_seconds=0"]
    assert subprocess.run(line, capture_output=True).returncode == -9
    (left,) = folder.glob(".*.part*")
    (folder / ".checkpoint.notes.part.safetensors").write_text("mine")
    recipe = resume_recipe(folder)
    seldom = recipe.training.model_copy(update={"checkpoint_seconds": 1000.0})  # so none is written again
    finish(run(recipe.model_copy(update={"training": seldom}), folder, resume=True))
    assert not left.exists()
    assert names(folder) == WHOLE | {".checkpoint.notes.part.safetensors"}
    undisturbed = finish(run(load_recipe("default", TINY), tmp_path / "b")).model.network.theta
    assert np.array_equal(Model.load(folder).network.theta, undisturbed)
