import errno
import json
import os
import pty
import signal
import time

import numpy as np
import pytest

from glassnet.model import Model
from glassnet.train import History, TrainingState

SMALL = ("--set", "network.hidden=[16]", "--set", "data.limit=300")
# long enough to be interrupted anywhere, short enough to be finished afterwards
LONG = (
    *SMALL,
    "--set",
    "training.epochs=500",
    "--set",
    "network.dropout=0.2",
    "--set",
    "training.checkpoint_seconds=0.02",
)


def weights_in(folder):
    return Model.load(folder).network.theta


def wait_for(path, seconds=60):
    deadline = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < deadline, f"{path.name} did not come"
        time.sleep(0.005)


def test_without_arguments_the_bundled_digits_are_learned(glassnet, tmp_path):
    code, out, err = glassnet("train")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith("default: 64-") and "epoch  1/30" in out and "run folder: runs/default" in out
    accuracy = json.loads((tmp_path / "runs/default/evaluation.json").read_text())["test"]["accuracy"]
    assert accuracy >= 0.96
    assert f"{100 * accuracy:.2f} %" in out


def test_lines_are_printed_every_so_many_epochs(glassnet):
    _, out, _ = glassnet("train", *SMALL, "--set", "training.epochs=7", "--set", "training.report_every=3")
    assert [line.split()[1] for line in out.splitlines() if line.startswith("epoch")] == ["3/7", "6/7", "7/7"]


def test_quiet_prints_the_folder_alone(glassnet):
    assert glassnet("train", *SMALL, "--set", "training.epochs=1", "--quiet", "--out", "a") == (0, "a\n", "")


def test_json_lines(glassnet):
    code, out, _ = glassnet("train", *SMALL, "--set", "training.epochs=2", "--json", "--out", "a")
    events = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and [event["event"] for event in events] == ["begin", "epoch", "epoch", "end"]
    assert events[0]["layers"] == [64, 16, 10] and events[-1]["test"]["samples"] == 60


def test_a_path_takes_the_place_of_the_recipes_data(glassnet, tmp_path, rng):
    labels = np.arange(60) % 3
    rows = np.column_stack([labels, rng.integers(0, 256, (60, 9))])
    header = "label," + ",".join(f"pixel{i}" for i in range(9))
    np.savetxt(tmp_path / "train.csv", rows, fmt="%d", delimiter=",", header=header, comments="")
    line = ("--recipe", "seed_002_relu", "--set", "training.epochs=2", "--set", "data.validation=0.25")
    code, out, _ = glassnet("train", "train.csv", *line, "--out", "a")
    assert code == 0 and "train.csv: 45 training, 15 validation samples" in out


def test_the_data_folder_may_be_named(glassnet, tmp_path):
    code, _, err = glassnet("train", "mnist", "--data-dir", "empty folder")
    assert code == 2 and "empty folder" in err
    assert not (tmp_path / "runs").exists()


def test_a_run_is_overwritten_on_demand_only(glassnet):
    line = ("train", *SMALL, "--set", "training.epochs=1", "--quiet", "--out", "a")
    assert glassnet(*line)[0] == 0
    code, _, err = glassnet(*line)
    assert code == 2 and "--overwrite" in err
    assert glassnet(*line, "--overwrite")[0] == 0


@pytest.mark.parametrize(
    "option", [("iris",), ("--set", "seed=1"), ("--out", "b"), ("--recipe", "quick"), ("--overwrite",)]
)
def test_resume_goes_with_no_other_option(glassnet, option):
    code, _, err = glassnet("train", "--resume", "a", *option)
    assert code == 2 and "--resume takes everything from the run folder" in err


