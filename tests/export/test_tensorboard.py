"""Event files hold every figure of the training, as TensorBoard itself reads them."""

import sys

import numpy as np
import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

import glassnet as gn
from glassnet.export import tensorboard
from glassnet.train import Finished, History, Step, train


def read(folder):
    accumulator = EventAccumulator(str(folder), size_guidance={"scalars": 0})
    accumulator.Reload()
    tags = accumulator.Tags()["scalars"]
    return {tag: [(each.step, each.value) for each in accumulator.Scalars(tag)] for tag in tags}


@pytest.fixture
def training():
    learned, watched = gn.load("digits").limit(200, 0).split(0.2, seed=0)
    return train(gn.mlp(64, 8, 10), learned, gn.Adam(), epochs=3, batch_size=40, validation=watched)


def test_every_step_and_every_epoch_is_there(training, tmp_path):
    events = list(tensorboard(training, tmp_path / "a" / "b"))
    assert isinstance(events[-1], Finished)
    figures = read(tmp_path / "a" / "b")
    steps = [event for event in events if isinstance(event, Step)]
    assert [step for step, _ in figures["batch/loss"]] == list(range(1, 13))
    np.testing.assert_allclose(
        [value for _, value in figures["batch/loss"]], [event.loss for event in steps], rtol=1e-6
    )
    history: History = training.history
    for tag, column in {
        "loss/training": history.loss,
        "loss/validation": history.validation_loss,
        "accuracy/training": history.accuracy,
        "accuracy/validation": history.validation_accuracy,
    }.items():
        assert [step for step, _ in figures[tag]] == [1, 2, 3]
        np.testing.assert_allclose([value for _, value in figures[tag]], column, rtol=1e-6)


def test_a_training_that_is_left_has_written_what_it_had(training, tmp_path):
    for event in tensorboard(training, tmp_path):
        if isinstance(event, Step) and event.step == 6:
            break
    figures = read(tmp_path)
    assert len(figures["loss/training"]) == 1 and "loss/validation" in figures


def test_what_there_is_not_has_no_curve(tmp_path, rng):
    data = gn.Dataset(rng.normal(size=(40, 3)), rng.normal(size=40))
    network = gn.mlp(3, 4, 1, loss="mse", output="identity")
    list(tensorboard(train(network, data, gn.Adam(), epochs=2, batch_size=20), tmp_path))
    assert not any(tag.startswith(("accuracy", "loss/validation")) for tag in read(tmp_path))


def test_without_the_package_it_says_what_to_install(training, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "tensorboard", None)
    with pytest.raises(gn.MissingExtraError, match=r"glassnet\[tensorboard\]"):
        list(tensorboard(training, tmp_path))


def test_a_folder_that_cannot_be(training, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(gn.DataError, match="no event files can be written there"):
        list(tensorboard(training, tmp_path / "file"))
