import numpy as np
import pytest

import glassnet as gn
from glassnet.cli import main as program

COMMANDS = (
    *("train", "evaluate", "predict", "teach", "submit", "explain", "plot", "report", "doctor", "play"),
    *("export", "recipes", "data", "check"),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(glassnet, command):
    code, out, _ = glassnet(command, "--help")
    assert code == 0
    assert f"    glassnet {command}" in out  # the example, on a line of its own


def test_help_lists_the_commands(glassnet):
    code, out, _ = glassnet("--help")
    assert code == 0
    assert all(f"\n  {command}" in out for command in COMMANDS)
    assert "..." not in out.removeprefix("Usage: glassnet [OPTIONS] COMMAND [ARGS]...")  # nothing cut off
    assert glassnet("-h")[1] == out


def test_version(glassnet):
    assert glassnet("--version") == (0, f"glassnet {gn.__version__}\n", "")


@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_error_is_one_line_and_with_debug_a_traceback(glassnet, place):
    line = ["train", "nothere.csv"]
    code, out, err = glassnet(*line)
    assert (code, out) == (2, "") and err.startswith("glassnet: nothere.csv: ") and err.count("\n") == 1
    line.insert(place, "--debug")
    code, _, err = glassnet(*line)
    assert code == 2 and "Traceback" in err and err.splitlines()[-1].startswith("glassnet: nothere.csv: ")


def test_words_behind_two_dashes_are_no_options(glassnet):
    code, _, err = glassnet("data", "--", "--debug")
    assert code == 2 and "--debug: there is no such file" in err and "Traceback" not in err


def test_verbose_names_the_matrix_kernels(glassnet):
    code, _, err = glassnet("recipes", "quick", "--verbose")
    assert code == 0 and err.startswith("Matrix kernels: ")


@pytest.mark.parametrize("line", [["train", "--bogus"], ["bogus"], ["evaluate"], ["check", "--seed", "-1"]])
def test_wrong_options_exit_with_2(glassnet, line):
    code, out, err = glassnet(*line)
    assert (code, out) == (2, "") and "Error" in err


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (np.exceptions.AxisError("x"), None),
        (MemoryError("Unable to allocate 3 TiB"), "not enough memory (Unable to allocate 3 TiB)"),
        (PermissionError(13, "Permission denied", "runs/a"), "runs/a: Permission denied."),
    ],
)
def test_errors_of_the_machine_are_one_line_and_our_own_faults_are_not_hidden(
    glassnet, monkeypatch, error, words
):
    def fail(*arguments, **options):
        raise error

    monkeypatch.setattr("glassnet.recipe.recipe_path", fail)
    if words is None:
        with pytest.raises(np.exceptions.AxisError):
            program(["recipes", "quick"])
        return
    code, _, err = glassnet("recipes", "quick")
    assert code == 2 and words in err and err.count("\n") == 1


def test_ctrl_c_outside_of_a_training_is_no_traceback(glassnet, monkeypatch):
    def interrupt(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("glassnet.recipe.recipe_path", interrupt)
    code, out, err = glassnet("recipes", "quick")
    assert (code, out) == (130, "") and "Traceback" not in err
