"""No command replaces a file that its user named without having asked."""

import io

import pytest
from PIL import Image, ImageDraw

from glassnet.recipe import finish, load_recipe
from glassnet.recipe import run as train


@pytest.fixture(scope="session")
def finished(tmp_path_factory):
    recipe = load_recipe("default", ["data.source=iris", "training.epochs=2", "network.hidden=[4]"])
    return finish(train(recipe, tmp_path_factory.mktemp("runs") / "iris")).folder.path


@pytest.fixture
def seven(tmp_path):
    picture = Image.new("L", (120, 120), 250)
    ImageDraw.Draw(picture).line([(30, 25), (85, 25), (55, 100)], fill=10, width=9)
    picture.save(tmp_path / "seven.png")
    rows = [",".join(f"pixel{k}" for k in range(784)), *(",".join(["0"] * 783 + ["255"]) for _ in range(3))]
    (tmp_path / "test.csv").write_text("\n".join(rows))


WRITING = {
    "submission.csv": ("submit", "pretrained", "test.csv"),
    "mine.csv": ("submit", "pretrained", "test.csv", "--out", "mine.csv"),
    "model.onnx": ("export", "pretrained", "model.onnx"),
    "site/page.js": ("export", "pretrained", "site"),
    "lesson.html": ("report", "RUN", "--out", "lesson.html"),
    "here/architecture.svg": ("plot", "RUN", "architecture", "--format", "svg,png", "--out", "here"),
    "there/evidence.png": ("explain", "pretrained", "seven.png", "--all", "--save", "there"),
    "read.png": ("predict", "seven.png", "--save", "read.png"),
    "drawn/seven.png": ("predict", "seven.png", "--save", "drawn"),
    "steps.png": ("predict", "seven.png", "--steps", "steps.png"),
    "film.gif": ("train", "iris", "--set", "training.epochs=2", "--animate", "film.gif", "--out", "a"),
}


@pytest.mark.usefixtures("seven", "undrawn")
@pytest.mark.parametrize("name", WRITING)
def test_what_is_there_stays_unless_force_is_given(glassnet, finished, tmp_path, name):
    line = [finished if word == "RUN" else word for word in WRITING[name]]
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("the old one")
    before = sorted(tmp_path.rglob("*"))
    code, out, err = glassnet(*line)
    assert (code, out) == (2, "") and err.count("\n") == 1
    assert f"{name} is there already" in err and "--force" in err
    assert path.read_text() == "the old one" and sorted(tmp_path.rglob("*")) == before
    code, _, err = glassnet(*line, "--force")
    assert code == 0, err
    assert path.read_bytes() != b"the old one"


@pytest.mark.usefixtures("seven")
@pytest.mark.parametrize(("said", "code"), [("y\n", 0), ("n\n", 2), ("\n", 2)])
def test_on_a_terminal_it_asks(glassnet, tmp_path, monkeypatch, said, code):
    (tmp_path / "submission.csv").write_text("the old one")
    monkeypatch.setattr("sys.stdin", io.StringIO(said))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("glassnet.cli.overwriting.sys.stderr.isatty", lambda: True, raising=False)
    answer, _, err = glassnet("submit", "pretrained", "test.csv")
    assert answer == code and "submission.csv is there already. Replace?" in err
    replaced = (tmp_path / "submission.csv").read_text() != "the old one"
    assert replaced == (code == 0)


def test_many_files_are_one_question(glassnet, finished, tmp_path):
    assert glassnet("plot", finished, "architecture", "--format", "svg,png", "--out", "here")[0] == 0
    _, _, err = glassnet("plot", finished, "architecture", "--format", "svg,png", "--out", "here")
    assert "here/architecture.svg and one more file are there already" in err


def test_in_a_runs_own_folder_its_pictures_are_made_anew(glassnet, tmp_path):
    assert glassnet("train", "iris", "--set", "training.epochs=1", "--quiet", "--out", "a")[0] == 0
    for _ in range(2):
        code, _, err = glassnet("plot", "a", "architecture", "--format", "svg")
        assert code == 0, err


@pytest.mark.parametrize("option", ["--force", "-f", "--overwrite"])
def test_a_run_is_replaced_by_either_word(glassnet, option):
    line = ("train", "iris", "--set", "training.epochs=1", "--quiet", "--out", "a")
    assert glassnet(*line)[0] == 0
    assert glassnet(*line)[0] == 2
    assert glassnet(*line, option)[0] == 0
