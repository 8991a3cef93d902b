"""The loop does what the page says, in the order that it says."""

from inspect import signature

import numpy as np
import pytest

import glassnet as gn
from glassnet.data import Dataset, Preparation
from glassnet.errors import DataError, TrainingError
from glassnet.optim import Cosine, StepDecay, clip_by_norm
from glassnet.train import Epoch, Finished, Step, fit, train


def page(network, data, *, rate, epochs, batch_size, seed=0, limit=None):
    """The same training as on the page of a textbook, one line after the other."""
    m = len(data)
    for epoch in range(1, epochs + 1):
        order = np.random.default_rng([seed, epoch]).permutation(m)
        for start in range(0, m, batch_size):
            index = order[start : start + batch_size]
            X = data.flat[index].astype(np.float32) * np.float32(1 / 255)
            network.loss_and_gradients(X, data.labels[index])
            if limit is not None:
                clip_by_norm(network.grad, limit)
            network.theta -= np.float32(rate) * network.grad
    return network.theta


def test_the_loop_is_the_page(blobs):
    network, twin = gn.mlp(4, 8, 3, seed=3), gn.mlp(4, 8, 3, seed=3)
    fit(network, blobs, gn.GradientDescent(0.5), epochs=3, batch_size=32)
    expected = page(twin, blobs, rate=0.5, epochs=3, batch_size=32)
    np.testing.assert_allclose(network.theta, expected, rtol=1e-5, atol=1e-6)


def test_fit_takes_what_train_takes_and_says_so():
    assert signature(fit).parameters == signature(train).parameters
    assert signature(fit).return_annotation == "History"
    with pytest.raises(TypeError, match="epoch"):
        fit(gn.mlp(4, 3), None, gn.Adam(), epoch=3)


def test_a_training_that_is_watched_may_bring_its_listeners(noise, tmp_path):
    watched, fitted = gn.mlp(6, 8, 3, seed=3), gn.mlp(6, 8, 3, seed=3)
    learned, judged = noise.split(0.5, seed=0)
    options = {"epochs": 300, "validation": judged, "patience": 3, "monitor": True}
    events = train(watched, learned, gn.Adam(0.05), checkpoint=tmp_path / "c.safetensors", **options)
    *_, last = events
    history = fit(fitted, learned, gn.Adam(0.05), **options)
    assert last == history.finished and last.reason == "early stopping"
    assert (tmp_path / "c.safetensors").exists() and "dead/1" in events.history.columns
    np.testing.assert_array_equal(watched.theta, fitted.theta)


def test_the_loop_with_clipping_is_the_page_with_clipping(blobs):
    network, twin, free = (gn.mlp(4, 8, 3, seed=3) for _ in range(3))
    fit(network, blobs, gn.GradientDescent(0.5), epochs=2, batch_size=32, clip_norm=0.1)
    expected = page(twin, blobs, rate=0.5, epochs=2, batch_size=32, limit=0.1)
    np.testing.assert_allclose(network.theta, expected, rtol=1e-5, atol=1e-6)
    assert not np.allclose(expected, page(free, blobs, rate=0.5, epochs=2, batch_size=32))


def test_clipping_by_value_limits_each_step(blobs):
    network = gn.mlp(4, 8, 3, seed=3)
    before = network.theta.copy()
    next(train(network, blobs, gn.GradientDescent(1.0), epochs=1, clip_value=1e-3))
    assert np.abs(network.theta - before).max() == pytest.approx(1e-3, rel=1e-3)


def test_events_come_in_order_and_count_right(blobs):
    events = list(train(gn.mlp(4, 3, seed=0), blobs, gn.GradientDescent(0.1), epochs=2, batch_size=40))
    kinds = [type(event) for event in events]
    assert kinds == [Step, Step, Step, Epoch] * 2 + [Finished]
    steps = [event for event in events if isinstance(event, Step)]
    assert [step.step for step in steps] == [1, 2, 3, 4, 5, 6]
    assert [step.epoch for step in steps] == [1, 1, 1, 2, 2, 2]
    assert [step.size for step in steps] == [40, 40, 10] * 2
    assert {step.steps for step in steps} == {3}
    assert [event.epoch for event in events if isinstance(event, Epoch)] == [1, 2]
    assert events[-1] == Finished(2, "done", None)


def test_an_epochs_loss_is_the_mean_over_samples_not_over_batches(blobs):
    events = list(train(gn.mlp(4, 3, seed=0), blobs, gn.GradientDescent(0.1), epochs=1, batch_size=40))
    steps, epoch = events[:3], events[3]
    assert epoch.loss == pytest.approx(sum(s.loss * s.size for s in steps) / 90)
    assert epoch.loss != pytest.approx(sum(s.loss for s in steps) / 3)


