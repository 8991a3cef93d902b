"""Looking at the layers while they learn changes nothing, and says what is there."""

import numpy as np
import pytest

import glassnet as gn
from glassnet.optim import OneCycle
from glassnet.train import History, Step, TrainingState, fit, train, watch_layers
from glassnet.train.layer_watch import unit_shares

TIMED = ("seconds", "images_per_second")


def watched(data, part, start=None, batch_size=16, **options):
    network = gn.mlp(4, 16, 12, 3, seed=7, dropout=0.4, batch_norm=True)
    settings = {"epochs": 4, "seed": 3, "average": 0.9, "schedule": OneCycle(), "clip_norm": 1.0, **options}
    training = train(
        network, data, gn.Adam(0.01), validation=part, batch_size=batch_size, start=start, **settings
    )
    return network, training


def untimed(history):
    return [{k: v for k, v in record.items() if k not in TIMED} for record in history.records]


def test_the_columns_of_a_monitored_fit(blobs):
    history = fit(gn.mlp(4, 8, 3, seed=0), blobs, gn.Adam(0.05), epochs=3, batch_size=16, monitor=True)
    kinds = ("gradient_norm", "update_norm", "weight_norm")
    expected = {f"{kind}/{name}" for kind in kinds for name in ("0.W", "2.W")} | {"dead/1"}
    assert set(history.columns[9:]) == expected
    for name in expected:
        assert np.isfinite(history.column(name)).all()
    assert (history.column("weight_norm/0.W") > 0).all()
    plain = fit(gn.mlp(4, 8, 3, seed=0), blobs, gn.Adam(0.05), epochs=3, batch_size=16)
    assert not any("/" in name for name in plain.columns)


@pytest.mark.parametrize("batch_size", [None, 16, 72, 5])
def test_a_training_is_the_same_with_and_without(blobs, batch_size):
    rest, part = blobs.split(0.2, seed=0)
    plain, training = watched(rest, part, batch_size=batch_size)
    list(training)
    looked_at, training_2 = watched(rest, part, batch_size=batch_size)
    list(watch_layers(training_2))
    np.testing.assert_array_equal(plain.theta, looked_at.theta)
    np.testing.assert_array_equal(plain.state, looked_at.state)
    kept = [{k: v for k, v in record.items() if "/" not in k} for record in untimed(training_2.history)]
    assert kept == untimed(training.history)


@pytest.mark.parametrize("batch_size", [None, 16])
def test_the_norms_are_those_of_the_last_full_batch(blobs, batch_size):
    network, training = watched(blobs, None, batch_size=batch_size, epochs=2)
    last_full = 1 if batch_size is None else 5  # the sixth batch holds the last 10 of 90
    before = {name: W.copy() for name, W in network.parameters.items()}
    seen = []
    for event in watch_layers(training):
        if isinstance(event, Step):
            if training.batch == last_full:
                seen.append(
                    [
                        np.linalg.norm(network.gradients["0.W"]),
                        np.linalg.norm(network.parameters["0.W"] - before["0.W"]),
                        np.linalg.norm(network.parameters["0.W"]),
                    ]
                )
            before = {name: W.copy() for name, W in network.parameters.items()}
    kinds = ("gradient_norm", "update_norm", "weight_norm")
    found = np.transpose([training.history.column(f"{kind}/0.W") for kind in kinds])
    np.testing.assert_allclose(found, seen, rtol=1e-4)


@pytest.mark.parametrize("batch_size", [None, 16])
@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_resumed_training_records_the_same(blobs, tmp_path, batch_size, step):
    rest, part = blobs.split(0.2, seed=0)  # 72 samples: 4 full batches of 16 and one of 8
    whole, undisturbed = watched(rest, part, batch_size=batch_size)
    list(watch_layers(undisturbed))
    _, training = watched(rest, part, batch_size=batch_size)
    stop_at = step if batch_size is None else step + 7  # before, at and behind the step that is measured
    for event in watch_layers(training):
        if isinstance(event, Step) and event.step == stop_at:
            training.state().save(tmp_path / "c.safetensors")
            break
    start = TrainingState.load(tmp_path / "c.safetensors")
    network, resumed = watched(rest, part, start=start, batch_size=batch_size)
    list(watch_layers(resumed))
    np.testing.assert_array_equal(network.theta, whole.theta)
    assert untimed(resumed.history) == untimed(undisturbed.history)


def test_where_an_older_checkpoint_lacks_the_columns_they_begin_with_the_next_step(blobs, tmp_path):
    _, training = watched(blobs, None)
    states = (training.state() for event in training if isinstance(event, Step) and event.step == 12)
    _, resumed = watched(blobs, None, start=next(states))
    list(watch_layers(resumed))
    column = resumed.history.column("gradient_norm/0.W")
    assert np.isnan(column[:2]).all() and np.isfinite(column[2:]).all()
    resumed.history.to_csv(tmp_path / "history.csv")
    assert History.from_csv(tmp_path / "history.csv").columns == resumed.history.columns


def test_dead_and_saturated_units_are_counted():
    X = np.random.default_rng(0).random((50, 4), np.float32)
    network = gn.mlp(4, 10, 3, seed=0)
    network.layers[0].b[:4] = -100
    A = network.layers[1].forward(network.layers[0].forward(X, training=False), training=False)
    by_hand = float(np.mean((A == 0).all(axis=0)))
    assert unit_shares(network, X) == {"dead/1": by_hand} and by_hand >= 0.4
    for activation in ("sigmoid", "tanh"):
        network = gn.mlp(4, 10, 3, activation=activation, seed=0)
        network.layers[0].W[...] = 0
        network.layers[0].b[:] = [100, -100, 10, -10, 1, -1, 0, 0.5, 0.2, -0.2]
        assert unit_shares(network, X) == {"saturated/1": 0.4}
    assert unit_shares(gn.mlp(4, 10, 3, activation="gelu", seed=0), X) == {}


def test_an_outputs_sigmoid_may_be_sure():
    network = gn.Network([gn.Dense(2, 1), gn.Sigmoid()], loss="log_loss", seed=0)
    assert unit_shares(network, np.full((3, 2), 1e6, np.float32)) == {}


def test_the_forward_pass_is_not_made_in_each_short_epoch(blobs, monkeypatch):
    from glassnet.train import layer_watch

    passes = []
    monkeypatch.setattr(layer_watch, "unit_shares", lambda network, X: passes.append(X) or {"dead/1": 0.0})
    history = fit(gn.mlp(4, 8, 3, seed=0), blobs, gn.Adam(), epochs=60, batch_size=None, monitor=True)
    assert len(passes) == 3  # epochs 1, 50, 60: all 90 samples are a fiftieth of what 50 epochs learn from
    assert len(history.column("dead/1")) == 60 and not np.isnan(history.column("dead/1")).any()
