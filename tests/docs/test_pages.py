"""Every command and every snippet of README and docs runs, in the order in which they stand on their page.

A page is read in a folder that holds what its reader would have: photographs, Kaggle's files, a trained run.
MNIST is a small piece of itself here, and a training takes one epoch.
"""

import contextlib
import io
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from glassnet.cli import main
from glassnet.extras import EXTRAS
from glassnet.recipe import load_recipe, run

ROOT = Path(__file__).parents[2]
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "examples").rglob("*.md")),
]
SERVERS = {"play"}
"""Commands that end at Ctrl-C: their options are read and no more."""

ADDRESS = "http://127.0.0.1:8765"
BLOCK = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def steps(page):
    """What a reader does: ("snippet", code), ("glassnet", command) …, in order."""
    for language, body in BLOCK.findall(page.read_text(encoding="utf-8")):
        if language == "text":  # what a command says, and nothing to type
            continue
        if language == "python":
            yield "snippet", body
            continue
        for line in body.replace("\\\n", " ").splitlines():
            command = re.split(r"\s{2,}|\s#\s", line.strip().removeprefix("$ "))[0]
            program = command.partition(" ")[0]
            if program in {"glassnet", "python", "pip", "make"}:
                yield program, command


TRIED = [page for page in PAGES if any(steps(page))]


@pytest.fixture(scope="session")
def desk(tmp_path_factory, mnist):
    """A folder with what a reader has; every page gets a copy of it."""
    from PIL import Image

    folder = tmp_path_factory.mktemp("desk")
    train, test = (part.take(slice(n)) for part, n in zip(mnist, (2400, 200), strict=True))
    _write_mnist(folder / "mnist", train, test)
    _write_kaggle(folder, train, test)
    page = np.full((200, 200), 235, np.uint8)
    page[60:144, 60:144] = 255 - np.kron(test.images[1], np.ones((3, 3), np.uint8))
    for name in ("photo.jpg", "scans/first.png", "scans/second.png"):
        (folder / name).parent.mkdir(exist_ok=True)
        Image.fromarray(page).save(folder / name)
    for pupil in ("ada", "ben"):
        _run(["learn", "start", str(folder / "class_7b" / pupil)])
    for k in range(20):
        picture = Image.fromarray(255 - test.images[k]).resize((84, 84))
        (folder / "my_digits").mkdir(exist_ok=True)
        picture.save(folder / "my_digits" / f"{test.labels[k]}_{k}.png")
    runs = {"quick": "quick", "accurate": "quick"}
    with contextlib.chdir(folder):
        for name, recipe in runs.items():
            _run(["train", "mnist", "--data-dir", "mnist", "--recipe", recipe, "--out", f"runs/{name}"])
    return folder


def _write_mnist(folder, train, test):
    folder.mkdir()
    for prefix, part in (("train", train), ("t10k", test)):
        images, labels = part.images, part.labels.astype(np.uint8)
        header = np.array([0x803, *images.shape], ">i4").tobytes()
        (folder / f"{prefix}-images-idx3-ubyte").write_bytes(header + images.tobytes())
        header = np.array([0x801, len(labels)], ">i4").tobytes()
        (folder / f"{prefix}-labels-idx1-ubyte").write_bytes(header + labels.tobytes())


def _write_kaggle(folder, train, test):
    pixels = ",".join(f"pixel{i}" for i in range(784))
    rows = np.column_stack([train.labels, train.flat])
    np.savetxt(folder / "train.csv", rows, "%d", ",", header=f"label,{pixels}", comments="")
    np.savetxt(folder / "test.csv", test.flat, "%d", ",", header=pixels, comments="")
    sample = [[k + 1, 0] for k in range(len(test))]
    np.savetxt(folder / "sample_submission.csv", sample, "%d", ",", header="ImageId,Label", comments="")


def _run(arguments):
    """The command's output; it has to succeed."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as end:
        main(arguments)
    good = (0, None, 1) if arguments[0] == "learn" else (0, None)  # 1: an exercise is not right yet
    assert end.value.code in good, f"glassnet {shlex.join(arguments)}\n{out.getvalue()}{err.getvalue()}"
    return out.getvalue()


def _short(arguments):
    """The same command, with one epoch where it trains and without waiting where it serves."""
    if arguments[0] in SERVERS or arguments[:2] == ["learn", "watch"]:
        return [*arguments, "--help"]
    if arguments[0] == "train" and "--resume" not in arguments:
        return [*arguments, "--set", "training.epochs=1"]
    return arguments


def _interrupt(folder):
    """What Ctrl-C leaves in a run's folder: a checkpoint from which --resume goes on."""
    for _ in run(load_recipe("default", ["training.epochs=1"]), folder, overwrite=True):
        break


def _glassnet(command):
    arguments = shlex.split(command)[1:]
    if arguments[:2] == ["train", "--resume"]:
        _interrupt(arguments[2])
    if ">" in arguments:
        at = arguments.index(">")
        Path(arguments[at + 1]).write_text(_run(_short(arguments[:at])), encoding="utf-8")
    else:
        _run(_short(arguments))


def _check_outside(program, command):
    """What is no command of ours: the target, the extra or the file that it names is there."""
    words = shlex.split(command)
    if program == "make":
        targets = re.findall(r"^([\w-]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        assert set(words[1:]) - {word for word in words if "=" in word} <= set(targets), command
    elif program == "pip":
        for extras in re.findall(r"\[([\w,]+)\]", command):
            assert set(extras.split(",")) <= {*EXTRAS, "all", "test"}, command
    elif words[1] == "-m":
        package = words[2].replace(".", "/")
        places = (ROOT / f"{package}.py", ROOT / package / "__main__.py")
        assert any(place.exists() for place in places) or words[2] in {"pip", "venv"}, command
    else:
        assert (ROOT / words[1]).exists(), command


@pytest.fixture
def served():
    """Starts ``glassnet play`` for a snippet that asks it something, and has it asked where it is."""
    servers = []

    def started(code):
        if ADDRESS not in code:
            return code
        command = [sys.executable, "-m", "glassnet", "play", "--no-browser"]
        servers.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        return code.replace(ADDRESS, servers[-1].stdout.readline().split("/  ")[0])

    yield started
    for server in servers:
        server.terminate()
        server.communicate()


@pytest.mark.parametrize("page", TRIED, ids=lambda page: page.relative_to(ROOT).as_posix())
@pytest.mark.usefixtures("undrawn")
def test_a_page_can_be_followed(page, desk, tmp_path, monkeypatch, served):
    here = tmp_path / "here"
    shutil.copytree(desk, here)
    monkeypatch.chdir(here)
    monkeypatch.setenv("GLASSNET_DATA", str(here))
    namespace = {"__name__": "a page"}
    for kind, what in steps(page):
        if kind == "snippet":
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(served(what), str(page), "exec"), namespace)
        elif kind == "glassnet":
            _glassnet(what)
        else:
            _check_outside(kind, what)


def test_the_pages_are_found():
    assert len(TRIED) >= 8
    found = [what for page in TRIED for what in steps(page)]
    assert sum(kind == "glassnet" for kind, _ in found) >= 25
