"""The training process's own function, in this process, so that every line of it is seen."""

import threading
from multiprocessing import Pipe

import pytest

from glassnet.model import Model
from glassnet.play.worker import work
from glassnet.recipe import Recipe

RECIPE = Recipe.model_validate(
    {
        "data": {"source": "digits", "validation": 0.2},
        "network": {"hidden": [8]},
        "training": {"epochs": 2, "batch_size": 128},
    }
).to_dict()


@pytest.fixture
def worker(tmp_path):
    """Start it in a thread; gives the other end of its pipe."""
    ours, theirs = Pipe()
    threads = []

    def start(recipe=RECIPE, seconds=60.0, pace=0.0):
        arguments = (theirs, recipe, str(tmp_path / "run"), seconds, pace)
        threads.append(threading.Thread(target=work, args=arguments))
        threads[0].start()
        return ours

    yield start
    ours.close()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


def reports(connection, wanted):
    heard = []
    while True:
        assert connection.poll(10)
        heard.append(connection.recv())
        if heard[-1]["type"] == wanted:
            return heard


def test_everything_is_reported(worker, tmp_path):
    heard = reports(worker(), "ended")
    assert [report["type"] for report in heard[:2]] == ["started", "look"]
    assert [report["epoch"] for report in heard if report["type"] == "epoch"] == [1, 2]
    steps = [report["step"] for report in heard if report["type"] == "step"]
    assert steps[-1] == 2 * heard[0]["steps"] and steps == sorted(steps)  # the last one is never left out
    assert heard[-1] == {"type": "ended", "reason": "done", "figures": heard[-1]["figures"]}
    assert heard[-1]["figures"]["samples"] == 359
    Model.load(tmp_path / "run")


def test_commands_are_obeyed_between_two_batches(worker, tmp_path):
    connection = worker({**RECIPE, "training": {"epochs": 1000, "batch_size": 128}})
    connection.send("pause")
    connection.send("pause")  # twice is once
    reports(connection, "paused")
    connection.send("batch")
    heard = reports(connection, "paused")
    assert [report["type"] for report in heard] == ["running", "step", "look", "look", "paused"]
    connection.send("epoch")
    assert [r["epoch"] for r in reports(connection, "paused") if r["type"] == "epoch"] == [1]
    connection.send("save")
    reports(connection, "saved")
    Model.load(tmp_path / "run" / "now.safetensors")
    connection.send("resume")
    reports(connection, "epoch")
    connection.send("stop")
    assert reports(connection, "ended")[-1]["reason"] == "stopped"
    assert "recipe" in Model.load(tmp_path / "run").metadata


def test_the_time_is_limited(worker):
    connection = worker({**RECIPE, "training": {"epochs": 100_000, "batch_size": 128}}, seconds=0.05)
    assert reports(connection, "ended")[-1]["reason"] == "the time is up"


def test_the_pace_is_kept_and_commands_do_not_wait_for_it(worker):
    connection = worker(pace=1000.0)
    reports(connection, "step")
    connection.send("stop")
    assert reports(connection, "ended")[-1]["reason"] == "stopped"


def test_without_the_server_it_ends(worker, tmp_path):
    connection = worker({**RECIPE, "training": {"epochs": 100_000, "batch_size": 128}})
    reports(connection, "step")
    connection.close()  # the fixture sees that the thread ends


def test_what_goes_wrong_is_told(worker):
    recipe = {**RECIPE, "data": {"source": "nothing.csv"}}
    assert "nothing.csv" in reports(worker(recipe), "failed")[-1]["message"]


def test_tables_and_runs_without_held_out_samples(worker):
    recipe = {**RECIPE, "data": {"source": "iris", "test": 0}}
    heard = reports(worker(recipe), "ended")
    assert heard[0]["held_out"] == {"part": "", "samples": 0} and heard[0]["image_shape"] is None
    assert heard[1]["confusion"] is None and heard[1]["mistakes"] == []