def test_accuracy_is_taken_before_each_update(blobs):
    network = gn.mlp(4, 3, seed=0)
    before = gn.evaluate(network, blobs).accuracy
    (epoch,) = (e for e in train(network, blobs, gn.Adam(0.1), epochs=1, batch_size=None) if type(e) is Epoch)
    assert epoch.accuracy == before
    assert gn.evaluate(network, blobs).accuracy > before


def test_seconds_leave_out_what_the_watcher_does(blobs, monkeypatch):
    clock = iter(np.arange(0.0, 100.0, 1.0))
    monkeypatch.setattr("glassnet.train.loop.perf_counter", lambda: float(next(clock)))
    training = train(gn.mlp(4, 3, seed=0), blobs, gn.GradientDescent(0.1), epochs=1, batch_size=45)
    first = next(training)
    for _ in range(10):
        next(clock)  # the watcher takes ten seconds
    second, epoch = next(training), next(training)
    assert (first.seconds, second.seconds, epoch.seconds) == (1.0, 2.0, 2.0)
    assert epoch.images_per_second == 45.0


def test_a_full_batch_is_not_shuffled_and_takes_one_step_an_epoch(blobs):
    network, twin = gn.mlp(4, 8, 3, seed=3), gn.mlp(4, 8, 3, seed=3)
    events = list(train(network, blobs, gn.GradientDescent(0.5), epochs=3, batch_size=None))
    assert sum(isinstance(event, Step) for event in events) == 3
    X = Preparation.default(blobs).apply(blobs.images)
    for _ in range(3):
        twin.step_gradients(X, blobs.labels)
        twin.theta -= np.float32(0.5) * twin.grad
    np.testing.assert_array_equal(network.theta, twin.theta)


def test_a_batch_size_above_the_number_of_samples_is_a_full_batch(blobs):
    network, twin = gn.mlp(4, 3, seed=0), gn.mlp(4, 3, seed=0)
    fit(network, blobs, gn.Adam(0.01), epochs=2, batch_size=1000)
    fit(twin, blobs, gn.Adam(0.01), epochs=2, batch_size=None)
    np.testing.assert_array_equal(network.theta, twin.theta)


def test_same_seed_same_bits_other_seed_others(blobs):
    def weights(seed):
        network = gn.mlp(4, 8, 3, seed=0, dropout=0.3)
        fit(network, blobs, gn.Adam(0.01), epochs=2, batch_size=16, seed=seed)
        return network.theta

    np.testing.assert_array_equal(weights(5), weights(5))
    assert not np.array_equal(weights(5), weights(6))


def test_a_schedule_multiplies_the_learning_rate_by_progress(blobs):
    optimizer = gn.GradientDescent(0.5)
    events = train(
        gn.mlp(4, 3, seed=0),
        blobs,
        optimizer,
        epochs=2,
        batch_size=45,
        schedule=StepDecay(every=0.5, gamma=0.1),
    )
    events = list(events)
    assert [e.learning_rate for e in events if isinstance(e, Step)] == pytest.approx([0.5, 0.5, 0.05, 0.05])
    assert [e.learning_rate for e in events if isinstance(e, Epoch)] == pytest.approx([0.5, 0.05])
    assert optimizer.learning_rate == 0.5


def test_a_schedule_that_ends_at_zero_moves_less_and_less(blobs):
    network = gn.mlp(4, 3, seed=0)
    moved, before = [], network.theta.copy()
    for event in train(network, blobs, gn.Adam(0.01), epochs=10, batch_size=None, schedule=Cosine(final=0.0)):
        if isinstance(event, Step):
            moved.append(np.abs(network.theta - before).max())
            before = network.theta.copy()
    assert moved[-1] < 0.2 * moved[0]


def test_validation_is_measured_after_the_epoch_in_inference_mode(blobs):
    rest, part = blobs.split(0.3, seed=0)
    network = gn.mlp(4, 8, 3, seed=0, dropout=0.5)
    for event in train(network, rest, gn.Adam(0.01), epochs=2, validation=part):
        if isinstance(event, Epoch):
            report = gn.evaluate(network, part)
            assert event.validation_loss == report.loss
            assert event.validation_accuracy == report.accuracy


def test_validation_uses_the_training_sets_preparation():
    rng = np.random.default_rng(0)
    data = Dataset(rng.normal(50.0, 10.0, (60, 3)), np.arange(60) % 2)
    rest, part = data.split(0.5, seed=0)
    preparation = Preparation.fit(rest, "standard")
    network = gn.mlp(3, 2, seed=0)
    history = fit(network, rest, gn.Adam(0.01), epochs=1, validation=part, preparation=preparation)
    assert history.validation_loss[0] == gn.evaluate(network, part, preparation).loss


