"""Early stopping, best weights, checkpoints: generators over a training."""

import numpy as np
import pytest

import glassnet as gn
from glassnet.errors import TrainingError
from glassnet.train import (
    Epoch,
    Finished,
    Listener,
    Step,
    TrainingState,
    checkpoint,
    fit,
    keep_best,
    stop_early,
    train,
)


def overfitting(noise, epochs=60, **options):
    """A network, and its training on noise, whose validation loss soon rises."""
    rest, part = noise.split(0.5, seed=0)
    network = gn.mlp(6, 32, 3, seed=0)
    return network, train(
        network, rest, gn.Adam(0.02), epochs=epochs, batch_size=8, validation=part, **options
    )


def held_out(noise):
    """What that training is validated on."""
    return noise.split(0.5, seed=0)[1]


def test_early_stopping_stops_after_patience_and_brings_the_best_weights_back(noise):
    network, training = overfitting(noise)
    losses, weights = [], []
    for event in stop_early(training, patience=3):
        if isinstance(event, Epoch):
            losses.append(event.validation_loss)
            weights.append(network.theta.copy())
    best = int(np.argmin(losses))
    assert len(losses) == best + 1 + 3 < 60
    assert event == Finished(len(losses), "early stopping", best + 1)
    np.testing.assert_array_equal(network.theta, weights[best])
    assert gn.evaluate(network, held_out(noise)).loss == losses[best]
    assert training.history.finished == event
    assert training.history.best_epoch == best + 1


def test_early_stopping_without_restoring_keeps_the_last_weights(noise):
    network, training = overfitting(noise)
    for event in stop_early(training, patience=3, restore=False):
        if isinstance(event, Epoch):
            last = network.theta.copy()
    np.testing.assert_array_equal(network.theta, last)
    assert event.reason == "early stopping" and event.best_epoch == event.epochs - 3


def test_early_stopping_ends_the_training_for_good(noise):
    _, training = overfitting(noise)
    list(stop_early(training, patience=1))
    assert list(training) == []


def test_a_training_that_goes_on_getting_better_is_done_at_its_end(blobs):
    network = gn.mlp(4, 3, seed=0)
    events = stop_early(train(network, blobs, gn.Adam(0.01), epochs=4, validation=blobs), patience=2)
    *_, last = events
    assert last == Finished(4, "done", 4)


def test_min_delta_asks_for_more(blobs):
    def epochs(min_delta):
        training = train(gn.mlp(4, 3, seed=0), blobs, gn.Adam(0.01), epochs=9, validation=blobs)
        *_, last = stop_early(training, patience=2, min_delta=min_delta)
        return last.epochs

    assert (epochs(0.0), epochs(10.0)) == (9, 3)


def test_batch_norm_statistics_come_back_with_the_best_weights(noise):
    rest, part = noise.split(0.5, seed=0)
    network = gn.mlp(6, 32, 3, seed=0, batch_norm=True)
    options = {"epochs": 60, "batch_size": 8, "validation": part, "patience": 3}
    history = fit(network, rest, gn.Adam(0.02), **options)
    assert gn.evaluate(network, part).loss == history.validation_loss.min()


@pytest.mark.parametrize("monitor", ["validation_loss", "validation_accuracy"])
def test_keep_best_trains_to_the_end(noise, monitor):
    network, training = overfitting(noise, epochs=25)
    weights = [network.theta.copy() for e in keep_best(training, monitor=monitor) if isinstance(e, Epoch)]
    values = training.history.column(monitor)
    best = int(np.argmax(values) if monitor == "validation_accuracy" else np.argmin(values))
    assert len(weights) == 25
    assert training.history.finished == Finished(25, "done", best + 1)
    np.testing.assert_array_equal(network.theta, weights[best])


def test_the_best_weights_are_the_averaged_ones_where_there_is_an_average(noise):
    network, training = overfitting(noise, average=0.9)
    list(stop_early(training, patience=3))
    best = training.history.validation_loss.min()
    assert gn.evaluate(network, held_out(noise)).loss == best


def test_stopping_without_restoring_keeps_the_average(noise):
    network, training = overfitting(noise, average=0.9)
    list(stop_early(training, patience=2, restore=False))
    assert gn.evaluate(network, held_out(noise)).loss == training.history.validation_loss[-1]


def test_steps_pass_through(blobs):
    training = train(gn.mlp(4, 3, seed=0), blobs, gn.Adam(0.01), epochs=2, batch_size=45, validation=blobs)
    kinds = [type(event) for event in keep_best(stop_early(training, patience=5))]
    assert kinds == [Step, Step, Epoch, Step, Step, Epoch, Finished]


def test_a_listener_shows_the_trainings_attributes(blobs):
    training = train(gn.mlp(4, 3, seed=0), blobs, gn.Adam(0.01), epochs=2, validation=blobs)
    events = keep_best(training)
    assert next(events).step == 1
    assert events.network is training.network and events.history is training.history
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        events.nothing  # noqa: B018
    with pytest.raises(AttributeError, match="training"):
        Listener.__new__(Listener).training  # noqa: B018


