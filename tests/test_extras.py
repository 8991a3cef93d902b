"""What is not installed is named, with the command that installs it; everything else works without it."""

import re
import sys
import tomllib
from pathlib import Path

import pytest

from glassnet.errors import MissingExtraError
from glassnet.extras import EXTRAS, require

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NOT_FOR_USE = {"test", "bench", "docs", "notebooks", "all"}


def names(requirements):
    return {re.split(r"[<>=\[ ]", requirement)[0] for requirement in requirements}


def test_the_extras_are_those_that_pip_knows():
    declared = {k: names(v) for k, v in PROJECT["optional-dependencies"].items() if k not in NOT_FOR_USE}
    assert declared == {extra: set(packages) for extra, packages in EXTRAS.items()}


def test_all_means_all():
    (everything,) = PROJECT["optional-dependencies"]["all"]
    assert everything == f"glassnet[{','.join(EXTRAS)}]"


def test_the_plain_install_is_lean():
    came_with_another = {"threadpoolctl"}  # scikit-learn brings it in any case
    assert len(names(PROJECT["dependencies"]) - came_with_another) <= 8


@pytest.mark.parametrize(
    ("extra", "package"),
    [(extra, package) for extra, packages in EXTRAS.items() for package in packages],
)
def test_a_missing_package_is_named_with_what_to_do(extra, package, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)  # as if it were not installed
    with pytest.raises(MissingExtraError) as told:
        require(extra, "A picture")
    assert re.fullmatch(
        rf"A picture needs {package}, not .*pip install 'glassnet\[{extra}\]'", str(told.value)
    )


PLAIN = r"""
import sys

for name in {missing}:
    sys.modules[name] = None
from glassnet.cli import main
sys.argv = ["glassnet", *{arguments}]
main()
"""


def plain(run_code, *arguments):
    """The command line where no extra is installed."""
    missing = sorted({package for packages in EXTRAS.values() for package in packages})
    return run_code(PLAIN.format(missing=missing, arguments=list(map(str, arguments))))


@pytest.fixture
def run_code(tmp_path):
    import subprocess

    def run(code):
        return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path)

    return run


def test_without_extras_one_trains_evaluates_and_reads(run_code, tmp_path):
    import numpy as np
    from PIL import Image

    ink = np.full((60, 60), 240, np.uint8)
    ink[12:48, 28:33] = 30
    Image.fromarray(ink).save(tmp_path / "one.png")
    trained = plain(run_code, "train", "--set", "training.epochs=2", "--out", "run")
    assert trained.returncode == 0, trained.stderr
    evaluated = plain(run_code, "evaluate", "run")
    assert evaluated.returncode == 0, evaluated.stderr
    assert "precision" in evaluated.stdout
    read = plain(run_code, "predict", "one.png")
    assert read.returncode == 0, read.stderr
    assert "1" in read.stdout


@pytest.mark.parametrize(
    ("arguments", "extra"),
    [
        (["plot", "run"], "plots"),
        (["report", "run"], "plots"),
        (["predict", "one.png", "--save", "boxes.png"], "plots"),
        (["play", "--no-browser"], "play"),
        (["export", "pretrained", "model.onnx"], "export"),
        (["train", "--tensorboard", "events"], "tensorboard"),
        (["train", "--animate", "film.gif"], "plots"),
        (["data", "fetch", "mnist"], "data"),
    ],
)
def test_without_an_extra_a_command_names_it_and_leaves_nothing(
    run_code, tmp_path, arguments, extra, monkeypatch
):
    monkeypatch.delenv("GLASSNET_DATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    from PIL import Image

    Image.new("L", (60, 60), 240).save(tmp_path / "one.png")
    done = plain(run_code, *arguments)
    assert done.returncode == 2, done.stdout + done.stderr
    assert f"pip install 'glassnet[{extra}]'" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "cache") == ["one.png"]