def test_breaking_off_keeps_the_training_where_it_is_and_it_can_go_on(blobs):
    network, twin = gn.mlp(4, 8, 3, seed=0), gn.mlp(4, 8, 3, seed=0)
    training = train(network, blobs, gn.Adam(0.01), epochs=2, batch_size=32)
    for event in training:
        if event.step == 2:
            break
    at_the_break = network.theta.copy()
    assert training.step == 2
    np.testing.assert_array_equal(network.theta, at_the_break)
    list(training)
    fit(twin, blobs, gn.Adam(0.01), epochs=2, batch_size=32)
    np.testing.assert_array_equal(network.theta, twin.theta)


def test_a_breaking_watcher_leaves_no_file(blobs, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for _ in train(gn.mlp(4, 3, seed=0), blobs, gn.Adam(0.01), epochs=2, average=0.9):
        break
    assert list(tmp_path.iterdir()) == []


def test_the_images_stay_as_they_are(blobs):
    before = blobs.images.copy()
    fit(gn.mlp(4, 3, seed=0), blobs, gn.Adam(0.1), epochs=2, batch_size=7)
    np.testing.assert_array_equal(blobs.images, before)


def test_the_order_of_an_epoch_holds_each_sample_once(blobs):
    data = Dataset(np.arange(90, dtype=np.float32).reshape(90, 1), np.zeros(90, np.int64), ["a", "b"])
    training = train(gn.mlp(1, 2, seed=0), data, gn.GradientDescent(1e-9), epochs=1, batch_size=32)
    seen = [float(x) for batch in training.batches.epoch(1) for x in batch.X[:, 0]]
    assert seen != sorted(seen)
    assert sorted(seen) == list(range(90))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_both_number_types_learn(blobs, dtype):
    network = gn.mlp(4, 8, 3, seed=0, dtype=dtype)
    history = fit(network, blobs, gn.Adam(0.05), epochs=20, batch_size=30)
    assert network.theta.dtype == dtype
    assert history.accuracy[-1] > 0.95


# --- kinds of target -------------------------------------------------------------------------------------


def test_a_regression_has_a_loss_and_no_accuracy(line):
    network = gn.mlp(1, 1, loss="mse", seed=0)
    history = fit(network, line, gn.Adam(0.1), epochs=60, batch_size=8, validation=line)
    assert history.records[-1]["accuracy"] is None
    assert history.records[-1]["validation_accuracy"] is None
    assert history.validation_loss[-1] < 1e-3


def test_one_sigmoid_tells_two_classes_apart():
    rng = np.random.default_rng(0)
    labels = np.arange(60) % 2
    data = Dataset((rng.normal(size=(60, 2)) + 4 * labels[:, None]).astype(np.float32), labels)
    history = fit(gn.mlp(2, 1, loss="log_loss", seed=0), data, gn.Adam(0.1), epochs=40, validation=data)
    assert history.accuracy[-1] > 0.95
    assert history.validation_accuracy[-1] > 0.95


def test_classes_with_the_squared_error_have_an_accuracy(blobs):
    network = gn.mlp(4, 8, 3, loss="mse", output="softmax", seed=0)
    history = fit(network, blobs, gn.Adam(0.05), epochs=30, validation=blobs)
    assert history.validation_accuracy[-1] > 0.9


def test_given_probabilities_as_targets_count_as_their_likeliest_class(blobs):
    soft = np.full((90, 3), 0.05)
    soft[np.arange(90), blobs.labels] = 0.9
    data = Dataset(blobs.images, soft)
    history = fit(gn.mlp(4, 8, 3, seed=0), data, gn.Adam(0.05), epochs=30, batch_size=30)
    assert history.accuracy[-1] > 0.95


# --- weights ---------------------------------------------------------------------------------------------


def test_a_sample_of_weight_zero_is_not_learned(blobs):
    first, rest = blobs.take(slice(0, 45)), np.where(np.arange(90) < 45, 1.0, 0.0)
    network, twin = gn.mlp(4, 3, seed=0), gn.mlp(4, 3, seed=0)
    fit(network, blobs, gn.GradientDescent(0.5), epochs=3, batch_size=None, sample_weight=rest)
    fit(twin, first, gn.GradientDescent(0.5), epochs=3, batch_size=None)
    np.testing.assert_allclose(network.theta, twin.theta, rtol=1e-4, atol=1e-6)


def test_class_weights_reach_the_mini_batches(blobs):
    by_class, by_sample = gn.mlp(4, 3, seed=0), gn.mlp(4, 3, seed=0)
    weights = np.array([1.0, 5.0, 1.0])
    options = {"epochs": 2, "batch_size": 32}
    fit(by_class, blobs, gn.Adam(0.01), class_weight={1: 5.0}, **options)
    fit(by_sample, blobs, gn.Adam(0.01), sample_weight=weights[blobs.labels], **options)
    np.testing.assert_array_equal(by_class.theta, by_sample.theta)


# --- the moving average ----------------------------------------------------------------------------------


def test_the_average_is_what_is_validated_and_kept(blobs):
    network = gn.mlp(4, 8, 3, seed=0, batch_norm=True)
    training = train(network, blobs, gn.Adam(0.05), epochs=3, batch_size=30, validation=blobs, average=0.9)
    for event in training:
        if isinstance(event, Epoch):
            raw = network.theta.copy(), network.state.copy()
            with training.average.in_use():
                assert gn.evaluate(network, blobs).loss == event.validation_loss
            np.testing.assert_array_equal(network.theta, raw[0])
            np.testing.assert_array_equal(network.state, raw[1])
            assert gn.evaluate(network, blobs).loss != event.validation_loss
    np.testing.assert_array_equal(network.theta, training.weights[0])
    assert not np.array_equal(network.theta, raw[0])
    assert not np.array_equal(network.state, raw[1])
    assert gn.evaluate(network, blobs).loss == event_loss(training)


def event_loss(training):
    return training.history.records[-1]["validation_loss"]


# --- when it goes wrong ----------------------------------------------------------------------------------


def test_a_diverging_training_says_where_and_what_to_try(blobs):
    network = gn.mlp(4, 8, 3, activation="identity", output="identity", loss="mse", seed=0)
    with pytest.raises(TrainingError) as caught:
        fit(network, blobs, gn.GradientDescent(1e15), epochs=3, batch_size=30)
    message = str(caught.value)
    assert "loss became" in message and "epoch 1, batch" in message and "of 3" in message
    assert "learning rate of 1e+15" in message and "1e+14" in message and "clip_norm" in message


def test_a_last_step_that_blows_up_is_not_reported_as_success(blobs):
    network = gn.mlp(4, 3, output="identity", loss="mse", seed=0)
    network.theta *= 100
    with pytest.raises(TrainingError, match="weight became infinite or NaN in epoch 1, batch 1 of 1"):
        fit(network, blobs, gn.GradientDescent(1e38), epochs=1, batch_size=None)


def test_a_validation_loss_that_is_no_number_stops_the_training(blobs):
    odd = Dataset(np.full((2, 4), 1e30, np.float32), [0, 1], ["0", "1", "2"])
    network = gn.mlp(4, 3, output="identity", loss="mse", seed=0)
    with pytest.raises(TrainingError, match="loss on the validation set became inf in epoch 1"):
        fit(network, blobs, gn.Adam(0.01), epochs=2, validation=odd, preparation=Preparation("none"))


def test_nan_in_the_inputs_is_named_as_the_cause():
    data = Dataset(np.ones((6, 2), np.float32), [0, 1, 0, 1, 0, 1])
    data.images.flags.writeable = True
    data.images[3, 1] = np.nan
    with pytest.raises(TrainingError, match="NaN or infinite numbers in the inputs"):
        fit(gn.mlp(2, 2, seed=0), data, gn.Adam(0.01), epochs=1)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"epochs": 0}, "epochs must be 1 or more"),
        ({"epochs": 1, "batch_size": 0}, "batch_size must be 1 or more"),
        ({"epochs": 1, "clip_norm": 0.0}, "clip_norm must be above 0"),
        ({"epochs": 1, "clip_value": -1.0}, "clip_value must be above 0"),
        ({"epochs": 1, "average": 1.0}, "average must be in"),
        ({"epochs": 1, "seed": -1}, "seed must be"),
        ({"epochs": 1, "sample_weight": [1.0]}, "sample_weight has shape"),
    ],
)
def test_arguments_out_of_range(blobs, options, message):
    with pytest.raises(TrainingError, match=message):
        train(gn.mlp(4, 3, seed=0), blobs, gn.Adam(), **options)


def test_data_that_do_not_fit_the_network(blobs):
    with pytest.raises(DataError, match="a sample has 4 numbers, the network reads 5"):
        train(gn.mlp(5, 3), blobs, gn.Adam(), epochs=1)
    with pytest.raises(DataError, match="no labels"):
        train(gn.mlp(4, 3), Dataset(blobs.images), gn.Adam(), epochs=1)
    with pytest.raises(DataError, match="labels do not fit the network: labels must be 0 to 1"):
        train(gn.mlp(4, 2), blobs, gn.Adam(), epochs=1)
    with pytest.raises(DataError, match="no labels"):
        train(gn.mlp(4, 3), blobs, gn.Adam(), epochs=1, validation=Dataset(blobs.images))
