"""``glassnet explain``: the numbers on the screen are the trace's."""

import io
import re
import shutil

import numpy as np
import pytest

from glassnet.recipe import finish, load_recipe, open_run
from glassnet.recipe import run as train


@pytest.fixture(scope="session")
def trained(tmp_path_factory):
    recipe = load_recipe("default", ["training.epochs=3", "network.hidden=[12]"])
    return finish(train(recipe, tmp_path_factory.mktemp("runs") / "digits")).folder.path


@pytest.fixture
def run(trained, tmp_path):
    return shutil.copytree(trained, tmp_path / "runs" / "digits")


def numbers_below(out, title, column):
    """A column of the table of one step."""
    step = re.split(r"\n(?=\S.*\(\d+ of \d+\) ─)", out)
    (text,) = [part for part in step if part.startswith(title)]
    rows = [line.split() for line in text.splitlines()]
    begin = next(i for i, row in enumerate(rows) if row[:1] == ["unit"])
    return np.array([float(row[column]) for row in rows[begin + 1 :] if row and row[0].isdigit()])


def test_the_numbers_are_those_of_the_trace(glassnet, run):
    code, out, _ = glassnet("explain", run, "--sample", "5", "--learning-rate", "0.5", "--all")
    assert code == 0
    trace = open_run(run).trace(4, learning_rate=0.5)
    assert "Sample 5 of the test part of digits" in out
    assert np.allclose(numbers_below(out, "output: weighted sums", -1), trace.layers[-1].Z[0], rtol=1e-3)
    assert f"loss: {trace.loss_before:.4g} → {trace.loss_after:.4g}" in out
    assert "α = 0.5" in out
    titles = re.findall(r"\((\d+) of (\d+)\) ─", out)
    assert [int(n) for n, _ in titles] == list(range(1, len(titles) + 1))
    assert max(map(len, out.splitlines())) <= 80


def test_pictures_of_the_example_are_saved(glassnet, run, tmp_path):
    code, out, _ = glassnet("explain", run, "--save", "here")
    assert code == 0
    written = sorted(path.name for path in (tmp_path / "here").iterdir())
    assert written == [
        "backward_pass.png",
        "evidence.png",
        "forward_pass.png",
        "prediction.png",
        "weight_update.png",
    ]
    assert out.splitlines()[-1] == "here/prediction.png"


@pytest.fixture
def picture(tmp_path):
    from PIL import Image, ImageDraw

    drawing = Image.new("L", (90, 120), 240)
    ImageDraw.Draw(drawing).line([(45, 15), (45, 105)], fill=20, width=9)
    drawing.save(tmp_path / "one.png")
    return "one.png"


def test_a_digit_from_a_picture(glassnet, run, picture):
    code, out, error = glassnet("explain", run, picture, "--label", "1", "--all")
    assert code == 0, error
    assert out.startswith("one.png\n") and "it is “1”" in out
    code, out, _ = glassnet("explain", run / "model.safetensors", picture)
    assert code == 0 and "taken for what the network says" in out


def test_enter_shows_the_next_step_and_q_ends(glassnet, run, monkeypatch):
    from rich.console import Console

    monkeypatch.setattr("sys.stdin", io.StringIO("\nq\n"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(Console, "is_terminal", property(lambda self: True))
    code, out, _ = glassnet("explain", run)
    assert code == 0
    assert "weighted sums" in out and "ReLU" not in out


def test_the_end_of_the_input_ends_it_too(glassnet, run, monkeypatch):
    from rich.console import Console

    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(Console, "is_terminal", property(lambda self: True))
    code, out, _ = glassnet("explain", run)
    assert code == 0 and "weighted sums" not in out


def test_a_table_is_explained_as_well(glassnet, tmp_path):
    recipe = load_recipe("default", ["data.source=iris", "training.epochs=2", "network.hidden=[4]"])
    folder = finish(train(recipe, tmp_path / "iris")).folder.path
    code, out, _ = glassnet("explain", folder, "--all")
    assert code == 0 and "petal length" in out
    code, _, error = glassnet("explain", folder, "some.png")
    assert code == 2 and "reads 4 features, not pictures" in error


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--sample", "9999"], "There is no sample 9999"),
        (["nothing.png"], "nothing.png"),
        (["one.png", "--label", "ten"], 'no class "ten"'),
        (["blank.png"], "there is no ink; one digit can be explained"),
    ],
)
def test_what_cannot_be_explained_is_said(glassnet, run, picture, tmp_path, arguments, said):
    from PIL import Image

    Image.new("L", (60, 60), 255).save(tmp_path / "blank.png")
    code, _, error = glassnet("explain", run, *arguments)
    assert code == 2 and said in error


def test_the_model_that_ships_and_any_model_file(glassnet, run, tmp_path, mnist_folder, monkeypatch):
    code, out, error = glassnet("explain", "pretrained", "--data-dir", mnist_folder, "--all")
    assert code == 0, error
    assert out.startswith("Sample 1 of the test part of mnist\n")
    code, out, _ = glassnet("explain", run / "model.safetensors", "--sample", "2", "--all")
    assert code == 0 and out.startswith("Sample 2 of the test part of digits\n")
    monkeypatch.setattr("glassnet.recipe.known_data.has_mnist", lambda: False)
    code, _, error = glassnet("explain", "pretrained")
    assert (
        code == 2 and "Give IMAGE, a picture of one digit" in error and "glassnet data fetch mnist" in error
    )


def test_what_is_rejected_is_said_before_anything_else(glassnet, tmp_path):
    from PIL import Image, ImageDraw

    letter = Image.new("L", (120, 120), 250)  # an X
    ImageDraw.Draw(letter).line([(25, 105), (95, 15)], fill=10, width=10)
    ImageDraw.Draw(letter).line([(25, 15), (95, 105)], fill=10, width=10)
    letter.save(tmp_path / "letter.png")
    _, out, _ = glassnet("predict", "letter.png")
    assert "does not look like a digit" in out and "%" not in out
    code, out, _ = glassnet("explain", "pretrained", "letter.png", "--all")
    assert code == 0 and out.splitlines()[1].startswith("Rejected: the ink does not look like a digit.")


def test_the_picture_of_the_input_fits_on_a_small_terminal(glassnet, mnist_folder):
    _, out, _ = glassnet("explain", "pretrained", "--data-dir", mnist_folder, "--all")
    first = out.partition("hidden 1: weighted sums")[0].splitlines()
    assert len(first) <= 23 and any("█" in line for line in first)
