"""``glassnet plot`` and ``glassnet report``, as people call them."""

import shutil

import pytest

from glassnet.model import Model
from glassnet.recipe import finish, load_recipe
from glassnet.recipe import run as train


@pytest.fixture(scope="session")
def finished(tmp_path_factory):
    recipe = load_recipe("default", ["data.source=iris", "training.epochs=3", "network.hidden=[8]"])
    return finish(train(recipe, tmp_path_factory.mktemp("runs") / "iris")).folder.path


@pytest.fixture
def run(finished, tmp_path):
    return shutil.copytree(finished, tmp_path / "runs" / "iris")


def test_all_pictures_are_written_and_those_left_out_are_said(glassnet, run):
    code, out, _ = glassnet("plot", run)
    assert code == 0
    written = sorted(path.name for path in (run / "plots").iterdir())
    assert "confusion_matrix.png" in written and "confusion_matrix.svg" in written
    assert len(written) == 2 * len({name.split(".")[0] for name in written})
    assert "no robustness: its input is no image" in out
    assert not [name for name in written if name.startswith("robustness")]


def test_only_the_pictures_that_were_asked_for(glassnet, run, tmp_path):
    code, out, _ = glassnet("plot", run, "architecture", "--format", "svg", "--out", "here")
    assert code == 0 and "no " not in out
    assert [path.name for path in (tmp_path / "here").iterdir()] == ["architecture.svg"]


def test_runs_are_compared(glassnet, run):
    code, _, error = glassnet("plot", run, "compare", "--compare", run, "--format", "png")
    assert code == 0, error
    assert (run / "plots" / "compare.png").exists()


def test_the_list_names_every_picture_and_draws_none(glassnet, run):
    code, out, _ = glassnet("plot", run, "--list")
    assert code == 0 and "forward_pass" in out
    assert not (run / "plots").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nonsense"], 'There is no picture "nonsense"'),
        (["compare"], "no other run is given"),
        (["--sample", "31"], "There is no sample 31: the test part has 30, counted from 1."),
        (["--format", "gif"], "'gif' is none of png, svg, pdf"),
        (["--compare", "elsewhere"], "cannot read the history"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_nothing_is_written(glassnet, run, arguments, said):
    code, _, error = glassnet("plot", run, *arguments)
    assert code == 2 and said in error
    assert not (run / "plots").exists()


@pytest.mark.usefixtures("undrawn")
def test_the_report_is_one_file(glassnet, run):
    code, out, _ = glassnet("report", run, "--sample", "2")
    assert code == 0
    assert out.startswith(str(run / "report.html"))
    assert (run / "report.html").read_text().startswith("<!doctype html>")


@pytest.mark.parametrize("command", ["plot", "report"])
def test_a_run_that_is_not_there(glassnet, command):
    code, _, error = glassnet(command, "runs/nothing")
    assert code == 2 and "runs/nothing" in error


def test_a_model_file_is_no_run(glassnet, run):
    code, _, error = glassnet("report", run / "model.safetensors")
    assert code == 2 and "Give the folder of the run" in error


@pytest.fixture
def bare(run, tmp_path):
    """A model of the run's kind that says nothing of its data."""
    model = Model.load(run)
    model.metadata.clear()
    model.save(tmp_path / "bare.safetensors")
    return "bare.safetensors"


def test_a_model_file_knows_its_data_by_its_recipe(glassnet, run, tmp_path):
    file = run / "model.safetensors"
    code, _, error = glassnet("plot", file, "architecture", "mistakes", "--format", "png")
    assert code == 0, error
    assert (tmp_path / "plots" / "model" / "mistakes.png").exists()
    code, _, error = glassnet("plot", file, "learning_curves")
    assert code == 2 and "it needs a run folder" in error


def test_a_model_that_says_nothing_of_its_data_has_the_pictures_of_its_weights(glassnet, bare, tmp_path):
    code, out, error = glassnet("plot", bare, "--format", "svg", "--out", "here")
    assert code == 0, error
    assert {path.stem for path in (tmp_path / "here").iterdir()} == {"architecture", "first_layer_weights"}
    assert "no learning_curves: it needs a run folder" in out
    assert "no confusion_matrix: it does not say what it was trained with" in out
    code, _, error = glassnet("plot", bare, "samples")
    assert code == 2 and "it does not say what it was trained with" in error


def test_the_model_that_ships(glassnet, mnist_folder, tmp_path, monkeypatch):
    line = ("plot", "pretrained", "prediction", "first_layer_weights", "--format", "png")
    code, _, error = glassnet(*line, "--data-dir", mnist_folder)
    assert code == 0, error
    assert len(list((tmp_path / "plots" / "pretrained").iterdir())) == 2
    monkeypatch.setattr("glassnet.recipe.known_data.has_mnist", lambda: False)
    code, _, error = glassnet("plot", "pretrained", "prediction")
    assert code == 2 and "data that it knows are not here" in error
    assert glassnet("plot", "pretrained", "architecture", "--format", "svg")[0] == 0


@pytest.mark.parametrize("command", ["report", "doctor"])
def test_what_needs_a_run_folder_says_so_of_the_model_that_ships(glassnet, command):
    code, _, error = glassnet(command, "pretrained")
    assert code == 2 and "has no run folder" in error and "glassnet train" in error