def test_ones_own_listener_needs_a_generator_only(blobs):
    class Loud(Listener):
        def watch(self, events):
            for event in events:
                yield event
                if isinstance(event, Epoch):
                    heard.append(event.epoch)

    heard = []
    list(Loud(train(gn.mlp(4, 3, seed=0), blobs, gn.Adam(0.01), epochs=3)))
    assert heard == [1, 2, 3]
    bare = Listener(train(gn.mlp(4, 3, seed=0), blobs, gn.Adam(0.01), epochs=1))
    assert [type(event) for event in bare] == [Step, Epoch, Finished]


# --- checkpoints -----------------------------------------------------------------------------------------


def test_a_checkpoint_is_there_when_its_epoch_is_seen(blobs, tmp_path):
    path = tmp_path / "run" / "checkpoint.safetensors"
    training = train(gn.mlp(4, 3, seed=0), blobs, gn.Adam(0.01), epochs=3)
    for event in checkpoint(training, path, every_epochs=2):
        if isinstance(event, Epoch):
            assert path.exists() == (event.epoch >= 2)
    assert len(TrainingState.load(path).records) == 2
    assert [file.name for file in path.parent.iterdir()] == ["checkpoint.safetensors"]


def test_checkpoints_in_the_middle_of_an_epoch(blobs, tmp_path):
    path = tmp_path / "checkpoint.safetensors"
    training = train(gn.mlp(4, 3, seed=0), blobs, gn.Adam(0.01), epochs=1, batch_size=20)
    for event in checkpoint(training, path, every_seconds=0):
        if isinstance(event, Step):
            assert TrainingState.load(path).step == event.step


def test_no_checkpoint_before_its_time(blobs, tmp_path):
    path = tmp_path / "checkpoint.safetensors"
    training = train(gn.mlp(4, 3, seed=0), blobs, gn.Adam(0.01), epochs=1, batch_size=20)
    for event in checkpoint(training, path, every_seconds=3600):
        assert path.exists() == (not isinstance(event, Step))


def test_the_last_good_checkpoint_stays_when_the_training_diverges(blobs, tmp_path):
    path = tmp_path / "checkpoint.safetensors"
    network = gn.mlp(4, 8, 3, activation="identity", output="identity", loss="mse", seed=0)
    optimizer = gn.GradientDescent(0.01)
    events = checkpoint(train(network, blobs, optimizer, epochs=9, batch_size=30), path, every_seconds=0)
    next(event for event in events if isinstance(event, Epoch) and event.epoch == 2)
    good = network.theta.copy()
    optimizer.learning_rate = 1e300
    with pytest.raises(TrainingError, match="Try one ten times smaller"):
        list(events)
    assert not np.isfinite(network.theta).all()
    assert TrainingState.load(path).step == 6
    np.testing.assert_array_equal(TrainingState.load(path).network["theta"], good)


def test_a_checkpoint_stands_outside_of_all_other_listeners(blobs, tmp_path):
    inside = checkpoint(
        train(gn.mlp(4, 3), blobs, gn.Adam(), epochs=1, validation=blobs), tmp_path / "c.safetensors"
    )
    with pytest.raises(TrainingError, match="checkpoint must stand outside of all others"):
        stop_early(inside, patience=1)


# --- wrong use -------------------------------------------------------------------------------------------


def test_the_best_needs_a_validation_set(blobs):
    for listen in (keep_best, lambda events: stop_early(events, patience=1)):
        with pytest.raises(TrainingError, match="validation set"):
            listen(train(gn.mlp(4, 3), blobs, gn.Adam(), epochs=1))
    with pytest.raises(TrainingError, match="validation set"):
        fit(gn.mlp(4, 3), blobs, gn.Adam(), epochs=1, patience=2)


def test_a_regression_has_no_best_accuracy(line):
    training = train(gn.mlp(1, 1, loss="mse"), line, gn.Adam(), epochs=1, validation=line)
    with pytest.raises(TrainingError, match="no validation accuracy here"):
        list(keep_best(training, monitor="validation_accuracy"))


def test_parameters_out_of_range(blobs, tmp_path):
    def training():
        return train(gn.mlp(4, 3), blobs, gn.Adam(), epochs=1, validation=blobs)

    with pytest.raises(TrainingError, match="patience must be"):
        stop_early(training(), patience=0)
    with pytest.raises(TrainingError, match="min_delta must be"):
        stop_early(training(), patience=1, min_delta=-0.1)
    with pytest.raises(TrainingError, match="monitor must be one of validation_loss, validation_accuracy"):
        keep_best(training(), monitor="loss")
    with pytest.raises(TrainingError, match="every_epochs must be"):
        checkpoint(training(), tmp_path / "c", every_epochs=0)
    with pytest.raises(TrainingError, match="every_seconds must be"):
        checkpoint(training(), tmp_path / "c", every_seconds=-1)