def test_killed_in_the_middle_of_an_epoch_and_resumed_it_ends_as_if_undisturbed(start, tmp_path):
    process = start("train", *LONG, "--out", "a", "--quiet")
    checkpoint = tmp_path / "a" / "checkpoint.safetensors"
    steps = 4  # 216 samples in batches of 64
    while True:
        wait_for(checkpoint)
        state = TrainingState.load(checkpoint)
        if state.step > 20 and state.step % steps:
            break
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "a" / "model.safetensors").exists()
    assert start("train", "--resume", "a", "--quiet").communicate() == ("a\n", "")
    assert start("train", *LONG, "--out", "b", "--quiet").communicate() == ("b\n", "")
    assert np.array_equal(weights_in(tmp_path / "a"), weights_in(tmp_path / "b"))
    histories = [History.from_csv(tmp_path / name / "history.csv") for name in "ab"]
    assert np.array_equal(histories[0].loss, histories[1].loss)


def test_ctrl_c_stops_cleanly_and_says_how_to_go_on(start, glassnet, tmp_path):
    process = start("train", *LONG, "--out", "a", "--quiet")
    wait_for(tmp_path / "a" / "checkpoint.safetensors")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert err == "glassnet: stopped. Go on with: glassnet train --resume a\n"
    done = len(History.from_csv(tmp_path / "a" / "history.csv"))
    assert 0 < done < 500
    code, _, err = glassnet("train", *LONG, "--out", "a")
    assert code == 2 and "--resume a" in err
    assert start("train", "--resume", "a", "--quiet").communicate() == ("a\n", "")
    assert len(History.from_csv(tmp_path / "a" / "history.csv")) == 500


def test_on_a_terminal_a_bar_moves(start, tmp_path):
    ours, theirs = pty.openpty()
    process = start("train", *SMALL, "--set", "training.epochs=300", stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux's way to say that the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(ours)
    assert process.wait() == 0
    text = shown.decode()
    assert (
        "images/s" in text
        and "left" in text
        and "epoch 300/300" in text
        and "run folder: runs/default" in text
    )
    assert "\x1b[" in text  # something moved


def test_an_interruption_twice_is_not_waited_for():
    from glassnet.cli.interruption import Interruption

    before = signal.getsignal(signal.SIGINT)
    with Interruption() as interruption:
        assert not interruption.wanted
        signal.raise_signal(signal.SIGINT)
        assert interruption.wanted
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.usefixtures("undrawn")
def test_an_ensemble_says_who_is_learning_and_what_each_alone_reaches(glassnet):
    options = ("--set", "training.epochs=1", "--set", "ensemble.size=2")
    code, out, _ = glassnet("train", *SMALL, *options, "--out", "a")
    assert code == 0
    assert [line.split(":")[0] for line in out.splitlines() if line.startswith("default")] == [
        "default, member 1 of 2",
        "default, member 2 of 2",
    ]
    (alone,) = [line for line in out.splitlines() if line.startswith("members alone: ")]
    assert alone.count("%") == 2
    for command in (("evaluate", "a"), ("doctor", "a"), ("plot", "a", "evidence"), ("report", "a")):
        assert glassnet(*command)[0] == 0, command


def test_where_no_event_files_can_be_no_run_begins(glassnet, tmp_path):
    (tmp_path / "file").touch()
    code, _, error = glassnet("train", *SMALL, "--tensorboard", "file", "--out", "a")
    assert code == 2 and "no event files can be written there" in error
    assert not (tmp_path / "a").exists()


def test_event_files_on_request(glassnet, tmp_path):
    options = ("--set", "training.epochs=1", "--tensorboard", "events")
    assert glassnet("train", *SMALL, *options, "--out", "a")[0] == 0
    assert len(list((tmp_path / "events").glob("events.out.tfevents.*"))) == 1
    glassnet("train", *SMALL, *options, "--set", "ensemble.size=2", "--out", "b")
    assert [len(list((tmp_path / "events" / f"member-{k}").iterdir())) for k in (1, 2)] == [1, 1]


def test_event_files_that_cannot_be_written_any_more_end_no_training(glassnet, tmp_path, monkeypatch):
    def full(self, event):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("glassnet.export.EventFiles.see", full)
    line = ("train", *SMALL, "--set", "training.epochs=2", "--tensorboard", "events", "--out", "a", "--quiet")
    code, out, err = glassnet(*line)
    assert (code, out) == (0, "a\n") and err.count("no more event files in events: no space left") == 1
    assert Model.load(tmp_path / "a").class_names is not None
