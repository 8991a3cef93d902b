"""``glassnet plot`` and ``glassnet report``, as people call them."""

import shutil

import pytest

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
